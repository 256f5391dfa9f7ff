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
	byWord := e.wordScores(f.Words)
	var top []ranked // sorted, at most n
	sum, peak := 0.0, math.Inf(-1)
	buf := make([]FeatureID, 0, 64)
	for i := range e.lex.Procedures {
		p := &e.lex.Procedures[i]
		if !p.InForce(date) {
			continue
		}
		buf = e.compare(buf[:0], &q, p)
		score := e.ranker.prior[i]
		if byWord != nil {
			score += byWord[i]
		}
		for _, id := range buf {
			score += e.ranker.axis[id]
		}
		if f.Narrated {
			score += e.unsaid(buf)
		}
		sum, peak = addExp(sum, peak, score)
		top = insert(top, ranked{index: i, score: score}, n)
	}
	for i := range top {
		top[i].probability = math.Exp(top[i].score-peak) / sum
	}
	return top
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

// wordScores sums the learned weights of the words per code, nil for no words.
func (e *Engine) wordScores(words []string) []float64 {
	if len(words) == 0 {
		return nil
	}
	scores := make([]float64, len(e.lex.Procedures))
	for _, w := range words {
		for _, cw := range e.ranker.words[w] {
			scores[cw.code] += float64(cw.weight)
		}
	}
	return scores
}

// addExp adds a score to a running sum of exponentials that is kept relative to
// the highest score seen.
func addExp(sum, peak, score float64) (float64, float64) {
	if score > peak {
		return sum*math.Exp(peak-score) + 1, score
	}
	return sum + math.Exp(score-peak), peak
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
