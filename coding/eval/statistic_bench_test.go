package eval

import (
	"math/rand/v2"
	"runtime"
	"testing"
)

const benchReports = 25_000

func BenchmarkWeights(b *testing.B) {
	var dst []float64
	for k := 0; b.Loop(); k++ {
		dst = Bootstrap{}.Weights(dst, k, benchReports, nil)
	}
}

// BenchmarkIntervals is the micro-F1 of 40 strata of 25,000 reports, 1000 resamples.
func BenchmarkIntervals(b *testing.B) {
	const stats = 40
	rng := rand.New(rand.NewPCG(1, 1))
	hits, errors := make([][stats]float64, benchReports), make([][stats]float64, benchReports)
	for i := range hits {
		for j := range stats {
			hits[i][j], errors[i][j] = float64(rng.IntN(4)), float64(rng.IntN(2))
		}
	}
	stat := func(weights, out []float64) {
		var hit, wrong [stats]float64
		for i, w := range weights {
			if w == 0 {
				continue
			}
			for j := range stats {
				hit[j] += w * hits[i][j]
				wrong[j] += w * errors[i][j]
			}
		}
		for j := range out {
			out[j] = 2 * hit[j] / (2*hit[j] + wrong[j])
		}
	}
	for b.Loop() {
		Bootstrap{}.Intervals(benchReports, nil, stats, stat, 0.95, runtime.NumCPU())
	}
}

// BenchmarkRanking is what one resample of 25,000 answers costs a measure.
func BenchmarkRanking(b *testing.B) {
	answers := predictions(benchReports, func(p float64) float64 { return p })
	weights := Bootstrap{}.Weights(nil, 0, benchReports, nil)
	r := Rank(answers)
	for _, m := range []struct {
		name    string
		measure func() float64
	}{
		{"ECE", func() float64 { return r.ECE(15, weights) }},
		{"AURC", func() float64 { return r.AURC(weights) }},
		{"Brier", func() float64 { return r.Brier(weights) }},
		{"LogLoss", func() float64 { return r.LogLoss(weights) }},
	} {
		b.Run(m.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				m.measure()
			}
		})
	}
}

// predictions simulates n answers whose confidence p is uniform on [0, 1] and that
// are right with probability accuracy(p), one per report.
func predictions(n int, accuracy func(p float64) float64) []Scored {
	rng := rand.New(rand.NewPCG(5, 6))
	out := make([]Scored, n)
	for i := range out {
		p := rng.Float64()
		out[i] = Scored{p, rng.Float64() < accuracy(p), i}
	}
	return out
}
