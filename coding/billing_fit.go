package coding

import (
	"context"
	"slices"

	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// DiagnosisExample is a report with the judgement of its coders: Right answers
// for a code whether they assigned it, and whether the question counts at all
// (an optional code is neither right nor wrong).
type DiagnosisExample struct {
	Report nlp.Report
	Weight float64 // how often it counts
	Right  func(code string) (right, counts bool)
}

// billingRidge keeps rare features near zero.
const billingRidge = 2.0

// billingRow is one diagnosis of one example.
type billingRow struct {
	example  int
	features []string
	right    bool
	weight   float64
}

// FitDiagnoses learns the weights of the billing model. They are held in the
// calibration file beside those of the procedures.
func (e *Engine) FitDiagnoses(examples []DiagnosisExample) models.Weights {
	return fitBilling(e.billingRows(examples))
}

// HeldOutDiagnoses are the answers about examples that were held out.
type HeldOutDiagnoses struct {
	Confidence []float64  // of every diagnosis, billed or not
	Right      []bool     // parallel: whether coders assigned it
	Claims     [][]string // per example the diagnoses of its official claim
}

// HoldOutDiagnoses fits on all folds but one at a time and answers for that one.
// Examples are dealt to folds in turn: the corpora have no groups.
func (e *Engine) HoldOutDiagnoses(ctx context.Context, examples []DiagnosisExample, folds int) (HeldOutDiagnoses, error) {
	rows := e.billingRows(examples)
	out := HeldOutDiagnoses{Claims: make([][]string, len(examples))}
	for k := range folds {
		held := *e
		held.calibration = fitBilling(withoutFold(rows, k, folds))
		held.calibration[ClaimThreshold] = e.calibration[ClaimThreshold]
		for _, r := range rows {
			if r.example%folds == k {
				p, _ := held.billability(r.features)
				out.Confidence, out.Right = append(out.Confidence, p), append(out.Right, r.right)
			}
		}
		for i := k; i < len(examples); i += folds {
			res, err := held.Code(ctx, examples[i].Report)
			if err != nil {
				return out, err
			}
			out.Claims[i] = res.Claims[Official].Dx
		}
	}
	return out, nil
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
				rows = append(rows, billingRow{i, f.features, right, x.Weight})
			}
		}
	}
	return rows
}

// billingSupport is how many diagnoses must show a feature that names a concept or a
// category: what was seen once or twice is an anecdote.
const billingSupport = 6

func fitBilling(rows []billingRow) models.Weights {
	index := map[string]int{}
	var names []string
	for n, count := range featureCounts(rows) {
		if count >= billingSupport {
			names = append(names, n)
		}
	}
	slices.Sort(names)
	for i, n := range names {
		index[n] = i
	}
	x := models.YesNo{Features: len(names)}
	for _, r := range rows {
		var held []int
		for _, n := range r.features {
			if k, ok := index[n]; ok {
				held = append(held, k)
			}
		}
		x.Rows, x.Right, x.Weight = append(x.Rows, held), append(x.Right, r.right), append(x.Weight, r.weight)
	}
	w := models.Weights{}
	for i, v := range x.Fit(billingRidge) {
		w[billingPrefix+names[i]] = v
	}
	return w
}

func featureCounts(rows []billingRow) map[string]int {
	counts := map[string]int{}
	for _, r := range rows {
		for _, n := range r.features {
			counts[n]++
		}
	}
	return counts
}
