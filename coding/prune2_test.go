package coding

import (
	"fmt"
	"os"
	"sort"
	"strings"
	"testing"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

func TestScratchPruneTerms(t *testing.T) {
	if os.Getenv("PRUNE") == "" {
		t.Skip()
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	byLen := map[int][]lexicon.Term{}
	maxLen := 0
	for _, d := range lex.Terms {
		n := len(nlp.Scan(d.Text))
		byLen[n] = append(byLen[n], d)
		maxLen = max(maxLen, n)
	}
	set := func(ids []lexicon.ConceptID) string {
		s := map[int]bool{}
		for _, i := range ids {
			s[int(i)] = true
		}
		var k []int
		for i := range s {
			k = append(k, i)
		}
		sort.Ints(k)
		return fmt.Sprint(k)
	}
	kept := append([]lexicon.Term(nil), byLen[1]...)
	for n := 2; n <= maxLen; n++ {
		l2 := *lex
		l2.Terms = kept
		r, err := nlp.New(&l2)
		if err != nil {
			t.Fatal(err)
		}
		kn := 0
		for _, d := range byLen[n] {
			doc := r.ReadPhrase(strings.ToUpper(d.Text))
			var ids []lexicon.ConceptID
			for _, m := range doc.Mentions {
				if m.Layer == nlp.ExamLayer {
					ids = append(ids, m.Concept)
				}
			}
			if set(ids) != set(d.Emits) {
				kept = append(kept, d)
				kn++
			}
		}
		fmt.Println(n, len(byLen[n]), "kept", kn)
	}
	keep := map[string]bool{}
	for _, k := range kept {
		keep[k.Source.String()] = true
	}
	for _, f := range []string{"anatomy.tsv", "modality.tsv", "contrast.tsv", "technique.tsv", "views.tsv", "intent.tsv"} {
		data, _ := os.ReadFile("../lexicon/data/" + f)
		var out []string
		for i, l := range strings.Split(strings.TrimSuffix(string(data), "\n"), "\n") {
			if i == 0 || keep[fmt.Sprintf("%s:%d", f, i+1)] {
				out = append(out, l)
			}
		}
		os.WriteFile("/tmp/pruned/"+f, []byte(strings.Join(out, "\n")+"\n"), 0o644)
	}
	fmt.Println("kept", len(kept), "of", len(lex.Terms))
}
