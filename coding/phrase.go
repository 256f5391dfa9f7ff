package coding

import (
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
