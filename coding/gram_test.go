package coding

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/radcode/radcode/models"
)

func TestTitleGrams(t *testing.T) {
	for _, c := range []struct{ title, want string }{
		{"", ""},
		{"-/-", ""},
		{"X", "^x$"},
		{"CT", "^ct ^ct$ ct$"},
		{"Ct/3v", "^ct ^ct$ ct$ ^3v ^3v$ 3v$"},
		{"KNEE", "^kn ^kne ^knee kne knee knee$ nee nee$ ee$"},
		{"\xffé2", "^é2 ^é2$ é2$"}, // invalid bytes separate words
	} {
		got := strings.Join(titleGrams(c.title), " ")
		if got != c.want {
			t.Errorf("titleGrams(%q) = %s, want %s", c.title, got, c.want)
		}
	}
	for _, g := range titleGrams(strings.Repeat("é", 4*maxGramBytes)) {
		if n := utf8.RuneCountInString(g); n < shortGram || n > longGram {
			t.Fatalf("gram %q", g)
		}
	}
	if n := len(titleGrams(strings.Repeat("knee ", 1000))); n > 3*maxGramBytes {
		t.Errorf("%d grams of a long name", n)
	}
}

// fitExamples are names of three hospitals for two codes; a third hospital
// writes what nobody else does.
func fitExamples() []TitleExample {
	var out []TitleExample
	for _, group := range []string{"a", "b", "c"} {
		out = append(out,
			TitleExample{ID: group + "1", Exam: "CT HEAD", Code: "70450", Group: group},
			TitleExample{ID: group + "2", Exam: "CT HEAD W", Code: "70460", Group: group},
			TitleExample{ID: group + "3", Exam: "XR KNEE 3V", Code: "73562", Group: group})
	}
	return append(out, TitleExample{ID: "c4", Exam: "XR KNEE ZYZZYVA", Code: "73560", Group: "c"})
}

func TestFitProcedures(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	const date = "2025-12-01"
	w := e.FitProcedures(fitExamples(), date, DefaultFitOptions)
	for _, name := range []string{
		"code:70450", "word:ct|70450", "word:ct head|70450", "gram:^3v$|73562", "fact:modality:ct|70450", "fact:views:3-3|73562",
		"value:region:knee|region:knee", "contrast:agree@ct", "contrast:agree@704",
	} {
		if w[name] == 0 {
			t.Errorf("no weight %s", name)
		}
	}
	for name := range w {
		if strings.Contains(name, "zyzz") {
			t.Errorf("weight %s of what one hospital writes", name)
		}
	}
	if w["code:70470"] != unseenPrior {
		t.Errorf("code that no example has: %v", w["code:70470"])
	}
	if again := e.FitProcedures(fitExamples(), date, DefaultFitOptions); !equalWeights(w, again) {
		t.Error("fitted twice, two results")
	}
	opt := DefaultFitOptions
	opt.SpellingShare = 0
	for name := range e.FitProcedures(fitExamples(), date, opt) {
		if strings.HasPrefix(name, gramPrefix) {
			t.Fatalf("weight %s without a model of spelling", name)
		}
	}
	learned, err := New(Options{Weights: w})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range fitExamples() {
		if p := learned.predict(x, date); p.Codes[0] != x.Code && x.ID != "c4" {
			t.Errorf("%s: %v", x.Exam, p.Codes[:2])
		}
	}
}

func equalWeights(a, b models.Weights) bool {
	for n, v := range a {
		if b[n] != v {
			return false
		}
	}
	return len(a) == len(b)
}

func TestCrossValidateUnseen(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	examples := append(fitExamples(), TitleExample{ID: "b4", Exam: "  ct--HEAD ", Code: "70450", Group: "b"})
	var unseen []string
	for _, p := range e.CrossValidate(examples, "2025-12-01", 3, DefaultFitOptions) {
		if p.Unseen {
			unseen = append(unseen, p.ID)
		}
	}
	if !slices.Equal(unseen, []string{"c4"}) {
		t.Errorf("unseen: %v", unseen)
	}
}

func TestNormalTitle(t *testing.T) {
	for in, want := range map[string]string{"": "", " XR/Knee-3V (LT) ": "xr knee 3v lt", "É\xffx": "é x", "--": ""} {
		if got := NormalTitle(in); got != want {
			t.Errorf("NormalTitle(%q) = %q, want %q", in, got, want)
		}
	}
}

// A code's own modality may have a threshold; others share one.
func TestAutomaticFrom(t *testing.T) {
	e, err := New(Options{Calibration: models.Weights{AutoProcedure: 0.9, AutoProcedure + "@ct": 0.7}})
	if err != nil {
		t.Fatal(err)
	}
	for code, want := range map[string]float64{"70450": 0.7, "73562": 0.9, "00000": 0.9} {
		if got := e.automaticFrom(code); got != want {
			t.Errorf("%s is automatic from %v, want %v", code, got, want)
		}
	}
}
