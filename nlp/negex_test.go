package nlp_test

import (
	"bufio"
	"encoding/json"
	"os"
	"testing"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// count is a confusion matrix of one question.
type count struct{ tp, fp, fn, tn int }

func (c *count) add(want, got bool) {
	switch {
	case want && got:
		c.tp++
	case got:
		c.fp++
	case want:
		c.fn++
	default:
		c.tn++
	}
}

func (c count) f1() float64 { return 2 * float64(c.tp) / float64(2*c.tp+c.fp+c.fn) }

func (c count) log(t *testing.T, name string) {
	t.Helper()
	t.Logf("%-12s precision %.4f (%d/%d) recall %.4f (%d/%d) F1 %.4f", name,
		float64(c.tp)/float64(c.tp+c.fp), c.tp, c.tp+c.fp, float64(c.tp)/float64(c.tp+c.fn), c.tp, c.tp+c.fn, c.f1())
}

// TestNegexCorpus measures assertions on clinical sentences that are not part
// of the repository.
func TestNegexCorpus(t *testing.T) {
	f, err := os.Open("../../shared/corpora/negex-dev.jsonl")
	if err != nil {
		t.Skip("the assertion corpus is not here: ", err)
	}
	defer f.Close()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	r, err := nlp.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	var negation, temporality, experiencer count
	for in := bufio.NewScanner(f); in.Scan(); {
		var line struct {
			ID, Sentence, Negation, Temporality, Experiencer string
			Start, End                                       int
		}
		if err := json.Unmarshal(in.Bytes(), &line); err != nil {
			t.Fatal(err)
		}
		a := r.Assert(line.Sentence, nlp.Span{Start: line.Start, End: line.End})
		negation.add(line.Negation == "negated", a.Negated)
		temporality.add(line.Temporality == "historical", a.Historical)
		experiencer.add(line.Experiencer != "patient", a.Family)
		if a.Negated != (line.Negation == "negated") {
			t.Logf("%s negated=%v by %q: %s [%s]", line.ID, a.Negated, line.Sentence[a.Cue.Start:a.Cue.End], line.Sentence, line.Sentence[line.Start:line.End])
		}
	}
	negation.log(t, "negation")
	temporality.log(t, "historical")
	experiencer.log(t, "family")
	if negation.f1() < 0.985 {
		t.Errorf("negation F1 %.4f is below its floor", negation.f1())
	}
	if temporality.f1() < 0.85 {
		t.Errorf("historical F1 %.4f is below its floor", temporality.f1())
	}
}
