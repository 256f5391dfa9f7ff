package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Order is what decision support and prior authorisation are asked with: what is to be done, and
// why.
type Order struct {
	CPT []string `json:"cpt"`
	Dx  []string `json:"dx"`
}

// Order returns the order behind a report: the procedure that the order in the metadata names, else those that
// were done; the diagnoses ordered with it, else the reasons that the report gives, the first-listed first. What the study
// found is no reason to have ordered it. Safe for concurrent use.
func (e *Engine) Order(report nlp.Report, r Result) Order {
	out := Order{CPT: []string{}, Dx: []string{}}
	if name := report.Meta.Ordered; name != "" {
		f := e.factsOfTitle(name, "")
		for _, top := range e.rank(&f, e.dateOf(&report.Meta), 1) {
			out.CPT = append(out.CPT, e.lex.Procedures[top.index].Code)
		}
	}
	if len(out.CPT) == 0 {
		for _, l := range r.Claim.Lines {
			if !slices.Contains(out.CPT, l.Code) {
				out.CPT = append(out.CPT, l.Code)
			}
		}
	}
	if out.Dx = append(out.Dx, report.Meta.OrderedICD10CM...); len(out.Dx) > 0 {
		return out
	}
	for _, code := range r.Claim.Dx {
		if at := slices.IndexFunc(r.Diagnoses, func(d Diagnosis) bool { return d.Code == code }); at >= 0 && orderedFor[r.Diagnoses[at].Role] {
			out.Dx = append(out.Dx, code)
		}
	}
	return out
}

// orderedFor are the roles of diagnoses that were known when a study was ordered.
var orderedFor = map[Role]bool{RoleIndication: true, RoleScreening: true, RoleHistory: true}

// priorAuthLikely reports whether payers usually want to be asked before a procedure: CT, MR and PET.
func (e *Engine) priorAuthLikely(p *lexicon.Procedure) bool {
	return p != nil && slices.ContainsFunc(advancedModalities, func(name string) bool {
		return mentionsConcept(p.Modality, e.lex.Lookup(lexicon.Modality, name))
	})
}
