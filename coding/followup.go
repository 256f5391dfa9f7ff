package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Followup is a study or biopsy that a report advises, or that one of its
// assessments asks for (Implied). Interval is an ISO 8601 duration, for a range both ends:
// P6M/P12M; "" = now, or not stated.
type Followup struct {
	Action      string     `json:"action"` // imaging, screening, biopsy
	Modality    string     `json:"modality"`
	Region      string     `json:"region"`
	Side        string     `json:"side"`
	Interval    string     `json:"interval"`
	Code        string     `json:"code"` // what the engine ranks first for the study, "" when it would guess
	Dx          string     `json:"dx"`   // the diagnosis it is for
	Implied     bool       `json:"implied"`
	Conditional bool       `json:"conditional"` // "if clinically indicated"
	Reason      string     `json:"reason"`      // the assessment that asks for it
	Evidence    []Evidence `json:"evidence"`
}

// adviceSections may advise; the others tell what was asked for or done.
var adviceSections = map[nlp.SectionKind]bool{
	nlp.SectionImpression: true, nlp.SectionRecommendation: true, nlp.SectionFindings: true, nlp.SectionBody: true,
	nlp.SectionAddendum: true, nlp.SectionOther: true,
}

// follow collects what the report advises and what its assessments ask for.
func (e *Engine) follow(s *study) {
	var at []int // sentences
	for i := range s.doc.Sentences {
		if e.advisor.mayAdvise(s.doc, i) || len(s.assessments) > 0 && e.advisor.denies(s.doc, i) {
			at = append(at, i)
		}
	}
	if len(at) == 0 && len(s.assessments) == 0 || e.isClinicalNote(s.doc) {
		return
	}
	for _, i := range at {
		e.followSentence(s, i)
	}
	s.followups = mergeFollowups(s.followups)
	e.followAssessments(s)
}

// followSentence reads the clauses of a sentence one by one.
func (e *Engine) followSentence(s *study, sentence int) {
	sent := &s.doc.Sentences[sentence]
	first := sent.First
	for k := sent.First; k <= sent.Last; k++ {
		if k == sent.Last || clauseEnds[s.doc.Words(k)] {
			if k > first {
				c := &clause{e: e, s: s, d: s.doc, sentence: sentence, first: first, last: k}
				c.read()
			}
			first = k + 1
		}
	}
}

var clauseEnds = map[string]bool{";": true, "but": true, "however": true, "otherwise": true}

// clause is a statement that may advise something.
type clause struct {
	e           *Engine
	s           *study
	d           *nlp.Document
	sentence    int
	first, last int // tokens, half-open
	cues        []cueAt
	intervals   []intervalAt
}

// target is one thing advised: a study, a screening or a biopsy.
type target struct {
	action      string
	modality    lexicon.ConceptID
	generic     bool
	first, last int // tokens of its words
	from, to    int // tokens that describe it
}

func (c *clause) read() {
	c.cues = c.e.advisor.cuesIn(c.d, c.first, c.last)
	if at := c.cue(lexicon.FollowupNone); at != nil {
		c.s.noFollowup = append(c.s.noFollowup, c.evidence())
		return
	}
	c.intervals = intervalsIn(c.d, c.first, c.last)
	from, to, ok := c.scope()
	if !ok {
		return
	}
	targets := c.targets(from, to)
	for i := range targets {
		c.describe(targets, i, from)
		c.s.followups = append(c.s.followups, c.followup(&targets[i]))
	}
}

// cue returns the first cue of a role, or nil.
func (c *clause) cue(r lexicon.FollowupRole) *cueAt {
	for i := range c.cues {
		if c.cues[i].role == r {
			return &c.cues[i]
		}
	}
	return nil
}

func (c *clause) evidence() Evidence {
	first := c.first
	for first+1 < c.last && c.d.Tokens[first].Kind == nlp.Punct {
		first++
	}
	span := spanOf(c.d, first, c.last)
	return Evidence{span.Start, span.End, string(c.d.Sections[c.d.Sentences[c.sentence].Section].Kind), ""}
}

// scope returns the tokens in which the clause names what it advises.
func (c *clause) scope() (from, to int, ok bool) {
	active, passive, past := c.cue(lexicon.FollowupActive), c.cue(lexicon.FollowupPassive), c.cue(lexicon.FollowupPast)
	switch {
	case active != nil && (past == nil || past.first < active.first):
		if c.plansBefore(active.first) {
			return c.first, c.last, true
		}
		return active.last, c.last, true
	case passive != nil && past == nil:
		if len(c.targets(c.first, passive.first)) > 0 {
			return c.first, passive.first, true
		}
		return passive.last, c.last, true
	case past != nil:
		return 0, 0, false
	case c.d.Sections[c.d.Sentences[c.sentence].Section].Kind == nlp.SectionRecommendation:
		return c.first, c.last, true
	case c.startsWithAdvice() && len(c.intervals) > 0:
		return c.first, c.last, true
	}
	return 0, 0, false
}

// plansBefore reports a study with its time before the word of advice: "CT at 6
// months, then consider CT at 18 months".
func (c *clause) plansBefore(cue int) bool {
	if !slices.ContainsFunc(c.intervals, func(v intervalAt) bool { return v.last <= cue }) {
		return false
	}
	return slices.ContainsFunc(c.targets(c.first, cue), func(t target) bool { return !t.generic })
}

// maxLead is how many tokens may stand before the first word of a statement: a
// list number, an article.
const maxLead = 3

func (c *clause) startsWithAdvice() bool {
	start := c.cue(lexicon.FollowupStart)
	interval := -1
	if len(c.intervals) > 0 {
		interval = c.intervals[0].first
	}
	return start != nil && start.first-c.first <= maxLead || interval >= 0 && interval-c.first <= maxLead && start != nil
}

// describe bounds the words that belong to one of several targets: from the end
// of the one before to the beginning of the next.
func (c *clause) describe(targets []target, i, from int) {
	t := &targets[i]
	t.from, t.to = min(from, t.first), c.last
	if i > 0 {
		t.from = targets[i-1].last
	}
	if i+1 < len(targets) {
		t.to = targets[i+1].first
	}
}

func (c *clause) followup(t *target) Followup {
	f := Followup{Action: t.action, Interval: c.intervalOf(t), Conditional: c.cue(lexicon.FollowupConditional) != nil, Evidence: []Evidence{c.evidence()}}
	regions := c.regions(t)
	side := c.side(t, regions).String()
	if side == "" {
		side = c.e.sideMeant(c.s, t.action)
	}
	dx := c.e.dxNear(c.s, c.sentence)
	name := c.name(t, regions)
	unnamed := t.modality == 0 && t.action != lexicon.ActionBiopsy
	if len(regions) == 0 {
		regions = c.e.regionsMeant(c.s, dx, c.sentence)
		name += " " + c.e.titles(regions)
	}
	if unnamed {
		t.modality = c.e.modalityMeant(c.s, t.action, regions)
		name = c.e.lex.Concept(t.modality).Title + " " + c.e.titles(regions)
	}
	f.Modality, f.Region, f.Side = c.e.lex.Concept(t.modality).Name, c.e.names(regions), side
	if len(regions) > 0 && (t.modality != 0 || t.action == lexicon.ActionBiopsy) {
		f.Code = c.e.followupCode(c.s, f.Action, f.Modality, name, f.Side)
	}
	f.Dx = c.e.followupDx(c.s, &f, dx)
	return f
}

// mergeFollowups makes one of equal ones: what the findings say the impression
// repeats. One that says less than another of the same study is dropped.
func mergeFollowups(all []Followup) []Followup {
	var out []Followup
	for _, f := range all {
		i := slices.IndexFunc(out, func(o Followup) bool { return sameFollowup(&o, &f) })
		if i < 0 {
			out = append(out, f)
			continue
		}
		o := &out[i]
		o.Evidence = append(o.Evidence, f.Evidence...)
		if o.Interval == "" {
			o.Interval = f.Interval
		}
		o.Conditional = o.Conditional && f.Conditional
	}
	return out
}

func sameFollowup(a, b *Followup) bool {
	return a.Action == b.Action && a.Modality == b.Modality && a.Region == b.Region && a.Side == b.Side &&
		(a.Interval == b.Interval || a.Interval == "" || b.Interval == "")
}
