package coding_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// TestDistinctStyle asks for the modifier of a separate service as each payer
// wants it.
func TestDistinctStyle(t *testing.T) {
	for _, c := range []struct {
		style       coding.Distinct
		payer, want string
	}{
		{coding.DistinctByPayer, "", "71045-59"},
		{coding.DistinctByPayer, "Aetna", "71045-59"},
		{coding.DistinctByPayer, "Medicare Part B", "71045-XE"},
		{coding.Distinct59, "Medicare Part B", "71045-59"},
		{coding.DistinctX, "Aetna", "71045-XE"},
	} {
		e, err := coding.New(coding.Options{Distinct: c.style})
		if err != nil {
			t.Fatal(err)
		}
		r := coded(t, e, nlp.Report{
			Exam: "XR chest 2 views 08:15; XR chest 1 view 16:30", Text: "INDICATION: Cough.\n\nIMPRESSION: Normal.",
			Meta: nlp.Meta{DateOfService: "2026-03-02", Payer: c.payer},
		})
		var got []string
		for _, l := range r.Claim.Lines {
			got = append(got, strings.Join(append([]string{l.Code}, l.Modifiers...), "-"))
		}
		if want := []string{"71046", c.want}; !slices.Equal(got, want) {
			t.Errorf("style %q, payer %q: %v, want %v", c.style, c.payer, got, want)
		}
	}
}

// TestDistinctOnlyWhereNeeded asks of every report that a modifier for a separate
// service stands only beside a code that includes the one it stands on.
func TestDistinctOnlyWhereNeeded(t *testing.T) {
	e, lex := engine(t), lexiconForTest(t)
	check := func(r nlp.Report) {
		res := coded(t, e, r)
		for _, l := range res.Claim.Lines {
			if !slices.ContainsFunc(l.Modifiers, func(m string) bool { return slices.Contains([]string{"59", "XE", "XS", "XP", "XU"}, m) }) {
				continue
			}
			if !slices.ContainsFunc(res.Claim.Lines, func(o coding.Line) bool { x := lex.Edit(o.Code, l.Code); return x != nil && !x.Never }) {
				t.Errorf("%s: %s carries %v beside no code that includes it", r.ID, l.Code, l.Modifiers)
			}
		}
	}
	for _, g := range readGoldens(t) {
		check(g.report)
	}
	for _, r := range corpus(t, "reports-dev.jsonl") {
		check(r.Report)
	}
}

func lexiconForTest(t *testing.T) *lexicon.Lexicon {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return lex
}
