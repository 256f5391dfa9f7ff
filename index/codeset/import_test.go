package codeset

import (
	"compress/gzip"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"testing"

	"github.com/radcode/radcode/index"
)

func importInto(t testing.TB, cache string, d *index.Draft) index.Manifest {
	t.Helper()
	m, err := index.ImportRelease(context.Background(), cache, d, nil)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func open(t testing.TB, cache, date string) *index.Release {
	t.Helper()
	rs, err := index.OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rs.Close() })
	r, err := rs.On(System, date)
	if err != nil || r == nil {
		t.Fatalf("no release on %s: %v", date, err)
	}
	return r
}

// TestReferenceImport imports two full releases: each answers on its dates, and
// their difference is the published list of changes.
func TestReferenceImport(t *testing.T) {
	cache := t.TempDir()
	for _, first := range []string{"icd10cm_codes_fy2026.tsv.gz", "icd10cm_codes.tsv.gz"} {
		d, _ := read(t, Options{}, reference(t, append([]string{first}, extras...)...)...)
		importInto(t, cache, d)
	}
	old, later := open(t, cache, "2026-09-30"), open(t, cache, "2026-10-01")
	for r, want := range map[*index.Release]index.Counts{
		old:   {Codes: 98186, Billable: 74719, Blocks: 318, Notes: 24653, Sevenths: 1790, Index: old.Counts.Index, External: old.Counts.External, Neoplasms: old.Counts.Neoplasms},
		later: {Codes: 98403, Billable: 74879, Blocks: 318, Notes: 24653, Sevenths: 1790, Index: old.Counts.Index, External: old.Counts.External, Neoplasms: old.Counts.Neoplasms},
	} {
		same(t, r.Release, want, r.Counts)
	}
	if n := old.Counts.Index; n < 76465 {
		t.Errorf("%d index terms, fewer than rows", n)
	}
	var got []string
	for _, c := range index.Diff(old, later) {
		got = append(got, fmt.Sprintf("%s %s %v", c.Kind, c.Code, c.Billable))
	}
	same(t, "changes", changesOf(t), got)
	checkWalk(t, later)
}

// checkWalk asks a full release what a coder would.
func checkWalk(t *testing.T, r *index.Release) {
	t.Helper()
	leads := func(terms []index.Term, code string) bool {
		for _, e := range terms {
			if e.Code == code {
				return true
			}
		}
		return false
	}
	if !leads(r.See(index.Alphabetic, "Nodule, lung"), "R91.1") || !leads(r.IndexTerm("pain"), "R10.9") || !leads(r.IndexPaths("R91.1"), "R91.1") {
		t.Error("the index does not lead to its codes")
	}
	if lung := r.Neoplasm("lung"); len(lung) == 0 {
		t.Error("no neoplasm of the lung")
	}
	if n := len(r.SeventhCharacters("S52.501")); n != 16 {
		t.Errorf("%d seventh characters of a broken forearm", n)
	}
	hits, err := r.Search(context.Background(), index.Query{Text: "coin lesion lung", All: true})
	if err != nil || len(hits) == 0 || hits[0].Code.ID != "R91.1" {
		t.Errorf("search: %v, %v", hits, err)
	}
}

// changesOf reads the published list of changes, in the order of index.Diff.
func changesOf(t *testing.T) []string {
	t.Helper()
	file, err := os.Open(reference(t, "icd10cm_fy2027_changes.tsv.gz")[0])
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	table := csv.NewReader(unpacked)
	table.Comma, table.LazyQuotes = '\t', true
	rows, err := table.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, row := range rows[1:] {
		out = append(out, fmt.Sprintf("%s %s %v", row[0], row[2], row[3] == "1"))
	}
	return out
}

// TestReferenceCDCAgainstCMS holds the codes spelled from the tabular list of 2017
// against the order file of 2026: a code of both is billable in both, but for the
// few that were split since.
func TestReferenceCDCAgainstCMS(t *testing.T) {
	cdc, _ := read(t, Options{}, reference(t, "cdc-2017-tables-and-index-xml.zip")...)
	cms, _ := read(t, Options{}, reference(t, "cms-2026-code-descriptions.zip")...)
	use := map[string]bool{}
	for _, c := range cms.Codes {
		use[c.ID] = c.Billable
	}
	both, differ := 0, 0
	for _, c := range cdc.Codes {
		if billable, ok := use[c.ID]; ok {
			both++
			if billable != c.Billable {
				differ++
			}
		}
	}
	if both < 92_000 || differ > 300 {
		t.Errorf("%d codes in both, of %d; %d of them billable in one only", both, len(cdc.Codes), differ)
	}
}

func BenchmarkImport(b *testing.B) {
	files := reference(b, append([]string{"cms-2026-code-descriptions.zip"}, extras...)...)
	for b.Loop() {
		d, _, err := Read(context.Background(), files, Options{})
		if err != nil {
			b.Fatal(err)
		}
		if m := importInto(b, b.TempDir(), d); m.Counts.Billable != 74719 {
			b.Fatal(m.Counts)
		}
	}
}

// BenchmarkRelease measures a full release: opening it, and what is asked of it.
func BenchmarkRelease(b *testing.B) {
	d, _, err := Read(context.Background(), reference(b, append([]string{"cms-2026-code-descriptions.zip"}, extras...)...), Options{})
	if err != nil {
		b.Fatal(err)
	}
	cache := b.TempDir()
	importInto(b, cache, d)
	b.Run("Open", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			rs, err := index.OpenReleases(cache)
			if err != nil {
				b.Fatal(err)
			}
			if r, err := rs.On(System, "2026-03-02"); err != nil || !r.Billable("R91.1") {
				b.Fatal(err)
			}
		}
	})
	r := open(b, cache, "2026-03-02")
	for _, c := range []struct {
		name string
		ask  func() int
	}{
		{"Code", func() int { c, _ := r.Code("S52.501A"); return len(c.Title) }},
		{"Notes", func() int { return len(r.Notes("S52.501A")) }},
		{"IndexTerm", func() int { return len(r.IndexTerm("Pain")) }},
		{"See", func() int { return len(r.See(index.Alphabetic, "Pain, abdominal")) }},
		{"IndexPaths", func() int { return len(r.IndexPaths("R91.1")) }},
		{"Neoplasm", func() int { return len(r.Neoplasm("lung")) }},
		{"Search", func() int {
			hits, err := r.Search(context.Background(), index.Query{Text: "right lower quadrant pain"})
			if err != nil {
				b.Fatal(err)
			}
			return len(hits)
		}},
	} {
		b.Run(c.name, func(b *testing.B) {
			if c.ask() == 0 {
				b.Fatal("no answer")
			}
			b.ReportAllocs()
			for b.Loop() {
				c.ask()
			}
		})
	}
}
