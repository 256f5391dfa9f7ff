package coding_test

import (
	"strings"
	"testing"
	"time"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

func TestAudit(t *testing.T) {
	r, err := referenceRelease(t).On("icd10cm", "2026-03-02")
	if err != nil {
		t.Fatal(err)
	}
	lex, _ := lexicon.Default()
	words := coding.Thesaurus(lex)
	own := coding.IndexWords(lex)
	for _, w := range []*index.Thesaurus{own, words} {
		n, exact, same, cat := 0, 0, 0, 0
		t0 := time.Now()
		for i := 7; i < len(lex.DiagnosisTerms); i += 23 {
			dt := lex.DiagnosisTerms[i]
			c, ok := lex.Diagnose(lexicon.Finding{Concept: dt.Concept, Site: dt.Site, With: dt.With})
			if !ok || c.Code == "" || c.Code == "-" {
				continue
			}
			n++
			found := r.Walk(index.Phrase{Text: dt.Text, Words: w}, 1)
			if len(found) == 0 || !found[0].Exact || !found[0].Code.Billable {
				continue
			}
			exact++
			switch {
			case found[0].Code.ID == c.Code:
				same++
			case found[0].Code.ID[:3] == c.Code[:3]:
				cat++
				if w == words {
					t.Logf("near %q lexicon %s walk %s %s", dt.Text, c.Code, found[0].Code.ID, strings.Join(found[0].Steps, " > "))
				}
			default:
				if w == words {
					t.Logf("WRONG %q lexicon %s walk %s %s | %s", dt.Text, c.Code, found[0].Code.ID, found[0].Code.Title, strings.Join(found[0].Steps, " > "))
				}
			}
		}
		t.Logf("n %d exact %d same %d category %d, %v each", n, exact, same, cat, time.Since(t0)/time.Duration(n))
	}
}
