package coding_test

import (
	"testing"

	"github.com/radcode/radcode/nlp"
)

// Fewer views of a limb than any code for it has are billed with 52; where a
// code for so few exists, or nobody says how many there were, they are not.
func TestFewerViewsOfALimb(t *testing.T) {
	for _, c := range []struct{ exam, lines string }{
		{"XR right wrist, 1 view", "73100-52-RT"},
		{"XR left wrist, 2 views", "73100-LT"},
		{"XR left wrist", "73110-LT"},
		{"Left hand x-ray, 1 view", "73120-52-LT"},
		{"XR right ankle 1 view", "73600-52-RT"},
		{"XR right elbow one view", "73070-52-RT"},
		{"XR right forearm 1 view", "73090-52-RT"},
		{"XR left tibia and fibula, 1 view", "73590-52-LT"},
		{"XR right humerus 1 view", "73060-52-RT"},
		{"XR right finger 1 view", "73140-52-RT"},
		{"XR right shoulder, 1 view", "73020-RT"},
		{"XR right knee, 1 view", "73560-RT"},
		{"XR right hip, 1 view", "73501-RT"},
		{"XR right femur, 1 view", "73551-RT"},
		{"XR chest, 1 view", "71045"},
		{"XR abdomen, 1 view", "74018"},
		{"XR bilateral wrists, 1 view", "73100-50-52"},
	} {
		got := linesOf(answerOf(t, nlp.Report{Exam: c.exam, Text: "INDICATION: Fall.\n\nIMPRESSION: Normal.", Meta: nlp.Meta{DateOfService: "2025-05-05"}}).Claim)
		if got != c.lines {
			t.Errorf("%s: lines %s, want %s", c.exam, got, c.lines)
		}
	}
}
