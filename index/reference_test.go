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
		{"poisoning (T36-T50 with fifth or sixth character 1-4)", "T36-T50", "T36.0X1A T36.91XA", "T51 T36.0X5A T36.96XA T36"},
		{"poisoning (T36-T65 with fifth or sixth character 1-4 or 6)", "T36-T65", "T36.96XA", "T36.95XA"},
		{"open fracture of the femur (S72.- with 7th character B or C)", "S72-S72", "S72.001B", "S72.001A S72"},
		{"adverse effect (T39.0-, with sixth character 5)", "T39.0-T39.0", "T39.015A", "T39.011A"},
		{"fracture (S52.- with open fracture 7th character) in arthritis (M05.-)", "M05-M05", "M05.9", "S52.501B"},
		{"worms (B65.0 -B83.9)", "B65.0-B83.9", "B70.1", "B84"},
		{"fracture of the pelvis (S32.1--S32.9 with 7th character B)", "S32.1-S32.9", "S32.9XXB", "S32.9XXA"},
		{"broken bone (M84.4.-)", "M84.4-M84.4", "M84.48XA", "M84.3"},
		{"pain in the pelvis (R10.2-), gout (M1A.-, M10.-)", "R10.2-R10.2 M1A-M1A M10-M10", "R10.20 M1A.00X0", "R10.1"},
		{"infections (A00-B99) - see there", "A00-B99", "B99.9", "C00"},
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
