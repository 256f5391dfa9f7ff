package coding

import (
	"sort"

	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// TitleExample is an exam name with the code that was charged for it.
type TitleExample struct {
	Exam, Code, Group string
}

// fitCandidates is how many codes a training example chooses among. More made
// no difference to the held-out figures.
const fitCandidates = 40

// unseenPrior is the weight of a code that no example has: below those that
// radiology departments are known to bill, so that it wins on its axes only.
const unseenPrior = -1.5

// minGroups is how many groups (hospital systems) must use a word with a code
// before the pair may get a weight: what one hospital writes is not radiology.
const minGroups = 2

// prepared is an example with its facts and the codes it will choose among.
type prepared struct {
	TitleExample
	facts Facts
	words []string
	gold  int
}

// FitProcedures learns the ranker's weights from exam names. Only examples whose code is
// in force on date are used. The result is what models/data/procedure.tsv holds.
func (e *Engine) FitProcedures(examples []TitleExample, date string, opt models.TrainOptions) models.Weights {
	return e.fit(e.prepare(examples, date), date, opt)
}

func (e *Engine) prepare(examples []TitleExample, date string) []prepared {
	out := make([]prepared, 0, len(examples))
	for _, x := range examples {
		i, ok := e.ranker.codes[x.Code]
		if !ok || !e.lex.Procedures[i].InForce(date) {
			continue
		}
		p := prepared{TitleExample: x, facts: e.factsOfTitle(x.Exam, ""), gold: i}
		p.words = wordFeatures(nil, p.facts.Words)
		out = append(out, p)
	}
	return out
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
		for _, w := range x.words {
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

func (e *Engine) fit(examples []prepared, date string, opt models.TrainOptions) models.Weights {
	numAxis, numCodes := uint32(len(e.features.names)), uint32(len(e.lex.Procedures))
	pairs := indexPairs(examples, numAxis+numCodes)
	weights := make([]float64, int(numAxis+numCodes)+len(pairs.all))
	copy(weights, defaultWeights(e.features, e.lex))

	start := *e
	start.ranker = &ranker{axis: weights[:numAxis], prior: make([]float64, numCodes), words: map[string][]codeWeight{}, codes: e.ranker.codes}
	seen := make([]bool, numCodes)
	for i := range examples {
		seen[examples[i].gold] = true
	}
	choices := make([]models.Choice, len(examples))
	for i := range examples {
		choices[i] = start.choice(&examples[i], date, numAxis, pairs, seen)
	}
	models.Train(choices, weights, opt)

	w := models.Weights{}
	for i, name := range e.features.names {
		w[name] = weights[i]
	}
	for i := range e.lex.Procedures {
		w[priorPrefix+e.lex.Procedures[i].Code] = weights[int(numAxis)+i]
		if !seen[i] {
			w[priorPrefix+e.lex.Procedures[i].Code] = unseenPrior
		}
	}
	for i, k := range pairs.all {
		w[wordPrefix+k.word+"|"+e.lex.Procedures[k.code].Code] = weights[int(pairs.base)+i]
	}
	return w
}

// choice lists the best codes under the starting weights, the right one among
// them, with their features. A code that no example has (a corpus of radiology
// prices names no vascular study) is left out: learning that it is never right
// would teach the ranker about the corpus, not about the code.
func (e *Engine) choice(x *prepared, date string, numAxis uint32, pairs *pairIndex, seen []bool) models.Choice {
	q := e.question(&x.facts)
	top := e.rank(&x.facts, date, fitCandidates)
	c := models.Choice{Gold: -1}
	for _, r := range top {
		if !seen[r.index] {
			continue
		}
		if r.index == x.gold {
			c.Gold = len(c.Candidates)
		}
		c.Candidates = append(c.Candidates, e.choiceFeatures(&q, x, r.index, numAxis, pairs))
	}
	if c.Gold < 0 {
		c.Gold = len(c.Candidates)
		c.Candidates = append(c.Candidates, e.choiceFeatures(&q, x, x.gold, numAxis, pairs))
	}
	return c
}

func (e *Engine) choiceFeatures(q *question, x *prepared, code int, numAxis uint32, pairs *pairIndex) []uint32 {
	var out []uint32
	for _, id := range e.compare(nil, q, &e.lex.Procedures[code]) {
		out = append(out, uint32(id))
	}
	out = append(out, numAxis+uint32(code))
	for _, w := range x.words {
		if id, ok := pairs.ids[wordCode{w, code}]; ok {
			out = append(out, id)
		}
	}
	return out
}

// Prediction is a held-out answer of cross-validation.
type Prediction struct {
	TitleExample
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
			out = append(out, held.predict(all[i].TitleExample, date))
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
