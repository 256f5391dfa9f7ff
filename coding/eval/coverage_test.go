package eval

import (
	"math/rand/v2"
	"sync"
	"testing"
)

// world draws corpora of reports with one to four required codes each. A coder
// finds a code with the probability of the report's group, which is uniform in
// mean ± spread, and for a code not found it often says a wrong one.
type world struct {
	groups       int // 0: every report is its own
	mean, spread float64
}

const worldReports = 300

// extraPerMiss is how many wrong codes a coder says for a code it does not find, on average.
const extraPerMiss = 0.5

// truth is the micro-F1 of infinitely many reports: 2p / (2p + (1-p) + (1-p)/2).
// Groups are as large whatever their p, so the mean p is all that matters.
func (w world) truth() float64 {
	return 2 * w.mean / (2*w.mean + (1+extraPerMiss)*(1-w.mean))
}

// corpus holds, per report, twice the hits, the errors (extra and missed) and
// the group.
type corpus struct {
	hits, errors []float64
	clusters     []int
}

func (w world) draw(rng *rand.Rand) corpus {
	rate := func() float64 { return w.mean + w.spread*(2*rng.Float64()-1) }
	rates := make([]float64, w.groups)
	for g := range rates {
		rates[g] = rate()
	}
	var c corpus
	for i := range worldReports {
		p := 0.0
		if w.groups == 0 {
			p = rate()
		} else {
			g := i
			if i >= w.groups { // the first ones fill a group each: none is empty
				g = rng.IntN(w.groups)
			}
			c.clusters, p = append(c.clusters, g), rates[g]
		}
		c.answer(rng, p)
	}
	return c
}

// answer adds a report whose codes are found with probability p.
func (c *corpus) answer(rng *rand.Rand, p float64) {
	hits, errors := 0.0, 0.0
	for range 1 + rng.IntN(4) {
		if rng.Float64() < p {
			hits += 2
			continue
		}
		errors++
		if rng.Float64() < extraPerMiss {
			errors++
		}
	}
	c.hits, c.errors = append(c.hits, hits), append(c.errors, errors)
}

func (c corpus) f1(weights []float64) float64 {
	hits, errors := 0.0, 0.0
	for i, w := range weights {
		hits += w * c.hits[i]
		errors += w * c.errors[i]
	}
	return hits / (hits + errors)
}

// corpora runs a trial on each of 600 corpora, on two goroutines, and gives the part of
// trials that say true.
func corpora(w world, trial func(seed uint64, c corpus, rng *rand.Rand) bool) float64 {
	const n = 600
	var says [n]bool
	var group sync.WaitGroup
	for worker := range 2 {
		group.Go(func() {
			for i := worker; i < n; i += 2 {
				rng := rand.New(rand.NewPCG(2024, uint64(i)))
				says[i] = trial(uint64(i)+1, w.draw(rng), rng)
			}
		})
	}
	group.Wait()
	count := 0
	for _, s := range says {
		if s {
			count++
		}
	}
	return float64(count) / n
}

// TestCoverage wants 95 % intervals of micro-F1 to hold the truth in 93 to 97 of
// 100 corpora (600 of them: one deviation is 0.9 points). It shows that they do
// not when groups are there and ignored, and that the plain percentile interval
// does not when groups are few.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates 3000 corpora")
	}
	single, grouped, few := world{mean: 0.75, spread: 0.2}, world{groups: 40, mean: 0.75, spread: 0.2}, world{groups: 15, mean: 0.75, spread: 0.2}
	plain := 1 - 2*unexpanded(0.025, few.groups) // whose expanded interval is the plain one of 0.95
	for _, c := range []struct {
		name      string
		world     world
		ignore    bool
		level     float64
		low, high float64
	}{
		{"reports on their own", single, false, 0.95, 0.93, 0.97},
		{"reports in 40 groups", grouped, false, 0.95, 0.93, 0.97},
		{"40 groups, ignored", grouped, true, 0.95, 0, 0.88},
		{"reports in 15 groups", few, false, 0.95, 0.93, 0.97},
		{"15 groups, plain percentiles", few, false, plain, 0, 0.93},
	} {
		got := corpora(c.world, func(seed uint64, x corpus, _ *rand.Rand) bool {
			if c.ignore {
				x.clusters = nil
			}
			stat := func(weights, out []float64) { out[0] = x.f1(weights) }
			in := Bootstrap{Seed: seed}.Intervals(worldReports, x.clusters, 1, stat, c.level, 1)[0]
			truth := c.world.truth()
			return in.Low <= truth && truth <= in.High
		})
		t.Logf("%s: %.1f %%", c.name, 100*got)
		if got < c.low || got > c.high {
			t.Errorf("%s: the truth is inside %.1f %% of the intervals, want %.0f to %.0f", c.name, 100*got, 100*c.low, 100*c.high)
		}
	}
}

// TestPairedDifferenceRejects compares two coders on the same reports in 40
// groups: equally good ones differ at 5 % in 3 to 7 of 100 corpora, and one that
// finds 12 codes of 100 more, four deviations of the difference, is nearly always told apart.
func TestPairedDifferenceRejects(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates 1200 corpora")
	}
	w := world{groups: 40, mean: 0.75, spread: 0.2}
	for _, c := range []struct{ better, low, high float64 }{{0, 0.03, 0.07}, {0.12, 0.95, 1}} {
		got := corpora(w, func(seed uint64, first corpus, rng *rand.Rand) bool {
			// The second coder has its own good and bad groups.
			other := world{groups: w.groups, mean: w.mean + c.better, spread: 0.1}
			var second corpus
			rates := make([]float64, w.groups)
			for g := range rates {
				rates[g] = other.mean + other.spread*(2*rng.Float64()-1)
			}
			for _, g := range first.clusters {
				second.answer(rng, rates[g])
			}
			diff := func(weights []float64) float64 { return second.f1(weights) - first.f1(weights) }
			_, _, p := Bootstrap{Seed: seed}.PairedDifference(worldReports, first.clusters, diff, 0.95)
			return p < 0.05
		})
		t.Logf("better by %v: rejected in %.1f %%", c.better, 100*got)
		if got < c.low || got > c.high {
			t.Errorf("better by %v: rejected in %.1f %%, want %.0f to %.0f", c.better, 100*got, 100*c.low, 100*c.high)
		}
	}
}
