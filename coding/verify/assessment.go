package verify

import (
	"fmt"
	"regexp"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// checkAssessments looks system and category up, and the category's number or
// letter among the words.
func (s *subject) checkAssessments() {
	for i, a := range s.result.Assessments {
		path := fmt.Sprintf("assessments[%d]", i)
		known := slices.ContainsFunc(s.lex.AssessmentSystems, func(x lexicon.AssessmentSystem) bool { return x.ID == a.System })
		switch {
		case !known:
			s.fail(path, "no system is called %q", a.System)
		case a.Side != "" && sideNames[a.Side] == 0:
			s.fail(path, "unknown side %q", a.Side)
		case !s.isCategory(a):
			s.fail(path, "%s has no category %q", a.System, a.Category)
		case len(a.Evidence) == 0:
			s.fail(path, "%s has no place in the report", a.System)
		}
		for k, e := range a.Evidence {
			if !s.saysCategory(a, e) {
				s.fail(fmt.Sprintf("%s.evidence[%d]", path, k), "[%d,%d) does not hold category %s", e.Start, e.End, a.Category)
			}
		}
	}
}

var score = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?$`)

func (s *subject) isCategory(a coding.Assessment) bool { return s.valuesOf(a) != nil }

// valuesOf returns what the table writes for a category, for a range both ends;
// of a system without categories the number. nil when there is none.
func (s *subject) valuesOf(a coding.Assessment) []string {
	rows := slices.DeleteFunc(slices.Clone(s.lex.Assessments), func(x lexicon.Assessment) bool { return x.System != a.System })
	value := func(category string) string {
		for _, x := range rows {
			if x.Category == category {
				return x.Value
			}
		}
		return ""
	}
	switch v := value(a.Category); {
	case v != "":
		return []string{v}
	case len(rows) == 0 && score.MatchString(a.Category):
		return []string{a.Category}
	}
	for i := range a.Category {
		if a.Category[i] != '-' {
			continue
		}
		if from, to := value(a.Category[:i]), value(a.Category[i+1:]); from != "" && to != "" {
			return []string{from, to}
		}
	}
	return nil
}

// saysCategory asks that the values, or a phrase that means the category, stand in the place.
func (s *subject) saysCategory(a coding.Assessment, e coding.Evidence) bool {
	words := wordsOf(s.textOf(e)[e.Start:e.End])
	values := s.valuesOf(a)
	for _, n := range s.lex.AssessmentNames {
		if n.System == a.System && slices.Contains(values, n.Value) && containsWords(words, texts(wordsOf(n.Text))) {
			return true
		}
	}
	for _, v := range values {
		for _, w := range texts(wordsOf(v)) {
			if !slices.ContainsFunc(words, func(x word) bool { return x.text == w || fmt.Sprint(numberWords[x.text]) == w }) {
				return false
			}
		}
	}
	return true
}

func containsWords(words []word, phrase []string) bool {
	for i := range words {
		if startWith(words[i:], phrase) {
			return len(phrase) > 0
		}
	}
	return false
}

var interval = regexp.MustCompile(`^(P[0-9]+[DWMY](/P[0-9]+[DWMY])?)?$`)

// followupActions are what a report can advise.
var followupActions = []string{"imaging", "screening", "biopsy", "none"}

// checkFollowups looks up what a follow-up names.
func (s *subject) checkFollowups() {
	for i, f := range s.result.Followups {
		path := fmt.Sprintf("followups[%d]", i)
		switch {
		case !slices.Contains(followupActions, f.Action):
			s.fail(path, "unknown action %q", f.Action)
		case f.Modality != "" && s.lex.Lookup(lexicon.Modality, f.Modality) == 0:
			s.fail(path, "unknown modality %q", f.Modality)
		case !interval.MatchString(f.Interval):
			s.fail(path, "%q is no interval", f.Interval)
		case f.Side != "" && sideNames[f.Side] == 0:
			s.fail(path, "unknown side %q", f.Side)
		case f.Code != "" && (s.lex.Procedure(f.Code) == nil || !s.lex.Procedure(f.Code).InForce(s.date)):
			s.fail(path, "%s is no code in force on %s", f.Code, s.date)
		case f.Dx != "" && !s.isDiagnosis(f.Dx):
			s.fail(path, "%s is no diagnosis code", f.Dx)
		case len(f.Evidence) == 0:
			s.fail(path, "it has no place in the report")
		case f.Implied && f.Reason == "":
			s.fail(path, "it is implied by nothing")
		}
	}
}

func (s *subject) isDiagnosis(code string) bool {
	if r := s.release(); r != nil {
		return r.Billable(code)
	}
	return s.isWhole(code)
}
