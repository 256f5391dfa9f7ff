package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// withBiopsies puts the biopsy before the guidance that is billed beside it: a
// needle biopsy of the kidney under CT is 50200 and 77012. Where the code holds
// the guidance preferGuided has put it in its place.
func (e *Engine) withBiopsies(d *nlp.Document, drafts []draft, date string) []draft {
	var out []draft
	for _, dr := range drafts {
		if best := e.best(&dr); best != nil && e.isGuidance(best) && e.isBiopsied(&dr) && e.isCore(d, &dr) {
			add := e.narrowed(d, dr)
			if i := e.biopsyOf(&add, best, date); i >= 0 {
				add.ranked = []ranked{{index: i, score: dr.ranked[0].score, probability: dr.ranked[0].probability, learned: e.wordScore(&dr.facts, i)}}
				out = append(out, add)
			}
		}
		out = append(out, dr)
	}
	return out
}

// narrowed names the organ that was biopsied where the exam's name says only where
// it lies: "CT of abdomen, CT-guided biopsy" and further down "biopsy, left kidney mass".
func (e *Engine) narrowed(d *nlp.Document, dr draft) draft {
	biopsy := e.lex.Lookup(lexicon.Technique, "biopsy")
	for _, m := range d.Mentions {
		if m.Problem != nil || m.Concept != biopsy || !reportsDone[d.Sections[m.Section].Kind] || !m.Assertion.Affirmed() {
			continue
		}
		for _, o := range d.InSentence(m.Sentence) {
			if o.Problem == nil && o.Axis == lexicon.Region && o.Assertion.Affirmed() && e.liesIn(o.Concept, &dr.facts) {
				dr.facts.Facts = slices.DeleteFunc(slices.Clone(dr.facts.Facts), func(f Fact) bool { return f.Axis == lexicon.Region })
				dr.facts.add(lexicon.Region, o.Concept, e.evidence(d, o))
				if dr.facts.Side == nlp.Unstated && o.Side != nlp.Unstated {
					dr.facts.Side, dr.facts.SideAt = o.Side, []Evidence{e.sideEvidence(d, o)}
				}
				return dr
			}
		}
	}
	return dr
}

// liesIn reports whether an organ is a part of a body part that is stated.
func (e *Engine) liesIn(organ lexicon.ConceptID, f *Facts) bool {
	return slices.ContainsFunc(f.Of(lexicon.Region), func(r lexicon.ConceptID) bool { return r != organ && e.lex.Is(organ, r) })
}

func (e *Engine) isGuidance(p *lexicon.Procedure) bool {
	return mentionsConcept(p.Component, e.lex.Lookup(lexicon.Component, "guidance"))
}

func (e *Engine) isBiopsied(dr *draft) bool {
	return dr.facts.Has(e.lex.Lookup(lexicon.Technique, "biopsy"))
}

// hasGuided reports whether another exam is a procedure that the guidance is for.
func (e *Engine) hasGuided(s *study, guidance *lexicon.Procedure) bool {
	return slices.ContainsFunc(s.exams, func(dr draft) bool {
		p := e.best(&dr)
		return p != nil && !e.isGuidance(p) && shareConcept(p.Technique, guidance.Technique)
	})
}

// biopsyOf finds the biopsy that was guided: of the body part named, without the
// guidance in its code. It is -1 when there is none, or when the words leave two
// (superficial and deep bone).
func (e *Engine) biopsyOf(dr *draft, guidance *lexicon.Procedure, date string) int {
	q, biopsy := e.question(&dr.facts), e.lex.Lookup(lexicon.Technique, "biopsy")
	top, found := guidedFit{}, -1
	for i := range e.lex.Procedures {
		p := &e.lex.Procedures[i]
		if !p.InForce(date) || !mentionsConcept(p.Technique, biopsy) || e.isGuidance(p) || holds(e.lex, p.Code, guidance.Code) || !shareConcept(p.Modality, guidance.Modality) {
			continue
		}
		fit, ok := e.fits(&q, p)
		switch {
		case !ok || fit.regions == 0 || top.better(fit):
			continue
		case fit.better(top):
			top, found = fit, i
		default:
			found = -1
		}
	}
	return found
}

// isCore reports whether a biopsy was taken by core, and not by fine needle: the
// report says so, or the organ is one of which biopsies are.
func (e *Engine) isCore(d *nlp.Document, dr *draft) bool {
	if dr.facts.Has(e.lex.Lookup(lexicon.Technique, "fna")) || dr.facts.Has(e.lex.Lookup(lexicon.Technique, "aspiration")) {
		return false
	}
	if slices.ContainsFunc(dr.facts.Of(lexicon.Region), func(r lexicon.ConceptID) bool {
		return slices.ContainsFunc(coreOrgans, func(name string) bool { return e.lex.Is(r, e.lex.Lookup(lexicon.Region, name)) })
	}) {
		return true
	}
	name := nlp.NewDocument(nlp.Report{Text: dr.text})
	name.Tokens = nlp.Scan(dr.text)
	return saysOne(name, 0, len(name.Tokens), coreWords) || slices.ContainsFunc(d.Sentences, func(s nlp.Sentence) bool {
		return reportsDone[d.Sections[s.Section].Kind] && saysOne(d, s.First, s.Last, coreWords)
	})
}

func saysOne(d *nlp.Document, first, last int, phrases []phrase) bool {
	return slices.ContainsFunc(phrases, func(p phrase) bool { return containsPhrase(d, first, last, p) })
}

var (
	coreOrgans = lexicon.Phrases("core_organ")
	coreWords  = phrasesOf(lexicon.Phrases("core_biopsy"))
)
