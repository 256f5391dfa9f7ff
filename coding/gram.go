package coding

import (
	"strings"
	"unicode/utf8"
)

// Grams are runs of shortGram to longGram letters of a word, between marks of its
// beginning and end: what is left of a word that a field cut off, and what two
// spellings share.
const (
	shortGram = 3
	longGram  = 5
	wordStart = "^"
	wordEnd   = "$"
)

// maxGramBytes is how much of an exam name is read as grams; price lists cut
// their fields far earlier.
const maxGramBytes = 256

// titleGrams lists the grams of an exam name, repeated ones once for each time.
// Words that the lexicon knows, and ledger words, are spelled like any other.
func titleGrams(title string) []string {
	var out []string
	for _, word := range strings.Fields(NormalTitle(cutAtRune(title, maxGramBytes))) {
		out = appendGrams(out, wordStart+word+wordEnd)
	}
	return out
}

func appendGrams(dst []string, word string) []string {
	for from := 0; from < len(word); from += runeLen(word[from:]) {
		to := from
		for n := 1; n <= longGram && to < len(word); n++ {
			to += runeLen(word[to:])
			if n >= shortGram {
				dst = append(dst, word[from:to])
			}
		}
	}
	return dst
}

func runeLen(s string) int {
	_, n := utf8.DecodeRuneInString(s)
	return n
}
