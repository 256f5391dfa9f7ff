package main

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/models"
)

// some are n answers of one confidence, the first wrong of them wrong.
func some(n, wrong int, confidence float64, key string) []scored {
	out := make([]scored, n)
	for i := range out {
		out[i] = scored{confidence, i >= wrong, key}
	}
	return out
}

func TestCertify(t *testing.T) {
	for _, c := range []struct {
		name      string
		answers   []scored
		threshold float64
		n, right  int
	}{
		{"as far down as precision holds", slices.Concat(some(800, 0, 0.99, ""), some(400, 4, 0.9004, ""), some(400, 100, 0.7, "")), 0.701, 1200, 1196},
		{"too few to bear an error", some(400, 0, 0.99, ""), models.Never, 0, 0},
		{"right by chance only", some(600, 11, 0.99, ""), models.Never, 0, 0}, // 98.2 %: the bound is lower
		{"not past a failure", slices.Concat(some(600, 0, 0.99, ""), some(100, 50, 0.8, ""), some(9000, 0, 0.7, "")), 0.801, 600, 600},
		{"none", nil, models.Never, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := certify(c.answers, 0.98)
			if got.threshold != c.threshold || got.n != c.n || got.right != c.right {
				t.Errorf("got %+v, want threshold %v on %d of %d", got, c.threshold, c.right, c.n)
			}
			if got.n > 0 && (got.bound < 0.98 || got.bound != eval.ClopperPearson(c.right, c.n, certifiedLevel).Low) {
				t.Errorf("bound %v", got.bound)
			}
		})
	}
}

// TestCertifyHolds draws calibrated answers: the precision above the threshold is
// below the target in at most one draw of forty.
func TestCertifyHolds(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	broken := 0
	const draws = 200
	for range draws {
		answers := make([]scored, 3000)
		for i := range answers {
			p := 0.9 + 0.1*rng.Float64()
			answers[i] = scored{p, rng.Float64() < p, ""}
		}
		c := certify(answers, 0.96)
		if c.threshold < 0.92 { // where the mean of [threshold, 1] falls below the target
			broken++
		}
	}
	if broken > draws/40+4 {
		t.Errorf("%d of %d certificates do not hold", broken, draws)
	}
}

func TestThresholds(t *testing.T) {
	w := models.Weights{}
	answers := slices.Concat(
		some(1000, 1, 0.9, "procedure:auto@xr"), some(600, 100, 0.95, "procedure:auto@nm"), some(2000, 0, 0.97, "procedure:auto@dxa"),
		some(100, 0, 0.99, "procedure:auto@us"), some(900, 0, 0.98, coding.AutoProcedure))
	thresholds(w, answers, 0.98)
	for key, want := range map[string]float64{"procedure:auto@xr": 0, "procedure:auto@dxa": 0, "procedure:auto": 0.951, "procedure:auto:n": 1000, "procedure:auto@xr:right": 999} {
		if w[key] != want {
			t.Errorf("%s is %v, want %v", key, w[key], want)
		}
	}
	if _, own := w["procedure:auto@nm"]; own {
		t.Error("a family that is often wrong has a threshold")
	}
	easy := slices.Concat(some(3000, 0, 0.9, "procedure:auto@xr"), some(300, 5, 0.95, "procedure:auto@nm"))
	together := models.Weights{}
	thresholds(together, easy, 0.98)
	if _, own := together["procedure:auto@xr"]; own || together[coding.AutoProcedure+":n"] != 3300 {
		t.Errorf("%v: want one threshold, which covers more", together)
	}
	for _, c := range []struct {
		answer scored
		want   bool
	}{
		{scored{0.5, true, "procedure:auto@xr"}, true}, {scored{0.95, true, "procedure:auto@nm"}, false},
		{scored{0.96, true, "procedure:auto@us"}, true}, {scored{0.9, true, coding.AutoProcedure}, false},
	} {
		if got := c.answer.automatic(w); got != c.want {
			t.Errorf("%+v automatic: %v", c.answer, got)
		}
	}
}
