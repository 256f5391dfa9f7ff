package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
)

func TestPercentile(t *testing.T) {
	ten := []time.Duration{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}
	for _, c := range []struct {
		sorted []time.Duration
		p      int
		want   time.Duration
	}{
		{ten, 50, 5},
		{ten, 51, 6},
		{ten, 95, 10},
		{ten, 90, 9},
		{ten, 1, 1},
		{ten, 100, 10},
		{[]time.Duration{7}, 50, 7},
		{[]time.Duration{7}, 100, 7},
		{[]time.Duration{1, 100}, 50, 1},
		{[]time.Duration{1, 100}, 51, 100},
	} {
		if got := percentile(c.sorted, c.p); got != c.want {
			t.Errorf("percentile(%v, %d) = %d, want %d", c.sorted, c.p, got, c.want)
		}
	}
}

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   spread
	}{
		{[]float64{3}, spread{3, 3, 3}},
		{[]float64{5, 1, 3}, spread{3, 1, 5}},
		{[]float64{4, 1, 8, 2}, spread{3, 1, 8}},
	} {
		before := fmt.Sprint(c.values)
		if got := spreadOf(c.values); got != c.want || fmt.Sprint(c.values) != before {
			t.Errorf("spreadOf(%s) = %v, want %v; the values are now %v", before, got, c.want, c.values)
		}
	}
}

func TestPassesFor(t *testing.T) {
	for _, c := range []struct {
		least, took time.Duration
		want        int
	}{
		{1000, 100, 10}, {1000, 999, 2}, {1000, 1000, 1}, {1000, 5000, 1}, {0, 5, 1}, {0, 0, 1}, {3, 0, 3},
	} {
		if got := passesFor(c.least, c.took); got != c.want {
			t.Errorf("passesFor(%d, %d) = %d, want %d", c.least, c.took, got, c.want)
		}
	}
}

func TestFigureNames(t *testing.T) {
	for _, c := range []struct{ name, unit, want string }{
		{"Code/workers=4", "reports/s", "code_workers_4_reports_per_s"},
		{"Report", "p99-ns", "report_p99_ns"},
		{"Report", "B/op", "report_b_per_op"},
		{"Stage/exams", "ns/op", "stage_exams_ns_per_op"},
	} {
		if got := figureKey(c.name, c.unit); got != c.want {
			t.Errorf("figureKey(%s, %s) = %s, want %s", c.name, c.unit, got, c.want)
		}
	}
	for _, c := range []struct {
		v    float64
		want string
	}{{0, "0.000"}, {1.23456, "1.235"}, {12.3456, "12.35"}, {123.456, "123.5"}, {1234.56, "1235"}, {1234567, "1234567"}} {
		if got := significant(c.v); got != c.want {
			t.Errorf("significant(%v) = %s, want %s", c.v, got, c.want)
		}
	}
}

func TestProcFiles(t *testing.T) {
	const status = "Name:\tradcode\nVmPeak:\t  999 kB\nVmHWM:\t   1234 kB\nVmHWM:\t 1 kB\n"
	for _, c := range []struct{ file, name, want string }{
		{status, "VmHWM", "1234 kB"},
		{status, "Vm", ""},
		{"processor\t: 0\nmodel name\t: Some CPU: fast @ 3 GHz\n", "model name", "Some CPU: fast @ 3 GHz"},
		{"", "VmHWM", ""},
	} {
		if got := field(strings.NewReader(c.file), c.name); got != c.want {
			t.Errorf("field %q of %q = %q, want %q", c.name, c.file, got, c.want)
		}
	}
	for _, c := range []struct {
		size string
		want memory
	}{{"1234 kB", 1234 * 1024}, {"0 kB", 0}, {"", 0}, {"12", 0}, {"12 MB", 0}, {"x kB", 0}, {"-4 kB", 0}} {
		if got := kibibytes(c.size); got != c.want {
			t.Errorf("kibibytes(%q) = %d, want %d", c.size, got, c.want)
		}
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		line string
		want ticks
	}{
		{"cpu  10 1 5 80 4 2 3 7 99 99\n", ticks{28, 112}},
		{"cpu 1 1 1 1 1 1 1 1", ticks{6, 8}},
		{"cpu0 1 1 1 1 1 1 1 1", ticks{}},
		{"cpu 1 2 3", ticks{}},
		{"cpu 1 1 1 x 1 1 1 1", ticks{}},
		{"", ticks{}},
	} {
		if got := ticksOf(c.line); got != c.want {
			t.Errorf("ticksOf(%q) = %v, want %v", c.line, got, c.want)
		}
	}
	for _, c := range []struct {
		before, after ticks
		own           time.Duration
		want          float64
		ok            bool
	}{
		{ticks{100, 1000}, ticks{250, 1400}, time.Second, 50.0 / 400, true}, // 150 busy, 100 of them ours, of 400
		{ticks{100, 1000}, ticks{150, 1400}, time.Second, 0, true},          // a tick counted late is no negative share
		{ticks{100, 1000}, ticks{100, 1000}, 0, 0, false},
		{ticks{}, ticks{150, 1400}, 0, 0, false},
	} {
		if got, ok := others(c.before, c.after, c.own); got != c.want || ok != c.ok {
			t.Errorf("others(%v, %v, %s) = %v, %v, want %v, %v", c.before, c.after, c.own, got, ok, c.want, c.ok)
		}
	}
}

// TestQuality scores answers made by hand: the second report has one code of
// two, the third is not labelled.
func TestQuality(t *testing.T) {
	gold := func(cpt ...string) *exchange.Gold {
		g := &exchange.Gold{}
		for _, c := range cpt {
			g.CPT = append(g.CPT, exchange.GoldCode{Code: c})
		}
		return g
	}
	first := func(code string) coding.Result {
		return coding.Result{Exams: []coding.Exam{{Procedures: []coding.ProcedureCode{{Code: code}, {Code: "70450"}}}}}
	}
	var q quality
	q.add(gold("71046"), first("71046"))
	q.add(gold("73110", "70450"), first("73110"))
	q.add(nil, first("71046"))
	if q.cptReports != 2 || q.exact != 1 || q.top1() != 2.0/3 || q.icdReports != 0 {
		t.Errorf("%+v, top-1 %v; want 2 reports, 1 exact, top-1 2/3, no diagnoses", q, q.top1())
	}
	if got, want := q.String(), "CPT top-1 0.667, exact 0.500 (2)"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	if got := (&quality{}).String(); got != "not labelled" {
		t.Errorf("%q without labels", got)
	}
}

// TestBenchPage runs the command in this process, which cannot be started
// again, and wants a short page, the digest of what code prints, and a refusal
// when another is expected.
func TestBenchPage(t *testing.T) {
	const corpus = `{"id":"a","exam":"CT HEAD WITHOUT CONTRAST"}` + "\n" + `{"id":"b","text":"EXAM: CHEST, 2 VIEWS\n\nIMPRESSION: <Normal>."}` + "\n"
	a, out, told := testApp(corpus)
	if code := run(context.Background(), a, []string{"code", "--format", "jsonl", "--date", selftestDate, "-"}); code != exitDone {
		t.Fatalf("exit code %d: %s", code, told)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(out.Bytes()))

	a, out, told = testApp(corpus)
	if code := run(context.Background(), a, []string{"bench", "--corpus", "-", "--rounds", "1", "--time", "0s", "--workers", "1,2,3,4", "--expect", sum}); code != exitDone {
		t.Fatalf("exit code %d: %s", code, told)
	}
	page := out.String()
	if n := strings.Count(page, "\n"); n > 25 {
		t.Errorf("%d lines:\n%s", n, page)
	}
	for _, want := range []string{"answers " + sum, fmt.Sprintf("sha256 %.8x", sha256.Sum256([]byte(corpus))), "not labelled"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	if !bytes.Contains(out.Bytes(), []byte("process        unknown")) {
		t.Errorf("a process that was not started has a figure:\n%s", page)
	}
}

func TestTellDifference(t *testing.T) {
	var said bytes.Buffer
	a := &app{messages: &messages{w: &said}}
	if err := a.tellDifference(fmt.Errorf("check: %w", differs{"r7", 4})); !errors.Is(err, failed) || !strings.Contains(said.String(), "report r7 ") {
		t.Errorf("%v, said %q", err, said.String())
	}
	if err := a.tellDifference(context.Canceled); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

// TestBenchDocs wants every probe and every stage in docs/bench.md.
func TestBenchDocs(t *testing.T) {
	data, err := os.ReadFile("../../docs/bench.md")
	if err != nil {
		t.Fatal(err)
	}
	doc := string(data)
	for _, p := range probes {
		if p.doc == "" || !strings.Contains(doc, "| `"+p.name+"` | "+p.doc+" |") {
			t.Errorf("docs/bench.md lacks the row of probe %s: %s", p.name, p.doc)
		}
	}
	for _, s := range coding.Stages() {
		if !strings.Contains(doc, "| `"+s.Name+"` | "+s.Doc+" |") {
			t.Errorf("docs/bench.md lacks the row of stage %s: %s", s.Name, s.Doc)
		}
	}
}
