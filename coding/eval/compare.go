package eval

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"
)

// Comparison is two runs on the same corpus, held against each other report by
// report.
type Comparison struct {
	Names   [2]string // of the folders
	Reports int
	Tests   []Test // headline figures over the whole corpus
	Slices  []Test // the same on every part of every slice
	Changes []Change
	Missed  []MissedCode // codes that a run misses, the most frequent of the second first
}

// Test is one figure of two runs and whether their difference may be chance.
type Test struct {
	Metric      string
	Slice, Part string // empty: the whole corpus
	Reports     int
	Values      [2]float64
	Difference  float64  // second less first
	Interval    Interval // of the difference, by paired bootstrap
	OnlyFirst   int      // reports that only the first got right, where the figure is right or wrong per report
	OnlySecond  int
	P           float64 // exact McNemar where the figure is right or wrong per report and reports have no groups, else paired bootstrap
	Adjusted    float64 // after Holm, over the tests of the whole corpus, or over those of the slices
	Method      string
	Lower       bool // lower is better
}

// Methods of tests.
const (
	MethodMcNemar   = "mcnemar"
	MethodPaired    = "paired bootstrap"
	MethodUnchanged = "unchanged"
)

// SignificantLoss reports whether the second run is worse beyond chance at a
// level such as 0.05.
func (t Test) SignificantLoss(alpha float64) bool {
	return t.Adjusted < alpha && (t.Difference < 0) != t.Lower
}

// Change is a report on which the runs differ.
type Change struct {
	ID     string `json:"id"`
	Line   int    `json:"line"`
	System string `json:"system"` // cpt, icd10cm, or primary.POLICY
	Gold   string `json:"gold"`
	Was    string `json:"was"`
	Is     string `json:"is"`
	Effect string `json:"effect"` // broken, fixed, or changed: right or wrong in both
}

// right is what one report adds to a figure.
type right struct{ num, den float64 }

// Effects of a change.
const (
	EffectBroken  = "broken"
	EffectFixed   = "fixed"
	EffectChanged = "changed"
)

// savedRun is what is read of a run's folder.
type savedRun struct {
	name     string
	manifest Manifest
	table    *reportTable
}

func openRun(dir string) (*savedRun, error) {
	data, err := os.ReadFile(filepath.Join(dir, manifestName))
	if err != nil {
		return nil, fmt.Errorf("%s: not the folder of a run: %w", dir, err)
	}
	s := &savedRun{name: dir}
	if err := json.Unmarshal(data, &s.manifest); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, manifestName), err)
	}
	path := filepath.Join(dir, "per_report.csv")
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s.table, err = readReports(f, path)
	return s, err
}

// ErrOtherCorpus says that two runs cannot be compared.
var ErrOtherCorpus = errors.New("the runs are of different corpora")

// Compare reads the folders of two runs and tests every headline figure that
// both have. Resamples are those of b. Runs whose corpora differ in a single
// byte are refused with ErrOtherCorpus.
func Compare(first, second string, b Bootstrap, level float64) (*Comparison, error) {
	runs := [2]*savedRun{}
	for i, dir := range []string{first, second} {
		var err error
		if runs[i], err = openRun(dir); err != nil {
			return nil, err
		}
	}
	if err := aligned(runs); err != nil {
		return nil, err
	}
	p := &pairing{runs: runs, bootstrap: b, level: level}
	c := &Comparison{Names: [2]string{first, second}, Reports: len(runs[0].table.rows)}
	c.Tests = p.tests(p.whole())
	c.Slices = p.tests(p.parts())
	c.Changes = p.changes()
	var err error
	c.Missed, err = missedCodes(first, second)
	return c, err
}

// aligned asks whether both runs are of the same reports in the same order.
func aligned(runs [2]*savedRun) error {
	a, b := runs[0], runs[1]
	if a.manifest.CorpusSHA != b.manifest.CorpusSHA {
		return fmt.Errorf("%w: %s has SHA-256 %.12s (%s), %s has %.12s (%s)", ErrOtherCorpus,
			a.name, a.manifest.CorpusSHA, a.manifest.Corpus, b.name, b.manifest.CorpusSHA, b.manifest.Corpus)
	}
	if len(a.table.rows) != len(b.table.rows) {
		return fmt.Errorf("%w: %d and %d reports", ErrOtherCorpus, len(a.table.rows), len(b.table.rows))
	}
	for i := range a.table.rows {
		if x, y := a.table.cell(i, "id"), b.table.cell(i, "id"); x != y {
			return fmt.Errorf("%w: report %d is %q and %q", ErrOtherCorpus, i+1, x, y)
		}
	}
	return nil
}

// pairing is two runs, report by report.
type pairing struct {
	runs      [2]*savedRun
	bootstrap Bootstrap
	level     float64
}

// slicePart is some reports of the corpus.
type slicePart struct {
	slice, name string
	rows        []int
}

func (p *pairing) whole() []slicePart {
	all := slicePart{}
	for i := range p.runs[0].table.rows {
		all.rows = append(all.rows, i)
	}
	return []slicePart{all}
}

// minPart is how many reports a part must have to be tested: with fewer no
// exact test can reach 0.05.
const minPart = 6

// parts are those of the slices, as the first run cut them. What was predicted
// must not decide: a report moves to no other slice.
func (p *pairing) parts() []slicePart {
	var out []slicePart
	table := p.runs[0].table
	for _, s := range sliceTable {
		rows := map[string][]int{}
		for i := range table.rows {
			for _, name := range strings.Split(table.cell(i, slicePrefix+s.Name), partSeparator) {
				if name != "" {
					rows[name] = append(rows[name], i)
				}
			}
		}
		for _, name := range sortedKeys(rows) {
			if n := len(rows[name]); n >= minPart && n < len(table.rows) {
				out = append(out, slicePart{s.Name, name, rows[name]})
			}
		}
	}
	return out
}

// tests runs all tests of the parts and adjusts their p-values together.
func (p *pairing) tests(parts []slicePart) []Test {
	type job struct {
		metric Metric
		part   slicePart
	}
	var jobs []job
	for _, m := range reportMetrics() {
		for _, x := range parts {
			if m.Headline {
				jobs = append(jobs, job{m, x})
			}
		}
	}
	results := make([]*Test, len(jobs))
	var g errgroup.Group
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, j := range jobs {
		g.Go(func() error {
			results[i] = p.test(j.metric, j.part)
			return nil
		})
	}
	_ = g.Wait() // no job fails
	var out []Test
	var ps []float64
	for _, t := range results {
		if t != nil {
			out, ps = append(out, *t), append(ps, t.P)
		}
	}
	for i, adjusted := range Holm(ps) {
		out[i].Adjusted = adjusted
	}
	return out
}

// test compares one figure on one part; nil where a run does not have it.
func (p *pairing) test(m Metric, x slicePart) *Test {
	values := [2][]right{}
	for i, run := range p.runs {
		for _, row := range x.rows {
			values[i] = append(values[i], run.table.ratio(row, m.Name))
		}
	}
	t := &Test{Metric: m.Name, Slice: x.slice, Part: x.name, Reports: len(x.rows), Lower: m.Lower}
	for i := range values {
		sum := total(values[i], nil)
		if sum.den == 0 {
			return nil
		}
		t.Values[i] = sum.num / sum.den
	}
	t.Difference = t.Values[1] - t.Values[0]
	if unchanged(values) {
		t.P, t.Method, t.Interval = 1, MethodUnchanged, Interval{}
		return t
	}
	groups := p.clusters(x)
	t.Interval, t.P = p.paired(values, groups)
	t.Method = MethodPaired
	if binary(values) {
		t.OnlyFirst, t.OnlySecond = discordant(values)
		if groups == nil {
			t.P, t.Method = McNemar(t.OnlyFirst, t.OnlySecond), MethodMcNemar
		}
	}
	return t
}

// Bounds on the resamples of one test.
const (
	finerBy  = 10        // how many times more are drawn in the next round
	coarse   = 10        // a p-value of fewer resamples than this is no figure yet
	maxDraws = 200 << 20 // reports drawn in all
)

// paired is the paired bootstrap, with more resamples where the p-value is so
// small that a few resamples decide it: after Holm's adjustment over a hundred
// slices the smallest value that a thousand resamples can give would never be significant.
func (p *pairing) paired(values [2][]right, clusters []int) (in Interval, pValue float64) {
	b, n := p.bootstrap.withDefaults(), len(values[0])
	for {
		_, in, pValue = b.PairedDifference(n, clusters, func(w []float64) float64 {
			first, second := total(values[0], w), total(values[1], w)
			return second.num/second.den - first.num/first.den
		}, p.level)
		if !(pValue*float64(b.Resamples) < coarse) || b.Resamples*finerBy*n > maxDraws {
			return in, pValue
		}
		b.Resamples *= finerBy
	}
}

// ratio is what one report adds to a figure.
func (t *reportTable) ratio(row int, metric string) right {
	return right{t.number(row, metric+numColumn), t.number(row, metric+denColumn)}
}

func total(values []right, weights []float64) (sum right) {
	for i, v := range values {
		w := 1.0
		if weights != nil {
			w = weights[i]
		}
		sum.num += w * v.num
		sum.den += w * v.den
	}
	return sum
}

func unchanged(values [2][]right) bool {
	for i := range values[0] {
		if values[0][i] != values[1][i] {
			return false
		}
	}
	return true
}

// binary reports whether the figure is right or wrong per report.
func binary(values [2][]right) bool {
	for _, run := range values {
		for _, v := range run {
			if v.den != 0 && (v.den != 1 || v.num != 0 && v.num != 1) {
				return false
			}
		}
	}
	return true
}

func discordant(values [2][]right) (onlyFirst, onlySecond int) {
	for i, a := range values[0] {
		b := values[1][i]
		switch {
		case a.num > b.num:
			onlyFirst++
		case b.num > a.num:
			onlySecond++
		}
	}
	return onlyFirst, onlySecond
}

// clusters numbers the groups of the rows; nil when they have none.
func (p *pairing) clusters(x slicePart) []int {
	groups := make([]string, len(x.rows))
	for i, row := range x.rows {
		groups[i] = p.runs[0].table.cell(row, "group")
	}
	return numbered(groups)
}

// Losses are the figures in which the second run is worse beyond chance.
func (c *Comparison) Losses(alpha float64) []Test {
	var out []Test
	for _, tests := range [][]Test{c.Tests, c.Slices} {
		for _, t := range tests {
			if t.SignificantLoss(alpha) {
				out = append(out, t)
			}
		}
	}
	return out
}

// testJSON is a Test as JSON: no NaN.
type testJSON struct {
	Metric     string `json:"metric"`
	Slice      string `json:"slice,omitempty"`
	Part       string `json:"part,omitempty"`
	Reports    int    `json:"reports"`
	First      any    `json:"first"`
	Second     any    `json:"second"`
	Difference any    `json:"difference"`
	Interval   [2]any `json:"ci95"`
	OnlyFirst  int    `json:"only_first"`
	OnlySecond int    `json:"only_second"`
	P          any    `json:"p"`
	Adjusted   any    `json:"p_holm"`
	Method     string `json:"method"`
}

func (t Test) json() testJSON {
	return testJSON{
		t.Metric, t.Slice, t.Part, t.Reports, rounded(t.Values[0]), rounded(t.Values[1]), rounded(t.Difference),
		[2]any{rounded(t.Interval.Low), rounded(t.Interval.High)}, t.OnlyFirst, t.OnlySecond, rounded(t.P), rounded(t.Adjusted), t.Method,
	}
}

// WriteJSON writes all tests and changes.
func (c *Comparison) WriteJSON(w io.Writer) error {
	out := struct {
		First   string     `json:"first"`
		Second  string     `json:"second"`
		Reports int        `json:"reports"`
		Tests   []testJSON `json:"tests"`
		Slices  []testJSON `json:"slices"`
		Changes []Change   `json:"changes"`

		Missed []MissedCode `json:"missed"`
	}{First: c.Names[0], Second: c.Names[1], Reports: c.Reports, Tests: []testJSON{}, Slices: []testJSON{}, Changes: c.Changes, Missed: c.Missed}
	for _, t := range c.Tests {
		out.Tests = append(out.Tests, t.json())
	}
	for _, t := range c.Slices {
		out.Slices = append(out.Slices, t.json())
	}
	if out.Changes == nil {
		out.Changes = []Change{}
	}
	if out.Missed == nil {
		out.Missed = []MissedCode{}
	}
	return writeJSON(w, out)
}
