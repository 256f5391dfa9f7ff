package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// noneLeftPhrases in the interpretation say that what was treated is gone.
var noneLeftPhrases = phrasesOf(lexicon.Phrases("none_left"))

// followUpConcept is follow-up after completed treatment, of a cancer with the qualifier of_cancer (Z09, Z08).
const followUpConcept = "followup_completed_treatment"

// completed reads a follow-up after completed treatment that is not called so: the indication names a disease and that its
// treatment is over, and the interpretation finds none of it. The encounter is coded first, the disease as history
// (ICD-10-CM guideline I.C.21.c.8). As long as any of it remains, nothing changes.
func (e *Engine) completed(s *study, problems []problem) []problem {
	at := slices.IndexFunc(problems, func(p problem) bool { return e.isTreated(s.doc, &p) })
	if at < 0 || !s.findsNoneLeft() || slices.ContainsFunc(problems, func(p problem) bool { return p.finding.Concept == followUpConcept || remains(&problems[at], &p) }) {
		return problems
	}
	p := &problems[at]
	visit := *p
	visit.finding = lexicon.Finding{Concept: followUpConcept}
	if p.coded.Row.Kind == "history" {
		visit.finding.With = []lexicon.ConceptID{e.lex.Lookup(lexicon.Qualifier, "of_cancer")}
	} else {
		p.finding.Concept = e.lex.HistoryOf(p.finding.Concept).Personal
		p.coded, _ = e.lex.Diagnose(p.finding)
	}
	p.verdict = verdict{Keep: true, Role: RoleHistory, Reason: "completed_treatment"}
	visit.coded, _ = e.lex.Diagnose(visit.finding)
	visit.verdict = verdict{Keep: true, Role: RoleIndication, Reason: "completed_treatment"}
	visit.relevance = e.relevance(visit.finding, visit.coded.Code)
	return slices.Insert(problems, at, visit)
}

// isTreated reports whether a reason for the study is a disease whose treatment is over: a neoplasm that is coded as
// history for it, or a disease that has a history of its own.
func (e *Engine) isTreated(d *nlp.Document, p *problem) bool {
	after := e.lex.Lookup(lexicon.Qualifier, "after_treatment")
	if p.mention.Problem == nil || !reasonSections[d.Sections[p.mention.Section].Kind] || !slices.Contains(p.finding.With, after) ||
		p.mention.Assertion.Negated || p.mention.Assertion.Uncertain || p.mention.Assertion.Hypothetical || p.mention.Assertion.Family {
		return false
	}
	if p.coded.Row.Kind == "history" {
		return slices.Contains(p.coded.Row.With, after)
	}
	h := e.lex.HistoryOf(p.finding.Concept)
	if h == nil || h.Personal == "" || p.coded.Row.Kind != "disease" {
		return false
	}
	_, ok := e.lex.Diagnose(lexicon.Finding{Concept: h.Personal, Site: p.finding.Site, With: p.finding.With, Side: p.finding.Side})
	return ok
}

// remains reports whether a problem shows that what was treated is still there, or back: the same concept or any
// neoplasm, affirmed outside the reason or only possible.
func remains(treated, p *problem) bool {
	if reasonSections[p.section] || silentSections[p.section] || p.mention.Assertion.Negated || p.mention.Assertion.Historical {
		return false
	}
	return p.finding.Concept == treated.finding.Concept || p.coded.Row != nil && p.coded.Row.Kind == "neoplasm"
}

// findsNoneLeft looks for a statement that nothing is left, in impression and findings.
func (s *study) findsNoneLeft() bool {
	for _, sent := range s.doc.Sentences {
		kind := s.doc.Sections[sent.Section].Kind
		if kind != nlp.SectionImpression && kind != nlp.SectionFindings {
			continue
		}
		if slices.ContainsFunc(noneLeftPhrases, func(p phrase) bool { return containsPhrase(s.doc, sent.First, sent.Last, p) }) {
			return true
		}
	}
	return false
}
