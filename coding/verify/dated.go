package verify

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// datedRow returns the row of the table of dates that names a code most narrowly, nil for codes that
// are as old as any date of service.
func (s *subject) datedRow(code string) *lexicon.DiagnosisDate {
	var best *lexicon.DiagnosisDate
	widest := 0
	for i := range s.lex.DiagnosisDates {
		d := &s.lex.DiagnosisDates[i]
		for _, part := range strings.Fields(d.Codes.Text) {
			if n := narrowness(part, code); n > widest {
				best, widest = d, n
			}
		}
	}
	return best
}

// narrowness is how precisely a part of a set, "R05" or "D72.10-D72.19", names a code, 0 when it does not.
func narrowness(part, code string) int {
	first, last, ranged := strings.Cut(strings.ReplaceAll(part, ".", ""), "-")
	code = strings.ReplaceAll(code, ".", "")
	switch {
	case !ranged && strings.HasPrefix(code, first):
		return 2*len(first) + 1
	case ranged && (strings.HasPrefix(code, last) || first <= code && code < last):
		return 2 * len(first)
	}
	return 0
}

// asOf returns what a code of today was on the date of service.
func (s *subject) asOf(code string) string {
	for range s.lex.DiagnosisDates { // no chain is longer
		row := s.datedRow(code)
		if row == nil || s.date >= row.From || row.Before == code {
			break
		}
		code = row.Before
	}
	return code
}

// laterCodes returns the codes of the tables that were another code on the date of service.
func (s *subject) laterCodes(code string) []string {
	if !slices.ContainsFunc(s.lex.DiagnosisDates, func(d lexicon.DiagnosisDate) bool { return d.Before == code && s.date < d.From }) {
		return nil
	}
	var out []string
	for _, later := range s.tables.dated() {
		if later != code && s.asOf(later) == code {
			out = append(out, later)
		}
	}
	return out
}

// isWhole reports whether a code is one of the tables that was in force on the date of service: begun,
// and not yet divided.
func (s *subject) isWhole(code string) bool {
	if row := s.datedRow(code); row != nil && s.date < row.From && row.Before != code {
		return false
	}
	for _, d := range s.lex.DiagnosisDates {
		if d.Before == code && d.From <= s.date && isBelow(d.Codes.Text, code) {
			return false
		}
	}
	return s.tables.diagnoses()[code] || len(s.laterCodes(code)) > 0
}

// isBelow reports whether a set begins with a code that has a code above it.
func isBelow(set, above string) bool {
	return len(set) > len(above) && strings.HasPrefix(strings.ReplaceAll(set, ".", ""), strings.ReplaceAll(above, ".", ""))
}
