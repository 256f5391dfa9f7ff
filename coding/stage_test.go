package coding_test

import (
	"context"
	"encoding/json"
	"slices"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// TestCodeStaged wants every stage told once, in order, and the answer of Code.
func TestCodeStaged(t *testing.T) {
	e := engine(t)
	report := nlp.Report{ID: "s", Text: "EXAM: XR RIGHT WRIST 3 VIEWS\n\nINDICATION: Wrist pain after a fall.\n\nFINDINGS: No fracture.\n\nIMPRESSION: Normal wrist."}
	var told, want []int
	staged, err := e.CodeStaged(context.Background(), report, func(stage int) { told = append(told, stage) })
	if err != nil {
		t.Fatal(err)
	}
	for i := range coding.Stages() {
		want = append(want, i)
	}
	if !slices.Equal(told, want) {
		t.Errorf("told stages %v, want %v", told, want)
	}
	plain, err := e.Code(context.Background(), report)
	if err != nil {
		t.Fatal(err)
	}
	got, _ := json.Marshal(staged)
	if answer, _ := json.Marshal(plain); string(got) != string(answer) || len(plain.Exams) == 0 {
		t.Errorf("CodeStaged answers\n%s\nCode\n%s", got, answer)
	}
}

// TestStages wants names that tell stages apart, docs, and reading first.
func TestStages(t *testing.T) {
	seen := map[string]bool{}
	stages := coding.Stages()
	for _, s := range stages {
		if s.Name == "" || s.Doc == "" || seen[s.Name] {
			t.Errorf("stage %q lacks a name of its own or a doc", s.Name)
		}
		seen[s.Name] = true
	}
	for i, s := range nlp.Stages() {
		if stages[i].Name != s.Name {
			t.Errorf("stage %d is %s, want %s", i, stages[i].Name, s.Name)
		}
	}
}
