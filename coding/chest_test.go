package coding_test

import (
	"context"
	"slices"
	"testing"

	"github.com/radcode/radcode/nlp"
)

// TestChestFindings: what is seen, and not what is asked, denied or only feared.
func TestChestFindings(t *testing.T) {
	for _, c := range []struct {
		text string
		want []string
	}{
		{"FINDINGS: The lungs are clear. No pneumothorax.\n\nIMPRESSION: No acute disease.", []string{"normal"}},
		{"INDICATION: Pneumonia.\n\nFINDINGS: The heart is normal in size.\n\nIMPRESSION: Clear lungs.", []string{"normal"}},
		{"FINDINGS: The heart is mildly enlarged. Small left pleural effusion.\n\nIMPRESSION: Cardiomegaly.", []string{"Cardiomegaly", "Effusion"}},
		{"IMPRESSION: Left basilar opacity, compatible with atelectasis.", []string{"Atelectasis"}},
		{"IMPRESSION: Left basilar opacity, which may represent pneumonia.", []string{}},
		{"IMPRESSION: Right lower lobe infiltrate versus atelectasis.", []string{"Atelectasis", "Infiltration"}},
		{"IMPRESSION: Heart size at the upper limits of normal. Clear lungs.", []string{"normal"}},
		{"IMPRESSION: Degenerative changes of the midthoracic spine.", []string{}},
		{"IMPRESSION: Very mild left apex curvature of the upper thoracic spine.", []string{}},
		{"IMPRESSION: Widened right paratracheal stripe.", []string{}},
		// a leg on the same sheet is no finding of the chest
		{"IMPRESSION: Chest. The lungs are clear. Left knee. Severe joint space narrowing. Large osteophytes.", []string{"normal"}},
		{"IMPRESSION: The lungs are clear. Osteoarthritis of the ankle and plantar calcaneal spur of the foot.", []string{"normal"}},
		{"IMPRESSION: Left knee. Severe narrowing. Chest. The heart is enlarged.", []string{"Cardiomegaly"}},
		{"FINDINGS: Left knee.\n\nIMPRESSION: Cardiomegaly.", []string{"Cardiomegaly"}},
		{"IMPRESSION: Old fracture of the left hip. Cardiomegaly.", []string{"Cardiomegaly"}},
	} {
		_, trace, err := engine(t).Trace(context.Background(), nlp.Report{Exam: "Chest PA and lateral", Text: c.text})
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(trace.Findings, c.want) {
			t.Errorf("%q: %q, want %q", c.text, trace.Findings, c.want)
		}
	}
}
