package coding

import (
	"maps"
	"math"
	"slices"
	"sort"
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

// plainRank scores one code after the other, without anything that is kept from
// earlier questions.
func plainRank(e *Engine, f *Facts, date string, n int) []ranked {
	q := e.question(f)
	scores := make([]float64, len(e.lex.Procedures))
	for i := range e.lex.Procedures {
		p := &e.lex.Procedures[i]
		if !p.InForce(date) {
			scores[i] = math.Inf(-1)
			continue
		}
		scores[i] = e.ranker.prior[i] + e.wordScore(f, i)
		for k := range comparisons {
			scores[i] += e.axisScore(comparisons[k].compare(e, nil, &q, p), i, f.Narrated)
		}
	}
	taken := e.obeyStatements(scores, best(scores, max(n, rankedKept)), f)
	var all []ranked
	peak, sum := math.Inf(-1), 0.0
	for i, score := range scores {
		if !math.IsInf(score, -1) {
			peak = max(peak, score)
			all = append(all, ranked{index: i, score: score, learned: e.wordScore(f, i), taken: taken[i]})
		}
	}
	for _, r := range all {
		if r.score > peak-negligible {
			sum += math.Exp(r.score - peak)
		}
	}
	for i := range all {
		all[i].probability = math.Exp(all[i].score-peak) / sum
	}
	sort.SliceStable(all, func(i, j int) bool { return all[i].score > all[j].score })
	return all[:min(n, len(all))]
}

// The ranking that remembers sums is the plain one, to the last bit, whatever
// was asked before.
func TestRankIsPlain(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	titles := []string{
		"", "CT HEAD", "XR KNEE 3 VIEWS LT", "XR KNEE 30 VIEWS", "CT ABD PELVIS W/O", "MR BRAIN AND ORBITS W/WO", "US ABD LIMITED COMPLETE DOPPLER",
		"XR SPINE 2-3 V", "MAMMO BILAT SCREEN TOMO CAD", "NM BONE SCAN WHOLE BODY SPECT 3 PHASE", "CTA CHEST ABD PELVIS", "QQZZ", "XR CHEST 2 V", "PET CT",
		"IR BIOPSY LIVER CT GUIDED", "US OB > 14 WKS TWINS", "CT HEAD", "XR HAND BOTH 4+ VIEWS",
	}
	for _, date := range []string{"2025-12-01", "2026-06-01"} {
		for _, title := range titles {
			for _, narrated := range []bool{false, true} {
				f := e.factsOfTitle(title, "")
				if f.Narrated = narrated; narrated {
					f.Words = nil
				}
				if got, want := e.rank(&f, date, 50), plainRank(e, &f, date, 50); !slices.Equal(got, want) {
					t.Errorf("%q on %s, narrated %v: got %v, want %v", title, date, narrated, got[:3], want[:3])
				}
			}
		}
	}
}

// Codes of one kind compare alike with any question: a part prints all that a
// comparison reads.
func TestComparisonParts(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, title := range []string{"", "XR HIP 2 VIEWS WITH PELVIS RT", "CTA HEAD NECK W/WO 3D", "US DUPLEX RENAL LIMITED BILAT", "MR LOWER EXTREMITY JOINT WO PEDIATRIC"} {
		f := e.factsOfTitle(title, "")
		q := e.question(&f)
		for n, c := range comparisons {
			for i, kind := range e.ranker.layout.kindOf[n] {
				same := e.ranker.layout.kinds[n][kind]
				if !slices.Equal(c.compare(e, nil, &q, &e.lex.Procedures[i]), c.compare(e, nil, &q, &e.lex.Procedures[same])) {
					t.Errorf("%s: %s and %s differ about %q", c.Name, e.lex.Procedures[i].Code, e.lex.Procedures[same].Code, title)
				}
			}
		}
	}
}

// Each kind of learned weight moves the codes that it names, and no others.
func TestLearnedWeights(t *testing.T) {
	for _, c := range []struct {
		weight, title string
		moved         []string
		still         []string
	}{
		{"code:70450", "CT HEAD", []string{"70450"}, []string{"70460"}},
		{"word:head|70450", "CT HEAD", []string{"70450"}, []string{"70460"}},
		{"word:neck|70450", "CT HEAD", nil, []string{"70450"}},
		{"fact:modality:ct|70450", "CT HEAD", []string{"70450"}, []string{"70460"}},
		{"fact:views:0-0|70450", "CT HEAD", []string{"70450"}, []string{"70460"}},
		{"fact:views:3-3|73562", "XR KNEE 3 VIEWS", []string{"73562"}, []string{"73560"}},
		{"fact:side:bilateral|73562", "XR KNEE 3 VIEWS RT", nil, []string{"73562"}},
		{"value:region:head|contrast:with", "CT HEAD", []string{"70460"}, []string{"70450"}},
		{"value:contrast:with|contrast:with", "CT HEAD", nil, []string{"70460"}},
		{"contrast:silent_with@ct", "CT HEAD", []string{"70460"}, []string{"70450", "70552"}},
		{"contrast:silent_with@704", "CT HEAD", []string{"70460"}, []string{"71260"}},
		{"contrast:silent_with", "CT HEAD", []string{"70460", "71260", "70552"}, []string{"70450"}},
	} {
		known := models.Weights{} // a code without any weight counts as new
		for _, code := range slices.Concat(c.moved, c.still) {
			known["code:"+code] = 1
		}
		more := maps.Clone(known)
		more[c.weight] += 2
		before, after := scoresWith(t, known, c.title), scoresWith(t, more, c.title)
		for _, code := range c.moved {
			if after[code]-before[code] != 2 {
				t.Errorf("%s moves %s by %v", c.weight, code, after[code]-before[code])
			}
		}
		for _, code := range c.still {
			if after[code] != before[code] {
				t.Errorf("%s moves %s", c.weight, code)
			}
		}
	}
}

func scoresWith(t *testing.T, w models.Weights, title string) map[string]float64 {
	e, err := New(Options{Weights: w})
	if err != nil {
		t.Fatal(err)
	}
	f := e.factsOfTitle(title, "")
	out := map[string]float64{}
	for i, v := range e.scores(&f, "2025-12-01").total {
		out[e.lex.Procedures[i].Code] = v
	}
	return out
}

// Statements of running text have no learned weights.
func TestSpeakingOfNarratedFacts(t *testing.T) {
	e, err := New(Options{Weights: models.Weights{"fact:modality:ct|70450": 2}})
	if err != nil {
		t.Fatal(err)
	}
	f := e.factsOfTitle("CT HEAD", "")
	f.Words, f.Narrated = nil, true
	e.ranker.speaking(&f, func(weights []codeWeight) { t.Errorf("spoke: %v", weights) })
}

func TestComparisonsAreDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range comparisons {
		if c.Name == "" || c.Doc == "" || seen[c.Name] {
			t.Errorf("comparison %q: doc %q, name seen before: %v", c.Name, c.Doc, seen[c.Name])
		}
		seen[c.Name] = true
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
		for class := range r.axis {
			if got := r.axis[class][e.features.ids[name]]; got != want {
				t.Fatalf("weight of %s is %v, want %v", name, got, want)
			}
		}
	}
}
