package coding

import (
	"cmp"
	"slices"

	"github.com/radcode/radcode/lexicon"
)

// params numbers the weights that a fit learns: comparison features, codes, then
// pairs, in that order.
type params struct {
	spelling          bool // words and grams alone; else all but grams
	without           Parts
	numAxis, numCodes int
	pairs             map[pair]uint32
	all               []pair
	codes             []codeAspects // by procedure index

	words, grams, modalities, families, values names
}

// pair is a weight about two things; kind says which.
type pair struct {
	kind        pairKind
	left, right int32
}

type pairKind uint8

const (
	axisModality pairKind = iota // comparison feature, modality of the code
	axisFamily                   // comparison feature, family of the code
	wordOfCode                   // word, procedure index
	gramOfCode                   // gram, procedure index
	factOfCode                   // statement, procedure index
	factOfValue                  // statement, value of an axis of the code
)

// codeAspects is what pairs see of a code beside the code itself.
type codeAspects struct {
	modality, family int32
	values           []int32
}

// names numbers strings in the order in which they come.
type names struct {
	ids map[string]int32
	all []string
}

func (n *names) id(s string) int32 {
	id, ok := n.ids[s]
	if !ok {
		if n.ids == nil {
			n.ids = map[string]int32{}
		}
		id = int32(len(n.all))
		n.ids[s] = id
		n.all = append(n.all, s)
	}
	return id
}

func newParams(e *Engine, examples []prepared, spelling bool, opt FitOptions) *params {
	ps := &params{
		spelling: spelling, without: opt.Without, numAxis: len(e.features.names), numCodes: len(e.lex.Procedures),
		pairs: map[pair]uint32{},
	}
	for i := range e.lex.Procedures {
		ps.codes = append(ps.codes, ps.aspects(e.lex, &e.lex.Procedures[i]))
	}
	for i := range examples {
		for _, w := range examples[i].facts.Words {
			ps.words.id(w)
		}
		for _, g := range examples[i].facts.Grams {
			ps.grams.id(g)
		}
	}
	for _, p := range ps.shared(examples, opt) {
		ps.add(p)
	}
	return ps
}

func (ps *params) aspects(lex *lexicon.Lexicon, p *lexicon.Procedure) codeAspects {
	class := classOf(lex, p)
	a := codeAspects{modality: ps.modalities.id(class.modality), family: ps.families.id(class.family)}
	for _, v := range axisValues(lex, p) {
		a.values = append(a.values, ps.values.id(v))
	}
	return a
}

// shared lists the pairs of words, grams or statements with the right code that
// enough groups use, sorted.
func (ps *params) shared(examples []prepared, opt FitOptions) []pair {
	type use struct {
		pair
		group int32
	}
	groups := names{}
	var uses []use
	for i := range examples {
		x := &examples[i]
		group := groups.id(x.Group)
		ps.visit(x, x.gold, func(p pair) { uses = append(uses, use{p, group}) })
	}
	slices.SortFunc(uses, func(a, b use) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.left, b.left), cmp.Compare(a.right, b.right), cmp.Compare(a.group, b.group))
	})
	uses = slices.Compact(uses)
	var out []pair
	for i := 0; i < len(uses); {
		j := i + 1
		for j < len(uses) && uses[j].pair == uses[i].pair {
			j++
		}
		enough := opt.MinGroups
		if uses[i].kind == gramOfCode {
			enough = opt.MinGrams
		}
		if j-i >= enough {
			out = append(out, uses[i].pair)
		}
		i = j
	}
	return out
}

// visit calls f with all pairs of a word, gram or statement of the example and a
// code.
func (ps *params) visit(x *prepared, code int, f func(pair)) {
	for _, w := range x.facts.Words {
		if id, known := ps.words.ids[w]; known && !ps.without.has(PartWords) {
			f(pair{wordOfCode, id, int32(code)})
		}
	}
	if ps.spelling {
		for _, g := range x.facts.Grams {
			if id, known := ps.grams.ids[g]; known {
				f(pair{gramOfCode, id, int32(code)})
			}
		}
		return
	}
	if ps.without.has(PartStatements) {
		return
	}
	for _, s := range x.stated {
		f(pair{factOfCode, int32(s), int32(code)})
		for _, v := range ps.codes[code].values {
			f(pair{factOfValue, int32(s), v})
		}
	}
}

func (ps *params) add(p pair) uint32 {
	id := uint32(ps.len())
	ps.pairs[p] = id
	ps.all = append(ps.all, p)
	return id
}

// len is how many weights there are.
func (ps *params) len() int { return ps.numAxis + ps.numCodes + len(ps.all) }

// of lists the weights that a candidate code of an example sums. Those of
// comparison features in a class of codes are numbered when they are first met.
func (ps *params) of(x *prepared, axes []FeatureID, code int) []uint32 {
	out := make([]uint32, 0, 3*len(axes)+1+2*len(x.facts.Words))
	a := &ps.codes[code]
	if ps.spelling || ps.without.has(PartAxes) {
		axes = nil
	}
	for _, id := range axes {
		out = append(out, uint32(id))
		for _, p := range [...]pair{{axisModality, int32(id), a.modality}, {axisFamily, int32(id), a.family}} {
			n, ok := ps.pairs[p]
			if !ok {
				n = ps.add(p)
			}
			out = append(out, n)
		}
	}
	out = append(out, uint32(ps.numAxis+code))
	ps.visit(x, code, func(p pair) {
		if id, ok := ps.pairs[p]; ok {
			out = append(out, id)
		}
	})
	return slices.Clip(out)
}

// pulls is the pull of every weight.
func (ps *params) pulls(opt FitOptions) []float64 {
	out := make([]float64, ps.len())
	for i := range out {
		switch {
		case ps.spelling:
			out[i] = opt.WordPull
		case i < ps.numAxis:
			out[i] = opt.AxisPull
		case i < ps.numAxis+ps.numCodes || ps.all[i-ps.numAxis-ps.numCodes].kind == wordOfCode:
			out[i] = opt.WordPull
		default:
			out[i] = opt.CrossPull
		}
	}
	return out
}

// name is the name of weight i in the file.
func (ps *params) name(e *Engine, i int) string {
	if i < ps.numAxis {
		return e.features.names[i]
	}
	if i -= ps.numAxis; i < ps.numCodes {
		return priorPrefix + e.lex.Procedures[i].Code
	}
	p := ps.all[i-ps.numCodes]
	switch p.kind {
	case axisModality:
		return e.features.names[p.left] + classMark + ps.modalities.all[p.right]
	case axisFamily:
		return e.features.names[p.left] + classMark + ps.families.all[p.right]
	case wordOfCode:
		return wordPrefix + ps.words.all[p.left] + "|" + e.lex.Procedures[p.right].Code
	case gramOfCode:
		return gramPrefix + ps.grams.all[p.left] + "|" + e.lex.Procedures[p.right].Code
	case factOfCode:
		return factPrefix + e.ranker.statements.names[p.left] + "|" + e.lex.Procedures[p.right].Code
	}
	return valuePrefix + e.ranker.statements.names[p.left] + "|" + ps.values.all[p.right]
}
