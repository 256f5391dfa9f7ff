package nlp_test

import (
	"testing"

	"github.com/radcode/radcode/nlp"
)

func TestSections(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct{ name, text, want string }{
		{"R18_capitals", "FINDINGS: Clear.\nIMPRESSION: Normal.", "findings(findings) impression(impression)"},
		{"R18_dash", "Findings - Clear lungs.\nImpression - Normal.", "findings(findings) impression(impression)"},
		{"R18_en_dash", "FINDINGS – Clear lungs.", "findings(findings)"},
		{"R18_report", "REPORT: Clear lungs.", "findings(report)"},
		{"R18_interpretation", "INTERPRETATION: Clear.", "findings(interpretation)"},
		{"R18_discussion", "DISCUSSION: Clear.", "findings(discussion)"},
		{"R18_combined", "TECHNIQUE AND FINDINGS: Axial images. Clear.", "findings(technique and findings)"},
		{"R18_modality_before", "CT FINDINGS: Clear.", "findings(ct findings)"},
		{"R19_conclusion", "CONCLUSION: Normal.", "impression(conclusion)"},
		{"R19_opinion", "Opinion: Normal.", "impression(opinion)"},
		{"R19_summary", "SUMMARY: Normal.", "impression(summary)"},
		{"R19_final", "FINAL IMPRESSION:\n1. Normal.", "impression(final impression)"},
		{"R22_markdown_bold", "**FINDINGS:** Clear.\n\n**IMPRESSION:** Normal.", "findings(findings) impression(impression)"},
		{"R22_markdown_bold_colon_outside", "**Findings**: Clear.\n**Impression**: Normal.", "findings(findings) impression(impression)"},
		{"R22_markdown_hashes", "## Findings\nClear.\n## Impression\nNormal.", "findings(findings) impression(impression)"},
		{"R22_numbered", "1. FINDINGS: Clear.\n2. IMPRESSION: Normal.", "findings(findings) impression(impression)"},
		{"R22_inline", "Reason for exam: pain. Findings: clear. Impression: normal.", "indication(reason for exam) findings(findings) impression(impression)"},
		{"R22_inline_lower_case", "reason for exam: pain. impression: normal.", "indication(reason for exam) impression(impression)"},
		{"R22_inline_numbered", "1. FINDINGS: Clear. 2. IMPRESSION: Normal.", "findings(findings) impression(impression)"},
		{"R22_alone_on_the_line", "FINDINGS\nClear.\n\nIMPRESSION\nNormal.", "findings(findings) impression(impression)"},
		{"R22_none", "The lungs are clear. No effusion.", "body()"},
		{"no delimiter", "FINDINGS The lungs are clear.\nIMPRESSION Normal chest.", "findings(findings) impression(impression)"},
		{"no space", "EXAM:MRI RIGHT FOOT\nCLINICAL:Pain.", "exam(exam) indication(clinical)"},
		{"capitals in mid line", "EXAM: MRI RIGHT FOOT INDICATION: Pain.", "exam(exam) indication(indication)"},
		{"carriage returns", "FINDINGS: Clear.\r\rIMPRESSION: Normal.\r", "findings(findings) impression(impression)"},
		{"reason for CT scan", "REASON FOR CT SCAN: Pain.", "indication(reason for ct scan)"},
		{"indication for something", "INDICATION FOR THE MRI: Pain.", "indication(indication for the mri)"},
		{"preoperative diagnosis", "PREOPERATIVE DIAGNOSIS: Stone.\nPROCEDURE: Stent.", "indication(preoperative diagnosis) procedure(procedure)"},
		{"comparison", "COMPARISON: None.\nRECOMMENDATION: CT.\nADDENDUM: Nothing.", "comparison(comparison) recommendation(recommendation) addendum(addendum)"},
		{"title in capitals", "CT ANGIOGRAPHY CHEST WITH CONTRAST\n\nFINDINGS: Clear.", "exam() findings(findings)"},
		{"title, then narrative", "TESTICULAR ULTRASOUND\n\nThere is no torsion.", "exam() body()"},
		{"title in small letters", "CT of the abdomen and pelvis\n\nThe liver is normal.", "exam() body()"},
		{"first sentence is no title", "CT of the abdomen shows a mass.\n\nThe liver is normal.", "body()"},
		{"header lines", "Patient Name: Ann Example\nMRN: 12345\nMRI BRAIN WITHOUT CONTRAST\n\nFINDINGS: Clear.", "header(patient name) header(mrn) exam() findings(findings)"},
		{"header line with its value below", "ACC# Date Time Exam\n\n123 Jan 01 MRI\n\nFINDINGS: Clear.", "header(acc# date time exam) findings(findings)"},
		{"header, then text", "Patient Name: Ann Example\nThe lungs are clear.", "header(patient name) body()"},
		{"signature", "IMPRESSION: Normal.\nDictated by: A. Example, M.D.\nElectronically signed by B. Example", "impression(impression) signature(dictated by) signature(electronically signed by)"},
		{"sub-headings stay findings", "FINDINGS:\nCT ABDOMEN: Clear.\nRIGHT: Clear.\nBONES: Intact.\nIMPRESSION: Normal.", "findings(findings) impression(impression)"},
		{"sub-headings stay impression", "IMPRESSION:\nCT ABDOMEN: Clear.\nCT PELVIS: Clear.", "impression(impression)"},
		{"sub-heading opens findings", "TECHNIQUE: Axial images.\nCT ABDOMEN: Clear.\nIMPRESSION: Normal.", "technique(technique) findings() impression(impression)"},
		{"unknown heading hides nothing after it", "BILLING NOTICE: None.\nFINDINGS: Clear.", "other(billing notice) findings(findings)"},
		{"narrative after comparison", "COMPARISON: None.\n\nThe lungs are clear.\n\nIMPRESSION: Normal.", "comparison(comparison) body() impression(impression)"},
		{"a time is no heading", "FINDINGS: Seen at 10:30 today.", "findings(findings)"},
		{"an ordinary colon", "Findings: The following are seen: a mass.", "findings(findings)"},
		{"a word in a sentence", "The findings were discussed. Comparison is made to a prior study.", "body()"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := kinds(r.Read(nlp.Report{Text: tt.text})); got != tt.want {
				t.Errorf("%q\n got %s\nwant %s", tt.text, got, tt.want)
			}
		})
	}
}

func TestSentences(t *testing.T) {
	r := reader(t)
	for _, tt := range []struct {
		name, text string
		want       []string
	}{
		{"two", "No mass. No nodule.", []string{"No mass.", "No nodule."}},
		{"title", "Seen by Dr. Example today. No mass.", []string{"Seen by Dr. Example today.", "No mass."}},
		{"initial", "Called to J. Example at noon. Normal.", []string{"Called to J. Example at noon.", "Normal."}},
		{"versus", "Edema vs. Pneumonia. Stable.", []string{"Edema vs. Pneumonia.", "Stable."}},
		{"approx", "Measures approx. 2.5 cm. Stable.", []string{"Measures approx. 2.5 cm.", "Stable."}},
		{"number sign", "Image No. 5 of series 2. Stable.", []string{"Image No. 5 of series 2.", "Stable."}},
		{"for example", "Lesions, e.g. cysts, are seen. Stable.", []string{"Lesions, e.g. cysts, are seen.", "Stable."}},
		{"time", "At 10:30 a.m. the study began. Stable.", []string{"At 10:30 a.m. the study began.", "Stable."}},
		{"side with a stop", "Pain in the R. knee. Swelling.", []string{"Pain in the R. knee.", "Swelling."}},
		{"list", "1. No acute disease. 2. Stable nodule.", []string{"1. No acute disease.", "2. Stable nodule."}},
		{"list lines", "1. No acute disease\n2. Stable nodule\n- Effusion", []string{"1. No acute disease", "2. Stable nodule", "- Effusion"}},
		{"size ends a sentence", "It measures 2. The liver is normal.", []string{"It measures 2.", "The liver is normal."}},
		{"wrapped", "There is a small left effusion that has not\nchanged since yesterday.", []string{"There is a small left effusion that has not\nchanged since yesterday."}},
		{"wrapped before a name", "The patient was transferred yesterday afternoon from\nExample Hospital.", []string{"The patient was transferred yesterday afternoon from\nExample Hospital."}},
		{"no stops", "Lungs clear\nHeart normal", []string{"Lungs clear", "Heart normal"}},
		{"blank line", "lungs clear\n\nheart normal", []string{"lungs clear", "heart normal"}},
		{"semicolon", "No mass; stable nodule.", []string{"No mass; stable nodule."}},
		{"sections", "FINDINGS: No mass IMPRESSION: Normal", []string{"No mass", "Normal"}},
		{"letters of a disease", "History of hepatitis C. The liver is normal.", []string{"History of hepatitis C.", "The liver is normal."}},
		{"answer no", "Fever? No. Cough? Yes.", []string{"Fever?", "No.", "Cough?", "Yes."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := r.Read(nlp.Report{Text: tt.text})
			var got []string
			for _, s := range d.Sentences {
				got = append(got, s.Of(d.Text))
			}
			if len(got) != len(tt.want) {
				t.Fatalf("got %q\nwant %q", got, tt.want)
			}
			for i := range got {
				if got[i] != tt.want[i] {
					t.Errorf("got %q\nwant %q", got, tt.want)
				}
			}
		})
	}
}
