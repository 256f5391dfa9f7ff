package eval

import (
	"cmp"
	"slices"
)

// Scored is one probabilistic answer: how sure, was it right, and which report
// it is about. Report indexes the weights of a resample.
type Scored struct {
	Confidence float64
	Right      bool
	Report     int
}

// Ranking is answers sorted by confidence, made by Rank once and measured under
// the weights of many resamples: a measure is linear in the answers and allocates
// nothing. It is immutable and safe for concurrent use. The zero value has no answers.
//
// Weights hold one number per report; nil counts every answer once. A measure is
// NaN if the weights leave no answer.
type Ranking struct {
	answers []Scored // the least sure first
}

// Rank sorts a copy of the answers. Confidences are probabilities, not NaN. Ties
// are sorted too, so that the order of the input does not change the last bit of
// a sum.
func Rank(answers []Scored) Ranking {
	sorted := slices.Clone(answers)
	slices.SortFunc(sorted, func(a, b Scored) int {
		return cmp.Or(cmp.Compare(a.Confidence, b.Confidence), cmp.Compare(a.Report, b.Report), cmp.Compare(hit(a), hit(b)))
	})
	return Ranking{sorted}
}

func hit(a Scored) float64 {
	if a.Right {
		return 1
	}
	return 0
}

// weight is how often an answer counts.
func (a *Scored) weight(weights []float64) float64 {
	if weights == nil {
		return 1
	}
	return weights[a.Report]
}

// level sums the answers that share the confidence of answer i, going up
// (step 1) or down (-1), and says where the next ones start.
func (r Ranking) level(i, step int, weights []float64) (mass, right float64, next int) {
	confidence := r.answers[i].Confidence
	for ; i >= 0 && i < len(r.answers) && r.answers[i].Confidence == confidence; i += step {
		w := r.answers[i].weight(weights)
		mass += w
		if r.answers[i].Right {
			right += w
		}
	}
	return mass, right, i
}

// mean averages a loss over the answers.
func (r Ranking) mean(weights []float64, loss func(Scored) float64) float64 {
	sum, mass := 0.0, 0.0
	for i := range r.answers {
		w := r.answers[i].weight(weights)
		sum += w * loss(r.answers[i])
		mass += w
	}
	return sum / mass
}
