package eval

import (
	"math"

	"gonum.org/v1/gonum/mathext"

	"github.com/radcode/radcode/models"
)

// Interval is a two-sided confidence interval. Both ends are NaN where the data
// say nothing.
type Interval struct{ Low, High float64 }

var unknown = Interval{math.NaN(), math.NaN()}

// Wilson is the score interval of a proportion, hit of n, at a confidence level
// such as 0.95 (Wilson 1927, JASA 22:209; without continuity correction). It
// takes the n trials to be independent; codes of one report are not, for them
// see Bootstrap. n = 0 gives NaN.
func Wilson(hit, n int, level float64) Interval {
	if n == 0 {
		return unknown
	}
	z := normalQuantile((1 + level) / 2)
	in := Interval{models.WilsonLower(hit, n, z), 1 - models.WilsonLower(n-hit, n, z)}
	// The formula gives these exactly, the arithmetic almost.
	if hit == 0 {
		in.Low = 0
	}
	if hit == n {
		in.High = 1
	}
	return in
}

// WilsonLower is the one-sided lower bound: with probability level the
// proportion is above it. It is the lower end of the Wilson interval at level
// 2 level - 1. n = 0 gives NaN.
func WilsonLower(hit, n int, level float64) float64 { return Wilson(hit, n, 2*level-1).Low }

// ClopperPearson is the exact interval of a proportion, hit of n: the ends are
// quantiles of Beta(hit, n-hit+1) and Beta(hit+1, n-hit) (Clopper & Pearson 1934,
// Biometrika 26:404). It covers at least level, mostly more. n = 0 gives NaN.
func ClopperPearson(hit, n int, level float64) Interval {
	if n == 0 {
		return unknown
	}
	tail, in := (1-level)/2, Interval{0, 1}
	k, m := float64(hit), float64(n)
	if hit > 0 {
		in.Low = mathext.InvRegIncBeta(k, m-k+1, tail)
	}
	if hit < n {
		in.High = mathext.InvRegIncBeta(k+1, m-k, 1-tail)
	}
	return in
}
