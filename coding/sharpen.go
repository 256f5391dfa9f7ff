package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// sharpen lets the findings section say what the impression leaves out: an
// impression "calcaneal fracture" of a report that describes its anterior process. Codes
// are assigned to the highest specificity documented (ICD-10-CM guideline I.B.2); where the findings name
// several such problems, it is not known which one is meant, and the impression stands.
func (e *Engine) sharpen(billed, all []problem) {
	for i := range billed {
		p := &billed[i]
		if p.verdict.Role != RoleFinding || p.section != nlp.SectionImpression || p.mention.Problem == nil {
			continue
		}
		if better := e.onlySharper(p, all); better != nil {
			p.at = append([]nlp.Span{p.mention.Span}, p.at...)
			p.finding, p.coded, p.relevance = better.finding, better.coded, better.relevance
		}
	}
}

// onlySharper returns the problem of the findings section that says p more precisely, nil
// when there is none or more than one code.
func (e *Engine) onlySharper(p *problem, all []problem) *problem {
	var best *problem
	for i := range all {
		q := &all[i]
		if q.section != nlp.SectionFindings || !q.verdict.Keep || q.finding.Concept != p.finding.Concept || q.coded.Code == p.coded.Code {
			continue
		}
		if q.finding.Side != p.finding.Side && p.finding.Side != "" || !e.isWithin(p, q) || e.isSeveral(p) != e.isSeveral(q) {
			continue
		}
		if best != nil && best.coded.Code != q.coded.Code {
			return nil
		}
		best = q
	}
	return best
}

// isWithin asks whether q is at the place of p or a part of it, with a code that
// its place, side or qualifiers chose.
func (e *Engine) isWithin(p, q *problem) bool {
	a, b := p.finding.Site, q.finding.Site
	switch {
	case a == b:
		return len(q.coded.Row.With) > len(p.coded.Row.With) || p.coded.Open && q.coded.Side && !q.coded.Open
	case a == 0:
		return q.coded.Sited
	}
	return b != 0 && q.coded.Sited && e.lex.Is(b, a)
}

// isSeveral reports whether a problem is of several: one of the nodules that the impression counts
// does not stand for all of them.
func (e *Engine) isSeveral(p *problem) bool {
	return slices.Contains(p.finding.With, e.lex.Lookup(lexicon.Qualifier, "multiple"))
}
