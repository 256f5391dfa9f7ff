package main

import (
	"maps"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/models"
)

// Keys of the calibration file.
const (
	keyTarget       = coding.AutoProcedure + ":target"
	procedurePrefix = "procedure:"
)

// judged is an answer whose truth is known: the ranker's probability, was it right, whose
// threshold holds for it, and who wrote the report.
type judged struct {
	probability float64
	right       bool
	key, group  string
}

// judgedTitles are held-out answers about exam names.
func judgedTitles(engine *coding.Engine, held []coding.Prediction) []judged {
	out := make([]judged, len(held))
	for i, x := range held {
		out[i] = judged{x.Probabilities[0], x.Codes[0] == x.Code, engine.AutoKey(x.Codes[0]), x.Group}
	}
	return out
}

// calibrator fits Platt's scale and certifies thresholds, both on the same answers.
func calibrator(answers []judged, target float64) models.Weights {
	outcomes := make([]models.Outcome, len(answers))
	for i, x := range answers {
		outcomes[i] = models.Outcome{X: []float64{models.Logit(x.probability)}, Right: x.right}
	}
	fit := models.FitLogistic(outcomes, 1e-3)
	w := models.Weights{coding.CalibrationIntercept: fit[0], coding.CalibrationLogit: fit[1], keyTarget: target}
	thresholds(w, calibrated(answers, w), target)
	return w
}

// scored is one answer: how sure, was it right, and whose threshold holds for it.
type scored struct {
	confidence float64
	right      bool
	key        string
}

func calibrated(answers []judged, w models.Weights) []scored {
	out := make([]scored, len(answers))
	for i, x := range answers {
		out[i] = scored{calibratedBy(w, x.probability), x.right, x.key}
	}
	return out
}

// calibrationBins is the number of equal-mass bins of the calibration error.
const calibrationBins = 15

func calibrationError(answers []scored) float64 {
	var confidence []float64
	var right []bool
	for _, x := range answers {
		confidence, right = append(confidence, x.confidence), append(right, x.right)
	}
	return models.CalibrationError(confidence, right, calibrationBins)
}

// automaticAnswers counts the answers that clear their thresholds, and the right ones among them.
func automaticAnswers(answers []scored, w models.Weights) (n, right int) {
	for _, x := range answers {
		if x.automatic(w) {
			n++
			if x.right {
				right++
			}
		}
	}
	return n, right
}

// calibration prints the calibration error of answers before and after, and what is automatic with the thresholds of w.
func (p *page) calibration(before, after []scored, w models.Weights) {
	p.line("calibration error %.4f before, %.4f after", calibrationError(before), calibrationError(after))
	n, right := automaticAnswers(after, w)
	if n == 0 {
		p.line("no confidence holds precision %.2f: nothing is automatic", w[keyTarget])
		return
	}
	p.line("automatic: precision %.4f (%d/%d), coverage %.4f", ratio(right, n), right, n, ratio(n, len(after)))
	for _, key := range slices.Sorted(maps.Keys(w)) {
		if certified, isBound := strings.CutSuffix(key, ":bound"); isBound {
			p.line("  %-22s from %.3f: %.0f of %.0f right, at least %.4f", certified, w[certified], w[certified+":right"], w[certified+":n"], w[key])
		}
	}
}
