package coding

import (
	"slices"
	"strings"
)

// claimCheck is one check of the lines of a claim. It is a rule as well: on the claim of a report,
// and on the codes that its metadata say were charged.
type claimCheck struct {
	ID, Doc, Source string
	Severity        Severity
	Axis, Query     string
	GivenOnly       bool // not asked of charges: their diagnoses are not known, and codes that ended have a flag of their own there
	find            func(*claimCase) []objection
}

// claimChecks in the order in which they run.
var claimChecks = []claimCheck{
	{
		ID: "code_not_in_force", Doc: "a code is not valid on the date of service", Source: "CPT and HCPCS annual updates", Severity: SeverityWarning, GivenOnly: true,
		find: (*claimCase).notInForce,
	},
	{
		ID: "ncci_pair", Doc: "two codes stand on the claim of which one is not paid beside the other", Source: "CMS NCCI policy manual, chapters 1 and 9", Severity: SeverityWarning,
		Query: "Were these separate services: another session, another site or another physician?", find: (*claimCase).pairEdits,
	},
	{ID: "bundle_to", Doc: "two codes stand on the claim that have one code together", Source: "CPT radiology section; CMS NCCI policy manual, chapter 9", Severity: SeverityWarning, find: (*claimCase).bundles},
	{ID: "mue_exceeded", Doc: "more units are billed than are paid", Source: "CMS medically unlikely edits", Severity: SeverityWarning, find: (*claimCase).units},
	{ID: "addon_without_primary", Doc: "an add-on code stands without the code that it goes with", Source: "CMS add-on code edits; CPT appendix D", Severity: SeverityWarning, find: (*claimCase).orphans},
	{ID: "duplicate_line", Doc: "the same line stands twice and no modifier tells why", Source: "CMS Claims Processing Manual ch. 1 s. 120", Severity: SeverityWarning, find: (*claimCase).duplicates},
	{ID: "modifier_conflict", Doc: "two modifiers of a line exclude each other", Source: "CPT appendix A; CMS Claims Processing Manual ch. 13 s. 20", Severity: SeverityWarning, find: (*claimCase).conflicts},
	{ID: "modifier50_not_allowed", Doc: "modifier 50 on a code that is not for one side of two", Source: "CMS bilateral indicator 0, 2 or 9", Severity: SeverityWarning, Axis: "laterality", find: (*claimCase).bilaterals},
	{ID: "modifier_not_applicable", Doc: "a modifier that the code cannot carry", Source: "CPT appendix A; CMS PC/TC and bilateral indicators", Severity: SeverityWarning, find: (*claimCase).inapplicable},
	{ID: "lcd_not_covered", Doc: "no diagnosis of the line is one that the coverage article lists for the procedure", Source: "CMS local coverage articles", Severity: SeverityWarning, GivenOnly: true, find: (*claimCase).notCovered},
	{ID: "ncd_210.14_dx_missing", Doc: "lung cancer screening by CT is paid with Z87.891 or F17.21- only", Source: "CMS NCD 210.14", Severity: SeverityWarning, GivenOnly: true,
		Query: "Does the patient smoke, or did the patient smoke, and when did the patient quit?", find: (*claimCase).lungScreening},
	{ID: "payer_rule", Doc: "a rule of the payer is not met", Source: "the payer's rules as imported, or its profile", Severity: SeverityWarning, GivenOnly: true, find: (*claimCase).payerRules},
}

// claimRules are the checks as rules.
var claimRules = func() []Rule {
	var out []Rule
	for _, c := range claimChecks {
		out = append(out, Rule{ID: c.ID, Doc: c.Doc, Source: c.Source, Severity: c.Severity, Axis: c.Axis, Query: c.Query, Check: func(_ *Engine, s *study) []Finding {
			return s.objections[c.ID]
		}})
	}
	return out
}()

// object checks the claim that is answered, and the charges.
func (e *Engine) object(s *study, found []objection) {
	s.objections = map[string][]Finding{}
	seen := map[string]bool{}
	for _, o := range found {
		f := Finding{Message: o.message}
		var codes []string
		for _, i := range o.lines {
			f.Lines = append(f.Lines, i+1)
			f.Evidence = append(f.Evidence, s.lineEvidence(i)...)
			codes = append(codes, s.claims[e.policy()].Lines[i].Code)
		}
		seen[objectionKey(o.flag, codes)] = true
		s.objections[o.flag] = append(s.objections[o.flag], f)
	}
	charged := chargedClaim(s.doc.Report.Meta.Charged)
	if len(charged.Lines) == 0 {
		return
	}
	c := e.claimCase(&charged, &s.doc.Report.Meta, s.date)
	for _, o := range c.check() {
		var codes []string
		for _, i := range o.lines {
			codes = append(codes, c.lines[i].code)
		}
		if key := objectionKey(o.flag, codes); !seen[key] && !claimCheckOf(o.flag).GivenOnly {
			seen[key] = true
			s.objections[o.flag] = append(s.objections[o.flag], Finding{Message: "as charged: " + o.message})
		}
	}
}

// objectionKey tells objections apart that the claim and the charges share.
func objectionKey(flag string, codes []string) string {
	slices.Sort(codes)
	return flag + " " + strings.Join(codes, " ")
}

// lineEvidence is what names the exam of a line of the claim.
func (s *study) lineEvidence(line int) []Evidence {
	dr := &s.exams[s.lineExam[line]]
	for _, f := range dr.facts.Facts {
		if f.Axis.String() == "region" {
			return f.Evidence
		}
	}
	return nil
}

// chargedClaim reads charges: a code, modifiers behind hyphens or blanks.
func chargedClaim(charged []string) Claim {
	var c Claim
	for _, text := range charged {
		parts := strings.FieldsFunc(strings.ToUpper(text), func(r rune) bool { return r == '-' || r == ' ' || r == ',' || r == '^' })
		if len(parts) == 0 || len(parts[0]) != codeLength {
			continue
		}
		c.Lines = append(c.Lines, Line{Code: parts[0], Modifiers: slices.DeleteFunc(parts[1:], func(m string) bool { return len(m) != 2 }), Units: 1})
	}
	return c
}
