package coding

import (
	"math"
	"slices"
	"sort"

	"github.com/radcode/radcode/lexicon"
)

// ranked is one procedure code with its score.
type ranked struct {
	index       int // into Lexicon.Procedures
	score       float64
	probability float64 // softmax over all codes in force
	learned     float64 // the part of the score that words, grams and statements have
	taken       float64 // what the score lost because the code contradicts a statement: see obeyStatements
}

// rank scores every code in force on a date against the facts, best first, ties
// by code, and returns the first n.
func (e *Engine) rank(f *Facts, date string, n int) []ranked {
	s := e.scores(f, date)
	defer e.ranker.scratch.Put(s)
	top := best(s.total, max(n, rankedKept))
	taken := e.obeyStatements(s.total, top, f)
	if len(taken) > 0 {
		top = best(s.total, max(n, rankedKept))
	}
	top = top[:min(n, len(top))]
	if len(top) == 0 {
		return top
	}
	peak, sum := top[0].score, 0.0
	for _, score := range s.total {
		if score > peak-negligible {
			sum += math.Exp(score - peak)
		}
	}
	for i := range top {
		top[i].probability = math.Exp(top[i].score-peak) / sum
		top[i].learned, top[i].taken = s.learned[top[i].index], taken[top[i].index]
	}
	return top
}

// best returns the n best of scores in order. A score of minus infinity is no answer.
func best(scores []float64, n int) []ranked {
	top := make([]ranked, 0, min(n, len(scores))+1)
	for i, score := range scores {
		if !math.IsInf(score, -1) {
			top = insert(top, ranked{index: i, score: score}, n)
		}
	}
	return top
}

// negligible is how far below the best a score adds nothing: all codes together less than the last digit of a
// confidence.
const negligible = 18

// scores are the scores of every code, by procedure index: room that a ranking
// borrows.
type scores struct {
	total   []float64
	learned []float64 // the part of words, grams and statements
}

// scores computes the score of every code; of one that is not in force it is minus infinity. The caller puts
// the room back.
func (e *Engine) scores(f *Facts, date string) *scores {
	r := e.ranker
	s := r.scratch.Get().(*scores)
	clear(s.learned)
	r.speaking(f, func(weights []codeWeight) {
		for _, cw := range weights {
			s.learned[cw.code] += float64(cw.weight)
		}
	})
	for i, prior := range e.priors(date) {
		s.total[i] = prior + s.learned[i]
	}
	q := e.question(f)
	for n := range comparisons {
		sums := e.sums(n, &q)
		for i, k := range r.layout.kindOf[n] {
			s.total[i] += sums[k]
		}
	}
	return s
}

// priors are the weights that codes have by themselves, minus infinity for those that are not in force on the date.
func (e *Engine) priors(date string) []float64 {
	if kept, ok := e.ranker.dated.Get(date); ok {
		return kept
	}
	out := slices.Clone(e.ranker.prior)
	for i := range e.lex.Procedures {
		if !e.lex.Procedures[i].InForce(date) {
			out[i] = math.Inf(-1)
		}
	}
	e.ranker.dated.Add(date, out)
	return out
}

// keptDates is how many dates of service are remembered with what was in force: the reports of a few months.
const keptDates = 128

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
