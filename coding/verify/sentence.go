package verify

import (
	"strings"

	"github.com/radcode/radcode/coding"
)

// sentence returns the words of the sentence around a place: from the full stop,
// or the empty line, before it to the next one behind it. A list number is no end.
func (s *subject) sentence(e coding.Evidence) []word {
	start, end := s.sentenceBounds(e)
	return s.terms.read(s.textOf(e)[start:end])
}

func (s *subject) sentenceBounds(e coding.Evidence) (start, end int) {
	text := s.textOf(e)
	start, end = e.Start, e.End
	for start > 0 && !endsSentence(text, start-1) {
		start--
	}
	for end < len(text) && !endsSentence(text, end) {
		end++
	}
	return start, end
}

// endsSentence reports whether a sentence ends at byte i.
func endsSentence(text string, i int) bool {
	switch text[i] {
	case '.', '?', '!':
		before := strings.TrimRight(text[:i], "0123456789")
		number := len(before) < i && (before == "" || strings.HasSuffix(before, "\n") || strings.HasSuffix(before, ". "))
		return !number && (i+1 == len(text) || isSpace(text[i+1]))
	case '\n', '\r':
		return i > 0 && isSpace(text[i-1]) || i+1 < len(text) && (text[i+1] == '\n' || text[i+1] == '\r')
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\r' || c == '\t' }
