package coding_test

import (
	"slices"
	"testing"

	"github.com/radcode/radcode/nlp"
)

// A rule about exams speaks of each exam that it concerns, by its name where there
// are several.
func TestFindingsOfEachExam(t *testing.T) {
	for _, c := range []struct {
		name, text, id string
		messages       []string // of the flags with the id; "" = any words
	}{
		{"two films without side", "EXAM: XR knee, 3 views\nEXAM: XR ankle, 3 views\n\nINDICATION: Pain.\n\nIMPRESSION: Normal.", "missing_laterality",
			[]string{"XR knee, 3 views: a paired body part was examined and no side is stated", "XR ankle, 3 views: a paired body part was examined and no side is stated"}},
		{"one of two without side", "EXAM: XR right knee, 3 views\nEXAM: XR ankle, 3 views\n\nINDICATION: Pain.\n\nIMPRESSION: Normal.", "missing_laterality",
			[]string{"XR ankle, 3 views: a paired body part was examined and no side is stated"}},
		{"one film without side", "EXAM: XR knee, 3 views\n\nINDICATION: Pain.\n\nIMPRESSION: Normal.", "missing_laterality",
			[]string{"a paired body part was examined and no side is stated"}},
		{"two films without views", "EXAM: XR right knee\nEXAM: XR right ankle\n\nINDICATION: Pain.\n\nIMPRESSION: Normal.", "missing_views",
			[]string{"XR right knee: the number of views is not stated, and the code depends on it", "XR right ankle: the number of views is not stated, and the code depends on it"}},
		{"two scans without contrast", "EXAM: CT head\nEXAM: MRI lumbar spine\n\nINDICATION: Pain.\n\nIMPRESSION: Normal.", "missing_contrast",
			[]string{"CT head: whether contrast was given is not stated, and the code depends on it", "MRI lumbar spine: whether contrast was given is not stated, and the code depends on it"}},
		{"the other side of two", "EXAM: XR right knee, 3 views\nEXAM: XR right ankle, 3 views\n\nINDICATION: Pain.\n\nIMPRESSION: Fracture of the left ankle.", "laterality_conflict",
			[]string{"XR right ankle, 3 views: the exam is of the right side, the report speaks of the left ankle"}},
		{"both sides in two exams", "EXAM: XR right knee, 3 views\nEXAM: XR left knee, 3 views\n\nINDICATION: Pain.\n\nIMPRESSION: Normal right knee. Effusion of the left knee.", "laterality_conflict", nil},
		{"two complete ultrasounds", "EXAM: Complete abdominal ultrasound\nEXAM: XR right knee, 3 views\n\nINDICATION: Pain.\n\nFINDINGS: The liver is normal.\n\nIMPRESSION: Normal.", "complete_not_supported",
			[]string{"Complete abdominal ultrasound: the title says complete, but not all organs of a complete study are described; the limited code is given"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, f := range answerOf(t, nlp.Report{Text: c.text}).Flags {
				if f.ID == c.id {
					got = append(got, f.Message)
				}
			}
			if !slices.Equal(got, c.messages) {
				t.Errorf("%s says\n%q, want\n%q", c.id, got, c.messages)
			}
		})
	}
}
