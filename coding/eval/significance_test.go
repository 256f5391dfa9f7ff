package eval

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestMcNemar compares with exact p-values in print: 1 and 7 from Fagerland et
// al. 2013, the others from the documentation of statsmodels and Wikipedia, or by hand.
func TestMcNemar(t *testing.T) {
	for _, c := range []struct {
		first, second int
		want          float64
	}{
		{1, 7, 0.0703}, {7, 1, 0.0703}, {6, 16, 0.0525}, {121, 59, 4.434e-6}, {0, 3, 0.25}, {1, 9, 0.021484},
		{0, 0, 1}, {5, 5, 1}, {5, 6, 1},
	} {
		if got := McNemar(c.first, c.second); !near(got, c.want, c.want*1e-3) {
			t.Errorf("McNemar(%d, %d) = %v, want %v", c.first, c.second, got, c.want)
		}
	}
	for n := range 60 {
		for k := range n + 1 {
			want := min(1, 2*binomialBelow(min(k, n-k), n, 0.5))
			if got := McNemar(k, n-k); !near(got, want, 1e-10) {
				t.Errorf("McNemar(%d, %d) = %v, summed up %v", k, n-k, got, want)
			}
		}
	}
}

// TestHolm: four p-values 0.005, 0.01, 0.03, 0.04 times 4, 3, 2, 1 are 0.02,
// 0.03, 0.06, 0.04; the last must not be less than the one before.
func TestHolm(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct{ p, want []float64 }{
		{[]float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{[]float64{0.01, nan, 0.04, 0.03, 0.005}, []float64{0.03, nan, 0.06, 0.06, 0.02}},
		{[]float64{0.6, 0.7}, []float64{1, 1}},
		{[]float64{0.02, 0.02}, []float64{0.04, 0.04}},
		{[]float64{0.2}, []float64{0.2}},
		{nil, nil},
	} {
		got := Holm(c.p)
		if len(got) != len(c.want) {
			t.Fatalf("Holm(%v) = %v", c.p, got)
		}
		for i := range got {
			if !near(got[i], c.want[i], 1e-12) && !(math.IsNaN(got[i]) && math.IsNaN(c.want[i])) {
				t.Errorf("Holm(%v) = %v, want %v", c.p, got, c.want)
			}
		}
	}
}

// gains are n differences between two systems, one per report, with mean shift
// and deviation 1; diff is their weighted mean.
func gains(seed uint64, n int, shift float64) (diff func(weights []float64) float64) {
	rng := rand.New(rand.NewPCG(seed, 77))
	x := make([]float64, n)
	for i := range x {
		x[i] = shift + rng.NormFloat64()
	}
	return func(weights []float64) float64 {
		sum, mass := 0.0, 0.0
		for i, w := range weights {
			sum += w * x[i]
			mass += w
		}
		return sum / mass
	}
}

// TestPairedDifferenceIsStudents compares p with the t-test of paired
// differences, which is exact for normal ones.
func TestPairedDifferenceIsStudents(t *testing.T) {
	const n = 25
	for seed := range uint64(20) {
		diff := gains(seed, n, 0.3)
		mean, _, p := Bootstrap{Resamples: 10_000}.PairedDifference(n, nil, diff, 0.95)
		one, square := make([]float64, n), 0.0
		for i := range one {
			one[i] = 1
			square += math.Pow(diff(one)-mean, 2)
			one[i] = 0
		}
		want := 2 * studentBelow(-math.Abs(mean)/math.Sqrt(square/(n-1)/n), n-1)
		if !near(p, want, 0.01+0.25*want) {
			t.Errorf("seed %d: p = %.4f, Student's %.4f", seed, p, want)
		}
	}
}

// TestPairedDifferenceAgreesWithItsInterval: zero is outside the 95 % interval
// if p is below 0.05, and inside if p is above by more than interpolation between two resamples.
func TestPairedDifferenceAgreesWithItsInterval(t *testing.T) {
	inside, outside := 0, 0
	for seed := range uint64(300) {
		_, in, p := Bootstrap{Seed: seed + 1}.PairedDifference(40, nil, gains(seed, 40, 0.3), 0.95)
		holds := in.Low <= 0 && 0 <= in.High
		if p < 0.05 && holds || p > 0.055 && !holds {
			t.Errorf("seed %d: p = %v, interval %v", seed, p, in)
		}
		if holds {
			inside++
		} else {
			outside++
		}
	}
	if inside < 50 || outside < 50 {
		t.Errorf("%d intervals with zero and %d without; the test wants some of both", inside, outside)
	}
}

func TestPairedDifferenceEdges(t *testing.T) {
	clusters := []int{0, 0, 1, 1}
	for _, c := range []struct {
		name       string
		n          int
		clusters   []int
		diff       func([]float64) float64
		difference float64
		p          float64
	}{
		{"the same system", 4, nil, func([]float64) float64 { return 0 }, 0, 1},
		{"never defined", 4, nil, func([]float64) float64 { return math.NaN() }, math.NaN(), math.NaN()},
		{"one report", 1, nil, func([]float64) float64 { return 0.5 }, 0.5, math.NaN()},
		// The normal quantile of 1/1001 is -3.0905, times sqrt(1/2) is -2.1853; below it lies
		// 1/2 - atan(2.1853)/π = 0.13665 of Student's distribution with one degree of freedom.
		{"two clusters prove little", 4, clusters, func([]float64) float64 { return 0.5 }, 0.5, 0.2733},
	} {
		d, _, p := Bootstrap{}.PairedDifference(c.n, c.clusters, c.diff, 0.95)
		if d != c.difference && !math.IsNaN(c.difference) || !near(p, c.p, 1e-4) && !(math.IsNaN(p) && math.IsNaN(c.p)) {
			t.Errorf("%s: difference %v with p = %v, want %v and %v", c.name, d, p, c.difference, c.p)
		}
	}
}
