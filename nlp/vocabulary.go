package nlp

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// WordID numbers the words that occur in lexicon terms. 0 is any other word.
type WordID int32

// vocabulary maps words to ids. It is filled while tries are built and only
// read afterwards.
type vocabulary struct {
	ids   map[string]WordID
	words []string

	// While a reader is built every phrase is asked for twice: to fill the
	// vocabulary, and to be stored once plurals are known. done drops both.
	phrases map[string][]WordID
	buf     []Token
}

func newVocabulary() *vocabulary {
	return &vocabulary{
		ids: make(map[string]WordID, 1<<15), words: []string{""}, phrases: make(map[string][]WordID, 1<<16), buf: make([]Token, 0, 64),
	}
}

func (v *vocabulary) done() { v.phrases, v.buf = nil, nil }

func (v *vocabulary) add(word string) WordID {
	if id, ok := v.ids[word]; ok {
		return id
	}
	id := WordID(len(v.words))
	v.ids[word] = id
	v.words = append(v.words, word)
	return id
}

// find returns the id of a word as written. A plural whose singular is known
// is that singular.
func (v *vocabulary) find(word string) WordID {
	var buf [64]byte
	lower := appendLower(buf[:0], word)
	if id, ok := v.ids[string(lower)]; ok {
		return id
	}
	return v.singular(lower)
}

// singular returns the id of the word that a plural belongs to, or 0.
func (v *vocabulary) singular(lower []byte) WordID {
	n := len(lower)
	if n < 4 || lower[n-1] != 's' {
		return 0
	}
	if id, ok := v.ids[string(lower[:n-1])]; ok {
		return id
	}
	if lower[n-2] == 'e' {
		if id, ok := v.ids[string(lower[:n-2])]; ok && takesES(lower[n-3]) {
			return id
		}
		if n > 4 && lower[n-3] == 'i' {
			if id, ok := v.ids[string(lower[:n-3])+"y"]; ok {
				return id
			}
		}
	}
	return 0
}

// takesES reports whether words that end in c form the plural with es: masses,
// not testes, which is no plural of test.
func takesES(c byte) bool { return c == 's' || c == 'x' || c == 'z' || c == 'h' || c == 'o' }

func appendLower(dst []byte, word string) []byte {
	for i := 0; i < len(word); i++ {
		c := word[i]
		if c >= utf8.RuneSelf {
			return append(dst[:0], strings.ToLower(word)...)
		}
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		dst = append(dst, c)
	}
	return dst
}

// number gives every token its word id.
func (v *vocabulary) number(text string, tokens []Token) {
	for i := range tokens {
		tokens[i].Word = v.find(tokens[i].Of(text))
	}
}

// isUpper reports whether a word has a letter and no lower-case one.
func isUpper(word string) bool {
	letter := false
	for _, r := range word {
		if unicode.IsLower(r) {
			return false
		}
		letter = letter || unicode.IsUpper(r)
	}
	return letter
}
