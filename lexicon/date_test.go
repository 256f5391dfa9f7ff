package lexicon

import (
	"strings"
	"testing"
	"testing/fstest"
)

func TestCodeOn(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ code, date, want string }{
		{"M54.50", "2021-09-30", "M54.5"}, {"M54.50", "2021-10-01", "M54.50"}, {"R10.A1", "2025-09-30", "R10.9"}, {"R10.A1", "2025-10-01", "R10.A1"},
		{"R92.333", "2023-09-30", "R92.2"}, {"M80.0B1A", "2023-10-01", "M80.0B1A"}, {"M80.0B1A", "2023-09-30", "M80.0AXA"}, {"M80.0B1A", "2020-09-30", "M80.00XA"},
		{"G44.86", "2021-09-30", "R51.9"}, {"G44.86", "2020-09-30", "R51"}, {"S06.5XAA", "2022-09-30", "S06.5X9A"}, {"R07.9", "2016-01-01", "R07.9"}, {"", "2016-01-01", ""},
	} {
		if got := lex.CodeOn(c.code, c.date); got != c.want {
			t.Errorf("%s on %s: %q, want %q", c.code, c.date, got, c.want)
		}
	}
}

// TestDiagnosisDatesAreOfficial holds the rows against the code lists of FY2026 and FY2027: codes of a year
// stand in its list and not in the one before, and what they replace was billable then where a list tells.
func TestDiagnosisDatesAreOfficial(t *testing.T) {
	fy2026, added := map[string]bool{}, map[string]bool{}
	fy2027 := map[string][]string{} // billable codes by category
	reference(t, "icd10cm_codes_fy2026.tsv.gz", func(r map[string]string) { fy2026[r["dotted"]] = r["billable"] == "1" })
	reference(t, "icd10cm_codes.tsv.gz", func(r map[string]string) {
		if c := category(r["code"]); r["billable"] == "1" {
			fy2027[c] = append(fy2027[c], r["code"])
		}
	})
	reference(t, "icd10cm_fy2027_changes.tsv.gz", func(r map[string]string) { added[r["dotted"]] = r["change"] == "added" })
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for i := range lex.DiagnosisDates {
		d := &lex.DiagnosisDates[i]
		held := 0
		for _, code := range fy2027[category(d.Codes.Text)] {
			if !d.Codes.Holds(code) {
				continue
			}
			held++
			switch {
			case d.From == "2026-10-01" && (fy2026[code] || !added[code]):
				t.Errorf("%s: %s was there before FY2027", d.Source, code)
			case d.From < "2026-10-01" && !fy2026[code]:
				t.Errorf("%s: %s was not yet billable in FY2026", d.Source, code)
			}
		}
		if held == 0 {
			t.Errorf("%s: no billable code of FY2027 is in %s", d.Source, d.Codes.Text)
		}
		if d.From == "2026-10-01" && !fy2026[d.Before] {
			t.Errorf("%s: %s was not billable in FY2026", d.Source, d.Before)
		}
	}
}

// TestLintDiagnosisDates gives the linter one fault a row.
func TestLintDiagnosisDates(t *testing.T) {
	files := fstest.MapFS{}
	for _, f := range dataFiles {
		files[f.name] = &fstest.MapFile{Data: []byte(strings.Join(f.columns, "\t") + "\n")}
	}
	files["codespace.tsv"].Data = append(files["codespace.tsv"].Data, "icd10cm\tR00\tR94\n"...)
	files["diagnosis_dates.tsv"].Data = append(files["diagnosis_dates.tsv"].Data, "R05.1\t2021-10-01\tR05.1\nR05.2-R06.1\t2021-10-01\tR05\nR07.1\tsoon\tR07\nR08.1\t2021-10-01\tX\nR09.1\t2020-10-01\tR09.2\nR09.2\t2021-10-01\tR09\n"...)
	problems, err := Lint(files)
	if err != nil {
		t.Fatal(err)
	}
	var got strings.Builder
	for _, p := range problems {
		if p.File == "diagnosis_dates.tsv" {
			got.WriteString(p.Error() + "\n")
		}
	}
	const want = `diagnosis_dates.tsv:2: R05.1 before R05.1 would be itself
diagnosis_dates.tsv:2: R05.1 began on 2021-10-01, not before 2021-10-01
diagnosis_dates.tsv:3: R05.2-R06.1 spans two categories
diagnosis_dates.tsv:4: "soon" is no day on which a release begins
diagnosis_dates.tsv:5: "X" is no diagnosis code
diagnosis_dates.tsv:6: R09.2 began on 2021-10-01, not before 2020-10-01
`
	if got.String() != want {
		t.Errorf("problems:\n%swant:\n%s", got.String(), want)
	}
}
