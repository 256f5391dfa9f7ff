package lexicon

import (
	"slices"
	"strconv"
)

// A Denial is a claim adjustment reason with which a payer would answer a claim on
// which a flag stands.
type Denial struct {
	Flag   string // id of the flag
	CARC   string // claim adjustment reason code
	Reason string // why this flag leads there
	Source Source
}

// DenialReasons are the claim adjustment reason codes (X12 code list 139) that
// denials.tsv may name, in our own words.
var DenialReasons = []struct{ CARC, Doc string }{
	{"4", "procedure and modifier do not agree, or a modifier is missing"},
	{"11", "diagnosis and procedure do not agree"},
	{"16", "the claim lacks information, or holds what cannot be true"},
	{"18", "the same service was sent before"},
	{"50", "the payer does not see the service as necessary"},
	{"97", "another service that was paid includes this one"},
	{"197", "authorisation or notification before the service is missing"},
}

var denialColumns = []string{"flag", "carc", "reason"}

func denials(t table) ([]Denial, []Problem) {
	var out []Denial
	var problems []Problem
	for _, r := range t.rows {
		if !slices.ContainsFunc(DenialReasons, func(d struct{ CARC, Doc string }) bool { return d.CARC == r.cells[1] }) {
			problems = append(problems, problemAt(r.src, "%q is none of the adjustment reasons", r.cells[1]))
		}
		out = append(out, Denial{r.cells[0], r.cells[1], r.cells[2], r.src})
	}
	return out, problems
}

// DenialsOf returns the reasons with which a payer would answer a claim on which
// a flag stands, by number; none for flags that no payer sees.
func (l *Lexicon) DenialsOf(flag string) []string {
	var out []string
	for _, d := range l.Denials {
		if d.Flag == flag {
			out = append(out, d.CARC)
		}
	}
	slices.SortFunc(out, func(a, b string) int { x, _ := strconv.Atoi(a); y, _ := strconv.Atoi(b); return x - y })
	return out
}
