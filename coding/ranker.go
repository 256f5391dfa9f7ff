package coding

import (
	"sort"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
)

// ranker scores procedure codes: a weight per comparison feature, and a weight
// per pair of a word and a code for what the axes cannot see.
type ranker struct {
	axis  []float64               // by FeatureID
	prior []float64               // by procedure index
	words map[string][]codeWeight // word or word pair -> codes it speaks for or against
	codes map[string]int          // procedure code -> index
}

type codeWeight struct {
	code   int32
	weight float32
}

// Names of learned weights beside the comparison features.
const (
	priorPrefix = "code:"
	wordPrefix  = "word:"
)

func newRanker(lex *lexicon.Lexicon, fs *features, w models.Weights) *ranker {
	r := &ranker{
		axis: make([]float64, len(fs.names)), prior: make([]float64, len(lex.Procedures)),
		words: map[string][]codeWeight{}, codes: map[string]int{},
	}
	for i := range lex.Procedures {
		r.codes[lex.Procedures[i].Code] = i
	}
	names := make([]string, 0, len(w))
	for n := range w {
		names = append(names, n)
	}
	sort.Strings(names)
	for _, n := range names {
		if code, ok := strings.CutPrefix(n, priorPrefix); ok {
			if i, known := r.codes[code]; known {
				r.prior[i] = w[n]
			}
		} else if pair, ok := strings.CutPrefix(n, wordPrefix); ok {
			word, code, _ := strings.Cut(pair, "|")
			if i, known := r.codes[code]; known {
				r.words[word] = append(r.words[word], codeWeight{int32(i), float32(w[n])})
			}
		} else if id, ok := fs.ids[n]; ok {
			r.axis[id] = w[n]
		}
	}
	return r
}

// wordFeatures appends the words and the pairs of neighbours: what the learned
// word weights are keyed by.
func wordFeatures(dst, words []string) []string {
	dst = append(dst, words...)
	for i := 1; i < len(words); i++ {
		dst = append(dst, words[i-1]+" "+words[i])
	}
	return dst
}
