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

// corpus holds the counts and the group of each report.
type corpus struct {
	counts   []Tally
	clusters []int
}

func (w world) draw(rng *rand.Rand) corpus {
	rate := func() float64 { return w.mean + w.spread*(2*rng.Float64()-1) }
	rates := make([]float64, w.groups)
	for g := range rates {
		rates[g] = rate()
	}
	c := corpus{counts: make([]Tally, worldReports)}
	for i := range c.counts {
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
		c.counts[i] = answered(rng, p)
	}
	return c
}

// answered counts the codes of one report.
func answered(rng *rand.Rand, p float64) Tally {
	var t Tally
	for range 1 + rng.IntN(4) {
		if rng.Float64() < p {
			t.Hit++
			continue
		}
		t.Missed++
		if rng.Float64() < extraPerMiss {
			t.Extra++
		}
	}
	return t
}

func (c corpus) f1(weights []float64) float64 {
	hit, wrong := 0.0, 0.0
	for i, t := range c.counts {
		hit += weights[i] * float64(t.Hit)
		wrong += weights[i] * float64(t.Extra+t.Missed)
	}
	return 2 * hit / (2*hit + wrong)
}

// corpora runs a trial on each of 1000 corpora, on two goroutines, and gives the part of
// trials that say true.
func corpora(w world, trial func(seed uint64, c corpus, rng *rand.Rand) bool) float64 {
	const n = 1000
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
// 100 corpora (1000 of them: one deviation is 0.7 points), and shows that they
// do not when groups are there and ignored.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates 3000 corpora")
	}
	single, grouped := world{mean: 0.75, spread: 0.2}, world{groups: 40, mean: 0.75, spread: 0.2}
	for _, c := range []struct {
		name      string
		world     world
		ignore    bool
		low, high float64
	}{
		{"reports on their own", single, false, 0.93, 0.97},
		{"reports in 40 groups", grouped, false, 0.93, 0.97},
		{"40 groups, ignored", grouped, true, 0, 0.88},
	} {
		got := corpora(c.world, func(seed uint64, x corpus, _ *rand.Rand) bool {
			if c.ignore {
				x.clusters = nil
			}
			stat := func(weights, out []float64) { out[0] = x.f1(weights) }
			in := Bootstrap{Seed: seed}.Intervals(worldReports, x.clusters, 1, stat, 0.95, 1)[0]
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
		t.Skip("simulates 2000 corpora")
	}
	w := world{groups: 40, mean: 0.75, spread: 0.2}
	for _, c := range []struct{ better, low, high float64 }{{0, 0.03, 0.07}, {0.12, 0.95, 1}} {
		got := corpora(w, func(seed uint64, first corpus, rng *rand.Rand) bool {
			// The second coder has its own good and bad groups.
			other := world{groups: w.groups, mean: w.mean + c.better, spread: 0.1}
			second := corpus{counts: make([]Tally, worldReports)}
			rates := make([]float64, w.groups)
			for g := range rates {
				rates[g] = other.mean + other.spread*(2*rng.Float64()-1)
			}
			for i, g := range first.clusters {
				second.counts[i] = answered(rng, rates[g])
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
