package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// checkTitles asks that the name of an exam can be read in the report.
func (s *subject) checkTitles() {
	text := " " + strings.Join(texts(wordsOf(s.report.Text)), " ") + " "
	exam := " " + strings.Join(texts(wordsOf(s.report.Exam)), " ") + " "
	for i, x := range s.result.Exams {
		title := strings.Join(texts(wordsOf(x.Title)), " ")
		if !strings.Contains(text, title) && !strings.Contains(exam, title) {
			s.fail(fmt.Sprintf("exams[%d].title", i), "the words stand nowhere in the report")
		}
	}
}

// checkProcedures looks every procedure code up.
func (s *subject) checkProcedures() {
	for i := range s.result.Exams {
		seen := map[string]bool{}
		for k, c := range s.result.Exams[i].Procedures {
			path := fmt.Sprintf("exams[%d].procedures[%d]", i, k)
			p := s.lex.Procedure(c.Code)
			switch {
			case p == nil:
				s.fail(path, "%s %s is in no table", c.System, c.Code)
			case !p.InForce(s.date):
				s.fail(path, "%s is not in force on %s", c.Code, s.date)
			case c.System != p.System || c.Title != p.Title:
				s.fail(path, "system or title is not that of %s", c.Code)
			}
			if seen[c.Code] {
				s.fail(path, "%s stands twice", c.Code)
			}
			seen[c.Code] = true
		}
	}
}

// checkProcedureEvidence asks that a code rests on the facts of its exam, and the
// first one on all that state its own body part and modality.
func (s *subject) checkProcedureEvidence() {
	type place struct {
		start, end int
		section    string
	}
	at := func(e coding.Evidence) place { return place{e.Start, e.End, e.Section} }
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		known := map[place]bool{}
		for _, f := range x.Facts {
			for _, e := range f.Evidence {
				known[at(e)] = true
			}
		}
		for k, c := range x.Procedures {
			has := map[place]bool{}
			for n, e := range c.Evidence {
				has[at(e)] = true
				if !known[at(e)] {
					s.fail(fmt.Sprintf("exams[%d].procedures[%d].evidence[%d]", i, k, n), "the place is of no fact of the exam")
				}
			}
			p := s.lex.Procedure(c.Code)
			for _, f := range x.Facts {
				if p == nil || !s.asksFor(p, f) {
					continue
				}
				for _, e := range f.Evidence {
					if !has[at(e)] {
						s.fail(fmt.Sprintf("exams[%d].procedures[%d]", i, k), "the words for %s %s are left out", f.Axis, f.Concept)
					}
				}
			}
		}
	}
}

// asksFor reports whether a fact is one of the concepts that a code's row names.
func (s *subject) asksFor(p *lexicon.Procedure, f coding.ExamFact) bool {
	if f.Axis == viewsFact {
		return p.ViewsMin > 0
	}
	axis, ok := lexicon.ParseAxis(f.Axis)
	id := s.lex.Lookup(axis, f.Concept)
	return ok && slices.ContainsFunc(p.Groups(axis), func(g lexicon.Group) bool { return slices.Contains(g, id) })
}

// viewsOf reads "2", "1-2" and "4+".
func viewsOf(value string) (lo, hi int, ok bool) {
	first, last, isRange := strings.Cut(value, "-")
	if base, open := strings.CutSuffix(value, "+"); open {
		lo, err := strconv.Atoi(base)
		return lo, 0, err == nil && lo > 0
	}
	lo, err := strconv.Atoi(first)
	if err != nil || lo < 1 {
		return 0, 0, false
	}
	if !isRange {
		return lo, lo, true
	}
	hi, err = strconv.Atoi(last)
	return lo, hi, err == nil && hi > lo
}
