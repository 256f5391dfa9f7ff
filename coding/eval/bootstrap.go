package eval

import (
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
)

// Bootstrap resamples reports, or whole clusters of reports, with replacement
// (Efron 1979; clusters: Davison & Hinkley 1997, 3.8). Reports of one patient,
// template or author are alike: resampled one by one they pretend to more
// evidence than there is. The zero value stands for seed 1 and 1000 resamples.
// It is safe for concurrent use.
type Bootstrap struct {
	Seed      uint64
	Resamples int
}

const defaultResamples = 1000

func (b Bootstrap) withDefaults() Bootstrap {
	if b.Seed == 0 {
		b.Seed = 1
	}
	if b.Resamples <= 0 {
		b.Resamples = defaultResamples
	}
	return b
}

// Weights returns how often resample k drew each of the n reports. clusters[i] is
// the cluster number of report i, from 0 on without gaps; nil makes each report
// its own. Weights depend on the seed and k alone, so that resamples can run
// in any order. dst is reused where it is large enough.
func (b Bootstrap) Weights(dst []float64, k, n int, clusters []int) []float64 {
	rng := rand.New(rand.NewPCG(b.withDefaults().Seed, uint64(k)))
	if clusters == nil {
		dst = zeros(dst, n)
		for range n {
			dst[rng.IntN(n)]++
		}
		return dst
	}
	m := units(n, clusters)
	// The counts of the clusters lie behind the weights, in the same memory.
	dst = zeros(dst, n+m)
	drawn := dst[n:]
	for range m {
		drawn[rng.IntN(m)]++
	}
	for i, c := range clusters[:n] {
		dst[i] = drawn[c]
	}
	return dst[:n]
}

// units is how many things are drawn: clusters or reports.
func units(n int, clusters []int) int {
	if clusters == nil || n == 0 {
		return n
	}
	return slices.Max(clusters[:n]) + 1
}

func zeros(dst []float64, n int) []float64 {
	dst = slices.Grow(dst[:0], n)[:n]
	clear(dst)
	return dst
}

// Intervals gives the interval of each of a number of statistics. stat is called
// once per resample with the weights of the n reports, never nil, and sets out[j]
// for every j < stats. It must keep neither slice, and as many goroutines call it
// at once as there are workers (less than one is one). A NaN leaves that resample
// out for that statistic. The result is the same for any number of workers.
//
// Intervals are expanded percentile intervals (Hesterberg 2015), see quantiles.
// With fewer than two reports or clusters nothing is known and both ends are NaN.
// Where every report says the same, as when all answers are right, resamples
// do not differ and the interval has no width; Wilson and ClopperPearson do better there.
func (b Bootstrap) Intervals(n int, clusters []int, stats int, stat func(weights []float64, out []float64), level float64, workers int) []Interval {
	in := make([]Interval, stats)
	for j, values := range b.values(n, clusters, stats, stat, workers) {
		in[j] = quantiles(values, units(n, clusters), level)
	}
	return in
}

// values are those of every statistic in the resamples, sorted, without NaN.
func (b Bootstrap) values(n int, clusters []int, stats int, stat func(weights []float64, out []float64), workers int) [][]float64 {
	b = b.withDefaults()
	all := make([]float64, stats*b.Resamples)
	b.each(n, clusters, stats, stat, workers, func(k int, out []float64) {
		for j, x := range out {
			all[j*b.Resamples+k] = x
		}
	})
	out := make([][]float64, stats)
	for j := range out {
		out[j] = ordered(all[j*b.Resamples : (j+1)*b.Resamples])
	}
	return out
}

// each computes the statistics of all resamples; keep is called concurrently,
// once per k.
func (b Bootstrap) each(n int, clusters []int, stats int, stat func(weights, out []float64), workers int, keep func(k int, out []float64)) {
	var next atomic.Int64
	var group sync.WaitGroup
	for range max(1, workers) {
		group.Go(func() {
			var weights []float64
			out := make([]float64, stats)
			for k := int(next.Add(1)) - 1; k < b.Resamples; k = int(next.Add(1)) - 1 {
				weights = b.Weights(weights, k, n, clusters)
				stat(weights, out)
				keep(k, out)
			}
		})
	}
	group.Wait()
}

// ordered sorts values in place, without those that are NaN.
func ordered(values []float64) []float64 {
	values = slices.DeleteFunc(values, math.IsNaN)
	slices.Sort(values)
	return values
}

// quantiles is the expanded percentile interval (Hesterberg 2015, What Teachers
// Should Know About the Bootstrap, The American Statistician 69:371; CI.percentile
// of his R package resample) from the sorted values of a statistic in resamples
// of m units. The plain percentile interval is too narrow when units are few: it has
// the spread of a normal distribution with variance s²(m-1)/m where Student's with
// s² is due. So the quantiles are taken further out, at the normal quantile
// t(m-1) sqrt(m/(m-1)). BCa corrects for bias and skew and leaves this as it
// is, and its jackknife would cost n more evaluations of every statistic.
func quantiles(values []float64, m int, level float64) Interval {
	if m < 2 || len(values) == 0 {
		return unknown
	}
	tail := expandedTail((1-level)/2, m)
	return Interval{quantile(values, tail), quantile(values, 1-tail)}
}

// expandedTail is the mass below the quantile of the resamples that stands for the
// tail of a sample of m units; unexpanded is its inverse.
func expandedTail(tail float64, m int) float64 {
	df := float64(m - 1)
	return normalBelow(studentQuantile(tail, df) * math.Sqrt(float64(m)/df))
}

func unexpanded(mass float64, m int) float64 {
	df := float64(m - 1)
	return studentBelow(normalQuantile(mass)*math.Sqrt(df/float64(m)), df)
}

// quantile interpolates between order statistics: the i-th of N, from 1, is the
// quantile i/(N+1) (Davison & Hinkley 1997, 2.4; Hyndman & Fan 1996, type 6).
func quantile(sorted []float64, p float64) float64 {
	at := p*float64(len(sorted)+1) - 1
	i := int(math.Floor(at))
	switch {
	case i < 0:
		return sorted[0]
	case i+1 >= len(sorted):
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}
