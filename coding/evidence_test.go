package coding_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/nlp"
)

// What a code quotes speaks for it: contrast of its own state, and the side where
// the code is for one side or for both.
func TestProcedureEvidence(t *testing.T) {
	for _, c := range []struct{ exam, text, code, quotes string }{
		{"CTA head without contrast", "", "70496", "CTA|head"},
		{"CTA head with contrast", "", "70496", "CTA|head|with contrast"},
		{"CT head without contrast", "", "70450", "CT|head|without contrast"},
		{"CT head without contrast", "", "70496", "CT|head"},
		{"CT head without and with contrast", "", "70470", "CT|head|without and with contrast"},
		{"CT head without and with contrast", "", "70496", "CT|head|without and with contrast"},
		{"CT head", "TECHNIQUE: No intravenous contrast was given.", "70450", "CT|head|contrast"},
		{"CT head", "TECHNIQUE: No intravenous contrast was given.", "70496", "CT|head"},
		{"XR knee, 3 views, right", "", "73562", "XR|knee|3 views|right"},
		{"MRI RIGHT KNEE WITHOUT CONTRAST", "", "73721", "MRI|RIGHT|KNEE|WITHOUT CONTRAST"},
		{"Bilateral diagnostic mammogram", "", "77066", "mammogram|diagnostic|Bilateral"},
		{"Left diagnostic mammogram", "", "77066", "mammogram|diagnostic"},
		{"CT chest without contrast, right lung nodule", "", "71250", "CT|chest|without contrast|lung"},
	} {
		a := answerOf(t, nlp.Report{Exam: c.exam, Text: c.text})
		found := false
		for _, p := range a.Exams[0].Procedures {
			if p.Code != c.code {
				continue
			}
			found = true
			var got []string
			for _, e := range p.Evidence {
				got = append(got, a.words(e))
			}
			want := strings.Split(c.quotes, "|")
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(slices.Compact(got), want) {
				t.Errorf("%s %s: %s quotes %q, want %q", c.exam, c.text, c.code, got, want)
			}
		}
		if !found {
			t.Errorf("%s: %s is no candidate", c.exam, c.code)
		}
	}
}
