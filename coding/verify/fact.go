package verify

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// Names of facts that are no axis of concepts.
const (
	viewsFact      = "views"
	lateralityFact = "laterality"
)

// checkFacts asks of every fact whether its words say it.
func (s *subject) checkFacts() {
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		for k, f := range x.Facts {
			path := fmt.Sprintf("exams[%d].facts[%d]", i, k)
			if len(f.Evidence) == 0 {
				s.fail(path, "%s %s has no place in the report", f.Axis, f.Concept)
			}
			for n, e := range f.Evidence {
				if !s.says(f, e) {
					s.fail(fmt.Sprintf("%s.evidence[%d]", path, n), "[%d,%d) holds no words for %s %s", e.Start, e.End, f.Axis, f.Concept)
				}
			}
			if f.Axis == lateralityFact && !s.addsUp(f) || f.Axis == viewsFact && !s.countsUp(f) {
				s.fail(path, "the places do not add up to %s", f.Concept)
			}
		}
	}
}

// says reports whether the words of a place mean a fact.
func (s *subject) says(f coding.ExamFact, e coding.Evidence) bool {
	words := s.words(e)
	switch f.Axis {
	case viewsFact:
		return s.saysViews(words)
	case lateralityFact:
		return sidesIn(words) != 0
	}
	axis, _ := lexicon.ParseAxis(f.Axis)
	id := s.lex.Lookup(axis, f.Concept)
	stand := s.terms.in(words)
	if s.emits(words, id) || slices.ContainsFunc(stand, func(t found) bool { return s.means(t, axis, f.Concept) }) {
		return true
	}
	return s.derived(f, words) || isNameSection(e.Section) && s.terms.misspelt(words, id)
}

// means reports what the look of the pictures gives away: "hyperintense" means MR.
func (s *subject) means(t found, axis lexicon.Axis, name string) bool {
	return axis == lexicon.Modality && t.emits(s.lex.Lookup(lexicon.Appearance, name)) ||
		name == "xr" && slices.ContainsFunc(t.concepts, func(id lexicon.ConceptID) bool { return s.lex.Concept(id).Axis == lexicon.View })
}

// saysViews accepts a count and the names of projections.
func (s *subject) saysViews(words []word) bool {
	if slices.ContainsFunc(words, func(w word) bool { return isNumber(w.text) || numberWords[w.text] > 0 }) {
		return true
	}
	return slices.ContainsFunc(s.terms.in(words), func(t found) bool {
		return slices.ContainsFunc(t.concepts, func(id lexicon.ConceptID) bool { return s.lex.Concept(id).Axis == lexicon.View })
	})
}

var numberWords = map[string]int{
	"single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
}

// countsUp reports whether the places of a number of views give that number: as a
// figure, or as so many places that each name a projection.
func (s *subject) countsUp(f coding.ExamFact) bool {
	lo, hi, _ := viewsOf(f.Concept)
	var stated []int
	for _, e := range f.Evidence {
		for _, w := range s.words(e) {
			if n, err := strconv.Atoi(w.text); err == nil {
				stated = append(stated, n)
			} else if n := numberWords[w.text]; n > 0 {
				stated = append(stated, n)
			}
		}
	}
	is := func(n int) bool { return slices.Contains(stated, n) || n == len(f.Evidence) }
	return is(lo) && (hi == 0 || is(hi))
}

// derivation is a fact that words without a term of its concept give, by a rule of the engine.
type derivation struct {
	axis, concept string
	from          func(s *subject, words []word) bool
}

// derivations are all of them.
var derivations = []derivation{
	{"technique", "first_trimester", func(_ *subject, w []word) bool { return weeksIn(w, 0, 13) }},
	{"technique", "second_third_trimester", func(_ *subject, w []word) bool { return weeksIn(w, 14, 45) }},
	{"technique", "detailed_fetal", listed("fetal_detail")},
	{"technique", "chest_film", emitted(lexicon.Region, "chest")},
	{"technique", "appendicular_skeleton", emitted(lexicon.Region, "upper_extremity", "lower_extremity")},
	{"extent", "limited", emitted(lexicon.Extent, "complete")},                        // not all organs are described
	{"extent", "limited", func(_ *subject, w []word) bool { return sidesIn(w) != 0 }}, // a duplex study of one side
}

// weeksIn reads "16 weeks".
func weeksIn(words []word, from, to int) bool {
	for i, w := range words {
		if n, err := strconv.Atoi(w.text); err == nil && from <= n && n <= to && i+1 < len(words) && weekWords[words[i+1].text] {
			return true
		}
	}
	return false
}

var weekWords = map[string]bool{"week": true, "wk": true, "w": true}

// listed accepts a word of a list of the lexicon.
func listed(list string) func(*subject, []word) bool {
	phrases := map[string]bool{}
	for _, p := range lexicon.Phrases(list) {
		phrases[strings.Join(texts(wordsOf(p)), " ")] = true
	}
	return func(_ *subject, words []word) bool {
		return slices.ContainsFunc(words, func(w word) bool { return phrases[w.text] })
	}
}

// emitted accepts terms of concepts, or of parts of them.
func emitted(axis lexicon.Axis, names ...string) func(*subject, []word) bool {
	return func(s *subject, words []word) bool {
		return slices.ContainsFunc(names, func(name string) bool { return s.emits(words, s.lex.Lookup(axis, name)) })
	}
}

// emits reports whether the words hold a term of a concept or of a kind or part of it.
func (s *subject) emits(words []word, id lexicon.ConceptID) bool {
	return slices.ContainsFunc(s.terms.in(words), func(t found) bool {
		return slices.ContainsFunc(t.concepts, func(c lexicon.ConceptID) bool { return s.lex.Is(c, id) })
	})
}

func (s *subject) derived(f coding.ExamFact, words []word) bool {
	return slices.ContainsFunc(derivations, func(d derivation) bool {
		return d.axis == f.Axis && d.concept == f.Concept && d.from(s, words)
	})
}

// A set of sides.
type sides uint8

const (
	right sides = 1 << iota
	left
	both = right | left
)

func sidesIn(words []word) sides {
	var out sides
	for _, w := range words {
		switch {
		case strings.HasPrefix(w.text, "bilat"):
			out |= both
		case w.text == "breast" && w.end-w.start > len("breast"): // breasts
			out |= both
		default:
			out |= sideWords[w.text]
		}
	}
	return out
}

var sideNames = map[string]sides{"right": right, "left": left, "bilateral": both}

// addsUp reports whether the places of a laterality name just that side.
func (s *subject) addsUp(f coding.ExamFact) bool {
	var all sides
	for _, e := range f.Evidence {
		all |= sidesIn(s.words(e))
	}
	return all == sideNames[f.Concept]
}

// sideWords are what names of exams write for a side.
var sideWords = map[string]sides{
	"right": right, "rt": right, "r": right, "rgt": right, "left": left, "lt": left, "l": left, "lft": left,
	"bilateral": both, "bil": both, "bi": both, "both": both,
}
