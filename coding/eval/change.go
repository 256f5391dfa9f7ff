package eval

import (
	"cmp"
	"slices"
	"strconv"
)

// compared are the things of a report that may change, and the figure that says
// whether they are right.
var compared = []struct{ system, gold, predicted, metric string }{
	{"cpt", "cpt_gold", "cpt_predicted", "cpt.exact"},
	{"icd10cm", "icd10cm_gold", "icd10cm_predicted", "icd10cm.exact"},
	{"primary.indication", "primary.indication_gold", "primary.indication_predicted", "primary.indication.accuracy"},
	{"primary.official", "primary.official_gold", "primary.official_predicted", "primary.official.accuracy"},
}

// changes lists every report whose codes differ: broken ones first, then fixed
// ones, then those that are right or wrong in both, each in the order of the corpus.
func (p *pairing) changes() []Change {
	var out []Change
	a, b := p.runs[0].table, p.runs[1].table
	for i := range a.rows {
		for _, x := range compared {
			was, is := a.cell(i, x.predicted), b.cell(i, x.predicted)
			if was == is {
				continue
			}
			line, _ := strconv.Atoi(a.cell(i, "line")) // checked when it was read
			c := Change{ID: a.cell(i, "id"), Line: line, System: x.system, Gold: a.cell(i, x.gold), Was: was, Is: is, Effect: EffectChanged}
			switch before, after := a.ratio(i, x.metric).num, b.ratio(i, x.metric).num; {
			case before > after:
				c.Effect = EffectBroken
			case after > before:
				c.Effect = EffectFixed
			}
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Compare(effectOrder[a.Effect], effectOrder[b.Effect]) })
	return out
}

var effectOrder = map[string]int{EffectBroken: 0, EffectFixed: 1, EffectChanged: 2}
