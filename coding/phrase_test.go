package coding_test

import (
	"archive/zip"
	"context"
	"fmt"
	"hash/crc32"
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

// saidPhrase is a line of a file of testdata/phrases.
type saidPhrase struct {
	line  int
	text  string
	codes []string // the code held right first
	about string
}

func saidPhrases(t *testing.T, file string) []saidPhrase {
	t.Helper()
	data, err := os.ReadFile("../testdata/phrases/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out []saidPhrase
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n")[1:] {
		cells := strings.Split(line, "\t")
		if len(cells) != 4 {
			t.Fatalf("%s:%d: %d cells", file, n+2, len(cells))
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

func (c *lookedUp) add(found []index.Found, right func(code string) bool) {
	at := slices.IndexFunc(found, func(f index.Found) bool { return right(f.Code.ID) })
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

// phraseSets are the sets with the least that must be right first, in the first five, and the most
// that may be sure and wrong. "odd" was tuned on; "even" and "fresh" were only counted.
var phraseSets = []struct {
	name, file       string
	remainder        int // of the line by 2; -1: all lines
	first, top, most int
}{
	{"odd", "phrases.tsv", 1, 96, 98, 0},
	{"even", "phrases.tsv", 0, 82, 90, 4},
	{"fresh", "fresh.tsv", -1, 40, 44, 2},
}

// TestPhrases looks up what clinicians say in the alphabetic tables.
func TestPhrases(t *testing.T) {
	r, words := releaseAndWords(t)
	for _, set := range phraseSets {
		for _, w := range []*index.Thesaurus{nil, words} {
			all, about := lookedUp{}, map[string]*lookedUp{"imaging": {}, "clinical": {}, "drug": {}, "external": {}}
			for _, p := range saidPhrases(t, set.file) {
				if set.remainder >= 0 && p.line%2 != set.remainder {
					continue
				}
				found, err := r.Find(context.Background(), index.Phrase{Text: p.text, Words: w}, 5)
				if err != nil {
					t.Fatal(err)
				}
				right := func(code string) bool { return slices.Contains(p.codes, code) }
				all.add(found, right)
				about[p.about].add(found, right)
				if w != nil && len(found) > 0 && !right(found[0].Code.ID) {
					t.Logf("%s: %q wants %s, got %s (%v) by %s", set.name, p.text, p.codes[0], found[0].Code.ID, found[0].Exact, strings.Join(found[0].Steps, " > "))
				}
			}
			t.Logf("%s, thesaurus %v: %s", set.name, w != nil, all)
			for _, a := range []string{"imaging", "clinical", "drug", "external"} {
				t.Logf("    %-9s %s", a, *about[a])
			}
			if w != nil && (all.first < set.first || all.top < set.top || all.wrongSure > set.most) {
				t.Errorf("%s: %s, want %d first, %d in five, at most %d sure and wrong", set.name, all, set.first, set.top, set.most)
			}
		}
	}
}

func (c lookedUp) String() string {
	return fmt.Sprintf("n %d, first %d, top five %d, sure %d, sure and wrong %d", c.n, c.first, c.top, c.sure, c.wrongSure)
}

func releaseAndWords(t *testing.T) (*index.Release, *index.Thesaurus) {
	t.Helper()
	r, err := referenceRelease(t).On("icd10cm", "2026-03-02")
	if err != nil || r == nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	return r, coding.Thesaurus(lex)
}

// TestPhrasesOfLexicon looks up one diagnosis term in 24, chosen by a hash of its words so that a new
// row of the lexicon draws no other sample: where the walk is sure, it gives the
// category that the lexicon gives, or the two sources differ in what is meant.
func TestPhrasesOfLexicon(t *testing.T) {
	r, words := releaseAndWords(t)
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	n, sure, same, category := 0, 0, 0, 0
	for _, term := range lex.DiagnosisTerms {
		if crc32.ChecksumIEEE([]byte(term.Text))%24 != 0 {
			continue
		}
		c, ok := lex.Diagnose(lexicon.Finding{Concept: term.Concept, Site: term.Site, With: term.With})
		if !ok || len(c.Code) < 3 {
			continue
		}
		n++
		found := r.Walk(index.Phrase{Text: term.Text, Words: words}, 1)
		if len(found) == 0 || !found[0].Exact || !found[0].Code.Billable {
			continue
		}
		sure++
		switch got := found[0].Code.ID; {
		case got == c.Code:
			same++
		case got[:3] == c.Code[:3]:
			category++
		default:
			t.Logf("%q: lexicon %s, index %s by %s", term.Text, c.Code, got, strings.Join(found[0].Steps, " > "))
		}
	}
	t.Logf("%d terms, sure %d: the lexicon's code %d, its category %d more", n, sure, same, category)
	if 100*(same+category) < 92*sure {
		t.Errorf("of %d sure answers %d are in the lexicon's category, want 92 %%", sure, same+category)
	}
}
