package coding

import (
	"embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/tools/txtar"

	"github.com/radcode/radcode/nlp"
)

// RuleExample shows a rule at work: a report that raises its flag and, where a
// small change settles it, one that does not.
type RuleExample struct {
	Why      string // what goes wrong where the flag stands
	Raises   nlp.Report
	NearMiss *nlp.Report // nil: nothing near it stays silent
}

// One file per rule, named by its id: the comment is Why, the sections exam, meta
// and report are the report that raises the flag, "miss exam" and so on the near miss.
// They stand beside the code in place of in it because they are texts to be
// read and corrected by coders.
//
//go:embed examples/*.txtar
var exampleFiles embed.FS

var ruleExamples = sync.OnceValues(func() (map[string]RuleExample, error) {
	files, err := exampleFiles.ReadDir("examples")
	if err != nil {
		return nil, err
	}
	out := map[string]RuleExample{}
	for _, f := range files {
		data, err := exampleFiles.ReadFile("examples/" + f.Name())
		if err != nil {
			return nil, err
		}
		x, err := readExample(data)
		if err != nil {
			return nil, fmt.Errorf("coding/examples/%s: %w", f.Name(), err)
		}
		out[strings.TrimSuffix(f.Name(), ".txtar")] = x
	}
	return out, nil
})

func readExample(data []byte) (RuleExample, error) {
	a := txtar.Parse(data)
	x := RuleExample{Why: strings.Join(strings.Fields(string(a.Comment)), " ")}
	for _, f := range a.Files {
		part, missed := strings.CutPrefix(f.Name, "miss ")
		r := &x.Raises
		if missed {
			if x.NearMiss == nil {
				x.NearMiss = &nlp.Report{}
			}
			r = x.NearMiss
		}
		switch part {
		case "exam":
			r.Exam = strings.TrimSpace(string(f.Data))
		case "report":
			r.Text = string(f.Data)
		case "meta":
			if err := json.Unmarshal(f.Data, &r.Meta); err != nil {
				return x, fmt.Errorf("%s: %w", f.Name, err)
			}
		default:
			return x, fmt.Errorf("unknown section %q", f.Name)
		}
	}
	return x, nil
}

// ExampleOf returns the example of a rule by its id, false when there is none. A fault in
// an embedded file is a fault of the build, which the tests find.
func ExampleOf(rule string) (RuleExample, bool) {
	all, err := ruleExamples()
	if err != nil {
		panic(err)
	}
	x, ok := all[rule]
	return x, ok
}
