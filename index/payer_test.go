package index

import "testing"

func TestPayerRules(t *testing.T) {
	ts := NewPaymentTables([]*PaymentTable{
		{Kind: RuleTable, Name: "old", Payer: "Aetna", From: "2025-01-01", Rules: []PayerRule{{ID: "gone", Payer: "Aetna", Procedures: []string{"77080"}}}},
		{Kind: RuleTable, Name: "new", Payer: "Aetna", From: "2026-01-01", Rules: []PayerRule{
			{ID: "b", Payer: "Aetna", Procedures: []string{"7107*"}},
			{ID: "a", Payer: "Aetna", Procedures: []string{"71275", "77080"}},
			{ID: "c", Payer: "Aetna", Procedures: []string{"77080"}, Span: Span{To: "2026-03-31"}},
		}},
		{Kind: RuleTable, Name: "all", Payer: "*", Rules: []PayerRule{{ID: "x", Payer: "*", Procedures: []string{"77080"}}}},
	})
	for _, c := range []struct {
		payer, procedure, date, want string
	}{
		{"AETNA (PPO)", "77080", "2026-04-01", "x a "},
		{"Aetna", "77080", "2026-03-31", "x a c "},
		{"Aetna", "71075", "2026-03-31", "b "},
		{"Aetna", "77080", "2025-03-31", "x gone "},
		{"Aetnax", "77080", "2026-04-01", "x "},
		{"", "71275", "2026-04-01", ""},
	} {
		got := ""
		for _, r := range ts.Rules(c.payer, c.procedure, c.date) {
			got += r.ID + " "
		}
		if got != c.want {
			t.Errorf("%q %s %s: %q, want %q", c.payer, c.procedure, c.date, got, c.want)
		}
	}
	m81 := RuleCondition{Dx: []string{"M81"}}
	if !m81.HoldsDx("M81.0") || m81.HoldsDx("M80.00XA") || m81.Empty() || !(&RuleCondition{}).Empty() {
		t.Error("M81 stands for what lies below it, and nothing else")
	}
	if age := (AgeRange{Min: 50}); age.Holds(49) || !age.Holds(50) || age.Empty() {
		t.Error("from 50 years on")
	}
}

// TestCoverageOfTables wants every article's rows from the newest table that has it.
func TestCoverageOfTables(t *testing.T) {
	ts := NewPaymentTables([]*PaymentTable{
		{Kind: CoverageTable, Name: "a", From: "2025-01-01", Covered: []CoveredDx{{Article: "A1", Procedure: "77080", Diagnosis: "M81.0"}, {Article: "A2", Procedure: "77080", Diagnosis: "M85.80"}}},
		{Kind: CoverageTable, Name: "b", From: "2026-01-01", Covered: []CoveredDx{{Article: "A1", Procedure: "77080", Diagnosis: "Z78.0"}}},
		{Kind: CoverageTable, Name: "c", Payer: "Aetna", Covered: []CoveredDx{{Article: "P", Procedure: "77080", Diagnosis: "N95.1"}}},
	})
	for _, c := range []struct{ payer, date, want string }{
		{"", "2026-03-02", "Z78.0 M85.80 "}, {"", "2025-03-02", "M81.0 M85.80 "}, {"Aetna", "2024-03-02", "N95.1 "}, {"", "2024-03-02", ""},
	} {
		got := ""
		for _, row := range ts.Coverage(c.payer, "77080", c.date) {
			got += row.Diagnosis + " "
		}
		if got != c.want {
			t.Errorf("payer %q on %s: %q, want %q", c.payer, c.date, got, c.want)
		}
	}
}
