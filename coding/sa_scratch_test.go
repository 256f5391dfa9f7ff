package coding

import (
	"fmt"
	"os"
	"testing"
)

func TestScratchSA(t *testing.T) {
	if os.Getenv("SA") == "" {
		t.Skip()
	}
	e, _ := New(Options{})
	s := segment{os.Getenv("SA"), 0, "exam"}
	for _, a := range e.anchors(e.readSegment(s)) {
		fmt.Println("anchor", a.First)
	}
	for _, p := range e.splitTitle(s) {
		f := e.factsOfSegment(p)
		q := e.question(&f)
		fmt.Printf("part %q stands %v\n", p.text, e.standsAlone(&f, "2026-10-01"))
		for i, r := range e.rank(&f, "2026-10-01", 3) {
			fmt.Print("  ", e.lex.Procedures[r.index].Code, " ", r.probability)
			if i == 0 {
				for _, id := range e.compare(nil, &q, &e.lex.Procedures[r.index]) {
					fmt.Print(" ", e.features.names[id])
				}
			}
			fmt.Println()
		}
	}
}
