package main

import (
	"fmt"
	"runtime"
	"strings"

	"github.com/radcode/radcode/coding"
)

// benchRow is one line of the page: a figure, in a unit that people read.
type benchRow struct {
	label, name, unit string // as measured
	shown             string // unit on the page
	divide            float64
	also, alsoShown   string // another unit, whose median stands behind
}

func (b *bench) rows() []benchRow {
	var out []benchRow
	for _, n := range b.flags.workers {
		out = append(out, benchRow{plural(n, "worker"), codeName(n), "reports/s", "reports/s", 1, "MB/s", "MB/s"})
	}
	for _, p := range percentiles {
		out = append(out, benchRow{p.label, "Report", p.unit, "ms", 1e6, "", ""})
	}
	return append(out,
		benchRow{"CPU time", "Report", "cpu-ns/op", "ms/report", 1e6, "", ""},
		benchRow{"allocated", "Report", "B/op", "kB/report", 1e3, "allocs/op", "allocations"},
		benchRow{"engine", "Engine", "ns/op", "ms", 1e6, "", ""},
		benchRow{"process", "Process", "ns/op", "ms", 1e6, "", ""},
	)
}

func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// writeBenchText prints a page of at most 25 lines for up to four numbers of
// workers.
func writeBenchText(a *app, b *bench) error {
	p := &page{style: a.style()}
	p.benchHead(b)
	p.line("%s", p.paint(dim, fmt.Sprintf("%-12s%10s%10s%10s", "", "median", "min", "max")))
	for _, r := range b.rows() {
		p.benchRow(b, r)
	}
	p.line("%-12s%10s MiB with the engine built (%.0f ms), %s at the end", "peak memory", mebibytes(b.peakStart), b.built.Seconds()*1e3, mebibytes(b.peakAtEnd))
	p.line("")
	p.benchStages(b)
	return a.print(p)
}

// benchHead says what was measured and whether the answers are right.
func (p *page) benchHead(b *bench) {
	cpu := cpuModel()
	if cpu == "" {
		cpu = "CPU unknown"
	}
	p.line("%s", p.paint(bold, fmt.Sprintf("radcode %s, %s %s/%s, %s, %s, GOMAXPROCS %d", coding.EngineVersion,
		runtime.Version(), runtime.GOOS, runtime.GOARCH, cpu, plural(runtime.NumCPU(), "core"), runtime.GOMAXPROCS(0))))
	p.line("corpus %s: %s, %d bytes, sha256 %.16s", printable(b.corpus.name), plural(len(b.corpus.records), "report"), b.corpus.bytes, b.corpus.sha256)
	p.line("answers %s", b.answers.sha256)
	p.line("the same with 1 and %d workers; %s", b.answers.workers, b.answers.quality.String())
	p.line("%s after one to warm up; corpus coded %dx per measurement%s", plural(b.flags.rounds, "round"), b.passes, b.othersText())
}

func (b *bench) othersText() string {
	if !b.othersKnown {
		return ""
	}
	return fmt.Sprintf("; other programs used %.0f %% of the CPUs", 100*b.others)
}

func (q *quality) String() string {
	var out []string
	if q.cptReports > 0 {
		out = append(out, fmt.Sprintf("CPT top-1 %.3f, exact %.3f (%d)", q.top1(), ratio(q.exact, q.cptReports), q.cptReports))
	}
	if q.icdReports > 0 {
		out = append(out, fmt.Sprintf("ICD-10-CM official F1 %.3f (%d)", q.diagnoses.F1(), q.icdReports))
	}
	if out == nil {
		return "not labelled"
	}
	return strings.Join(out, ", ")
}

// benchRow prints a figure, or that it is unknown.
func (p *page) benchRow(b *bench, r benchRow) {
	values, ok := b.series(r.name, r.unit)
	if !ok {
		p.line("%-12s%10s", r.label, "unknown")
		return
	}
	s := spreadOf(values)
	more := ""
	if also, ok := b.series(r.name, r.also); ok {
		more = fmt.Sprintf(", %s %s", significant(spreadOf(also).median), r.alsoShown)
	}
	p.line("%-12s%10s%10s%10s %s%s", r.label, significant(s.median/r.divide), significant(s.min/r.divide), significant(s.max/r.divide), r.shown, more)
}

// series finds a value in all rounds by its name and unit.
func (b *bench) series(name, unit string) (values []float64, ok bool) {
	for i, m := range b.rounds[0] {
		for k, v := range m.values {
			if m.name == name && v.unit == unit {
				return b.over(i, k), true
			}
		}
	}
	return nil, false
}

func mebibytes(m memory) string {
	if m == 0 {
		return "unknown"
	}
	return fmt.Sprintf("%.1f", float64(m)/(1<<20))
}

// stagesInLine is how many stages fit in a line of the page.
const stagesInLine = 4

// benchStages prints the share of each stage, by the medians.
func (p *page) benchStages(b *bench) {
	stages := coding.Stages()
	medians, sum := make([]float64, len(stages)), 0.0
	for i, s := range stages {
		values, _ := b.series(stageName(s), "ns/op")
		medians[i] = spreadOf(values).median
		sum += medians[i]
	}
	p.line("%s", p.paint(dim, "share of a report's time"))
	for i := 0; i < len(stages); i += stagesInLine {
		line := ""
		for k := i; k < min(i+stagesInLine, len(stages)); k++ {
			line += fmt.Sprintf("%-11s%5.1f %%  ", stages[k].Name, 100*medians[k]/sum)
		}
		p.line("%s", line)
	}
}
