package verify

import (
	"fmt"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// checkCoverage holds what the claims say of payment against flags, tables and the codes of their lines.
func (s *subject) checkCoverage() {
	for _, p := range policies {
		c := s.result.Claims[p]
		for i := range c.Lines {
			s.checkLineCoverage(fmt.Sprintf("claims.%s.lines[%d]", p, i), &c.Lines[i])
		}
		s.checkClaimCoverage(fmt.Sprintf("claims.%s.coverage", p), c)
		s.checkReductions(fmt.Sprintf("claims.%s", p), c)
		if p == s.result.Claim.Policy {
			s.checkObjections(c)
		}
	}
}

func (s *subject) checkLineCoverage(path string, l *coding.Line) {
	edited := len(l.Coverage.Edits) > 0
	switch {
	case !slices.Contains([]coding.CoverageStatus{coding.CoverageOK, coding.CoverageEdit, coding.CoverageUnknown}, l.Coverage.Status):
		s.fail(path, "unknown status of coverage %q", l.Coverage.Status)
	case edited != (l.Coverage.Status == coding.CoverageEdit):
		s.fail(path, "the status is %s with %d edits", l.Coverage.Status, len(l.Coverage.Edits))
	case l.Coverage.Status == coding.CoverageOK && !s.isSpokenOf(l.Code):
		s.fail(path, "no table speaks of %s, so that nothing is known of its coverage", l.Code)
	}
	for _, o := range l.Coverage.Edits {
		if r, ok := s.tables.rules[o.Kind]; !ok || s.severity(r) == ruleOff || o.Table == "" || o.Message == "" {
			s.fail(path, "an edit is of no rule that the payer has, names no table or says nothing")
		}
	}
	if l.PriorAuthLikely != s.isAdvanced(l.Code) {
		s.fail(path, "prior authorisation of %s is not what its modality asks for", l.Code)
	}
}

const ruleOff = coding.RuleOff

// isSpokenOf reports whether a table of coverage or a rule of the payer names a code.
func (s *subject) isSpokenOf(code string) bool {
	payer := s.report.Meta.Payer
	if t := s.options.Payments; t != nil && (len(t.Coverage(payer, code, s.date)) > 0 || len(t.Rules(payer, code, s.date)) > 0) {
		return true
	}
	p := s.profile()
	return p != nil && slices.ContainsFunc(p.PayerRules, func(r index.PayerRule) bool { return r.Holds(s.date) && r.Concerns(code) })
}

// isAdvanced reports a code of a modality for which payers want to be asked first.
func (s *subject) isAdvanced(code string) bool {
	return s.isOfModality(code, lexicon.Phrases("advanced_modality")...)
}

func (s *subject) isOfModality(code string, names ...string) bool {
	p := s.lex.Procedure(code)
	return p != nil && slices.ContainsFunc(p.Modality, func(g lexicon.Group) bool {
		return slices.ContainsFunc(g, func(id lexicon.ConceptID) bool { return slices.Contains(names, s.lex.Concept(id).Name) })
	})
}

// checkClaimCoverage sums the lines up again.
func (s *subject) checkClaimCoverage(path string, c coding.Claim) {
	want := coding.CoverageOK
	for _, l := range c.Lines {
		switch {
		case l.Coverage.Status == coding.CoverageEdit:
			want = coding.CoverageEdit
		case l.Coverage.Status == coding.CoverageUnknown && want == coding.CoverageOK:
			want = coding.CoverageUnknown
		}
		for _, o := range l.Coverage.Edits {
			if !slices.Contains(c.Coverage.Edits, o) {
				s.fail(path, "an edit of a line is not among those of the claim: %s", o.Kind)
			}
		}
	}
	if len(c.Lines) == 0 {
		want = coding.CoverageUnknown
	}
	if c.Coverage.Status != want {
		s.fail(path, "the lines together are %s", want)
	}
	for _, o := range c.Coverage.Edits {
		if !slices.ContainsFunc(c.Lines, func(l coding.Line) bool { return slices.Contains(l.Coverage.Edits, o) }) {
			s.fail(path, "%s is of no line", o.Kind)
		}
	}
}

// checkObjections asks for a flag of each edit of the claim that is answered, about the same lines, and for an edit of
// each such flag.
func (s *subject) checkObjections(c coding.Claim) {
	for i, l := range c.Lines {
		for _, o := range l.Coverage.Edits {
			if !slices.ContainsFunc(s.result.Flags, func(f coding.Flag) bool {
				return f.ID == o.Kind && f.Message == o.Message && slices.Contains(f.Lines, i+1)
			}) {
				s.fail(fmt.Sprintf("claim.lines[%d]", i), "no flag says %s of the line", o.Kind)
			}
		}
	}
	for i, f := range s.result.Flags {
		for _, n := range f.Lines {
			if n < 1 || n > len(c.Lines) || !slices.ContainsFunc(c.Lines[n-1].Coverage.Edits, func(o coding.Objection) bool { return o.Kind == f.ID && o.Message == f.Message }) {
				s.fail(fmt.Sprintf("flags[%d]", i), "line %d has no edit %s", n, f.ID)
			}
		}
	}
}

// What Medicare pays of each further study of a session (42 CFR 414.50, and the professional share since 2017).
const (
	furtherPC = 0.95
	furtherTC = 0.50
)

// Diagnostic CT and MR stand in this range of CPT, all of which are reduced.
const (
	firstReduced = "70336"
	lastReduced  = "75574"
)

// checkReductions asks that no film, and not the first study, is paid in part, that further CT and MR are, and
// that the shares are Medicare's.
func (s *subject) checkReductions(path string, c coding.Claim) {
	counts := func(l *coding.Line) bool { // may be reduced, or take the place of the first
		p := s.lex.Procedure(l.Code)
		scheduled := s.options.Payments != nil // a fee schedule also names studies of nuclear medicine
		return p != nil && len(p.Component) == 0 && (s.isOfModality(l.Code, "ct", "mr", "us") || scheduled && s.isOfModality(l.Code, "nm", "pet")) &&
			!slices.Contains(l.Modifiers, "59") && !slices.Contains(l.Modifiers, "XE")
	}
	full, must := []string{}, 0
	for i := range c.Lines {
		l := &c.Lines[i]
		switch {
		case l.MPPR == nil:
			if counts(l) {
				full = append(full, l.Code)
				if s.isOfModality(l.Code, "ct", "mr") && firstReduced <= l.Code && l.Code <= lastReduced {
					must++
				}
			}
		case !counts(l):
			s.fail(fmt.Sprintf("%s.lines[%d]", path, i), "%s is no study that is reduced for multiple procedures", l.Code)
		case l.MPPR.PC != furtherPC || l.MPPR.TC != furtherTC:
			s.fail(fmt.Sprintf("%s.lines[%d]", path, i), "the shares of a further study are %v and %v", furtherPC, furtherTC)
		}
	}
	if must > 1 {
		s.fail(path, "%d studies by CT or MR of one session are paid in full", must)
	}
	for i := range c.Lines {
		if l := &c.Lines[i]; l.MPPR != nil && !slices.ContainsFunc(full, func(code string) bool { return code <= l.Code || s.options.Payments != nil }) {
			s.fail(fmt.Sprintf("%s.lines[%d]", path, i), "%s is the first study and not reduced", l.Code)
		}
	}
}
