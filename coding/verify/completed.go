package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Judgements that make a reason for an encounter of what was treated or suspected.
const (
	completedJudgement = judgementPrefix + "completed_treatment"
	ruledOutJudgement  = judgementPrefix + "ruled_out"

	followUpConcept    = "followup_completed_treatment"
	observationConcept = "observation_suspected"
)

// meantAsReason returns what the words of a disease mean as the reason for an encounter: follow-up after
// its treatment, or observation for it.
func (s *subject) meantAsReason(d *coding.Diagnosis, words []word) []*lexicon.DiagnosisTerm {
	named := s.diagnosesIn(words)
	if d.Role != coding.RoleIndication || len(named) == 0 {
		return nil
	}
	switch {
	case has(d.Why, completedJudgement):
		cancer := s.lex.Lookup(lexicon.Qualifier, "of_cancer")
		return []*lexicon.DiagnosisTerm{{Concept: followUpConcept}, {Concept: followUpConcept, With: []lexicon.ConceptID{cancer}}}
	case has(d.Why, ruledOutJudgement):
		return []*lexicon.DiagnosisTerm{{Concept: observationConcept}}
	}
	return nil
}

// checkReasons asks of follow-up after treatment and of observation for what the guidelines want with them: the
// treatment is over, nothing is left, and the history is listed; the patient has no sign, and what was suspected is denied.
func (s *subject) checkReasons() {
	for i := range s.result.Diagnoses {
		d := &s.result.Diagnoses[i]
		path := fmt.Sprintf("diagnoses[%d]", i)
		if has(d.Why, completedJudgement) {
			s.checkCompleted(path, d)
		}
		if has(d.Why, ruledOutJudgement) {
			s.checkRuledOut(path, d)
		}
	}
}

// A code of follow-up goes with history of a kind.
var historyBeside = map[string][]string{"Z08": {"Z85"}, "Z09": {"Z86", "Z87"}}

func (s *subject) checkCompleted(path string, d *coding.Diagnosis) {
	paired := slices.ContainsFunc(s.result.Diagnoses, func(o coding.Diagnosis) bool {
		return has(o.Why, completedJudgement) && sharePlace(&o, d) && (goesBeside(d, &o) || goesBeside(&o, d))
	})
	if !paired {
		s.fail(path, "%s stands without its other half: follow-up and the history of what was treated", d.Code)
	}
	if !s.saysListed("none_left", nlp.SectionImpression, nlp.SectionFindings) {
		s.fail(path, "nothing says that none of it is left")
	}
	after := s.lex.Lookup(lexicon.Qualifier, "after_treatment")
	if !slices.ContainsFunc(d.Evidence, func(e coding.Evidence) bool { return slices.Contains(s.conceptsIn(s.sentence(e)), after) }) {
		s.fail(path, "nothing beside %s says that treatment is over", d.Code)
	}
}

func goesBeside(visit, history *coding.Diagnosis) bool {
	return visit.Role == coding.RoleIndication && history.Role == coding.RoleHistory &&
		slices.ContainsFunc(historyBeside[visit.Code], func(category string) bool { return strings.HasPrefix(history.Code, category) })
}

func sharePlace(a, b *coding.Diagnosis) bool {
	return slices.ContainsFunc(a.Evidence, func(x coding.Evidence) bool {
		return slices.ContainsFunc(b.Evidence, func(y coding.Evidence) bool {
			return x.Section == y.Section && x.Start < y.End && y.Start < x.End
		})
	})
}

// saysListed reports whether a phrase of a list of the lexicon may stand in a section of one of the kinds.
func (s *subject) saysListed(list string, kinds ...nlp.SectionKind) bool {
	words := wordsOf(s.report.Text)
	for _, p := range lexicon.Phrases(list) {
		phrase := texts(wordsOf(p))
		for i := range words {
			if startWith(words[i:], phrase) && slices.ContainsFunc(kinds, func(k nlp.SectionKind) bool { return s.mayStandIn(words[i].start, string(k)) }) {
				return true
			}
		}
	}
	return false
}

func (s *subject) checkRuledOut(path string, d *coding.Diagnosis) {
	if !s.saysListed("asymptomatic", nlp.SectionIndication) {
		s.fail(path, "nothing says that the patient has no sign")
	}
	for _, o := range s.result.Diagnoses {
		if o.Code != d.Code && o.Role != coding.RoleHistory && !strings.HasPrefix(o.Code, "Z") && !isExternal(o.Code) {
			s.fail(path, "%s is coded in place of an observation", o.Code)
		}
	}
	if !slices.ContainsFunc(d.Evidence, s.isDeniedElsewhere) {
		s.fail(path, "what was suspected is not denied")
	}
}

// isDeniedElsewhere reports whether the same thing stands in another sentence with a word that denies.
func (s *subject) isDeniedElsewhere(e coding.Evidence) bool {
	suspected := s.diagnosesIn(s.words(e))
	start, end := s.sentenceBounds(e)
	for _, t := range s.terms.in(s.terms.read(s.report.Text)) {
		if t.diagnosis == nil || start <= t.start && t.end <= end || !slices.ContainsFunc(suspected, func(x *lexicon.DiagnosisTerm) bool { return x.Concept == t.diagnosis.Concept }) {
			continue
		}
		from, to := s.sentenceBounds(coding.Evidence{Start: t.start, End: t.end})
		if slices.ContainsFunc(s.tables.cuesIn(wordsOf(s.report.Text[from:to])), func(c cueAt) bool { return c.Category == "negated" }) {
			return true
		}
	}
	return false
}
