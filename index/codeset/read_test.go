package codeset

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
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

// Small files in the published formats. The codes are real, the titles our own.

// orderFile builds an order file of rows "code flag short|long".
func orderFile(rows ...string) string {
	var b strings.Builder
	for i, r := range rows {
		id, rest, _ := strings.Cut(r, " ")
		flag, rest, _ := strings.Cut(rest, " ")
		short, long, _ := strings.Cut(rest, "|")
		b.WriteString(padded(5, "0000"+string(rune('1'+i))) + " " + padded(8, id) + flag + " " + padded(61, short) + long + "\r\n")
	}
	return b.String()
}

func padded(width int, s string) string {
	return s + strings.Repeat(" ", max(0, width-len([]rune(s))))
}

var (
	smallOrder = orderFile("R91 0 Lung pictures|Lung pictures of note", "R911 1 Lung nodule|A single lung nodule", "R918 1 Lung other|Other lung finding")

	smallList = "R911    A single lung nodule\nR918    Other lung finding\n"

	smallOrderAddenda = "Delete:      " + padded(10, "1 R91") + padded(61, "Lung pictures") + "Lung pictures\r\n" +
		"Add:         " + padded(10, "0 R91") + padded(61, "Lung pictures") + "Lung pictures\r\n" +
		"Add:         " + padded(10, "1 R911") + padded(61, "Lung nodule") + "A single lung nodule\r\n" +
		"Delete:      " + padded(10, "1 R912") + padded(61, "Gone") + "Gone\r\n" +
		"Revise from: " + padded(10, "1 R918") + padded(61, "Lung") + "Lung\r\n" +
		"Revise to:   " + padded(10, "1 R918") + padded(61, "Lung other") + "Other lung finding\r\n" +
		"\r\nHeaders\r\n  10 headers in icd10cm_order_2025.txt\r\n      1 additions\r\nof which\r\n"

	smallCodesAddenda = "Add:         R911    A single lung nodule\nDelete:      R912    Gone\n"

	smallTabular = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular>
  <version>2026</version>
  <introduction><introSection type="x"><title>Words</title><instruction><note>not of a code</note></instruction></introSection></introduction>
  <chapter>
    <name>19</name>
    <desc>Injuries (S00-T88)</desc>
    <excludes2><note>birth (P10)</note></excludes2>
    <sectionIndex><sectionRef first="S50" last="S59" id="S50-S59">Forearm</sectionRef></sectionIndex>
    <section id="S50-S59">
      <desc>Forearm (S50-S59)</desc>
      <diag>
        <name>S52</name>
        <desc>Broken forearm</desc>
        <excludes1><note>lost arm (S58.-)</note></excludes1>
        <sevenChrNote><note>one of these is needed</note></sevenChrNote>
        <sevenChrDef><extension char="A">first visit</extension><extension char="S">later</extension></sevenChrDef>
        <diag>
          <name>S52.0</name>
          <desc>Broken elbow end</desc>
          <inclusionTerm><note>elbow crack</note></inclusionTerm>
        </diag>
        <diag>
          <name>S52.5</name>
          <desc>Broken wrist end</desc>
          <diag><name>S52.501</name><desc>Broken wrist end, right</desc></diag>
        </diag>
      </diag>
      <diag>
        <name>S54</name>
        <desc>Nerve of the forearm</desc>
        <codeFirst><note>the wound</note></codeFirst>
      </diag>
    </section>
  </chapter>
</ICD10CM.tabular>
`

	smallIndex = `<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.index>
  <version>2026</version>
  <title>ICD-10-CM INDEX</title>
  <letter><title>N</title>
    <mainTerm><title>Nodule<nemod>(s)</nemod>, lump</title><code>R22.9</code>
      <term level="1"><title>lung<nemod>(coin)</nemod></title><code>R91.1</code><manif>J99</manif>
        <term level="2"><title>many</title><code>R91.8</code></term></term>
      <term level="1"><title>thyroid</title><see>Goiter</see><seeAlso>Struma</seeAlso></term></mainTerm>
    <mainTerm><title>Numb</title><subcat>R20.0</subcat></mainTerm>
  </letter>
</ICD10CM.index>
`
	smallExternal = `<ICD10CM.index><version>2026</version><title>External Cause of Injuries Index</title><letter><title>F</title>
<mainTerm><title>Fall</title><code>W19</code></mainTerm></letter></ICD10CM.index>
`
	smallNeoplasm = `<ICD10CM.index><version>2026</version><indexHeading><head col="1">Neoplasm</head><head col="2">Malignant Primary</head></indexHeading>
<letter><title>N</title><mainTerm><title>Neoplasm, neoplastic</title><cell col="2">C80.1</cell><cell col="3">-</cell><cell col="7">D49.9</cell>
<term level="1"><title>lung</title><cell col="2">C34.9-</cell></term></mainTerm></letter></ICD10CM.index>
`
	smallDrug = `<ICD10CM.index><version>2026</version><indexHeading><head col="1">Substance</head></indexHeading>
<letter><title>A</title><mainTerm><title>Aspirin</title><cell col="2">T39.011</cell><cell col="6">--</cell></mainTerm></letter></ICD10CM.index>
`
	smallTables = map[string]string{
		"codes_fy2026.tsv": "code\tdotted\tbillable\tshort\tlong\nR91\tR91\t0\t\tLung pictures\nR911\tR91.1\t1\tLung nodule\tA single lung nodule\n",
		"changes.tsv":      "change\tcode\tdotted\tbillable\tshort\tlong\nadded\tR911\tR91.1\t1\t\tA single lung nodule\n",
		"index.tsv": "term_path\tcode\tmanifestation\tsee\tsee_also\nNodule(s)\tR22.9\t\t\t\nNodule(s) > lung (coin) (old) > many\tR91.8\t\t\t\n" +
			"Nodule(s) > lung (coin) (old) > one\tR91.1\tJ99\t\t\nNumb\t\t\tCold\tWarm\n",
		"eindex.tsv":   "term_path\tcode\tsee\tsee_also\nFall (from) height\tW17\t\t\n",
		"neoplasm.tsv": "site_path\tmalignant_primary\tmalignant_secondary\tca_in_situ\tbenign\tuncertain\tunspecified\tsee\nNeoplasm, neoplastic\tC80.1\tC79.9\tD09.9\tD36.9\tD48.9\tD49.9\t\n",
		"notes.tsv":    "owner\tlevel\tnote_type\ttext\nR91.1\tcode\texcludes1\tnot that\n",
		"seventh.tsv":  "owner\tchar\tmeaning\nS52\tA\tfirst\n",
		"blocks.tsv":   "id\tkind\tchapter\ttitle\nchapter 18\tchapter\t18\tSigns (R00-R99)\nR90-R94\tblock\t18\tPictures (R90-R94)\nC7A\tblock\t2\tRare ones\n",
	}
)

// folder writes files and returns where they are.
func folder(t testing.TB, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func zipOf(t testing.TB, files ...string) string { // name, text, name, text
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err == nil {
			_, err = w.Write([]byte(files[i+1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func gzipOf(t testing.TB, text string) string {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := z.Write([]byte(text)); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

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
	if _, _, err := Read(context.Background(), []string{dir}, Options{}); err == nil || !strings.Contains(err.Error(), "FY2025 and FY2026") {
		t.Errorf("two releases: %v", err)
	}
}

// TestFaults wants every fault refused with file and line.
func TestFaults(t *testing.T) {
	long := strings.Repeat("x", maxLine+1)
	zipFile := zipOf(t, "order.txt", smallOrder)
	for _, c := range []struct{ name, text, want string }{
		{"order row without flag", smallOrder + "00004 R919    x no flag\n", ":4: no row of an order file"},
		{"order row too short", smallOrder + "00004 R919    1 short\n", ":4: no row of an order file"},
		{"order row with no code", smallOrder + strings.Replace(smallOrder[:100], "R91 ", "lung", 1) + "\n", ":4: no row"},
		{"codes row", smallList + "R919 too near\n", ":3: no row of a codes file"},
		{"addenda row", "Add:         R911    x\nChange: R91\n", ":2: no row of an addenda file"},
		{"addenda half a revision", "Revise from: R911    x\n", `ends after "Revise from"`},
		{"addenda revision of two codes", "Revise from: R911    x\nRevise to:   R918    x\n", ":2: no row"},
		{"too few cells", smallTables["codes_fy2026.tsv"] + "R918\tR91.8\t1\n", ":4: 3 cells; the header has 5"},
		{"no flag", smallTables["codes_fy2026.tsv"] + "R918\tR91.8\tyes\t\tx\n", `:4: billable "yes"`},
		{"no title", smallTables["codes_fy2026.tsv"] + "R918\tR91.8\t1\t\t\n", ":4: code R918 has no title"},
		{"no code", smallTables["codes_fy2026.tsv"] + "lung\t\t1\t\tx\n", `:4: "lung" is no code`},
		{"unknown change", "change\tcode\tbillable\tlong\nmoved\tR911\t1\tx\n", `:2: change "moved"`},
		{"unknown note", smallTables["notes.tsv"] + "R91\tcode\thint\tx\n", `:3: note_type "hint"`},
		{"empty note", smallTables["notes.tsv"] + "R91\tcode\tincludes\t\n", ":3: a note without"},
		{"seventh of two letters", smallTables["seventh.tsv"] + "S52\tAB\tx\n", ":3: want a code and one character"},
		{"block without range", smallTables["blocks.tsv"] + "more\tblock\t1\tmore\n", `:5: "more" is no chapter`},
		{"empty part of a path", smallTables["index.tsv"] + "A >  > b\tR91\t\t\t\n", ":6: "},
		{"header only", "owner\tchar\tmeaning\n", ":1: seventh character table without a row"},
		{"long line", smallList + "R919    " + long + "\n", ":3: line is longer than"},
		{"zero bytes", smallList + "R919    \x00\n", ":3: zero bytes"},
		{"UTF-16", "\xff\xfeR\x009\x001\x00", ":1: zero bytes"},
		{"neither encoding", smallList + "R919    \x81\xfe\n", ":3: neither UTF-8 nor Latin-1"},
		{"unknown format", "Dear reader,\n", ":1: no format that radcode knows"},
		{"empty file", "", ":1: no format that radcode knows"},
		{"cut gzip", gzipOf(t, smallOrder)[:60], "unexpected EOF"},
		{"cut ZIP", zipFile[:len(zipFile)-30], "no whole ZIP file"},
		{"damaged ZIP", zipFile[:60] + "\xff\xff\xff" + zipFile[63:], "order.txt:"},
		{"deep ZIP", zipOf(t, "a.zip", zipOf(t, "b.zip", zipOf(t, "c.zip", zipOf(t, "d.zip", zipFile)))), "deeper than 3"},
		{"cut XML", smallTabular[:len(smallTabular)-40], ":34: unexpected EOF"},
		{"XML without its end", strings.TrimSuffix(smallTabular, "</ICD10CM.tabular>\n"), "the file ends within <ICD10CM.tabular>"},
		{"wrong end", strings.Replace(smallTabular, "</desc>", "</name>", 1), ":7: </name> ends nothing"},
		{"no XML", strings.Replace(smallTabular, "<note>", "<note", 1), ":4: "},
		{"no code in XML", strings.Replace(smallTabular, "<name>S52</name>", "<name>arm</name>", 1), `:13: "arm" is no code`},
		{"code without title", strings.Replace(smallTabular, "<desc>Broken elbow end</desc>", "", 1), ":22: a code without name or title"},
		{"no seventh character", strings.Replace(smallTabular, `char="A"`, `char="AB"`, 1), `:17: extension "AB"`},
		{"XML encoding", strings.Replace(smallTabular, "utf-8", "EBCDIC", 1), "EBCDIC"},
		{"long XML text", strings.Replace(smallTabular, "elbow crack", long, 1), "is longer than"},
		{"deep XML", strings.Replace(smallIndex, "<letter>", strings.Repeat("<x>", 70), 1), "nested deeper than"},
		{"term outside of a main term", strings.Replace(smallIndex, "<mainTerm>", `<term level="1">`, 1), ":6: <term> in the wrong place"},
		{"column of no table", strings.Replace(smallDrug, `cell col="2"`, `cell col="9"`, 1), `:2: <cell> column "9"`},
		{"code in the title's column", strings.Replace(smallDrug, `cell col="2"`, `cell col="1"`, 1), ":2: a code in the column of titles"},
		{"term without title", strings.Replace(smallExternal, "<title>Fall</title>", "", 1), ":2: a term without title"},
		{"only notes", smallTables["notes.tsv"], "no list of codes among the files"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(folder(t, map[string]string{"file": c.text}), "file")
			_, _, err := Read(context.Background(), []string{path}, Options{Release: "FY2026"})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("error %v, want %q", err, c.want)
			}
			if c.name != "only notes" && !strings.Contains(err.Error(), path) {
				t.Errorf("error %v does not name the file", err)
			}
		})
	}
}

// TestZipBomb unpacks no more than it may.
func TestZipBomb(t *testing.T) {
	if testing.Short() {
		t.Skip("packs 64 MB")
	}
	line := strings.Repeat("R911    A single lung nodule\n", 1<<12)
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	for range maxFile/len(line) + 1 {
		if _, err := z.Write([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder(t, map[string]string{"bomb.zip": zipOf(t, "a.gz", b.String())}), "bomb.zip")
	if _, _, err := Read(context.Background(), []string{path}, Options{Release: "FY2026"}); err == nil || !strings.Contains(err.Error(), "when unpacked") {
		t.Errorf("error %v", err)
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
