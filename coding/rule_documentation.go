package coding

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

const guide001 = "coding guide 001, documentation standards"

// documentationRules ask for what the report must say before it can be coded.
var documentationRules = []Rule{
	{
		ID: "text_truncated", Doc: "the text is longer than any report; only its first 256 KiB were read", Source: "radcode", Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding { return when(s.cut) },
	},
	{
		ID: "no_sections", Doc: "the report has no section headings", Source: guide001, Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			return when(strings.TrimSpace(s.doc.Text) != "" && !hasHeadings(s.doc))
		},
	},
	{
		ID: "missing_history", Doc: "no clinical history is given", Source: guide000, Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding { return when(!s.hasSection(nlp.SectionIndication)) },
	},
	{
		ID: "missing_indication", Doc: "no reason for the study is given: medical necessity cannot be shown", Source: guide000, Severity: SeverityError,
		Query: "What was the reason for this study (sign, symptom, known disease or screening)?",
		Check: func(e *Engine, s *study) []Finding {
			return when(!s.hasSection(nlp.SectionIndication) && !s.hasReason() && len(s.doc.Report.Meta.OrderedICD10CM) == 0)
		},
	},
	{
		ID: "weak_indication", Doc: "the indication names no sign, symptom or disease", Source: "coding guide 002, medical necessity", Severity: SeverityWarning,
		Query: "Which sign, symptom or known disease led to this study?",
		Check: func(e *Engine, s *study) []Finding {
			return when(s.hasSection(nlp.SectionIndication) && !s.hasReason())
		},
	},
	{
		ID: "missing_findings", Doc: "the report has no findings", Source: guide000, Severity: SeverityError,
		Query: "What were the findings?",
		Check: func(e *Engine, s *study) []Finding {
			return when(!s.hasSection(nlp.SectionFindings) && !s.hasSection(nlp.SectionImpression) && !s.hasNarrative())
		},
	},
	{
		ID: "missing_impression", Doc: "the report has no impression", Source: guide000, Severity: SeverityWarning,
		Query: "What is the impression?",
		Check: func(e *Engine, s *study) []Finding { return when(!s.hasSection(nlp.SectionImpression)) },
	},
	{
		ID: "missing_modality", Doc: "the imaging modality is not stated", Source: guide001, Severity: SeverityError, Axis: "modality",
		Query: "Which imaging modality was used?",
		Check: func(e *Engine, s *study) []Finding {
			wrong := len(s.exams) == 0
			for i := range s.exams {
				f := &s.exams[i].facts
				wrong = wrong || len(f.Of(lexicon.Modality)) == 0 && !f.Views.Stated()
			}
			return when(wrong)
		},
	},
	{
		ID: "missing_body_part", Doc: "the body part examined is not stated", Source: guide001, Severity: SeverityError, Axis: "region",
		Query: "Which body part was examined?",
		Check: func(e *Engine, s *study) []Finding {
			for i := range s.exams {
				if dr := &s.exams[i]; len(dr.facts.Of(lexicon.Region)) == 0 && e.best(dr) != nil && len(e.best(dr).Region) > 0 {
					return when(true)
				}
			}
			return nil
		},
	},
	{
		ID: "missing_technique", Doc: "how the study was done is not described", Source: guide001, Severity: SeverityWarning, Axis: "technique",
		Check: func(e *Engine, s *study) []Finding {
			return when(strings.TrimSpace(s.doc.Text) != "" && !s.hasSection(nlp.SectionTechnique) && !e.describesTechnique(s))
		},
	},
	{
		ID: "missing_laterality", Doc: "a paired body part was examined and no side is stated", Source: guide001, Severity: SeverityError, Axis: "laterality",
		Query: "Which side was examined: right, left or both?",
		Check: func(e *Engine, s *study) []Finding {
			return s.eachExam(func(dr *draft) *Finding {
				// Without a body part missing_body_part asks; which one the code has is a guess.
				if p := e.best(dr); p != nil && p.Side == "uni" && dr.facts.Side == nlp.Unstated && len(dr.facts.Of(lexicon.Region)) > 0 {
					return &Finding{Evidence: dr.facts.evidenceOf(lexicon.Region)}
				}
				return nil
			})
		},
	},
	{
		ID: "missing_contrast", Doc: "whether contrast was given is not stated, and the code depends on it", Source: guide001, Severity: SeverityError, Axis: "contrast",
		Query: "Was intravenous contrast given, and were images taken before it, after it, or both?",
		Check: func(e *Engine, s *study) []Finding {
			return s.eachExam(func(dr *draft) *Finding {
				if p := e.best(dr); p != nil && contrastStates[p.Contrast] && dr.facts.Contrast == "" && len(p.Intent) == 0 && !e.isDental(dr) {
					return &Finding{Evidence: dr.facts.evidenceOf(lexicon.Modality)}
				}
				return nil
			})
		},
	},
	{
		ID: "missing_views", Doc: "the number of views is not stated, and the code depends on it", Source: "coding guide 000, procedure attributes", Severity: SeverityWarning, Axis: "views",
		Query: "How many views were taken, and which?",
		Check: func(e *Engine, s *study) []Finding {
			return s.eachExam(func(dr *draft) *Finding {
				if p := e.best(dr); p != nil && p.ViewsMin > 0 && !dr.facts.Views.Stated() {
					return &Finding{Evidence: dr.facts.evidenceOf(lexicon.Region)}
				}
				return nil
			})
		},
	},
	{
		ID: "guidance_needs_primary_procedure", Doc: "imaging guidance is billed only beside the procedure it guides", Source: guide001, Severity: SeverityWarning, Axis: "guidance",
		Query: "Which procedure was done under imaging guidance?",
		Check: func(e *Engine, s *study) []Finding {
			for i := range s.exams {
				if p := e.best(&s.exams[i]); p != nil && e.isGuidance(p) && !e.hasGuided(s, p) {
					return []Finding{{Evidence: s.exams[i].facts.evidenceOf(lexicon.Component)}}
				}
			}
			return nil
		},
	},
}

// contrastStates are the values for which contrast decides between siblings.
var contrastStates = map[string]bool{"without": true, "with": true, "without_with": true}

// best returns the procedure ranked first, nil when there is none.
func (e *Engine) best(dr *draft) *lexicon.Procedure {
	if len(dr.ranked) == 0 {
		return nil
	}
	return &e.lex.Procedures[dr.ranked[0].index]
}

func mentionsConcept(groups []lexicon.Group, id lexicon.ConceptID) bool {
	for _, g := range groups {
		for _, c := range g {
			if c == id {
				return true
			}
		}
	}
	return false
}

func hasHeadings(d *nlp.Document) bool {
	for _, sec := range d.Sections {
		if sec.Heading.Len() > 0 {
			return true
		}
	}
	return false
}

// hasSection asks for a section of the kind with something in it.
func (s *study) hasSection(kind nlp.SectionKind) bool {
	for _, sec := range s.doc.Sections {
		if sec.Kind == kind && strings.TrimSpace(sec.Body.Of(s.doc.Text)) != "" {
			return true
		}
	}
	return false
}

// hasReason asks for a diagnosis that can stand as the reason for the study.
func (s *study) hasReason() bool {
	for _, d := range s.diagnoses {
		if d.Role == RoleIndication || d.Role == RoleScreening || d.Role == RoleHistory || d.Role == RoleExternal {
			return true
		}
	}
	return false
}

// hasNarrative asks for running text outside the exam name, for reports
// without headings.
func (s *study) hasNarrative() bool {
	for _, sent := range s.doc.Sentences {
		if kind := s.doc.Sections[sent.Section].Kind; kind == nlp.SectionBody && sent.Last-sent.First >= 4 {
			return true
		}
	}
	return false
}

// describesTechnique asks for a view count, a contrast statement or a technique
// word outside a technique section.
func (e *Engine) describesTechnique(s *study) bool {
	for i := range s.exams {
		f := &s.exams[i].facts
		if f.Views.Stated() || f.Contrast != "" || len(f.Of(lexicon.Technique)) > 0 {
			return true
		}
	}
	return false
}
