package coding_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/nlp"
)

// importReleases makes two small releases with titles of our own. In the older
// one R10.2 is billable, which is a header later; in the later one R05.9 is a header
// and there is no headache.
func importReleases(t *testing.T) *index.Releases {
	t.Helper()
	cache := t.TempDir()
	for _, d := range []index.Draft{
		{
			Manifest: index.Manifest{System: "icd10cm", Release: "FY2025", From: "2024-10-01", To: "2025-09-30"},
			Codes: []index.DraftCode{
				{ID: "R05", Long: "Coughs"}, {ID: "R059", Long: "A cough of any kind", Billable: true}, {ID: "R10", Long: "Belly pains"},
				{ID: "R102", Long: "Pain in the pelvis", Billable: true}, {ID: "R51", Long: "Headaches"}, {ID: "R519", Long: "A headache", Billable: true},
				{ID: "R109", Long: "Pain somewhere in the belly", Billable: true},
			},
			Terms: []index.DraftTerm{{Title: "Pain(s)", Code: "R52"}, {Depth: 1, Title: "flank", Code: "R10.9"}},
		},
		{
			Manifest: index.Manifest{System: "icd10cm", Release: "FY2026", From: "2025-10-01"},
			Codes: []index.DraftCode{
				{ID: "R05", Long: "Coughs"}, {ID: "R059", Long: "Coughs of several kinds"}, {ID: "R0590", Long: "Cough, unspecified", Billable: true},
				{ID: "R0591", Long: "Cough of smokers", Billable: true}, {ID: "R10", Long: "Belly pains"}, {ID: "R102", Long: "Pains in the pelvis"},
				{ID: "R1020", Long: "Pain in the pelvis, unspecified side", Billable: true}, {ID: "R51", Long: "Headaches"},
				{ID: "R10A", Long: "Pains in the flank"}, {ID: "R10A0", Long: "Pain in the flank, unspecified side", Billable: true},
				{ID: "R10A1", Long: "Pain in the right flank", Billable: true},
			},
			Terms: []index.DraftTerm{{Title: "Pain(s)", Code: "R52"}, {Depth: 1, Title: "flank", Code: "R10.A0"}, {Depth: 2, Title: "right", Code: "R10.A1"}},
			Notes: []index.DraftNote{{Owner: "R05.91", Kind: index.Inclusion, Text: "tobacco hack"}},
		},
	} {
		if _, err := index.ImportRelease(context.Background(), cache, &d, nil); err != nil {
			t.Fatal(err)
		}
	}
	rs, err := index.OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rs.Close() })
	return rs
}

func onDate(t *testing.T, rs *index.Releases) func(string) *index.Release {
	return func(date string) *index.Release {
		r, err := rs.On("icd10cm", date)
		if err != nil {
			t.Error(err)
		}
		return r
	}
}

func TestRelease(t *testing.T) {
	rs := importReleases(t)
	e, err := coding.New(coding.Options{Release: onDate(t, rs)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, indication, date string
		want                   []string // code and title
		dropped                bool
		release                string
	}{
		{"valid code, official title", "Cough.", "2025-03-02", []string{"R05.9 A cough of any kind"}, false, "FY2025"},
		{"a header's code for nothing more", "Cough.", "2026-03-02", []string{"R05.90 Cough, unspecified"}, false, "FY2026"},
		{"the code that was split later", "Pelvic pain.", "2025-03-02", []string{"R10.2 Pain in the pelvis"}, false, "FY2025"},
		{"valid after the split", "Pelvic pain.", "2026-03-02", []string{"R10.20 Pain in the pelvis, unspecified side"}, false, "FY2026"},
		{"the code that the index gave then", "Flank pain.", "2025-03-02", []string{"R10.9 Pain somewhere in the belly"}, false, "FY2025"},
		{"that of the entry above", "Right flank pain.", "2025-03-02", []string{"R10.9 Pain somewhere in the belly"}, false, "FY2025"},
		{"the code of its own", "Flank pain.", "2026-03-02", []string{"R10.A0 Pain in the flank, unspecified side"}, false, "FY2026"},
		{"no code on the date", "Headache.", "2026-03-02", nil, true, "FY2026"},
		{"one of two has none", "Headache. Cough.", "2026-03-02", []string{"R05.90 Cough, unspecified"}, true, "FY2026"},
		{"no release of the date, our own dates", "Headache.", "2020-03-02", []string{"R51 Headache"}, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := e.Code(context.Background(), nlp.Report{Text: "EXAM: CT HEAD WITHOUT CONTRAST\n\nINDICATION: " + c.indication + "\n\nIMPRESSION: Normal.", Meta: nlp.Meta{DateOfService: c.date}})
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, d := range res.Diagnoses {
				got = append(got, d.Code+" "+d.Title)
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Errorf("diagnoses (-want +got):\n%s", d)
			}
			flagged := slices.ContainsFunc(res.Flags, func(f coding.Flag) bool { return f.ID == "dx_not_in_force" && len(f.Evidence) == 1 })
			if flagged != c.dropped {
				t.Errorf("flagged %v, want %v", flagged, c.dropped)
			}
			release := ""
			for _, s := range res.Version.Codesets {
				release = s.Release
				if len(s.SHA256) != 64 {
					t.Errorf("%s without sha256", s.Release)
				}
			}
			if release != c.release {
				t.Errorf("codesets %v, want %q", res.Version.Codesets, c.release)
			}
		})
	}
}

// TestCodeLife: a code that a release has not any more, or not yet, is followed to the one
// that says the same there.
func TestCodeLife(t *testing.T) {
	cache := t.TempDir()
	for _, d := range []index.Draft{
		{
			Manifest: index.Manifest{System: "icd10cm", Release: "FY2024", From: "2023-10-01", To: "2024-09-30"},
			Codes: []index.DraftCode{
				{ID: "R05", Long: "Coughs"}, {ID: "R059", Long: "A cough of any kind", Billable: true},
				{ID: "R51", Long: "Headaches"}, {ID: "R519", Long: "A headache", Billable: true}, {ID: "S02", Long: "Skull"},
				{ID: "S022", Long: "Broken nose"}, {ID: "S022XXA", Long: "Broken nose, first visit", Billable: true},
			},
			Terms: []index.DraftTerm{{Title: "Cough"}, {Depth: 1, Title: "plain", Code: "R05.9"}, {Title: "Fracture"}, {Depth: 1, Title: "nose", Code: "S02.2"}},
		},
		{
			Manifest: index.Manifest{System: "icd10cm", Release: "FY2025", From: "2024-10-01", To: "2025-09-30"},
			Codes:    []index.DraftCode{{ID: "R05", Long: "Coughs"}, {ID: "R059", Long: "A cough of any kind", Billable: true}},
			Terms:    []index.DraftTerm{{Title: "Cough"}, {Depth: 1, Title: "plain", Code: "R05.9"}},
		},
		{
			Manifest: index.Manifest{System: "icd10cm", Release: "FY2026", From: "2025-10-01"},
			Codes: []index.DraftCode{
				{ID: "R06", Long: "Breathing"}, {ID: "R068", Long: "Cough and the like", Billable: true}, {ID: "R51", Long: "Headaches"},
				{ID: "R517", Long: "A headache", Billable: true}, {ID: "S02", Long: "Skull"}, {ID: "S022", Long: "Broken nose"},
				{ID: "S0220", Long: "Broken nose, unspecified place"}, {ID: "S0220XA", Long: "Broken nose, unspecified place, first visit", Billable: true},
				{ID: "S0220XD", Long: "Broken nose, unspecified place, later", Billable: true},
			},
			Terms: []index.DraftTerm{{Title: "Cough"}, {Depth: 1, Title: "plain", Code: "R06.8"}},
		},
	} {
		if _, err := index.ImportRelease(context.Background(), cache, &d, nil); err != nil {
			t.Fatal(err)
		}
	}
	rs, err := index.OpenReleases(cache)
	if err != nil {
		t.Fatal(err)
	}
	defer rs.Close()
	e, err := coding.New(coding.Options{Release: onDate(t, rs)})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, indication, date, want string }{
		{"as it is", "Cough.", "2024-03-02", "R05.9"},
		{"to where the index leads now", "Cough.", "2026-03-02", "R06.8"},
		{"renumbered, over a release that has neither", "Headache.", "2026-03-02", "R51.7"},
		{"divided, with its seventh character", "Fracture of the nose.", "2026-03-02", "S02.20XA"},
		{"nothing leads there", "Headache.", "2025-03-02", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := e.Code(context.Background(), nlp.Report{Text: "EXAM: CT HEAD WITHOUT CONTRAST\n\nINDICATION: " + c.indication + "\n\nIMPRESSION: Normal.", Meta: nlp.Meta{DateOfService: c.date}})
			if err != nil {
				t.Fatal(err)
			}
			got := ""
			for _, d := range res.Diagnoses {
				got += d.Code
			}
			if got != c.want {
				t.Errorf("%q, want %q", got, c.want)
			}
		})
	}
}

// TestReleaseRetriever finds a code by a wording that only the release has.
func TestReleaseRetriever(t *testing.T) {
	release := onDate(t, importReleases(t))
	r := coding.ReleaseRetriever(release, nil)
	for _, c := range []struct {
		date string
		want []coding.Retrieved
	}{
		{"2026-03-02", []coding.Retrieved{{Code: "R05.91", Title: "Cough of smokers", Terms: []string{"tobacco hack"}}}},
		{"2025-03-02", []coding.Retrieved{}},
		{"2020-03-02", nil},
	} {
		got, err := r.Retrieve(context.Background(), "tobacco hack", c.date)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.date, d)
		}
	}
	e, err := coding.New(coding.Options{Release: release, Retriever: func() (coding.Retriever, error) { return r, nil }})
	if err != nil {
		t.Fatal(err)
	}
	res, err := e.Code(context.Background(), nlp.Report{Text: "EXAM: CHEST, 2 VIEWS\n\nINDICATION: Tobacco hack.", Meta: nlp.Meta{DateOfService: "2026-03-02"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Diagnoses) != 1 || res.Diagnoses[0].Code != "R05.91" {
		t.Errorf("diagnoses %v, want R05.91", res.Diagnoses)
	}
}

// TestReleaseFollowed: without a Retriever the release's alphabetic index is asked,
// for phrases that it explains whole.
func TestReleaseFollowed(t *testing.T) {
	rs := importReleases(t)
	e, err := coding.New(coding.Options{Release: onDate(t, rs)})
	if err != nil {
		t.Fatal(err)
	}
	for indication, want := range map[string]string{"Tobacco hack.": "R05.91", "Tobacco hack of camels.": ""} {
		res, err := e.Code(context.Background(), nlp.Report{Text: "EXAM: CHEST, 2 VIEWS\n\nINDICATION: " + indication, Meta: nlp.Meta{DateOfService: "2026-03-02"}})
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, d := range res.Diagnoses {
			got += d.Code
		}
		if got != want {
			t.Errorf("%s %q, want %q", indication, got, want)
		}
	}
	f := coding.ReleaseRetriever(onDate(t, rs), nil).(interface {
		Follow(phrase string, context []string, date string) (code, title string, ok bool)
	})
	for phrase, want := range map[string]string{"right flank pain": "R10.A1", "flank pain": "R10.A0", "pain in the left toe": ""} {
		if code, _, _ := f.Follow(phrase, nil, "2026-03-02"); code != want {
			t.Errorf("%s: %q, want %q", phrase, code, want)
		}
	}
}
