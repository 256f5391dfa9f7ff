package index

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// smallDraft is a release with a little of everything; the titles are our own.
func smallDraft(release, from, to string) *Draft {
	return &Draft{
		Manifest: Manifest{System: "icd10cm", Release: release, From: from, To: to},
		Codes: []DraftCode{
			{ID: "R91", Long: "Lung pictures"}, {ID: "R911", Long: "One lung nodule", Short: "Lung nodule", Billable: true},
			{ID: "R918", Long: "Other lung finding", Billable: true},
			{ID: "S52", Long: "Broken forearm"}, {ID: "S52.5", Long: "Broken wrist end"}, {ID: "S52.501", Long: "Broken wrist end, right"},
			{ID: "S52.501A", Long: "Broken wrist end, right, first visit", Billable: true}, {ID: "S52.501D", Long: "Broken wrist end, right, later", Billable: true},
			{ID: "C43", Long: "Melanoma"}, {ID: "C4A", Long: "Merkel cells"}, {ID: "C44", Long: "Other skin"}, {ID: "C4A9", Long: "Merkel cells, anywhere", Billable: true},
			{ID: "RA0", Long: "Signs beyond R99", Billable: true},
		},
		Blocks: []Block{
			{"chapter 2", "Tumours", "C00", "D49"}, {"chapter 18", "Signs", "R00", "R99"}, {"R90-R94", "Pictures", "R90", "R94"},
			{"C43-C44", "Skin", "C43", "C44"}, {"C45-C49", "Soft", "C45", "C49"},
		},
		InBlock: map[string]string{"C4A": "C43-C44"},
		Notes: []DraftNote{
			{"R91.1", Excludes1, "not that (R90)"}, {"R91.1", Inclusion, "coin in the lung"}, {"R91", Excludes2, "nor this"}, {"R91", Inclusion, "lung shadows"},
			{"R90-R94", Includes, "all pictures"}, {"chapter 18", Remark, "signs only"},
		},
		Sevenths: []DraftSeventh{{"S52", "A", "first"}, {"S52", "D", "later"}, {"S52.5", "A", "wrist first"}},
		Terms: []DraftTerm{
			{Table: Alphabetic, Title: "Lump, bump", See: "Nodule, lung"},
			{Table: Alphabetic, Title: "Nodule(s), nodular", Code: "R22.9"},
			{Table: Alphabetic, Depth: 1, Title: "lung", Nonessential: "(coin) (solitary)", Code: "R91.1"},
			{Table: Alphabetic, Depth: 2, Title: "multiple, many", Code: "R91.8"},
			{Table: Alphabetic, Depth: 1, Title: "skin", See: "Neoplasm, skin, benign"},
			{Table: Alphabetic, Title: "Fracture", Code: "T14.8"},
			{Table: Alphabetic, Depth: 1, Title: "wrist", Code: "S52.50-", Also: "R91.8"},
			{Table: External, Title: "Fall", Code: "W19"},
			{Table: Neoplasms, Title: "Neoplasm, neoplastic", Cells: []string{"C80.1", "C79.9", "D09.9", "D36.9", "D48.9", "D49.9"}},
			{Table: Neoplasms, Depth: 1, Title: "skin", Cells: []string{"C44.9", "C79.2", "", "D23.9", "D48.5", "D49.2"}},
			{Table: Neoplasms, Depth: 2, Title: "Merkel cell", Cells: []string{"C4A.9"}},
			{Table: Drugs, Title: "Aspirin", Cells: []string{"T39.011", "T39.012"}},
		},
		Changes: []Change{{Kind: Revised, Code: "R911", Title: "One lung nodule", Was: "Lung nodule", Billable: true}},
	}
}

func imported(t testing.TB, cache string, d *Draft) *Release {
	t.Helper()
	if _, err := ImportRelease(context.Background(), cache, d, nil); err != nil {
		t.Fatal(err)
	}
	rs, err := OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rs.Close() })
	r, err := rs.Named(d.System, d.Release)
	if err != nil || r == nil {
		t.Fatalf("release %v, error %v", r, err)
	}
	return r
}

func codesOf(all []ReleaseCode) (out []string) {
	for _, c := range all {
		out = append(out, c.ID)
	}
	return out
}

// lines prints terms as a person reads them.
func termLines(all []Term) (out []string) {
	for _, t := range all {
		line := strings.Join(t.Path, " > ") + " " + t.Code
		if t.See != "" {
			line += " see " + t.See
		}
		out = append(out, strings.TrimSpace(line))
	}
	return out
}

func TestReleaseCodes(t *testing.T) {
	r := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", "2026-09-30"))
	want := ReleaseCode{ID: "R91.1", Title: "One lung nodule", Short: "Lung nodule", Billable: true, Parent: "R91", Block: "R90-R94", Chapter: "chapter 18"}
	for _, id := range []string{"R91.1", "r911", " R911 "} {
		if got, ok := r.Code(id); !ok || got != want {
			t.Errorf("Code(%q) = %v, %v", id, got, ok)
		}
	}
	for _, id := range []string{"", "R91.2", "R9", "no code", "R91.1000000"} {
		if c, ok := r.Code(id); ok {
			t.Errorf("Code(%q) = %v", id, c)
		}
	}
	if c, _ := r.Code("C4A"); c.Block != "C43-C44" || c.Chapter != "chapter 2" {
		t.Errorf("C4A is in %q of %q", c.Block, c.Chapter)
	}
	if c, _ := r.Code("RA0"); c.Block != "" || c.Chapter != "chapter 18" {
		t.Errorf("RA0 is in %q of %q", c.Block, c.Chapter)
	}
	if r.Billable("S52.501") || !r.Billable("S52.501A") || r.Billable("S52.501S") {
		t.Error("billable codes are wrong")
	}
	if d := cmp.Diff([]string{"S52.501", "S52.5", "S52"}, codesOf(r.Ancestors("S52.501A"))); d != "" {
		t.Errorf("ancestors (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"S52.501A", "S52.501D"}, codesOf(r.Children("S52.501"))); d != "" {
		t.Errorf("children (-want +got):\n%s", d)
	}
	if d := cmp.Diff([]string{"S52.501"}, codesOf(r.Children("S52.5"))); d != "" {
		t.Errorf("children over a missing level (-want +got):\n%s", d)
	}
	if n := len(slices.Collect(r.Codes())); n != r.Counts.Codes || n != 13 {
		t.Errorf("%d codes", n)
	}
	if b, ok := r.Block("R90-R94"); !ok || b.Title != "Pictures" || b.IsChapter() || !r.Blocks()[0].IsChapter() {
		t.Errorf("block %v", b)
	}
	if d := cmp.Diff([]Change{{Revised, "R91.1", "One lung nodule", "Lung nodule", true}}, r.Changes()); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
}

func TestReleaseNotes(t *testing.T) {
	r := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", ""))
	want := []Note{
		{Inclusion, "coin in the lung", "R91.1"}, {Excludes1, "not that (R90)", "R91.1"}, {Excludes2, "nor this", "R91"},
		{Includes, "all pictures", "R90-R94"}, {Remark, "signs only", "chapter 18"},
	}
	if d := cmp.Diff(want, r.Notes("R91.1")); d != "" {
		t.Errorf("notes (-want +got):\n%s", d)
	}
	if r.Notes("R99.9") != nil {
		t.Error("notes of no code")
	}
	if d := cmp.Diff([]Seventh{{"A", "wrist first"}}, r.SeventhCharacters("S52.501")); d != "" {
		t.Errorf("the nearest list counts (-want +got):\n%s", d)
	}
	if n := len(r.SeventhCharacters("S52.1")); n != 2 {
		t.Errorf("%d seventh characters from the category", n)
	}
	if r.SeventhCharacters("R91.1") != nil {
		t.Error("R91.1 is complete")
	}
}

func TestReleaseTerms(t *testing.T) {
	r := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", ""))
	for _, c := range []struct {
		name string
		got  []Term
		want []string
	}{
		{"main term", r.IndexTerm("Fracture"), []string{"Fracture T14.8", "Fracture > wrist S52.50-"}},
		{"one word of several", r.IndexTerm("BUMP"), []string{"Lump, bump  see Nodule, lung"}},
		{"ending in brackets", r.IndexTerm("nodules")[:2], []string{"Nodule(s), nodular R22.9", "Nodule(s), nodular > lung R91.1"}},
		{"unknown", r.IndexTerm("wart"), nil},
		{"other table", r.IndexTerm("fall"), nil},
		{"external cause", r.ExternalCause("fall"), []string{"Fall W19"}},
		{"reference", r.See(Alphabetic, "Nodule, lung"), []string{"Nodule(s), nodular > lung R91.1", "Nodule(s), nodular > lung > multiple, many R91.8"}},
		{"reference over a title with a comma", r.See(Alphabetic, "Nodule, lung, multiple, many"), []string{"Nodule(s), nodular > lung > multiple, many R91.8"}},
		{"reference to nothing", r.See(Alphabetic, "condition"), nil},
		{"reference to the neoplasm table", r.See(Alphabetic, "Neoplasm, skin, benign")[:1], []string{"Neoplasm, neoplastic > skin"}},
		{"site and what is below", r.Neoplasm("skin"), []string{"Neoplasm, neoplastic > skin", "Neoplasm, neoplastic > skin > Merkel cell"}},
		{"path of sites", r.Neoplasm("skin, Merkel cell"), []string{"Neoplasm, neoplastic > skin > Merkel cell"}},
		{"no site", r.Neoplasm(""), []string{"Neoplasm, neoplastic"}},
		{"drug", r.Drug("aspirin"), []string{"Aspirin"}},
		{"below", r.Below(r.IndexTerm("nodule")[0]), []string{"Nodule(s), nodular > lung R91.1", "Nodule(s), nodular > skin  see Neoplasm, skin, benign"}},
		{"entries of a code", r.IndexPaths("R91.8"), []string{"Nodule(s), nodular > lung > multiple, many R91.8", "Fracture > wrist S52.50-"}},
		{"entries of a complete code", r.IndexPaths("S52.501A"), []string{"Fracture > wrist S52.50-"}},
		{"cells", r.IndexPaths("C4A.9"), []string{"Neoplasm, neoplastic > skin > Merkel cell"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(c.want, termLines(c.got)); d != "" {
				t.Errorf("terms (-want +got):\n%s", d)
			}
		})
	}
	other := smallDraft("FY2027", "2026-10-01", "")
	other.Terms[1].Title = "Nodule, nodular"
	other.Terms[2].Code, other.Terms[2].Title = "R91.8", "Lung(s)"
	was := imported(t, t.TempDir(), other).Same(r.IndexTerm("nodule")[1])
	if d := cmp.Diff([]string{"Nodule, nodular > Lung(s) R91.8"}, termLines(was)); d != "" {
		t.Errorf("in another release (-want +got):\n%s", d)
	}
	lung := r.IndexTerm("nodule")[1]
	want := Term{Path: []string{"Nodule(s), nodular", "lung"}, Nonessential: "(coin) (solitary)", Code: "R91.1"}
	if d := cmp.Diff(want, lung, cmpopts.IgnoreUnexported(Term{})); d != "" {
		t.Errorf("term (-want +got):\n%s", d)
	}
	if skin := r.Neoplasm("skin")[0]; skin.Cells[Benign] != "D23.9" || skin.Cells[InSitu] != "" || skin.Table() != Neoplasms {
		t.Errorf("cells %q of %s", skin.Cells, skin.Table())
	}
	if site, column, ok := NeoplasmReference("Neoplasm, skin, uncertain behavior, by site"); site != "skin" || column != Uncertain || !ok {
		t.Errorf("site %q, column %d", site, column)
	}
}

func TestReleaseSearch(t *testing.T) {
	r := imported(t, t.TempDir(), smallDraft("FY2026", "2025-10-01", ""))
	for _, c := range []struct {
		name string
		q    Query
		want []string
	}{
		{"title", Query{Text: "nodule one", All: true}, []string{"R91.1"}},
		{"inclusion term", Query{Text: "coins", All: true}, []string{"R91.1"}},
		{"index entry", Query{Text: "nodular lung multiple", All: true}, []string{"R91.8"}},
		{"headers only when asked for", Query{Text: "melanoma"}, nil},
		{"headers", Query{Text: "melanoma", Any: true}, []string{"C43"}},
		{"limit", Query{Text: "lung", Limit: 1}, []string{"R91.1"}},
		{"no words", Query{Text: " "}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			hits, err := r.Search(context.Background(), c.q)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, ids(hits)); d != "" {
				t.Errorf("hits (-want +got):\n%s", d)
			}
		})
	}
	hits, err := r.Search(context.Background(), Query{Text: "coin"})
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"Nodule lung", "coin in the lung"}, hits[0].Code.Terms); d != "" {
		t.Errorf("wordings (-want +got):\n%s", d)
	}
}

// TestReleaseConcurrent is for the race detector: the first use opens.
func TestReleaseConcurrent(t *testing.T) {
	cache := t.TempDir()
	imported(t, cache, smallDraft("FY2026", "2025-10-01", ""))
	rs, err := OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	defer rs.Close()
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			r, err := rs.On("icd10cm", "2026-01-01")
			if err != nil {
				t.Error(err)
				return
			}
			if hits, err := r.Search(context.Background(), Query{Text: "nodule"}); err != nil || len(hits) == 0 {
				t.Errorf("%v, %v", hits, err)
			}
			if len(r.Notes("R91.1")) != 5 {
				t.Error("notes")
			}
		})
	}
	wg.Wait()
}

func TestDiff(t *testing.T) {
	cache := t.TempDir()
	old := imported(t, cache, smallDraft("FY2026", "2025-10-01", "2026-09-30"))
	d := smallDraft("FY2027", "2026-10-01", "")
	d.Codes = slices.DeleteFunc(d.Codes, func(c DraftCode) bool { return c.ID == "R918" || c.ID == "S52.501D" })
	d.Codes[1].Billable, d.Codes[0].Billable = false, true
	d.Codes[0].Long = "Pictures of lungs"
	d.Codes = append(d.Codes, DraftCode{ID: "R9110", Long: "New nodule", Billable: true})
	var got []string
	for _, c := range Diff(old, imported(t, cache, d)) {
		got = append(got, fmt.Sprintf("%s %s %q %v", c.Kind, c.Code, c.Was, c.Billable))
	}
	want := []string{
		`added R91.10 "" true`, `deleted R91.8 "" true`, `deleted S52.501D "" true`, `revised R91 "Lung pictures" true`,
		`billable_to_header R91.1 "" false`, `header_to_billable R91 "" true`,
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
	if d := Diff(old, old); d != nil {
		t.Errorf("a release differs from itself: %v", d)
	}
}
