package codeset

import (
	"context"
	"testing"
	"time"

	"github.com/radcode/radcode/index"
)

func TestReferenceImport(t *testing.T) {
	files := reference(t, append([]string{"icd10cm_codes_fy2026.tsv.gz"}, extras...)...)
	dir := t.TempDir()
	began := time.Now()
	d, _ := read(t, Options{}, files...)
	t.Log("read", time.Since(began))
	m, err := index.ImportRelease(context.Background(), dir, d, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Log("imported", time.Since(began), m.Counts)
	began = time.Now()
	rs, err := index.OpenReleases(dir)
	if err != nil {
		t.Fatal(err)
	}
	r, err := rs.On("icd10cm", "2026-03-02")
	if err != nil {
		t.Fatal(err)
	}
	t.Log("opened", time.Since(began))
	t.Log(r.Code("S52.501A"))
	t.Log(r.Notes("R91.1"))
	t.Log(r.SeventhCharacters("S52.501"))
	for _, x := range r.IndexPaths("R91.1") {
		t.Log(x)
	}
	t.Log(r.Neoplasm("lung"))
	t.Log(r.See(index.Alphabetic, "Pain, abdominal"))
	t.Log(r.Children("R10"))
	began = time.Now()
	hits, err := r.Search(context.Background(), index.Query{Text: "solitary pulmonary nodule"})
	t.Log(time.Since(began), err)
	for _, h := range hits {
		t.Log(h.Code, h.Score)
	}
	rs.Close()
}
