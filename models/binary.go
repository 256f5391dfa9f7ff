package models

import "math"

// YesNo are outcomes of yes-or-no features: Rows lists, per outcome, the numbers
// below Features of those that hold, Right whether it turned out so, and Weight
// how often it counts.
type YesNo struct {
	Features int
	Rows     [][]int
	Right    []bool
	Weight   []float64
}

// Fit fits P(right) = Sigmoid(sum of the weights of what holds) with an L2 penalty
// of ridge, which keeps what holds seldom near zero. Newton's method, each step by conjugate
// gradients (Lin, Weng, Keerthi 2008): nothing is ever as large as features squared.
func (x *YesNo) Fit(ridge float64) []float64 {
	w := make([]float64, x.Features)
	curvature := make([]float64, len(x.Rows)) // p (1-p) of each outcome
	for range 50 {
		downhill := make([]float64, len(w))
		for i := range w {
			downhill[i] = -ridge * w[i]
		}
		for k, row := range x.Rows {
			p, y := Sigmoid(sumOf(w, row)), 0.0
			if x.Right[k] {
				y = 1
			}
			curvature[k] = x.Weight[k] * p * (1 - p)
			for _, i := range row {
				downhill[i] += x.Weight[k] * (y - p)
			}
		}
		moved := 0.0
		for i, d := range x.step(curvature, downhill, ridge) {
			w[i] += d
			moved = math.Max(moved, math.Abs(d))
		}
		if moved < 1e-6 {
			break
		}
	}
	return w
}

func sumOf(w []float64, row []int) float64 {
	z := 0.0
	for _, i := range row {
		z += w[i]
	}
	return z
}

// step solves Hessian * d = b by conjugate gradients.
func (x *YesNo) step(curvature, b []float64, ridge float64) []float64 {
	d, r := make([]float64, len(b)), append([]float64(nil), b...)
	p := append([]float64(nil), b...)
	left := dot(r, r)
	enough := 1e-12 * left
	for range 2 * len(b) {
		if left <= enough {
			break
		}
		hp := x.bend(curvature, p, ridge)
		a := left / dot(p, hp)
		for i := range d {
			d[i] += a * p[i]
			r[i] -= a * hp[i]
		}
		now := dot(r, r)
		for i := range p {
			p[i] = r[i] + now/left*p[i]
		}
		left = now
	}
	return d
}

// bend is Hessian * v.
func (x *YesNo) bend(curvature, v []float64, ridge float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = ridge * v[i]
	}
	for k, row := range x.Rows {
		c := curvature[k] * sumOf(v, row)
		for _, i := range row {
			out[i] += c
		}
	}
	return out
}

func dot(a, b []float64) float64 {
	s := 0.0
	for i := range a {
		s += a[i] * b[i]
	}
	return s
}
