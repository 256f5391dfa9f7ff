package codeset

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
)

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
	const limit = 1 << 20
	bomb := gzipOf(t, strings.Repeat("R911    A single lung nodule\n", 1<<16))
	path := filepath.Join(folder(t, map[string]string{"bomb.zip": zipOf(t, "a.gz", bomb)}), "bomb.zip")
	_, _, err := Read(context.Background(), []string{path}, Options{Release: "FY2026", maxFile: limit})
	if err == nil || !strings.Contains(err.Error(), "more than 1 MiB when unpacked") {
		t.Errorf("error %v", err)
	}
}
