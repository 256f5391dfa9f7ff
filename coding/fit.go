package coding

import (
	"math"
	"slices"
	"sort"
	"strings"
	"unicode"

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

// FitOptions are the settings of FitProcedures. The zero value is not useful; see
// DefaultFitOptions.
type FitOptions struct {
	models.TrainOptions
	AxisPull  float64 // how strongly a weight is drawn to where it started: of a comparison feature,
	WordPull  float64 // of a word and a code, and of a code,
	CrossPull float64 // of a statement and a code or value, and of a comparison feature in a class of codes
	MinGroups int     // groups (hospital systems) that use a pair before it may get a weight: what one hospital writes is not radiology

	// A model of spelling, words and grams without axes, is fitted by itself and
	// added: fitted together each would leave to the other what only it can know of
	// the names of other hospitals (0.1 points of held-out accuracy then, 0.6 so).
	SpellingRate  float64 // its AdaGrad step
	SpellingShare float64 // its share of the score
	MinGrams      int     // as MinGroups, for a gram and a code
	LeastGram     float64 // weights of grams that are smaller are left out: half of them, which nobody misses

	Without Parts // for ablations: what the model does without; 0 = nothing
}

// Parts are parts of the procedure ranker.
type Parts uint8

// The parts that a fit can do without.
const (
	PartLearning   Parts = 1 << iota // all that is learned: weights stay what a coder would say
	PartAxes                         // comparison of axes
	PartWords                        // words, pairs and pieces of words with codes
	PartStatements                   // statements with codes and with values of their axes
	PartSpelling                     // the model of spelling
)

// has reports whether any of the parts is among p.
func (p Parts) has(any Parts) bool { return p&any != 0 }

// DefaultFitOptions are what the shipped weights were fitted with.
var DefaultFitOptions = FitOptions{TrainOptions: models.DefaultTrainOptions, AxisPull: 1e-3, WordPull: 0.1, CrossPull: 0.1, MinGroups: 2, SpellingRate: 0.1, SpellingShare: 0.3, MinGrams: 3, LeastGram: 0.02}

// prepared is an example with its facts and the codes it will choose among.
type prepared struct {
	TitleExample
	facts      Facts
	question   question
	stated     []int
	gold       int
	candidates []int
	axes       map[int][]FeatureID // how a code compares, by procedure index
}

// FitProcedures learns the ranker's weights from exam names. Only examples whose code is
// in force on date are used. The result is what models/data/procedure.tsv holds.
func (e *Engine) FitProcedures(examples []TitleExample, date string, opt FitOptions) models.Weights {
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
		p.question, p.stated = e.question(&p.facts), e.ranker.statements.of(nil, &p.facts)
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
	start.ranker = newRanker(e.lex, e.features, e.startWeights())
	return &start
}

// startWeights are what a coder would say, all codes alike.
func (e *Engine) startWeights() models.Weights {
	w := models.Weights{}
	for i, v := range defaultWeights(e.features, e.lex) {
		w[e.features.names[i]] = v
	}
	return w
}

// fitting is one fit: what is learned, and what it is learned from.
type fitting struct {
	*Engine
	date    string
	params  *params
	seen    []bool // codes that an example has, by procedure index
	weights []float64
}

func (e *Engine) fit(examples []prepared, date string, opt FitOptions) models.Weights {
	f := &fitting{Engine: e, date: date, params: newParams(e, examples, false, opt), seen: make([]bool, len(e.lex.Procedures))}
	for i := range examples {
		f.seen[examples[i].gold] = true
	}
	if opt.Without.has(PartLearning) {
		return f.startWeights()
	}
	codes := make([][]int, len(examples))
	choices := make([]models.Choice, len(examples))
	for i := range examples {
		codes[i] = examples[i].candidates
		choices[i] = f.choice(&examples[i], codes[i])
	}
	f.train(choices, opt)
	rival := *e
	first := f.named()
	f.unseenPriors(first)
	rival.ranker = newRanker(e.lex, e.features, first)
	for i := range examples {
		more := f.rivals(&rival, &examples[i], date)
		codes[i] = slices.Concat(codes[i], more)
		choices[i].Candidates = append(choices[i].Candidates, f.choice(&examples[i], more).Candidates...)
	}
	f.train(choices, opt)
	out := f.named()
	f.unseenPriors(out)
	f.addSpelling(out, examples, codes, choices, opt)
	return out
}

// train starts anew from what a coder would say.
func (f *fitting) train(choices []models.Choice, opt FitOptions) {
	f.weights = make([]float64, f.params.len())
	if f.params.spelling {
		opt.Rate = opt.SpellingRate
	} else if !opt.Without.has(PartAxes) {
		copy(f.weights, defaultWeights(f.features, f.lex))
	}
	models.Train(choices, f.weights, f.params.pulls(opt), opt.TrainOptions)
}

// addSpelling fits the model of spelling on the same codes and adds its share.
// choices is overwritten.
func (f *fitting) addSpelling(out models.Weights, examples []prepared, codes [][]int, choices []models.Choice, opt FitOptions) {
	if opt.SpellingShare == 0 || opt.Without.has(PartSpelling) {
		return
	}
	s := *f
	s.params = newParams(f.Engine, examples, true, opt)
	for i := range examples {
		choices[i] = s.choice(&examples[i], codes[i])
	}
	s.train(choices, opt)
	for name, v := range s.named() {
		if v *= opt.SpellingShare; math.Abs(v) >= opt.LeastGram || !strings.HasPrefix(name, gramPrefix) {
			out[name] += v
		}
	}
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
	return f.params.of(x, axes, code)
}

// named gives the weights their names.
func (f *fitting) named() models.Weights {
	w := models.Weights{}
	for i, v := range f.weights {
		if name := f.params.name(f.Engine, i); v != 0 && name != "" {
			w[name] = v
		}
	}
	return w
}

// unseenPriors weighs the codes that no example has. Where the examples hold no
// code of medicine (9xxxx), as the price files of imaging departments do not, vascular ultrasound is missing from the
// corpus and not from radiology.
func (f *fitting) unseenPriors(w models.Weights) {
	medicine := false
	for i := range f.lex.Procedures {
		medicine = medicine || f.seen[i] && isMedicine(f.lex.Procedures[i].Code)
	}
	for i := range f.lex.Procedures {
		p := &f.lex.Procedures[i]
		switch {
		case f.seen[i]:
		case p.InForce(f.date) && (medicine || !isMedicine(p.Code)):
			w[priorPrefix+p.Code] = unseenPrior
		default:
			w[priorPrefix+p.Code] = newPrior
		}
	}
}

// isMedicine reports whether a code stands in CPT's section on medicine, where
// vascular ultrasound and echocardiography are.
func isMedicine(code string) bool { return code[0] == '9' }

// Prediction is a held-out answer of cross-validation.
type Prediction struct {
	TitleExample
	Fold          int      // the one it was held out in
	Unseen        bool     // no example of another fold has the same words: see NormalTitle
	Codes         []string // best first
	Probabilities []float64
}

// CrossValidate fits on all groups but those of one fold at a time and predicts the
// rest, so that no hospital is judged by weights it helped to fit.
func (e *Engine) CrossValidate(examples []TitleExample, date string, folds int, opt FitOptions) []Prediction {
	all := e.prepare(examples, date)
	fold := foldsByGroup(all, folds)
	var out []Prediction
	for k := range folds {
		var train []prepared
		known := map[string]bool{}
		for i := range all {
			if fold[i] != k {
				train = append(train, all[i])
				known[NormalTitle(all[i].Exam)] = true
			}
		}
		held := *e
		held.ranker = newRanker(e.lex, e.features, e.fit(train, date, opt))
		if opt.Without.has(PartAxes) {
			held.ranker.ignoreAxes()
		}
		for i := range all {
			if fold[i] != k {
				continue
			}
			p := held.predict(all[i].TitleExample, date)
			p.Fold, p.Unseen = k, !known[NormalTitle(p.Exam)]
			out = append(out, p)
		}
	}
	return out
}

// NormalTitle is an exam name as it is compared with others: its runs of letters
// and digits in lower case, with a space between.
func NormalTitle(exam string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(exam), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), " ")
}

// predict answers an exam name the way Code does: the codes of its first exam.
func (e *Engine) predict(x TitleExample, date string) Prediction {
	p := Prediction{TitleExample: x}
	exams := e.exams(&study{doc: e.reader.Read(nlp.Report{Exam: x.Exam}), date: date})
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
