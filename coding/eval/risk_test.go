package eval

import (
	"math"
	"slices"
	"sort"
	"testing"

	"github.com/radcode/radcode/models"
)

func TestAURC(t *testing.T) {
	for _, c := range []struct {
		name    string
		answers []Scored
		weights []float64
		want    float64
	}{
		// Risks after each answer: 0, 1/2, 1/3.
		{"no ties", []Scored{{0.9, true, 0}, {0.8, false, 0}, {0.7, true, 0}}, nil, (0 + 1.0/2 + 1.0/3) / 3},
		{"the order is that of confidence", []Scored{{0.7, true, 0}, {0.9, true, 0}, {0.8, false, 0}}, nil, (0 + 1.0/2 + 1.0/3) / 3},
		{"two at once", []Scored{{0.9, true, 0}, {0.5, false, 0}, {0.5, true, 0}}, nil, (0 + 1.0/3 + 1.0/3) / 3},
		{"confidence says nothing", []Scored{{1, false, 0}, {1, true, 0}, {1, true, 0}, {1, true, 0}}, nil, 0.25},
		{"all right", []Scored{{1, true, 0}, {0.5, true, 0}}, nil, 0},
		// Twice the wrong one of 0.8, none of 0.9: risks 1, 1, 2/3.
		{"weights", []Scored{{0.9, true, 0}, {0.8, false, 1}, {0.7, true, 2}}, []float64{0, 2, 1}, (1 + 1 + 2.0/3) / 3},
	} {
		if got := AURC(c.answers, c.weights); !near(got, c.want, 1e-12) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestAURCOfPerfectConfidence: with error rate r and all errors last, the area
// is r + (1-r) ln(1-r) (Geifman et al. 2019, ICLR).
func TestAURCOfPerfectConfidence(t *testing.T) {
	const n, r = 10_000, 0.2
	var answers []Scored
	for i := range n {
		answers = append(answers, Scored{1 - float64(i)/n, i < (1-r)*n, 0})
	}
	if got, want := AURC(answers, nil), r+(1-r)*math.Log(1-r); !near(got, want, 1.0/n) {
		t.Errorf("%v, want %v", got, want)
	}
}

func TestRiskCurve(t *testing.T) {
	want := []RiskPoint{
		{Threshold: 0.9, Coverage: 2.0 / 6, Precision: 0.5, N: 2, Right: 1},
		{Threshold: 0.7, Coverage: 3.0 / 6, Precision: 2.0 / 3, N: 3, Right: 2},
		{Threshold: 0.4, Coverage: 5.0 / 6, Precision: 3.0 / 5, N: 5, Right: 3},
		{Threshold: 0.1, Coverage: 1, Precision: 0.5, N: 6, Right: 3},
	}
	// One-sided at 95 %: z = 1.644854, z² = 2.705543. The last one is
	// (0.5 + z²/12 - z sqrt(0.25/6 + z²/144)) / (1 + z²/6).
	for i, low := range []float64{0.120866, 0.253534, 0.272483, 0.221260} {
		want[i].PrecisionLow = low
	}
	got := RiskCurve(six, 0.95)
	same := func(a, b RiskPoint) bool {
		ok := near(a.PrecisionLow, b.PrecisionLow, 1e-6)
		a.PrecisionLow, b.PrecisionLow = 0, 0
		return ok && a == b
	}
	if !slices.EqualFunc(got, want, same) {
		t.Errorf("%+v, want %+v", got, want)
	}
	if RiskCurve(nil, 0.95) != nil {
		t.Error("points without answers")
	}
}

func TestCoverageAt(t *testing.T) {
	for _, c := range []struct {
		name             string
		precision, level float64
		n, certified     int // answers kept; 0: not reached
	}{
		{"the largest, though a smaller one misses it", 0.5, 0.95, 6, 0},
		{"reached in between", 0.65, 0.95, 3, 0},
		{"out of reach", 0.7, 0.95, 0, 0},
		{"certified", 0.25, 0.95, 6, 5},
		{"one half is a bound of no confidence", 0.5, 0.5, 6, 6},
	} {
		point, certified, ok, okCertified := CoverageAt(six, c.precision, c.level)
		if point.N != c.n || ok != (c.n > 0) || certified.N != c.certified || okCertified != (c.certified > 0) {
			t.Errorf("%s: keeps %d (%v), certified %d (%v), want %d and %d", c.name, point.N, ok, certified.N, okCertified, c.n, c.certified)
		}
	}
}

// minCertified is the least number of answers that a threshold is certified on.
const minCertified = 50

// certifiedThreshold is what CoverageAt is compared with: the smallest confidence at which
// the answers that are at least as sure have a precision of target with a 95 % Wilson lower
// bound, or models.Never. confidence and right are parallel.
func certifiedThreshold(confidence []float64, right []bool, target float64) float64 {
	order := make([]int, len(confidence))
	for i := range order {
		order[i] = i
	}
	sort.SliceStable(order, func(i, j int) bool { return confidence[order[i]] > confidence[order[j]] })
	best, hits := models.Never, 0
	for n, i := range order {
		if right[i] {
			hits++
		}
		last := n+1 == len(order) || confidence[order[n+1]] != confidence[i]
		if last && n+1 >= minCertified && models.WilsonLower(hits, n+1, 1.96) >= target {
			best = confidence[i]
		}
	}
	return best
}

func TestCertifiedThreshold(t *testing.T) {
	var confidence []float64
	var right []bool
	for i := range 1000 {
		c := float64(i) / 1000
		confidence = append(confidence, c)
		right = append(right, c >= 0.5 || i%2 == 0)
	}
	if got := certifiedThreshold(confidence, right, 0.95); got < 0.4 || got > 0.5 {
		t.Errorf("threshold %v, want a little under 0.5", got)
	}
	if got := certifiedThreshold([]float64{0.9}, []bool{true}, 0.95); got != models.Never {
		t.Errorf("threshold %v certified on one answer", got)
	}
	none := make([]bool, 1000)
	if got := certifiedThreshold(confidence, none, 0.95); got != models.Never {
		t.Errorf("threshold %v though nothing is right", got)
	}
}

// TestCoverageAtIsCertifiedThreshold: certifiedThreshold takes 1.96
// deviations, which is 0.975 on one side.
func TestCoverageAtIsCertifiedThreshold(t *testing.T) {
	answers := predictions(5000, math.Sqrt)
	var confidence []float64
	var right []bool
	for _, a := range answers {
		confidence, right = append(confidence, a.Confidence), append(right, a.Right)
	}
	for _, precision := range []float64{0.7, 0.8, 0.9, 0.95} {
		want := certifiedThreshold(confidence, right, precision)
		_, got, _, ok := CoverageAt(answers, precision, 0.975)
		if !ok || got.Threshold != want {
			t.Errorf("precision %v: threshold %v, want %v", precision, got.Threshold, want)
		}
	}
}
