package main

import (
	"maps"
	"slices"
	"sort"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/models"
)

// certificate is a threshold with what it rests on: of n held-out answers that
// are at least as sure, right ones were right, and with 97.5 % confidence precision is at least bound.
type certificate struct {
	threshold float64
	n, right  int
	bound     float64
}

// certifiedLevel is the level of the two-sided interval whose lower end is the
// bound, and so a one-sided bound of 97.5 %: two ways are tried and the better one is
// taken, and both bounds hold together with 95 % (Bonferroni).
const certifiedLevel = 0.95

// thresholds are tried in steps of a thousandth, as the file keeps them.
const thresholdSteps = 1000

// certify returns the smallest threshold that keeps a precision of target by
// the lower Clopper-Pearson bound; models.Never if none does. Thresholds are tried from the
// strictest down, up to the first that fails: fixed-sequence testing, so that the
// choice among many needs no correction (Angelopoulos et al., Learn then Test, 2021).
// The first has enough answers to bear a few errors; how many are sure does not depend on which are right.
func certify(answers []scored, target float64) certificate {
	sorted := slices.Clone(answers)
	sort.SliceStable(sorted, func(i, j int) bool { return sorted[i].confidence > sorted[j].confidence })
	enough := int(10 / (1 - target))
	best := certificate{threshold: models.Never}
	n, right := 0, 0
	for step := thresholdSteps; step >= 0; step-- {
		threshold := float64(step) / thresholdSteps
		for ; n < len(sorted) && sorted[n].confidence >= threshold; n++ {
			if sorted[n].right {
				right++
			}
		}
		if n < enough {
			continue
		}
		bound := eval.ClopperPearson(right, n, certifiedLevel).Low
		if bound < target {
			break
		}
		best = certificate{threshold, n, right, bound}
	}
	return best
}

// thresholds adds to the calibration what is certified, with its evidence: one
// threshold for all answers, or one for each modality that has its own to offer and one for
// the others, whichever covers more. Each certificate holds for the answers it covers.
func thresholds(w models.Weights, answers []scored, target float64) {
	all := models.Weights{}
	certify(answers, target).addTo(all, coding.AutoProcedure)
	apart := models.Weights{}
	thresholdsApart(apart, answers, target)
	if coverage(all, answers) >= coverage(apart, answers) {
		maps.Copy(w, all)
	} else {
		maps.Copy(w, apart)
	}
}

func coverage(w models.Weights, answers []scored) int {
	n := 0
	for _, a := range answers {
		if a.automatic(w) {
			n++
		}
	}
	return n
}

func thresholdsApart(w models.Weights, answers []scored, target float64) {
	byKey := map[string][]scored{}
	for _, a := range answers {
		if a.key != coding.AutoProcedure {
			byKey[a.key] = append(byKey[a.key], a)
		}
	}
	for key, of := range byKey {
		if c := certify(of, target); c.threshold < models.Never {
			c.addTo(w, key)
		}
	}
	var rest []scored
	for _, a := range answers { // in their order
		if _, own := w[a.key]; !own {
			rest = append(rest, a)
		}
	}
	certify(rest, target).addTo(w, coding.AutoProcedure)
}

func (c certificate) addTo(w models.Weights, key string) {
	w[key] = c.threshold
	if c.n > 0 {
		w[key+":n"], w[key+":right"], w[key+":bound"] = float64(c.n), float64(c.right), c.bound
	}
}

// automatic reports whether an answer clears its threshold.
func (x scored) automatic(w models.Weights) bool {
	return x.confidence >= coding.AutomaticFrom(w, x.key)
}
