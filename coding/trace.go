package coding

import (
	"context"

	"github.com/radcode/radcode/nlp"
)

// Trace is what the engine considered on its way to a Result: enough to tell in
// which stage a code was lost.
type Trace struct {
	Exams    [][]Candidate  // per exam of the Result, all codes that were ranked, best first
	Problems []ProblemTrace // every mention of a codable problem, in the order of the text
	Findings []string       // what a chest film shows, as labelled collections name it
}

// Candidate is a ranked code with its calibrated probability.
type Candidate struct {
	Code       string  `json:"code"`
	Confidence float64 `json:"confidence"`
}

// ProblemTrace is a mention of a problem, the code it would be, and what became
// of it.
type ProblemTrace struct {
	Code   string
	Span   nlp.Span // in the report's text
	Kept   bool     // the judgement lets it be coded; the billing model may still leave it out
	Reason string   // the judgement that decided, as coding/judgement.go names it
}

// Trace codes a report as Code does and tells what was considered.
func (e *Engine) Trace(ctx context.Context, report nlp.Report) (Result, Trace, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, Trace{}, err
	}
	s := e.study(report, nil)
	return s.result, e.trace(s), nil
}

func (e *Engine) trace(s *study) Trace {
	var t Trace
	for i := range s.exams {
		dr := &s.exams[i]
		confidence := e.confidences(dr, e.isOperativeNote(s.doc))
		ranking := make([]Candidate, len(dr.ranked))
		for k, r := range dr.ranked {
			ranking[k] = Candidate{e.lex.Procedures[r.index].Code, round(confidence[k], 4)}
		}
		t.Exams = append(t.Exams, ranking)
	}
	for i := range s.problems {
		p := &s.problems[i]
		t.Problems = append(t.Problems, ProblemTrace{p.coded.Code, p.mention.Span, p.verdict.Keep, p.verdict.Reason})
	}
	t.Findings = e.chestFindings(s)
	return t
}
