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
	s := e.scores(f)
	defer e.ranker.scratch.Put(s)
	peak := math.Inf(-1)
	top := make([]ranked, 0, min(n, len(e.lex.Procedures))+1) // sorted
	for i := range e.lex.Procedures {
		if !e.lex.Procedures[i].InForce(date) {
			(*s)[i] = math.Inf(-1)
			continue
		}
		peak = max(peak, (*s)[i])
		top = insert(top, ranked{index: i, score: (*s)[i]}, n)
	}
	sum := 0.0
	for _, score := range *s {
		if score > peak-negligible {
			sum += math.Exp(score - peak)
		}
	}
	for i := range top {
		top[i].probability = math.Exp(top[i].score-peak) / sum
	}
	return top
}

// negligible is how far below the best a score adds nothing that a float64 of
// the sum would hold.
const negligible = 40

// scores returns the score of every code, by procedure index. The caller puts
// the slice back.
func (e *Engine) scores(f *Facts) *[]float64 {
	r := e.ranker
	scores := r.scratch.Get().(*[]float64)
	copy(*scores, r.prior)
	r.speaking(f, func(weights []codeWeight) {
		for _, cw := range weights {
			(*scores)[cw.code] += float64(cw.weight)
		}
	})
	q := e.question(f)
	for n := range comparisons {
		sums, kinds := e.sums(n, &q), r.layout.kindOf[n]
		for i, k := range kinds {
			(*scores)[i] += sums[k]
		}
	}
	return scores
}

// Running text describes what was done, so a code that needs a technique or
// contrast that nothing mentions is less likely than in a terse exam name. The
// learned weights come from exam names; these come on top.
const (
	unsaidTechnique = -2.0
	unsaidContrast  = -1.0
)

func (e *Engine) unsaid(features []FeatureID) float64 {
	sum := 0.0
	for _, id := range features {
		switch {
		case id == contrastSilentWith || id == contrastSilentBoth:
			sum += unsaidContrast
		case id >= e.features.base[miss] && id < e.features.base[extra]:
			sum += unsaidTechnique
		}
	}
	return sum
}

// insert keeps the n best in order; of equals the one that came first, the
// smaller code, stays in front.
func insert(top []ranked, r ranked, n int) []ranked {
	if len(top) == n && r.score <= top[n-1].score {
		return top
	}
	at := sort.Search(len(top), func(i int) bool { return top[i].score < r.score })
	if len(top) < n {
		top = append(top, ranked{})
	}
	copy(top[at+1:], top[at:])
	top[at] = r
	return top
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
