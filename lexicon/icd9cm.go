package lexicon

import "strings"

// A Conversion says which ICD-10-CM codes an old ICD-9-CM code stands for, so
// that corpora from before October 2015 can be used. Source: the General
// Equivalence Mappings of CMS and CDC, 2018, brought up to codes in force.
type Conversion struct {
	ICD9CM string   // with the dot
	Code   string   // ICD-10-CM, as little specific as the old code
	Accept []string // further code prefixes that say the same; empty: none
	Source Source
}

var conversionColumns = []string{"icd9cm", "icd10cm", "accept"}

func conversions(t table) []Conversion {
	out := make([]Conversion, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Conversion{r.cells[0], r.cells[1], splitList(r.cells[2], ","), r.src})
	}
	return out
}

// FromICD9CM returns the conversion of an ICD-9-CM code, written with or
// without its dot, nil when radiology does not meet it.
func (l *Lexicon) FromICD9CM(code string) *Conversion {
	if i, ok := l.byICD9CM[bareCode(code)]; ok {
		return &l.Conversions[i]
	}
	return nil
}

func bareCode(code string) string {
	return strings.ToUpper(strings.ReplaceAll(code, ".", ""))
}

func lintConversions(l *Lexicon) []Problem {
	var out []Problem
	seen := map[string]Source{}
	for _, c := range l.Conversions {
		if at, dup := seen[c.ICD9CM]; dup {
			out = append(out, problemAt(c.Source, "code %s stands already at %s", c.ICD9CM, at))
		}
		seen[c.ICD9CM] = c.Source
		if len(c.Code) < 3 || len(c.Code) > 3 && c.Code[3] != '.' {
			out = append(out, problemAt(c.Source, "%q is no ICD-10-CM code", c.Code))
		}
		covered := len(c.Accept) == 0
		for _, prefix := range c.Accept {
			covered = covered || strings.HasPrefix(c.Code, prefix)
		}
		if !covered {
			out = append(out, problemAt(c.Source, "accept of %s leaves out %s", c.ICD9CM, c.Code))
		}
	}
	return out
}
