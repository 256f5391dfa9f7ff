package eval

import (
	"math"
	"testing"
)

func near(a, b, tolerance float64) bool { return math.Abs(a-b) <= tolerance }

func nearInterval(a, b Interval, tolerance float64) bool {
	return near(a.Low, b.Low, tolerance) && near(a.High, b.High, tolerance)
}

// TestProportions compares with table I of Newcombe 1998 (Statist Med 17:857,
// methods 3 and 5) and, in the last two rows, with R's binom.test.
func TestProportions(t *testing.T) {
	for _, c := range []struct {
		hit, n        int
		wilson, exact Interval
	}{
		{81, 263, Interval{0.2553, 0.3662}, Interval{0.2527, 0.3676}},
		{15, 148, Interval{0.0624, 0.1605}, Interval{0.0578, 0.1617}},
		{0, 20, Interval{0, 0.1611}, Interval{0, 0.1684}},
		{1, 29, Interval{0.0061, 0.1718}, Interval{0.0009, 0.1776}},
		{7, 20, Interval{0.1812, 0.5671}, Interval{0.1539, 0.5922}},
		{10, 10, Interval{0.7225, 1}, Interval{0.6915, 1}},
	} {
		if got := Wilson(c.hit, c.n, 0.95); !nearInterval(got, c.wilson, 5.1e-5) {
			t.Errorf("Wilson(%d, %d) = %.4f, want %.4f", c.hit, c.n, got, c.wilson)
		}
		if got := ClopperPearson(c.hit, c.n, 0.95); !nearInterval(got, c.exact, 5.1e-5) {
			t.Errorf("ClopperPearson(%d, %d) = %.4f, want %.4f", c.hit, c.n, got, c.exact)
		}
	}
}

// TestWilsonEquation puts the ends into what they solve: |p̂ - p| = z sqrt(p(1-p)/n).
func TestWilsonEquation(t *testing.T) {
	const z90, z99 = 1.6448536269514722, 2.5758293035489004
	for _, c := range []struct {
		hit, n int
		level  float64
		z      float64
	}{{3, 10, 0.9, z90}, {3, 10, 0.99, z99}, {24_990, 25_000, 0.9, z90}} {
		in, p := Wilson(c.hit, c.n, c.level), float64(c.hit)/float64(c.n)
		for _, end := range []float64{in.Low, in.High} {
			if got := math.Abs(p-end) / math.Sqrt(end*(1-end)/float64(c.n)); !near(got, c.z, 1e-6) {
				t.Errorf("Wilson(%d, %d, %v): %v is %v deviations away, want %v", c.hit, c.n, c.level, end, got, c.z)
			}
		}
		if got := WilsonLower(c.hit, c.n, (1+c.level)/2); !near(got, in.Low, 1e-12) {
			t.Errorf("one-sided bound %v, want %v", got, in.Low)
		}
	}
}

// TestClopperPearsonTails sums the binomial distribution at the ends: each tail
// has half of what the level leaves.
func TestClopperPearsonTails(t *testing.T) {
	for _, c := range []struct{ hit, n int }{{1, 2}, {1, 29}, {81, 263}, {990, 1000}, {12_345, 25_000}, {24_999, 25_000}} {
		in := ClopperPearson(c.hit, c.n, 0.9)
		if got := 1 - binomialBelow(c.hit-1, c.n, in.Low); !near(got, 0.05, 1e-7) {
			t.Errorf("%d of %d: upper tail at %v is %v", c.hit, c.n, in.Low, got)
		}
		if got := binomialBelow(c.hit, c.n, in.High); !near(got, 0.05, 1e-7) {
			t.Errorf("%d of %d: lower tail at %v is %v", c.hit, c.n, in.High, got)
		}
	}
}

// binomialBelow is P(X <= k) for X of Binomial(n, p), term by term.
func binomialBelow(k, n int, p float64) float64 {
	lgamma := func(x int) float64 { v, _ := math.Lgamma(float64(x + 1)); return v }
	sum := 0.0
	for i := 0; i <= k; i++ {
		sum += math.Exp(lgamma(n) - lgamma(i) - lgamma(n-i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

func TestNothingIsUnknown(t *testing.T) {
	for name, in := range map[string]Interval{
		"Wilson":         Wilson(0, 0, 0.95),
		"ClopperPearson": ClopperPearson(0, 0, 0.95),
		"WilsonLower":    {WilsonLower(0, 0, 0.95), math.NaN()},
	} {
		if !math.IsNaN(in.Low) || !math.IsNaN(in.High) {
			t.Errorf("%s of nothing is %v", name, in)
		}
	}
}

// TestNoneAndAll wants the ends of the scale exactly, whatever rounding does.
func TestNoneAndAll(t *testing.T) {
	for n := 1; n < 50; n++ {
		for _, level := range []float64{0.5, 0.9, 0.95, 0.999} {
			if in := Wilson(0, n, level); in.Low != 0 || in.High <= 0 {
				t.Errorf("none of %d at %v: %v", n, level, in)
			}
			if in := Wilson(n, n, level); in.High != 1 || in.Low >= 1 {
				t.Errorf("all of %d at %v: %v", n, level, in)
			}
		}
	}
}

// TestStudent compares with the printed tables of Student's distribution.
func TestStudent(t *testing.T) {
	for _, c := range []struct{ p, df, want float64 }{
		{0.975, 1, 12.706}, {0.975, 9, 2.262}, {0.025, 39, -2.023}, {0.95, 5, 2.015}, {0.5, 3, 0}, {0.975, 1e5, 1.960},
	} {
		if got := studentQuantile(c.p, c.df); !near(got, c.want, 5.1e-4) {
			t.Errorf("quantile %v with %v degrees of freedom is %.4f, want %.3f", c.p, c.df, got, c.want)
		}
		if got := studentBelow(studentQuantile(c.p, c.df), c.df); !near(got, c.p, 1e-9) {
			t.Errorf("below quantile %v with %v degrees of freedom is %v", c.p, c.df, got)
		}
	}
}
