package coding

import (
	"slices"
	"testing"

	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

func TestBilledOften(t *testing.T) {
	house := models.Weights{houseReports: 30, billedPrefix + "N13.7": 12, billedPrefix + "R05.9": 3, billedPrefix + "Z09": 1}
	for _, c := range []struct {
		code string
		own  bool
		want string
	}{
		{"N13.70", false, "billed=often"},
		{"N13.70", true, "billed=often"},
		{"R05.9", false, "billed=sometimes"},
		{"R05.9", true, "billed=seldom"},
		{"Z09", false, "billed=seldom"},
		{"Z09", true, "billed=never"},
		{"N13.30", false, "billed=never"},
	} {
		if got := billedOften(house, c.code, c.own); got != c.want {
			t.Errorf("billedOften(%s, %v) = %s, want %s", c.code, c.own, got, c.want)
		}
	}
	if got := billedOften(models.Weights{}, "R05.9", false); got != "" {
		t.Errorf("without a house: %q", got)
	}
}

// TestBilledCounts: a report counts once however many of its codes begin alike, a held-out one not at all.
func TestBilledCounts(t *testing.T) {
	examples := []DiagnosisExample{
		{Assigned: [][]string{{"N13.70", "N137"}, {"N13.71", "N137"}}},
		{Assigned: [][]string{{"R05.9"}}},
		{Assigned: [][]string{}},
	}
	w := billedCounts(examples, noFold, 1)
	want := models.Weights{houseReports: 3, billedPrefix + "N13.70": 1, billedPrefix + "N13.71": 1, billedPrefix + "N13.7": 1, billedPrefix + "R05.9": 1}
	if len(w) != len(want) {
		t.Errorf("%v, want %v", w, want)
	}
	for k, n := range want {
		if w[k] != n {
			t.Errorf("%s: %g, want %g", k, w[k], n)
		}
	}
	if w := billedCounts(examples, 1, 3); w[billedPrefix+"R05.9"] != 0 || w[houseReports] != 2 {
		t.Errorf("with report 1 held out: %v", w)
	}
	if w := billedCounts([]DiagnosisExample{{}}, noFold, 1); len(w) != 0 {
		t.Errorf("without a house: %v", w)
	}
}

// TestHouseLearns: two houses that read the same reports and list different codes get different confidences.
func TestHouseLearns(t *testing.T) {
	e, err := New(Options{Calibration: models.Weights{}})
	if err != nil {
		t.Fatal(err)
	}
	text := "CLINICAL HISTORY: Cough and fever.\n\nIMPRESSION: Clear lungs."
	fit := func(listed string) models.Weights {
		x := DiagnosisExample{Report: nlp.Report{Text: text}, Weight: 1, Right: func(code string) (bool, bool) { return code == listed, true }, Assigned: [][]string{{listed}}}
		return e.FitDiagnoses(slices.Repeat([]DiagnosisExample{x}, 12))
	}
	for _, listed := range []string{"R05.9", "R50.9"} {
		house := *e
		house.calibration = fit(listed)
		s := &study{doc: house.reader.Read(nlp.Report{Text: text})}
		for _, f := range house.foundIn(s) {
			if f.coded.Code == listed != (f.confidence > 0.5) {
				t.Errorf("house of %s: %s has %.2f", listed, f.coded.Code, f.confidence)
			}
			if !slices.ContainsFunc(f.parts, func(p Feature) bool { return p.Name == "billed=often" || p.Name == "billed=never" }) {
				t.Errorf("house of %s: why of %s does not say how often it was billed: %v", listed, f.coded.Code, f.parts)
			}
		}
	}
}

// TestInContext: a problem that has no code without a site takes it from what the report describes, also where the kidneys stand
// within the words of another finding or beside a body part that the problem has no code for.
func TestInContext(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Normal kidneys.", "N13.70"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Interval growth of the kidneys.", "N13.70"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Interval growth of normal kidneys.", "N13.70"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Normal esophagus.", "K21.9"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Normal.", ""},
	} {
		s := &study{doc: e.reader.Read(nlp.Report{Text: c.text})}
		got := ""
		for _, f := range e.foundIn(s) {
			got = f.coded.Code
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestIsBrief(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"INDICATION: Cough.\n\nIMPRESSION: Pneumonia.":                                true,
		"INDICATION: Cough.\n\nFINDINGS:\n\nIMPRESSION: Pneumonia.":                   true,
		"INDICATION: Cough.\n\nFINDINGS: Opacity.\n\nIMPRESSION: Pneumonia.":          false,
		"Cough. There is an opacity of the right lower lobe. Pneumonia is suspected.": false,
	} {
		if got := isBrief(e.reader.Read(nlp.Report{Text: text})); got != want {
			t.Errorf("isBrief(%q) = %v", text, got)
		}
	}
}
