package lexicon

import (
	"regexp"
	"slices"
	"strings"
)

// A DiagnosisDate says since when diagnosis codes are in force, and which code said
// the same before.
type DiagnosisDate struct {
	Codes  CodeSet
	From   string // first date of service, YYYY-MM-DD
	Before string // code with its dot, billable until then
	Source Source
}

var diagnosisDateColumns = []string{"codes", "from", "before"}

func (ld *loader) diagnosisDates(t table) []DiagnosisDate {
	var out []DiagnosisDate
	for _, r := range t.rows {
		codes, err := parseCodeSet(r.cells[0])
		if err != nil {
			ld.problems = append(ld.problems, problemAt(r.src, "%v", err))
		}
		out = append(out, DiagnosisDate{codes, r.cells[1], r.cells[2], r.src})
	}
	return out
}

// CodeOn returns what a diagnosis code was on a date of service, YYYY-MM-DD: the code itself, or the
// code that said the same before it. Codes without a row are taken to be old.
func (l *Lexicon) CodeOn(code, date string) string {
	for {
		row := l.dateOf(code)
		if row == nil || date >= row.From || row.Before == code {
			return code
		}
		code = row.Before
	}
}

// dateOf returns the narrowest row that holds a code, nil when there is none.
func (l *Lexicon) dateOf(code string) *DiagnosisDate {
	var best *DiagnosisDate
	narrowest := 0
	for _, i := range l.byDatedCategory[category(code)] {
		if n := l.DiagnosisDates[i].Codes.narrowness(code); n > narrowest {
			best, narrowest = &l.DiagnosisDates[i], n
		}
	}
	return best
}

// category is the three characters that a diagnosis code begins with.
func category(code string) string { return code[:min(len(code), 3)] }

// datedCategories finds the rows of each category; the sets of these rows never leave theirs.
func datedCategories(rows []DiagnosisDate) map[string][]int {
	out := map[string][]int{}
	for i, r := range rows {
		for _, p := range r.Codes.parts {
			if c := category(p.first); !slices.Contains(out[c], i) {
				out[c] = append(out[c], i)
			}
		}
	}
	return out
}

var isoDate = regexp.MustCompile(`^20[0-9]{2}-(01|04|10)-01$`)

// lintDiagnosisDates wants dates on which releases begin, codes that could exist, and before a code only older ones.
func lintDiagnosisDates(l *Lexicon) []Problem {
	var out []Problem
	for i := range l.DiagnosisDates {
		d := &l.DiagnosisDates[i]
		if !isoDate.MatchString(d.From) {
			out = append(out, problemAt(d.Source, "%q is no day on which a release begins", d.From))
		}
		if !l.CouldExist(ICD10CM, d.Before) || strings.TrimSpace(d.Before) == "" {
			out = append(out, problemAt(d.Source, "%q is no diagnosis code", d.Before))
		}
		if d.Codes.Holds(d.Before) {
			out = append(out, problemAt(d.Source, "%s before %s would be itself", d.Before, d.Codes.Text))
		}
		if older := l.dateOf(d.Before); older != nil && older.From >= d.From {
			out = append(out, problemAt(d.Source, "%s began on %s, not before %s", d.Before, older.From, d.From))
		}
		for _, p := range d.Codes.parts {
			if category(p.first) != category(p.last) {
				out = append(out, problemAt(d.Source, "%s spans two categories", d.Codes.Text))
			}
		}
		out = append(out, lintCategories(l, d.Codes, d.Source)...)
	}
	return out
}
