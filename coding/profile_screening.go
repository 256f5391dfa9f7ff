package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
)

// tomosynthesisMedicare is Medicare's code for tomosynthesis beside a diagnostic mammogram of
// one breast or both; it does not pay CPT's own (CMS Claims Processing Manual ch. 18 s. 20.2).
const tomosynthesisMedicare = "G0279"

// tomosynthesisCPT are CPT's codes for the same, one breast and both.
var tomosynthesisCPT = []string{"77061", "77062"}

// payersCodes writes codes as the payer wants them.
func (e *Engine) payersCodes(s *study, drafts []draft) []draft {
	want := e.profile(&s.doc.Report.Meta).Tomosynthesis
	index, ok := e.ranker.codes[want]
	if want != tomosynthesisMedicare || !ok || !e.lex.Procedures[index].InForce(s.date) {
		return drafts
	}
	var out []draft
	given := false
	for _, dr := range drafts {
		if p := e.best(&dr); p != nil && slices.Contains(tomosynthesisCPT, p.Code) {
			if given { // it is for both
				continue
			}
			given = true
			first := dr.ranked[0]
			first.index = index
			dr.ranked = append([]ranked{first}, dr.ranked[1:]...)
		}
		out = append(out, dr)
	}
	return out
}

// familyHistory are the categories of a relative's disease.
var familyHistory = []string{"Z80", "Z81", "Z82", "Z83", "Z84"}

// payersRisk leaves family history out of a screening unless the payer asks for it: the screening code alone is
// the reason (coding guide 004).
func (e *Engine) payersRisk(s *study, all []*found) []*found {
	if e.profile(&s.doc.Report.Meta).RequireRisk || !slices.ContainsFunc(all, func(f *found) bool { return f.role == RoleScreening }) {
		return all
	}
	return slices.DeleteFunc(all, func(f *found) bool {
		return slices.ContainsFunc(familyHistory, func(category string) bool { return strings.HasPrefix(f.coded.Code, category) })
	})
}

// payersOrder puts the diagnoses that a payer wants in an order of its own into
// that order, in the places that they have together.
func (e *Engine) payersOrder(s *study, all []*found, order []int) []int {
	wanted := e.profile(&s.doc.Report.Meta).ScreeningOrder
	var places, listed []int
	screening := false
	for n, i := range order {
		if wantedPlace(wanted, all[i].coded.Code) < len(wanted) {
			places, listed = append(places, n), append(listed, i)
		}
		screening = screening || all[i].role == RoleScreening
	}
	if !screening {
		return order
	}
	slices.SortStableFunc(listed, func(a, b int) int {
		return wantedPlace(wanted, all[a].coded.Code) - wantedPlace(wanted, all[b].coded.Code)
	})
	for k, n := range places {
		order[n] = listed[k]
	}
	return order
}

// wantedPlace is the place of a diagnosis in a list of codes and categories, the
// length of the list where it has none.
func wantedPlace(list []string, code string) int {
	for n, c := range list {
		if dxBelow(code, c) {
			return n
		}
	}
	return len(list)
}

// dxBelow reports whether a diagnosis is a code, or lies below a category, however
// both are dotted.
func dxBelow(code, category string) bool {
	c, _ := index.Undotted(code)
	w, ok := index.Undotted(category)
	return ok && strings.HasPrefix(c, w)
}
