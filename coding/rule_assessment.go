package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// assessmentRules compare the categories of reporting systems with each other,
// with the advice and with what is coded.
var assessmentRules = []Rule{
	{
		ID: "missing_birads", Doc: "a mammogram report must end in a final assessment category", Source: "MQSA, 21 CFR 900.12(c)(1)(iv)", Severity: SeverityWarning, Axis: "assessment",
		Query: "What is the final BI-RADS assessment category?",
		Check: func(e *Engine, s *study) []Finding {
			return when(s.isMammogram(e) && (s.hasSection(nlp.SectionImpression) || s.hasSection(nlp.SectionFindings)) && s.current("bi_rads") == nil && !e.isBiopsy(s))
		},
	},
	{
		ID: "assessment_recommendation_conflict", Doc: "the category and what is recommended contradict each other", Source: "ACR BI-RADS 5th ed., Lung-RADS v2022, LI-RADS v2018, TI-RADS 2017, PI-RADS v2.1, O-RADS, Bosniak 2019: management by category", Severity: SeverityWarning, Axis: "assessment",
		Query: "Which is meant: the category, or the recommendation?",
		Check: func(e *Engine, s *study) []Finding {
			var out []Finding
			for i := range s.assessments {
				a := &s.assessments[i]
				if at := s.contradicts(a); s.isGravest(a) && len(at) > 0 {
					out = append(out, Finding{Message: e.lex.AssessmentSystem(a.System).Title + " " + a.Category + " does not fit what is recommended", Evidence: append(slices.Clone(a.Evidence), at...)})
				}
			}
			return out
		},
	},
	{
		ID: "assessment_conflict", Doc: "findings and impression give one breast or patient different categories", Source: "ACR BI-RADS 5th ed., report organization", Severity: SeverityWarning, Axis: "assessment",
		Query: "Which category is the final one?",
		Check: func(e *Engine, s *study) []Finding {
			for i := range s.assessments {
				for k := range s.assessments {
					a, b := &s.assessments[i], &s.assessments[k]
					if a.impression && !b.impression && e.disagree(a, b) {
						return []Finding{{Message: "the impression says " + a.Category + ", the findings " + b.Category, Evidence: append(slices.Clone(a.Evidence), b.Evidence...)}}
					}
				}
			}
			return nil
		},
	},
	{
		ID: "bone_density_conflict", Doc: "the T-score and the diagnosis of bone density contradict each other", Source: "WHO criteria, ISCD official positions 2019", Severity: SeverityWarning, Axis: "assessment",
		Query: "Is the bone density normal, or is this osteopenia or osteoporosis?",
		Check: func(e *Engine, s *study) []Finding {
			a := e.lowestTScore(s)
			if a == nil || !s.isAdult() {
				return nil
			}
			all := s.boneDensities()
			i := slices.IndexFunc(all, (*problem).isConcluded)
			if i < 0 || all[i].finding.Concept == boneDensity(a.tScore) {
				return nil
			}
			at := e.evidence(s.doc, all[i].mention)
			return []Finding{{Message: "the lowest T-score is " + a.Category + ", the impression says " + strings.ReplaceAll(all[i].finding.Concept, "_", " "), Evidence: append(slices.Clone(a.Evidence), at)}}
		},
	},
}

// current is the first assessment of this study by a system, or nil.
func (s *study) current(system string) *assessed {
	for i := range s.assessments {
		if a := &s.assessments[i]; a.System == system && !a.Prior {
			return a
		}
	}
	return nil
}

// isBiopsy reports whether one of the exams is a biopsy or localization, which
// has no category of its own.
func (e *Engine) isBiopsy(s *study) bool {
	for i := range s.exams {
		if p := e.best(&s.exams[i]); p != nil && !strings.HasPrefix(p.Code, "77") {
			return true
		}
	}
	return false
}

// contradicts is the advice that a category does not allow, where what it asks
// for is not advised as well.
func (s *study) contradicts(a *assessed) []Evidence {
	if a.row == nil || a.row.Action != "" && s.advises(a.row.Action) {
		return nil
	}
	var out []Evidence
	for i := range s.followups {
		if f := &s.followups[i]; !f.Implied && !f.Conditional && slices.Contains(a.row.Conflicts, f.Action) {
			out = append(out, f.Evidence...)
		}
	}
	if slices.Contains(a.row.Conflicts, lexicon.ActionNone) {
		out = append(out, s.noFollowup...)
	}
	return out
}

// disagree reports whether two categories of one breast or patient differ. What
// has one category per lesion cannot.
func (e *Engine) disagree(a, b *assessed) bool {
	return a.System == b.System && e.lex.AssessmentSystem(a.System).Per != "lesion" && !a.Prior && !b.Prior && a.Side == b.Side &&
		a.Category != b.Category
}

// isConcluded reports whether the impression gives a problem as one of today.
func (p *problem) isConcluded() bool {
	return p.section == nlp.SectionImpression && !p.mention.Assertion.Historical
}
