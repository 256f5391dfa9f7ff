package coding_test

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// linesOf writes the service lines of a claim: "19083-LT 76942".
func linesOf(c coding.Claim) string {
	var out []string
	for _, l := range c.Lines {
		out = append(out, strings.Join(append([]string{l.Code}, l.Modifiers...), "-"))
	}
	return strings.Join(out, " ")
}

// Biopsies under guidance: where the code holds the guidance it stands alone,
// where it does not the guidance stands beside it, and where the report does not
// say which biopsy it was (core or fine needle) only the guidance is sure.
func TestGuidedBiopsies(t *testing.T) {
	const done = "INDICATION: Mass.\n\nTECHNIQUE: %\n\nIMPRESSION: Technically successful procedure."
	for _, c := range []struct{ exam, technique, lines string }{
		{"ULTRASOUND GUIDED BREAST BIOPSY LEFT", "", "19083-LT"},
		{"Left breast ultrasound-guided core biopsy", "", "19083-LT"},
		{"Biopsy of the right breast under ultrasound guidance", "", "19083-RT"},
		{"US guided bx breast rt", "", "19083-RT"},
		{"STEREOTACTIC BREAST BIOPSY RIGHT", "", "19081-RT"},
		{"Left stereotactic guided core biopsy of the breast", "", "19081-LT"},
		{"MRI GUIDED BREAST BIOPSY RIGHT", "", "19085-RT"},
		{"Right breast biopsy with MR guidance", "", "19085-RT"},
		{"US guided FNA left breast", "", "10005"},
		{"Ultrasound guided fine needle aspiration of left breast mass", "", "10005"},
		{"CT-guided lung biopsy", "", "77012"},
		{"CT-guided core biopsy right lung", "", "32408"},
		{"CT guided biopsy of right lung nodule", "Three cores were taken.", "32408"},
		{"CT-guided lung FNA", "", "10009"},
		{"ULTRASOUND GUIDED LIVER BIOPSY", "", "47000 76942"},
		{"CT-guided biopsy of liver", "", "47000 77012"},
		{"CT GUIDED BIOPSY LEFT KIDNEY", "", "50200-LT 77012"},
		{"Left renal biopsy, ultrasound guided", "", "50200-LT 76942"},
		{"ULTRASOUND GUIDED THYROID FNA", "", "10005"},
		{"Fine needle aspiration of the right thyroid lobe with ultrasound guidance", "", "10005"},
		{"US guided thyroid biopsy", "", "76942"},
		{"US guided core needle biopsy thyroid", "", "60100 76942"},
		{"CT guided biopsy", "", "77012"},
		{"CT abdomen, CT guided biopsy", "Cores were taken of a retroperitoneal mass.", "49180 77012"},
		{"CT abdomen, CT guided biopsy", "Core biopsies of the left kidney mass.", "50200-LT 77012"},
		{"CT guided biopsy abdomen", "No biopsy of the left kidney. Cores of a mesenteric mass.", "49180 77012"},
	} {
		t.Run(c.exam, func(t *testing.T) {
			got := linesOf(answerOf(t, nlp.Report{Exam: c.exam, Text: strings.Replace(done, "%", c.technique, 1), Meta: nlp.Meta{DateOfService: "2025-05-05"}}).Claim)
			if got != c.lines {
				t.Errorf("lines %s, want %s", got, c.lines)
			}
		})
	}
}
