package lexicon

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Tiebreaker says what separates two procedure codes that have the same axes:
// the payer, the maker, the unit. Texts of exams do not say such things, so the
// engine cannot choose; a coder must.
type Tiebreaker struct {
	Code, Other string // Code < Other
	Difference  string
	Source      Source
}

var tiebreakerColumns = []string{"code", "other", "difference"}

func tiebreakers(t table) []Tiebreaker {
	out := make([]Tiebreaker, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Tiebreaker{r.cells[0], r.cells[1], r.cells[2], r.src})
	}
	return out
}

// Twins returns the pairs of codes that are in force on a common date and have
// the same axes (modality, region, contrast, views, side, extent, technique, intent,
// component, age; what a code tolerates is no axis), sorted by code.
func (l *Lexicon) Twins() [][2]string {
	byAxes := map[string][]*Procedure{}
	for i := range l.Procedures {
		p := &l.Procedures[i]
		byAxes[p.axes()] = append(byAxes[p.axes()], p)
	}
	var out [][2]string
	for _, ps := range byAxes {
		for i, p := range ps {
			for _, q := range ps[i+1:] {
				if p.meets(q) {
					out = append(out, [2]string{p.Code, q.Code})
				}
			}
		}
	}
	slices.SortFunc(out, func(a, b [2]string) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	return out
}

// axes writes what a code asks for, the same for the same demands in any order.
func (p *Procedure) axes() string {
	var b strings.Builder
	for a := range NumAxes {
		groups := make([]string, 0, 4)
		for _, g := range p.Groups(a) {
			ids := slices.Clone(g)
			slices.Sort(ids)
			groups = append(groups, fmt.Sprint(ids))
		}
		slices.Sort(groups)
		fmt.Fprint(&b, groups)
	}
	fmt.Fprint(&b, p.Contrast, "/", p.ViewsMin, "-", p.ViewsMax, "/", p.Side)
	return b.String()
}

// meets reports whether two codes are in force on a common date.
func (p *Procedure) meets(q *Procedure) bool {
	return (p.To == "" || q.From <= p.To) && (q.To == "" || p.From <= q.To)
}

func lintTiebreakers(l *Lexicon) []Problem {
	var out []Problem
	told := map[[2]string]Source{}
	for _, t := range l.Tiebreakers {
		told[[2]string{t.Code, t.Other}] = t.Source
		if t.Difference == "" {
			out = append(out, problemAt(t.Source, "%s and %s: nothing separates them", t.Code, t.Other))
		}
	}
	for _, pair := range l.Twins() {
		if _, ok := told[pair]; !ok {
			out = append(out, problemAt(l.Procedure(pair[1]).Source, "%s has the axes of %s: change a row or say in tiebreakers.tsv what separates them", pair[1], pair[0]))
		}
		delete(told, pair)
	}
	for pair, at := range told {
		out = append(out, problemAt(at, "%s and %s have different axes, or no date in common, or no rows", pair[0], pair[1]))
	}
	return out
}
