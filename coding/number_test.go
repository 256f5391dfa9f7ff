package coding_test

import "testing"

// TestNumber: one nodule and several have codes of their own, and so do one
// broken rib and several.
func TestNumber(t *testing.T) {
	for impression, want := range map[string]string{
		"Pulmonary nodule.":                                  "R91.1",
		"Pulmonary nodules.":                                 "R91.8",
		"6 mm right lower lobe pulmonary nodule.":            "R91.1",
		"Multiple pulmonary nodules.":                        "R91.8",
		"Nodules in the right lung.":                         "R91.8",
		"A nodule in the lungs.":                             "R91.1",
		"Lung lesion.":                                       "R91.1",
		"Thyroid nodule.":                                    "E04.1",
		"Thyroid nodules.":                                   "E04.2",
		"Multinodular thyroid.":                              "E04.2",
		"Right rib fracture.":                                "S22.31XA",
		"Right rib fractures.":                               "S22.41XA",
		"Fractures of the right 5th and 6th ribs.":           "S22.41XA",
		"Fracture of the 5th through 7th right ribs.":        "S22.41XA",
		"Fractures of the right fifth, sixth, seventh ribs.": "S22.41XA",
		"Fracture of the right 7th rib.":                     "S22.31XA",
	} {
		r := answerOf(t, report("CT chest with contrast", "INDICATION: Abnormal film.\n\nIMPRESSION: "+impression)).Result
		if codes := diagnosisRoles(r); codes[want] == "" {
			t.Errorf("%s: %v, want %s", impression, codes, want)
		}
	}
}
