package coding

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/radcode/radcode/nlp"
)

func TestScratchUnl(t *testing.T) {
	if os.Getenv("SCRATCH") == "" {
		t.Skip()
	}
	e, _ := New(Options{})
	f, _ := os.Open("/work/shared/corpora/unlabelled.jsonl")
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<24)
	for s.Scan() {
		var r struct {
			nlp.Report
			Class string
		}
		json.Unmarshal(s.Bytes(), &r)
		res, _ := e.Code(context.Background(), r.Report)
		codes := ""
		for _, x := range res.Exams {
			codes += fmt.Sprintf(" %s(%.2f,%q)", x.Procedures[0].Code, x.Procedures[0].Confidence, x.Title)
		}
		fmt.Printf("%s|%s|%.90q|%s\n", r.ID, r.Class, r.Text, codes)
	}
}
