package models

import (
	"math"
	"math/rand/v2"
	"testing"
)

func TestLogitUndoesSigmoid(t *testing.T) {
	for _, p := range []float64{0.001, 0.2, 0.5, 0.9, 0.999} {
		if got := Sigmoid(Logit(p)); math.Abs(got-p) > 1e-12 {
			t.Errorf("Sigmoid(Logit(%v)) = %v", p, got)
		}
	}
	if got := Sigmoid(Logit(1)); got > 0.99991 {
		t.Errorf("certainty is %v, want it cut", got)
	}
}

// TestFitLogistic draws outcomes from a known model and wants it back.
func TestFitLogistic(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var outcomes []Outcome
	for range 20000 {
		x := rng.Float64()*6 - 3
		outcomes = append(outcomes, Outcome{X: []float64{x}, Right: rng.Float64() < Sigmoid(0.5+0.8*x)})
	}
	w := FitLogistic(outcomes, 1e-3)
	if math.Abs(w[0]-0.5) > 0.06 || math.Abs(w[1]-0.8) > 0.04 {
		t.Errorf("weights %v, want about 0.5 and 0.8", w)
	}
	if FitLogistic(nil, 1) != nil {
		t.Error("no outcomes give no weights")
	}
}

// TestWilsonLower compares with values worked out by hand from the formula.
func TestWilsonLower(t *testing.T) {
	for _, c := range []struct {
		right, n int
		want     float64
	}{{0, 0, 0}, {10, 10, 0.7225}, {98, 100, 0.9300}, {50, 100, 0.4038}} {
		if got := WilsonLower(c.right, c.n, 1.96); math.Abs(got-c.want) > 5e-4 {
			t.Errorf("WilsonLower(%d, %d) = %.4f, want %.4f", c.right, c.n, got, c.want)
		}
	}
}

// TestCalibrationError simulates a predictor that is right as often as it says,
// and one that is always 0.2 too sure.
func TestCalibrationError(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var honest, boastful []float64
	var a, b []bool
	for range 50000 {
		p := 0.3 + 0.5*rng.Float64()
		honest, a = append(honest, p), append(a, rng.Float64() < p)
		boastful, b = append(boastful, p+0.2), append(b, rng.Float64() < p)
	}
	if got := CalibrationError(honest, a, 15); got > 0.015 {
		t.Errorf("calibrated predictor: %v", got)
	}
	if got := CalibrationError(boastful, b, 15); math.Abs(got-0.2) > 0.015 {
		t.Errorf("predictor 0.2 too sure: %v", got)
	}
	if CalibrationError(nil, nil, 15) != 0 {
		t.Error("no answers, no error")
	}
}

// TestYesNoFit wants the weights of a known model back, and a rare feature near zero.
func TestYesNoFit(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	x := YesNo{Features: 4}
	truth := []float64{-0.5, 1.5, -1}
	for i := range 20000 {
		row := []int{0}
		z := truth[0]
		for k := 1; k < 3; k++ {
			if rng.Float64() < 0.5 {
				row, z = append(row, k), z+truth[k]
			}
		}
		right := rng.Float64() < Sigmoid(z)
		if i == 0 {
			row, right = append(row, 3), true
		}
		x.Rows, x.Right, x.Weight = append(x.Rows, row), append(x.Right, right), append(x.Weight, 1)
	}
	w := x.Fit(2)
	for k, v := range truth {
		if math.Abs(w[k]-v) > 0.1 {
			t.Errorf("weight %d is %.3f, want %.1f", k, w[k], v)
		}
	}
	if math.Abs(w[3]) > 0.5 {
		t.Errorf("a feature seen once weighs %.3f", w[3])
	}
}
