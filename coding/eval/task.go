package eval

import (
	"slices"

	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// task is one kind of label that is scored, at one level of detail.
type task struct {
	name, title, doc string
	system           string // lexicon.CPT stands for HCPCS as well
	gold             func(*exchange.Gold) []exchange.GoldCode
	answers          func(*Prediction) []Answer
	ranked           bool // the level at which candidates are ranked
	level            func(*Codebook, string) string
}

// tasks in the order of all tables.
var tasks = []task{
	{
		name: "cpt", title: "Procedures", doc: "CPT and HCPCS codes, one per exam", system: lexicon.CPT,
		gold: goldProcedures, answers: procedureAnswers, ranked: true,
	},
	{
		name: "cpt.family", title: "Procedure families", doc: "modality and body part of the procedure codes, each once", system: lexicon.CPT,
		gold: goldProcedures, answers: procedureAnswers, level: (*Codebook).Family,
	},
	{
		name: "icd10cm", title: "Diagnoses", doc: "ICD-10-CM codes of the claim under the policy official", system: lexicon.ICD10CM,
		gold: goldDiagnoses, answers: diagnosisAnswers, ranked: true,
	},
	{
		name: "icd10cm.category", title: "Diagnosis categories", doc: "three-character categories of the ICD-10-CM codes, each once", system: lexicon.ICD10CM,
		gold: goldDiagnoses, answers: diagnosisAnswers, level: func(_ *Codebook, code string) string { return Category(code) },
	},
}

// Places in tasks.
const (
	taskCPT = iota
	taskFamily
	taskICD
	taskCategory
	numTasks
)

func goldProcedures(g *exchange.Gold) []exchange.GoldCode { return g.CPT }
func goldDiagnoses(g *exchange.Gold) []exchange.GoldCode  { return g.ICD10CM }
func procedureAnswers(p *Prediction) []Answer             { return p.CPT }
func diagnosisAnswers(p *Prediction) []Answer             { return p.ICD10CM }

// Outcome is what became of one report in one task.
type Outcome struct {
	Gold    []exchange.GoldCode
	Answers []Answer
	Codes   []string // of the answers
	Matching
	Ranks []int // per gold entry the place of the first candidate it accepts, from 1; 0 = none
}

// outcome scores one report; nil when gold or prediction say nothing on the
// task.
func (t *task) outcome(b *Codebook, r *exchange.Record, p *Prediction) *Outcome {
	if r.Gold == nil || t.gold(r.Gold) == nil || t.answers(p) == nil {
		return nil
	}
	o := &Outcome{Gold: t.gold(r.Gold), Answers: t.answers(p)}
	accepts := exchange.GoldCode.Accepts
	if t.level != nil {
		o.Gold, o.Answers = t.coarseGold(b, o.Gold), t.coarseAnswers(b, o.Answers)
		accepts = acceptsWhole
	}
	for _, a := range o.Answers {
		o.Codes = append(o.Codes, a.Code)
	}
	o.Matching = match(o.Gold, o.Codes, accepts)
	if t.ranked {
		o.rank(t.rankings(p))
	}
	return o
}

// coarseGold names each family or category once; it is required when one of its
// codes is.
func (t *task) coarseGold(b *Codebook, gold []exchange.GoldCode) []exchange.GoldCode {
	out := []exchange.GoldCode{}
	at := map[string]int{}
	for _, g := range gold {
		key := t.level(b, g.Code)
		i, known := at[key]
		if !known {
			i = len(out)
			at[key] = i
			out = append(out, exchange.GoldCode{Code: key, Optional: true})
		}
		out[i].Optional = out[i].Optional && g.Optional
		for _, a := range g.Accept {
			if k := t.level(b, a); k != key && !slices.Contains(out[i].Accept, k) {
				out[i].Accept = append(out[i].Accept, k)
			}
		}
	}
	return out
}

func (t *task) coarseAnswers(b *Codebook, answers []Answer) []Answer {
	out := []Answer{}
	for _, a := range answers {
		key := t.level(b, a.Code)
		if !slices.ContainsFunc(out, func(x Answer) bool { return x.Code == key }) {
			out = append(out, Answer{Code: key, Confidence: a.Confidence})
		}
	}
	return out
}

// acceptsWhole compares names, of which one may begin with another.
func acceptsWhole(g exchange.GoldCode, name string) bool {
	return g.Code == name || slices.Contains(g.Accept, name)
}

// rankings are the lists of candidates, best first: one per exam, or one of all
// diagnoses.
func (t *task) rankings(p *Prediction) [][]string {
	if t.system == lexicon.ICD10CM {
		return [][]string{p.rankedDiagnoses()}
	}
	var out [][]string
	for _, a := range p.CPT {
		list := []string{a.Code}
		for _, c := range a.RunnersUp {
			list = append(list, c.Code)
		}
		out = append(out, list)
	}
	return out
}

// rankedDiagnoses are the codes of the claim in its order, then what was
// considered beside them, the surest first.
func (p *Prediction) rankedDiagnoses() []string {
	var out []string
	for _, a := range p.ICD10CM {
		out = append(out, a.Code)
	}
	rest := slices.Clone(p.Considered.ICD10CM)
	slices.SortStableFunc(rest, candidateOrder)
	for _, c := range rest {
		if !slices.Contains(out, c.Code) {
			out = append(out, c.Code)
		}
	}
	return out
}

// rank finds every gold entry in the lists.
func (o *Outcome) rank(rankings [][]string) {
	o.Ranks = make([]int, len(o.Gold))
	for i, g := range o.Gold {
		for _, list := range rankings {
			if at := slices.IndexFunc(list, g.Accepts); at >= 0 && (o.Ranks[i] == 0 || at+1 < o.Ranks[i]) {
				o.Ranks[i] = at + 1
			}
		}
	}
}
