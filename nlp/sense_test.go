package nlp_test

import (
	"slices"
	"strings"
	"testing"
)

// TestSenses reads exam names with the senses of the small lexicon: a word that
// means something beside certain concepts only.
func TestSenses(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ name, title, want string }{
		{"alone", "CT POOL", "ct"},
		{"beside what it is given", "CT HEART POOL", "ct heart chest"},
		{"before what it is given", "POOL HEART", "chest heart"},
		{"the most specific row", "MRI HEART POOL", "mr heart pelvis"},
		{"a sense that names nothing", "CT PELVIS POOL", "ct pelvis"},
		{"unless", "CT GATED", "ct heart"},
		{"unless, and it is stated", "ULTRASOUND GATED", "us"},
		{"what a sense names decides another", "GATED POOL", "heart chest"},
		{"a longer term holds its words", "LIVER RIGHT LOWER LOBE", "liver right_lower_lobe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := r.ReadTitle(c.title)
			var got []string
			for i := range d.Mentions {
				got = append(got, r.Lexicon.Concept(d.Mentions[i].Concept).Name)
			}
			if want := strings.Fields(c.want); !slices.Equal(got, want) {
				t.Errorf("%q names %v, want %v", c.title, got, want)
			}
		})
	}
	if d := r.ReadPhrase("heart pool"); len(d.Mentions) != 1 {
		t.Errorf("running text has senses: %v", d.Mentions)
	}
}
