package eval

import (
	"fmt"
	"slices"

	"github.com/radcode/radcode/lexicon"
)

// Depths at which rankings and retrieval are looked at.
var (
	rankDepths      = []int{1, 3, 5}
	retrievalDepths = []int{1, 5, 10, 20, 50}
)

// rankMetrics ask where the right code stands among the candidates, and whether
// the first stage proposed it at all.
func rankMetrics(t int) []Metric {
	name, title := tasks[t].name, tasks[t].title
	var out []Metric
	if tasks[t].system == lexicon.CPT { // the diagnoses of a report are a set: there is no right first one among them
		for _, k := range rankDepths {
			out = append(out, Metric{
				Name: fmt.Sprintf("%s.top%d", name, k), Title: fmt.Sprintf("%s top-%d", title, k), Headline: k == 1,
				Doc:   fmt.Sprintf("required gold codes that stand among the first %d candidates of an exam / required gold codes; for one gold code trec_eval's success_%d", k, k),
				Count: entries(t, func(o *Outcome, i int) float64 { return boolean(o.Ranks[i] > 0 && o.Ranks[i] <= k) }),
			})
		}
	}
	out = append(out, Metric{
		Name: name + ".mrr", Title: title + " MRR",
		Doc: "mean over required gold codes of 1 / place among the candidates of an exam (diagnoses: of the report, the claim first, then " +
			"by confidence); 0 where it is not among the candidates that the coder names, the first ten of radcode. For one gold code trec_eval's recip_rank",
		Count: entries(t, func(o *Outcome, i int) float64 {
			if o.Ranks[i] == 0 {
				return 0
			}
			return 1 / float64(o.Ranks[i])
		}),
	})
	for _, k := range retrievalDepths {
		out = append(out, Metric{
			Name: fmt.Sprintf("%s.retrieval.recall%d", name, k), Title: fmt.Sprintf("%s retrieval recall@%d", title, k),
			Doc:   fmt.Sprintf("required gold codes among the first %d that the retrieval stage alone proposed / required gold codes", k),
			Count: retrieved(t, k),
		})
	}
	return out
}

// entries adds up over the required gold codes of a report.
func entries(t int, of func(o *Outcome, i int) float64) func(*Case) (float64, float64) {
	return func(c *Case) (num, den float64) {
		o := c.outcomes[t]
		if o == nil {
			return 0, 0
		}
		for i, g := range o.Gold {
			if !g.Optional {
				num += of(o, i)
				den++
			}
		}
		return num, den
	}
}

func retrieved(t, k int) func(*Case) (float64, float64) {
	return func(c *Case) (float64, float64) {
		list := c.retrieved(t)
		if list == nil {
			return 0, 0
		}
		first := list[:min(k, len(list))]
		return entries(t, func(o *Outcome, i int) float64 { return boolean(slices.ContainsFunc(first, o.Gold[i].Accepts)) })(c)
	}
}

// retrieved is what the first stage proposed; nil when the coder does not tell.
func (c *Case) retrieved(t int) []string {
	if tasks[t].system == lexicon.ICD10CM {
		return c.Prediction.Retrieved.ICD10CM
	}
	return c.Prediction.Retrieved.CPT
}
