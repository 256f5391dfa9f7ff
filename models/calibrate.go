package models

import (
	"math"
	"sort"
)

// Sigmoid is the logistic function.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// maxLogit keeps certainty finite: no model here has seen enough to claim more
// than one error in ten thousand.
const maxLogit = 9.21

// Logit is the inverse of Sigmoid, cut at one in ten thousand.
func Logit(p float64) float64 {
	if p <= 0 {
		return -maxLogit
	}
	if p >= 1 {
		return maxLogit
	}
	return max(-maxLogit, min(maxLogit, math.Log(p/(1-p))))
}

// Outcome is one held-out answer for calibration: how sure, and was it right.
type Outcome struct {
	X     []float64
	Right bool
}

// FitLogistic fits P(right) = Sigmoid(w0 + w·x) by Newton's method with a small
// ridge (Platt 1999; Lin, Lin, Weng 2007 for the target smoothing) and returns
// w0 followed by w. With no outcomes all weights are zero.
func FitLogistic(outcomes []Outcome, ridge float64) []float64 {
	if len(outcomes) == 0 {
		return nil
	}
	n := len(outcomes[0].X) + 1
	w := make([]float64, n)
	for range 50 {
		grad, hess := make([]float64, n), make([][]float64, n)
		for i := range hess {
			hess[i] = make([]float64, n)
			hess[i][i], grad[i] = ridge, ridge*w[i]
		}
		for _, o := range outcomes {
			x := append([]float64{1}, o.X...)
			z := 0.0
			for i := range x {
				z += w[i] * x[i]
			}
			p, y := Sigmoid(z), 0.0
			if o.Right {
				y = 1
			}
			for i := range x {
				grad[i] += (p - y) * x[i]
				for j := range x {
					hess[i][j] += p * (1 - p) * x[i] * x[j]
				}
			}
		}
		step := solve(hess, grad)
		moved := 0.0
		for i := range w {
			w[i] -= step[i]
			moved = math.Max(moved, math.Abs(step[i]))
		}
		if moved < 1e-9 {
			break
		}
	}
	return w
}

// solve is Gaussian elimination with partial pivoting; a is positive definite
// thanks to the ridge.
func solve(a [][]float64, b []float64) []float64 {
	n := len(b)
	x := append([]float64(nil), b...)
	for c := range n {
		p := c
		for r := c + 1; r < n; r++ {
			if math.Abs(a[r][c]) > math.Abs(a[p][c]) {
				p = r
			}
		}
		a[c], a[p] = a[p], a[c]
		x[c], x[p] = x[p], x[c]
		for r := c + 1; r < n; r++ {
			f := a[r][c] / a[c][c]
			for k := c; k < n; k++ {
				a[r][k] -= f * a[c][k]
			}
			x[r] -= f * x[c]
		}
	}
	for c := n - 1; c >= 0; c-- {
		for k := c + 1; k < n; k++ {
			x[c] -= a[c][k] * x[k]
		}
		x[c] /= a[c][c]
	}
	return x
}

// WilsonLower is the lower end of the Wilson score interval for a proportion of
// right among n, at z standard deviations (1.96: 95 % two-sided; Wilson 1927).
func WilsonLower(right, n int, z float64) float64 {
	if n == 0 {
		return 0
	}
	p, m := float64(right)/float64(n), float64(n)
	return (p + z*z/(2*m) - z*math.Sqrt(p*(1-p)/m+z*z/(4*m*m))) / (1 + z*z/m)
}

// Never is the threshold that no confidence reaches.
const Never = 1.01

// CalibrationError is the expected calibration error with bins of equal mass
// (Naeini et al. 2015, adaptive form): the mean distance between confidence and
// precision over the bins.
func CalibrationError(confidence []float64, right []bool, bins int) float64 {
	order := make([]int, len(confidence))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return confidence[order[i]] < confidence[order[j]] })
	total := 0.0
	for b := range bins {
		lo, hi := b*len(order)/bins, (b+1)*len(order)/bins
		sum, hits := 0.0, 0.0
		for _, i := range order[lo:hi] {
			sum += confidence[i]
			if right[i] {
				hits++
			}
		}
		total += math.Abs(sum - hits)
	}
	if len(order) == 0 {
		return 0
	}
	return total / float64(len(order))
}
