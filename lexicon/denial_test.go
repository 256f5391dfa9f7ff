package lexicon

import "testing"

func TestBareCARC(t *testing.T) {
	for in, want := range map[string]string{"16": "16", "CO-16": "16", "co16": "16", " PR-003 ": "3", "050": "50", "B7": "B7", "CO-B7": "B7", "OA": "OA", "": ""} {
		if got := BareCARC(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestDenialFlags(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, carc := range []string{"4", "11", "16", "18", "50", "97", "197"} {
		t.Run("R166_carc_"+carc, func(t *testing.T) {
			rows := lex.DenialFlags("CO-" + carc)
			if len(rows) == 0 {
				t.Errorf("CARC %s has no flag", carc)
			}
			for _, r := range rows {
				if r.Flag == "" {
					t.Errorf("CARC %s denies", carc)
				}
			}
		})
	}
	if rows := lex.DenialFlags("45"); len(rows) != 1 || rows[0].Flag != "" {
		t.Errorf("45 is no denial: %v", rows)
	}
	if rows := lex.DenialFlags("999"); rows != nil {
		t.Errorf("999: %v", rows)
	}
}
