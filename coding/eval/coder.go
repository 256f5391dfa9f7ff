package eval

import (
	"context"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// Coder is what is measured: the engine, a rival, a baseline, a file of
// predictions. Evaluation knows nothing else of it. It must be safe for
// concurrent use; an error ends the measurement.
type Coder interface {
	Code(ctx context.Context, report nlp.Report) (Prediction, error)
}

// CoderFunc makes a Coder of a function.
type CoderFunc func(ctx context.Context, report nlp.Report) (Prediction, error)

// Code calls the function.
func (f CoderFunc) Code(ctx context.Context, report nlp.Report) (Prediction, error) {
	return f(ctx, report)
}

// EngineCandidates is how many ranked procedure codes an engine should keep
// (coding.Options.Candidates) for retrieval to be measured up to that rank.
const EngineCandidates = 50

// rankingKept is how many ranked codes of an exam a prediction holds.
const rankingKept = 10

// OfEngine measures a radcode engine.
func OfEngine(e *coding.Engine) Coder {
	return CoderFunc(func(ctx context.Context, report nlp.Report) (Prediction, error) {
		result, trace, err := e.Trace(ctx, report)
		if err != nil {
			return Prediction{}, err
		}
		return FromResult(result, &trace), nil
	})
}

// FromResult says in the terms of evaluation what the engine answered. Without
// a trace what retrieval proposed is not known.
func FromResult(r coding.Result, t *coding.Trace) Prediction {
	p := Prediction{ID: r.ID, CPT: []Answer{}, ICD10CM: []Answer{}, Sequence: map[coding.Policy][]string{}}
	p.procedures(&r, t)
	p.diagnoses(&r)
	if t != nil {
		p.Retrieved.CPT, p.Retrieved.ICD10CM = merge(codesOf(t.Exams)), mentioned(t.Problems)
		p.Findings = t.Findings
	}
	for policy, claim := range r.Claims {
		p.Sequence[policy] = claim.Dx
	}
	p.Flags = []string{}
	for _, f := range r.Flags {
		p.Flags = append(p.Flags, f.ID)
	}
	p.Disposition = r.Disposition
	return p
}

func (p *Prediction) procedures(r *coding.Result, t *coding.Trace) {
	for i, x := range r.Exams {
		if len(x.Procedures) == 0 {
			continue
		}
		best := x.Procedures[0]
		a := Answer{Code: best.Code, Confidence: best.Confidence, Evidence: best.Evidence}
		for _, m := range x.Modifiers {
			a.Modifiers = append(a.Modifiers, m.Code)
		}
		ranking := rankingOf(x, t, i)
		a.RunnersUp = ranking[1:min(rankingKept, len(ranking))]
		p.CPT = append(p.CPT, a)
	}
}

// rankingOf is all that is known to be ranked for an exam, the answer first.
func rankingOf(x coding.Exam, t *coding.Trace, i int) []coding.Candidate {
	if t != nil && i < len(t.Exams) && len(t.Exams[i]) > 0 {
		return t.Exams[i]
	}
	out := make([]coding.Candidate, len(x.Procedures))
	for k, c := range x.Procedures {
		out[k] = coding.Candidate{Code: c.Code, Confidence: c.Confidence}
	}
	return out
}

// codesOf are the codes of rankings without their confidences.
func codesOf(rankings [][]coding.Candidate) [][]string {
	out := make([][]string, len(rankings))
	for i, ranking := range rankings {
		for _, c := range ranking {
			out[i] = append(out[i], c.Code)
		}
	}
	return out
}

// merge deals several rankings into one, first all that are best, then all
// seconds, each code once.
func merge(rankings [][]string) []string {
	out, seen := []string{}, map[string]bool{}
	for rank, more := 0, true; more; rank++ {
		more = false
		for _, ranking := range rankings {
			if rank >= len(ranking) {
				continue
			}
			more = true
			if code := ranking[rank]; !seen[code] {
				seen[code] = true
				out = append(out, code)
			}
		}
	}
	return out
}

// diagnoses takes the claim under the official policy, which is what gold
// diagnoses are about.
func (p *Prediction) diagnoses(r *coding.Result) {
	known := map[string]coding.Diagnosis{}
	for _, d := range r.Diagnoses {
		known[d.Code] = d
		p.Considered.ICD10CM = append(p.Considered.ICD10CM, coding.Candidate{Code: d.Code, Confidence: d.Confidence})
	}
	for _, code := range r.Claims[coding.Official].Dx {
		d := known[code]
		p.ICD10CM = append(p.ICD10CM, Answer{Code: code, Confidence: d.Confidence, Evidence: d.Evidence})
	}
}

// mentioned are the codes of all mentions of problems, each once.
func mentioned(problems []coding.ProblemTrace) []string {
	out, seen := []string{}, map[string]bool{"": true}
	for _, x := range problems {
		if !seen[x.Code] {
			seen[x.Code] = true
			out = append(out, x.Code)
		}
	}
	return out
}
