package lexicon

import (
	"fmt"
	"io/fs"
	"slices"
	"sync"
)

// Word lists are words that mean something to one rule and nothing beside it:
// the words that end a count of views, that make a finding a minor one, that
// open the sections of a visit note. They stand in data/words.tsv.
var wordColumns = []string{"list", "word"}

var wordLists = sync.OnceValue(func() map[string][]string { return readLists("words.tsv") })

// identifierLists are the words around names and numbers of people, for masking
// them. They stand in data/identifiers.tsv: no report is coded by them.
var identifierLists = sync.OnceValue(func() map[string][]string { return readLists("identifiers.tsv") })

// readLists reads embedded lists. A fault in an embedded file is a fault of the
// build, which the linter's test finds.
func readLists(file string) map[string][]string {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err)
	}
	t, err := readTable(data, file, wordColumns)
	if err != nil {
		panic(err)
	}
	lists := map[string][]string{}
	for _, r := range t.rows {
		lists[r.cells[0]] = append(lists[r.cells[0]], r.cells[1])
	}
	return lists
}

// Phrases returns the words or phrases of a list, sorted. It panics when there
// is no such list: the name is part of the program.
func Phrases(list string) []string {
	words := wordLists()[list]
	if words == nil {
		panic(fmt.Sprintf("lexicon: no word list %q in words.tsv", list))
	}

	return words
}

// IdentifierWords returns a list of data/identifiers.tsv, with the promises of
// Phrases.
func IdentifierWords(list string) []string {
	words := identifierLists()[list]
	if words == nil {
		panic(fmt.Sprintf("lexicon: no list %q in identifiers.tsv", list))
	}
	return words
}

// WordList returns a list as a set, with the promises of Phrases.
func WordList(list string) map[string]bool {
	set := map[string]bool{}
	for _, w := range Phrases(list) {
		set[w] = true
	}
	return set
}

// ListedWords returns the words and phrases of all lists of words.tsv, sorted, each once.
func ListedWords() []string {
	var out []string
	for _, words := range wordLists() {
		out = append(out, words...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
