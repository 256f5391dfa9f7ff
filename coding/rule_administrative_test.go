package coding_test

import (
	"slices"
	"testing"

	"github.com/radcode/radcode/nlp"
)

// flagged returns the ids of the flags that stand for a report.
func flagged(t *testing.T, r nlp.Report) []string {
	t.Helper()
	var ids []string
	for _, f := range answerOf(t, r).Flags {
		ids = append(ids, f.ID)
	}
	return ids
}

// Who wrote a report, when, and whether it is final is often set in type: blanks
// that do not break, curly quotation marks, line ends of another system.
func TestAdministrativeWords(t *testing.T) {
	const head = "INDICATION: Cough.\n\nIMPRESSION: Clear lungs.\n\n"
	for _, c := range []struct {
		name, text, id string
		stands         bool
	}{
		{"one blank", head + "Preliminary report", "preliminary_report", true},
		{"two blanks", head + "Preliminary  report", "preliminary_report", true},
		{"line end of DOS", head + "Preliminary\r\nreport", "preliminary_report", true},
		{"hard blank", head + "Preliminary\u00a0report", "preliminary_report", true},
		{"curly quotes", head + "Status: “preliminary report”", "preliminary_report", true},
		{"part of a word", head + "Preliminary reporting of doses is done elsewhere.", "preliminary_report", false},
		{"other words between", head + "Preliminary films were taken. Report follows.", "preliminary_report", false},
		{"not preliminary", head + "This is not a preliminary report.", "preliminary_report", false},
		{"no longer preliminary", head + "This is no longer a preliminary report.", "preliminary_report", false},
		{"not preliminary, then preliminary", head + "This is not a preliminary report. PRELIMINARY REPORT", "preliminary_report", true},
		{"another no", head + "No pneumothorax. Preliminary report", "preliminary_report", true},
		{"not signed", head + "Not yet signed", "preliminary_report", true},
		{"not only preliminary", head + "Not reviewed. Preliminary report", "preliminary_report", true},
		{"replaced", head + "This report replaces the preliminary report of 8 am.", "preliminary_report", false},
		{"signed with a hard blank", head + "Electronically signed\u00a0by K. Adeyemi", "missing_signature", false},
		{"signed over a line end", head + "Electronically\r\nsigned by K. Adeyemi", "missing_signature", false},
		{"e-signed", head + "E-signed K. Adeyemi", "missing_signature", false},
		{"signed lists", head + "A designed by-pass is patent.", "missing_signature", true},
		{"hyphens in an age", head + "54-year-old.", "missing_demographics", false},
		{"age with dashes", head + "54 year\u00a0old.", "missing_demographics", false},
		{"discrepancy with the night", head + "There is no discrepancy with the preliminary report.", "preliminary_report", false},
		{"rule to sign on", head + "Signature: __________________", "deidentified", false},
		{"rule to sign on names nobody", head + "Signature: __________________", "missing_demographics", true},
		{"short rule to sign on", head + "____", "deidentified", false},
		{"three underscores", "INDICATION: ___ with cough.\n\nIMPRESSION: Clear.", "deidentified", true},
		{"date in small letters", head + "Comparison: mm/dd/yy", "deidentified", true},
		{"date in capitals", head + "Comparison: MM/DD/YYYY.", "deidentified", true},
		{"redacted", head + "Read by [Redacted]", "deidentified", true},
		{"marks of one collection", head + "XXXX-year-old with cough.", "deidentified", true},
		{"marks in small letters", head + "Dr. xxxx", "deidentified", true},
		{"roman number", head + "Segment xxxxiii", "deidentified", false},
		{"clock", head + "14:35", "missing_study_time", false},
		{"clock of one digit", head + "Done 2:35 pm", "missing_study_time", false},
		{"clock with dots", head + "2:35 p.m.", "missing_study_time", false},
		{"clock behind a date", head + "08/12/2024 9:05", "missing_study_time", false},
		{"clock behind a word", head + "Time: 9:05", "missing_study_time", false},
		{"clock at the end of a line", head + "Time of study: 10:30\nPosition: supine", "missing_study_time", false},
		{"dilution", head + "Dilution 1:10", "missing_study_time", true},
		{"dilution of two digits", head + "Contrast was diluted 10:20.", "missing_study_time", true},
		{"ratio behind", head + "An E:A of 10:12 ratio", "missing_study_time", true},
		{"face of a clock", head + "Mass at the 12:30 position of the left breast.", "missing_study_time", true},
		{"face of a clock, distance", head + "Mass at 10:30, 4 cm from the nipple.", "missing_study_time", true},
		{"o'clock", head + "Mass at 12:30 o'clock.", "missing_study_time", true},
		{"no clock", head + "Score 27:65", "missing_study_time", true},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := slices.Contains(flagged(t, nlp.Report{Exam: "XR chest, 2 views", Text: c.text}), c.id); got != c.stands {
				t.Errorf("%s stands: %v, want %v", c.id, got, c.stands)
			}
		})
	}
}
