package codeset

import (
	"context"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/index"
)

// tablesOf imports files and returns their tables by id.
func tablesOf(t testing.TB, o Options, files map[string]string) (map[string]*index.TableDraft, error) {
	t.Helper()
	_, drafts, _, err := Import(context.Background(), []string{folder(t, files)}, o)
	out := map[string]*index.TableDraft{}
	for i := range drafts {
		d := &drafts[i]
		m := index.TableManifest{Kind: d.Kind, Name: d.Name, Setting: d.Setting, Payer: d.Payer}
		out[m.ID()] = d
	}
	return out, err
}

func only(names ...string) map[string]string {
	out := map[string]string{}
	for _, n := range names {
		out[n] = smallPayments[n]
	}
	return out
}

// TestPaymentTables reads a file of each kind, all at once.
func TestPaymentTables(t *testing.T) {
	files := only("ccipra-v323r0-f1.txt", "MCR_MUE_PractitionerServices_Eff_10-01-2026.csv", "AOC_V2026Q4-MCR.txt", "PPRRVU26_OCT.csv", "HCPC2026_OCT_ANWEB.txt", "our_lcd.tsv", "aetna.json")
	got, err := tablesOf(t, Options{}, files)
	if err != nil {
		t.Fatal(err)
	}
	span := func(from, to string) index.Span { return index.Span{From: from, To: to} }
	want := map[string]index.PaymentTable{
		"ptp-practitioner-2026q4": {From: "2026-10-01", History: true, Pairs: []index.Pair{
			{Column1: "71046", Column2: "71045", Modifier: '1', Rationale: "Standards of practice", Span: span("2018-01-01", "")},
			{Column1: "74177", Column2: "74176", Modifier: '0', Rationale: "More extensive", Span: span("2011-01-01", "")},
			{Column1: "74177", Column2: "74150", Modifier: '1', Rationale: "Before", Span: span("1996-01-01", "2010-12-31")},
		}},
		"mue-practitioner-2026q4": {From: "2026-10-01", Limits: []index.Limit{
			{Code: "71046", Units: 2, Adjudication: '3', Rationale: "Clinical: Data, of claims"}, {Code: "70551", Units: 1, Adjudication: '2', Rationale: "Anatomic"},
		}},
		"addon-2026q4": {From: "2026-10-01", History: true, AddOns: []index.AddOn{
			{Code: "77063", Primary: "77067", Type: '1', Span: span("2017-01-01", "")}, {Code: "0689T", Type: '2', Span: span("2022-01-01", "")},
			{Code: "74301", Primary: "74300", Type: '1', Span: span("2013-01-01", "2023-12-31")},
		}},
		"fee-rvu26d": {From: "2026-10-01", To: "2026-12-31", Fees: []index.Fee{
			{Code: "71046", Status: 'A', Work: 22, NonFacility: 101, Facility: 101, PCTC: '1', Multiple: '0', Bilateral: '0', Family: "99"},
			{Code: "71046", Modifier: "26", Status: 'A', Work: 22, NonFacility: 31, Facility: 31, PCTC: '1', Multiple: '0', Bilateral: '0', Family: "99"},
		}},
		"hcpcs-2026q4": {From: "2026-10-01", Levels: []index.Level{
			{Code: "A9500", Title: "A tracer for pictures of the heart, per dose", Coverage: 'C', Span: span("1996-01-01", "")},
			{Code: "G0297", Title: "Old screening", Coverage: 'D', Span: span("2016-01-01", "2020-12-31")},
		}},
		"coverage-our_lcd": {Covered: []index.CoveredDx{
			{Article: "L1", Procedure: "77080", Diagnosis: "M81", Span: span("2026-01-01", "")}, {Article: "L1", Procedure: "77080", Diagnosis: "Z00.00", Excluded: true, Span: span("", "2026-12-31")},
		}},
		"payer-aetna-aetna": {From: "2026-01-01", Rules: []index.PayerRule{{
			ID: "dxa", Payer: "Aetna", Procedures: []string{"77080", "7107*"}, Message: "Bone density needs a reason.", Source: "policy 12", Span: span("2026-02-01", ""),
			Require: index.RuleCondition{Dx: []string{"M81"}, PriorAuth: true, Age: index.AgeRange{Min: 50}}, Forbid: index.RuleCondition{Modifiers: []string{"59"}},
		}}},
	}
	for id, w := range want {
		g, ok := got[id]
		if !ok {
			t.Errorf("no table %s", id)
			continue
		}
		w.Kind, w.Name, w.Setting, w.Payer = g.Kind, g.Name, g.Setting, g.Payer
		if !reflect.DeepEqual(w, *g.PaymentTable) {
			t.Errorf("%s:\n got %+v\nwant %+v", id, *g.PaymentTable, w)
		}
		if len(g.Sources) != 1 {
			t.Errorf("%s: sources %v", id, g.Sources)
		}
	}
	if len(got) != len(want) || got["hcpcs-2026q4"].LeftOut != 1 {
		t.Errorf("%d tables, %d left out of HCPCS", len(got), got["hcpcs-2026q4"].LeftOut)
	}
}

// TestHCPCSTable reads the sibling of the records with the same columns.
func TestHCPCSTable(t *testing.T) {
	got, err := tablesOf(t, Options{}, only("HCPC2026_OCT_ANWEB.csv"))
	if err != nil {
		t.Fatal(err)
	}
	same(t, "levels", []index.Level{{Code: "A9500", Title: "A tracer, per dose", Coverage: 'C', Span: index.Span{From: "1996-01-01"}}}, got["hcpcs-2026q4"].Levels)
}

// TestArticles joins the files of the coverage database, packed within each other as
// published: the newest version, groups of the same numbers with their like.
func TestArticles(t *testing.T) {
	var inner []string
	for _, n := range []string{"article.csv", "article_x_hcpc_code.csv", "article_x_icd10_covered.csv", "article_x_icd10_noncovered.csv"} {
		inner = append(inner, n, smallPayments[n])
	}
	inner = append(inner, "article_x_hcpc_code_group.csv", "article_id,article_version,hcpc_code_group,paragraph\n52000,7,1,x\n")
	files := map[string]string{"current_article.zip": zipOf(t, "current_article_csv.zip", zipOf(t, inner...), "readme.txt", "See the dictionary.")}
	got, err := tablesOf(t, Options{Procedure: func(code string) bool { return code == "77080" }}, files)
	if err != nil {
		t.Fatal(err)
	}
	d := got["coverage-mcd"]
	if d == nil {
		t.Fatalf("tables %v", got)
	}
	since := index.Span{From: "2020-10-01"}
	same(t, "rows", []index.CoveredDx{
		{Article: "A52000", Procedure: "77080", Diagnosis: "M81.0", Group: "1", Span: since},
		{Article: "A52000", Procedure: "77080", Diagnosis: "Z00.00", Group: "1", Excluded: true, Span: since},
	}, d.Covered)
	if d.LeftOut != 1 || len(d.Sources) != 1 {
		t.Errorf("%d left out, sources %v", d.LeftOut, d.Sources)
	}
}

// TestArticleOneList gives every procedure the diagnoses of an article whose groups do
// not match by number, spells ranges out and passes drafts over.
func TestArticleOneList(t *testing.T) {
	covered := "article_id,article_version,icd10_code_id,icd10_covered_group,range\n1,1,M80-M81,1,\n1,1,Z78.0,1,Z78.1\n2,1,R91.1,1,\n"
	got, err := tablesOf(t, Options{Between: func(first, last string) []string { return []string{first + "!", last + "!"} }}, map[string]string{
		"a.csv": "article_id,hcpc_code_id,hcpc_code_group\n1,77080,1\n1,77081,2\n2,71046,1\n", "b.csv": covered,
		"c.csv": "article_id,article_version,status,article_eff_date,article_end_date\n2,1,P,2026-01-01,\n",
	})
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, c := range got["coverage-mcd"].Covered {
		n[c.Procedure]++
	}
	if n["77080"] != 4 || n["77081"] != 4 || len(n) != 2 {
		t.Errorf("rows by procedure: %v", n)
	}
}

// TestPairsKept leaves out pairs of which no code is known, and tells how many.
func TestPairsKept(t *testing.T) {
	got, err := tablesOf(t, Options{Procedure: func(code string) bool { return code == "71045" }}, only("ccipra-v323r0-f1.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if d := got["ptp-practitioner-2026q4"]; len(d.Pairs) != 1 || d.LeftOut != 2 {
		t.Errorf("%d pairs, %d left out", len(d.Pairs), d.LeftOut)
	}
	_, err = tablesOf(t, Options{Procedure: func(string) bool { return false }}, only("ccipra-v323r0-f1.txt"))
	if err == nil || !strings.Contains(err.Error(), "none of 3 rows") {
		t.Errorf("error %v", err)
	}
}

// TestPairsParts joins the part files of a quarter, comma and tab, and tells the hospitals'
// apart.
func TestPairsParts(t *testing.T) {
	got, err := tablesOf(t, Options{}, map[string]string{
		"ccipra-v323r0-f1.txt": ptpFile("71046|71045||20180101|*|1|x"),
		"ccipra-v323r0-f2.csv": strings.ReplaceAll(ptpFile("74177|74176||20180101|*|1|\"x, y\""), "\t", ","),
		"ccioph-v323r0-f1.txt": ptpFile("71046|71045||20180101|*|0|x"),
		"ccioph-v322r0-f1.txt": ptpFile("71046|71045||20180101|*|9|x"),
	})
	if err != nil {
		t.Fatal(err)
	}
	for id, n := range map[string]int{"ptp-practitioner-2026q4": 2, "ptp-hospital-2026q4": 1, "ptp-hospital-2026q3": 1} {
		if d := got[id]; d == nil || len(d.Pairs) != n {
			t.Errorf("%s: %+v", id, d)
		}
	}
	if d := got["ptp-practitioner-2026q4"]; d != nil && len(d.Sources) != 2 {
		t.Errorf("sources %v", d.Sources)
	}
}

// TestPairsWithoutFirstDates lets a row of a pair begin when the one before ended.
func TestPairsWithoutFirstDates(t *testing.T) {
	text := "column1\tcolumn2\tmodifier_indicator\tdeletion_date\n74150\t72192\t1\t\n74150\t72192\t0\t2012-12-31\n"
	got, err := tablesOf(t, Options{Release: "2024Q3", Setting: index.Practitioner}, map[string]string{"pairs.tsv": text})
	if err != nil {
		t.Fatal(err)
	}
	d := got["ptp-practitioner-2024q3"]
	if d.History || d.From != "2024-07-01" || d.Pairs[0].From != "2013-01-01" || d.Pairs[1].From != "" {
		t.Errorf("%+v", d.PaymentTable)
	}
}

// TestTableNames reads release and dates out of names and titles.
func TestTableNames(t *testing.T) {
	for _, c := range []struct{ kind, text, from, to string }{
		{index.PairTable, "zip/ccioph-v310r2-f4.txt", "2025-01-01", ""},
		{index.LimitTable, "MCR_MUE_DMESupplierServices_Eff_07-01-2025.csv", "2025-07-01", ""},
		{index.FeeTable, "PPRRVU2026_Jan_nonQPP.csv", "2026-01-01", "2026-12-31"},
		{index.FeeTable, "rvu24c.zip", "2024-07-01", "2024-12-31"},
		{index.LevelTable, "HCPC2026_JUL_ANWEB_06172026.txt", "2026-07-01", ""},
		{index.AddOnTable, "AOC_V2025Q4_01-MCR.txt", "2025-10-01", ""},
		{index.AddOnTable, "notes of 2025.txt", "", ""},
	} {
		from, to, ok := TableDates(c.kind, c.text)
		if from != c.from || to != c.to || ok != (c.from != "") {
			t.Errorf("%s: %s %s %t", c.text, from, to, ok)
		}
	}
}

// TestPaymentReference reads the project's own tables.
func TestPaymentReference(t *testing.T) {
	paths := reference(t, "ncci_radiology.tsv.gz", "mue_radiology.tsv.gz", "aoc_radiology.tsv.gz", "mpfs_radiology.tsv.gz", "hcpcs2_imaging.tsv.gz")
	_, drafts, _, err := Import(context.Background(), paths, Options{Release: "2024Q3", Setting: index.Practitioner})
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, d := range drafts {
		got = append(got, d.Len())
	}
	if !slices.Equal(got, []int{12646, 820, 820, 131, 1928, 469}) {
		t.Errorf("rows %v", got)
	}
}

// TestNotBoth refuses files of a release beside payment tables.
func TestNotBoth(t *testing.T) {
	files := only("aetna.json")
	files["icd10cm_order_2026.txt"] = smallOrder
	if _, err := tablesOf(t, Options{}, files); err == nil || !strings.Contains(err.Error(), "one after the other") {
		t.Errorf("error %v", err)
	}
}

// TestWorkbook tells what to give in place of a workbook, and passes over one found
// beside the text.
func TestWorkbook(t *testing.T) {
	files := only("ccipra-v323r0-f1.txt")
	files["ccipra-v323r0-f1.xlsx"] = zipOf(t, "[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>")
	if got, err := tablesOf(t, Options{}, files); err != nil || len(got) != 1 {
		t.Errorf("%v, %v", got, err)
	}
	path := filepath.Join(folder(t, files), "ccipra-v323r0-f1.xlsx")
	if _, _, _, err := Import(context.Background(), []string{path}, Options{}); err == nil || !strings.Contains(err.Error(), "published beside it") {
		t.Errorf("error %v", err)
	}
}

// TestNoDescriptors keeps nothing of the columns that hold words of the AMA.
func TestNoDescriptors(t *testing.T) {
	files := only("PPRRVU26_OCT.csv", "article_x_hcpc_code.csv", "article_x_icd10_covered.csv")
	_, drafts, _, err := Import(context.Background(), []string{folder(t, files)}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	if _, err := index.ImportTables(context.Background(), cache, drafts); err != nil {
		t.Fatal(err)
	}
	kept, err := filepath.Glob(filepath.Join(cache, "tables", "*"))
	if err != nil || len(kept) != 4 { // list, lock, two tables
		t.Fatalf("%v, %v", kept, err)
	}
	for _, path := range kept {
		data, err := os.ReadFile(path)
		if err != nil || strings.Contains(string(data), "others") || strings.Contains(string(data), "Words") {
			t.Errorf("%s holds a descriptor, or %v", path, err)
		}
	}
}

// TestHeadingInQuotes reads headings with line ends in their cells, as spreadsheets
// write them.
func TestHeadingInQuotes(t *testing.T) {
	text := "\ufeff\"Column 1\",Column 2,\"*=in existence\nprior to 1996\",\"Effective\nDate\",\"Deletion\nDate\n*=no data\",\"Modifier\n0=not allowed\n1=allowed\n9=not applicable\",PTP Edit Rationale\n" +
		"71046,71045,,20180101,*,1,\"He said \"\"no\"\", so\"\n71046,7104,,20180101,*,1,x\n"
	_, err := tablesOf(t, Options{}, map[string]string{"ccipra-v323r0-f1.csv": text})
	if err == nil || !strings.Contains(err.Error(), `.csv:10: "7104"`) {
		t.Fatalf("error %v, want one of line 10", err)
	}
	got, err := tablesOf(t, Options{}, map[string]string{"ccipra-v323r0-f1.csv": strings.Replace(text, "7104,", "71010,", 1)})
	if err != nil || got["ptp-practitioner-2026q4"].Pairs[0].Rationale != `He said "no", so` {
		t.Errorf("%+v, %v", got, err)
	}
}
