package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/nlp"
)

// TestOperatorsAreDescribed asks for unique ids, a doc and a kind.
func TestOperatorsAreDescribed(t *testing.T) {
	seen := map[string]bool{}
	for _, op := range Operators() {
		if op.ID == "" || seen[op.ID] || op.Doc == "" || op.Apply == nil || op.Kind != Directional && op.Kind != Invariant {
			t.Errorf("operator %q stands twice, or has no doc, kind or Apply", op.ID)
		}
		seen[op.ID] = true
	}
}

// TestMirrors asks that the other side of the other side is the code itself, and
// looks at codes of each kind: side slot, site, bilateral, none.
func TestMirrors(t *testing.T) {
	mirrors := knowledgeOf(t).mirrors
	for code, mirror := range mirrors {
		if mirrors[mirror] != code {
			t.Errorf("%s -> %s -> %s", code, mirror, mirrors[mirror])
		}
	}
	for code, want := range map[string]string{
		"M17.11": "M17.12", "S52.502A": "S52.501A", "R10.31": "R10.32", "N63.11": "N63.21", "I65.23": "I65.23", "M17.0": "M17.0",
		"J18.9": "J18.9", "M25.519": "M25.519", "D27.0": "D27.1", "K40.90": "K40.90", "S27.401A": "S27.401A",
	} {
		if mirrors[code] != want {
			t.Errorf("%s -> %s, want %s", code, mirrors[code], want)
		}
	}
}

func TestStatements(t *testing.T) {
	text := "IMPRESSION:\n1. Dr. Roe was called. Mass of 1.5 cm\nin the liver.\n2) Cyst\n- Hernia; e.g. inguinal.\n\nNormal heart"
	var got []string
	for _, p := range knowledgeOf(t).parts(text) {
		for _, s := range statements(text, p.body) {
			got = append(got, s.Of(text))
		}
	}
	want := []string{"Dr. Roe was called", "Mass of 1.5 cm\nin the liver", "Cyst", "Hernia; e.g. inguinal", "Normal heart"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestExcerpts(t *testing.T) {
	long := strings.Repeat("ä", 300)
	for _, c := range []struct{ a, b, was, is string }{
		{"right hip", "left hip", "right hip", "left hip"},
		{long + "x" + long, long + "y" + long, strings.Repeat("ä", 20) + "x" + strings.Repeat("ä", 20), strings.Repeat("ä", 20) + "y" + strings.Repeat("ä", 20)},
		{"", "a", "", "a"},
	} {
		if was, is := excerpts(c.a, c.b); was != c.was || is != c.is {
			t.Errorf("%q, %q, want %q, %q", was, is, c.was, c.is)
		}
	}
}

func TestRobustnessErrors(t *testing.T) {
	corpus := []exchange.Record{{Report: nlp.Report{ID: "a", Text: "Normal."}}}
	broken := errors.New("broken")
	fails := CoderFunc(func(context.Context, nlp.Report) (Prediction, error) { return Prediction{}, broken })
	if _, err := Robustness(t.Context(), corpus, fails, RobustnessOptions{}); !errors.Is(err, broken) || !strings.Contains(err.Error(), "a") {
		t.Errorf("error %v, want the coder's with the report's id", err)
	}
	if _, err := Robustness(t.Context(), corpus, fails, RobustnessOptions{Operators: []string{"swap"}}); err == nil || errors.Is(err, broken) {
		t.Errorf("error %v, want one about the operator", err)
	}
}

// TestRobustnessOfEngine prints the table of our own corpus and of the development
// reports. The wanted rates are the project's targets.
func TestRobustnessOfEngine(t *testing.T) {
	for _, path := range []string{demoCorpus, filepath.Join("..", "..", "..", "shared", "corpora", "reports-dev.jsonl")} {
		t.Run(filepath.Base(path), func(t *testing.T) {
			r := robustnessOf(t, readCorpus(t, path), 0)
			t.Log(table(r))
			if r.Directional.Rate < 0.99 || r.Invariant.Rate < 0.995 {
				t.Errorf("directional %.4f, invariant %.4f, want 0.99 and 0.995", r.Directional.Rate, r.Invariant.Rate)
			}
		})
	}
}

// TestRobustnessRepeats asks for the same bytes with any number of workers.
func TestRobustnessRepeats(t *testing.T) {
	corpus := readCorpus(t, demoCorpus)[:12]
	var first []byte
	for _, workers := range []int{1, 4} {
		data, err := json.Marshal(robustnessOf(t, corpus, workers))
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		}
		if !bytes.Equal(data, first) {
			t.Errorf("another report with %d workers", workers)
		}
	}
}

var demoCorpus = filepath.Join("..", "..", "testdata", "corpora", "demo.jsonl")

func robustnessOf(t *testing.T, corpus []exchange.Record, workers int) RobustnessReport {
	t.Helper()
	engine, err := coding.New(coding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := Robustness(t.Context(), corpus, OfEngine(engine), RobustnessOptions{Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func readCorpus(t *testing.T, path string) []exchange.Record {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("needs the development corpora beside the checkout: %v", err)
	}
	defer f.Close()
	var out []exchange.Record
	for r, err := range exchange.ReadCorpus(f, path) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

// table shows the counts and the failures of a run.
func table(r RobustnessReport) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d reports; directional %d/%d = %.4f, invariant %d/%d = %.4f\n", r.Reports,
		r.Directional.Passed, r.Directional.Pairs, r.Directional.Rate, r.Invariant.Passed, r.Invariant.Pairs, r.Invariant.Rate)
	for _, o := range r.Operators {
		fmt.Fprintf(&b, "%-22s %-11s %3d reports %4d/%-4d %.3f\n", o.Operator, o.Kind, o.Reports, o.Passed, o.Pairs, o.Rate)
	}
	for _, f := range r.Failures {
		fmt.Fprintf(&b, "%s %s\n\twas    %q\n\tis     %q\n\twant   %v\n\tbefore %v\n\tafter  %v\n", f.Operator, f.Report, f.Was, f.Is, f.Want, f.Before, f.After)
	}
	return b.String()
}
