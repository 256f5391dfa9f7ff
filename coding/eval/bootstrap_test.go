package eval

import (
	"math"
	"slices"
	"testing"
)

func TestWeights(t *testing.T) {
	const n, resamples = 200, 2000
	var mean, square, neighbours float64
	var before []float64
	for k := range resamples {
		w := Bootstrap{}.Weights(nil, k, n, nil)
		sum := 0.0
		for i, x := range w {
			sum += x
			mean += x / n / resamples
			square += x * x / n / resamples
			if before != nil {
				neighbours += (x - 1) * (before[i] - 1) / n / resamples
			}
		}
		if len(w) != n || sum != n {
			t.Fatalf("resample %d draws %v from %d, want %d", k, sum, len(w), n)
		}
		before = w
	}
	// A weight is Binomial(n, 1/n): mean 1, variance 1 - 1/n.
	if !near(mean, 1, 1e-9) || !near(square-1, 1-1.0/n, 0.01) {
		t.Errorf("weights have mean %v and variance %v", mean, square-1)
	}
	if !near(neighbours, 0, 4/math.Sqrt(n*resamples)) {
		t.Errorf("resamples k and k+1 have covariance %v", neighbours)
	}
}

// TestWeightsOfClusters wants reports of a cluster drawn together, and clusters
// as often as there are clusters.
func TestWeightsOfClusters(t *testing.T) {
	clusters := []int{0, 1, 1, 2, 0, 1}
	for k := range 100 {
		w := Bootstrap{}.Weights(nil, k, len(clusters), clusters)
		if w[0] != w[4] || w[1] != w[2] || w[1] != w[5] {
			t.Fatalf("resample %d tears a cluster: %v", k, w)
		}
		if w[0]+w[1]+w[3] != 3 {
			t.Fatalf("resample %d draws %v clusters", k, w)
		}
	}
}

func TestWeightsReproduce(t *testing.T) {
	dirty := slices.Repeat([]float64{7}, 64)
	for _, clusters := range [][]int{nil, {0, 0, 1, 1, 2, 2, 3, 3}} {
		want := Bootstrap{Seed: 3}.Weights(nil, 5, 8, clusters)
		got := Bootstrap{Seed: 3}.Weights(dirty, 5, 8, clusters)
		if !slices.Equal(got, want) {
			t.Errorf("%v, then %v", want, got)
		}
		if &got[0] != &dirty[0] {
			t.Error("the memory was not reused")
		}
		if other := (Bootstrap{Seed: 3}).Weights(nil, 6, 8, clusters); slices.Equal(other, want) {
			t.Error("another resample, the same weights")
		}
		if other := (Bootstrap{Seed: 4}).Weights(nil, 5, 8, clusters); slices.Equal(other, want) {
			t.Error("another seed, the same weights")
		}
	}
	zero, spelled := Bootstrap{}.Weights(nil, 0, 50, nil), Bootstrap{Seed: 1}.Weights(nil, 0, 50, nil)
	if !slices.Equal(zero, spelled) {
		t.Error("the zero value is not seed 1")
	}
}

func TestQuantile(t *testing.T) {
	var values []float64
	for i := range 999 {
		values = append(values, float64(i+1))
	}
	for _, c := range []struct{ p, want float64 }{
		{0.025, 25}, {0.975, 975}, {0.5, 500}, {0.0255, 25.5}, {0, 1}, {0.0005, 1}, {0.9999, 999}, {1, 999},
	} {
		if got := quantile(values, c.p); !near(got, c.want, 1e-9) {
			t.Errorf("quantile %v = %v, want %v", c.p, got, c.want)
		}
	}
}

// TestExpanded: with 40 units t is -2.0227, times sqrt(40/39) is -2.0485, and
// below that lies 2.03 % of the normal distribution.
func TestExpanded(t *testing.T) {
	for _, c := range []struct {
		m    int
		want float64
	}{{40, 0.0203}, {300, 0.02435}, {100_000, 0.0250}} {
		got := expandedTail(0.025, c.m)
		if !near(got, c.want, 5e-5) {
			t.Errorf("%d units: %.4f, want %v", c.m, got, c.want)
		}
		if back := unexpanded(got, c.m); !near(back, 0.025, 1e-9) {
			t.Errorf("%d units: %v comes back", c.m, back)
		}
	}
}

// TestIntervalOfMean compares with Student's interval, which is exact for the
// mean of a normal sample. The sample is the quantiles of the normal distribution.
func TestIntervalOfMean(t *testing.T) {
	const n = 30
	x, square := make([]float64, n), 0.0
	for i := range x {
		x[i] = normalQuantile((float64(i) + 0.5) / n)
		square += x[i] * x[i]
	}
	half := 2.0452 * math.Sqrt(square/(n-1)/n)
	in := Bootstrap{Resamples: 20_000}.Intervals(n, nil, 1, func(w, out []float64) {
		out[0] = 0
		for i := range x {
			out[0] += w[i] * x[i] / n
		}
	}, 0.95, 2)[0]
	if want := (Interval{-half, half}); !nearInterval(in, want, 0.05*half) {
		t.Errorf("%.4f, Student's is %.4f", in, want)
	}
}

func TestIntervalsSameForAnyWorkers(t *testing.T) {
	const n = 500
	clusters := make([]int, n)
	for i := range clusters {
		clusters[i] = i % 37
	}
	stat := func(w, out []float64) {
		for j := range out {
			out[j] = 0
			for i := range w {
				out[j] += w[i] * math.Sin(float64(i*(j+1))) / n
			}
		}
	}
	for _, c := range [][]int{nil, clusters} {
		want := Bootstrap{Seed: 9}.Intervals(n, c, 5, stat, 0.9, 1)
		for _, workers := range []int{0, 2, 8, 2000} {
			if got := (Bootstrap{Seed: 9}).Intervals(n, c, 5, stat, 0.9, workers); !slices.Equal(got, want) {
				t.Errorf("%d workers: %v, one: %v", workers, got, want)
			}
		}
	}
}

// TestIntervalsLeaveOutNaN has statistics that are not defined where the first
// report was not drawn, or never.
func TestIntervalsLeaveOutNaN(t *testing.T) {
	const n = 20
	b, value := Bootstrap{Resamples: 300}, func(w []float64) float64 { return w[0] / (w[0] + w[1]) * w[0] / w[0] }
	in := b.Intervals(n, nil, 2, func(w, out []float64) { out[0], out[1] = value(w), math.NaN() }, 0.9, 3)
	var known []float64
	for k := range 300 {
		if w := b.Weights(nil, k, n, nil); w[0] > 0 {
			known = append(known, value(w))
		}
	}
	if len(known) == 300 {
		t.Fatal("the first report is in every resample; nothing is tested")
	}
	if want := quantiles(ordered(known), n, 0.9); in[0] != want {
		t.Errorf("%v, want %v", in[0], want)
	}
	if !math.IsNaN(in[1].Low) || !math.IsNaN(in[1].High) {
		t.Errorf("all NaN gives %v", in[1])
	}
}

func TestIntervalsOfTooLittle(t *testing.T) {
	one := func(w, out []float64) { out[0] = 1 }
	for _, c := range []struct {
		name     string
		n        int
		clusters []int
	}{{"no report", 0, nil}, {"no report, clusters", 0, []int{}}, {"one report", 1, nil}, {"one cluster", 3, []int{0, 0, 0}}} {
		if in := (Bootstrap{}).Intervals(c.n, c.clusters, 1, one, 0.95, 1)[0]; !math.IsNaN(in.Low) || !math.IsNaN(in.High) {
			t.Errorf("%s: %v", c.name, in)
		}
	}
}
