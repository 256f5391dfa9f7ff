package index

import (
	"slices"
	"testing"
)

// tabled is a release with all four tables, in our own wording.
func tabled(t *testing.T) *Release {
	t.Helper()
	return imported(t, t.TempDir(), &Draft{
		Manifest: Manifest{System: "icd10cm", Release: "FY2026", From: "2025-10-01"},
		Codes: []DraftCode{
			{ID: "R16", Long: "Large organs"}, {ID: "R160", Long: "Large liver", Billable: true}, {ID: "R161", Long: "Large spleen", Billable: true},
			{ID: "M25", Long: "Joints"}, {ID: "M251", Long: "Fluid in joint, right knee", Billable: true}, {ID: "M252", Long: "Fluid in joint, left knee", Billable: true},
			{ID: "M259", Long: "Fluid in joint, unspecified knee", Billable: true},
			{ID: "K76", Long: "Livers"}, {ID: "K761", Long: "Acute liver trouble", Billable: true}, {ID: "K762", Long: "Chronic liver trouble", Billable: true},
			{ID: "P29", Long: "Hearts of the young"}, {ID: "P291", Long: "Neonatal racing heart", Billable: true},
			{ID: "T39", Long: "Painkillers"}, {ID: "T391X1", Long: "Poisoning by pill, accidental"}, {ID: "T391X1A", Long: "Poisoning by pill, accidental, first", Billable: true},
			{ID: "T391X1D", Long: "Poisoning by pill, accidental, later", Billable: true}, {ID: "T391X2", Long: "Poisoning by pill, intentional self-harm"},
			{ID: "T391X2A", Long: "Poisoning by pill, intentional self-harm, first", Billable: true}, {ID: "T391X5", Long: "Adverse effect of pill"},
			{ID: "T391X5A", Long: "Adverse effect of pill, first", Billable: true},
			{ID: "W11", Long: "Fall from ladder"}, {ID: "W11XXXA", Long: "Fall from ladder, first", Billable: true},
		},
		Terms: []DraftTerm{
			{Title: "Effusion"}, {Depth: 1, Title: "joint", Code: "M25.-"}, {Depth: 2, Title: "knee", Code: "M25.9"},
			{Title: "Hepatomegaly", Code: "R16.0"}, {Title: "Racing"}, {Depth: 1, Title: "heart", Code: "P29.1"},
			{Title: "Splenomegaly", Code: "R16.1"},
			{Title: "Trouble"}, {Depth: 1, Title: "liver", Nonessential: "(acute)", Code: "K76.1"}, {Depth: 2, Title: "chronic", Code: "K76.2"},
			{Table: External, Title: "Fall, falling"}, {Table: External, Depth: 1, Title: "from"}, {Table: External, Depth: 2, Title: "ladder", Code: "W11"},
			{Table: Drugs, Title: "Pill", Cells: []string{"T39.1X1", "T39.1X2", "", "", "T39.1X5", ""}},
		},
	})
}

func TestThesaurus(t *testing.T) {
	r := tabled(t)
	words := NewThesaurus([]Wording{
		{Said: "hepatic", Index: "liver"}, {Said: "-iver", Index: "-iver"}, {Said: "fluid knee", Index: "effusion joint knee"},
		{Said: "fell off", Index: "fall from", Table: External},
		{Said: "overdose", Index: "poisoning", Table: Drugs}, {Said: "suicide attempt", Index: "self_harm", Table: Drugs}, {Said: "side effect", Index: "adverse_effect", Table: Drugs},
		{Said: "follow up", Index: "subsequent"},
	}, []Group{{Terms: []string{"big liver", "hepatomegaly"}, Code: "R16.0"}, {Terms: []string{"big spleen", "hepatomegaly"}, Code: "D73.1"}})
	for _, c := range []struct {
		phrase  string
		context []string
		code    string // "" = nothing is exact
	}{
		{"hepatomegaly", nil, "R16.0"},
		{"big liver", nil, "R16.0"},
		{"big spleen", nil, ""}, // the index does not agree with the group
		{"fluid in the right knee", nil, "M25.1"},
		{"fluid in the knee", []string{"left"}, "M25.2"},
		{"fluid in the knee", nil, "M25.9"},
		{"hepatic trouble", nil, "K76.1"},
		{"chronic hepatic trouble", nil, "K76.2"},
		{"racing heart", nil, ""}, // a newborn's, and nobody said so
		{"racing heart", []string{"newborn"}, "P29.1"},
		{"pill overdose", nil, "T39.1X1A"},
		{"pill overdose, suicide attempt", nil, "T39.1X2A"},
		{"side effect of the pill", nil, "T39.1X5A"},
		{"pill", nil, ""},
		{"fell off a ladder", nil, "W11.XXXA"},
		{"ladder", nil, ""},
	} {
		got := ""
		if found := r.Walk(Phrase{Text: c.phrase, Words: words, Context: c.context}, 1); len(found) > 0 && found[0].Exact {
			got = found[0].Code.ID
		}
		if got != c.code {
			t.Errorf("%s %v: %q, want %q", c.phrase, c.context, got, c.code)
		}
	}
}

func TestAccepts(t *testing.T) {
	for _, c := range []struct {
		phrase, title string
		want          bool
	}{
		{"pain in the left knee", "Pain in left knee", true},
		{"pain in the left knee", "Pain in right knee", false},
		{"knee pain", "Pain in right knee", false},
		{"left groin hernia", "Unilateral hernia", true},
		{"bilateral groin hernia", "Unilateral hernia", false},
		{"inflamed pancreas", "Acute pancreatitis", true},
		{"chronic pancreatitis", "Acute pancreatitis", false},
		{"acute on chronic failure", "Acute on chronic failure", true},
		{"tachycardia", "Neonatal tachycardia", false},
		{"fracture", "Fracture, subsequent encounter", false},
		{"family history of cancer", "Personal history of cancer", false},
		{"history of cancer", "Personal history of cancer", true},
		{"ulcer", "Ulcer, unspecified as to acute or chronic", true},
	} {
		if got := newPhrase(Phrase{Text: c.phrase}).accepts(c.title); got != c.want {
			t.Errorf("%q, %q: %v", c.phrase, c.title, got)
		}
	}
}

func TestSame(t *testing.T) {
	words := NewThesaurus([]Wording{{Said: "-otic", Index: "-osis"}, {Said: "oedem-", Index: "edem-"}, {Said: "renal", Index: "kidney"}}, nil)
	for said, want := range map[string][]string{"fibrotic": {"fibrosis"}, "oedema": {"edema"}, "renal": {"kidney"}, "otic": nil} {
		if got := words.same(said); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", said, got, want)
		}
	}
}
