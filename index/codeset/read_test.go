package codeset

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/radcode/radcode/index"
)

// one reads a single file.
func one(t testing.TB, name, text string) (*index.Draft, File) {
	t.Helper()
	d, files, err := Read(context.Background(), []string{filepath.Join(folder(t, map[string]string{name: text}), name)}, Options{Release: "FY2026"})
	if err != nil {
		t.Fatal(err)
	}
	return d, files[0]
}

// beside reads a file beside a list of codes.
func beside(t testing.TB, name, text string) (*index.Draft, File) {
	t.Helper()
	d, files, err := Read(context.Background(), []string{folder(t, map[string]string{"0.txt": smallOrder, name: text})}, Options{Release: "FY2026"})
	if err != nil {
		t.Fatal(err)
	}
	return d, files[1]
}

func same(t *testing.T, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

func TestOrder(t *testing.T) {
	d, f := one(t, "icd10cm_order_2026.txt", smallOrder)
	same(t, "codes", []index.DraftCode{
		{ID: "R91", Short: "Lung pictures", Long: "Lung pictures of note"}, {ID: "R911", Short: "Lung nodule", Long: "A single lung nodule", Billable: true},
		{ID: "R918", Short: "Lung other", Long: "Other lung finding", Billable: true},
	}, d.Codes)
	same(t, "format", formatOrder, f.Format)
	same(t, "release", "FY2026", f.Release)
	same(t, "rows", 3, f.Rows)
}

// TestEncodings reads one file in all the ways it may be written.
func TestEncodings(t *testing.T) {
	text := orderFile("H810 1 Ménière|Ménière's disease of the ear")
	latin := strings.ReplaceAll(text, "é", "\xe9")
	latin = strings.ReplaceAll(latin, "è", "\xe8")
	want := []index.DraftCode{{ID: "H810", Short: "Ménière", Long: "Ménière's disease of the ear", Billable: true}}
	for name, data := range map[string]string{
		"UTF-8": text, "byte order mark": byteOrderMark + text, "Latin-1": latin, "LF": strings.ReplaceAll(text, "\r\n", "\n"),
		"no last newline": strings.TrimSuffix(text, "\r\n"), "empty lines": "\n" + text + "\n", "gzip": gzipOf(t, text),
		"ZIP": zipOf(t, "a.txt", text), "ZIP in ZIP": zipOf(t, "inner.zip", zipOf(t, "a.txt", text)), "gzip in ZIP": zipOf(t, "a.gz", gzipOf(t, text)),
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := one(t, "order.txt", data)
			same(t, "codes", want, d.Codes)
		})
	}
}

func TestList(t *testing.T) {
	d, f := one(t, "codes.txt", smallList)
	same(t, "codes", []index.DraftCode{{ID: "R911", Long: "A single lung nodule", Billable: true}, {ID: "R918", Long: "Other lung finding", Billable: true}}, d.Codes)
	same(t, "format", formatList, f.Format)
}

func TestAddenda(t *testing.T) {
	d, f := beside(t, "order_addenda.txt", smallOrderAddenda)
	same(t, "changes", []index.Change{
		{Kind: index.ToHeader, Code: "R91", Title: "Lung pictures"}, {Kind: index.Added, Code: "R911", Title: "A single lung nodule", Billable: true},
		{Kind: index.Deleted, Code: "R912", Title: "Gone", Billable: true}, {Kind: index.Revised, Code: "R918", Title: "Other lung finding", Was: "Lung", Billable: true},
	}, d.Changes)
	same(t, "format", formatAddenda, f.Format)
	d, _ = beside(t, "codes_addenda.txt", smallCodesAddenda)
	same(t, "changes", []index.Change{
		{Kind: index.Added, Code: "R911", Title: "A single lung nodule", Billable: true}, {Kind: index.Deleted, Code: "R912", Title: "Gone", Billable: true},
	}, d.Changes)
}

func TestTabular(t *testing.T) {
	d, f := one(t, "tabular.xml", smallTabular)
	same(t, "release", "FY2026", f.Release)
	same(t, "codes", []index.DraftCode{
		{ID: "S52", Long: "Broken forearm"}, {ID: "S520", Long: "Broken elbow end"},
		{ID: "S520XXA", Long: "Broken elbow end, first visit", Billable: true}, {ID: "S520XXS", Long: "Broken elbow end, later", Billable: true},
		{ID: "S525", Long: "Broken wrist end"}, {ID: "S52501", Long: "Broken wrist end, right"},
		{ID: "S52501A", Long: "Broken wrist end, right, first visit", Billable: true}, {ID: "S52501S", Long: "Broken wrist end, right, later", Billable: true},
		{ID: "S54", Long: "Nerve of the forearm", Billable: true},
	}, d.Codes)
	same(t, "blocks", []index.Block{{ID: "chapter 19", Title: "Injuries (S00-T88)", First: "S00", Last: "T88"}, {ID: "S50-S59", Title: "Forearm (S50-S59)", First: "S50", Last: "S59"}}, d.Blocks)
	same(t, "categories", map[string]string{"S52": "S50-S59", "S54": "S50-S59"}, d.InBlock)
	same(t, "notes", []index.DraftNote{
		{Owner: "chapter 19", Kind: index.Excludes2, Text: "birth (P10)"}, {Owner: "S52", Kind: index.Excludes1, Text: "lost arm (S58.-)"},
		{Owner: "S52", Kind: index.SeventhNote, Text: "one of these is needed"}, {Owner: "S520", Kind: index.Inclusion, Text: "elbow crack"},
		{Owner: "S54", Kind: index.CodeFirst, Text: "the wound"},
	}, d.Notes)
	same(t, "sevenths", []index.DraftSeventh{{Owner: "S52", Char: "A", Meaning: "first visit"}, {Owner: "S52", Char: "S", Meaning: "later"}}, d.Sevenths)
}

func TestAlphabetic(t *testing.T) {
	d, f := beside(t, "index.xml", smallIndex)
	same(t, "format", formatIndex, f.Format)
	same(t, "terms", []index.DraftTerm{
		{Title: "Nodule, lump", Nonessential: "(s)", Code: "R22.9"}, {Depth: 1, Title: "lung", Nonessential: "(coin)", Code: "R91.1", Also: "J99"},
		{Depth: 2, Title: "many", Code: "R91.8"}, {Depth: 1, Title: "thyroid", See: "Goiter", SeeAlso: "Struma"}, {Title: "Numb", See: "subcategory R20.0"},
	}, d.Terms)
	d, f = beside(t, "external.xml", smallExternal)
	same(t, "format", formatExternal, f.Format)
	same(t, "terms", []index.DraftTerm{{Table: index.External, Title: "Fall", Code: "W19"}}, d.Terms)
	d, f = beside(t, "neoplasm.xml", smallNeoplasm)
	same(t, "format", formatNeoplasm, f.Format)
	same(t, "terms", []index.DraftTerm{
		{Table: index.Neoplasms, Title: "Neoplasm, neoplastic", Cells: []string{"C80.1", "", "", "", "", "D49.9"}},
		{Table: index.Neoplasms, Depth: 1, Title: "lung", Cells: []string{"C34.9-", "", "", "", "", ""}},
	}, d.Terms)
	d, f = beside(t, "drug.xml", smallDrug)
	same(t, "format", formatDrug, f.Format)
	same(t, "terms", []index.DraftTerm{{Table: index.Drugs, Title: "Aspirin", Cells: []string{"T39.011", "", "", "", "", ""}}}, d.Terms)
}

// TestXMLLatin1 reads a declared Latin-1.
func TestXMLLatin1(t *testing.T) {
	text := strings.Replace(strings.Replace(smallIndex, "utf-8", "ISO-8859-1", 1), "Numb", "Numb\xe9", 1)
	d, _ := beside(t, "index.xml", text)
	same(t, "title", "Numbé", d.Terms[4].Title)
}

func TestTables(t *testing.T) {
	d, files, err := Read(context.Background(), []string{folder(t, smallTables)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "files", len(smallTables), len(files))
	same(t, "release", index.Manifest{System: "icd10cm", Release: "FY2026", From: "2025-10-01", To: "2026-09-30", Sources: d.Sources}, d.Manifest)
	same(t, "sources", len(smallTables), len(d.Sources))
	same(t, "codes", []index.DraftCode{{ID: "R91", Long: "Lung pictures"}, {ID: "R911", Short: "Lung nodule", Long: "A single lung nodule", Billable: true}}, d.Codes)
	same(t, "changes", []index.Change{{Kind: index.Added, Code: "R911", Title: "A single lung nodule", Billable: true}}, d.Changes)
	same(t, "notes", []index.DraftNote{{Owner: "R91.1", Kind: index.Excludes1, Text: "not that"}}, d.Notes)
	same(t, "sevenths", []index.DraftSeventh{{Owner: "S52", Char: "A", Meaning: "first"}}, d.Sevenths)
	same(t, "blocks", []index.Block{
		{ID: "chapter 18", Title: "Signs (R00-R99)", First: "R00", Last: "R99"}, {ID: "R90-R94", Title: "Pictures (R90-R94)", First: "R90", Last: "R94"},
		{ID: "C7A", Title: "Rare ones", First: "C7A", Last: "C7A"},
	}, d.Blocks)
	same(t, "terms", []index.DraftTerm{
		{Table: index.External, Title: "Fall height", Nonessential: "(from)", Code: "W17"},
		{Title: "Nodule(s)", Code: "R22.9"}, {Depth: 1, Title: "lung", Nonessential: "(coin) (old)"},
		{Depth: 2, Title: "many", Code: "R91.8"}, {Depth: 2, Title: "one", Code: "R91.1", Also: "J99"}, {Title: "Numb", See: "Cold", SeeAlso: "Warm"},
		{Table: index.Neoplasms, Title: "Neoplasm, neoplastic", Cells: []string{"C80.1", "C79.9", "D09.9", "D36.9", "D48.9", "D49.9"}},
	}, d.Terms)
}

// TestPrecedence: the order file says which codes there are, whatever else lists
// codes; the tabular list gives a codes file its headers.
func TestPrecedence(t *testing.T) {
	files := map[string]string{"a.txt": smallList, "b.xml": smallTabular, "c.txt": smallOrder, "d.txt": smallOrder}
	d, read, err := Read(context.Background(), []string{folder(t, files)}, Options{Release: "FY2026"})
	if err != nil {
		t.Fatal(err)
	}
	same(t, "codes", 3, len(d.Codes))
	same(t, "notes", 5, len(d.Notes))
	if !strings.HasPrefix(read[3].Skipped, "same as ") {
		t.Errorf("the same file again: %+v", read[3])
	}
	files = map[string]string{"a.txt": "S520XXA Elbow\n", "b.xml": smallTabular}
	if d, _, err = Read(context.Background(), []string{folder(t, files)}, Options{Release: "FY2026"}); err != nil {
		t.Fatal(err)
	}
	same(t, "codes", []index.DraftCode{{ID: "S520XXA", Long: "Elbow", Billable: true}, {ID: "S52", Long: "Broken forearm"}, {ID: "S520", Long: "Broken elbow end"}}, d.Codes)
}

func TestReleaseNames(t *testing.T) {
	for _, c := range []struct {
		name              string
		options           Options
		release, from, to string
		err               string
	}{
		{"icd10cm_order_2026.txt", Options{}, "FY2026", "2025-10-01", "2026-09-30", ""},
		{"icd10cm-order-April-2026.txt", Options{}, "FY2026-April", "2026-04-01", "2026-09-30", ""},
		{"order.txt", Options{}, "", "", "", "give --release"},
		{"order.txt", Options{Release: "FY2019"}, "FY2019", "2018-10-01", "2019-09-30", ""},
		{"order.txt", Options{Release: "mine"}, "", "", "", "give --from"},
		{"order.txt", Options{Release: "mine", From: "2026-01-01"}, "mine", "2026-01-01", "", ""},
		{"icd10cm_order_2026.txt", Options{Release: "FY2026", From: "2025-12-01", To: "2026-01-31"}, "FY2026", "2025-12-01", "2026-01-31", ""},
	} {
		dir := folder(t, map[string]string{c.name: smallOrder})
		d, _, err := Read(context.Background(), []string{dir}, c.options)
		if c.err != "" {
			if err == nil || !strings.Contains(err.Error(), c.err) {
				t.Errorf("%s: %v", c.name, err)
			}
			continue
		}
		if err != nil || d.Release != c.release || d.From != c.from || d.To != c.to {
			t.Errorf("%s: %v, error %v", c.name, d, err)
		}
	}
	dir := folder(t, map[string]string{"icd10cm_order_2026.txt": smallOrder, "icd10cm_codes_2025.txt": smallList})
	if _, _, err := Read(context.Background(), []string{dir}, Options{}); err == nil || !strings.Contains(err.Error(), "icd10cm_codes_2025.txt) and FY2026 (") {
		t.Errorf("two releases: %v", err)
	}
}

// TestFolder skips what is no code set, and tells.
func TestFolder(t *testing.T) {
	dir := folder(t, map[string]string{"order_2026.txt": smallOrder, "readme.pdf": "%PDF-1.7 text", "x.zip": zipOf(t, "guide.pdf", "%PDF-1.7")})
	_, files, err := Read(context.Background(), []string{dir}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var skipped []string
	for _, f := range files {
		if f.Skipped != "" {
			skipped = append(skipped, filepath.Base(f.Name))
		}
	}
	slices.Sort(skipped)
	same(t, "skipped", []string{"guide.pdf", "readme.pdf"}, skipped)
	if _, _, err := Read(context.Background(), []string{filepath.Join(dir, "x.zip")}, Options{Release: "FY2026"}); err == nil {
		t.Error("a ZIP file without code sets was read")
	}
	if _, _, err := Read(context.Background(), []string{filepath.Join(dir, "absent")}, Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent file: %v", err)
	}
}

func TestReadCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	o := Options{Release: "FY2026", Progress: func(int64) { cancel() }}
	_, _, err := Read(ctx, []string{folder(t, map[string]string{"a.txt": smallOrder, "b.txt": smallList})}, o)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}
