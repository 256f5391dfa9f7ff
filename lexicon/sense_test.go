package lexicon

import (
	"testing"
	"testing/fstest"
)

func TestSenseFaults(t *testing.T) {
	ct, ps := newConceptTable(rowsOf(t, "concepts.tsv", conceptColumns, "axis\tconcept\tparents\tname\tpaired\nmodality\tnm\t\tnuclear\t\nregion\tlung\t\tlung\ty\n"))
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	for _, c := range []struct{ row, problem string }{
		{"diff\tmodality:nm,region:lung\tregion:lung", ""},
		{"scn\t!modality:nm\t-", ""},
		{"fl\t\tregion:lung", `senses.tsv:2: sense "fl" is given nothing: it is a term`},
		{"fl\tmodality:xx\tregion:lung", `senses.tsv:2: unknown concept "modality:xx"`},
		{"fl\tmodality:nm\tlung", `senses.tsv:2: unknown concept "lung"`},
	} {
		senses, problems := ct.senses(rowsOf(t, "senses.tsv", senseColumns, "term\tgiven\temits\n"+c.row+"\n"))
		got := ""
		if len(problems) > 0 {
			got = problems[0].Error()
		}
		if got != c.problem || len(senses) != 1 {
			t.Errorf("%q: %q, want %q", c.row, got, c.problem)
		}
	}
	s, _ := ct.senses(rowsOf(t, "senses.tsv", senseColumns, "term\tgiven\temits\na\tmodality:nm,region:lung,!modality:nm\t-\nB\tmodality:nm\t-\nB\tmodality:nm\t-\n"))
	if n := s[0].Conditions(); n != 3 || len(s[0].Emits) != 0 {
		t.Errorf("%+v has %d conditions", s[0], n)
	}
	if ps := lintSenses(&Lexicon{Senses: s}); len(ps) != 3 {
		t.Errorf("faults %v, want two of case and one twin", ps)
	}
}

func rowsOf(t *testing.T, name string, columns []string, text string) table {
	t.Helper()
	tab, err := readTable(fstest.MapFS{name: {Data: []byte(text)}}, name, columns)
	if err != nil || len(tab.problems) > 0 {
		t.Fatal(err, tab.problems)
	}
	return tab
}
