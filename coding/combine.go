package coding

import "github.com/radcode/radcode/nlp"

// combine joins two problems of one sentence that ICD-10-CM codes together. The
// joined one stands where the first stood, with the words of both as evidence.
func (e *Engine) combine(ps []problem) []problem {
	gone := make([]bool, len(ps))
	for i := range ps {
		for j := i + 1; j < len(ps); j++ {
			if gone[i] || gone[j] || ps[i].mention.Sentence != ps[j].mention.Sentence || ps[i].mention.Problem == nil || ps[j].mention.Problem == nil {
				continue
			}
			if joined, ok := e.joinedProblem(ps[i], ps[j]); ok {
				ps[i] = joined
				gone[j] = true
			}
		}
	}
	out := ps[:0]
	for i := range ps {
		if !gone[i] {
			out = append(out, ps[i])
		}
	}
	return out
}

func (e *Engine) joinedProblem(a, b problem) (problem, bool) {
	c := e.lex.Combine(a.finding.Concept, b.finding.Concept)
	if c == nil {
		return problem{}, false
	}
	base, other := a, b
	if b.finding.Concept == c.Concept {
		base, other = b, a
	}
	p := base
	p.finding.Concept = c.Concept
	p.finding.With = append(append(p.finding.With[:len(p.finding.With):len(p.finding.With)], c.With...), other.finding.With...)
	if p.finding.Site == 0 {
		p.finding.Site = other.finding.Site
	}
	if p.finding.Side == "" {
		p.finding.Side = other.finding.Side
	}
	var ok bool
	if p.coded, ok = e.lex.Diagnose(p.finding); !ok || p.coded.Code == base.coded.Code {
		return problem{}, false
	}
	p.relevance = e.relevance(p.finding, p.coded.Code)
	p.at = append(append([]nlp.Span{other.mention.Span}, a.at...), b.at...)
	return p, true
}
