package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

type assertFlags struct {
	corpus, format, errors string
}

var assertFormats = []string{"text", "json"}

func newAssert(a *app) *cobra.Command {
	var f assertFlags
	c := &cobra.Command{
		Long: `Measure what radcode makes of given phrases in given sentences: negated or not,
historical or not, the patient's or not. The corpus is JSON lines with sentence,
start, end (bytes) and any of negation, certainty, temporality and experiencer;
the table of the NegEx and ConText kits; or a folder of brat annotations (see
docs/corpus.md). A corpus with a fault is not measured: the faults are told with
file and line, and the exit code is 2.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.assert(f) },
	}
	c.Flags().StringVar(&f.corpus, "corpus", "", "file or folder with labelled phrases; - is stdin")
	c.Flags().StringVar(&f.format, "format", "text", "output: "+strings.Join(assertFormats, "|"))
	c.Flags().StringVar(&f.errors, "errors", "", "write the wrong answers to this file (JSONL)")
	return c
}

func (a *app) assert(f assertFlags) error {
	if !slices.Contains(assertFormats, f.format) {
		return fmt.Errorf("--format %q: want %s", f.format, strings.Join(assertFormats, "|"))
	}
	if f.corpus == "" {
		return errors.New("--corpus: name a file or folder with labelled phrases")
	}
	examples, err := a.assertionExamples(f.corpus)
	if err != nil {
		return err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return err
	}
	reader, err := nlp.New(lex)
	if err != nil {
		return err
	}
	report := eval.MeasureAssertions(reader, examples)
	if f.errors != "" {
		if err := writeJSONLines(f.errors, slices.Values(report.Errors)); err != nil {
			return err
		}
	}
	if f.format == "json" {
		return a.printJSON(report)
	}
	return a.print(assertView(a.style(), report))
}

// maxFaults is how many faults of a corpus are told one by one: a wrong format
// makes one per line.
const maxFaults = 20

// assertionExamples reads a whole corpus, and tells what is wrong with it.
func (a *app) assertionExamples(path string) ([]exchange.AssertionExample, error) {
	corpus := exchange.OpenAssertions(path)
	if path == "-" {
		corpus = exchange.ReadAssertions(a.in, path)
	}
	var examples []exchange.AssertionExample
	seen := map[string]string{} // id -> where
	in, faults := input{app: a}, 0
	for x, err := range corpus {
		place := fmt.Sprintf("%s:%d", x.File, x.Line)
		if at, twice := seen[x.ID]; err == nil && twice {
			err = fmt.Errorf("%s: id %q stands already at %s", place, x.ID, at)
		}
		if err != nil {
			if faults++; faults <= maxFaults {
				in.fault(err)
			}
			continue
		}
		if x.ID != "" {
			seen[x.ID] = place
		}
		examples = append(examples, x)
	}
	switch {
	case faults > maxFaults:
		a.messages.tell("%s: and %d more faults", path, faults-maxFaults)
		return nil, reported
	case faults > 0:
		return nil, reported
	case len(examples) == 0:
		return nil, fmt.Errorf("%s:1: no example in it", path)
	}
	return examples, nil
}

// writeJSONLines writes one JSON object per line.
func writeJSONLines[T any](file string, items iter.Seq[T]) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(f)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	for x := range items {
		if err = enc.Encode(x); err != nil {
			break
		}
	}
	return errors.Join(err, out.Flush(), f.Close())
}

// worstCues is how many cues the page shows.
const worstCues = 10

// assertView is the page for people.
func assertView(s style, r eval.AssertionReport) *page {
	p := &page{style: s}
	p.line("%d examples, %s right in all that is labelled", r.N, proportion(r.Right, r.N))
	p.heading(fmt.Sprintf("%-13s%-12s%-18s%-18s%s", "", "class", "precision", "recall", "F1"))
	for _, x := range r.Scores {
		p.line("%-13s%-12s%-18s%-18s%s", x.Axis, x.Class, proportion(x.TP, x.TP+x.FP), proportion(x.TP, x.TP+x.FN), threeDigits(x.F1()))
	}
	wrong := slices.IndexFunc(r.Cues, func(c eval.CueScore) bool { return c.Wrong == 0 })
	if wrong < 0 {
		wrong = len(r.Cues)
	}
	if wrong == 0 {
		return p
	}
	p.heading(fmt.Sprintf("%-30s%-14s%8s%8s%8s", "cues that were wrong", "category", "decided", "right", "wrong"))
	for _, c := range r.Cues[:min(wrong, worstCues)] {
		p.line("%s%-14s%8d%8d%8d", pad(printable(c.Cue), 30), c.Category, c.Decided, c.Right, c.Wrong)
	}
	if wrong > worstCues {
		p.line("and %d more", wrong-worstCues)
	}
	return p
}

// proportion prints a proportion with its counts.
func proportion(part, all int) string {
	return fmt.Sprintf("%s (%d/%d)", threeDigits(float64(part)/float64(all)), part, all)
}

// threeDigits prints a proportion with three digits, a dash for what is not defined.
func threeDigits(f float64) string {
	if math.IsNaN(f) {
		return "-"
	}
	return fmt.Sprintf("%.3f", f)
}
