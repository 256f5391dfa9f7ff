package index

import (
	"context"
	"strings"
	"testing"
)

// lookedUp is a release with an index of our own wording.
func lookedUp(t *testing.T) *Release {
	t.Helper()
	return imported(t, t.TempDir(), &Draft{
		Manifest: Manifest{System: "icd10cm", Release: "FY2026", From: "2025-10-01"},
		Codes: []DraftCode{
			{ID: "N20", Long: "Stones"}, {ID: "N200", Long: "Stone of kidney", Billable: true}, {ID: "N209", Long: "Stone, unspecified", Billable: true},
			{ID: "C34", Long: "Malignancy of lung"}, {ID: "C341", Long: "Malignancy of right lung", Billable: true}, {ID: "C349", Long: "Malignancy of lung, unspecified side", Billable: true},
			{ID: "C780", Long: "Secondary malignancy of lung", Billable: true},
			{ID: "S52", Long: "Break of forearm"}, {ID: "S521", Long: "Break of right forearm"}, {ID: "S529", Long: "Break of unspecified forearm"},
			{ID: "S521XXA", Long: "Break of right forearm, first encounter", Billable: true}, {ID: "S521XXD", Long: "Break of right forearm, later encounter", Billable: true},
			{ID: "S529XXA", Long: "Break of unspecified forearm, first encounter", Billable: true},
		},
		Terms: []DraftTerm{
			{Title: "Calculus, calculi", Code: "N20.9"}, {Depth: 1, Title: "kidney", Nonessential: "(recurrent)", Code: "N20.0"}, {Depth: 1, Title: "renal", See: "Calculus, kidney"},
			{Title: "Cancer", SeeAlso: "Neoplasm, by site, malignant"},
			{Title: "Fracture(s)"}, {Depth: 1, Title: "forearm", Code: "S52.-"},
			{Title: "Loop", See: "Ring"}, {Title: "Ring", See: "Loop"},
			{Table: Neoplasms, Title: "Neoplasm, neoplastic"}, {Table: Neoplasms, Depth: 1, Title: "lung", Cells: []string{"C34.-", "C78.0", "", "", "", ""}},
		},
	})
}

func TestFind(t *testing.T) {
	r := lookedUp(t)
	for _, c := range []struct {
		phrase, code string
		exact        bool
		way          string
	}{
		{"kidney calculi", "N20.0", true, "Calculus, calculi > kidney"},
		{"recurrent calculus of the kidney", "N20.0", true, "Calculus, calculi > kidney"},
		{"renal calculus", "N20.0", true, "Calculus, calculi > renal > see Calculus, kidney"},
		{"calculus of the toe", "N20.9", false, "Calculus, calculi"},
		{"lung cancer", "C34.9", true, "Cancer > see Neoplasm, by site, malignant > lung"},
		{"cancer of the right lung", "C34.1", true, "Cancer > see Neoplasm, by site, malignant > lung"},
		{"lung metastases", "C78.0", true, "Metastasis, metastatic > see Neoplasm, secondary, by site > lung"},
		{"forearm fractures", "S52.9XXA", true, "Fracture(s) > forearm"},
		{"right forearm fracture", "S52.1XXA", true, "Fracture(s) > forearm"},
		{"right forearm fracture, subsequent", "S52.1XXD", true, "Fracture(s) > forearm"},
	} {
		found, err := r.Find(context.Background(), Phrase{Text: c.phrase}, 5)
		if err != nil || len(found) == 0 {
			t.Errorf("%s: %v, %v", c.phrase, found, err)
			continue
		}
		f := found[0]
		if way := strings.Join(f.Steps, " > "); f.Code.ID != c.code || f.Exact != c.exact || way != c.way {
			t.Errorf("%s: %s %v by %q, want %s %v by %q", c.phrase, f.Code.ID, f.Exact, way, c.code, c.exact, c.way)
		}
	}
	for _, nothing := range []string{"", "of the", "loop"} {
		if found := r.Walk(Phrase{Text: nothing}, 5); len(found) > 0 {
			t.Errorf("%q: %v", nothing, found)
		}
	}
}
