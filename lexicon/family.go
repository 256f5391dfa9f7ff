package lexicon

import (
	"cmp"
	"slices"
)

// A Family is a range of procedure codes, both ends included, that code books
// print under one heading.
type Family struct {
	From, To string
	Name     string
	Scope    string // diagnostic, guidance or therapeutic
	Source   Source
}

var familyColumns = []string{"from", "to", "family", "scope"}

var familyScopes = []string{"diagnostic", "guidance", "therapeutic"}

func families(t table) []Family {
	out := make([]Family, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Family{r.cells[0], r.cells[1], r.cells[2], r.cells[3], r.src})
	}
	return out
}

// Families returns the ranges that hold a procedure code, the widest first; none for a number
// between the families. The code need not be in force, or exist.
func (l *Lexicon) Families(code string) []Family {
	var out []Family
	for _, f := range l.ProcedureFamilies {
		if len(code) == len(f.From) && f.From <= code && code <= f.To {
			out = append(out, f)
		}
	}
	slices.SortStableFunc(out, func(a, b Family) int { return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(b.To, a.To)) })
	return out
}

func lintFamilies(l *Lexicon) []Problem {
	var out []Problem
	for _, f := range l.ProcedureFamilies {
		switch {
		case len(f.From) != 5 || len(f.To) != 5 || f.From > f.To:
			out = append(out, problemAt(f.Source, "no range from %q to %q", f.From, f.To))
		case f.Name == "" || !slices.Contains(familyScopes, f.Scope):
			out = append(out, problemAt(f.Source, "%s to %s: name or scope is missing or unknown", f.From, f.To))
		}
	}
	return out
}
