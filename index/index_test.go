package index

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var sample = []Code{
	{System: "cpt", ID: "71045", Title: "Chest film, one view", Terms: []string{"chest xray 1 view"}, Billable: true},
	{System: "cpt", ID: "71046", Title: "Chest film, two views", Terms: []string{"pa and lateral chest"}, Billable: true},
	{System: "cpt", ID: "71010", Title: "Chest film, one view (old)", To: "2017-12-31", Billable: true},
	{System: "cpt", ID: "71250", Title: "CT chest without contrast", Billable: true},
	{System: "cpt", ID: "71260", Title: "CT chest with contrast", Billable: true},
	{System: "icd10cm", ID: "R91.1", Title: "Single lung nodule", Terms: []string{"pulmonary nodule", "coin lesion"}, Billable: true},
	{System: "icd10cm", ID: "R05.9", Title: "Cough", Billable: true},
	{System: "icd10cm", ID: "R10.A1", Title: "Right flank pain", From: "2025-10-01", Billable: true},
	{System: "icd10cm", ID: "I65.21", Title: "Narrowed right carotid artery", Terms: []string{"carotid stenosis right", "Crohn's is not meant here"}, Billable: true},
}

func ids(hits []Hit) []string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Code.ID)
	}
	return out
}

func TestSearch(t *testing.T) {
	ix, err := Open(t.TempDir(), sample)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, c := range []struct {
		name string
		q    Query
		want []string
	}{
		{"title words", Query{Text: "cough"}, []string{"R05.9"}},
		{"terms and stems", Query{Text: "coin lesions"}, []string{"R91.1"}},
		{"without is a word", Query{Text: "ct chest without", All: true}, []string{"71250"}},
		{"system", Query{Text: "right", System: "cpt"}, nil},
		{"ended codes are left out", Query{Text: "film one view", All: true}, []string{"71045"}},
		{"ended codes on their date", Query{Text: "film one view", All: true, Date: "2016-05-01"}, []string{"71045", "71010"}},
		{"codes not yet in force", Query{Text: "flank pain", Date: "2025-09-30"}, nil},
		{"possessive", Query{Text: "crohn"}, []string{"I65.21"}},
		{"no words", Query{Text: " "}, nil},
		{"query syntax is only text", Query{Text: `+title:"x" AND (`}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			hits, err := ix.Search(context.Background(), c.q)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(c.want, ids(hits)); d != "" {
				t.Errorf("hits (-want +got):\n%s", d)
			}
		})
	}
}

// TestOracle compares with a plain scan: the code that holds the most words of
// its own title must be among the index's first hits.
func TestOracle(t *testing.T) {
	ix, err := Open("", sample)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, want := range sample {
		best, bestCount := "", 0
		for _, c := range sample {
			n := 0
			for _, w := range strings.Fields(strings.ToLower(want.Title)) {
				if strings.Contains(strings.ToLower(c.Title), w) {
					n++
				}
			}
			if n > bestCount {
				best, bestCount = c.ID, n
			}
		}
		hits, err := ix.Search(context.Background(), Query{Text: want.Title, Any: true, Limit: 3})
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(strings.Join(ids(hits), " "), best) {
			t.Errorf("%q: scan finds %s, index finds %v", want.Title, best, ids(hits))
		}
	}
}

func TestCacheIsReused(t *testing.T) {
	dir := t.TempDir()
	for range 2 {
		ix, err := Open(dir, sample)
		if err != nil {
			t.Fatal(err)
		}
		if ix.InMemory() {
			t.Error("built in memory though the folder is writable")
		}
		if err := ix.Close(); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 {
		t.Errorf("cache holds %v, want one index", entries)
	}
}

func TestUnusableCacheFolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a-file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	ix, err := Open(file, sample)
	if err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("error %v, want one that names %s", err, file)
	}
	if ix == nil || !ix.InMemory() {
		t.Fatal("want an index in memory")
	}
	defer ix.Close()
	hits, err := ix.Search(context.Background(), Query{Text: "cough"})
	if err != nil || len(hits) != 1 {
		t.Errorf("hits %v, err %v", ids(hits), err)
	}
}

func TestLookup(t *testing.T) {
	ix, err := Open("", sample)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	for _, id := range []string{"R91.1", "r911", " R911 "} {
		if c, ok := ix.Lookup("", id); !ok || c.ID != "R91.1" {
			t.Errorf("Lookup(%q) = %v", id, c)
		}
	}
	if _, ok := ix.Lookup("cpt", "R91.1"); ok {
		t.Error("R91.1 is no CPT code")
	}
}
