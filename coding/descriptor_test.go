package coding_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

func descriptors(t testing.TB) []index.Code {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return coding.Descriptors(lex)
}

func TestDescriptors(t *testing.T) {
	codes := descriptors(t)
	count := map[string]int{}
	for i := range codes {
		c := &codes[i]
		count[c.System]++
		if c.ID == "" || strings.TrimSpace(c.Title) == "" || strings.ContainsAny(c.Title, "{}") {
			t.Errorf("%s %q has the title %q", c.System, c.ID, c.Title)
		}
		if i > 0 && codes[i-1].System+"/"+codes[i-1].ID >= c.System+"/"+c.ID {
			t.Errorf("%s stands after %s", c.ID, codes[i-1].ID)
		}
	}
	if count[lexicon.CPT] < 500 || count[lexicon.HCPCS] < 10 || count[lexicon.ICD10CM] < 10000 {
		t.Errorf("%v codes", count)
	}
}

// scanBest returns the codes that hold most words of a query, by reading them
// all, and how many words that is.
func scanBest(codes []index.Code, words []map[string]bool, query string) map[string]bool {
	best, most := map[string]bool{}, 0
	for i := range codes {
		n := 0
		for _, w := range strings.Fields(query) {
			if words[i][w] {
				n++
			}
		}
		if n > most {
			best, most = map[string]bool{}, n
		}
		if n == most {
			best[codes[i].ID] = true
		}
	}
	return best
}

// TestSearchOracle: among the index's first ten is a code that a plain scan of
// all descriptors finds best. Every query is a wording of some code.
func TestSearchOracle(t *testing.T) {
	codes := descriptors(t)
	ix, err := index.Open(t.TempDir(), codes)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	codes = ix.Codes()
	words := make([]map[string]bool, len(codes))
	var queries []string
	for i := range codes {
		words[i] = map[string]bool{}
		for _, text := range append([]string{codes[i].Title}, codes[i].Terms...) {
			for _, w := range strings.Fields(plainWords(text)) {
				words[i][w] = true
			}
		}
	}
	const sampled = 100
	for n := range sampled {
		c := &codes[(n*len(codes)+n*n)/sampled%len(codes)]
		text := c.Title
		if len(c.Terms) > 0 && n%2 == 1 {
			text = c.Terms[n%len(c.Terms)]
		}
		queries = append(queries, plainWords(text))
	}
	for _, q := range queries {
		best := scanBest(codes, words, q)
		hits, err := ix.Search(context.Background(), index.Query{Text: q, Any: true, Limit: 10})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(hits, func(h index.Hit) bool { return best[h.Code.ID] }) {
			t.Errorf("%q: none of the %d best by scan is among the first ten", q, len(best))
		}
	}
}

// plainWords spells words as the scan compares them.
func plainWords(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r >= 0x80)
	}), " ")
}
