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
	words map[string][]codeWeight // word, word pair or piece -> codes it speaks for or against
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
	r.beginNew(lex, fs, w)
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

// beginNew gives concepts and codes that came into the lexicon after the fit what
// a fit would begin with. Weights of zero are not written, so a concept is new when it has
// none at all, and a code when it has neither a prior nor a word.
func (r *ranker) beginNew(lex *lexicon.Lexicon, fs *features, w models.Weights) {
	known := map[string]bool{}
	for n := range w {
		if code, ok := strings.CutPrefix(n, priorPrefix); ok {
			known[code] = true
		} else if pair, ok := strings.CutPrefix(n, wordPrefix); ok {
			_, code, _ := strings.Cut(pair, "|")
			known[code] = true
		} else {
			known[n] = true
		}
	}
	start := defaultWeights(fs, lex)
	for _, c := range lex.Concepts() {
		f := [3]FeatureID{fs.base[hit] + FeatureID(c.ID), fs.base[miss] + FeatureID(c.ID), fs.base[extra] + FeatureID(c.ID)}
		if !known[fs.names[f[hit]]] && !known[fs.names[f[miss]]] && !known[fs.names[f[extra]]] {
			for _, id := range f {
				r.axis[id] = start[id]
			}
		}
	}
	for i := range lex.Procedures {
		if p := &lex.Procedures[i]; !known[p.Code] {
			r.prior[i] = unseenPrior
			if p.From != "" {
				r.prior[i] = newPrior
			}
		}
	}
}

// appendPairs appends the pairs of neighbours among words.
func appendPairs(dst, words []string) []string {
	for i := 1; i < len(words); i++ {
		dst = append(dst, words[i-1]+" "+words[i])
	}
	return dst
}

// pieceMark tells a piece of a word from a word. A piece counts the same wherever
// in the word it stands: charge masters drop letters on both ends.
const pieceMark = "##"

// appendPieces appends what the parts of a word say when the whole says
// nothing. A single letter says nothing either.
func (e *Engine) appendPieces(dst []string, word string) []string {
	pieces := e.subwords.Split(word)
	if len(pieces) < 2 {
		return dst
	}
	for _, p := range pieces {
		if p = strings.TrimPrefix(p, models.Continuation); len(p) > 1 {
			dst = append(dst, pieceMark+p)
		}
	}
	return dst
}
