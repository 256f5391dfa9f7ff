package coding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// CheckClaim holds given service lines against the edits in force: pairs, units, add-on codes,
// duplicates, modifiers, coverage and the payer's rules. It is for claims that were written by
// others; those of Code have been checked.
//
// A line's Dx are 1-based pointers into claim.Dx; a line without pointers stands for all of them.
// Units of 0 count as 1. Of meta, date of service, payer, place of service, component, age and prior
// authorisation are read. The claim comes back with the coverage and the reduction for multiple procedures of each
// line, its lines in the order given; the claim given is not changed. Flags name the lines that they are about and
// have no evidence. Safe for concurrent use.
func (e *Engine) CheckClaim(claim Claim, meta nlp.Meta) (Claim, []Flag) {
	c := e.claimCase(&claim, &meta, e.dateOf(&meta))
	found := c.check()
	return c.covered(claim, found), c.flags(found)
}

// dateOf is the date of service that metadata state, else the engine's.
func (e *Engine) dateOf(meta *nlp.Meta) string {
	if validDate(meta.DateOfService) {
		return meta.DateOfService
	}
	return cmp.Or(e.options.Today, defaultDate)
}

// claimCase is a claim with all that its checks ask.
type claimCase struct {
	e       *Engine
	lines   []caseLine
	meta    *nlp.Meta
	date    string
	profile *Profile

	pairs, limits, addons, fees *index.PaymentTable // in force; nil where none is
}

// caseLine is a line with its diagnoses spelled out.
type caseLine struct {
	code      string
	modifiers []string
	units     int
	dx        []string
	session   int                // of the day; studies of one session are reduced together
	procedure *lexicon.Procedure // nil for a code that the lexicon does not hold
}

// objection is one thing that a check finds: the lines, by index, the table that
// says so, and what it says.
type objection struct {
	flag           string
	lines          []int
	table, message string
}

func (e *Engine) claimCase(claim *Claim, meta *nlp.Meta, date string) *claimCase {
	setting := settingOf(meta)
	on := func(kind string) *index.PaymentTable { return e.options.Tables.On(kind, setting, date) }
	c := &claimCase{
		e: e, meta: meta, date: date, profile: e.profile(meta),
		pairs: on(index.PairTable), limits: on(index.LimitTable), addons: on(index.AddOnTable), fees: on(index.FeeTable),
	}
	for _, l := range claim.Lines {
		one := caseLine{code: strings.ToUpper(strings.TrimSpace(l.Code)), units: max(l.Units, 1), procedure: e.lex.Procedure(strings.ToUpper(strings.TrimSpace(l.Code)))}
		for _, m := range l.Modifiers {
			one.modifiers = append(one.modifiers, strings.ToUpper(strings.TrimSpace(m)))
		}
		for _, n := range l.Dx {
			if 1 <= n && n <= len(claim.Dx) {
				one.dx = append(one.dx, claim.Dx[n-1])
			}
		}
		if len(l.Dx) == 0 {
			one.dx = claim.Dx
		}
		c.lines = append(c.lines, one)
	}
	return c
}

// settingOf tells whose tables count: those for hospitals where a hospital bills its
// equipment, those for practitioners else.
func settingOf(meta *nlp.Meta) index.Setting {
	if meta.Component == "technical" && facilitySetting[meta.PlaceOfService] {
		return index.Hospital
	}
	return index.Practitioner
}

// check runs all checks that the payer's profile does not leave out.
func (c *claimCase) check() []objection {
	var out []objection
	for _, check := range claimChecks {
		if c.profile.severity(check.ID, check.Severity) == RuleOff {
			continue
		}
		for _, o := range check.find(c) {
			o.flag = check.ID
			out = append(out, o)
		}
	}
	return out
}

// covered returns the claim with what is known of its lines.
func (c *claimCase) covered(claim Claim, found []objection) Claim {
	claim.Lines = slices.Clone(claim.Lines)
	reductions := c.reductions()
	sum := Coverage{Status: CoverageOK, Edits: []Objection{}}
	for i := range claim.Lines {
		l := &claim.Lines[i]
		l.Coverage = Coverage{Status: CoverageUnknown, Edits: []Objection{}}
		if c.supported(&c.lines[i]) {
			l.Coverage.Status = CoverageOK
		}
		for _, o := range found {
			if slices.Contains(o.lines, i) {
				l.Coverage.Status = CoverageEdit
				l.Coverage.Edits = append(l.Coverage.Edits, Objection{o.flag, o.table, o.message})
			}
		}
		if l.Coverage.Status != CoverageOK && sum.Status != CoverageEdit {
			sum.Status = l.Coverage.Status
		}
		l.MPPR = reductions[i]
		l.PriorAuthLikely = c.e.priorAuthLikely(c.lines[i].procedure)
	}
	for _, o := range found {
		sum.Edits = append(sum.Edits, Objection{o.flag, o.table, o.message})
	}
	if len(claim.Lines) == 0 {
		sum.Status = CoverageUnknown
	}
	claim.Coverage = sum
	return claim
}

// flags are the objections as flags, by severity and in the order of the checks.
func (c *claimCase) flags(found []objection) []Flag {
	out := []Flag{}
	for _, o := range found {
		check := claimCheckOf(o.flag)
		f := Flag{ID: o.flag, Severity: c.profile.severity(o.flag, check.Severity), Axis: check.Axis, Message: o.message, Query: check.Query, Evidence: []Evidence{}}
		for _, i := range o.lines {
			f.Lines = append(f.Lines, i+1)
		}
		out = append(out, f)
	}
	return sortFlags(out)
}

// sortFlags puts errors first, then warnings, then notes.
func sortFlags(flags []Flag) []Flag {
	slices.SortStableFunc(flags, func(a, b Flag) int { return cmp.Compare(severityRank[a.Severity], severityRank[b.Severity]) })
	return flags
}

func claimCheckOf(flag string) *claimCheck {
	for i := range claimChecks {
		if claimChecks[i].ID == flag {
			return &claimChecks[i]
		}
	}
	return &claimCheck{}
}

// String writes a line as people do: 71046-26.
func (l *caseLine) String() string {
	return strings.Join(append([]string{l.code}, l.modifiers...), "-")
}

// has reports whether a line carries one of the modifiers.
func (l *caseLine) has(modifiers ...string) bool {
	return slices.ContainsFunc(l.modifiers, func(m string) bool { return slices.Contains(modifiers, m) })
}

// modifiersOf returns the rows of a line's modifiers that are of a class.
func (c *claimCase) modifiersOf(l *caseLine, classes ...string) []string {
	var out []string
	for _, code := range l.modifiers {
		if m := c.e.lex.Modifier(code); m != nil && slices.Contains(classes, m.Class) {
			out = append(out, code)
		}
	}
	return out
}

// tableName says which table an objection rests on.
func tableName(t *index.PaymentTable) string {
	return strings.Join(strings.Fields(fmt.Sprint(tableTitles[t.Kind], " ", t.Payer, " ", t.Setting, " ", t.Name)), " ")
}

var tableTitles = map[string]string{
	index.PairTable: "NCCI pairs", index.LimitTable: "NCCI units", index.AddOnTable: "add-on codes", index.FeeTable: "fee schedule",
	index.CoverageTable: "coverage", index.RuleTable: "rules of",
}

// ourTable is what an objection rests on where no table was imported.
const ourTable = "radcode"
