package coding

import (
	"context"

	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// DiagnosisExample is a report with the judgement of its coders: Right answers
// for a code whether they assigned it, and whether the question counts at all
// (an optional code is neither right nor wrong).
type DiagnosisExample struct {
	Report nlp.Report
	Right  func(code string) (right, counts bool)
}

// billingRidge keeps rare features near zero.
const billingRidge = 1.0

// billingRow is one diagnosis of one example.
type billingRow struct {
	example  int
	features []string
	right    bool
}

// FitDiagnoses learns the weights of the billing model. They are held in the
// calibration file beside those of the procedures.
func (e *Engine) FitDiagnoses(examples []DiagnosisExample) models.Weights {
	return fitBilling(e.billingRows(examples))
}

// HeldOutDiagnoses fits on all folds but one at a time and returns, for every
// diagnosis of the examples, the held-out probability and whether coders assigned it.
// Examples are dealt to folds in turn: the corpora have no groups.
func (e *Engine) HeldOutDiagnoses(examples []DiagnosisExample, folds int) (confidence []float64, right []bool) {
	rows := e.billingRows(examples)
	for k := range folds {
		train := withoutFold(rows, k, folds)
		held := *e
		held.calibration = fitBilling(train)
		for _, r := range rows {
			if r.example%folds == k {
				p, _ := held.billability(r.features)
				confidence = append(confidence, p)
				right = append(right, r.right)
			}
		}
	}
	return confidence, right
}

// withoutFold leaves out the examples of one fold.
func withoutFold(rows []billingRow, fold, folds int) []billingRow {
	var out []billingRow
	for _, r := range rows {
		if r.example%folds != fold {
			out = append(out, r)
		}
	}
	return out
}

func (e *Engine) billingRows(examples []DiagnosisExample) []billingRow {
	var rows []billingRow
	for i, x := range examples {
		s := &study{doc: e.reader.Read(x.Report)}
		e.dateStudy(s)
		s.exams = e.exams(s)
		for _, f := range e.foundIn(s) {
			if right, counts := x.Right(f.coded.Code); counts {
				rows = append(rows, billingRow{i, f.features, right})
			}
		}
	}
	return rows
}

// biasFeature is the intercept; every diagnosis has it first.
const biasFeature = "bias"

func fitBilling(rows []billingRow) models.Weights {
	index := map[string]int{}
	var names []string
	for _, r := range rows {
		for _, n := range r.features[1:] {
			if _, ok := index[n]; !ok {
				index[n] = len(names)
				names = append(names, n)
			}
		}
	}
	outcomes := make([]models.Outcome, len(rows))
	for i, r := range rows {
		x := make([]float64, len(names))
		for _, n := range r.features[1:] {
			x[index[n]] = 1
		}
		outcomes[i] = models.Outcome{X: x, Right: r.right}
	}
	w := models.Weights{}
	for i, v := range models.FitLogistic(outcomes, billingRidge) {
		if i == 0 {
			w[billingPrefix+biasFeature] = v
		} else {
			w[billingPrefix+names[i-1]] = v
		}
	}
	return w
}

// HeldOutClaims codes every example with weights fitted on the other folds and returns
// the diagnoses of its official claim.
func (e *Engine) HeldOutClaims(ctx context.Context, examples []DiagnosisExample, folds int) ([][]string, error) {
	rows := e.billingRows(examples)
	out := make([][]string, len(examples))
	for k := range folds {
		train := withoutFold(rows, k, folds)
		held := *e
		held.calibration = fitBilling(train)
		held.calibration[ClaimThreshold] = e.calibration[ClaimThreshold]
		for i := k; i < len(examples); i += folds {
			res, err := held.Code(ctx, examples[i].Report)
			if err != nil {
				return nil, err
			}
			out[i] = res.Claims[Official].Dx
		}
	}
	return out, nil
}
