package eval

import "slices"

// setMetrics compare the set of predicted codes with the set of gold codes. The
// definitions are scikit-learn's for multilabel data, except that a predicted
// code may be accepted for another gold code, that optional codes count nowhere, and that where
// nothing is gold and nothing predicted the agreement is perfect.
func setMetrics(t int) []Metric {
	name, title := tasks[t].name, tasks[t].title
	over := "; " + tasks[t].doc
	count := func(f func(o *Outcome) (num, den float64)) func(*Case) (float64, float64) {
		return func(c *Case) (float64, float64) {
			if o := c.outcomes[t]; o != nil {
				return f(o)
			}
			return 0, 0
		}
	}
	perReport := func(f func(o *Outcome) float64) func(*Case) (float64, float64) {
		return count(func(o *Outcome) (float64, float64) { return f(o), 1 })
	}
	return []Metric{
		{
			Name: name + ".micro.p", Title: title + " precision", Doc: "hits / predicted codes, over all reports" + over,
			Count: count(func(o *Outcome) (float64, float64) { return o.hits(), o.hits() + o.extras() }),
		},
		{
			Name: name + ".micro.r", Title: title + " recall", Doc: "hits / required gold codes, over all reports" + over,
			Count: count(func(o *Outcome) (float64, float64) { return o.hits(), o.hits() + o.misses() }),
		},
		{
			Name: name + ".micro.f1", Title: title + " micro-F1", Doc: "2 hits / (2 hits + extra + missed), over all reports" + over, Headline: true,
			Count: count(func(o *Outcome) (float64, float64) { return 2 * o.hits(), 2*o.hits() + o.extras() + o.misses() }),
		},
		macroMetric(t, "macro.p", "mean precision of the labels with gold support", precisionOf, true),
		macroMetric(t, "macro.r", "mean recall of the labels with gold support", recallOf, true),
		macroMetric(t, "macro.f1", "mean F1 of the labels with gold support", f1Of, true),
		macroMetric(t, "macro_all.p", "mean precision of all labels, gold or predicted; 0 where none was predicted", precisionOf, false),
		macroMetric(t, "macro_all.r", "mean recall of all labels, gold or predicted; 0 where there is no support", recallOf, false),
		macroMetric(t, "macro_all.f1", "mean F1 of all labels, gold or predicted (scikit-learn's macro average)", f1Of, false),
		{
			Name: name + ".samples.f1", Title: title + " samples-F1", Doc: "mean over reports of the F1 of each; 1 where nothing is gold and nothing predicted" + over,
			Count: perReport(func(o *Outcome) float64 { return ratio1(2*o.hits(), 2*o.hits()+o.extras()+o.misses()) }),
		},
		{
			Name: name + ".exact", Title: title + " exact match", Doc: "reports with every required code and no extra one / reports" + over, Headline: tasks[t].ranked,
			Count: perReport(func(o *Outcome) float64 { return boolean(o.exact()) }),
		},
		{
			Name: name + ".jaccard", Title: title + " Jaccard", Doc: "mean over reports of hits / (hits + extra + missed); 1 where nothing is gold and nothing predicted" + over,
			Count: perReport(func(o *Outcome) float64 { return ratio1(o.hits(), o.hits()+o.extras()+o.misses()) }),
		},
	}
}

func (o *Outcome) hits() float64   { return float64(len(o.Hits)) }
func (o *Outcome) extras() float64 { return float64(len(o.Extra)) }
func (o *Outcome) misses() float64 { return float64(len(o.Missed)) }
func (o *Outcome) exact() bool     { return len(o.Extra) == 0 && len(o.Missed) == 0 }

// ratio1 is a / b, and 1 for 0 / 0.
func ratio1(a, b float64) float64 {
	if b == 0 {
		return 1
	}
	return a / b
}

// ratio0 is a / b, and 0 for 0 / 0.
func ratio0(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// counts are what is known of one label.
type counts struct{ hit, extra, missed float64 }

func precisionOf(c counts) float64 { return ratio0(c.hit, c.hit+c.extra) }
func recallOf(c counts) float64    { return ratio0(c.hit, c.hit+c.missed) }
func f1Of(c counts) float64        { return ratio0(2*c.hit, 2*c.hit+c.extra+c.missed) }

// event is one hit, extra or missed code. A hit belongs to the gold code, also
// when an accepted one was predicted.
type event struct {
	report, label int
	counts
}

// labelEvents lists what happened to which label; labels are sorted.
func labelEvents(cases []*Case, t int) (labels []string, events []event) {
	type named struct {
		event
		code string
	}
	var all []named
	for i, c := range cases {
		o := c.outcomes[t]
		if o == nil {
			continue
		}
		for _, p := range o.Hits {
			all = append(all, named{event{report: i, counts: counts{hit: 1}}, o.Gold[p.Gold].Code})
		}
		for _, g := range o.Missed {
			all = append(all, named{event{report: i, counts: counts{missed: 1}}, o.Gold[g].Code})
		}
		for _, k := range o.Extra {
			all = append(all, named{event{report: i, counts: counts{extra: 1}}, o.Codes[k]})
		}
	}
	for _, x := range all {
		labels = append(labels, x.code)
	}
	slices.Sort(labels)
	labels = slices.Compact(labels)
	for _, x := range all {
		x.label, _ = slices.BinarySearch(labels, x.code)
		events = append(events, x.event)
	}
	return labels, events
}

// macroMetric averages over labels; of is a figure of one label.
func macroMetric(t int, name, doc string, of func(counts) float64, supported bool) Metric {
	return Metric{
		Name: tasks[t].name + "." + name, Title: tasks[t].title + " " + name, Doc: doc + "; " + tasks[t].doc, Biased: true,
		Prepare: func(cases []*Case) Weighted {
			labels, events := labelEvents(cases, t)
			return func(weights []float64) (num, den float64) {
				for _, c := range countLabels(len(labels), events, weights) {
					if c.hit+c.missed > 0 || !supported && c.extra > 0 {
						num += of(c)
						den++
					}
				}
				return num, den
			}
		},
	}
}

func countLabels(n int, events []event, weights []float64) []counts {
	out := make([]counts, n)
	for _, e := range events {
		w := 1.0
		if weights != nil {
			w = weights[e.report]
		}
		c := &out[e.label]
		c.hit += w * e.hit
		c.extra += w * e.extra
		c.missed += w * e.missed
	}
	return out
}
