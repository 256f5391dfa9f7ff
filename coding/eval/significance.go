package eval

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
)

// McNemar is the exact two-sided p-value of equal error rates of two systems on
// the same cases, from the cases that only one of them got right: the binomial
// test of onlyFirst in onlyFirst+onlySecond at one half, twice the smaller tail
// (McNemar 1947, Psychometrika 12:153; the exact form as in Fagerland et al. 2013,
// BMC Med Res Methodol 13:91). No such case gives 1. It takes cases to be
// independent; PairedDifference with clusters does not.
func McNemar(onlyFirst, onlySecond int) float64 {
	less, more := min(onlyFirst, onlySecond), max(onlyFirst, onlySecond)
	if less == more {
		return 1
	}
	// P(X <= less) of Binomial(less+more, 1/2).
	return min(1, 2*mathext.RegIncBeta(float64(more), float64(less+1), 0.5))
}

// PairedDifference is the difference of a statistic between two systems on the
// same n reports, its interval, and the two-sided p-value of no difference. diff
// says the difference under weights, which are never nil; all ones are the whole
// sample. Both systems see the same resamples, so what makes a report hard for
// both cancels out.
//
// p inverts the interval of Intervals: it is 1 - level of the widest one that
// leaves out zero. Zeros count to both sides and the sample itself as one more
// resample (Davison & Hinkley 1997, chapter 4), so that p is never 0. It is NaN
// where the difference or the interval is.
func (b Bootstrap) PairedDifference(n int, clusters []int, diff func(weights []float64) float64, level float64) (difference float64, in Interval, p float64) {
	ones := make([]float64, n)
	for i := range ones {
		ones[i] = 1
	}
	difference = diff(ones)
	b = b.withDefaults()
	values := make([]float64, b.Resamples)
	stat := func(weights, out []float64) { out[0] = diff(weights) }
	b.each(n, clusters, 1, stat, 1, func(k int, out []float64) { values[k] = out[0] })
	values = ordered(values)
	m := units(n, clusters)
	in = quantiles(values, m, level)
	if math.IsNaN(difference) || math.IsNaN(in.Low) {
		return difference, in, math.NaN()
	}
	first := func(x float64) int { i, _ := slices.BinarySearch(values, x); return i }
	below := first(math.SmallestNonzeroFloat64) // zero or less
	above := len(values) - first(0)             // zero or more
	beyond := float64(1+min(below, above)) / float64(len(values)+1)
	return difference, in, min(1, 2*unexpanded(beyond, m))
}

// Holm adjusts p-values for being several tests, so that the chance of any false
// rejection stays below the level (Holm 1979, Scand J Stat 6:65): the i-th smallest
// of m times m-i+1, never less than one before it, at most 1. The order of the
// input is kept. A NaN is no test: it stays and is not counted.
func Holm(p []float64) []float64 {
	out := slices.Clone(p)
	var order []int
	for i, x := range p {
		if !math.IsNaN(x) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(p[i], p[j]) })
	least := 0.0
	for rank, i := range order {
		least = max(least, min(1, p[i]*float64(len(order)-rank)))
		out[i] = least
	}
	return out
}
