package eval

import (
	"cmp"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// Case is one report of a corpus with what was predicted for it.
type Case struct {
	exchange.Record
	Prediction Prediction
	Errors     []CodeError // of the full codes, procedures first

	outcomes [numTasks]*Outcome
	slices   [][]string // values per row of the slice table
}

// Stages in which a gold code can be lost.
const (
	StageGold      = "gold"      // the code was not in force, or no code set has it: nothing could be right
	StageRetrieval = "retrieval" // never proposed
	StageRanking   = "ranking"   // proposed, but another code was preferred
	StageThreshold = "threshold" // considered to the end and left out as not likely enough
	StageUnknown   = "unknown"   // the coder does not tell what it proposed
)

// stages in the order of the pipeline.
var stages = []struct{ name, doc string }{
	{StageRetrieval, "never proposed: no exam or mention of it was read, or it was not among the candidates"},
	{StageRanking, "proposed, but another code was preferred or the mention was judged not to count"},
	{StageThreshold, "considered to the end, and left off the claim as not likely enough"},
	{StageGold, "the gold code was not in force on the date of service, or no code set has it"},
	{StageUnknown, "the coder does not tell what it proposed"},
}

// CodeError is a missed gold code, a wrong one, or both when one stands for the
// other.
type CodeError struct {
	System    string `json:"system"`
	Gold      string `json:"gold,omitempty"`      // missed; empty for an extra code
	Predicted string `json:"predicted,omitempty"` // extra; empty for a missed code
	Relation  string `json:"relation"`            // how the two are related, or missed, or extra
	Stage     string `json:"stage,omitempty"`     // where the gold code was lost
}

// Kind names the error in a list of kinds.
func (e CodeError) Kind() string { return e.System + " " + e.Relation }

func newCase(b *Codebook, r exchange.Record, p Prediction) *Case {
	c := &Case{Record: r, Prediction: p}
	for i := range tasks {
		c.outcomes[i] = tasks[i].outcome(b, &r, &p)
	}
	c.explain(b, taskCPT)
	c.explain(b, taskICD)
	return c
}

// scored reports whether anything can be measured on the case.
func (c *Case) scored() bool {
	g := c.Gold
	return g != nil && (g.CPT != nil || g.ICD10CM != nil || g.Primary != nil || g.Flags != nil || g.Findings != nil)
}

// explain pairs missed codes with extra ones, the closest first, and says in
// which stage each was lost.
func (c *Case) explain(b *Codebook, t int) {
	o := c.outcomes[t]
	if o == nil {
		return
	}
	missed, extra := slices.Clone(o.Missed), slices.Clone(o.Extra)
	for _, r := range relations {
		if r.System != tasks[t].system {
			continue
		}
		missed = slices.DeleteFunc(missed, func(i int) bool {
			gold := o.Gold[i]
			at := slices.IndexFunc(extra, func(k int) bool { return r.Holds(b, gold.Code, o.Codes[k]) })
			if at < 0 {
				return false
			}
			c.Errors = append(c.Errors, CodeError{tasks[t].name, gold.Code, o.Codes[extra[at]], r.Name, c.stage(b, t, gold)})
			extra = slices.Delete(extra, at, at+1)
			return true
		})
	}
	for _, i := range missed {
		c.Errors = append(c.Errors, CodeError{tasks[t].name, o.Gold[i].Code, "", relationMissed, c.stage(b, t, o.Gold[i])})
	}
	for _, k := range extra {
		c.Errors = append(c.Errors, CodeError{tasks[t].name, "", o.Codes[k], relationExtra, ""})
	}
}

// stage says where a missed gold code was lost.
func (c *Case) stage(b *Codebook, t int, gold exchange.GoldCode) string {
	if !b.possible(tasks[t].system, gold, c.Meta.DateOfService) {
		return StageGold
	}
	retrieved, considered := c.Prediction.Retrieved.CPT, []coding.Candidate(nil)
	if tasks[t].system == lexicon.ICD10CM {
		retrieved, considered = c.Prediction.Retrieved.ICD10CM, c.Prediction.Considered.ICD10CM
	}
	switch {
	case slices.ContainsFunc(considered, func(x coding.Candidate) bool { return gold.Accepts(x.Code) }):
		return StageThreshold
	case retrieved == nil && c.outcomes[t].rankOf(gold) == 0:
		return StageUnknown
	case slices.ContainsFunc(retrieved, gold.Accepts) || c.outcomes[t].rankOf(gold) > 0:
		return StageRanking
	}
	return StageRetrieval
}

// rankOf is the rank of a gold entry, 0 when no list has it.
func (o *Outcome) rankOf(gold exchange.GoldCode) int {
	for i, g := range o.Gold {
		if g.Code == gold.Code && o.Ranks != nil {
			return o.Ranks[i]
		}
	}
	return 0
}

// possible reports whether a coder could have given the code or one that is
// accepted for it.
func (b *Codebook) possible(system string, gold exchange.GoldCode, date string) bool {
	if system == lexicon.ICD10CM {
		return b.lex.CouldExist(system, gold.Code)
	}
	return b.InForce(gold.Code, date) || slices.ContainsFunc(gold.Accept, func(code string) bool { return b.InForce(code, date) })
}

// candidateOrder puts the surest first, ties by code.
func candidateOrder(a, b coding.Candidate) int {
	return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Code, b.Code))
}
