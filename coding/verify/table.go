package verify

import (
	"slices"
	"sync"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// tables are the lexicon's tables in the order in which the checks ask.
type tables struct {
	headings  map[string][]headingTerm // by first word
	rules     map[string]coding.Rule   // by id
	ruleOrder map[string]int
	cues      map[string][]cueTerm // by first word
	diagnoses func() map[string]bool
	dated     func() []string // codes with a row in the table of dates, sorted
	wordless  map[string]bool // rows of the lexicon that are no terms of mentions
}

func newTables(lex *lexicon.Lexicon) tables {
	t := tables{headings: headingTerms(lex), rules: map[string]coding.Rule{}, ruleOrder: map[string]int{}, cues: cueTerms(lex)}
	for i, r := range coding.Rules() {
		t.rules[r.ID], t.ruleOrder[r.ID] = r, i
	}
	t.wordless = map[string]bool{}
	for i := range lex.Diagnoses {
		t.wordless[lex.Diagnoses[i].Source.String()] = true
	}
	for i := range lex.AssessmentNames {
		t.wordless[lex.AssessmentNames[i].Source.String()] = true // checkAssessments reads them
	}
	t.diagnoses = sync.OnceValue(func() map[string]bool {
		known := map[string]bool{}
		for i := range lex.Diagnoses {
			for _, c := range lex.Enumerate(&lex.Diagnoses[i]) {
				known[c.Code] = true
			}
		}
		return known
	})
	t.dated = sync.OnceValue(func() []string {
		var out []string
		for _, code := range sortedKeys(t.diagnoses()) {
			if slices.ContainsFunc(lex.DiagnosisDates, func(d lexicon.DiagnosisDate) bool { return d.Codes.Holds(code) }) {
				out = append(out, code)
			}
		}
		return out
	})
	return t
}
