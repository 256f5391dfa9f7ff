package coding

import "github.com/radcode/radcode/lexicon"

// compounds are pairs of statements of an exam name that together say a third
// thing. What the compound replaces goes.
var compounds = []struct {
	axis                  lexicon.Axis
	first, second, states string
	replaces              string
	Doc                   string
}{
	{lexicon.Technique, "rest", "stress", "rest_stress", "rest", "a study at rest and one under stress, named apart: rest thallium, stress Myoview"},
	{lexicon.Technique, "rest", "exercise", "rest_stress", "rest", "the same with exercise"},
	{lexicon.Modality, "pet", "nm", "pet", "nm", "PET is nuclear medicine: a name that says both is about PET"},
}

// compound replaces pairs of statements by what they say together.
func (e *Engine) compound(f *Facts) {
	for _, c := range compounds {
		first, second := e.lex.Lookup(c.axis, c.first), e.lex.Lookup(c.axis, c.second)
		if !f.Has(first) || !f.Has(second) {
			continue
		}
		states := e.lex.Lookup(c.axis, c.states)
		for _, x := range f.Facts {
			if x.Concept != states && (x.Concept == first || x.Concept == second) {
				for _, ev := range x.Evidence {
					f.add(c.axis, states, ev)
				}
			}
		}
		f.forget(e.lex.Lookup(c.axis, c.replaces))
	}
}
