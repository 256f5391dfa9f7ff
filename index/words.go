package index

import (
	"slices"
	"strings"
)

func set(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// smallWords link the words of an entry and tell few entries apart; weakWords are said
// by the index where people say nothing.
var (
	smallWords = set("a an and as at by due for from in into of on or the to with nec nos region")
	weakWords  = set("organ specified unspecified other type site form cause condition elsewhere classified side")
)

// wordsOf returns the words of a text in lower case and the singular, hyphens and
// possessives off.
func wordsOf(text string) []string {
	text = strings.ReplaceAll(strings.ToLower(text), "'s", "")
	out := strings.FieldsFunc(text, func(c rune) bool {
		return c < '0' || '9' < c && c < 'a' || 'z' < c && c < 0x80
	})
	for i, w := range out {
		out[i] = singular(w)
	}
	return out
}

func contentWords(text string) []string {
	return slices.DeleteFunc(wordsOf(text), func(w string) bool { return smallWords[w] })
}

// singular takes the plural off; what it spoils it spoils on both sides.
func singular(w string) string {
	n := len(w)
	switch {
	case w == "rt":
		return "right"
	case w == "lt":
		return "left"
	case n > 7 && (strings.HasSuffix(w, "stases") || strings.HasSuffix(w, "oses") || strings.HasSuffix(w, "yses")):
		return w[:n-2] + "is"
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "sses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "ches")):
		return w[:n-2]
	case n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'i' && w[n-2] != 'u':
		return w[:n-1]
	}
	return w
}
