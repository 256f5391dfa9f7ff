package audit

import (
	"cmp"
	"context"
	"errors"
	"iter"

	"golang.org/x/sync/errgroup"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Code systems as differences name them.
const (
	systemCPT = lexicon.CPT
	systemICD = lexicon.ICD10CM
)

// Auditor compares claims with reports. Build it with New; it is immutable and safe
// for concurrent use.
type Auditor struct {
	engine   *coding.Engine
	lex      *lexicon.Lexicon
	book     *eval.Codebook
	payments *index.PaymentTables
	checks   func(Pair) (coding.Claim, []coding.Flag)
	redactor *exchange.Redactor
	policy   coding.Policy
	today    string
}

// Options of an auditor. Engine is needed.
type Options struct {
	Engine   *coding.Engine
	Lexicon  *lexicon.Lexicon     // nil: the embedded one
	Payments *index.PaymentTables // what codes are worth; nil: effects are unknown
	Today    string               // date of service where none is known, YYYY-MM-DD
	Policy   coding.Policy        // which diagnoses are missed when they are not billed; "" = indication
	Redactor *exchange.Redactor   // takes identifiers out of every case; nil: they stay

	// Checks gives the claim as billed back with the reductions of its lines (Line.MPPR), and the flags that stand
	// against it, whatever the report says; they count as flags of the case. ClaimChecks makes one. nil: no checks.
	Checks func(Pair) (coding.Claim, []coding.Flag)
}

// New builds an auditor.
func New(o Options) (*Auditor, error) {
	if o.Engine == nil {
		return nil, errors.New("audit: no engine")
	}
	if o.Lexicon == nil {
		var err error
		if o.Lexicon, err = lexicon.Default(); err != nil {
			return nil, err
		}
	}
	return &Auditor{
		engine: o.Engine, lex: o.Lexicon, book: eval.NewCodebook(o.Lexicon, o.Today), payments: o.Payments,
		policy: cmp.Or(o.Policy, coding.Indication), today: o.Today, checks: o.Checks, redactor: o.Redactor,
	}, nil
}

// Title is a code's title in our own words, "" when it is not known.
func (a *Auditor) Title(code string) string { return a.book.Title(code) }

// Case is a claim with what is wrong with it. It holds no text but the quotes.
type Case struct {
	ID            string       `json:"id"`
	Coder         string       `json:"coder"`
	Facility      string       `json:"facility"`
	Modality      string       `json:"modality"` // of what the report describes, else of what was billed; "" = neither
	DateOfService string       `json:"date_of_service"`
	Agreement     Agreement    `json:"agreement"`
	Differences   []Difference `json:"differences"`
	Flags         []string     `json:"flags"`                // of the report, and of the claim as billed
	Edits         []Edit       `json:"edits"`                // what stands against the claim as billed
	NotJudged     []string     `json:"not_judged,omitempty"` // billed codes and modifiers that the engine knows nothing of
	Coded         []CodedEntry `json:"coded"`
}

// CodedEntry is one line or diagnosis of the claim as it was billed.
type CodedEntry struct {
	System string `json:"system"`
	Name   string `json:"name"` // code with modifiers
	Units  int    `json:"units,omitempty"`
}

// Agreement counts what agrees; what was not judged counts nowhere.
type Agreement struct {
	Lines      Share `json:"lines"`       // services: same code
	Exact      Share `json:"exact_lines"` // same code, modifiers and units
	Diagnoses  Share `json:"diagnoses"`
	FirstDx    Share `json:"first_listed"`
	Procedures Share `json:"procedures"` // 1 of 1: all services of the claim agree exactly
	Claim      Share `json:"claim"`      // 1 of 1: no difference at all
}

// Share is a ratio of counts.
type Share struct {
	Num int `json:"num"`
	Den int `json:"den"`
}

// Pair is a claim with its report.
type Pair struct {
	Claim  exchange.CodedClaim
	Report nlp.Report
}

// Audit compares one claim with its report. The error is only ever the context's.
func (a *Auditor) Audit(ctx context.Context, p Pair) (Case, error) {
	p.Report.Meta = completed(p.Report.Meta, &p.Claim)
	result, trace, err := a.engine.Trace(ctx, p.Report)
	if err != nil {
		return Case{}, err
	}
	r := newReview(a, &p, &result, &trace)
	r.procedures()
	r.diagnoses()
	return r.finish(), nil
}

// completed fills what the report's metadata leave open with what the claim says.
func completed(m nlp.Meta, c *exchange.CodedClaim) nlp.Meta {
	m.PlaceOfService = cmp.Or(m.PlaceOfService, c.PlaceOfService)
	m.DateOfService = cmp.Or(m.DateOfService, c.DateOfService)
	m.Payer = cmp.Or(m.Payer, c.Payer)
	m.Facility = cmp.Or(m.Facility, c.Facility)
	return m
}

// All audits pairs with a number of workers and yields the cases in the order of the
// pairs. Memory is bounded: a few pairs per worker are held. The first error, the
// context's, ends it.
func (a *Auditor) All(ctx context.Context, pairs iter.Seq[Pair], workers int) iter.Seq2[Case, error] {
	workers = max(workers, 1)
	return func(yield func(Case, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		g, ctx := errgroup.WithContext(ctx)
		g.SetLimit(workers + 1) // one more for the feeder
		queue := make(chan chan Case, 2*workers)
		g.Go(func() error {
			defer close(queue)
			for p := range pairs {
				slot := make(chan Case, 1)
				select {
				case queue <- slot:
				case <-ctx.Done():
					return ctx.Err()
				}
				g.Go(func() error {
					c, err := a.Audit(ctx, p)
					if err == nil {
						slot <- c
					}
					return err
				})
			}
			return nil
		})
		for slot := range queue {
			select {
			case c := <-slot:
				if !yield(c, nil) {
					cancel()
					_ = g.Wait() // nobody wants more
					return
				}
			case <-ctx.Done():
				yield(Case{}, g.Wait())
				return
			}
		}
		if err := g.Wait(); err != nil {
			yield(Case{}, err)
		}
	}
}
