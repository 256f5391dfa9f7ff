package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// evidenceFor is where the facts of an exam speak for a code: its modality, its
// body part, its contrast, number of views and side. What contradicts it is left out.
func (e *Engine) evidenceFor(f *Facts, p *lexicon.Procedure) []Evidence {
	var out []Evidence
	for _, x := range f.Facts {
		if e.concerns(x, p) || x.Axis == lexicon.Contrast && e.contrastSpeaks(x.Concept, f.Contrast, p.Contrast) {
			out = append(out, x.Evidence...)
		}
	}
	if p.ViewsMin > 0 {
		out = append(out, f.Views.Evidence...)
	}
	if p.Side == "uni" && (f.Side == nlp.Right || f.Side == nlp.Left) || p.Side == "bi" && f.Side == nlp.Bilateral {
		for _, at := range f.SideAt {
			if !covered(out, at) {
				out = append(out, at)
			}
		}
	}
	return out
}

// concerns reports whether a fact speaks for the code: its axis is one of the
// code's and the concept meets it. Contrast is not among these axes.
func (e *Engine) concerns(f Fact, p *lexicon.Procedure) bool {
	for _, g := range p.Groups(f.Axis) {
		for _, want := range g {
			if e.lex.Is(f.Concept, want) || e.lex.Is(want, f.Concept) {
				return true
			}
		}
	}
	return false
}

// contrastSpeaks reports whether words about contrast speak for a code: the state
// that all of them come to must be one that the code is for, and these words a part of
// it. "Any" is angiography and the like, which contrast is given for. The agent alone ("no contrast was
// given") is a part of every state.
func (e *Engine) contrastSpeaks(words lexicon.ConceptID, state, code string) bool {
	switch code {
	case "any", "with+":
		if state == "without" {
			return false
		}
	default:
		if state != code {
			return false
		}
	}
	switch e.lex.Concept(words).Name {
	case "without":
		return state != "with"
	case "with", "without_with":
		return state != "without"
	}
	return state != ""
}

// covered reports whether a place is within one that is quoted already.
func covered(quoted []Evidence, at Evidence) bool {
	for _, q := range quoted {
		if q.Section == at.Section && q.Start <= at.Start && at.End <= q.End {
			return true
		}
	}
	return false
}
