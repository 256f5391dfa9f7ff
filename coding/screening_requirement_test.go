package coding_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// The rows of requirements.tsv, area screening-breast (R46-R63), that need neither a category nor the
// profile of a payer; the others stand in assessment_requirement_test.go and profile_test.go.

func withOrder(r nlp.Report, dx ...string) nlp.Report {
	return withMeta(r, func(m *nlp.Meta) { m.OrderedICD10CM = dx })
}

func withCharge(r nlp.Report, codes ...string) nlp.Report {
	return withMeta(r, func(m *nlp.Meta) { m.Charged = codes })
}

// endsOn asks for the flag deleted_code with the code and the last day it stood.
func endsOn(code, day string) func(coding.Result) error {
	return func(r coding.Result) error {
		for _, f := range r.Flags {
			if f.ID == "deleted_code" && strings.Contains(f.Message, code) && strings.Contains(f.Message, day) {
				return nil
			}
		}
		return fmt.Errorf("no flag says that %s ended on %s: %v", code, day, flagIDs(r))
	}
}

func TestScreeningRequirements(t *testing.T) {
	const twoSides, quiet = "Screening mammogram, bilateral", "INDICATION: Screening.\n\nIMPRESSION: BI-RADS 1."
	checkRequirements(t, []requirement{
		{name: "R49_pain_beside_screening", report: report(twoSides, "INDICATION: Screening. Left breast pain.\n\nIMPRESSION: BI-RADS 1."), flags: []string{"screening_to_diagnostic"}},
		{name: "R49_lump_beside_screening", report: report(twoSides, "INDICATION: Screening. Lump of the right breast.\n\nIMPRESSION: BI-RADS 1."), flags: []string{"screening_to_diagnostic"}},
		{name: "R49_pain_on_the_order", report: withOrder(report(twoSides, quiet), "Z12.31", "N64.4"), flags: []string{"screening_to_diagnostic"}},
		{name: "R49_no_complaint", report: withOrder(report(twoSides, quiet), "Z12.31"), noFlags: []string{"screening_to_diagnostic"}},
		{name: "R50_quit", report: report("LDCT lung screening", "INDICATION: LDCT lung screening, quit 2019, 30 pack-years.\n\nIMPRESSION: Lung-RADS 1."), lines: []string{"71271"}, has: []string{"Z12.2", "Z87.891"}, hasNot: []string{"F17"}, noFlags: []string{"ncd_210.14_dx_missing"}},
		{name: "R50_smokes", report: report("LDCT lung screening", "INDICATION: LDCT lung screening, current smoker, 30 pack-years.\n\nIMPRESSION: Lung-RADS 1."), lines: []string{"71271"}, has: []string{"Z12.2", "F17.210"}, hasNot: []string{"Z87.891"}, noFlags: []string{"ncd_210.14_dx_missing"}},
		{name: "R50_never_smoked", report: report("LDCT lung screening", "INDICATION: Lung cancer screening. Never smoked.\n\nIMPRESSION: Lung-RADS 1."), hasNot: []string{"Z87.891", "F17"}, flags: []string{"ncd_210.14_dx_missing"}},
		{name: "R51_screening_colonography", report: report("Screening CT colonography", "INDICATION: Colorectal cancer screening.\n\nIMPRESSION: No polyp."), lines: []string{"74263"}, indication: []string{"Z12.11"}, official: []string{"Z12.11"}},
		{name: "R53_recalled_for_a_lump", report: report("Diagnostic right mammogram", "INDICATION: Recalled for lump.\n\nIMPRESSION: BI-RADS 2."), lines: []string{"77065-RT"}, indication: []string{"N63.10"}},
		{name: "R54_left", report: report("Diagnostic left mammogram", "INDICATION: Recalled for lump.\n\nIMPRESSION: BI-RADS 2."), lines: []string{"77065-LT"}, indication: []string{"N63.20"}},
		{name: "R54_quadrant", report: report("Diagnostic right mammogram", "INDICATION: Lump in the upper outer quadrant of the right breast.\n\nIMPRESSION: BI-RADS 2."), indication: []string{"N63.11"}},
		{name: "R54_quadrant_before_the_side", report: report("Diagnostic right mammogram", "INDICATION: Lump, upper outer quadrant right.\n\nIMPRESSION: BI-RADS 2."), indication: []string{"N63.11"}},
		{name: "R59_screening_tomosynthesis", report: report("3D screening mammogram with tomosynthesis", quiet), lines: []string{"77067", "77063"}},
		{name: "R61_screening", report: report(twoSides, quiet), lines: []string{"77067"}},
		{name: "R61_diagnostic", report: report("Diagnostic mammogram, bilateral", "INDICATION: Breast lumps.\n\nIMPRESSION: BI-RADS 2."), lines: []string{"77066"}},
		{name: "R61_additional_views", report: report("Mammogram left, additional views", "INDICATION: Recall after screening.\n\nIMPRESSION: BI-RADS 2."), lines: []string{"77065-LT"}},
		{name: "R61_spot_compression", report: report("Mammogram right, spot compression views", "INDICATION: Recall after screening.\n\nIMPRESSION: BI-RADS 2."), lines: []string{"77065-RT"}},
		{name: "R62_mri_with_cad", report: report("MRI breasts bilateral w/wo contrast with CAD", "INDICATION: Left breast lump.\n\nIMPRESSION: BI-RADS 2."), lines: []string{"77049"}},
		{name: "R63_cad_of_a_diagnostic_study", report: withCharge(report("Diagnostic mammogram, bilateral", "INDICATION: Left breast lump.\n\nIMPRESSION: BI-RADS 2."), "77066", "77051"), lines: []string{"77066"}, also: endsOn("77051", "2016-12-31")},
		{name: "R63_cad_of_a_screening", report: withCharge(report(twoSides, quiet), "77067", "77052"), lines: []string{"77067"}, also: endsOn("77052", "2016-12-31")},
		{name: "R63_cad_charged_in_error", report: withCharge(report(twoSides, quiet), "77067", "77051"), lines: []string{"77067"}, indication: []string{"Z12.31"}, also: endsOn("77051", "2016-12-31")},
		{name: "R63_stereotactic_localisation", report: withCharge(report("Stereotactic localization, right breast", "INDICATION: Right breast mass."), "77031"), also: endsOn("77031", "2013-12-31")},
		{name: "R63_mammographic_localisation", report: withCharge(report("Needle localization, right breast, mammographic guidance", "INDICATION: Right breast mass."), "77032"), also: endsOn("77032", "2013-12-31")},
	})
}

// TestCodeSetRequirements: the date of service picks the codes (R155).
func TestCodeSetRequirements(t *testing.T) {
	const lowBack = "INDICATION: Low back pain.\n\nIMPRESSION: Normal."
	guided := func(date string) nlp.Report {
		return withCharge(on(date, "CT guidance for placement of radiation therapy fields", "INDICATION: Prostate cancer."), "77014")
	}
	checkRequirements(t, []requirement{
		{name: "R155_last_day_of_a_diagnosis", report: withOrder(on("2021-09-30", "XR lumbar spine 3 views", lowBack), "M54.5"), indication: []string{"M54.5"}},
		{name: "R155_day_after", report: withOrder(on("2021-10-01", "XR lumbar spine 3 views", lowBack), "M54.5"), indication: []string{"M54.50"}, also: func(r coding.Result) error {
			if dx := r.Claim.Dx; slices.Contains(dx, "M54.5") {
				return fmt.Errorf("claim %v", dx)
			}
			return nil
		}},
		{name: "R155_last_day_of_a_procedure", report: guided("2025-12-31"), lines: []string{"77014"}, noFlags: []string{"deleted_code"}},
		{name: "R155_procedure_that_ended", report: guided(serviceDate), also: endsOn("77014", "2025-12-31")},
	})
}
