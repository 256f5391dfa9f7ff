package coding_test

import (
	"archive/zip"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/index/codeset"
	"github.com/radcode/radcode/lexicon"
)

// saidPhrase is a line of testdata/phrases/phrases.tsv.
type saidPhrase struct {
	line  int
	text  string
	codes []string // the code held right first
	about string
}

func saidPhrases(t *testing.T) []saidPhrase {
	t.Helper()
	data, err := os.ReadFile("../testdata/phrases/phrases.tsv")
	if err != nil {
		t.Fatal(err)
	}
	var out []saidPhrase
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			t.Fatalf("phrases.tsv:%d: %d cells", n+2, len(cells))
		}
		codes := []string{cells[1]}
		if cells[2] != "" {
			codes = append(codes, strings.Split(cells[2], "|")...)
		}
		out = append(out, saidPhrase{n + 1, cells[0], codes, cells[3]})
	}
	return out
}

// referenceRelease imports FY2026 from the reference files, with the drug table of
// FY2017, the only one there.
func referenceRelease(t testing.TB) *index.Releases {
	t.Helper()
	const folder = "../../shared/reference/"
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("no reference files beside the checkout: %v", err)
	}
	files := []string{unzipped(t, folder+"cdc-2017-tables-and-index-xml.zip", "icd10cm_drug_2017.xml")}
	for _, name := range []string{"cms-2026-code-descriptions.zip", "icd10cm_index.tsv.gz", "icd10cm_eindex.tsv.gz", "icd10cm_neoplasm.tsv.gz", "icd10cm_notes.tsv.gz", "icd10cm_seventh.tsv.gz", "icd10cm_blocks.tsv.gz"} {
		files = append(files, folder+name)
	}
	d, _, err := codeset.Read(context.Background(), files, codeset.Options{Release: "FY2026", From: "2025-10-01", To: "2026-09-30"})
	if err != nil {
		t.Fatal(err)
	}
	cache := t.TempDir()
	if _, err := index.ImportRelease(context.Background(), cache, d, nil); err != nil {
		t.Fatal(err)
	}
	rs, err := index.OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rs.Close() })
	return rs
}

// unzipped takes a file out of an archive.
func unzipped(t testing.TB, archive, name string) string {
	t.Helper()
	z, err := zip.OpenReader(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	in, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	path := filepath.Join(t.TempDir(), name)
	out, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(out, in); err != nil {
		t.Fatal(err)
	}
	if err := out.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// lookedUp counts what a set of phrases gave.
type lookedUp struct{ n, first, top, sure, wrongSure int }

// TestPhrases looks up what clinicians say in the alphabetic tables.
func TestPhrases(t *testing.T) {
	r, err := referenceRelease(t).On("icd10cm", "2026-03-02")
	if err != nil || r == nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	words := coding.Thesaurus(lex)
	counts := map[string]*lookedUp{}
	for _, p := range saidPhrases(t) {
		found, err := r.Find(context.Background(), index.Phrase{Text: p.text, Words: words}, 5)
		if err != nil {
			t.Fatal(err)
		}
		at := slices.IndexFunc(found, func(f index.Found) bool { return slices.Contains(p.codes, f.Code.ID) })
		half := "odd"
		if p.line%2 == 0 {
			half = "even"
		}
		for _, key := range []string{half, half + " " + p.about} {
			c := counts[key]
			if c == nil {
				c = &lookedUp{}
				counts[key] = c
			}
			c.n++
			if at == 0 {
				c.first++
			}
			if at >= 0 {
				c.top++
			}
			if len(found) > 0 && found[0].Exact {
				c.sure++
				if at != 0 {
					c.wrongSure++
				}
			}
		}
		if at != 0 && half == "odd" {
			t.Logf("%q wants %s, at %d", p.text, p.codes[0], at+1)
			for _, f := range found[:min(2, len(found))] {
				t.Logf("    %s %d %v %s", f.Code.ID, f.Score, f.Exact, strings.Join(f.Steps, " > "))
			}
		}
	}
	var keys []string
	for k := range counts {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		c := counts[k]
		t.Logf("%-14s n %d first %d top-5 %d sure %d sure and wrong %d", k, c.n, c.first, c.top, c.sure, c.wrongSure)
	}
}
