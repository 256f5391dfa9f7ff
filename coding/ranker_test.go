package coding

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/models"
)

// A word that the lexicon does not hold as written adds its pieces; one that it
// holds does not.
func TestTitleWords(t *testing.T) {
	e, err := New(Options{Subwords: models.NewSubwords([]string{"qq", "##zz", "zz", "##qq", "##q", "knee", "##s", "hc"})})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ title, want string }{
		{"HC CT KNEE", "ct|knee|ct knee"},
		{"CT KNEES", "ct|knee|ct knee|##knee"}, // read as knee, which is a guess
		{"CT QQZZ", "ct|qqzz|ct qqzz|##qq|##zz"},
		{"CT zzqq", "ct|zzqq|ct zzqq|##zz|##qq"},
		{"CT qqq", "ct|qqq|ct qqq|##qq"}, // a letter says nothing
		{"CT \xff\xfe", "ct"},
		{"", ""},
	} {
		got := e.titleWords(e.reader.ReadTitle(c.title))
		if strings.Join(got, "|") != c.want {
			t.Errorf("titleWords(%q) = %q, want %s", c.title, got, c.want)
		}
	}
}

// What a fit did not know has what a fit begins with; what it knew and found
// worth nothing stays at nothing.
func TestWeightsOfNewConcepts(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	w := models.Weights{"code:71045": 0.5, "word:chest|71046": 0.2, "hit:technique:perfusion": 0.7}
	r := newRanker(e.lex, e.features, w)
	for code, want := range map[string]float64{"71045": 0.5, "71046": 0, "70450": unseenPrior, "37254": newPrior} {
		if got := r.prior[r.codes[code]]; got != want {
			t.Errorf("prior of %s is %v, want %v", code, got, want)
		}
	}
	start := defaultWeights(e.features, e.lex)
	for name, want := range map[string]float64{
		"hit:technique:perfusion": 0.7, "miss:technique:perfusion": 0, "miss:technique:plane_block": start[e.features.ids["miss:technique:plane_block"]],
	} {
		if got := r.axis[e.features.ids[name]]; got != want {
			t.Errorf("weight of %s is %v, want %v", name, got, want)
		}
	}
}
