package verify

import (
	"unicode/utf8"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// checkSpans asks that every place can be quoted.
func (s *subject) checkSpans() {
	s.places(func(path string, e coding.Evidence) {
		text := s.textOf(e)
		switch {
		case e.Start < 0 || e.End > len(text) || e.Start > e.End:
			s.fail(path, "[%d,%d) lies outside of the %d bytes of the text", e.Start, e.End, len(text))
		case e.Start == e.End:
			s.fail(path, "the place at %d is empty", e.Start)
		case cutsRune(text, e.Start) || cutsRune(text, e.End):
			s.fail(path, "[%d,%d) cuts a character", e.Start, e.End)
		case !isNameSection(e.Section) && (cutsWord(text, e.Start) || cutsWord(text, e.End)):
			s.fail(path, "[%d,%d) cuts a word", e.Start, e.End)
		case len(wordsOf(text[e.Start:e.End])) == 0:
			s.fail(path, "[%d,%d) holds no word", e.Start, e.End)
		}
	})
}

func cutsRune(text string, at int) bool { return at < len(text) && !utf8.RuneStart(text[at]) }

// cutsWord reports whether letters, or digits, stand on both sides.
func cutsWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return kindOfRune(before) != 0 && kindOfRune(before) == kindOfRune(after)
}

// isNameSection reports a section that holds names of exams. There words are
// run together: "CTCHEST".
func isNameSection(section string) bool {
	return section == titleSection || section == string(nlp.SectionExam) || section == string(nlp.SectionProcedure)
}
