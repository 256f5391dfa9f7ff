package verify

import (
	"strings"

	"github.com/radcode/radcode/coding"
)

// profile is how the payer of the report wants claims; nil for a payer of whom nothing is known.
func (s *subject) profile() *coding.Profile {
	if s.options.Profile != nil {
		return s.options.Profile
	}
	name := " " + payerWords(s.report.Meta.Payer) + " "
	for i := range s.profiles {
		for _, payer := range s.profiles[i].Payers {
			if strings.Contains(name, " "+payerWords(payer)+" ") {
				return &s.profiles[i]
			}
		}
	}
	return nil
}

func payerWords(name string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" \t-/,.;:()", r) }), " ")
}

// severity is that of a rule for the payer of the report; coding.RuleOff where the payer does without it.
func (s *subject) severity(r coding.Rule) coding.Severity {
	if p := s.profile(); p != nil && p.Rules[r.ID] != "" {
		return p.Rules[r.ID]
	}
	return r.Severity
}

// checkFlagLines asks for lines of the claim, each once and in order.
func (s *subject) checkFlagLines(path string, f coding.Flag) {
	last := 0
	for _, n := range f.Lines {
		if n <= last || n > len(s.result.Claim.Lines) {
			s.fail(path, "%s names line %d, which the claim has not, or out of order", f.ID, n)
		}
		last = max(last, n)
	}
}
