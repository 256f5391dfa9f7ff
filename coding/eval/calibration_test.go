package eval

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/radcode/radcode/models"
)

// six answers, one per report, with ties at 0.4 and 0.9.
var six = []Scored{
	{0.9, true, 0}, {0.4, false, 1}, {0.1, false, 2}, {0.9, false, 3}, {0.4, true, 4}, {0.7, true, 5},
}

func TestCalibrationBins(t *testing.T) {
	for _, c := range []struct {
		name    string
		bins    int
		weights []float64
		want    []CalibrationBin
	}{
		{"a tie goes where it ends", 3, nil, []CalibrationBin{
			{0.1, 0.1, 0.1, 0, 1}, {0.4, 0.7, 0.5, 2.0 / 3, 3}, {0.9, 0.9, 0.9, 0.5, 2}}},
		{"one bin", 1, nil, []CalibrationBin{{0.1, 0.9, 3.4 / 6, 0.5, 6}}},
		{"no bin is one", 0, nil, []CalibrationBin{{0.1, 0.9, 3.4 / 6, 0.5, 6}}},
		{"no more than there are confidences", 100, nil, []CalibrationBin{
			{0.1, 0.1, 0.1, 0, 1}, {0.4, 0.4, 0.4, 0.5, 2}, {0.7, 0.7, 0.7, 1, 1}, {0.9, 0.9, 0.9, 0.5, 2}}},
		{"weights move the cuts", 2, []float64{0, 1, 3, 1, 0, 1}, []CalibrationBin{
			{0.1, 0.1, 0.1, 0, 3}, {0.4, 0.9, 2.0 / 3, 1.0 / 3, 3}}},
		{"what was not drawn bounds no bin", 1, []float64{0, 1, 1, 0, 1, 0}, []CalibrationBin{{0.1, 0.4, 0.3, 1.0 / 3, 3}}},
		{"nothing drawn", 2, make([]float64, 6), nil},
	} {
		got := CalibrationBins(six, c.bins, c.weights)
		if !slices.EqualFunc(got, c.want, nearBin) {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func nearBin(a, b CalibrationBin) bool {
	return a.Low == b.Low && a.High == b.High && a.N == b.N && near(a.Mean, b.Mean, 1e-12) && near(a.Accuracy, b.Accuracy, 1e-12)
}

// TestLosses is worked out by hand from the bins above and the six answers.
func TestLosses(t *testing.T) {
	weights := []float64{0, 1, 3, 1, 0, 1}
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"ECE", ECE(six, 3, nil), (1*0.1 + 3*(2.0/3-0.5) + 2*0.4) / 6},
		{"ECE of one bin", ECE(six, 1, nil), 0.4 / 6},
		{"ECE, weighted", ECE(six, 2, weights), (3*0.1 + 3*(1.0/3)) / 6},
		{"Brier", Brier(six, nil), (0.01 + 0.16 + 0.01 + 0.81 + 0.36 + 0.09) / 6},
		{"Brier, weighted", Brier(six, weights), (0.16 + 3*0.01 + 0.81 + 0.09) / 6},
		{"LogLoss", LogLoss(six, nil), -math.Log(0.9*0.6*0.9*0.1*0.4*0.7) / 6},
		{"LogLoss, weighted", LogLoss(six, weights), -math.Log(0.6*0.9*0.9*0.9*0.1*0.7) / 6},
		{"certain and right", LogLoss([]Scored{{1, true, 0}, {0, false, 0}}, nil), 0},
		{"certain and wrong", LogLoss([]Scored{{1, false, 0}, {0, true, 0}}, nil), 34.5388},
	} {
		if !near(c.got, c.want, 1e-12) && !near(c.got, c.want, c.want*1e-3) {
			t.Errorf("%s = %v, want %v", c.name, c.got, c.want)
		}
	}
}

// measures are all that a Ranking tells, for what must hold for each of them.
var measures = []struct {
	name string
	of   func(r Ranking, weights []float64) float64
}{
	{"ECE", func(r Ranking, w []float64) float64 { return r.ECE(4, w) }},
	{"Brier", Ranking.Brier},
	{"LogLoss", Ranking.LogLoss},
	{"AURC", Ranking.AURC},
}

// TestMeasures wants weights to stand for repeated answers, the order of the
// input not to matter, to the last bit, and nothing to be NaN.
func TestMeasures(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 8))
	for round := range 50 {
		var answers, repeated []Scored
		weights := Bootstrap{}.Weights(nil, round, 30, nil)
		for range 100 {
			p := float64(rng.IntN(20)) / 20
			a := Scored{p, rng.Float64() < p, rng.IntN(30)}
			answers = append(answers, a)
			repeated = append(repeated, slices.Repeat([]Scored{a}, int(weights[a.Report]))...)
		}
		want := Rank(answers)
		rng.Shuffle(len(answers), func(i, j int) { answers[i], answers[j] = answers[j], answers[i] })
		shuffled := Rank(answers)
		for _, m := range measures {
			if a, b := m.of(want, weights), m.of(Rank(repeated), nil); !near(a, b, 1e-12) {
				t.Errorf("%s: %v by weights, %v by repetition", m.name, a, b)
			}
			if a, b := m.of(want, weights), m.of(shuffled, weights); a != b {
				t.Errorf("%s: %v, in another order %v", m.name, a, b)
			}
		}
	}
	for _, m := range measures {
		if got := m.of(Rank(nil), nil); !math.IsNaN(got) {
			t.Errorf("%s of no answers is %v", m.name, got)
		}
		if got := m.of(Rank(six), make([]float64, 6)); !math.IsNaN(got) {
			t.Errorf("%s of no weight is %v", m.name, got)
		}
	}
}

func TestMeasuresAllocateNothing(t *testing.T) {
	r, weights := Rank(six), []float64{1, 0, 2, 1, 1, 1}
	for _, m := range measures {
		if n := testing.AllocsPerRun(100, func() { m.of(r, weights) }); n != 0 {
			t.Errorf("%s allocates %v times", m.name, n)
		}
	}
}

// TestECEIsCalibrationError: without ties and weights it is what radcode
// calibrate reports.
func TestECEIsCalibrationError(t *testing.T) {
	for _, n := range []int{1, 7, 15, 16, 100, 1001} {
		answers := predictions(n, func(p float64) float64 { return p * p })
		var confidence []float64
		var right []bool
		for _, a := range answers {
			confidence, right = append(confidence, a.Confidence), append(right, a.Right)
		}
		for _, bins := range []int{1, 2, 10, 15, 300} {
			want := models.CalibrationError(confidence, right, bins)
			if got := ECE(answers, bins, nil); !near(got, want, 1e-12) {
				t.Errorf("%d answers, %d bins: %v, models says %v", n, bins, got, want)
			}
		}
	}
}

// TestECEOfKnownPredictors simulates predictors with p uniform on [0, 1].
//
// Calibrated: in bin b, Accuracy - Mean is about normal with variance
// σ² = mean p(1-p) / n_b, so that |.| has mean σ sqrt(2/π) and variance
// σ²(1 - 2/π); over 15 bins of 20,000 answers that makes 0.0086 ± 0.0017.
//
// Right with probability p²: p - p² never changes sign, so bins lose nothing
// and ECE is its mean, 1/2 - 1/3 = 1/6. Its variance per answer is E p²(1-p²) +
// Var(p-p²) = 2/15 + 1/180 = 0.1389. Always 0.1 too sure (cut at 0.1): ECE is
// E min(p, 0.1) = 0.095, with variance at most 1/4 per answer.
func TestECEOfKnownPredictors(t *testing.T) {
	const n, bins = 20_000, 15
	expected, variance := 0.0, 0.0
	for b := range bins {
		// mean of p(1-p) over [b/15, (b+1)/15]
		lo, hi := float64(b)/bins, float64(b+1)/bins
		pq := bins * (hi*hi/2 - hi*hi*hi/3 - lo*lo/2 + lo*lo*lo/3)
		sigma2 := pq / (n / bins)
		expected += math.Sqrt(sigma2*2/math.Pi) / bins
		variance += sigma2 * (1 - 2/math.Pi) / bins / bins
	}
	for _, c := range []struct {
		name            string
		accuracy        func(p float64) float64
		want, tolerance float64
	}{
		{"calibrated", func(p float64) float64 { return p }, expected, 3 * math.Sqrt(variance)},
		{"right p² of the time", func(p float64) float64 { return p * p }, 1.0 / 6, 3 * math.Sqrt(0.1389/n)},
		{"0.1 too sure", func(p float64) float64 { return p - 0.1 }, 0.095, 3 * math.Sqrt(0.25/n)},
	} {
		got := ECE(predictions(n, c.accuracy), bins, nil)
		t.Logf("%s: %.4f, expected %.4f within %.4f", c.name, got, c.want, c.tolerance)
		if !near(got, c.want, c.tolerance) {
			t.Errorf("%s: ECE %.4f, want %.4f within %.4f", c.name, got, c.want, c.tolerance)
		}
	}
}
