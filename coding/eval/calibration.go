package eval

import (
	"iter"
	"math"
	"slices"
)

// CalibrationBin is one point of a reliability diagram: the answers with
// confidences from Low to High, both included.
type CalibrationBin struct {
	Low, High float64
	Mean      float64 // mean confidence
	Accuracy  float64 // part of the answers that is right
	N         float64 // sum of weights
}

// CalibrationBins cuts the answers, sorted by confidence, into bins of equal
// weight; see Ranking.Bins.
func CalibrationBins(answers []Scored, bins int, weights []float64) []CalibrationBin {
	return Rank(answers).Bins(bins, weights)
}

// ECE is the expected calibration error; see Ranking.ECE.
func ECE(answers []Scored, bins int, weights []float64) float64 {
	return Rank(answers).ECE(bins, weights)
}

// Brier is the mean squared error of the confidence; see Ranking.Brier.
func Brier(answers []Scored, weights []float64) float64 { return Rank(answers).Brier(weights) }

// LogLoss is the mean negative log likelihood; see Ranking.LogLoss.
func LogLoss(answers []Scored, weights []float64) float64 { return Rank(answers).LogLoss(weights) }

// Bins are at most count bins of equal weight (Nguyen & O'Connor 2015, EMNLP),
// the least sure first. Bin b, from 1, has the answers at which the weight so far
// is in ((b-1)/count, b/count] of the whole. Equal confidences stay together,
// where the last of them belongs: cut in two, they would let the order of the input
// decide. So bins may be uneven, and empty ones are left out. A count
// below 1 is taken as 1.
func (r Ranking) Bins(count int, weights []float64) []CalibrationBin {
	return slices.Collect(r.bins(count, weights))
}

// ECE is the expected calibration error: the mean of |Accuracy - Mean| over the
// bins, by weight (Naeini et al. 2015, AAAI, with bins of equal mass). Without ties
// and weights it is models.CalibrationError. Chance keeps it above zero: for n
// answers of a calibrated predictor expect the mean of sqrt(2/π · p(1-p) · count/n)
// over the bins. Resampling adds as much again: for a predictor that is calibrated
// or nearly so, the interval of Bootstrap lies too high and may leave out ECE itself.
func (r Ranking) ECE(count int, weights []float64) float64 {
	sum, mass := 0.0, 0.0
	for b := range r.bins(count, weights) {
		sum += b.N * math.Abs(b.Accuracy-b.Mean)
		mass += b.N
	}
	return sum / mass
}

func (r Ranking) bins(count int, weights []float64) iter.Seq[CalibrationBin] {
	return func(yield func(CalibrationBin) bool) {
		var bin binSums
		whole, done, number := r.mass(weights), 0.0, 0.0
		for i := 0; i < len(r.answers); {
			confidence := r.answers[i].Confidence
			mass, right, next := r.level(i, 1, weights)
			i = next
			if mass == 0 {
				continue
			}
			done += mass
			if at := math.Ceil(done * float64(max(1, count)) / whole); at != number {
				if bin.mass > 0 && !yield(bin.bin()) {
					return
				}
				bin, number = binSums{low: confidence}, at
			}
			bin.add(confidence, mass, right)
		}
		if bin.mass > 0 {
			yield(bin.bin())
		}
	}
}

func (r Ranking) mass(weights []float64) float64 {
	if weights == nil {
		return float64(len(r.answers))
	}
	sum := 0.0
	for i := range r.answers {
		sum += weights[r.answers[i].Report]
	}
	return sum
}

// binSums is a bin being filled.
type binSums struct{ low, high, mass, right, confidence float64 }

func (s *binSums) add(confidence, mass, right float64) {
	s.high = confidence
	s.mass += mass
	s.right += right
	s.confidence += mass * confidence
}

func (s *binSums) bin() CalibrationBin {
	return CalibrationBin{Low: s.low, High: s.high, Mean: s.confidence / s.mass, Accuracy: s.right / s.mass, N: s.mass}
}

// Brier is the mean of (confidence - right)², right being 0 or 1 (Brier 1950,
// Monthly Weather Review 78:1; half of his score over both classes).
func (r Ranking) Brier(weights []float64) float64 {
	return r.mean(weights, func(a Scored) float64 {
		d := a.Confidence - hit(a)
		return d * d
	})
}

// surest bounds the log loss of one answer to 34.5. It is what scikit-learn's
// log_loss clipped at by default before version 1.2, which clips at the machine
// precision.
const surest = 1e-15

// LogLoss is the mean of -ln of the probability given to what turned out, right
// or wrong; probabilities are clipped to [1e-15, 1 - 1e-15].
func (r Ranking) LogLoss(weights []float64) float64 {
	return r.mean(weights, func(a Scored) float64 {
		p := max(surest, min(1-surest, a.Confidence))
		if a.Right {
			return -math.Log(p)
		}
		return -math.Log1p(-p)
	})
}
