package coding

import "slices"

// Limits of the CMS-1500 form: diagnoses per claim, pointers and modifiers per
// line (NUCC 1500 manual, items 21, 24E, 24D).
const (
	maxClaimDx       = 12
	maxLinePointers  = 4
	maxLineModifiers = 4
)

// bill gives every exam its modifiers and builds the claim of each policy: one
// line per exam with its best code.
func (e *Engine) bill(s *study) {
	for i := range s.exams {
		s.exams[i].modifiers = e.modifiers(s, &s.exams[i])
	}
	s.claims = map[Policy]Claim{}
	for _, policy := range []Policy{Indication, Official} {
		s.claims[policy] = e.claim(s, policy)
	}
}

func (e *Engine) claim(s *study, policy Policy) Claim {
	c := Claim{Policy: policy, Lines: []Line{}, Dx: []string{}}
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
			if len(l.Modifiers) < maxLineModifiers {
				l.Modifiers = append(l.Modifiers, m.Code)
			}
		}
		c.Lines = append(c.Lines, e.bySides(l)...)
	}
	return c
}

// bySides writes a line for both sides as two where the payer wants it so.
func (e *Engine) bySides(l Line) []Line {
	at := slices.Index(l.Modifiers, "50")
	if at < 0 || e.options.Bilateral != TwoLines {
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
