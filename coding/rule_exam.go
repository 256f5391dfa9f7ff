package coding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// examRules look for contradictions about what was examined.
var examRules = []Rule{
	{
		ID: "not_an_imaging_report", Doc: "this reads like a visit or operative note, not like the report of an imaging study", Source: "radcode", Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding { return when(e.isClinicalNote(s.doc)) },
	},
	{
		ID: "order_performed_mismatch", Doc: "what was ordered or titled is not what the technique says was done; what was done is coded", Source: "coding guide 000, code what was done", Severity: SeverityWarning, Axis: "contrast",
		Query: "Which contrast state was actually performed?",
		Check: func(e *Engine, s *study) []Finding {
			var out []Finding
			for i := range s.exams {
				if dr := &s.exams[i]; dr.ordered != "" {
					out = append(out, Finding{
						Message:  fmt.Sprintf("the title says %s contrast, the technique says %s", spoken(dr.ordered), spoken(dr.facts.Contrast)),
						Evidence: append(append([]Evidence(nil), dr.orderedAt...), dr.facts.evidenceOf(lexicon.Contrast)...),
					})
				}
			}
			return append(out, e.orderedElse(s)...)
		},
	},
	{
		ID: "laterality_conflict", Doc: "exam and interpretation name different sides of the same body part", Source: "coding guide 000, discrepancies", Severity: SeverityError, Axis: "laterality",
		Query: "Which side was examined?",
		Check: func(e *Engine, s *study) []Finding { return e.lateralityConflicts(s) },
	},
	{
		ID: "complete_not_supported", Doc: "the title says complete, but not all required organs are described", Source: "coding guide 000, limited and complete ultrasound", Severity: SeverityWarning, Axis: "extent",
		Query: "Were all organs of a complete study examined?",
		Check: func(e *Engine, s *study) []Finding { return e.incompleteUltrasound(s) },
	},
	{
		ID: "ir_needs_coder", Doc: "an interventional procedure: a coder has to check the surgical codes", Source: "coding guide 000, interventional radiology", Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			for i := range s.exams {
				for _, name := range interventions {
					if id := e.lex.Lookup(lexicon.Technique, name); id != 0 && s.exams[i].facts.Has(id) {
						return []Finding{{Evidence: s.exams[i].facts.evidenceOf(lexicon.Technique)}}
					}
				}
			}
			return nil
		},
	},
	{
		ID: "out_of_codeset", Doc: "dental imaging is coded with CDT, which radcode does not hold", Source: "coding guide 000, dental imaging", Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding {
			for i := range s.exams {
				if e.isDental(&s.exams[i]) {
					return []Finding{{Evidence: s.exams[i].facts.evidenceOf(lexicon.Technique)}}
				}
			}
			return nil
		},
	},
	{
		ID: "deleted_code", Doc: "a code that the report states has ended before the date of service", Source: "CPT and HCPCS annual updates", Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding { return e.endedCodes(s) },
	},
	{
		ID: "bundled", Doc: "a code is left out because another code of the report includes it", Source: "CMS NCCI policy manual, chapters 1 and 9", Severity: SeverityInfo,
		Check: func(_ *Engine, s *study) []Finding { return s.bundled },
	},
	{
		ID: "prior_auth_unknown", Doc: "advanced imaging usually needs prior authorisation, and none is recorded", Source: "coding guide 002, pre-authorisation", Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			if s.doc.Report.Meta.PriorAuth != "" {
				return nil
			}
			for i := range s.exams {
				if e.priorAuthLikely(e.best(&s.exams[i])) {
					return when(true)
				}
			}
			return nil
		},
	},
}

var (
	interventions      = lexicon.Phrases("intervention")
	advancedModalities = lexicon.Phrases("advanced_modality")
)

var spokenContrast = map[string]string{"without": "without", "with": "with", "without_with": "without and with"}

func spoken(contrast string) string { return spokenContrast[contrast] }

// lateralityConflicts finds the exams of which the report names the other side.
func (e *Engine) lateralityConflicts(s *study) []Finding {
	return s.eachExam(func(dr *draft) *Finding { return e.otherSide(s, &dr.facts) })
}

// otherSide finds the other side of the body part that was examined: named at all
// in impression or indication, or with a problem in the findings (there a normal
// other side is a comparison). What another exam of the report examined is no conflict.
func (e *Engine) otherSide(s *study, f *Facts) *Finding {
	if f.Side != nlp.Right && f.Side != nlp.Left {
		return nil
	}
	for _, m := range s.doc.Mentions {
		if m.Axis != lexicon.Region || m.Problem != nil || !e.isOtherSide(m.Side, f) || !conflictSections[s.doc.Sections[m.Section].Kind] || !e.sameLimb(m.Concept, f) || e.sideExamined(s, m.Concept, m.Side.String()) {
			continue
		}
		return e.conflict(s, f, m.Side, m.Concept, m)
	}
	for _, p := range s.problems {
		if p.section == nlp.SectionFindings && p.mention.Assertion.Affirmed() && p.finding.Side != "" && p.finding.Side != f.Side.String() &&
			p.finding.Side != nlp.Bilateral.String() && e.sameLimb(p.finding.Site, f) && !e.sideExamined(s, p.finding.Site, p.finding.Side) {
			return e.conflict(s, f, p.mention.Side, p.finding.Site, p.mention)
		}
	}
	if d := e.unrelatedImpression(s); d != nil && d.finding.Side != "" && d.finding.Side != f.Side.String() && d.finding.Side != nlp.Bilateral.String() {
		return e.conflict(s, f, sideNamed(d.finding.Side), d.finding.Site, d.mentions[0])
	}
	return nil
}

func sideNamed(side string) nlp.Side {
	if side == nlp.Right.String() {
		return nlp.Right
	}
	return nlp.Left
}

// sideExamined reports whether an exam is of a site on a side, or on both.
func (e *Engine) sideExamined(s *study, site lexicon.ConceptID, side string) bool {
	return slices.ContainsFunc(s.exams, func(dr draft) bool {
		return (dr.facts.Side.String() == side || dr.facts.Side == nlp.Bilateral) && e.sameLimb(site, &dr.facts)
	})
}

func (e *Engine) isOtherSide(side nlp.Side, f *Facts) bool {
	return (side == nlp.Right || side == nlp.Left) && side != f.Side
}

func (e *Engine) conflict(s *study, f *Facts, side nlp.Side, site lexicon.ConceptID, m nlp.Mention) *Finding {
	return &Finding{
		Message:  fmt.Sprintf("the exam is of the %s side, the report speaks of the %s %s", f.Side, side, e.lex.Concept(site).Title),
		Evidence: append(append([]Evidence(nil), f.SideAt...), e.evidence(s.doc, m)),
	}
}

var conflictSections = map[nlp.SectionKind]bool{nlp.SectionImpression: true, nlp.SectionIndication: true}

// sameLimb reports whether a site is, or is part of, a paired body part that
// was examined, or the other way round.
func (e *Engine) sameLimb(site lexicon.ConceptID, f *Facts) bool {
	if site == 0 {
		return false
	}
	for _, r := range f.Of(lexicon.Region) {
		if e.lex.Concept(r).Paired && (e.lex.Is(site, r) || e.lex.Is(r, site)) {
			return true
		}
	}
	return false
}

// incompleteUltrasound reports the exams that limitExtent changed.
func (e *Engine) incompleteUltrasound(s *study) []Finding {
	return s.eachExam(func(dr *draft) *Finding {
		if dr.limitedFrom == nil {
			return nil
		}
		return &Finding{Message: "the title says complete, but not all organs of a complete study are described; the limited code is given", Evidence: dr.limitedFrom}
	})
}

// endedCodes tells of every code that the report states and that has ended, what
// is coded in its place.
func (e *Engine) endedCodes(s *study) []Finding {
	var out []Finding
	for _, c := range e.charges(s.doc, s.date) {
		out = append(out, Finding{Message: e.endedMessage(s, &c), Evidence: c.at})
	}
	return out
}

func (e *Engine) endedMessage(s *study, c *charge) string {
	msg := fmt.Sprintf("%s ended %s; on this date ", c.Code, c.To)
	for i := range s.exams {
		if p := e.best(&s.exams[i]); p != nil && slices.Contains(c.Successors, p.Code) {
			return fmt.Sprintf("%s%s (%s)", msg, p.Code, p.Title)
		}
	}
	if len(c.Successors) == 0 {
		return msg + "nothing follows: " + cmp.Or(c.Note, "no code in force on it took its place")
	}
	return msg + strings.Join(c.Successors, " or ") + ", which the report does not bear out"
}

func (e *Engine) isDental(dr *draft) bool {
	return dr.facts.Has(e.lex.Lookup(lexicon.Technique, "cone_beam"))
}
