package verify

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// checkNumbers holds codes that differ between one and several against the number of the noun, as the report writes it.
func (s *subject) checkNumbers() {
	multiple := s.lex.Lookup(lexicon.Qualifier, "multiple")
	s.eachDiagnosisPlace(func(path string, d *coding.Diagnosis, e coding.Evidence) {
		namings := s.namings(d, e)
		if len(namings) > 0 && !slices.ContainsFunc(namings, func(x naming) bool { return s.countsRight(x, d, e, multiple) }) {
			s.fail(path, "%s counts otherwise than the words do", d.Code)
		}
	})
}

// countsRight asks for a way to the code that is for several where the words are plural, and only there.
func (s *subject) countsRight(x naming, d *coding.Diagnosis, e coding.Evidence, multiple lexicon.ConceptID) bool {
	numbers := s.numbersOf(x, e)
	return slices.ContainsFunc(x.ways, func(w way) bool {
		switch several := slices.Contains(w.row.With, multiple); {
		case x.term == nil || len(numbers) == 0:
			return true
		case several:
			return slices.Contains(numbers, true) || s.saysSeveral(x, e, multiple)
		}
		return slices.Contains(numbers, false) || !s.hasRowForSeveral(w, d.Code, multiple)
	})
}

// numbersOf tells for each place of the term in the words whether its noun is a plural.
func (s *subject) numbersOf(x naming, e coding.Evidence) []bool {
	var out []bool
	text := s.textOf(e)[e.Start:e.End]
	for _, t := range s.terms.in(s.terms.read(text)) {
		if x.term != nil && t.diagnosis != nil && t.diagnosis.Concept == x.term.Concept {
			out = append(out, endsInPlural(text[t.start:t.end]))
		}
	}
	return out
}

// beforeSite are the words behind the noun of a phrase: "nodules of the lung".
var beforeSite = lexicon.WordList("site_prepositions")

// endsInPlural reports whether the noun of a phrase, the last word before a preposition, has the ending of a plural.
func endsInPlural(phrase string) bool {
	noun := ""
	for _, w := range strings.FieldsFunc(strings.ToLower(phrase), func(r rune) bool { return kindOfRune(r) != 1 }) {
		if beforeSite[w] {
			break
		}
		noun = w
	}
	return strings.HasSuffix(noun, "s") && !slices.ContainsFunc([]string{"ss", "us", "is"}, func(end string) bool { return strings.HasSuffix(noun, end) })
}

// saysSeveral reports whether other words than the noun mean several: "multinodular", "both", "5th through 7th ribs".
func (s *subject) saysSeveral(x naming, e coding.Evidence, multiple lexicon.ConceptID) bool {
	sentence := s.sentence(e)
	for _, t := range s.terms.in(sentence) {
		if slices.Contains(t.concepts, multiple) {
			return true
		}
		if t.diagnosis == nil {
			text := s.textOf(e)
			start, _ := s.sentenceBounds(e)
			if len(t.concepts) > 0 && s.lex.Concept(t.concepts[0]).Axis == lexicon.Region && endsInPlural(text[start+t.start:start+t.end]) {
				return true
			}
			continue
		}
		if t.diagnosis.Concept == x.term.Concept && slices.Contains(t.diagnosis.With, multiple) && !slices.ContainsFunc(strings.Fields(t.diagnosis.Text), endsInPlural) {
			return true
		}
	}
	return false
}

// hasRowForSeveral reports whether the same thing in the same place has another code when there are several.
func (s *subject) hasRowForSeveral(w way, code string, multiple lexicon.ConceptID) bool {
	return slices.ContainsFunc(s.lex.DiagnosisRows(w.row.Concept), func(r *lexicon.Diagnosis) bool {
		return r.Site == w.row.Site && len(r.With) == len(w.row.With)+1 && slices.Contains(r.With, multiple) &&
			!slices.ContainsFunc(w.row.With, func(id lexicon.ConceptID) bool { return !slices.Contains(r.With, id) }) && r.Pattern.Fills(code) == nil
	})
}
