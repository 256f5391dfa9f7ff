package verify

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// A modifierRow says when a modifier is right for the first code of an exam. Must is
// set where it has to stand whenever it may.
type modifierRow struct {
	code string
	must bool
	may  func(s *subject, exam int, p *lexicon.Procedure) bool
	says func(s *subject, m coding.Modifier) bool // nil: the words are those of facts or there are none
}

var modifierRows = []modifierRow{
	{"26", true, func(s *subject, _ int, p *lexicon.Procedure) bool {
		c := s.report.Meta.Component
		return s.lex.SplitsComponents(p.Code) && (c == "professional" || c == "" && hospitals[s.report.Meta.PlaceOfService])
	}, nil},
	{"TC", true, func(s *subject, _ int, p *lexicon.Procedure) bool {
		return s.lex.SplitsComponents(p.Code) && s.report.Meta.Component == "technical"
	}, nil},
	{"50", true, func(s *subject, exam int, p *lexicon.Procedure) bool {
		return s.sideOf(exam) == "bilateral" && p.Side == "uni" && (p.Bilateral == "1" || p.Bilateral == "3")
	}, nil},
	{"RT", true, oneSide("right"), nil},
	{"LT", true, oneSide("left"), nil},
	{"53", false, onlyExam, saying("discontinued")},
	{"52", false, func(s *subject, exam int, p *lexicon.Procedure) bool {
		return len(s.result.Exams) == 1 || s.hasFewerViews(exam, p)
	}, saysReduced},
	{"76", false, twin, isTime},
	{"77", false, twin, isTime},
	{"GH", false, onlyExam, saying("converted")},
	{"GG", false, func(s *subject, exam int, p *lexicon.Procedure) bool {
		return s.isMammogram(p, "diagnostic") && slices.ContainsFunc(s.result.Exams, func(x coding.Exam) bool {
			q := s.best(&x)
			return q != nil && s.isMammogram(q, "screening")
		})
	}, nil},
	{"XE", false, included, nil}, {"XS", false, included, nil}, {"XP", false, included, nil}, {"XU", false, included, nil}, {"59", false, included, nil},
}

// hospitals are the places of service whose equipment is the hospital's.
var hospitals = map[string]bool{"19": true, "21": true, "22": true, "23": true}

func (s *subject) sideOf(exam int) string { return factNamed(&s.result.Exams[exam], lateralityFact) }

func oneSide(name string) func(*subject, int, *lexicon.Procedure) bool {
	return func(s *subject, exam int, p *lexicon.Procedure) bool {
		return s.sideOf(exam) == name && p.Side == "uni"
	}
}

func onlyExam(s *subject, _ int, _ *lexicon.Procedure) bool { return len(s.result.Exams) == 1 }

// saying asks for a phrase of the lexicon among the words of the modifier.
func saying(list string) func(*subject, coding.Modifier) bool {
	var phrases [][]string
	for _, p := range lexicon.Phrases(list) {
		phrases = append(phrases, texts(wordsOf(p)))
	}
	return func(s *subject, m coding.Modifier) bool {
		for _, e := range m.Evidence {
			words := wordsOf(s.textOf(e)[e.Start:e.End])
			for i := range words {
				if slices.ContainsFunc(phrases, func(p []string) bool { return startWith(words[i:], p) }) {
					return true
				}
			}
		}
		return false
	}
}

// saysReduced asks for words that say so, or for the views of an exam that has fewer than its code.
func saysReduced(s *subject, m coding.Modifier) bool {
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		p := s.best(x)
		if p != nil && s.hasFewerViews(i, p) && slices.ContainsFunc(x.Facts, func(f coding.ExamFact) bool { return f.Axis == viewsFact && slices.Equal(f.Evidence, m.Evidence) }) {
			return true
		}
	}
	return reducedWords(s, m)
}

var reducedWords = saying("reduced")

// hasFewerViews reports whether an exam has fewer views than its code, and no code of the same part has so few.
func (s *subject) hasFewerViews(exam int, p *lexicon.Procedure) bool {
	_, most, ok := viewsOf(factNamed(&s.result.Exams[exam], viewsFact))
	return ok && most > 0 && most < p.ViewsMin && s.isFilm(p) && !slices.ContainsFunc(s.lex.Procedures, func(q lexicon.Procedure) bool {
		return q.ViewsMin > 0 && q.ViewsMin < p.ViewsMin && q.InForce(s.date) && s.isFilm(&q) && len(q.Region) > 0 && len(p.Region) > 0 && slices.Equal(q.Region[0], p.Region[0])
	})
}

// twin asks for another exam with the same code.
func twin(s *subject, exam int, p *lexicon.Procedure) bool {
	for i := range s.result.Exams {
		if q := s.best(&s.result.Exams[i]); i != exam && q != nil && q.Code == p.Code {
			return true
		}
	}
	return false
}

var timeOfDay = regexp.MustCompile(`^[0-9]{1,2}:?[0-9]{2}`)

func isTime(s *subject, m coding.Modifier) bool {
	return len(m.Evidence) > 0 && timeOfDay.MatchString(s.textOf(m.Evidence[0])[m.Evidence[0].Start:m.Evidence[0].End])
}

// included asks for another exam under an edit with this one.
func included(s *subject, exam int, p *lexicon.Procedure) bool {
	for i := range s.result.Exams {
		if q := s.best(&s.result.Exams[i]); i != exam && q != nil && (s.lex.Edit(p.Code, q.Code) != nil || s.lex.Edit(q.Code, p.Code) != nil) {
			return true
		}
	}
	return false
}

func (s *subject) isMammogram(p *lexicon.Procedure, intent string) bool {
	names := func(groups []lexicon.Group, axis lexicon.Axis, name string) bool {
		return slices.ContainsFunc(groups, func(g lexicon.Group) bool { return slices.Contains(g, s.lex.Lookup(axis, name)) })
	}
	return names(p.Modality, lexicon.Modality, "mg") && names(p.Intent, lexicon.Intent, intent)
}

// checkModifiers looks every modifier up, and those that must stand.
func (s *subject) checkModifiers() {
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		path := fmt.Sprintf("exams[%d].modifiers", i)
		p := s.best(x)
		if p == nil {
			if len(x.Modifiers) > 0 {
				s.fail(path, "there is no code that they could belong to")
			}
			continue
		}
		has := map[string]bool{}
		for k, m := range x.Modifiers {
			s.checkModifier(fmt.Sprintf("%s[%d]", path, k), i, p, m)
			if has[m.Code] {
				s.fail(path, "%s stands twice", m.Code)
			}
			has[m.Code] = true
		}
		for _, row := range modifierRows {
			if row.must && !has[row.code] && row.may(s, i, p) {
				s.fail(path, "%s must have modifier %s", p.Code, row.code)
			}
		}
	}
}

func (s *subject) checkModifier(path string, exam int, p *lexicon.Procedure, m coding.Modifier) {
	at := slices.IndexFunc(modifierRows, func(r modifierRow) bool { return r.code == m.Code })
	switch {
	case at < 0:
		s.fail(path, "%q is no modifier that is known here", m.Code)
	case !modifierRows[at].may(s, exam, p):
		s.fail(path, "%s is not allowed for %s here", m.Code, p.Code)
	case modifierRows[at].says != nil && !modifierRows[at].says(s, m):
		s.fail(path, "its words do not say why %s", m.Code)
	case strings.TrimSpace(m.Reason) == "":
		s.fail(path, "%s has no reason", m.Code)
	}
	if side := map[string]string{"RT": "right", "LT": "left", "50": "bilateral"}[m.Code]; side != "" {
		s.checkSideWords(path, side, m)
	}
}

// checkSideWords asks that the words of RT, LT and 50 name the side.
func (s *subject) checkSideWords(path, side string, m coding.Modifier) {
	var all sides
	for _, e := range m.Evidence {
		all |= sidesIn(s.words(e))
	}
	if all != sideNames[side] {
		s.fail(path, "the places do not add up to %s", side)
	}
}
