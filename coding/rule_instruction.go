package coding

import (
	"fmt"
	"slices"

	"github.com/radcode/radcode/lexicon"
)

const tabularList = "ICD-10-CM tabular list and guideline I.A.12"

// instructionRules look at what the tabular list says about codes of one claim.
var instructionRules = []Rule{
	{
		ID: "excludes1", Doc: "two diagnosis codes exclude each other", Source: tabularList + ".a; coding guide 000", Severity: SeverityError,
		Query: "Are these two conditions independent of each other, or is one of them part of the other?",
		Check: func(e *Engine, s *study) []Finding {
			return e.pairFindings(s, lexicon.InstructExcludes1, "exclude each other (Excludes1)")
		},
	},
	{
		ID: "excludes2_ok", Doc: "two diagnosis codes may stand together: neither includes the other", Source: tabularList + ".b; coding guide 000", Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			return e.pairFindings(s, lexicon.InstructExcludes2, "may stand together (Excludes2)")
		},
	},
	{
		ID: "code_first", Doc: "a diagnosis code asks for another one before it", Source: "ICD-10-CM guideline I.A.13; coding guide 000", Severity: SeverityWarning,
		Query: "Which disease caused this condition?",
		Check: (*Engine).causesMissing,
	},
	{
		ID: "use_additional", Doc: "a diagnosis code asks for a further one that is not listed", Source: "ICD-10-CM guideline I.A.17; coding guide 000", Severity: SeverityInfo,
		Check: (*Engine).additionsMissing,
	},
}

// causesMissing finds codes behind which stands what comes first, and manifestations without any cause.
func (e *Engine) causesMissing(s *study) []Finding {
	var out []Finding
	for _, list := range e.dxLists(s) {
		for i, code := range list.codes {
			if msg := e.causeMissing(s.date, list, i); msg != "" {
				out = append(out, Finding{Message: msg, Evidence: list.at[code]})
			}
		}
	}
	return out
}

func (e *Engine) causeMissing(date string, list dxList, i int) string {
	code := list.codes[i]
	for _, cause := range list.codes[i+1:] {
		if e.comesFirst(date, cause, code) {
			return fmt.Sprintf("%s stands before %s on %s, which comes first", code, cause, list.name)
		}
	}
	for _, x := range e.instructionsOf(date, code) {
		if x.kind != lexicon.InstructCodeFirst || slices.ContainsFunc(list.codes, x.holds) {
			continue
		}
		if x.others == "" {
			return fmt.Sprintf("%s on %s needs a code before it: %s", code, list.name, x.reason)
		}
		return fmt.Sprintf("%s on %s needs a code of %s before it: %s", code, list.name, x.others, x.reason)
	}
	return ""
}

// additionsMissing finds codes of the claim that always need a further one, and further codes
// that the report supports and the claim does not list.
func (e *Engine) additionsMissing(s *study) []Finding {
	var out []Finding
	lists := e.dxLists(s)
	if len(lists) == 0 {
		return nil
	}
	list := lists[0]
	for _, code := range list.codes {
		for _, x := range e.instructionsOf(s.date, code) {
			if x.kind != lexicon.InstructUseAdditional && x.kind != lexicon.InstructAdditionalIf || slices.ContainsFunc(list.codes, x.holds) {
				continue
			}
			at := slices.IndexFunc(s.diagnoses, func(d Diagnosis) bool { return x.holds(d.Code) })
			switch {
			case at >= 0:
				d := s.diagnoses[at]
				out = append(out, Finding{Message: fmt.Sprintf("the report supports %s, which %s asks for: %s", d.Code, code, x.reason), Evidence: d.Evidence})
			case x.kind == lexicon.InstructUseAdditional:
				out = append(out, Finding{Message: fmt.Sprintf("%s asks for a code of %s: %s", code, x.others, x.reason), Evidence: list.at[code]})
			}
		}
	}
	return out
}
