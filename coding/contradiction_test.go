package coding

import (
	"math"
	"slices"
	"testing"

	"github.com/radcode/radcode/models"
)

// However much a word speaks for a code, it does not go before one for the same study that
// contradicts less of what is stated.
func TestLearnedWeightsObeyStatements(t *testing.T) {
	shipped, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ title, spoken, want string }{
		{"CT HEAD WITHOUT CONTRAST", "70460", "70450"},
		{"CT HEAD W/WO", "70450", "70470"},
		{"MRI KNEE W/O LEFT", "73723", "73721"},
		{"MAMMO DIAGNOSTIC BILATERAL", "77065", "77066"},
		{"MAMMO DIAGNOSTIC LEFT", "77066", "77065"},
		{"XR CHEST 2 VIEWS", "71045", "71046"},
		{"XR KNEE 3 VIEWS", "73564", "73562"},
		{"XR HIP UNILATERAL 1 VIEW", "73503", "73501"},
		{"CT HEAD", "70460", "70460"},                  // nothing stated, nothing contradicted
		{"CT HEAD WITHOUT CONTRAST", "70486", "70486"}, // another study: the rule is about siblings
	} {
		w, err := models.LoadWeights("procedure")
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range shipped.titleWords(shipped.reader.ReadTitle(c.title)) {
			w[wordPrefix+word+"|"+c.spoken] = 30
		}
		e, err := New(Options{Weights: w})
		if err != nil {
			t.Fatal(err)
		}
		f := e.factsOfTitle(c.title, "")
		if got := e.lex.Procedures[e.rank(&f, "2025-12-01", 1)[0].index].Code; got != c.want {
			t.Errorf("%s, every word for %s: got %s, want %s", c.title, c.spoken, got, c.want)
		}
	}
}

// Every feature that tells of a contradiction belongs to one of the three axes on which statements are final.
func TestContradictingFeatures(t *testing.T) {
	want := map[string]contradictions{
		"contrast:with/without": contrastContradicted, "contrast:with/without_with": contrastContradicted,
		"contrast:without/with": contrastContradicted, "contrast:without/without_with": contrastContradicted,
		"contrast:without_with/without": contrastContradicted, "contrast:without_with/with": contrastContradicted,
		"side:bilateral/uni": oneSideForBoth, "side:one/bi": bothSidesForOne, "views:conflict": viewsContradicted,
	}
	for id, f := range axisFeatures {
		if got := FeatureID(id).contradictions(); got != want[f.Name] {
			t.Errorf("%s: %b, want %b", f.Name, got, want[f.Name])
		}
	}
	if got := noFeature.contradictions(); got != 0 {
		t.Errorf("no feature: %b", got)
	}
}

// The parts of a score add up, also where a code was put behind a sibling.
func TestTakenScoreIsExplained(t *testing.T) {
	e := mustEngine(t)
	f := e.factsOfTitle("XR KNEE 6 VIEWS UNILATERAL", "")
	q := e.question(&f)
	scores := e.scores(&f, "2025-12-01")
	defer e.ranker.scratch.Put(scores)
	scores.total[e.ranker.codes["73562"]] = 100 // three views
	before := slices.Clone(scores.total)
	all := e.obeyStatements(scores.total, best(scores.total, rankedKept), &f)
	if len(all) == 0 {
		t.Error("nothing was taken")
	}
	for i, taken := range all {
		if got := before[i] - taken; math.Abs(got-scores.total[i]) > 1e-9 {
			t.Errorf("%s: %v less %v is %v", e.lex.Procedures[i].Code, before[i], taken, scores.total[i])
		}
		out := e.procedure(&q, &draft{facts: f}, ranked{index: i, taken: taken}, 0.5)
		if last := out.Why[len(out.Why)-1]; last.Name != "contradicts_statement" || last.Value >= 0 {
			t.Errorf("%s: why ends with %v", out.Code, last)
		}
	}
}
