package coding

import (
	"strings"

	"github.com/radcode/radcode/models"
)

// Coders of one house share habits: which of the codes that a report supports they bill at all. A billing model that
// was fitted on one house's reports (DiagnosisExample.Assigned) knows how often each code was billed there; the shipped
// model, which is for any house, knows nothing of the kind.

const (
	// houseReports is the key of how many reports the counts come from; absent without a house.
	houseReports = billingPrefix + "house"
	// billedPrefix and a code or the beginning of one: in how many reports of the house it was billed.
	billedPrefix = billingPrefix + "billed:"
)

// billedSteps name how often a house billed a code.
var billedSteps = []struct {
	atLeast int
	feature string
}{
	{10, "billed=often"}, {3, "billed=sometimes"}, {1, "billed=seldom"}, {0, "billed=never"},
}

// billedOften names how often a house billed a code, "" without a house. A report that is learned from does not count
// itself: own says that its coders billed the code.
func billedOften(w models.Weights, code string, own bool) string {
	if w[houseReports] == 0 {
		return ""
	}
	n := timesBilled(w, code)
	if own {
		n--
	}
	for _, s := range billedSteps {
		if n >= s.atLeast {
			return s.feature
		}
	}
	return billedSteps[len(billedSteps)-1].feature
}

// timesBilled is in how many reports a code or the code that it is a part of was billed.
func timesBilled(w models.Weights, code string) int {
	n := 0.0
	for end := range code {
		n = max(n, w[billedPrefix+code[:end+1]])
	}
	return int(n)
}

// billedCounts counts in the examples that are not of the fold, -1 for none; no weights where no example is of a house.
func billedCounts(examples []DiagnosisExample, fold, folds int) models.Weights {
	w := models.Weights{}
	for i, x := range examples {
		if x.Assigned == nil || i%folds == fold {
			continue
		}
		w[houseReports]++
		counted := map[string]bool{}
		for _, meant := range x.Assigned {
			for _, code := range meant {
				key := billedPrefix + dotted(code)
				if !counted[key] {
					counted[key] = true
					w[key]++
				}
			}
		}
	}
	return w
}

// dotted writes a code with its dot: N137 is N13.7.
func dotted(code string) string {
	bare := strings.ReplaceAll(code, ".", "")
	if len(bare) <= 3 {
		return bare
	}
	return bare[:3] + "." + bare[3:]
}
