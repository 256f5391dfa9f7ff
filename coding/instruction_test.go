package coding_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/nlp"
)

// TestReleaseNotes: the notes of an imported release are read beside our own rows, those of
// chapter and block included.
func TestReleaseNotes(t *testing.T) {
	cache := t.TempDir()
	billable := func(id, title string) index.DraftCode { return index.DraftCode{ID: id, Long: title, Billable: true} }
	_, err := index.ImportRelease(context.Background(), cache, &index.Draft{
		Manifest: index.Manifest{System: "icd10cm", Release: "FY2026", From: "2025-10-01"},
		Codes: []index.DraftCode{
			{ID: "R05", Long: "Coughs"}, billable("R059", "A cough"), {ID: "R51", Long: "Headaches"}, billable("R519", "A headache"),
			{ID: "R50", Long: "Fevers"}, billable("R509", "A fever"), {ID: "R07", Long: "Pains of the chest"}, billable("R079", "A pain of the chest"),
			{ID: "D63", Long: "Anemia in diseases classified elsewhere"}, billable("D638", "Anemia in other diseases classified elsewhere"),
		},
		Blocks: []index.Block{{ID: "R00-R09", Title: "Signs of the chest", First: "R00", Last: "R09"}},
		Notes: []index.DraftNote{
			{Owner: "R05", Kind: index.Excludes1, Text: "fever of coughing (R50.-)"},
			{Owner: "R05.9", Kind: index.Excludes2, Text: "pain of the chest (R07.1-R07.9)"},
			{Owner: "R00-R09", Kind: index.Excludes2, Text: "fever (R50)"},
			{Owner: "R51", Kind: index.CodeFirst, Text: "the cough (R05.-)"},
			{Owner: "R07.9", Kind: index.UseAdditional, Text: "Use additional code for the cough (R05.-)"},
			{Owner: "D63.8", Kind: index.CodeFirst, Text: "Code first underlying disease"},
		},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	rs, err := index.OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rs.Close() })
	e, err := coding.New(coding.Options{Release: onDate(t, rs)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name    string // of the requirement, where the row is its proof
		ordered string
		flags   map[string]string // id and what its message holds
	}{
		{"R150_excludes1_pair", "R05.9 R50.9", map[string]string{"excludes1": "R05.9 and R50.9 on the order exclude each other (Excludes1): note at R05: fever of coughing"}},
		{"", "R509 r059", map[string]string{"excludes1": "R50.9 and R05.9"}},
		{"R151_excludes2_pair", "R05.9 R07.9", map[string]string{"excludes2_ok": "R05.9 and R07.9 on the order may stand together"}},
		{"R152_code_first", "R51.9 R05.9", map[string]string{"code_first": "R51.9 stands before R05.9 on the order"}},
		{"", "R05.9 R51.9", nil},
		{"R152_manifestation_alone", "D63.8", map[string]string{"code_first": "D63.8 on the order needs a code before it"}},
		{"", "R51.9", nil},
		{"", "nonsense 99999 R05.9", nil},
	} {
		t.Run(named(c.name, c.ordered), func(t *testing.T) {
			r := nlp.Report{Exam: "XR chest 2 views", Text: "INDICATION: None given.\n\nIMPRESSION: Normal.", Meta: nlp.Meta{DateOfService: "2026-03-02", OrderedICD10CM: strings.Fields(c.ordered)}}
			res, err := e.Code(context.Background(), r)
			if err != nil {
				t.Fatal(err)
			}
			for _, id := range []string{"excludes1", "excludes2_ok", "code_first", "use_additional"} {
				at := slices.IndexFunc(res.Flags, func(f coding.Flag) bool { return f.ID == id })
				want, stands := c.flags[id]
				if stands != (at >= 0) || stands && !strings.Contains(res.Flags[at].Message, want) {
					t.Errorf("%s: %s want %q, flags %v", c.ordered, id, want, res.Flags)
				}
			}
		})
	}
}
