package coding

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/radcode/radcode/nlp"
)

func TestScratchCut(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	e, _ := New(Options{})
	f, _ := os.Open("/work/shared/corpora/exam-titles-dev.jsonl")
	s := bufio.NewScanner(f)
	n := 0
	for s.Scan() {
		var r struct {
			nlp.Report
			Gold struct{ Cpt []struct{ Code string } }
			Tags []string
		}
		json.Unmarshal(s.Bytes(), &r)
		x := e.exams(e.reader.Read(r.Report), "2025-12-01")
		if len(x) > 1 {
			n++
			fmt.Printf("CUT %s", r.Exam)
			for _, d := range x {
				fmt.Printf(" | %q %s", d.text, e.best(&d).Code)
			}
			fmt.Println(" gold", r.Gold.Cpt[0].Code)
		}
	}
	fmt.Println(n)
}
