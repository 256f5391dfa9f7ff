package eval

import (
	"context"
	"fmt"
	"math"
	"runtime"
	"sync/atomic"

	"golang.org/x/sync/errgroup"

	"github.com/radcode/radcode/lexicon"
)

// Options configure a measurement. The zero value works.
type Options struct {
	Workers   int              // reports coded, and resamples computed, at the same time; 0: all cores
	Bootstrap Bootstrap        // seed and number of resamples of the intervals
	Level     float64          // of the intervals; 0: 0.95
	Lexicon   *lexicon.Lexicon // nil: the embedded one
	Today     string           // date of service of reports without one, YYYY-MM-DD; "": the newest codes
	Progress  func(done int)   // called now and then, by several goroutines, with the number of reports coded
}

func (o Options) withDefaults() (Options, error) {
	if o.Workers < 1 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	if o.Level == 0 {
		o.Level = 0.95
	}
	o.Bootstrap = o.Bootstrap.withDefaults()
	if o.Progress == nil {
		o.Progress = func(int) {}
	}
	if o.Lexicon == nil {
		lex, err := lexicon.Default()
		if err != nil {
			return o, fmt.Errorf("eval: %w", err)
		}
		o.Lexicon = lex
	}
	return o, nil
}

// Run is a finished measurement.
type Run struct {
	Corpus Corpus
	Cases  []*Case // in the order of the corpus
	Values []Value // of every metric that is defined on the corpus
	Slices []SliceRow
	Humans []Human

	book     *Codebook
	options  Options
	clusters []int
}

// Value is a metric of a run.
type Value struct {
	Metric
	Num, Den float64
	Interval Interval // NaN where there is none
	Method   string   // how the interval was made
}

// Value is the ratio; NaN for 0 / 0.
func (v Value) Value() float64 { return v.Num / v.Den }

// Methods of intervals.
const (
	MethodWilson    = "wilson"
	MethodBootstrap = "bootstrap over reports"
	MethodClusters  = "bootstrap over groups"
	MethodShifted   = ", bias taken off" // behind one of the bootstraps, see Metric.Biased
)

// MethodUnanimous is for a figure that is 0, or 1, in every report: resamples
// cannot differ, though the next report may. Reports, or groups where there are some, are
// then trials that all went the same way.
const MethodUnanimous = "wilson, every report alike"

// unanimous is the number of reports, or of groups, that all have the figure 0
// or all 1; 0 when they differ.
func (v *Value) unanimous(cases []*Case, clusters []int) int {
	if v.Count == nil || v.Num != 0 && v.Num != v.Den {
		return 0
	}
	seen := map[int]bool{}
	for i, c := range cases {
		num, den := v.Count(c)
		if num != 0 && num != den {
			return 0
		}
		if den == 0 {
			continue
		}
		if clusters != nil {
			i = clusters[i]
		}
		seen[i] = true
	}
	return len(seen)
}

// shifted moves an interval, within what a share can be.
func (in Interval) shifted(by float64) Interval {
	return Interval{max(0, min(1, in.Low+by)), max(0, min(1, in.High+by))}
}

func mean(values []float64) float64 {
	sum := 0.0
	for _, x := range values {
		sum += x
	}
	return sum / float64(len(values))
}

// Measure codes the corpus and scores it. The result does not depend on the
// number of workers.
func Measure(ctx context.Context, corpus Corpus, coder Coder, o Options) (*Run, error) {
	o, err := o.withDefaults()
	if err != nil {
		return nil, err
	}
	r := &Run{Corpus: corpus, book: NewCodebook(o.Lexicon, o.Today), options: o}
	predictions, err := predict(ctx, &corpus, coder, o)
	if err != nil {
		return nil, err
	}
	for i, rec := range corpus.Records {
		r.Cases = append(r.Cases, newCase(r.book, rec, predictions[i]))
	}
	r.clusters = clusters(r.Cases)
	r.Values = r.measure(metrics, r.Cases, r.clusters)
	r.Slices = r.slice()
	r.Humans = humans(r.Cases)
	return r, nil
}

// predict codes all reports; predictions stand in the order of the records.
func predict(ctx context.Context, c *Corpus, coder Coder, o Options) ([]Prediction, error) {
	out := make([]Prediction, len(c.Records))
	var done atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.Workers)
	for i := range c.Records {
		g.Go(func() error {
			p, err := coder.Code(ctx, c.Records[i].Report)
			if err != nil {
				return fmt.Errorf("%s:%d: %w", c.Name, c.Records[i].Line, err)
			}
			p.ID = c.Records[i].ID
			out[i] = p
			o.Progress(int(done.Add(1)))
			return nil
		})
	}
	return out, g.Wait()
}

// measure computes those metrics that the cases define, with intervals.
func (r *Run) measure(metrics []Metric, cases []*Case, clusters []int) []Value {
	var values []Value
	var resampled []int // places in values
	var figures []Weighted
	for i := range metrics {
		f := metrics[i].prepare(cases)
		v := Value{Metric: metrics[i], Interval: unknown}
		if v.Num, v.Den = f(nil); v.Den == 0 {
			continue
		}
		if clusters == nil && metrics[i].isProportion(cases) {
			v.Interval, v.Method = Wilson(int(v.Num), int(v.Den), r.options.Level), MethodWilson
		} else {
			resampled, figures = append(resampled, len(values)), append(figures, f)
		}
		values = append(values, v)
	}
	resamples := r.options.Bootstrap.values(len(cases), clusters, len(figures), func(weights, out []float64) {
		for j, f := range figures {
			num, den := f(weights)
			out[j] = num / den
		}
	}, r.options.Workers)
	for j, i := range resampled {
		v := &values[i]
		v.Interval = quantiles(resamples[j], units(len(cases), clusters), r.options.Level)
		if math.IsNaN(v.Interval.Low) {
			continue
		}
		if n := v.unanimous(cases, clusters); n > 0 {
			v.Interval, v.Method = Wilson(int(math.Round(v.Value()))*n, n, r.options.Level), MethodUnanimous
			continue
		}
		v.Method = MethodBootstrap
		if clusters != nil {
			v.Method = MethodClusters
		}
		if v.Biased {
			v.Interval = v.Interval.shifted(v.Value() - mean(resamples[j]))
			v.Method += MethodShifted
		}
	}
	return values
}

// Get finds a value by the name of its metric.
func (r *Run) Get(name string) (Value, bool) {
	for _, v := range r.Values {
		if v.Name == name {
			return v, true
		}
	}
	return Value{}, false
}

// Title is a code's title in radcode's words, "" when it is not known.
func (r *Run) Title(code string) string { return r.book.Title(code) }

// SliceRow is one part of a slice with the headline metrics.
type SliceRow struct {
	Slice, Part string
	Reports     int
	Values      []Value
}

// slice measures the headline metrics on every part of every slice. Parts are
// sorted by name.
func (r *Run) slice() []SliceRow {
	var headline []Metric
	for _, m := range metrics {
		if m.Headline {
			headline = append(headline, m)
		}
	}
	x := newSliced(r.book, r.Cases)
	for _, c := range r.Cases {
		c.slices = make([][]string, len(sliceTable))
	}
	var rows []SliceRow
	for i, s := range sliceTable {
		parts := map[string][]int{}
		for n, c := range r.Cases {
			c.slices[i] = s.of(x, c)
			for _, part := range c.slices[i] {
				parts[part] = append(parts[part], n)
			}
		}
		if len(parts) == 1 && len(parts[sortedKeys(parts)[0]]) == len(r.Cases) {
			continue // the whole corpus says it already
		}
		for _, part := range sortedKeys(parts) {
			cases, clusters := r.pick(parts[part])
			rows = append(rows, SliceRow{s.Name, part, len(cases), r.measure(headline, cases, clusters)})
		}
	}
	return rows
}

// pick returns some cases with their clusters, numbered anew without gaps.
func (r *Run) pick(places []int) ([]*Case, []int) {
	cases := make([]*Case, len(places))
	for k, n := range places {
		cases[k] = r.Cases[n]
	}
	return cases, clusters(cases)
}
