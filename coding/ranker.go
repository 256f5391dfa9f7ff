package coding

import (
	"slices"
	"sort"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
)

// ranker scores procedure codes: a weight per comparison feature, which may
// differ by modality and family of the code, and for what the axes cannot see a
// weight per pair of a word or fact and a code.
type ranker struct {
	axis  [][]float64             // by class of the code, then FeatureID
	prior []float64               // by procedure index
	words map[string][]codeWeight // word, word pair or piece -> codes it speaks for or against
	grams map[string][]codeWeight // the same for pieces of spelling
	codes map[string]int          // procedure code -> index

	statements *statements
	stated     [][]codeWeight // the same for what is stated, by its number
	layout     *layout
	tallies    []tally
	scratch    *sync.Pool                    // *scores
	dated      *lru.Cache[string, []float64] // prior by date of service: see priors
}

type codeWeight struct {
	code   int32
	weight float32
}

// Names of learned weights. Those of comparison features have the feature's
// name, followed by classMark and a modality or family where they are about codes of it only.
const (
	priorPrefix = "code:"  // code:CODE
	wordPrefix  = "word:"  // word:WORD|CODE
	gramPrefix  = "gram:"  // gram:GRAM|CODE
	factPrefix  = "fact:"  // fact:STATED|CODE
	valuePrefix = "value:" // value:STATED|VALUE, for all codes that ask for the value on an axis
	classMark   = "@"
)

func newRanker(lex *lexicon.Lexicon, fs *features, w models.Weights) *ranker {
	n := len(lex.Procedures)
	r := &ranker{
		prior: make([]float64, n), words: map[string][]codeWeight{}, grams: map[string][]codeWeight{}, codes: map[string]int{},
		statements: newStatements(lex), layout: newLayout(lex), tallies: newTallies(lex),
		scratch: &sync.Pool{New: func() any { return &scores{make([]float64, n), make([]float64, n)} }},
		dated:   newCache[string, []float64](keptDates),
	}
	for i := range lex.Procedures {
		r.codes[lex.Procedures[i].Code] = i
	}
	names := make([]string, 0, len(w))
	for name := range w {
		names = append(names, name)
	}
	sort.Strings(names)
	r.weighAxes(lex, fs, w, names)
	r.learn(lex, w, names)
	return r
}

// weighAxes fills the weights of the comparison features for every class: what
// all codes share, and what those of the modality and of the family add.
func (r *ranker) weighAxes(lex *lexicon.Lexicon, fs *features, w models.Weights, names []string) {
	shared := make([]float64, len(fs.names))
	for i, name := range fs.names {
		shared[i] = w[name]
	}
	r.beginNew(lex, fs, names, shared)
	classes := map[string][]int{} // of a modality, of a family
	for i, c := range r.layout.classes {
		r.axis = append(r.axis, slices.Clone(shared))
		classes[c.modality] = append(classes[c.modality], i)
		classes[c.family] = append(classes[c.family], i)
	}
	for _, name := range names {
		feature, class, _ := strings.Cut(name, classMark)
		if id, ok := fs.ids[feature]; ok {
			for _, i := range classes[class] {
				r.axis[i][id] += w[name]
			}
		}
	}
}

// ignoreAxes leaves words and statements alone to decide, for ablations. What is stated still bars contradicting
// siblings: see obeyStatements.
func (r *ranker) ignoreAxes() {
	for i := range r.axis {
		clear(r.axis[i])
	}
}

// learn takes over the weights of words and statements.
func (r *ranker) learn(lex *lexicon.Lexicon, w models.Weights, names []string) {
	byCode := make([][]float64, len(r.statements.names)) // statement, procedure index
	having := withValue(lex)
	for _, name := range names {
		kind, rest, _ := strings.Cut(name, ":")
		left, right, _ := cutLast(rest, "|")
		stated, isStated := r.statements.ids[left]
		code, isCode := r.codes[right]
		switch kind += ":"; {
		case kind == priorPrefix:
			if code, isCode = r.codes[rest]; isCode {
				r.prior[code] = w[name]
			}
		case kind == wordPrefix && isCode:
			r.words[left] = append(r.words[left], codeWeight{int32(code), float32(w[name])})
		case kind == gramPrefix && isCode:
			r.grams[left] = append(r.grams[left], codeWeight{int32(code), float32(w[name])})
		case kind == factPrefix && isStated && isCode:
			add(&byCode[stated], len(r.prior), []int{code}, w[name])
		case kind == valuePrefix && isStated:
			add(&byCode[stated], len(r.prior), having[right], w[name])
		}
	}
	r.stated = make([][]codeWeight, len(byCode))
	for n, weights := range byCode {
		for code, v := range weights {
			if v != 0 {
				r.stated[n] = append(r.stated[n], codeWeight{int32(code), float32(v)})
			}
		}
	}
}

// add adds a weight for codes to a row that is made when it is first needed.
func add(row *[]float64, size int, codes []int, weight float64) {
	if *row == nil {
		*row = make([]float64, size)
	}
	for _, c := range codes {
		(*row)[c] += weight
	}
}

// withValue lists the procedures that ask for a value on an axis, one entry for
// each time.
func withValue(lex *lexicon.Lexicon) map[string][]int {
	out := map[string][]int{}
	for i := range lex.Procedures {
		for _, v := range axisValues(lex, &lex.Procedures[i]) {
			out[v] = append(out[v], i)
		}
	}
	return out
}

// cutLast cuts at the last separator.
func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// speaking calls visit with the weights of every word, gram and statement of
// an exam that is named by words: what is learned from names is not about running text.
func (r *ranker) speaking(f *Facts, visit func([]codeWeight)) {
	if len(f.Words) == 0 {
		return
	}
	for _, w := range f.Words {
		visit(r.words[w])
	}
	for _, g := range f.Grams {
		visit(r.grams[g])
	}
	var room [16]int
	for _, n := range r.statements.of(room[:0], f) {
		visit(r.stated[n])
	}
}

// beginNew gives concepts and codes that came into the lexicon after the fit what
// a fit would begin with. Weights of zero are not written, so a concept is new when it has
// none at all, and a code when it has neither a prior nor a word.
func (r *ranker) beginNew(lex *lexicon.Lexicon, fs *features, names []string, shared []float64) {
	known := map[string]bool{}
	for _, name := range names {
		if code, ok := strings.CutPrefix(name, priorPrefix); ok {
			name = code
		} else if _, code, ok := cutLast(name, "|"); ok {
			name = code
		}
		feature, _, _ := strings.Cut(name, classMark)
		known[feature] = true
	}
	start := defaultWeights(fs, lex)
	for _, c := range lex.Concepts() {
		f := [3]FeatureID{fs.base[hit] + FeatureID(c.ID), fs.base[miss] + FeatureID(c.ID), fs.base[extra] + FeatureID(c.ID)}
		if !known[fs.names[f[hit]]] && !known[fs.names[f[miss]]] && !known[fs.names[f[extra]]] {
			for _, id := range f {
				shared[id] = start[id]
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
