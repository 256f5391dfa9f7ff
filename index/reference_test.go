package index

import (
	"fmt"
	"strings"
	"testing"
)

func TestNoteCodes(t *testing.T) {
	for _, c := range []struct{ text, want, holds, not string }{
		{"carrier (Z22.-)", "Z22-Z22", "Z22.3", "Z23"},
		{"birth trauma (P10-P15)", "P10-P15", "P15.9 P10", "P16 P09"},
		{"signs of breast (N63, N64.5)", "N63-N63 N64.5-N64.5", "N63.10 N64.51", "N64.4"},
		{"poisoning (T36-T50 with fifth or sixth character 1-4)", "T36-T50", "T36.0X1A T50.995A", "T51"},
		{"burns (T20.0-T20.3)", "T20.0-T20.3", "T20.1 T20.39", "T20.4"},
		{"code D3A.- and C4A", "D3A-D3A C4A-C4A", "D3A.00", "D30"},
		{"vitamin B12 deficiency (E53.8)", "E53.8-E53.8", "E53.8", "B12"},
		{"HIV or NOS, BMI 30", "", "", "A00"},
	} {
		var got []string
		ranges := Note{Text: c.text}.Codes()
		for _, r := range ranges {
			got = append(got, fmt.Sprintf("%s-%s", r.First, r.Last))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %q, want %q", c.text, got, c.want)
		}
		holds := func(code string) bool {
			for _, r := range ranges {
				if r.Holds(code) {
					return true
				}
			}
			return false
		}
		for code := range strings.FieldsSeq(c.holds) {
			if !holds(code) {
				t.Errorf("%s does not hold %s", c.text, code)
			}
		}
		for code := range strings.FieldsSeq(c.not) {
			if holds(code) {
				t.Errorf("%s holds %s", c.text, code)
			}
		}
	}
}

func TestNotesOn(t *testing.T) {
	r := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", ""))
	if n := r.NotesOn(Excludes1, "R91.1", "R90.0"); len(n) != 1 || n[0].Owner != "R91.1" {
		t.Errorf("%v", n)
	}
	if n := r.NotesOn(Excludes1, "R91.8", "R90.0"); n != nil {
		t.Errorf("the note of another code: %v", n)
	}
	if n := r.NotesOn(Excludes2, "R91.1", "R90.0"); n != nil {
		t.Errorf("a note of another kind: %v", n)
	}
}
