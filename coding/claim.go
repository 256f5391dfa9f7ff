package coding

import (
	"slices"

	"github.com/radcode/radcode/nlp"
)

// Limits of the CMS-1500 form: diagnoses per claim, pointers and modifiers per
// line (NUCC 1500 manual, items 21, 24E, 24D).
const (
	maxClaimDx       = 12
	maxLinePointers  = 4
	maxLineModifiers = 4
)

// bill gives every exam its modifiers and builds the claim of each policy: one
// line per exam with its best code, checked.
func (e *Engine) bill(s *study) {
	for i := range s.exams {
		s.exams[i].modifiers = e.modifiers(s, &s.exams[i])
	}
	s.claims = map[Policy]Claim{}
	for _, policy := range []Policy{Indication, Official} {
		claim, exams := e.claim(s, policy)
		c := e.claimCase(&claim, &s.doc.Report.Meta, s.date)
		order := c.inPaymentOrder()
		claim.Lines, exams = inOrder(claim.Lines, order), inOrder(exams, order)
		c.lines = inOrder(c.lines, order)
		found := c.check()
		s.claims[policy] = c.covered(claim, found)
		if policy == e.policy() {
			s.lineExam = exams
			e.object(s, found)
		}
	}
}

// inOrder returns a list in another order, given by index.
func inOrder[T any](list []T, order []int) []T {
	out := make([]T, 0, len(list))
	for _, i := range order {
		out = append(out, list[i])
	}
	return out
}

// claim builds the lines of a policy, and tells the exam of each.
func (e *Engine) claim(s *study, policy Policy) (c Claim, exams []int) {
	c = Claim{Policy: policy, Lines: []Line{}, Dx: []string{}}
	for _, i := range s.first[policy] {
		if len(c.Dx) < maxClaimDx {
			c.Dx = append(c.Dx, s.diagnoses[i].Code)
		}
	}
	for i := range s.exams {
		dr := &s.exams[i]
		if len(dr.ranked) == 0 {
			continue
		}
		l := Line{Code: e.lex.Procedures[dr.ranked[0].index].Code, Modifiers: []string{}, Units: 1, Dx: e.pointers(s, s.first[policy], i)}
		for _, m := range dr.modifiers {
			l.Modifiers = append(l.Modifiers, m.Code)
		}
		e.paymentOrder(l.Modifiers)
		l.Modifiers = l.Modifiers[:min(len(l.Modifiers), maxLineModifiers)]
		for _, one := range e.bySides(l, &s.doc.Report.Meta) {
			c.Lines, exams = append(c.Lines, one), append(exams, i)
		}
	}
	return c, exams
}

// bySides writes a line for both sides as two where the payer wants it so.
func (e *Engine) bySides(l Line, meta *nlp.Meta) []Line {
	at := slices.Index(l.Modifiers, "50")
	if at < 0 || e.bilateral(meta) != TwoLines {
		return []Line{l}
	}
	var out []Line
	for _, side := range []string{"RT", "LT"} {
		one := l
		one.Modifiers = slices.Delete(slices.Clone(l.Modifiers), at, at+1)
		one.Modifiers = append(one.Modifiers, side)
		one.Dx = slices.Clone(l.Dx)
		out = append(out, one)
	}
	return out
}
