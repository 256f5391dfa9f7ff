package coding_test

import (
	"fmt"
	"testing"

	"github.com/radcode/radcode/coding"
)

// The rows of requirements.tsv that speak of categories, bone density and follow-up: part of
// screening-breast (R46-R63), and R184.

// followed asks for a follow-up of a kind, with its code and diagnosis where they are named.
func followed(want coding.Followup) func(coding.Result) error {
	return func(r coding.Result) error {
		for _, f := range r.Followups {
			if f.Action == want.Action && (want.Code == "" || f.Code == want.Code) && (want.Dx == "" || f.Dx == want.Dx) && (want.Interval == "" || f.Interval == want.Interval) && (want.Modality == "" || f.Modality == want.Modality && f.Region == want.Region) {
				return nil
			}
		}
		return fmt.Errorf("follow-ups %+v, want %+v", r.Followups, want)
	}
}

func TestStructuredReportingRequirements(t *testing.T) {
	checkRequirements(t, []requirement{
		{name: "R46_screening_no_complaints", report: report("Screening mammogram, bilateral", "INDICATION: Screening. No complaints.\n\nIMPRESSION: BI-RADS 1."), indication: []string{"Z12.31"}, noFlags: []string{"screening_with_symptom"}},
		{name: "R46_screening_with_pain", report: report("Screening mammogram, bilateral", "INDICATION: Screening. Left breast pain.\n\nIMPRESSION: BI-RADS 1."), flags: []string{"screening_with_symptom"}},
		{name: "R47_code_and_diagnosis", report: professional(report("Bilateral screening mammography", "INDICATION: Screening.\n\nIMPRESSION: BI-RADS 2.")), lines: []string{"77067-26"}, indication: []string{"Z12.31"}},
		{name: "R52_screening_bone_density", report: report("DXA spine and hips", "INDICATION: Screening for osteoporosis.\n\nFINDINGS: T-score of the lumbar spine -0.4.\n\nIMPRESSION: Normal."), lines: []string{"77080"}, indication: []string{"Z13.820"}},
		{name: "R52_postmenopausal", report: report("DXA spine and hips", "INDICATION: Screening for osteoporosis, postmenopausal.\n\nIMPRESSION: Normal."), indication: []string{"Z13.820", "Z78.0"}},
		{name: "R55_microcalcification", report: report("Diagnostic mammogram left breast", "INDICATION: Left breast pain.\n\nIMPRESSION: Microcalcifications of the left breast. BI-RADS 4."), has: []string{"R92.0"}, hasNot: []string{"R92.8"}},
		{name: "R55_density_has_subdivisions", report: report("Screening mammogram, bilateral", "INDICATION: Screening.\n\nFINDINGS: Breast density: B.\n\nIMPRESSION: BI-RADS 1."), has: []string{"R92.323"}},
		{name: "R56_incomplete", report: report("Screening mammogram, bilateral", "INDICATION: Screening.\n\nIMPRESSION: Left breast finding, BI-RADS 0."), indication: []string{"Z12.31", "R92.8"},
			also: followed(coding.Followup{Action: "imaging", Code: "77065", Dx: "R92.8"})},
		{name: "R57_biopsy", report: report("Diagnostic mammogram right breast", "INDICATION: Lump.\n\nIMPRESSION: BI-RADS 4C right breast mass at 10 o'clock."),
			also: func(r coding.Result) error {
				if got := assessmentsOf(r); got != "bi_rads 4C right" {
					return fmt.Errorf("assessments %s", got)
				}
				return followed(coding.Followup{Action: "biopsy", Dx: "N63.11"})(r)
			}},
		{name: "R58_category_is_no_diagnosis", report: report("Screening mammogram, bilateral", "INDICATION: Screening.\n\nIMPRESSION: Benign. BI-RADS 2. Annual screening mammogram is recommended."), indication: []string{"Z12.31"}, official: []string{"Z12.31"}, hasNot: []string{"R92"},
			also: followed(coding.Followup{Action: "screening", Code: "77067", Dx: "Z12.31", Interval: "P1Y"})},
		{name: "R58_advice_is_no_screening", report: report("Diagnostic mammogram left breast", "INDICATION: Left breast pain.\n\nIMPRESSION: BI-RADS 1. Annual screening mammogram is recommended."), indication: []string{"N64.4"}},
		{name: "R184_followup", report: report("CT chest without contrast", "INDICATION: Cough.\n\nIMPRESSION: 8 mm right upper lobe nodule. Recommend CT chest in 3 months."),
			also: followed(coding.Followup{Action: "imaging", Modality: "ct", Region: "chest", Interval: "P3M", Code: "71250", Dx: "R91.1"})},
	})
}
