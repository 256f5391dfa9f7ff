package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Distinct is a payer's style for a service that is billed beside another one
// which else includes it.
type Distinct string

// Styles: modifier 59; XE, XS, XP or XU, which say why; or by the payer's profile: Medicare knows the
// X modifiers.
const (
	DistinctByPayer Distinct = ""
	Distinct59      Distinct = "59"
	DistinctX       Distinct = "x"
)

// separation is why an exam counts beside another exam whose code includes its own.
type separation struct {
	modifier string // XE, XS, XP or XU
	at       []Evidence
}

// overlap is a pair of exams under an edit, by index.
type overlap struct {
	holder, held int
	edit         *lexicon.Edit
}

// applyEdits takes out the exams whose code another exam's code holds, and marks those
// that the report shows to be separate. Where it says too little both stand, and the check of the claim asks.
func (e *Engine) applyEdits(s *study, drafts []draft) []draft {
	pairs := e.overlaps(s, drafts)
	gone := make([]bool, len(drafts))
	for _, p := range pairs {
		why := e.separation(s, drafts, p, len(pairs) == 1)
		switch {
		case p.edit.Never || why == nil && p.edit.Relation.Held:
			gone[p.held] = true
			s.bundled = append(s.bundled, Finding{Message: p.edit.Includes + " is not billed beside " + p.edit.Code + ": " + p.edit.Relation.Doc})
		case why != nil:
			drafts[p.held].separate = why
		}
	}
	var out []draft
	for i := range drafts {
		if !gone[i] {
			out = append(out, drafts[i])
		}
	}
	return out
}

// overlaps finds the pairs of exams under an edit. Codes of one side that were done
// on different sides are none: RT and LT tell them apart.
func (e *Engine) overlaps(s *study, drafts []draft) []overlap {
	if len(drafts) < 2 {
		return nil
	}
	var out []overlap
	c := e.claimCase(&Claim{}, &s.doc.Report.Meta, s.date)
	for i := range drafts {
		for j := range drafts {
			a, b := e.best(&drafts[i]), e.best(&drafts[j])
			x := c.pairInForce(a.Code, b.Code)
			if x == nil || a.Side == "uni" && b.Side == "uni" && oppositeSides(&drafts[i], &drafts[j]) {
				continue
			}
			out = append(out, overlap{i, j, x})
		}
	}
	return out
}

func oppositeSides(a, b *draft) bool {
	x, y := a.facts.Side, b.facts.Side
	return x == nlp.Right && y == nlp.Left || x == nlp.Left && y == nlp.Right
}

// Phrases that say that a service was separate.
var (
	encounterPhrases = phrasesOf(lexicon.Phrases("encounter"))
	unusualPhrases   = phrasesOf(lexicon.Phrases("not_overlapping"))
)

// separation looks for what makes two services separate, nil when the report does
// not show it: another encounter, another structure, another physician, or that they do
// not overlap. Phrases of the text count only where one pair can be meant.
func (e *Engine) separation(s *study, drafts []draft, p overlap, only bool) *separation {
	a, b := &drafts[p.holder], &drafts[p.held]
	if at := differentTimes(a, b); at != nil {
		return &separation{"XE", at}
	}
	said := func(phrases []phrase) []Evidence {
		if !only {
			return nil
		}
		at, _ := s.find(phrases)
		return at
	}
	if at := said(encounterPhrases); at != nil {
		return &separation{"XE", at}
	}
	if oppositeSides(a, b) && !p.edit.Relation.Held {
		return &separation{"XS", append(slices.Clone(a.facts.SideAt), b.facts.SideAt...)}
	}
	if p.edit.Relation.AnySite && e.differentSites(&a.facts, &b.facts) {
		return &separation{"XS", append(a.facts.evidenceOf(lexicon.Region), b.facts.evidenceOf(lexicon.Region)...)}
	}
	if at := said(otherReaderPhrases); at != nil {
		return &separation{"XP", at}
	}
	if at := said(unusualPhrases); at != nil {
		return &separation{"XU", at}
	}
	return nil
}

// differentTimes returns the times of day in the names of two exams, nil unless
// both have one and they differ.
func differentTimes(a, b *draft) []Evidence {
	x, y := clockTime.FindStringIndex(a.text), clockTime.FindStringIndex(b.text)
	if x == nil || y == nil || a.text[x[0]:x[1]] == b.text[y[0]:y[1]] {
		return nil
	}
	return []Evidence{
		{Start: a.offset + x[0], End: a.offset + x[1], Section: a.section},
		{Start: b.offset + y[0], End: b.offset + y[1], Section: b.section},
	}
}

// differentSites reports whether two exams name body parts of which none is, or is
// part of, one of the other exam. A kind of tissue is no place.
func (e *Engine) differentSites(a, b *Facts) bool {
	x, y := e.places(a), e.places(b)
	for _, r := range x {
		if slices.ContainsFunc(y, func(o lexicon.ConceptID) bool { return e.lex.Is(r, o) || e.lex.Is(o, r) }) {
			return false
		}
	}
	return len(x) > 0 && len(y) > 0
}

func (e *Engine) places(f *Facts) []lexicon.ConceptID {
	return slices.DeleteFunc(f.Of(lexicon.Region), func(r lexicon.ConceptID) bool { return tissueRegions[e.lex.Concept(r).Name] })
}

// distinct is the modifier for a separate service as the payer wants it.
func (e *Engine) distinct(s *study, why *separation) string {
	if e.distinctStyle(&s.doc.Report.Meta) == DistinctX {
		return why.modifier
	}
	return "59"
}
