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

// wordLists reads the embedded lists once. A fault in an embedded file is a
// fault of the build, which the linter's test finds.
var wordLists = sync.OnceValue(func() map[string][]string {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		panic(err)
	}
	t, err := readTable(data, "words.tsv", wordColumns)
	if err != nil {
		panic(err)
	}
	lists := map[string][]string{}
	for _, r := range t.rows {
		lists[r.cells[0]] = append(lists[r.cells[0]], r.cells[1])
	}
	return lists
})

// Phrases returns the words or phrases of a list, sorted. It panics when there
// is no such list: the name is part of the program.
func Phrases(list string) []string {
	words := wordLists()[list]
	if words == nil {
		panic(fmt.Sprintf("lexicon: no word list %q in words.tsv", list))
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

// ListedWords returns the words and phrases of all lists, sorted, each once.
func ListedWords() []string {
	var out []string
	for _, words := range wordLists() {
		out = append(out, words...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
