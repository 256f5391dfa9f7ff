package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"

	"github.com/radcode/radcode/coding"
)

// benchFormats are the ways to print a benchmark.
var benchFormats = []struct {
	name  string
	write func(*app, *bench) error
}{
	{"text", writeBenchText},
	{"json", writeBenchJSON},
	{"go", writeBenchGo},
}

func benchFormatNames() string {
	names := make([]string, len(benchFormats))
	for i, f := range benchFormats {
		names[i] = f.name
	}
	return strings.Join(names, "|")
}

func benchFormat(name string) (write func(*app, *bench) error, ok bool) {
	for _, f := range benchFormats {
		if f.name == name {
			return f.write, true
		}
	}
	return nil, false
}

// entry is a key of the JSON object. A nil value is unknown.
type entry struct {
	key   string
	value any
}

func writeBenchJSON(a *app, b *bench) error {
	var out bytes.Buffer
	for i, e := range append(b.facts(), b.figures()...) {
		value, err := json.Marshal(e.value)
		if err != nil {
			return fmt.Errorf("%s: %w", e.key, err)
		}
		fmt.Fprintf(&out, "%s\n  %q: %s", [2]string{"{", ","}[min(i, 1)], e.key, value)
	}
	out.WriteString("\n}\n")
	_, err := a.out.Write(out.Bytes())
	return err
}

// facts are what the figures are about: environment, corpus and answers.
func (b *bench) facts() []entry {
	q := &b.answers.quality
	return []entry{
		{"engine", coding.EngineVersion}, {"go", runtime.Version()}, {"os", runtime.GOOS}, {"arch", runtime.GOARCH},
		{"cpu", known(cpuModel())}, {"cores", runtime.NumCPU()}, {"gomaxprocs", runtime.GOMAXPROCS(0)},
		{"corpus", b.corpus.name}, {"corpus_sha256", b.corpus.sha256}, {"n", len(b.corpus.records)}, {"bytes", b.corpus.bytes},
		{"policy", b.flags.policy}, {"date", b.flags.date},
		{"answers_sha256", b.answers.sha256}, {"answers_same_with_workers", b.answers.workers},
		{"cpt_labelled", q.cptReports}, {"cpt_top1", q.share(q.top1(), q.cptReports)}, {"cpt_exact", q.share(ratio(q.exact, q.cptReports), q.cptReports)},
		{"icd10cm_labelled", q.icdReports}, {"icd10cm_official_micro_f1", q.share(q.diagnoses.F1(), q.icdReports)},
		{"rounds", b.flags.rounds}, {"passes_per_round", b.passes},
		{"other_programs_cpu_share", b.othersShare()},
		{"first_engine_ns", b.built.Nanoseconds()},
		{"peak_memory_start_bytes", known(b.peakStart)}, {"peak_memory_end_bytes", known(b.peakAtEnd)},
	}
}

// known turns the zero value into null.
func known[T comparable](v T) any {
	var unknown T
	if v == unknown {
		return nil
	}
	return v
}

// share keeps a figure of labelled reports, rounded to what they can tell.
func (q *quality) share(v float64, labelled int) any {
	if labelled == 0 {
		return nil
	}
	return json.Number(strconv.FormatFloat(v, 'f', 4, 64))
}

// othersShare is the share of the CPUs that other programs used.
func (b *bench) othersShare() any {
	if !b.othersKnown {
		return nil
	}
	return json.Number(strconv.FormatFloat(b.others, 'f', 4, 64))
}

// figures are what was measured, each as median, least and most of the rounds.
func (b *bench) figures() []entry {
	var out []entry
	for i, m := range b.rounds[0] {
		for k, v := range m.values {
			s := spreadOf(b.over(i, k))
			key := figureKey(m.name, v.unit)
			for _, f := range []struct {
				suffix string
				v      float64
			}{{"_median", s.median}, {"_min", s.min}, {"_max", s.max}} {
				out = append(out, entry{key + f.suffix, json.Number(significant(f.v))})
			}
		}
	}
	return out
}

// over returns one value of one measurement in all rounds.
func (b *bench) over(measurement, value int) []float64 {
	out := make([]float64, len(b.rounds))
	for i, r := range b.rounds {
		out[i] = r[measurement].values[value].v
	}
	return out
}

// figureKey makes a key of a name and a unit of the Go benchmark format:
// code_workers_1_ns_per_op.
func figureKey(name, unit string) string {
	return strings.NewReplacer("/", "_", "=", "_", "-", "_").Replace(strings.ToLower(name)) + "_" +
		strings.NewReplacer("/", "_per_", "-", "_").Replace(strings.ToLower(unit))
}

// significant prints a figure with all its whole digits, and at least four
// digits.
func significant(v float64) string {
	decimals := 3
	for limit := 10.0; v >= limit && decimals > 0; limit *= 10 {
		decimals--
	}
	return strconv.FormatFloat(v, 'f', decimals, 64)
}

// writeBenchGo prints the Go benchmark format (golang.org/design/14313): one
// line per measurement and round. The keys above keep benchstat from comparing
// different corpora.
func writeBenchGo(a *app, b *bench) error {
	var out bytes.Buffer
	fmt.Fprintf(&out, "goos: %s\ngoarch: %s\npkg: github.com/radcode/radcode/cmd/radcode\n", runtime.GOOS, runtime.GOARCH)
	if cpu := cpuModel(); cpu != "" {
		fmt.Fprintf(&out, "cpu: %s\n", cpu)
	}
	fmt.Fprintf(&out, "corpus: %s\ncorpus-sha256: %s\nreports: %d\n", b.corpus.name, b.corpus.sha256, len(b.corpus.records))
	fmt.Fprintf(&out, "# radcode %s, %s, answers sha256 %s\n", coding.EngineVersion, runtime.Version(), b.answers.sha256)
	if b.othersKnown {
		fmt.Fprintf(&out, "# other programs used %.1f %% of the CPUs meanwhile\n", 100*b.others)
	}
	for _, r := range b.rounds {
		for _, m := range r {
			goLine(&out, m)
		}
	}
	if b.peakAtEnd > 0 {
		goLine(&out, measurement{"PeakMemory", 1, []value{{"start-B", float64(b.peakStart)}, {"end-B", float64(b.peakAtEnd)}}})
	}
	_, err := a.out.Write(out.Bytes())
	return err
}

func goLine(out io.Writer, m measurement) {
	fmt.Fprintf(out, "Benchmark%s-%d\t%8d", m.name, runtime.GOMAXPROCS(0), m.n)
	for _, v := range m.values {
		fmt.Fprintf(out, "\t%s %s", significant(v.v), v.unit)
	}
	fmt.Fprintln(out)
}
