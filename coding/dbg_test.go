package coding

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"
)

func TestScratchDbg(t *testing.T) {
	id := os.Getenv("DBG")
	if id == "" {
		t.Skip()
	}
	e, err := New(Options{Policy: Official})
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"reports-dev", "cmc2007-dev", "unlabelled", "openi-dev"} {
		for _, r := range loadRows(name) {
			if r.ID != id {
				continue
			}
			d := e.reader.Read(r.Report)
			for _, s := range d.Sections {
				fmt.Printf("SEC %s [%s] %.60q\n", s.Kind, s.Heading.Of(d.Text), s.Body.Of(d.Text))
			}
			for _, dr := range e.exams(d, "2026-10-01") {
				fmt.Printf("DRAFT %q sec=%s contrast=%q ordered=%q views=%v side=%v\n", dr.text, dr.section, dr.facts.Contrast, dr.ordered, dr.facts.Views, dr.facts.Side)
				for _, f := range dr.facts.Facts {
					fmt.Printf("   %s:%s %v\n", f.Axis, e.lex.Concept(f.Concept).Name, f.Evidence[0])
				}
			}
			if os.Getenv("MEN") != "" {
				for _, m := range d.Mentions {
					n := e.lex.Concept(m.Concept).Name
					if m.Problem != nil {
						n = "PROBLEM " + m.Problem.Concept
					}
					fmt.Printf("   %q %s %s neg=%v unc=%v his=%v hyp=%v side=%s cue=%q\n", m.Of(d.Text), m.Axis, n, m.Assertion.Negated, m.Assertion.Uncertain, m.Assertion.Historical, m.Assertion.Hypothetical, m.Side, m.Assertion.Cue.Of(d.Text))
				}
			}
			res, _ := e.Code(context.Background(), r.Report)
			for _, x := range res.Exams {
				for _, p := range x.Procedures {
					b, _ := json.Marshal(p.Why)
					fmt.Printf("  %s %s %.3f %s\n", p.Code, p.Title, p.Confidence, b)
				}
			}
			for _, x := range res.Diagnoses {
				fmt.Println("  DX", x.Code, x.Title, x.Role, x.Primary)
			}
			for _, x := range res.Flags {
				fmt.Println("  FLAG", x.ID, x.Message)
			}
		}
	}
}
