package eval

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

// TestGolden compares the figures on the project's own corpus, numerators and
// denominators, so that a change of quality is a line in a diff. Intervals are
// left out: they follow from the counts.
func TestGolden(t *testing.T) {
	r := measureDemo(t, 2)
	var b strings.Builder
	b.WriteString("# Figures on testdata/corpora/demo.jsonl. Rewrite: go test ./coding/eval -run TestGolden -update\n")
	for _, v := range r.Values {
		fmt.Fprintf(&b, "%-40s %.4f  %.6g/%.6g\n", v.Name, v.Value(), v.Num, v.Den)
	}
	for _, k := range r.Kinds() {
		fmt.Fprintf(&b, "error %-34s %d\n", k.System+" "+k.Relation, k.Count)
	}
	for _, f := range r.Flags() {
		fmt.Fprintf(&b, "flag %-35s hit %d extra %d missed %d\n", f.ID, f.Hit, f.Extra, f.Missed)
	}
	for _, c := range r.Cases {
		for _, e := range c.Errors {
			fmt.Fprintf(&b, "wrong %s: %s %s\n", c.ID, e.System, e.words())
		}
	}
	golden(t, "demo.golden", b.String())
}

// golden compares with a file of testdata/eval, or rewrites it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := "../../testdata/eval/" + name
	if *update {
		if err := os.MkdirAll("../../testdata/eval", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got == string(want) {
		return
	}
	old := map[string]bool{}
	for line := range strings.Lines(string(want)) {
		old[line] = true
	}
	for line := range strings.Lines(got) {
		if !old[line] {
			t.Errorf("now: %s", line)
		}
	}
	t.Errorf("%s differs; if the figures are right: go test ./coding/eval -run %s -update", path, t.Name())
}

// TestRobustnessGolden keeps the pairs of every operator on the project's own
// corpus: an operator that finds less to change is a change of the measure.
func TestRobustnessGolden(t *testing.T) {
	r, err := Robustness(t.Context(), readOwn(t, demoCorpus).Records, ownEngine(t), RobustnessOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("# Minimal pairs of testdata/corpora/demo.jsonl. Rewrite: go test ./coding/eval -run TestRobustnessGolden -update\n")
	fmt.Fprintf(&b, "%-24s %d/%d\n%-24s %d/%d\n", "directional", r.Directional.Passed, r.Directional.Pairs, "invariant", r.Invariant.Passed, r.Invariant.Pairs)
	for _, o := range r.Operators {
		fmt.Fprintf(&b, "%-24s %d/%d\n", o.Operator, o.Passed, o.Pairs)
	}
	for _, x := range r.Failures {
		fmt.Fprintf(&b, "failed %s: %s\n", x.Operator, x.Report)
	}
	golden(t, "demo-robustness.golden", b.String())
}
