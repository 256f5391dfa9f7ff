package audit

import (
	"cmp"
	"math"
	"slices"

	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
)

// Denials is what payers did not pay, held against flags and differences (requirements R165, R166).
type Denials struct {
	Claims    int         `json:"claims"`    // audited
	Denied    Rate        `json:"denied"`    // of them, with at least one denial
	Rows      int         `json:"rows"`      // adjustments that were read
	Paid      int         `json:"paid"`      // of them no denials: something was paid, or the reason denies nothing
	Unmatched int         `json:"unmatched"` // of them for claims, or services of claims, that were not audited
	Amount    int         `json:"amount"`    // denied, in cents
	Flags     []FlagRate  `json:"flags"`     // the surest to go with denials first
	Reasons   []Reason    `json:"reasons"`   // most frequent first
	Predicts  []Predictor `json:"predictors"`
}

// Kinds of signals.
const (
	SignalFlag       = "flag"       // of the report
	SignalDifference = "difference" // between report and claim
)

// FlagRate is how often claims with a signal are denied. Lift is the rate over that of
// all claims.
type FlagRate struct {
	Signal   string    `json:"signal"`
	Kind     string    `json:"kind"`
	Claims   int       `json:"claims"`  // with the signal
	Denied   Rate      `json:"denied"`  // of them
	Without  Figure    `json:"without"` // denial rate of the claims without it
	Lift     Figure    `json:"lift"`
	LiftCI   [2]Figure `json:"lift_ci95"` // bootstrap over claims
	P        Figure    `json:"p"`         // Fisher's exact test, two-sided
	Adjusted Figure    `json:"p_bh"`      // Benjamini-Hochberg over all signals
}

// Reason is one adjustment reason code.
type Reason struct {
	CARC    string   `json:"carc"`
	Docs    []string `json:"docs"`    // what goes before it, in our words
	Flags   []string `json:"flags"`   // of the table of reasons; empty: not in the table
	Claims  int      `json:"claims"`  // denied with it
	Amount  int      `json:"amount"`  // cents
	Flagged int      `json:"flagged"` // of the claims, with at least one of the flags
	Remarks []Count  `json:"remarks"` // remark codes beside it
}

// Predictor is how well a signal tells a reason that the table lays to it.
type Predictor struct {
	Signal    string    `json:"signal"`
	CARC      string    `json:"carc"`
	Both      int       `json:"both"`      // claims with the signal, denied with the reason
	Precision Rate      `json:"precision"` // of claims with the signal
	Recall    Rate      `json:"recall"`    // of claims denied with the reason
	Lift      Figure    `json:"lift"`
	LiftCI    [2]Figure `json:"lift_ci95"`
	P         Figure    `json:"p"`
	Adjusted  Figure    `json:"p_bh"` // over all predictors
}

// claimDenials are the reasons of one audited claim.
type claimDenials struct{ reasons []string }

// Denials holds denials against audited cases.
func (a *Auditor) Denials(cases []Case, denials []exchange.Denial) Denials {
	j := a.join(cases, denials)
	out := j.out
	out.Flags = j.flagRates()
	out.Predicts = j.predictors()
	return out
}

// denialJoin is claims and denials together.
type denialJoin struct {
	*Auditor
	cases   []Case
	of      []claimDenials // by case
	signals []string
	kind    map[string]string
	has     map[string][]bool // signal -> cases
	out     Denials
}

func (a *Auditor) join(cases []Case, denials []exchange.Denial) *denialJoin {
	j := &denialJoin{Auditor: a, cases: cases, of: make([]claimDenials, len(cases)), kind: map[string]string{}, has: map[string][]bool{}}
	j.out = Denials{Claims: len(cases), Rows: len(denials), Flags: []FlagRate{}, Reasons: []Reason{}, Predicts: []Predictor{}}
	byID := map[string]int{}
	for i := range cases {
		byID[cases[i].ID] = i
	}
	reasons := map[string]*Reason{}
	for _, d := range denials {
		if a.redactor != nil {
			d.Claim = a.redactor.Pseudonym(d.Claim) // as the cases are called
		}
		at, known := byID[d.Claim]
		switch {
		case d.Paid || a.deniesNothing(d.CARC):
			j.out.Paid++
		case !known || d.Code != "" && !cases[at].bills(d.Code):
			j.out.Unmatched++
		default:
			j.out.Amount += d.Amount
			j.deny(at, d, reasons)
		}
	}
	j.countSignals()
	denied := 0
	for i := range j.of {
		if len(j.of[i].reasons) > 0 {
			denied++
		}
	}
	j.out.Denied = wilson("denied", "audited claims with a denial", denied, len(cases))
	j.out.Reasons = append(j.out.Reasons, j.reasonRows(reasons)...)
	return j
}

func (a *Auditor) deniesNothing(carc string) bool {
	rows := a.lex.DenialFlags(carc)
	return len(rows) > 0 && rows[0].Flag == ""
}

func (c *Case) bills(code string) bool {
	return slices.ContainsFunc(c.Coded, func(e CodedEntry) bool { return e.System == systemCPT && codeOf(e.Name) == code })
}

func (j *denialJoin) deny(at int, d exchange.Denial, reasons map[string]*Reason) {
	r := reasons[d.CARC]
	if r == nil {
		r = &Reason{CARC: d.CARC, Docs: []string{}, Flags: []string{}, Remarks: []Count{}}
		for _, row := range j.lex.DenialFlags(d.CARC) {
			r.Docs, r.Flags = append(r.Docs, row.Doc), append(r.Flags, row.Flag)
		}
		reasons[d.CARC] = r
	}
	r.Amount += d.Amount
	for _, remark := range d.RARC {
		k := slices.IndexFunc(r.Remarks, func(c Count) bool { return c.Name == remark })
		if k < 0 {
			k = len(r.Remarks)
			r.Remarks = append(r.Remarks, Count{Name: remark})
		}
		r.Remarks[k].N++
	}
	if !slices.Contains(j.of[at].reasons, d.CARC) {
		j.of[at].reasons = append(j.of[at].reasons, d.CARC)
	}
}

// countSignals notes which claims have which flags and differences.
func (j *denialJoin) countSignals() {
	set := func(signal, kind string, i int) {
		if j.has[signal] == nil {
			j.has[signal] = make([]bool, len(j.cases))
			j.kind[signal] = kind
		}
		j.has[signal][i] = true
	}
	for i := range j.cases {
		for _, f := range j.cases[i].Flags {
			set(f, SignalFlag, i)
		}
		for _, d := range j.cases[i].Differences {
			set(d.Type, SignalDifference, i)
		}
	}
	j.signals = sortedKeys(j.has)
}

func (j *denialJoin) reasonRows(reasons map[string]*Reason) []Reason {
	var out []Reason
	for _, carc := range sortedKeys(reasons) {
		r := reasons[carc]
		for i := range j.of {
			if !slices.Contains(j.of[i].reasons, carc) {
				continue
			}
			r.Claims++
			if slices.ContainsFunc(r.Flags, func(f string) bool { return j.has[f] != nil && j.has[f][i] }) {
				r.Flagged++
			}
		}
		slices.SortFunc(r.Remarks, func(a, b Count) int { return cmp.Or(b.N-a.N, cmp.Compare(a.Name, b.Name)) })
		out = append(out, *r)
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return b.Claims - a.Claims })
	return out
}

// table counts claims with a signal and with an outcome.
type table struct{ both, signal, outcome, all int }

func (j *denialJoin) table(signal string, outcome func(int) bool) table {
	t := table{all: len(j.cases)}
	for i := range j.cases {
		has, out := j.has[signal][i], outcome(i)
		if has {
			t.signal++
		}
		if out {
			t.outcome++
		}
		if has && out {
			t.both++
		}
	}
	return t
}

func (t table) lift() float64 {
	return float64(t.both) / float64(t.signal) / (float64(t.outcome) / float64(t.all))
}

// lifts are the intervals of lifts by resampling claims.
func (j *denialJoin) lifts(n int, row func(k int) (signal []bool, outcome func(int) bool)) []eval.Interval {
	outcomes := make([][]bool, n)
	signals := make([][]bool, n)
	for k := range n {
		signal, outcome := row(k)
		signals[k] = signal
		outcomes[k] = make([]bool, len(j.cases))
		for i := range j.cases {
			outcomes[k][i] = outcome(i)
		}
	}
	return eval.Bootstrap{}.Intervals(len(j.cases), nil, n, func(w, out []float64) {
		for k := range n {
			var both, signal, outcome, all float64
			for i, x := range w {
				all += x
				if signals[k][i] {
					signal += x
				}
				if outcomes[k][i] {
					outcome += x
					if signals[k][i] {
						both += x
					}
				}
			}
			out[k] = both / signal / (outcome / all)
		}
	}, level, 1)
}

func (j *denialJoin) denied(i int) bool { return len(j.of[i].reasons) > 0 }

func (j *denialJoin) flagRates() []FlagRate {
	out := []FlagRate{}
	var ps []float64
	lifts := j.lifts(len(j.signals), func(k int) ([]bool, func(int) bool) { return j.has[j.signals[k]], j.denied })
	for k, signal := range j.signals {
		t := j.table(signal, j.denied)
		p := fisher(t)
		ps = append(ps, p)
		out = append(out, FlagRate{
			Signal: signal, Kind: j.kind[signal], Claims: t.signal, Denied: wilson("denied", "claims with the signal that were denied", t.both, t.signal),
			Without: Figure(float64(t.outcome-t.both) / float64(t.all-t.signal)),
			Lift:    Figure(t.lift()), LiftCI: figures(lifts[k]), P: Figure(p),
		})
	}
	for i, p := range benjaminiHochberg(ps) {
		out[i].Adjusted = Figure(p)
	}
	slices.SortStableFunc(out, func(a, b FlagRate) int {
		return cmp.Or(cmp.Compare(a.Adjusted, b.Adjusted), cmp.Compare(b.Lift, a.Lift))
	})
	return out
}

func figures(in eval.Interval) [2]Figure { return [2]Figure{Figure(in.Low), Figure(in.High)} }

func (j *denialJoin) predictors() []Predictor {
	out := []Predictor{}
	var ps []float64
	for _, r := range j.out.Reasons {
		outcome := func(i int) bool { return slices.Contains(j.of[i].reasons, r.CARC) }
		for _, signal := range r.Flags {
			if j.has[signal] == nil {
				continue
			}
			t := j.table(signal, outcome)
			p := fisher(t)
			ps = append(ps, p)
			out = append(out, Predictor{
				Signal: signal, CARC: r.CARC, Both: t.both,
				Precision: wilson("precision", "claims with the signal that were denied for this reason", t.both, t.signal),
				Recall:    wilson("recall", "claims denied for this reason that have the signal", t.both, t.outcome),
				Lift:      Figure(t.lift()), P: Figure(p),
			})
		}
	}
	lifts := j.lifts(len(out), func(k int) ([]bool, func(int) bool) {
		return j.has[out[k].Signal], func(i int) bool { return slices.Contains(j.of[i].reasons, out[k].CARC) }
	})
	for i, p := range benjaminiHochberg(ps) {
		out[i].Adjusted, out[i].LiftCI = Figure(p), figures(lifts[i])
	}
	slices.SortStableFunc(out, func(a, b Predictor) int {
		return cmp.Or(cmp.Compare(a.Adjusted, b.Adjusted), cmp.Compare(b.Lift, a.Lift))
	})
	return out
}

// fisher is the two-sided p-value of Fisher's exact test (Fisher 1922): the chance of
// a table at most as likely as this one, with the same margins.
func fisher(t table) float64 {
	low, high := max(0, t.signal+t.outcome-t.all), min(t.signal, t.outcome)
	base := choose(t.all, t.outcome)
	chance := func(both int) float64 {
		return math.Exp(choose(t.signal, both) + choose(t.all-t.signal, t.outcome-both) - base)
	}
	here, sum := chance(t.both), 0.0
	for k := low; k <= high; k++ {
		if p := chance(k); p <= here*(1+1e-7) {
			sum += p
		}
	}
	return min(1, sum)
}

// choose is the logarithm of the binomial coefficient.
func choose(n, k int) float64 {
	a, _ := math.Lgamma(float64(n + 1))
	b, _ := math.Lgamma(float64(k + 1))
	c, _ := math.Lgamma(float64(n - k + 1))
	return a - b - c
}

// benjaminiHochberg adjusts p-values so that of all that are called significant the
// expected part of false ones stays below the level (Benjamini & Hochberg 1995, JRSS B
// 57:289). The order of the input is kept.
func benjaminiHochberg(p []float64) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	out, least := make([]float64, len(p)), 1.0
	for rank := len(order); rank > 0; rank-- {
		i := order[rank-1]
		least = min(least, p[i]*float64(len(p))/float64(rank))
		out[i] = least
	}
	return out
}
