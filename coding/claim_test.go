package coding_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// TestBilateralStyle is requirement R97: the payer's style changes studies of
// both sides and nothing else.
func TestBilateralStyle(t *testing.T) {
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
}
