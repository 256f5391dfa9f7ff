package coding

import (
	"slices"
	"sort"
	"strings"

	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// TitleExample is an exam name with the code that was charged for it.
type TitleExample struct {
	ID, Exam, Code, Group string
}

// fitCandidates is how many codes a training example chooses among at first, the
// best by the axes. fitRivals is how many more the fitted ranker prefers in a
// second round: without them words would never be held against the codes that
// axes alone rank low (0.3 points of held-out accuracy). A third round adds nothing.
const (
	fitCandidates = 40
	fitRivals     = 15
)

// unseenPrior is the weight of a code that no example has: below those that
// radiology departments are known to bill, so that it wins only where nothing else
// agrees ("MRI shoulder arthrogram" is the picture, not the injection).
const unseenPrior = -4

// newPrior is the weight of a code that no example can have, because it was not
// in force when they were charged: about the mean of the codes that are used.
const newPrior = -1.5

// minGroups is how many groups (hospital systems) must use a word with a code
// before the pair may get a weight: what one hospital writes is not radiology.
const minGroups = 2

// prepared is an example with its facts and the codes it will choose among.
type prepared struct {
	TitleExample
	facts      Facts
	question   question
	gold       int
	candidates []int
	axes       map[int][]FeatureID // how a code compares, by procedure index
}

// FitProcedures learns the ranker's weights from exam names. Only examples whose code is
// in force on date are used. The result is what models/data/procedure.tsv holds.
func (e *Engine) FitProcedures(examples []TitleExample, date string, opt models.TrainOptions) models.Weights {
	return e.fit(e.prepare(examples, date), date, opt)
}

// TrainSubwords learns the pieces of words from exam names: see
// Options.Subwords. They come before the weights, which are about them.
func (e *Engine) TrainSubwords(examples []TitleExample) *models.Subwords {
	var uses []models.WordUse
	for _, x := range examples {
		d := e.reader.ReadTitle(x.Exam)
		for _, t := range d.Tokens {
			if w := strings.ToLower(t.Of(d.Text)); t.Kind == nlp.Word && !ledgerWords[w] {
				uses = append(uses, models.WordUse{Word: w, Group: x.Group})
			}
		}
	}
	return models.TrainSubwords(uses, models.DefaultSubwordOptions)
}

func (e *Engine) prepare(examples []TitleExample, date string) []prepared {
	start := e.startRanker()
	out := make([]prepared, 0, len(examples))
	for _, x := range examples {
		i, ok := e.ranker.codes[x.Code]
		if !ok || !e.lex.Procedures[i].InForce(date) {
			continue
		}
		p := prepared{TitleExample: x, facts: e.factsOfTitle(x.Exam, ""), gold: i, axes: map[int][]FeatureID{}}
		p.question = e.question(&p.facts)
		p.candidates = append(p.candidates, i)
		for _, r := range start.rank(&p.facts, date, fitCandidates) {
			if r.index != i {
				p.candidates = append(p.candidates, r.index)
			}
		}
		out = append(out, p)
	}
	return out
}

// startRanker is the engine before it has learned anything.
func (e *Engine) startRanker() *Engine {
	start := *e
	start.ranker = &ranker{axis: defaultWeights(e.features, e.lex), prior: make([]float64, len(e.lex.Procedures)), codes: e.ranker.codes}
	return &start
}

// pairIndex numbers the (word, code) pairs that may have a weight.
type pairIndex struct {
	base uint32
	ids  map[wordCode]uint32
	all  []wordCode
}

type wordCode struct {
	word string
	code int
}

func indexPairs(examples []prepared, base uint32) *pairIndex {
	groups := map[wordCode]map[string]bool{}
	for _, x := range examples {
		for _, w := range x.facts.Words {
			k := wordCode{w, x.gold}
			if groups[k] == nil {
				groups[k] = map[string]bool{}
			}
			groups[k][x.Group] = true
		}
	}
	ix := &pairIndex{base: base, ids: map[wordCode]uint32{}}
	for k, g := range groups {
		if len(g) >= minGroups {
			ix.all = append(ix.all, k)
		}
	}
	sort.Slice(ix.all, func(i, j int) bool {
		a, b := ix.all[i], ix.all[j]
		return a.code < b.code || a.code == b.code && a.word < b.word
	})
	for i, k := range ix.all {
		ix.ids[k] = base + uint32(i)
	}
	return ix
}

// fitting is one fit: what is learned, and what it is learned from.
type fitting struct {
	*Engine
	date    string
	numAxis uint32
	pairs   *pairIndex
	seen    []bool // codes that an example has, by procedure index
	weights []float64
}

func (e *Engine) fit(examples []prepared, date string, opt models.TrainOptions) models.Weights {
	numAxis, numCodes := uint32(len(e.features.names)), uint32(len(e.lex.Procedures))
	f := &fitting{Engine: e, date: date, numAxis: numAxis, pairs: indexPairs(examples, numAxis+numCodes), seen: make([]bool, numCodes)}
	for i := range examples {
		f.seen[examples[i].gold] = true
	}
	choices := make([]models.Choice, len(examples))
	for i := range examples {
		choices[i] = f.choice(&examples[i], examples[i].candidates)
	}
	f.train(choices, opt)
	rival := *e
	rival.ranker = newRanker(e.lex, e.features, f.named())
	for i := range examples {
		more := f.choice(&examples[i], f.rivals(&rival, &examples[i], date))
		choices[i].Candidates = append(choices[i].Candidates, more.Candidates...)
	}
	f.train(choices, opt)
	return f.named()
}

// train starts anew from what a coder would say.
func (f *fitting) train(choices []models.Choice, opt models.TrainOptions) {
	f.weights = make([]float64, int(f.pairs.base)+len(f.pairs.all))
	copy(f.weights, defaultWeights(f.features, f.lex))
	models.Train(choices, f.weights, int(f.pairs.base), opt)
}

// rivals are the codes that a fitted ranker would choose and the example does
// not hold yet.
func (f *fitting) rivals(fitted *Engine, x *prepared, date string) []int {
	var out []int
	for _, r := range fitted.rank(&x.facts, date, fitRivals) {
		if !slices.Contains(x.candidates, r.index) {
			out = append(out, r.index)
		}
	}
	return out
}

// choice lists the features of codes for an example, the first of them the
// right one. A code that no example has (a corpus of radiology prices names no
// vascular study) is left out: learning that it is never right would teach the
// ranker about the corpus, not about the code.
func (f *fitting) choice(x *prepared, codes []int) models.Choice {
	var c models.Choice
	for _, code := range codes {
		if f.seen[code] {
			c.Candidates = append(c.Candidates, f.choiceFeatures(x, code))
		}
	}
	return c
}

func (f *fitting) choiceFeatures(x *prepared, code int) []uint32 {
	axes, ok := x.axes[code]
	if !ok {
		axes = f.compare(nil, &x.question, &f.lex.Procedures[code])
		x.axes[code] = axes
	}
	out := make([]uint32, 0, len(axes)+1+len(x.facts.Words))
	for _, id := range axes {
		out = append(out, uint32(id))
	}
	out = append(out, f.numAxis+uint32(code))
	for _, w := range x.facts.Words {
		if id, ok := f.pairs.ids[wordCode{w, code}]; ok {
			out = append(out, id)
		}
	}
	return out
}

func (f *fitting) named() models.Weights {
	w := models.Weights{}
	for i, name := range f.features.names {
		w[name] = f.weights[i]
	}
	for i := range f.lex.Procedures {
		p := &f.lex.Procedures[i]
		switch {
		case f.seen[i]:
			w[priorPrefix+p.Code] = f.weights[int(f.numAxis)+i]
		case p.InForce(f.date):
			w[priorPrefix+p.Code] = unseenPrior
		default:
			w[priorPrefix+p.Code] = newPrior
		}
	}
	for i, k := range f.pairs.all {
		w[wordPrefix+k.word+"|"+f.lex.Procedures[k.code].Code] = f.weights[int(f.pairs.base)+i]
	}
	return w
}

// Prediction is a held-out answer of cross-validation.
type Prediction struct {
	TitleExample
	Fold          int      // the one it was held out in
	Codes         []string // best first
	Probabilities []float64
}

// CrossValidate fits on all groups but those of one fold at a time and predicts the
// rest, so that no hospital is judged by weights it helped to fit.
func (e *Engine) CrossValidate(examples []TitleExample, date string, folds int, opt models.TrainOptions) []Prediction {
	all := e.prepare(examples, date)
	fold := foldsByGroup(all, folds)
	var out []Prediction
	for k := range folds {
		var train []prepared
		for i := range all {
			if fold[i] != k {
				train = append(train, all[i])
			}
		}
		held := *e
		held.ranker = newRanker(e.lex, e.features, e.fit(train, date, opt))
		for i := range all {
			if fold[i] != k {
				continue
			}
			p := held.predict(all[i].TitleExample, date)
			p.Fold = k
			out = append(out, p)
		}
	}
	return out
}

// predict answers an exam name the way Code does: the codes of its first exam.
func (e *Engine) predict(x TitleExample, date string) Prediction {
	p := Prediction{TitleExample: x}
	exams := e.exams(e.reader.Read(nlp.Report{Exam: x.Exam}), date)
	if len(exams) == 0 {
		return p
	}
	for _, r := range exams[0].ranked {
		p.Codes = append(p.Codes, e.lex.Procedures[r.index].Code)
		p.Probabilities = append(p.Probabilities, r.probability)
	}
	return p
}

// foldsByGroup deals whole groups to folds, the largest first to the emptiest.
func foldsByGroup(all []prepared, folds int) []int {
	size := map[string]int{}
	for _, x := range all {
		size[x.Group]++
	}
	groups := make([]string, 0, len(size))
	for g := range size {
		groups = append(groups, g)
	}
	sort.Slice(groups, func(i, j int) bool {
		a, b := groups[i], groups[j]
		return size[a] > size[b] || size[a] == size[b] && a < b
	})
	load, of := make([]int, folds), map[string]int{}
	for _, g := range groups {
		least := 0
		for k := range load {
			if load[k] < load[least] {
				least = k
			}
		}
		of[g] = least
		load[least] += size[g]
	}
	fold := make([]int, len(all))
	for i, x := range all {
		fold[i] = of[x.Group]
	}
	return fold
}
