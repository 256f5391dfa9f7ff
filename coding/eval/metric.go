package eval

// Metric is one figure of an evaluation, a ratio. Exactly one of Count and
// Prepare is set.
type Metric struct {
	Name     string // key in metrics.json, such as "icd10cm.micro.f1"
	Title    string // as a table shows it
	Doc      string // the definition: what is counted, over what, and where it comes from
	Lower    bool   // lower is better
	Headline bool   // belongs on the first screen and is computed for slices

	// Biased says that the figure is on average another one in a resample than in
	// the sample: a label that stands once is missing from a third of the resamples,
	// and the calibration error of a resample has the noise of the sample added to it. The
	// mean difference is taken off the interval (Efron and Tibshirani 1993, chapter 10).
	Biased bool

	// Count is what one report adds to numerator and denominator: the metric is a
	// ratio of sums, so that parts of a corpus merge by addition.
	Count func(c *Case) (num, den float64)

	// Prepare is for figures that are no ratio of sums over reports: macro
	// averages, calibration. What it returns computes the figure for reports
	// with weights, nil being one each; it is called by several goroutines at once.
	Prepare func(cases []*Case) Weighted
}

// Weighted computes numerator and denominator of a figure; weights are per
// report in the order of the cases, nil for one each.
type Weighted func(weights []float64) (num, den float64)

// prepare makes a Weighted of either kind of metric.
func (m *Metric) prepare(cases []*Case) Weighted {
	if m.Prepare != nil {
		return m.Prepare(cases)
	}
	var terms []term
	for i, c := range cases {
		if num, den := m.Count(c); num != 0 || den != 0 {
			terms = append(terms, term{i, num, den})
		}
	}
	return func(weights []float64) (num, den float64) {
		for _, t := range terms {
			w := 1.0
			if weights != nil {
				w = weights[t.report]
			}
			num += w * t.num
			den += w * t.den
		}
		return num, den
	}
}

// term is what one report adds to a ratio.
type term struct {
	report   int
	num, den float64
}

// Metrics is the table of metrics, in the order of all lists. Metrics per label
// and per flag stand in tables of their own.
func Metrics() []Metric { return metrics }

var metrics = func() []Metric {
	var out []Metric
	for t := range tasks {
		out = append(out, setMetrics(t)...)
		if tasks[t].ranked {
			out = append(out, rankMetrics(t)...)
			out = append(out, confidenceMetrics(t)...)
			out = append(out, creditMetrics(t)...)
		}
	}
	out = append(out, sequenceMetrics()...)
	out = append(out, flagMetrics()...)
	out = append(out, findingMetrics()...)
	return append(out, dispositionMetrics()...)
}()

// isProportion reports whether every report counts as 0 or 1 of 1, so that the
// figure is a binomial proportion.
func (m *Metric) isProportion(cases []*Case) bool {
	if m.Count == nil {
		return false
	}
	for _, c := range cases {
		num, den := m.Count(c)
		if den != 0 && (den != 1 || num != 0 && num != 1) {
			return false
		}
	}
	return true
}

// boolean is 1 for true.
func boolean(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
