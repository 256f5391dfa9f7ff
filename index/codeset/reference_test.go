package codeset

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/radcode/radcode/index"
)

// reference returns the paths of files of ../shared/reference; the test is
// skipped where they are absent, and with -short.
func reference(t testing.TB, names ...string) []string {
	t.Helper()
	if testing.Short() {
		t.Skip("reads full releases")
	}
	var out []string
	for _, n := range names {
		path := filepath.Join("..", "..", "..", "shared", "reference", n)
		if _, err := os.Stat(path); err != nil {
			t.Skipf("reference tables absent: %v", err)
		}
		out = append(out, path)
	}
	return out
}

// extras are the tables that any release can be completed with.
var extras = []string{"icd10cm_index.tsv.gz", "icd10cm_neoplasm.tsv.gz", "icd10cm_eindex.tsv.gz", "icd10cm_notes.tsv.gz", "icd10cm_seventh.tsv.gz", "icd10cm_blocks.tsv.gz"}

func read(t testing.TB, o Options, paths ...string) (*index.Draft, map[string]int) {
	t.Helper()
	d, files, err := Read(context.Background(), paths, o)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]int{}
	for _, f := range files {
		if f.Skipped == "" {
			rows[f.Format] += f.Rows
		}
	}
	return d, rows
}

func billable(d *index.Draft) int {
	n := 0
	for _, c := range d.Codes {
		if c.Billable {
			n++
		}
	}
	return n
}

// TestReferenceCMS reads what a user downloads from CMS.
func TestReferenceCMS(t *testing.T) {
	d, rows := read(t, Options{}, reference(t, "cms-2026-code-descriptions.zip")...)
	if d.Release != "FY2026" || d.From != "2025-10-01" || d.To != "2026-09-30" {
		t.Errorf("release %s %s to %s", d.Release, d.From, d.To)
	}
	if rows[formatOrder] != 98186 || rows[formatList] != 74719 || billable(d) != 74719 {
		t.Errorf("rows %v, %d billable", rows, billable(d))
	}
	kinds := map[index.ChangeKind]int{}
	for _, c := range d.Changes {
		kinds[c.Kind]++
	}
	// The file counts 630 additions, 28 deletions and 45 revisions, a header that
	// was billable as one of each of the first two.
	if kinds[index.Added]+kinds[index.ToHeader]+kinds[index.ToBillable] != 630 || kinds[index.Deleted]+kinds[index.ToHeader]+kinds[index.ToBillable] != 28 || kinds[index.Revised] != 45 {
		t.Errorf("changes %v", kinds)
	}
}

// TestReferenceCDC reads what a user downloads from CDC. The codes spelled from
// the tabular list must be those of the order file, as many as CMS counts.
func TestReferenceCDC(t *testing.T) {
	d, rows := read(t, Options{}, reference(t, "cdc-2017-tables-and-index-xml.zip")...)
	want := map[string]int{formatIndex: 69226 + 7973, formatExternal: 7258 + 314, formatNeoplasm: 1929 + 1, formatDrug: 5170 + 2246}
	for format, n := range want {
		if rows[format] != n {
			t.Errorf("%s: %d rows, want %d", format, rows[format], n)
		}
	}
	if d.Release != "FY2017" || billable(d) != 71486 {
		t.Errorf("release %s, %d billable, want 71486", d.Release, billable(d))
	}
}

// TestReferenceTables reads the project's own tables.
func TestReferenceTables(t *testing.T) {
	for _, c := range []struct {
		file             string
		release          string
		codes, billables int
	}{{"icd10cm_codes_fy2026.tsv.gz", "FY2026", 98186, 74719}, {"icd10cm_codes.tsv.gz", "FY2027", 98403, 74879}} {
		d, rows := read(t, Options{}, reference(t, append([]string{c.file}, extras...)...)...)
		if d.Release != c.release || len(d.Codes) != c.codes || billable(d) != c.billables {
			t.Errorf("%s: release %s, %d codes, %d billable", c.file, d.Release, len(d.Codes), billable(d))
		}
		want := map[string]int{
			"codes table": c.codes, "index table": 76465, "neoplasm table": 1895, "external cause table": 7500, "notes table": 24653,
			"seventh character table": 1790, "blocks table": 318,
		}
		for format, n := range want {
			if rows[format] != n {
				t.Errorf("%s: %d rows, want %d", format, rows[format], n)
			}
		}
	}
}
