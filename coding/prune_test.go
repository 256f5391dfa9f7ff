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

func TestScratchPrune(t *testing.T) {
	if os.Getenv("PRUNE") == "" {
		t.Skip()
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	byLen := map[int][]lexicon.DiagnosisTerm{}
	maxLen := 0
	for _, d := range lex.DiagnosisTerms {
		n := len(nlp.Scan(d.Text))
		byLen[n] = append(byLen[n], d)
		maxLen = max(maxLen, n)
	}
	kept := append([]lexicon.DiagnosisTerm(nil), byLen[1]...)
	for n := 2; n <= maxLen; n++ {
		l2 := *lex
		l2.DiagnosisTerms = kept
		e, err := New(Options{Lexicon: &l2})
		if err != nil {
			t.Fatal(err)
		}
		var next []lexicon.DiagnosisTerm
		for _, d := range byLen[n] {
			f := lexicon.Finding{Concept: d.Concept, Site: d.Site, With: d.With, Encounter: ""}
			want, ok := lex.Diagnose(f)
			if !ok {
				next = append(next, d)
				continue
			}
			same := true
			for _, tmpl := range []string{"INDICATION: %s.", "IMPRESSION:\nThere is %s seen."} {
				s := &study{doc: e.reader.Read(nlp.Report{Text: fmt.Sprintf(tmpl, d.Text)})}
				ps := e.problems(s)
				// the side words in the term itself are allowed to make the code sided
				if len(ps) != 1 || ps[0].coded.Code != want.Code || ps[0].finding.Concept != d.Concept || ps[0].mention.Assertion.Negated {
					same = false
				}
			}
			if !same {
				next = append(next, d)
			}
		}
		fmt.Println(n, len(byLen[n]), "kept", len(next))
		kept = append(kept, next...)
	}
	sort.Slice(kept, func(i, j int) bool { return kept[i].Source.Line < kept[j].Source.Line })
	keep := map[int]bool{}
	for _, k := range kept {
		keep[k.Source.Line] = true
	}
	data, _ := os.ReadFile("../lexicon/data/diagnosis_terms.tsv")
	var out []string
	for i, l := range strings.Split(string(data), "\n") {
		if i == 0 || keep[i+1] {
			out = append(out, l)
		}
	}
	os.WriteFile("/tmp/dt_pruned.tsv", []byte(strings.Join(out, "\n")+"\n"), 0o644)
	fmt.Println("kept", len(kept), "of", len(lex.DiagnosisTerms))
}
