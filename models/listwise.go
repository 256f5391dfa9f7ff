package models

import (
	"math"
	"math/rand/v2"
)

// Choice is one training example of a ranker: candidates as lists of binary
// feature ids, and which of them is right.
type Choice struct {
	Candidates [][]uint32
	Gold       int
}

// TrainOptions are the settings of Train. The zero value is not useful; see
// DefaultTrainOptions.
type TrainOptions struct {
	Epochs int
	Rate   float64 // AdaGrad step
	Seed   uint64
}

// DefaultTrainOptions are what the shipped weights were trained with.
var DefaultTrainOptions = TrainOptions{Epochs: 12, Rate: 0.1, Seed: 20261102}

// Train fits a conditional logit (McFadden 1974; the listwise softmax loss of
// learning to rank): the probability of a candidate is the softmax of its summed weights.
// weights holds the starting point and is updated in place; pull, as long, is how
// strongly each is drawn back to it (L2 per example that moves it). Steps are AdaGrad
// (Duchi 2011), the order of examples is shuffled with the seed. The result is the mean of the
// weights after each epoch of the second half (Polyak 1992), which forgets what came last.
func Train(choices []Choice, weights, pull []float64, opt TrainOptions) {
	start := append([]float64(nil), weights...)
	squares, sum := make([]float64, len(weights)), make([]float64, len(weights))
	order := make([]int, len(choices))
	for i := range order {
		order[i] = i
	}
	rng := rand.New(rand.NewPCG(opt.Seed, opt.Seed))
	var p []float64
	for epoch := range opt.Epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, n := range order {
			c := &choices[n]
			p = Softmax(p[:0], c.Candidates, weights)
			for i, features := range c.Candidates {
				g := p[i]
				if i == c.Gold {
					g--
				}
				if math.Abs(g) < 1e-6 {
					continue
				}
				for _, f := range features {
					grad := g + pull[f]*(weights[f]-start[f])
					squares[f] += grad * grad
					weights[f] -= opt.Rate * grad / (1e-3 + math.Sqrt(squares[f]))
				}
			}
		}
		if epoch >= opt.Epochs/2 {
			for f, w := range weights {
				sum[f] += w
			}
		}
	}
	for f := range weights {
		weights[f] = sum[f] / float64(opt.Epochs-opt.Epochs/2)
	}
}

// Softmax appends the probability of each candidate to dst.
func Softmax(dst []float64, candidates [][]uint32, weights []float64) []float64 {
	top := math.Inf(-1)
	for _, features := range candidates {
		s := 0.0
		for _, f := range features {
			s += weights[f]
		}
		dst = append(dst, s)
		top = math.Max(top, s)
	}
	sum := 0.0
	for i := range dst {
		dst[i] = math.Exp(dst[i] - top)
		sum += dst[i]
	}
	for i := range dst {
		dst[i] /= sum
	}
	return dst
}
