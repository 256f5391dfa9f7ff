package audit_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/audit"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// TestClaimChecks audits claims that payers would send back, whatever their reports say.
func TestClaimChecks(t *testing.T) {
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	a, all := auditorWith(t, audit.Options{Checks: audit.ClaimChecks(e)}), reports(t)
	for _, c := range []struct {
		report, claim string
		bare          bool // modifiers were not coded
		want          []string
	}{
		{report: "chest", claim: "71046; R05.9"},
		{report: "chest", claim: "71046 71045; R05.9", want: []string{"ncci_pair"}},
		{report: "chest", claim: "71046 71045-59; R05.9"},
		{report: "chest", claim: "71046 71045; R05.9", bare: true}, // 59 may have been there
		{report: "head", claim: "70450-26-TC; R51.9", want: []string{"modifier_conflict"}},
		{report: "chest", claim: "71046-50; R05.9", want: []string{"modifier50_not_allowed"}},
		{report: "chest", claim: "71271; R05.9", want: []string{"ncd_210.14_dx_missing"}},
	} {
		claim := claimed(c.report, c.claim)
		claim.NoModifiers = c.bare
		x, err := a.Audit(context.Background(), audit.Pair{Claim: claim, Report: all[c.report]})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range x.Edits {
			got = append(got, e.Flag)
			if e.Message == "" || len(e.Lines) == 0 || !slices.Contains(x.Flags, e.Flag) {
				t.Errorf("%s: %+v, flags %v", c.claim, e, x.Flags)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s %s: edits %v, want %v", c.report, c.claim, got, c.want)
		}
	}
	claim := claimed("chest", "71271;")
	claim.Dx = nil
	x, err := a.Audit(context.Background(), audit.Pair{Claim: claim, Report: all["chest"]})
	if err != nil || len(x.Edits) > 0 {
		t.Errorf("diagnoses were not coded: %v %+v", err, x.Edits)
	}
}

// TestReducedEffect prices a wrong second study of a session at what Medicare pays of it.
func TestReducedEffect(t *testing.T) {
	fees := &index.PaymentTable{Kind: index.FeeTable, Fees: []index.Fee{
		{Code: "70450", Work: 85, NonFacility: 300, Family: "88"}, {Code: "70450", Modifier: "26", Work: 85, NonFacility: 120, Family: "88"}, {Code: "70450", Modifier: "TC", NonFacility: 180, Family: "88"},
		{Code: "70460", Work: 113, NonFacility: 400, Family: "88"}, {Code: "70460", Modifier: "26", Work: 113, NonFacility: 160, Family: "88"}, {Code: "70460", Modifier: "TC", NonFacility: 240, Family: "88"},
		{Code: "74177", Work: 182, NonFacility: 900, Family: "88"},
	}}
	tables := index.NewPaymentTables([]*index.PaymentTable{fees})
	e, err := coding.New(coding.Options{Today: "2026-03-02", Tables: tables})
	if err != nil {
		t.Fatal(err)
	}
	report := nlp.Report{Text: "EXAM: CT head without contrast. CT abdomen and pelvis with contrast\n\nINDICATION: Headache. Right lower quadrant pain.\n\nIMPRESSION: Normal."}
	for _, c := range []struct {
		checks bool
		claim  string
		want   audit.Effect
	}{
		{true, "74177 70460; R51.9 R10.31", audit.Effect{Work: 26, Total: 68}}, // 0.95 of 160 and 0.50 of 240, less the same of 120 and 180
		{false, "74177 70460; R51.9 R10.31", audit.Effect{Work: 28, Total: 100}},
		{true, "74177-26 70460-26; R51.9 R10.31", audit.Effect{Work: 26, Total: 38}},
	} {
		o := audit.Options{Engine: e, Payments: tables, Today: "2026-03-02"}
		if c.checks {
			o.Checks = audit.ClaimChecks(e)
		}
		a, err := audit.New(o)
		if err != nil {
			t.Fatal(err)
		}
		x, err := a.Audit(context.Background(), audit.Pair{Claim: claimed("two", c.claim), Report: report})
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(x.Differences, func(d audit.Difference) bool { return d.Type == audit.Contrast })
		if at < 0 || x.Differences[at].Effect == nil {
			t.Fatalf("checks %v, %s: %+v", c.checks, c.claim, x.Differences)
		}
		if *x.Differences[at].Effect != c.want {
			t.Errorf("checks %v, %s: %+v, want %+v", c.checks, c.claim, *x.Differences[at].Effect, c.want)
		}
	}
}

// TestRedactedCase wants nobody's name, number or day in a case, and its codes as they were.
func TestRedactedCase(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	hide := exchange.NewRedactor(lex, []byte("key"))
	a := auditorWith(t, audit.Options{Redactor: hide})
	report := nlp.Report{
		Text: "PATIENT: Quill, Ossian\nEXAM: Right wrist, 3 views\nINDICATION: Right wrist pain, Mr. Ossian Quill fell.\nFINDINGS: No fracture.\nIMPRESSION: Normal right wrist.",
		Meta: nlp.Meta{DateOfService: "2026-03-02", Patient: "Q-77123"},
	}
	claim := claimed("Q-77123", "73110-LT; M25.532")
	claim.Coder, claim.Facility = "Perpetua Lund", "Harbor Imaging"
	x, err := a.Audit(context.Background(), audit.Pair{Claim: claim, Report: report})
	if err != nil || len(x.Differences) == 0 {
		t.Fatalf("%v: %d differences", err, len(x.Differences))
	}
	said := x.ID + x.Coder + x.Facility + x.DateOfService
	for _, d := range x.Differences {
		said += d.Message
		for _, q := range d.Words {
			said += q.Text
		}
	}
	for _, secret := range []string{"Quill", "Ossian", "77123", "Perpetua", "Harbor", "03-02"} {
		if strings.Contains(said, secret) {
			t.Errorf("%s is told in %s", secret, said)
		}
	}
	if x.ID != hide.Pseudonym("Q-77123") || x.DateOfService != "2026" || x.Coded[0].Name != "73110-LT" {
		t.Errorf("%+v", x)
	}
	d := a.Denials([]audit.Case{x}, []exchange.Denial{{Claim: "Q-77123", CARC: "4"}})
	if d.Unmatched != 0 || d.Denied.Num != 1 {
		t.Errorf("the denial does not find its claim: %+v", d)
	}
}
