package models

import (
	"math"
	"slices"
	"testing"
)

// Three features decide which of two candidates is right; the fourth says
// nothing, the fifth is a word of one example.
func choices() []Choice {
	var out []Choice
	for range 20 {
		out = append(out,
			Choice{Candidates: [][]uint32{{0, 3}, {1, 3}}, Gold: 0},
			Choice{Candidates: [][]uint32{{1, 3}, {2, 3}}, Gold: 0})
	}
	return append(out, Choice{Candidates: [][]uint32{{0}, {2, 4}}, Gold: 1})
}

func TestTrain(t *testing.T) {
	w, pull := make([]float64, 5), []float64{1e-3, 1e-3, 1e-3, 1e-3, 1e-2}
	Train(choices(), w, pull, DefaultTrainOptions)
	if !(w[0] > w[1] && w[1] > w[2]) {
		t.Errorf("weights %v: want the first three to fall", w)
	}
	if math.Abs(w[3]) > 0.2 {
		t.Errorf("a feature of both candidates weighs %v", w[3])
	}
	if w[4] <= 0 {
		t.Errorf("the word of the one exception weighs %v", w[4])
	}
	for _, c := range choices()[:40] {
		if p := Softmax(nil, c.Candidates, w); p[c.Gold] < 0.6 {
			t.Errorf("the right one of %v has probability %v", c.Candidates, p[c.Gold])
		}
	}
	again := make([]float64, 5)
	Train(choices(), again, pull, DefaultTrainOptions)
	if !slices.Equal(again, w) {
		t.Errorf("trained twice: %v, %v", w, again)
	}
	free := make([]float64, 5)
	Train(choices(), free, make([]float64, 5), DefaultTrainOptions)
	if free[4] <= w[4] {
		t.Errorf("word weight %v without pull, %v with", free[4], w[4])
	}
}

func TestSoftmax(t *testing.T) {
	p := Softmax(nil, [][]uint32{{0}, {1}, {0, 1}}, []float64{1000, -1000})
	if p[0] != 1 || p[1] != 0 || math.Abs(p[0]+p[1]+p[2]-1) > 1e-12 {
		t.Errorf("got %v", p)
	}
}
