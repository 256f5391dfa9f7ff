package index_test

import (
	"context"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// BenchmarkSearch asks an index of all codes that radcode knows, held in
// memory. The answers are checked before they are timed.
func BenchmarkSearch(b *testing.B) {
	lex, err := lexicon.Default()
	if err != nil {
		b.Fatal(err)
	}
	ix, err := index.Open("", coding.Descriptors(lex))
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	queries := []string{"right lower quadrant pain", "ct abdomen and pelvis with contrast", "kidney stone", "cough"}
	ask := func(text string) {
		hits, err := ix.Search(context.Background(), index.Query{Text: text})
		if err != nil || len(hits) == 0 {
			b.Fatalf("%s: no hits (%v)", text, err)
		}
	}
	for _, q := range queries {
		ask(q)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		ask(queries[i%len(queries)])
	}
}
