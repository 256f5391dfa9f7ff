package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// asymptomaticPhrases in the indication say that the patient has no sign of what is suspected.
var asymptomaticPhrases = phrasesOf(lexicon.Phrases("asymptomatic"))

// observationConcept is observation for a suspected condition that was ruled out (Z03.89).
const observationConcept = "observation_suspected"

// ruledOut makes the suspicion itself the reason for the study: the patient has no sign, the indication suspects a condition, and
// the interpretation denies it (ICD-10-CM guideline I.C.21.c.6). With any sign, disease or finding that is coded instead. A
// hazardous exposure excludes the code and is left out beside it (Excludes1 at Z03).
func (e *Engine) ruledOut(s *study, problems []problem) []problem {
	at := slices.IndexFunc(problems, func(p problem) bool { return isSuspected(&p) })
	if at < 0 || !s.isAsymptomatic() || slices.ContainsFunc(problems, func(p problem) bool { return p.verdict.Keep && isCondition(&p) }) ||
		!slices.ContainsFunc(problems, func(p problem) bool { return deniesSuspicion(&p, &problems[at]) }) {
		return problems
	}
	visit := problems[at]
	visit.finding = lexicon.Finding{Concept: observationConcept}
	visit.coded, _ = e.lex.Diagnose(visit.finding)
	visit.mention.Assertion = nlp.Assertion{}
	visit.verdict = verdict{Keep: true, Role: RoleIndication, Reason: "ruled_out"}
	visit.relevance = e.relevance(visit.finding, visit.coded.Code)
	for i := range problems {
		if p := &problems[i]; strings.HasPrefix(p.coded.Code, "Z77") {
			p.verdict = verdict{Reason: "ruled_out"}
		}
	}
	return slices.Insert(problems, at, visit)
}

// isSuspected tells a condition that the indication only suspects.
func isSuspected(p *problem) bool {
	a := p.mention.Assertion
	return reasonSections[p.section] && (a.Uncertain || a.Hypothetical) && !a.Negated && conditionKinds[p.coded.Row.Kind]
}

var conditionKinds = map[string]bool{"disease": true, "injury": true, "neoplasm": true}

// isCondition tells what is coded in place of an observation.
func isCondition(p *problem) bool {
	return p.coded.Row != nil && (conditionKinds[p.coded.Row.Kind] || p.coded.Row.Kind == "symptom" || p.coded.Row.Kind == "finding")
}

// deniesSuspicion reports whether a mention outside the indication says that the patient does not have what is suspected.
func deniesSuspicion(p, suspected *problem) bool {
	return !reasonSections[p.section] && !silentSections[p.section] && p.mention.Assertion.Negated && p.finding.Concept == suspected.finding.Concept
}

func (s *study) isAsymptomatic() bool {
	for _, sent := range s.doc.Sentences {
		if reasonSections[s.doc.Sections[sent.Section].Kind] && slices.ContainsFunc(asymptomaticPhrases, func(p phrase) bool { return containsPhrase(s.doc, sent.First, sent.Last, p) }) {
			return true
		}
	}
	return false
}
