package coding_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
)

// assessmentsOf writes the assessments of a result as the tables below do: system, category,
// side, and what else is said, separated by semicolons.
func assessmentsOf(r coding.Result) string {
	var out []string
	for _, a := range r.Assessments {
		words := []string{a.System, a.Category, a.Side}
		if a.System == "t_score" {
			words = append(words, a.Site)
		}
		if a.Prior {
			words = append(words, "prior")
		}
		out = append(out, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
	return strings.Join(out, "; ")
}

const (
	mammogram  = "Bilateral diagnostic mammogram"
	leftMammo  = "Diagnostic mammogram left breast"
	chestCT    = "CT chest without contrast"
	liverMR    = "MRI liver without and with contrast"
	thyroidUS  = "US thyroid"
	prostateMR = "MRI prostate without and with contrast"
	pelvisUS   = "US pelvis"
	kidneyCT   = "CT abdomen without and with contrast"
	dxa        = "DXA lumbar spine and hip"
	kneeMR     = "MRI right knee without contrast"
)

// TestAssessments reads categories as reports word them. Where a text has no heading the
// sentence stands in the impression.
func TestAssessments(t *testing.T) {
	for _, c := range []struct{ exam, text, want string }{
		// BI-RADS: ways to write the name and the category.
		{mammogram, "BI-RADS 1.", "bi_rads 1 bilateral"},
		{mammogram, "BI-RADS category 2.", "bi_rads 2 bilateral"},
		{mammogram, "BIRADS-2", "bi_rads 2 bilateral"},
		{mammogram, "BIRADS2", "bi_rads 2 bilateral"},
		{mammogram, "birads4a", "bi_rads 4A bilateral"},
		{mammogram, "Bi-Rads: IV", "bi_rads 4 bilateral"},
		{mammogram, "BIRADS Classification 0 - Incomplete", "bi_rads 0 bilateral"},
		{mammogram, "BI RADS assessment category: 3", "bi_rads 3 bilateral"},
		{mammogram, "ACR BI-RADS® Category 4B, moderate suspicion.", "bi_rads 4B bilateral"},
		{mammogram, "BI-RADS 4 C.", "bi_rads 4C bilateral"},
		{mammogram, "BI-RADS 4-C.", "bi_rads 4C bilateral"},
		{mammogram, "BI-RADS 4 A mass is seen.", "bi_rads 4 bilateral"},
		{mammogram, "BI-RADS IVa.", "bi_rads 4A bilateral"},
		{mammogram, "BI-RADS category four.", "bi_rads 4 bilateral"},
		{mammogram, "BI-RADS (5th edition) category 5.", "bi_rads 5 bilateral"},
		{mammogram, "BI-RADS 2013: 6.", "bi_rads 6 bilateral"},
		{mammogram, "BI-RADS score is 3.", "bi_rads 3 bilateral"},
		{mammogram, "Bi- Rads 5.", "bi_rads 5 bilateral"},
		{mammogram, "BI-RADS FINAL ASSESSMENT CATEGORY:\n2", "bi_rads 2 bilateral"},
		{mammogram, "BI-RADS = 2", "bi_rads 2 bilateral"},
		{mammogram, "ACR 3.", "bi_rads 3 bilateral"},
		{mammogram, "Category 2, benign.", "bi_rads 2 bilateral"},
		{mammogram, "Category 4 (BI-RADS).", "bi_rads 4 bilateral"},
		{mammogram, "Assessment: Incomplete.", "bi_rads 0 bilateral"},
		{mammogram, "Highly suggestive of malignancy.", "bi_rads 5 bilateral"},
		{mammogram, "BI-RADS 4A-4B.", "bi_rads 4A-4B bilateral"},
		{mammogram, "BI-RADS 3 or 4.", "bi_rads 3-4 bilateral"},
		{mammogram, "BI-RADS category 4/5.", "bi_rads 4-5 bilateral"},
		// Whose it is.
		{mammogram, "BI-RADS CATEGORY: Right 2, Left 4C", "bi_rads 2 right; bi_rads 4C left"},
		{mammogram, "Right breast: BI-RADS 1.\nLeft breast: BI-RADS 3.", "bi_rads 1 right; bi_rads 3 left"},
		{mammogram, "BI-RADS 2 on the right and 4 on the left.", "bi_rads 2 right; bi_rads 4 left"},
		{mammogram, "BI-RADS category 1 (left) and category 2 (right).", "bi_rads 1 left; bi_rads 2 right"},
		{mammogram, "BI-RADS: R 1, L 0", "bi_rads 1 right; bi_rads 0 left"},
		{mammogram, "BI-RADS | Right | 2 | Left | 1", "bi_rads 2 right; bi_rads 1 left"},
		{mammogram, "BI-RADS ASSESSMENT:\nRight: 2 - Benign\nLeft: 4 - Suspicious", "bi_rads 2 right; bi_rads 4 left"},
		{mammogram, "Irregular mass in the left breast. BI-RADS 5.", "bi_rads 5 left"},
		{mammogram, "1. Mass in the left breast, BI-RADS 4.\n2. Benign calcifications of the right breast, BI-RADS 2.", "bi_rads 4 left; bi_rads 2 right"},
		{leftMammo, "BI-RADS 3.", "bi_rads 3 left"},
		// Whose study it is.
		{mammogram, "INDICATION: BI-RADS 0 on screening.\n\nIMPRESSION: BI-RADS 2.", "bi_rads 0 bilateral prior; bi_rads 2 bilateral"},
		{mammogram, "COMPARISON: Mammogram of last year, BI-RADS 1.\n\nIMPRESSION: BI-RADS 3.", "bi_rads 1 bilateral prior; bi_rads 3 bilateral"},
		{mammogram, "Previously BI-RADS 3, now BI-RADS 2.", "bi_rads 3 bilateral prior; bi_rads 2 bilateral"},
		{mammogram, "Upgraded from BI-RADS 3 to 4A.", "bi_rads 3 bilateral prior; bi_rads 4A bilateral"},
		{mammogram, "Upgraded from BI-RADS 3 to BI-RADS 4A.", "bi_rads 3 bilateral prior; bi_rads 4A bilateral"},
		{mammogram, "BI-RADS 3 on the prior study.", "bi_rads 3 bilateral prior"},
		{mammogram, "The prior examination was BI-RADS 2.", "bi_rads 2 bilateral prior"},
		// Legends, explanations, denials, conditions.
		{mammogram, "BI-RADS 2.\n\nBI-RADS 0 = incomplete; 1 = negative; 2 = benign; 3 = probably benign.", "bi_rads 2 bilateral"},
		{mammogram, "BI-RADS 2.\n\nBI-RADS categories: 0 - Incomplete, 1 - Negative, 2 - Benign, 3 - Probably benign.", "bi_rads 2 bilateral"},
		{mammogram, "BI-RADS 4.\n\nLegend: BI-RADS 0 incomplete\nBI-RADS 1 negative\nBI-RADS 2 benign\nBI-RADS 3 probably benign\nBI-RADS 4 suspicious", "bi_rads 4 bilateral"},
		{mammogram, "Described with the BI-RADS lexicon.", ""},
		{mammogram, "BI-RADS atlas, 5th edition.", ""},
		{mammogram, "BI-RADS 3 means a chance of malignancy of up to 2 percent.", ""},
		{mammogram, "If BI-RADS 4, biopsy would follow.", ""},
		{mammogram, "No BI-RADS 4 lesion.", ""},
		{mammogram, "Not a BI-RADS 5 lesion.", ""},
		{mammogram, "BI-RADS: 4 mm calcification.", ""},
		{mammogram, "BI-RADS:\n1. No mass.\n2. No calcification.", ""},
		{chestCT, "Category I agent.", ""},
		{chestCT, "Category 2 allergy to contrast.", ""},
		{chestCT, "ACR 2020 appropriateness criteria.", ""},
		{kneeMR, "T1 weighted and T2 weighted images, TR 4500 ms, TE 80 ms.", ""},
		{kneeMR, "TR 4 and LR 3 of the grid.", ""},
		{kneeMR, "Images in LR direction.", ""},
		// Breast density.
		{mammogram, "Breast density: C.", "breast_density C bilateral"},
		{mammogram, "ACR density category b.", "breast_density B bilateral"},
		{mammogram, "Breast composition category d.", "breast_density D bilateral"},
		{mammogram, "The breasts are heterogeneously dense.", "breast_density C bilateral"},
		{mammogram, "The breasts are almost entirely fatty.", "breast_density A bilateral"},
		{mammogram, "There are scattered areas of fibroglandular density.", "breast_density B bilateral"},
		{leftMammo, "The breast is extremely dense.", "breast_density D left"},
		{mammogram, "ACR category c. BI-RADS 1.", "breast_density C bilateral; bi_rads 1 bilateral"},
		{chestCT, "The heterogeneously dense consolidation persists.", ""},
		// Lung-RADS.
		{chestCT, "Lung-RADS 2.", "lung_rads 2"},
		{chestCT, "Lung-RADS category 4A.", "lung_rads 4A"},
		{chestCT, "Lung-RADS v2022 category 3.", "lung_rads 3"},
		{chestCT, "Lung-RADS version 1.1: 4B", "lung_rads 4B"},
		{chestCT, "LungRADS 4X", "lung_rads 4X"},
		{chestCT, "Lung-RADS 2S: coronary calcification.", "lung_rads 2S"},
		{chestCT, "Lung-RADS 4AS.", "lung_rads 4AS"},
		{chestCT, "ACR Lung-RADS score: 1", "lung_rads 1"},
		{chestCT, "Lung-RADS 3 nodule in the right upper lobe.", "lung_rads 3 right"},
		{chestCT, "The nodule was previously Lung-RADS 3 and is now Lung-RADS 2.", "lung_rads 3 prior; lung_rads 2"},
		// LI-RADS.
		{liverMR, "LR-5 in segment 7.", "li_rads LR-5"},
		{liverMR, "LI-RADS 4.", "li_rads LR-4"},
		{liverMR, "LI-RADS v2018: LR-M", "li_rads LR-M"},
		{liverMR, "LI-RADS category LR-TIV.", "li_rads LR-TIV"},
		{liverMR, "LR3 observation.", "li_rads LR-3"},
		{liverMR, "Observation 1: LR-5.\nObservation 2: LR-3.", "li_rads LR-5; li_rads LR-3"},
		{liverMR, "No LR-5 observation.", ""},
		{liverMR, "No observation meeting LR-5 criteria.", ""},
		{liverMR, "LI-RADS: LR-4/5.", "li_rads LR-4"},
		// TI-RADS.
		{thyroidUS, "TI-RADS 3.", "ti_rads TR3"},
		{thyroidUS, "ACR TI-RADS: TR4.", "ti_rads TR4"},
		{thyroidUS, "TR5 nodule of the right lobe.", "ti_rads TR5 right"},
		{thyroidUS, "TIRADS category TR 2", "ti_rads TR2"},
		{thyroidUS, "Left lobe nodule, TI-RADS TR3 (3 points).", "ti_rads TR3 left"},
		{thyroidUS, "TI-RADS score: 4 points.", ""},
		// PI-RADS.
		{prostateMR, "PI-RADS 4.", "pi_rads 4"},
		{prostateMR, "PI-RADS v2.1 assessment category 5.", "pi_rads 5"},
		{prostateMR, "PIRADS 4/5 lesion in the left peripheral zone.", "pi_rads 4 left"},
		{prostateMR, "PI-RADS score of 3.", "pi_rads 3"},
		{prostateMR, "PI-RADS 3-4.", "pi_rads 3-4"},
		{prostateMR, "No PI-RADS 4 or 5 lesion.", ""},
		// O-RADS and Bosniak.
		{pelvisUS, "O-RADS 3 cyst of the left ovary.", "o_rads 3 left"},
		{pelvisUS, "ORADS US 2.", "o_rads 2"},
		{pelvisUS, "O-RADS MRI score 4.", "o_rads 4"},
		{kidneyCT, "Bosniak IIF cyst of the left kidney.", "bosniak IIF left"},
		{kidneyCT, "Left renal cyst, Bosniak 2F.", "bosniak IIF left"},
		{kidneyCT, "Bosniak category III.", "bosniak III"},
		{kidneyCT, "Bosniak class I.", "bosniak I"},
		{kidneyCT, "Bosniak type iv.", "bosniak IV"},
		{kidneyCT, "Bosniak 2019 classification: II.", "bosniak II"},
		{kidneyCT, "Bosniak II-III.", "bosniak II-III"},
		{chestCT, "CAD-RADS 4A.", "cad_rads 4A"},
		// T-scores.
		{dxa, "FINDINGS: T-score of the lumbar spine is minus 0.6.", "t_score -0.6 lumbar_spine"},
		{dxa, "FINDINGS: Lumbar spine T-score -2.8, left femoral neck -2.6.", "t_score -2.8 lumbar_spine; t_score -2.6 left femoral_neck"},
		{dxa, "FINDINGS: T score = -1.5 at the left hip.", "t_score -1.5 left hip"},
		{dxa, "FINDINGS: The T-score of L1-L4 is +0.4, Z-score 1.2.", "t_score 0.4 lumbar_spine"},
		{dxa, "FINDINGS:\nRegion BMD T-score Z-score\nL1-L4 0.812 -2.6 -1.1\nLeft femoral neck 0.700 -1.9 -0.5", "t_score -2.6 lumbar_spine; t_score -1.9 left femoral_neck"},
		{dxa, "FINDINGS: Lumbar spine (L1-L4): BMD 0.95 g/cm2, T-score -1.2, Z-score 0.1.\nLeft femoral neck: BMD 0.65 g/cm2, T-score -2.6, Z-score -1.0.", "t_score -1.2 lumbar_spine; t_score -2.6 left femoral_neck"},
		{dxa, "FINDINGS: T-score of Ward's triangle -3.1.", ""},
		{dxa, "FINDINGS: Bone mineral density 0.912 g/cm2, Z-score -1.2.", ""},
		{dxa, "FINDINGS: T-score not reported.", ""},
	} {
		text := c.text
		if !strings.Contains(text, "IMPRESSION") && !strings.Contains(text, "FINDINGS") {
			text = "IMPRESSION: " + text
		}
		if got := assessmentsOf(answerOf(t, report(c.exam, text)).Result); got != c.want {
			t.Errorf("%s, %q:\n got %s\nwant %s", c.exam, c.text, got, c.want)
		}
	}
}

// TestAssessmentEvidence quotes the words of a category.
func TestAssessmentEvidence(t *testing.T) {
	for text, want := range map[string]string{
		"IMPRESSION: Mass, BI-RADS category 4A. Biopsy.":     "BI-RADS category 4A",
		"IMPRESSION: ACR BI-RADS: Right 2.":                  "ACR BI-RADS: Right 2",
		"IMPRESSION: Category 4 (suspicious), BI-RADS used.": "Category 4",
	} {
		a := answerOf(t, report(mammogram, text))
		if len(a.Assessments) == 0 || a.words(a.Assessments[0].Evidence[0]) != want {
			t.Errorf("%q: %s", text, fmt.Sprint(a.Assessments))
		}
	}
}
