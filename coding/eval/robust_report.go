package eval

import (
	"unicode/utf8"
)

// RobustnessReport is what a run came to.
type RobustnessReport struct {
	Seed        uint64              `json:"seed"`
	Reports     int                 `json:"reports"`
	Directional PairCount           `json:"directional"`
	Invariant   PairCount           `json:"invariant"`
	Operators   []OperatorCount     `json:"operators"` // in the order of Operators
	Failures    []RobustnessFailure `json:"failures"`  // by operator, then in corpus order
}

// PairCount is a ratio with its counts.
type PairCount struct {
	Pairs  int     `json:"pairs"`
	Passed int     `json:"passed"`
	Rate   float64 `json:"rate"` // passed / pairs; 0 without pairs
}

// OperatorCount is the count of one operator. Reports is how many it could make
// pairs of.
type OperatorCount struct {
	Operator string       `json:"operator"`
	Kind     OperatorKind `json:"kind"`
	Reports  int          `json:"reports"`
	PairCount
}

// RobustnessFailure is a pair whose answer was not the expected one. Was and Is
// are the changed place in exam name and text, with some context.
type RobustnessFailure struct {
	Operator string      `json:"operator"`
	Report   string      `json:"report"`
	Was      string      `json:"was"`
	Is       string      `json:"is"`
	Want     Expectation `json:"want"`
	Before   Judged      `json:"before"`
	After    Judged      `json:"after"`
}

// summary adds up the outcomes of all reports.
func summary(operators []Operator, all [][]outcomes, seed uint64) RobustnessReport {
	r := RobustnessReport{Seed: seed, Reports: len(all), Failures: []RobustnessFailure{}}
	for i, op := range operators {
		c := OperatorCount{Operator: op.ID, Kind: op.Kind}
		for _, report := range all {
			if report[i].pairs > 0 {
				c.Reports++
			}
			c.add(report[i].pairs, report[i].passed)
			r.Failures = append(r.Failures, report[i].failures...)
		}
		r.Operators = append(r.Operators, c)
		total := &r.Invariant
		if op.Kind == Directional {
			total = &r.Directional
		}
		total.add(c.Pairs, c.Passed)
	}
	return r
}

func (c *PairCount) add(pairs, passed int) {
	c.Pairs += pairs
	c.Passed += passed
	if c.Pairs > 0 {
		c.Rate = float64(c.Passed) / float64(c.Pairs)
	}
}

func failure(op Operator, p *Perturbation, x pair, got Judged) RobustnessFailure {
	was, is := p.Report.Text, x.changed.Text
	if was == is {
		was, is = p.Report.Exam, x.changed.Exam
	}
	f := RobustnessFailure{Operator: op.ID, Report: p.Report.ID, Want: x.want, Before: judged(p.Answer), After: got}
	f.Was, f.Is = excerpts(was, is)
	return f
}

// Excerpts show so many bytes around a change and so many in all.
const (
	excerptContext = 40
	excerptLimit   = 240
)

// excerpts returns the parts in which two texts differ, with some context.
func excerpts(a, b string) (string, string) {
	head := 0
	for head < min(len(a), len(b)) && a[head] == b[head] {
		head++
	}
	tail := 0
	for tail < min(len(a), len(b))-head && a[len(a)-1-tail] == b[len(b)-1-tail] {
		tail++
	}
	head, tail = max(head-excerptContext, 0), max(tail-excerptContext, 0)
	return cutExcerpt(a, head, len(a)-tail), cutExcerpt(b, head, len(b)-tail)
}

func cutExcerpt(s string, start, end int) string {
	end = min(end, start+excerptLimit)
	for start < end && !utf8.RuneStart(s[start]) {
		start++
	}
	for end > start && end < len(s) && !utf8.RuneStart(s[end]) {
		end--
	}
	return s[start:end]
}
