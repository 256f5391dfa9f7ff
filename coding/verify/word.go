package verify

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of letters or of digits, in lower case and the singular, with
// its place.
type word struct {
	text       string
	start, end int
}

// wordsOf cuts text into words. Marks separate words and are none; a letter and a
// digit beside each other are two words, so that "t2", "T 2" and "T-2" are the same.
func wordsOf(text string) []word {
	var out []word
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		kind := kindOfRune(r)
		if kind == 0 {
			i += size
			continue
		}
		start := i
		for i < len(text) {
			r, size = utf8.DecodeRuneInString(text[i:])
			if kindOfRune(r) != kind {
				break
			}
			i += size
		}
		out = append(out, word{singular(strings.ToLower(text[start:i])), start, i})
	}
	return out
}

// kindOfRune is 1 for letters, 2 for digits, 0 for what separates words.
func kindOfRune(r rune) int {
	switch {
	case r == utf8.RuneError:
		return 0
	case unicode.IsLetter(r), unicode.IsMark(r):
		return 1
	case unicode.IsDigit(r):
		return 2
	}
	return 0
}

// singular takes a plural's ending off. Terms and text go through it alike.
func singular(w string) string {
	n := len(w)
	switch {
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && strings.HasSuffix(w, "es") && strings.ContainsRune("sxzho", rune(w[n-3])):
		return w[:n-2]
	case n > 3 && w[n-1] == 's' && w[n-2] != 's':
		return w[:n-1]
	}
	return w
}

// canonical writes the words of a phrase in one of the ways in which reports
// write them, by the lexicon's tables of variants.
type canonical map[string][]canonicalForm

type canonicalForm struct{ from, to []string }

func (c canonical) add(from, to string) {
	f := canonicalForm{texts(wordsOf(from)), texts(wordsOf(to))}
	if len(f.from) > 0 && len(f.to) > 0 {
		c[f.from[0]] = append(c[f.from[0]], f)
	}
}

// of replaces what has a canonical form; the new words have the place of all
// the old ones.
func (c canonical) of(words []word) []word {
	out := words[:0:0]
	for i := 0; i < len(words); {
		n, form := 0, canonicalForm{}
		for _, f := range c[words[i].text] {
			if len(f.from) > n && startWith(words[i:], f.from) {
				n, form = len(f.from), f
			}
		}
		if n == 0 {
			out = append(out, words[i])
			i++
			continue
		}
		for _, t := range form.to {
			out = append(out, word{t, words[i].start, words[i+n-1].end})
		}
		i += n
	}
	return out
}

func texts(words []word) []string {
	out := make([]string, len(words))
	for i, w := range words {
		out[i] = w.text
	}
	return out
}

func startWith(words []word, texts []string) bool {
	if len(texts) > len(words) {
		return false
	}
	for i, t := range texts {
		if words[i].text != t {
			return false
		}
	}
	return true
}
