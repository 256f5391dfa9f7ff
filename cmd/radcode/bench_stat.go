package main

import (
	"slices"
	"time"
)

// percentile is the nearest-rank percentile of sorted, non-empty values: the
// least of them that at least p percent do not exceed. p is 1 to 100.
func percentile(sorted []time.Duration, p int) time.Duration {
	rank := (p*len(sorted) + 99) / 100
	return sorted[max(rank, 1)-1]
}

// spread is what a figure was over the rounds.
type spread struct{ median, min, max float64 }

// spreadOf wants at least one value and leaves the order alone. The median of an
// even number of values is the mean of the middle two.
func spreadOf(values []float64) spread {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return spread{(sorted[(n-1)/2] + sorted[n/2]) / 2, sorted[0], sorted[n-1]}
}
