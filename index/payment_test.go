package index

import "testing"

func TestPaymentTables(t *testing.T) {
	ts := NewPaymentTables([]*PaymentTable{
		{Kind: PairTable, Name: "old", Setting: Practitioner, From: "2025-10-01", To: "2025-12-31", Pairs: []Pair{{Column1: "71046", Column2: "71045", Modifier: '1'}}},
		{Kind: PairTable, Name: "new", Setting: Practitioner, From: "2026-01-01", Pairs: []Pair{
			{Column1: "74177", Column2: "74176", Modifier: '0', Span: Span{From: "2026-01-01"}},
			{Column1: "71046", Column2: "71045", Modifier: '9'},
		}},
		{Kind: PairTable, Name: "hospitals", Setting: Hospital, From: "2026-01-01", History: true, Pairs: []Pair{
			{Column1: "71046", Column2: "71045", Modifier: '1', Span: Span{From: "2010-01-01"}},
		}},
		{Kind: AddOnTable, AddOns: []AddOn{{Code: "77063", Primary: "77067", Type: '1'}, {Code: "0001T", Type: '2'}, {Code: "22515", Primary: "22513", Type: '3'}}},
		{Kind: CoverageTable, Covered: []CoveredDx{{Article: "A1", Procedure: "77080", Diagnosis: "M81.0"}, {Article: "A1", Procedure: "77080", Diagnosis: "Z13.820", Span: Span{To: "2020-01-01"}}}},
	})
	for _, c := range []struct {
		a, b, date string
		setting    Setting
		want       byte
	}{
		{"71045", "71046", "2025-11-02", Practitioner, '1'},
		{"71045", "71046", "2026-11-02", Practitioner, 0},
		{"74176", "74177", "2026-11-02", AnySetting, '0'},
		{"74176", "74177", "2026-11-02", Hospital, 0},
		{"74176", "74177", "2024-11-02", Practitioner, 0},
		{"71046", "71045", "2024-11-02", Hospital, '1'}, // the rows tell of dates before the table's
		{"71046", "71045", "2009-11-02", Hospital, 0},
	} {
		p, ok := ts.On(PairTable, c.setting, c.date).Pair(c.a, c.b, c.date)
		if ok != (c.want != 0) || ok && p.Modifier != c.want {
			t.Errorf("pair %s %s on %s (%s): %c %t", c.a, c.b, c.date, c.setting, p.Modifier, ok)
		}
	}
	addons := ts.On(AddOnTable, AnySetting, "2026-11-02")
	if got, ok := addons.Primaries("77063", "2026-11-02"); !ok || len(got) != 1 || got[0] != "77067" {
		t.Errorf("primaries of 77063: %v %t", got, ok)
	}
	for _, code := range []string{"0001T", "22515"} {
		if got, ok := addons.Primaries(code, "2026-11-02"); !ok || len(got) != 0 {
			t.Errorf("%s: the payer chooses: %v %t", code, got, ok)
		}
	}
	if got := ts.On(CoverageTable, AnySetting, "2026-11-02").Coverage("77080", "2026-11-02"); len(got) != 1 || got[0].Diagnosis != "M81.0" {
		t.Errorf("coverage: %v", got)
	}
	var none *PaymentTables
	if _, ok := none.On(LimitTable, Practitioner, "2026-11-02").Limit("71046", "2026-11-02"); ok {
		t.Error("a limit from no tables")
	}
}
