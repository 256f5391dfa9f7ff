package main

import (
	"iter"
	"math"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/models"
)

// heldOutLine is a prediction with the fold it was held out in, so that a rival
// can be fitted on the same folds.
type heldOutLine struct {
	eval.Prediction
	Fold   int  `json:"fold"`
	Unseen bool `json:"unseen"` // as coding.Prediction has it
}

// heldOutLines are the held-out answers as eval reads them. A name that stands
// twice is written once; one whose code was not in force had no fold, and gets no code.
func heldOutLines(examples []coding.TitleExample, held []coding.Prediction, w models.Weights) iter.Seq[heldOutLine] {
	return func(yield func(heldOutLine) bool) {
		seen := map[string]bool{}
		for _, x := range held {
			if seen[x.ID] {
				continue
			}
			seen[x.ID] = true
			p := eval.Prediction{ID: x.ID, CPT: []eval.Answer{}}
			for k, code := range x.Codes {
				c := coding.Candidate{Code: code, Confidence: calibratedBy(w, x.Probabilities[k])}
				if k == 0 {
					p.CPT = []eval.Answer{{Code: c.Code, Confidence: c.Confidence}}
					continue
				}
				p.CPT[0].RunnersUp = append(p.CPT[0].RunnersUp, c)
			}
			p.Retrieved.CPT = x.Codes
			if !yield(heldOutLine{p, x.Fold, x.Unseen}) {
				return
			}
		}
		for _, x := range examples {
			if !seen[x.ID] && !yield(heldOutLine{eval.Prediction{ID: x.ID, CPT: []eval.Answer{}}, -1, false}) {
				return
			}
			seen[x.ID] = true
		}
	}
}

// calibratedBy is the confidence in a code of that probability, to four digits.
func calibratedBy(w models.Weights, probability float64) float64 {
	return math.Round(1e4*coding.Confidence(w, probability)) / 1e4
}
