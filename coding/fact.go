package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Fact is one concept that a report states about an exam, and where.
type Fact struct {
	Axis     lexicon.Axis
	Concept  lexicon.ConceptID
	Evidence []Evidence
}

// Evidence is a place in the report: byte offsets, half-open, into the text or,
// when Section is "title", into the exam name that came beside the text.
type Evidence struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Section string `json:"section"`
	Source  string `json:"source"`
}

// Views is what a report says about the number of projections. The zero value
// is silence.
type Views struct {
	Min, Max int // Max 0 = no upper bound, when Min > 0
	Evidence []Evidence
}

// Stated reports whether the number of views is known.
func (v Views) Stated() bool { return v.Min > 0 }

// Facts is what a report says about one exam, ready to be compared with codes.
type Facts struct {
	Facts    []Fact // one per concept, in order of first mention
	Contrast string // without, with, without_with, or "" for silence
	Views    Views
	Side     nlp.Side
	SideAt   []Evidence
	OneSided bool     // "unilateral": one side, whichever
	Words    []string // for the learned ranker: what its word weights are keyed by
	Grams    []string // for the same: pieces of spelling, which count where Words do
	Narrated bool     // read from running text: what is not said was not done
}

// Of returns the concepts stated on an axis.
func (f *Facts) Of(a lexicon.Axis) []lexicon.ConceptID {
	var out []lexicon.ConceptID
	for _, x := range f.Facts {
		if x.Axis == a {
			out = append(out, x.Concept)
		}
	}
	return out
}

// Has reports whether a concept is stated.
func (f *Facts) Has(id lexicon.ConceptID) bool {
	for _, x := range f.Facts {
		if x.Concept == id {
			return true
		}
	}
	return false
}

// add records a concept; a second mention adds evidence only.
func (f *Facts) add(axis lexicon.Axis, id lexicon.ConceptID, e Evidence) {
	for i := range f.Facts {
		if f.Facts[i].Concept == id {
			f.Facts[i].Evidence = append(f.Facts[i].Evidence, e)
			return
		}
	}
	f.Facts = append(f.Facts, Fact{axis, id, []Evidence{e}})
}

// forget drops concepts from the facts.
func (f *Facts) forget(ids ...lexicon.ConceptID) {
	f.Facts = slices.DeleteFunc(f.Facts, func(x Fact) bool { return slices.Contains(ids, x.Concept) })
}

// hasRegion reports whether a body part, or a part of it, is stated.
func (e *Engine) hasRegion(f *Facts, name string) bool {
	id := e.lex.Lookup(lexicon.Region, name)
	for _, r := range f.Of(lexicon.Region) {
		if e.lex.Is(r, id) {
			return true
		}
	}
	return false
}
