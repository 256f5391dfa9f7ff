package eval

import (
	"context"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/nlp"
)

// OperatorKind says what an operator asks of the coder.
type OperatorKind string

// Kinds of operators (Ribeiro et al. 2020, "Beyond Accuracy", call them
// directional expectation and invariance tests).
const (
	Directional OperatorKind = "directional" // the meaning changes, and the codes with it
	Invariant   OperatorKind = "invariant"   // the meaning stays, and so must all codes
)

// Operator makes minimal pairs: a report and the same report with one thing
// changed. Apply adds the pairs it can make honestly, often none. It sees the
// texts, the lexicon and the coder's answer to the original, and must give the
// same pairs each time for the same Perturbation.
type Operator struct {
	ID, Doc string
	Kind    OperatorKind
	Apply   func(p *Perturbation)
}

// Operators returns all operators, directional ones first.
func Operators() []Operator {
	return slices.Concat(sideOperators, examOperators, findingOperators, reasonOperators, headingOperators, layoutOperators, contentOperators)
}

// Perturbation is what an operator works on.
type Perturbation struct {
	Report nlp.Report // the original
	Answer Prediction // the coder's answer to it
	Rand   *rand.Rand // seeded by the run, the operator and the report's id

	know  *knowledge
	pairs []pair
}

type pair struct {
	changed nlp.Report
	want    Expectation
}

// Expectation is what the answer to a changed report must be. A nil list is not
// judged. Order, confidences and flags are never judged.
type Expectation struct {
	CPT     []string `json:"cpt,omitzero"`     // all procedure codes, with modifiers: "73110-LT"
	ICD10CM []string `json:"icd10cm,omitzero"` // all diagnoses of the official claim
	Gone    []string `json:"gone,omitzero"`    // diagnoses that must not be on the official claim
}

// Judged is what of an answer is judged, in the terms of Expectation, sorted.
type Judged struct {
	CPT     []string `json:"cpt"`
	ICD10CM []string `json:"icd10cm"`
}

// Add makes a pair of the original and a changed report. A report that did not
// change makes none.
func (p *Perturbation) Add(changed nlp.Report, want Expectation) {
	if changed.Text == p.Report.Text && changed.Exam == p.Report.Exam {
		return
	}
	slices.Sort(want.CPT)
	slices.Sort(want.ICD10CM)
	p.pairs = append(p.pairs, pair{changed, want})
}

// rewritten returns the report with its exam names and its text passed through f.
func (p *Perturbation) rewritten(f func(string) string) nlp.Report {
	r := p.Report
	r.Exam, r.Text, r.Meta.Ordered = f(r.Exam), f(r.Text), f(r.Meta.Ordered)
	return r
}

// withText returns the report with another text.
func (p *Perturbation) withText(text string) nlp.Report {
	r := p.Report
	r.Text = text
	return r
}

// same expects all codes as they were.
func (p *Perturbation) same() Expectation {
	j := judged(p.Answer)
	return Expectation{CPT: j.CPT, ICD10CM: j.ICD10CM}
}

// judged takes from an answer what is judged; a list that was not predicted
// stays nil.
func judged(p Prediction) Judged {
	var j Judged
	if p.CPT != nil {
		j.CPT = []string{}
	}
	for _, a := range p.CPT {
		j.CPT = append(j.CPT, withModifiers(a.Code, a.Modifiers))
	}
	if p.ICD10CM != nil {
		j.ICD10CM = []string{}
	}
	for _, a := range p.ICD10CM {
		j.ICD10CM = append(j.ICD10CM, a.Code)
	}
	slices.Sort(j.CPT)
	slices.Sort(j.ICD10CM)
	return j
}

func withModifiers(code string, modifiers []string) string {
	for _, m := range modifiers {
		code += "-" + m
	}
	return code
}

func (e *Expectation) met(got Judged) bool {
	if e.CPT != nil && !slices.Equal(e.CPT, got.CPT) || e.ICD10CM != nil && !slices.Equal(e.ICD10CM, got.ICD10CM) {
		return false
	}
	return !slices.ContainsFunc(e.Gone, func(code string) bool { return slices.Contains(got.ICD10CM, code) })
}

// RobustnessOptions configure a run; the zero value works.
type RobustnessOptions struct {
	Workers   int      // reports coded at a time; 0: one per processor
	Seed      uint64   // of the operators that choose words at random
	Operators []string // ids; nil: all
}

// Robustness changes every report of a corpus in every way that its operators
// can, and compares the coder's answers. Gold is not looked at: a coder may be
// wrong about the original and right about the change. The report is the same
// for any number of workers. The first error of the coder ends the run.
func Robustness(ctx context.Context, corpus []exchange.Record, coder Coder, o RobustnessOptions) (RobustnessReport, error) {
	operators, err := chosen(o.Operators)
	if err != nil {
		return RobustnessReport{}, err
	}
	know, err := known()
	if err != nil {
		return RobustnessReport{}, fmt.Errorf("robustness: %w", err)
	}
	if o.Workers <= 0 {
		o.Workers = runtime.GOMAXPROCS(0)
	}
	outcomes := make([][]outcomes, len(corpus)) // by report, then by operator
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(o.Workers)
	for i := range corpus {
		g.Go(func() error {
			var err error
			outcomes[i], err = perturb(ctx, corpus[i].Report, coder, operators, know, o.Seed)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return RobustnessReport{}, fmt.Errorf("robustness: %w", err)
	}
	return summary(operators, outcomes, o.Seed), nil
}

// chosen returns the operators of these ids in the order of Operators.
func chosen(ids []string) ([]Operator, error) {
	all := Operators()
	if ids == nil {
		return all, nil
	}
	for _, id := range ids {
		if !slices.ContainsFunc(all, func(op Operator) bool { return op.ID == id }) {
			return nil, fmt.Errorf("robustness: unknown operator %q", id)
		}
	}
	return slices.DeleteFunc(all, func(op Operator) bool { return !slices.Contains(ids, op.ID) }), nil
}

// outcomes are what one operator came to on one report.
type outcomes struct {
	pairs, passed int
	failures      []RobustnessFailure
}

// perturb runs all operators on one report.
func perturb(ctx context.Context, report nlp.Report, coder Coder, operators []Operator, know *knowledge, seed uint64) ([]outcomes, error) {
	answer, err := coder.Code(ctx, report)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", report.ID, err)
	}
	out := make([]outcomes, len(operators))
	for i, op := range operators {
		p := &Perturbation{Report: report, Answer: answer, know: know, Rand: seeded(seed, op.ID, report.ID)}
		op.Apply(p)
		for _, x := range p.pairs {
			got, err := coder.Code(ctx, x.changed)
			if err != nil {
				return nil, fmt.Errorf("%s: %s: %w", report.ID, op.ID, err)
			}
			out[i].pairs++
			if j := judged(got); x.want.met(j) {
				out[i].passed++
			} else {
				out[i].failures = append(out[i].failures, failure(op, p, x, j))
			}
		}
	}
	return out, nil
}

func seeded(seed uint64, operator, report string) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s", operator, report) // a hash does not fail
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}
