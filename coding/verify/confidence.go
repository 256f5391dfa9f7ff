package verify

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/models"
)

// rounding of the figures in a result: confidences have four digits, parts of a
// score three.
const (
	confidenceStep = 0.5e-4
	partStep       = 0.5e-3
)

// checkConfidence asks that confidences are probabilities, fall from rank to
// rank, and are what their parts add up to.
func (s *subject) checkConfidence() {
	for i, x := range s.result.Exams {
		for k, c := range x.Procedures {
			path := fmt.Sprintf("exams[%d].procedures[%d]", i, k)
			s.checkProbability(path, c.Confidence)
			if k > 0 && c.Confidence > x.Procedures[k-1].Confidence {
				s.fail(path, "%s ranks behind a code with less confidence", c.Code)
			}
		}
		if len(x.Procedures) > 0 && !has(x.Procedures[0].Why, chargedPart) {
			s.checkOdds(fmt.Sprintf("exams[%d]", i), x.Procedures)
		}
	}
	for i, d := range s.result.Diagnoses {
		path := fmt.Sprintf("diagnoses[%d]", i)
		s.checkProbability(path, d.Confidence)
		s.checkDiagnosisSum(path, d)
	}
}

func (s *subject) checkProbability(path string, p float64) {
	if math.IsNaN(p) || p < 0 || p > 1 {
		s.fail(path, "confidence %v is no probability", p)
	}
}

// checkOdds compares the codes of an exam with each other: by how much two
// scores differ says what odds their probabilities have.
func (s *subject) checkOdds(path string, codes []coding.ProcedureCode) {
	for k := 0; k+1 < len(codes); k++ {
		a, b := codes[k], codes[k+1]
		if k == 0 && scoreOf(a.Why) < scoreOf(b.Why) {
			continue // a rule put it there
		}
		want, slack := scoreOf(a.Why)-scoreOf(b.Why), partStep*float64(len(a.Why)+len(b.Why))+1e-6
		lo, hi := s.oddsBetween(a.Confidence, b.Confidence)
		if want+slack < lo || want-slack > hi {
			s.fail(fmt.Sprintf("%s.procedures[%d]", path, k), "the confidences of %s and %s do not have the odds of their scores", a.Code, b.Code)
		}
	}
}

func scoreOf(why []coding.Feature) float64 {
	sum := 0.0
	for _, f := range why {
		sum += f.Value
	}
	return sum
}

// oddsBetween bounds the logarithm of the ratio of two probabilities before
// calibration, whose logit is cut at both ends: there a bound is infinite.
func (s *subject) oddsBetween(a, b float64) (lo, hi float64) {
	aLow, aHigh := s.uncalibrated(a)
	bLow, bHigh := s.uncalibrated(b)
	return math.Log(aLow / bHigh), math.Log(aHigh / bLow)
}

// uncalibrated bounds the probability that a confidence was calibrated from.
func (s *subject) uncalibrated(confidence float64) (lo, hi float64) {
	c := s.options.Calibration
	back := func(p float64) float64 {
		return models.Sigmoid((models.Logit(p) - c[coding.CalibrationIntercept]) / c[coding.CalibrationLogit])
	}
	lo, hi = back(confidence-confidenceStep), back(confidence+confidenceStep)
	if lo <= 1-mostCertain {
		lo = 0
	}
	if hi >= mostCertain {
		hi = 1
	}
	return lo, hi
}

// mostCertain is where the logit of a probability is cut.
var mostCertain = models.Sigmoid(models.Logit(1)) - 1e-9

// Parts of a diagnosis' why that are no weights.
const (
	judgementPrefix = "judgement:"
	retrievedPart   = "retrieved"
	chargedPart     = "charged" // of the first code of an exam: a stated charge chose it
	retrievedMost   = 0.3       // confidence of what rests on retrieved phrases alone
)

func has(why []coding.Feature, name string) bool {
	return slices.ContainsFunc(why, func(f coding.Feature) bool { return f.Name == name })
}

// checkDiagnosisSum asks that the weights add up to the confidence, and that every
// place was judged.
func (s *subject) checkDiagnosisSum(path string, d coding.Diagnosis) {
	sum, slack, judged := 0.0, 0.0, 0
	for _, f := range d.Why {
		switch {
		case strings.HasPrefix(f.Name, judgementPrefix):
			judged++
		case f.Name != retrievedPart:
			sum += f.Value
			slack += partStep
		}
	}
	lo, hi := models.Sigmoid(sum-slack)-2*confidenceStep, models.Sigmoid(sum+slack)+2*confidenceStep
	if has(d.Why, retrievedPart) {
		lo, hi = min(lo, retrievedMost), min(hi, retrievedMost)
	}
	if d.Confidence < lo || d.Confidence > hi {
		s.fail(path, "confidence %v is not what the parts add up to", d.Confidence)
	}
	if judged != len(d.Evidence) {
		s.fail(path, "%d places and %d judgements", len(d.Evidence), judged)
	}
}
