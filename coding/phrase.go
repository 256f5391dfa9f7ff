package coding

import (
	"sort"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// phrase is a list of lower-case words.
type phrase []string

func phraseOf(text string) phrase {
	var p phrase
	for _, t := range nlp.Scan(text) {
		p = append(p, t.Of(text))
	}
	return p
}

func phrasesOf(texts []string) []phrase {
	out := make([]phrase, len(texts))
	for i, t := range texts {
		out[i] = phraseOf(t)
	}
	return out
}

// containsPhrase looks for a phrase in tokens [first, last).
func containsPhrase(d *nlp.Document, first, last int, p phrase) bool {
	for i := first; i+len(p) <= last; i++ {
		if startsWith(d, i, p) {
			return true
		}
	}
	return false
}

// startsWith reports whether the words of a phrase stand at token i.
func startsWith(d *nlp.Document, i int, p phrase) bool {
	for k, w := range p {
		if i+k >= len(d.Tokens) || d.Words(i+k) != w {
			return false
		}
	}
	return true
}

// says reports whether the report holds one of the phrases. They match whole
// words, whatever white space, quotation mark or hyphen stands between and around
// them.
func (s *study) says(phrases []phrase) bool {
	for _, p := range phrases {
		if s.next(0, p) >= 0 {
			return true
		}
	}
	return false
}

// quote is the evidence for a phrase at token i.
func (s *study) quote(i int, p phrase) Evidence {
	start, end := s.doc.Tokens[i].Start, s.doc.Tokens[i+len(p)-1].End
	return Evidence{start, end, string(s.doc.Sections[s.doc.SectionAt(start)].Kind), ""}
}

// next returns the first token from a given one on at which a phrase begins, -1
// when there is none. Most phrases stand in no report, so their first word is
// looked for in the bytes before any token is.
func (s *study) next(from int, p phrase) int {
	lower, tokens := s.lowerText(), s.doc.Tokens
	if from >= len(tokens) {
		return -1
	}
	for at := tokens[from].Start; ; {
		k := strings.Index(lower[at:], p[0])
		if k < 0 {
			return -1
		}
		at += k
		end := at + len(p[0])
		if at > 0 && isLetter(lower[at-1]) || end < len(lower) && isLetter(lower[end]) && isLetter(lower[end-1]) {
			at = end // a part of a word
			continue
		}
		i := sort.Search(len(tokens), func(i int) bool { return tokens[i].Start >= at })
		if i < len(tokens) && tokens[i].Start == at && startsWith(s.doc, i, p) {
			return i
		}
		at = end
	}
}

// isLetter is for the bytes of lower-case text.
func isLetter(c byte) bool { return c >= 'a' && c <= 'z' }

// lowerText is the text in lower case, byte for byte, made when it is first
// asked for.
func (s *study) lowerText() string {
	if s.lower == "" {
		s.lower = lowerASCII(s.doc.Text)
	}
	return s.lower
}

// lowerASCII lowers letters without moving any byte.
func lowerASCII(text string) string {
	b := []byte(text)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c | 0x20
		}
	}
	return string(b)
}
