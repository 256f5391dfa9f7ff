package coding

import "testing"

func TestDenies(t *testing.T) {
	for _, c := range []struct {
		title, other string
		want         bool
	}{
		{"Wound of the wall without foreign body, unspecified", "Wound of the flank with foreign body", true},
		{"Wound of the wall without foreign body", "Wound of the flank", false},
		{"Wound of the wall without foreign body", "Wound of the flank without foreign body", false},
		{"Wound of the wall", "Wound with foreign body", false},
	} {
		if got := denies(c.title, c.other); got != c.want {
			t.Errorf("%q, %q: %v", c.title, c.other, got)
		}
	}
}
