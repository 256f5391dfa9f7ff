package nlp_test

import (
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestNounPhrases(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"", nil},
		{"acute iritis, no chest complaints", []string{"acute iritis", "chest complaints"}},
		{"ACUTE IRITIS", []string{"ACUTE IRITIS"}},
		{"Inflammation of the uvea.", []string{"Inflammation", "uvea"}},
		{"pain in the left knee and pain in the left hip", []string{"pain", "left knee", "pain", "left hip"}},
		{"known Sjögren", []string{"known Sjögren"}},
		{"low-grade\ntemperature\n\nheadache", []string{"low-grade\ntemperature", "headache"}},
		{"\xff\xfe iritis \xff", []string{"iritis"}},
		{"was seen and then followed", nil},
	} {
		var got []string
		for _, s := range r.NounPhrases(c.text) {
			got = append(got, s.Of(c.text))
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, d)
		}
	}
}

// FuzzNounPhrases: no panic on any bytes; spans in order, inside the text, on
// rune starts.
func FuzzNounPhrases(f *testing.F) {
	for _, s := range []string{"", "acute iritis, no chest complaints", "don't (8-D) O.o $100 they'll U.S. :-)", "\xff\x00é", "ȺȺȺn't İ'll", "a.b.@c http://x.y"} {
		f.Add(s)
	}
	r := reader(f)
	f.Fuzz(func(t *testing.T, text string) {
		end := 0
		for _, s := range r.NounPhrases(text) {
			if s.Start < end || s.End <= s.Start || s.End > len(text) {
				t.Fatalf("span %v after %d in %d bytes", s, end, len(text))
			}
			if !utf8.ValidString(s.Of(text)) && utf8.ValidString(text) {
				t.Fatalf("span %v splits a rune", s)
			}
			end = s.End
		}
	})
}
