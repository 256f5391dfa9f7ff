package nlp

import "strings"

// again finds the values that are known to identify somebody wherever else they
// stand: known values as a whole and name by name, names found in the text by
// their last part.
func (r *Redactor) again(text string, known, names []string) []Span {
	tokens := wordSpans(text)
	sure, parts := [][]string{}, map[string]bool{}
	for _, k := range known {
		words := lowerWords(k)
		if len(words) > 1 || len(words) == 1 && isTelling(words[0]) && strings.ContainsAny(words[0], "0123456789") {
			sure = append(sure, words)
			sure = append(sure, reversed(words))
		}
		for _, w := range words {
			parts[w] = true
		}
	}
	for _, n := range names {
		for _, w := range lowerWords(n) {
			parts[w] = true
		}
	}
	var out []Span
	for i := range tokens {
		for _, words := range sure {
			if at, ok := wordsAt(text, tokens, i, words); ok {
				out = append(out, at)
			}
		}
		word := strings.ToLower(tokens[i].Of(text))
		if parts[word] && isTelling(word) && r.mayBeName(text, tokens, i, parts) {
			out = append(out, tokens[i])
		}
	}
	return out
}

// isTelling leaves initials and short numbers out: they are everywhere.
func isTelling(word string) bool {
	digits := strings.Trim(word, "0123456789") == ""
	return len(word) >= 3 && !(digits && len(word) < 5)
}

// mayBeName tells "Baker called" from "Baker cyst", where Baker is the patient: a
// word of the lexicon is a name only beside another part of the names, or in a text of mixed
// letters where it begins with a capital and no word of the lexicon follows.
func (r *Redactor) mayBeName(text string, tokens []Span, i int, parts map[string]bool) bool {
	word := tokens[i].Of(text)
	lower := strings.ToLower(word)
	beside := func(k int) bool {
		return k >= 0 && k < len(tokens) && parts[strings.ToLower(tokens[k].Of(text))] && tokens[k].Len() > 1
	}
	if beside(i-1) || beside(i+1) {
		return true
	}
	if !r.medical()[lower] && !commonName()[lower] {
		return true
	}
	capital := word != lower && lettersOf(text) == mixedLetters
	follows := i+1 < len(tokens) && r.medical()[strings.ToLower(tokens[i+1].Of(text))]
	return capital && !r.medical()[lower] && !follows
}

// commonName are words of running English that are names as well.
var commonName = listOf("common_name")

// wordSpans are runs of letters and digits; an apostrophe or hyphen between
// letters belongs to a name.
func wordSpans(text string) []Span {
	var out []Span
	for _, t := range Scan(text) {
		if t.Kind == Punct {
			continue
		}
		if n := len(out); n > 0 && out[n-1].End == t.Start {
			out[n-1].End = t.End // letters behind digits: an identifier
			continue
		}
		out = append(out, t.Span)
	}
	return out
}

func lowerWords(s string) []string {
	var out []string
	for _, t := range wordSpans(s) {
		out = append(out, strings.ToLower(t.Of(s)))
	}
	return out
}

func reversed(words []string) []string {
	out := append([]string(nil), words[len(words)-1:]...)
	return append(out, words[:len(words)-1]...)
}

// wordsAt reports whether words stand at token i.
func wordsAt(text string, tokens []Span, i int, words []string) (Span, bool) {
	if i+len(words) > len(tokens) {
		return Span{}, false
	}
	for k, w := range words {
		if strings.ToLower(tokens[i+k].Of(text)) != w {
			return Span{}, false
		}
	}
	return Span{tokens[i].Start, tokens[i+len(words)-1].End}, true
}
