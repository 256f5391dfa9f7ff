package coding_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// TestBilateralStyle: the payer's style changes studies of both sides and nothing else.
func TestBilateralStyle(t *testing.T) {
	t.Run("R97_style_changes_both_sides_only", func(t *testing.T) {
		report := nlp.Report{
			Exam: "MRI both knees without contrast; chest PA and lateral", Text: "INDICATION: Bilateral knee pain.\n\nIMPRESSION: Normal.",
			Meta: nlp.Meta{PlaceOfService: "22", DateOfService: "2026-03-02"},
		}
		for style, want := range map[coding.Bilateral][]string{
			"":              {"71046-26", "73721-26-50"},
			coding.OneLine:  {"71046-26", "73721-26-50"},
			coding.TwoLines: {"71046-26", "73721-26-LT", "73721-26-RT"},
		} {
			e, err := coding.New(coding.Options{Bilateral: style})
			if err != nil {
				t.Fatal(err)
			}
			r, err := e.Code(context.Background(), report)
			if err != nil {
				t.Fatal(err)
			}
			for policy, claim := range r.Claims {
				var got []string
				for _, l := range claim.Lines {
					got = append(got, strings.Join(append([]string{l.Code}, l.Modifiers...), "-"))
				}
				if slices.Sort(got); !slices.Equal(got, want) {
					t.Errorf("style %q, policy %s: %v, want %v", style, policy, got, want)
				}
			}
		}
	})
}

// TestOmitExternalCauses: a payer that does not want external causes gets none, and the diagnosis stays in its
// role; its seventh character follows the encounter.
func TestOmitExternalCauses(t *testing.T) {
	for _, c := range []struct {
		omit       bool
		indication string
		code       string
		dx         []string
	}{
		{false, "Fall down the stairs, left hip pain.", "W10.9XXA", []string{"M25.552", "W10.9XXA"}},
		{true, "Fall down the stairs, left hip pain.", "W10.9XXA", []string{"M25.552"}},
		{false, "Follow-up of left hip injury after a motor vehicle accident.", "V89.2XXD", nil},
		{true, "Dog bite of the left hand, left hip pain.", "W54.0XXA", nil},
	} {
		e, err := coding.New(coding.Options{OmitExternalCauses: c.omit})
		if err != nil {
			t.Fatal(err)
		}
		res, err := e.Code(context.Background(), nlp.Report{Exam: "XR left hip with pelvis, 2 views", Text: "INDICATION: " + c.indication + "\n\nIMPRESSION: Normal."})
		if err != nil {
			t.Fatal(err)
		}
		if c.dx != nil && !slices.Equal(res.Claim.Dx, c.dx) {
			t.Errorf("%s omit %v: claim %v, want %v", c.indication, c.omit, res.Claim.Dx, c.dx)
		}
		if slices.Contains(res.Claim.Dx, c.code) == c.omit {
			t.Errorf("%s omit %v: claim %v", c.indication, c.omit, res.Claim.Dx)
		}
		if !slices.ContainsFunc(res.Diagnoses, func(d coding.Diagnosis) bool { return d.Code == c.code && d.Role == coding.RoleExternal }) {
			t.Errorf("%s: %s is no diagnosis in the role external: %v", c.indication, c.code, res.Diagnoses)
		}
	}
}
