package lexicon

import (
	"bufio"
	"compress/gzip"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func data(t testing.TB) fs.FS {
	t.Helper()
	sub, err := fs.Sub(embedded, "data")
	if err != nil {
		t.Fatal(err)
	}
	return sub
}

func TestLint(t *testing.T) {
	problems, err := Lint(data(t))
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range problems {
		if i == 30 {
			t.Errorf("and %d more", len(problems)-i)
			break
		}
		t.Error(p.Error())
	}
}

// reference opens a column-headed table of ../shared/reference and yields its
// rows by column name; the test is skipped where the folder is absent.
func reference(t *testing.T, name string, row func(map[string]string)) {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "..", "shared", "reference", name))
	if err != nil {
		t.Skipf("needs the reference tables beside the checkout: %v", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	s := bufio.NewScanner(z)
	s.Buffer(nil, 1<<20)
	var columns []string
	for s.Scan() {
		cells := strings.Split(s.Text(), "\t")
		if columns == nil {
			columns = cells
			continue
		}
		r := map[string]string{}
		for i, c := range cells {
			r[columns[i]] = c
		}
		row(r)
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
}

// TestDiagnosisCodesAreBillable expands every row into every code it can
// produce and looks each one up in the official release.
func TestDiagnosisCodesAreBillable(t *testing.T) {
	billable := map[string]bool{}
	reference(t, "icd10cm_codes.tsv.gz", func(r map[string]string) {
		if r["billable"] == "1" {
			billable[r["code"]] = true
		}
	})
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	reached, wrong := map[string]bool{}, 0
	for i := range lex.Diagnoses {
		d := &lex.Diagnoses[i]
		for _, c := range lex.Enumerate(d) {
			reached[c.Code] = true
			if !billable[c.Code] {
				if wrong++; wrong <= 20 {
					t.Errorf("%s: %s is not billable in FY2027", d.Source, c.Code)
				}
			}
		}
	}
	t.Logf("%d billable codes are reachable", len(reached))
	if len(reached) < 10000 {
		t.Errorf("%d codes are reachable, want 10,000", len(reached))
	}
}

// TestProceduresAreComplete checks that every radiology code of the Medicare
// fee schedule has a row, and that facts taken from it agree.
func TestProceduresAreComplete(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	missing := 0
	reference(t, "mpfs_radiology.tsv.gz", func(r map[string]string) {
		code := r["hcpcs"]
		if r["mod"] != "" || len(code) != 5 || code[0] != '7' {
			return
		}
		p := lex.Procedure(code)
		if p == nil {
			missing++
			t.Errorf("%s has no row", code)
			return
		}
		if p.Bilateral != r["bilat_surg"] {
			t.Errorf("%s: %s has bilateral indicator %q, the fee schedule %q", p.Source, code, p.Bilateral, r["bilat_surg"])
		}
	})
	for _, code := range []string{"71010", "71020", "74000", "73500", "77057", "G0202", "77014"} {
		p := lex.Procedure(code)
		if p == nil || p.To == "" || len(p.Successors) == 0 {
			t.Errorf("deleted code %s lacks a row with an end date and a successor", code)
		}
	}
}

func TestInForce(t *testing.T) {
	p := Procedure{From: "2018-01-01", To: "2025-12-31"}
	for _, c := range []struct {
		date string
		want bool
	}{
		{"2017-12-31", false}, {"2018-01-01", true}, {"2025-12-31", true}, {"2026-01-01", false},
	} {
		if got := p.InForce(c.date); got != c.want {
			t.Errorf("InForce(%s) = %v", c.date, got)
		}
	}
}

func TestDiagnose(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	region := func(name string) ConceptID { return lex.Lookup(Region, name) }
	for _, c := range []struct {
		name    string
		finding Finding
		want    string
	}{
		{"nothing stated", Finding{Concept: "pain"}, "R52"},
		{"site", Finding{Concept: "pain", Site: region("knee")}, "M25.569"},
		{"site and side", Finding{Concept: "pain", Site: region("knee"), Side: "left"}, "M25.562"},
		{"part of a site", Finding{Concept: "pain", Site: region("patella"), Side: "right"}, "M25.561"},
		{"organ pain", Finding{Concept: "pain", Site: region("right_upper_quadrant")}, "R10.11"},
		{"encounter", Finding{Concept: "fracture", Site: region("clavicle"), Side: "right", Encounter: "subsequent"}, "S42.001D"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, ok := lex.Diagnose(c.finding)
			if !ok || got.Code != c.want {
				t.Errorf("%s (%v), want %s", got.Code, ok, c.want)
			}
		})
	}
	if _, ok := lex.Diagnose(Finding{Concept: "no such concept"}); ok {
		t.Error("an unknown concept has a code")
	}
}

func TestReadTableReportsEverything(t *testing.T) {
	bad := map[string]string{
		"wrong header":  "a\tc\nx\ty\n",
		"missing cell":  "a\tb\nx\n",
		"stray space":   "a\tb\nx \ty\n",
		"invalid UTF-8": "a\tb\n\xff\ty\n",
	}
	for name, text := range bad {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "t.tsv"), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		table, err := readTable(os.DirFS(dir), "t.tsv", []string{"a", "b"})
		if err != nil {
			t.Fatal(err)
		}
		if len(table.problems) != 1 || !strings.HasPrefix(table.problems[0].Error(), "t.tsv:") {
			t.Errorf("%s: problems %v", name, table.problems)
		}
	}
}
