package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// Descriptors returns every code that the lexicon can produce, ready to be
// indexed, by system and code: all procedures, those that ended long ago included, and what the patterns of the
// diagnoses can become. Titles are our own words. Lex is not changed; the
// slices are the caller's.
func Descriptors(lex *lexicon.Lexicon) []index.Code {
	out := diagnosisDescriptors(lex)
	for i := range lex.Procedures {
		out = append(out, procedureDescriptor(lex, &lex.Procedures[i]))
	}
	for i := range lex.Retired {
		out = append(out, retiredDescriptor(&lex.Retired[i]))
	}
	slices.SortStableFunc(out, func(a, b index.Code) int {
		return strings.Compare(a.System+"/"+a.ID, b.System+"/"+b.ID)
	})
	return out
}

func procedureDescriptor(lex *lexicon.Lexicon, p *lexicon.Procedure) index.Code {
	c := index.Code{System: p.System, ID: p.Code, Title: p.Title, From: p.From, To: p.To, Billable: true}
	for a := range lexicon.NumAxes {
		if groups := p.Groups(a); len(groups) > 0 {
			c.Axes = append(c.Axes, a.String()+": "+groupTitles(lex, groups))
		}
	}
	for _, x := range []struct{ name, value string }{
		{"contrast", p.Contrast}, {"side", p.Side}, {"successor", strings.Join(p.Successors, ", ")},
	} {
		if x.value != "" {
			c.Axes = append(c.Axes, x.name+": "+x.value)
		}
	}
	return c
}

// retiredDescriptor describes a code that ended long ago: all that is known of it
// is what follows.
func retiredDescriptor(r *lexicon.Retired) index.Code {
	c := index.Code{System: lexicon.SystemOf(r.Code), ID: r.Code, Title: r.Title, To: r.To, Billable: true}
	if len(r.Successors) > 0 {
		c.Axes = append(c.Axes, "successor: "+strings.Join(r.Successors, ", "))
	} else {
		c.Axes = append(c.Axes, "no successor: "+r.Note)
	}
	return c
}

// groupTitles prints "brain or head, neck".
func groupTitles(lex *lexicon.Lexicon, groups []lexicon.Group) string {
	all := make([]string, len(groups))
	for i, g := range groups {
		titles := make([]string, len(g))
		for k, id := range g {
			titles[k] = lex.Concept(id).Title
		}
		all[i] = strings.Join(titles, " or ")
	}
	return strings.Join(all, ", ")
}

// diagnosisDescriptors expands the rows. Where several rows give one code, the
// terms of all find it and the row with most terms, the usual meaning, names it.
func diagnosisDescriptors(lex *lexicon.Lexicon) []index.Code {
	terms := termsByRow(lex)
	var out []index.Code
	type entry struct{ at, terms int }
	known := map[string]entry{}
	for i := range lex.Diagnoses {
		d := &lex.Diagnoses[i]
		for _, c := range lex.Enumerate(d) {
			k, ok := known[c.Code]
			if !ok {
				k = entry{len(out), -1}
				out = append(out, index.Code{System: lexicon.ICD10CM, ID: c.Code, Billable: true})
			}
			if n := len(terms[d]); n > k.terms {
				k.terms, out[k.at].Title = n, c.Title
			}
			known[c.Code] = k
			out[k.at].Terms = append(out[k.at].Terms, terms[d]...)
		}
	}
	for i := range out {
		slices.Sort(out[i].Terms)
		out[i].Terms = slices.Compact(out[i].Terms)
	}
	return out
}

// termsByRow finds the row that each term leads to by itself.
func termsByRow(lex *lexicon.Lexicon) map[*lexicon.Diagnosis][]string {
	out := map[*lexicon.Diagnosis][]string{}
	for _, t := range lex.DiagnosisTerms {
		if c, ok := lex.Diagnose(lexicon.Finding{Concept: t.Concept, Site: t.Site, With: t.With}); ok {
			out[c.Row] = append(out[c.Row], t.Text)
		}
	}
	return out
}
