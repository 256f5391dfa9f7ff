package coding

import (
	"math"
	"sort"

	"github.com/radcode/radcode/lexicon"
)

// ranked is one procedure code with its score.
type ranked struct {
	index       int // into Lexicon.Procedures
	score       float64
	probability float64 // softmax over all codes in force
}

// rank scores every code in force on a date against the facts, best first, ties
// by code, and returns the first n.
func (e *Engine) rank(f *Facts, date string, n int) []ranked {
	q := e.question(f)
	byWord := make([]float64, len(e.lex.Procedures))
	for _, w := range wordFeatures(nil, f.Words) {
		for _, cw := range e.ranker.words[w] {
			byWord[cw.code] += float64(cw.weight)
		}
	}
	all := make([]ranked, 0, len(e.lex.Procedures))
	buf := make([]FeatureID, 0, 64)
	for i := range e.lex.Procedures {
		p := &e.lex.Procedures[i]
		if !p.InForce(date) {
			continue
		}
		buf = e.compare(buf[:0], &q, p)
		score := e.ranker.prior[i] + byWord[i]
		for _, id := range buf {
			score += e.ranker.axis[id]
		}
		all = append(all, ranked{index: i, score: score})
	}
	sort.Slice(all, func(i, j int) bool {
		if all[i].score != all[j].score {
			return all[i].score > all[j].score
		}
		return all[i].index < all[j].index // procedures are sorted by code
	})
	normalise(all)
	if len(all) > n {
		all = all[:n]
	}
	return all
}

func normalise(all []ranked) {
	if len(all) == 0 {
		return
	}
	sum := 0.0
	for i := range all {
		all[i].probability = math.Exp(all[i].score - all[0].score)
		sum += all[i].probability
	}
	for i := range all {
		all[i].probability /= sum
	}
}

// defaultWeights are the starting point of training: what a coder would say
// each agreement or contradiction is worth.
func defaultWeights(fs *features, lex *lexicon.Lexicon) []float64 {
	w := make([]float64, len(fs.names))
	for name, v := range startWeights {
		w[fs.ids[name]] = v
	}
	for _, c := range lex.Concepts() {
		id := FeatureID(c.ID)
		switch c.Axis {
		case lexicon.Technique, lexicon.Extent, lexicon.Intent, lexicon.Component, lexicon.Age:
			w[fs.base[hit]+id], w[fs.base[miss]+id], w[fs.base[extra]+id] = 1.5, -2, -1.5
		}
	}
	return w
}

var startWeights = map[string]float64{
	"modality:agree": 2, "modality:conflict": -5, "modality:silent": -1, "modality:silent_plain": 0.5, "modality:none": -1.5,
	"region:exact": 4, "region:part": 3.5, "region:small_part": 3, "region:whole": 0.5, "region:missing": -4,
	"region:silent": -2, "region:extra": -2, "region:none": -1.5,
	"views:equal": 2, "views:within": 1.8, "views:overlap": 0.8, "views:conflict": -2, "views:silent_low": -0.3, "views:silent": -0.6, "views:none": -1,
	"contrast:none": -0.5, "contrast:any": 0.5, "contrast:silent_without": 0.3, "contrast:silent_with": -0.3, "contrast:silent_without_with": -0.6,
	"contrast:agree": 2, "contrast:with/without": -4, "contrast:with/without_with": -3, "contrast:without/with": -4,
	"contrast:without/without_with": -4, "contrast:without_with/without": -4, "contrast:without_with/with": -3,
	"side:bilateral/bi": 1.5, "side:bilateral/uni": -0.5, "side:one/bi": -3, "side:silent/bi": -1, "side:bilateral/none": -0.3, "side:one/none": -0.7, "side:one/uni": 0.3,
}
