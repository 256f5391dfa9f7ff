package coding

import (
	"fmt"
	"slices"
	"strings"
)

// diagnosisRules look at the diagnoses and their order.
var diagnosisRules = []Rule{
	{
		ID: "uncertain_dx_not_coded", Doc: "a diagnosis that is only possible is not coded", Source: "ICD-10-CM guideline IV.H", Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			var at []Evidence
			var names []string
			for _, m := range s.uncertain {
				if m.Assertion.Uncertain {
					at = append(at, e.evidence(s.doc, m))
					names = append(names, m.Of(s.doc.Text))
				}
			}
			if len(at) == 0 {
				return nil
			}
			return []Finding{{Message: "named but not certain, so not coded: " + strings.Join(names, ", "), Evidence: at}}
		},
	},
	{
		ID: "dx_policy_conflict", Doc: "the two policies list different diagnoses first", Source: "ICD-10-CM guideline IV.K and coding guide 004", Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			i, o := s.first[Indication], s.first[Official]
			if len(i) == 0 || len(o) == 0 || i[0] == o[0] {
				return nil
			}
			a, b := s.diagnoses[i[0]], s.diagnoses[o[0]]
			return []Finding{{Message: fmt.Sprintf("indication lists %s first, official %s", a.Code, b.Code), Evidence: append(append([]Evidence(nil), a.Evidence...), b.Evidence...)}}
		},
	},
	{
		ID: "screening_with_symptom", Doc: "a screening study with a symptom is not screening", Source: "ICD-10-CM guideline I.C.21.c.5", Severity: SeverityError,
		Query: "Was this a screening study, or was it done because of the symptom?",
		Check: func(e *Engine, s *study) []Finding {
			var screening, symptom []Evidence
			for _, d := range s.diagnoses {
				switch d.Role {
				case RoleScreening:
					screening = append(screening, d.Evidence...)
				case RoleIndication:
					if strings.HasPrefix(d.Code, "R") || strings.HasPrefix(d.Code, "N6") {
						symptom = append(symptom, d.Evidence...)
					}
				}
			}
			if len(screening) == 0 || len(symptom) == 0 {
				return nil
			}
			return []Finding{{Evidence: append(screening, symptom...)}}
		},
	},
	{
		ID: "screening_to_diagnostic", Doc: "a screening mammogram with a breast complaint: it is a diagnostic one, and the complaint comes first", Source: "coding guide 004, screening and diagnostic mammography", Severity: SeverityWarning, Axis: "intent",
		Query: "Was this mammogram done as screening, or as a diagnostic study of the breast complaint?",
		Check: (*Engine).becameDiagnostic,
	},
	{
		ID: "dx_cpt_mismatch", Doc: "no diagnosis is of the body part examined, or of a kind that the exam is done for", Source: "coding guide 000, pairing of diagnosis and procedure", Severity: SeverityWarning, Axis: "region",
		Query: "Which sign, symptom or disease was this study done for?",
		Check: (*Engine).unpairedExams,
	},
	{
		ID: "indication_impression_mismatch", Doc: "the impression speaks of another part of a limb than indication and exam", Source: "coding guide 000, impression and indication", Severity: SeverityWarning, Axis: "region",
		Query: "Which body part do the findings concern?",
		Check: (*Engine).unrelatedImpressions,
	},
	patientRule,
	notInForceRule,
	{
		ID: "dx_limit", Doc: "a claim holds twelve diagnoses; the rest are left out", Source: "NUCC 1500 manual, item 21", Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding {
			var left []string
			var at []Evidence
			for i, d := range s.diagnoses {
				for _, policy := range []Policy{Indication, Official} {
					if slices.Index(s.first[policy], i) >= maxClaimDx && !slices.Contains(left, d.Code) {
						left = append(left, d.Code)
						at = append(at, d.Evidence...)
					}
				}
			}
			if left == nil {
				return nil
			}
			return []Finding{{Message: fmt.Sprintf("a claim holds %d diagnoses; left out: %s", maxClaimDx, strings.Join(left, ", ")), Evidence: at}}
		},
	},
}
