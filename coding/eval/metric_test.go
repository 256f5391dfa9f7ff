package eval

import (
	"context"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Four reports with one of everything: a hit, a wrong view count, a missed
// second exam, a code that no longer exists; a diagnosis left below the threshold, one never found, one on
// the wrong side beside an optional one, and one too many.
const handCorpus = `
{"id":"r1","text":"x","gold":{"cpt":[{"code":"74177"}],"icd10cm":[{"code":"R10.31"},{"code":"K35.80"}],"primary":{"indication":[{"code":"R10.31"}],"official":[{"code":"K35.80"}]},"flags":["missing_payer"]}}
{"id":"r2","text":"x","gold":{"cpt":[{"code":"71046"}],"icd10cm":[{"code":"J18.9"}],"primary":{"indication":[{"code":"R05.9"}],"official":[{"code":"J18.9"}]},"flags":["missing_laterality"],"flags_optional":["missing_payer"]}}
{"id":"r3","text":"x","gold":{"cpt":[{"code":"73110","modifiers":["RT"]},{"code":"73562","modifiers":["LT"]}],"icd10cm":[{"code":"S52.501A"},{"code":"M25.531","optional":true}]}}
{"id":"r4","text":"x","gold":{"cpt":[{"code":"74480"}],"icd10cm":[]}}
`

const handPredictions = `
{"id":"r1","cpt":[{"code":"74177","confidence":0.9,"runners_up":[{"code":"74176","confidence":0.05}]}],"icd10cm":[{"code":"K35.80","confidence":0.8},{"code":"N20.0","confidence":0.4}],
 "considered":{"icd10cm":[{"code":"K35.80","confidence":0.8},{"code":"N20.0","confidence":0.4},{"code":"R10.31","confidence":0.3}]},"retrieved":{"cpt":["74177","74176"],"icd10cm":["R10.31","K35.80","N20.0"]},
 "sequence":{"indication":["R10.31","K35.80"],"official":["K35.80","N20.0"]},"flags":["missing_payer","weak_indication"],"disposition":"auto"}
{"id":"r2","cpt":[{"code":"71045","confidence":0.6,"runners_up":[{"code":"71046","confidence":0.3}]}],"icd10cm":[],"retrieved":{"cpt":["71045","71046"],"icd10cm":[]},
 "sequence":{"indication":["J18.9","R05.9"],"official":[]},"flags":["missing_payer"],"disposition":"review"}
{"id":"r3","cpt":[{"code":"73110","confidence":0.7}],"icd10cm":[{"code":"S52.502A","confidence":0.5},{"code":"M25.531","confidence":0.6}],
 "considered":{"icd10cm":[{"code":"M25.531","confidence":0.6},{"code":"S52.502A","confidence":0.5}]},"retrieved":{"cpt":["73110"],"icd10cm":["S52.502A","M25.531"]}}
{"id":"r4","cpt":[],"icd10cm":[{"code":"R05.9","confidence":0.2}],"retrieved":{"cpt":[],"icd10cm":["R05.9"]}}
`

// handFigures are computed by hand, as numerator and denominator.
var handFigures = map[string][2]float64{
	// Hits 74177 and 73110; extra 71045; missed 71046, 73562, 74480.
	"cpt.micro.p": {2, 3}, "cpt.micro.r": {2, 5}, "cpt.micro.f1": {4, 8},
	"cpt.macro.p": {2, 5}, "cpt.macro.r": {2, 5}, "cpt.macro.f1": {2, 5},
	"cpt.macro_all.p": {2, 6}, "cpt.macro_all.r": {2, 6}, "cpt.macro_all.f1": {2, 6},
	"cpt.samples.f1": {1 + 2.0/3, 4}, "cpt.exact": {1, 4}, "cpt.jaccard": {1.5, 4},
	"cpt.top1": {2, 5}, "cpt.top3": {3, 5}, "cpt.top5": {3, 5}, "cpt.mrr": {2.5, 5},
	"cpt.retrieval.recall1": {2, 5}, "cpt.retrieval.recall5": {3, 5}, "cpt.retrieval.recall10": {3, 5}, "cpt.retrieval.recall20": {3, 5}, "cpt.retrieval.recall50": {3, 5},
	// Answers 0.9 right, 0.7 right, 0.6 wrong, each a bin of its own.
	"cpt.ece": {(0.1 + 0.3 + 0.6) / 3, 1}, "cpt.brier": {(0.01 + 0.09 + 0.36) / 3, 1}, "cpt.logloss": {(-math.Log(0.9) - math.Log(0.7) - math.Log(0.4)) / 3, 1},
	"cpt.ece_classwise": {0.1 + 0.7 + 0.3, 3}, // 74177 at 0.9, 71046 at 0.3, 73110 at 0.7, all wanted
	"cpt.aurc":          {1.0 / 9, 1},
	"cpt.coverage95":    {2.0 / 3, 1}, "cpt.coverage98": {2.0 / 3, 1}, "cpt.coverage99": {2.0 / 3, 1},
	"cpt.coverage95.certified": {0, 1}, "cpt.coverage98.certified": {0, 1}, "cpt.coverage99.certified": {0, 1},
	"cpt.credit": {2.5, 5}, "cpt.partial.views": {1, 5}, "cpt.partial.contrast": {0, 5}, "cpt.partial.side": {0, 5}, "cpt.partial.extent": {0, 5},
	"cpt.partial.intent": {0, 5}, "cpt.partial.component": {0, 5}, "cpt.partial.technique": {0, 5}, "cpt.partial.details": {0, 5},
	"cpt.lost.retrieval": {1, 5}, "cpt.lost.ranking": {1, 5}, "cpt.lost.threshold": {0, 5}, "cpt.lost.gold": {1, 5}, "cpt.lost.unknown": {0, 5},
	// The chest is right whatever the views; knee and 74480 are missed.
	"cpt.family.micro.p": {3, 3}, "cpt.family.micro.r": {3, 5}, "cpt.family.micro.f1": {6, 8},
	"cpt.family.macro.p": {3, 5}, "cpt.family.macro.r": {3, 5}, "cpt.family.macro.f1": {3, 5},
	"cpt.family.macro_all.p": {3, 5}, "cpt.family.macro_all.r": {3, 5}, "cpt.family.macro_all.f1": {3, 5},
	"cpt.family.samples.f1": {2 + 2.0/3, 4}, "cpt.family.exact": {2, 4}, "cpt.family.jaccard": {2.5, 4},
	// Hit K35.80; extra N20.0, S52.502A, R05.9; missed R10.31, J18.9, S52.501A; M25.531 is optional.
	"icd10cm.micro.p": {1, 4}, "icd10cm.micro.r": {1, 4}, "icd10cm.micro.f1": {2, 8},
	"icd10cm.macro.p": {1, 4}, "icd10cm.macro.r": {1, 4}, "icd10cm.macro.f1": {1, 4},
	"icd10cm.macro_all.p": {1, 7}, "icd10cm.macro_all.r": {1, 7}, "icd10cm.macro_all.f1": {1, 7},
	"icd10cm.samples.f1": {0.5, 4}, "icd10cm.exact": {0, 4}, "icd10cm.jaccard": {1.0 / 3, 4},
	"icd10cm.mrr":               {1 + 1.0/3, 4},
	"icd10cm.retrieval.recall1": {1, 4}, "icd10cm.retrieval.recall5": {2, 4}, "icd10cm.retrieval.recall10": {2, 4}, "icd10cm.retrieval.recall20": {2, 4}, "icd10cm.retrieval.recall50": {2, 4},
	"icd10cm.ece": {(0.2 + 0.5 + 0.4 + 0.2) / 4, 1}, "icd10cm.brier": {(0.04 + 0.25 + 0.16 + 0.04) / 4, 1},
	"icd10cm.logloss":       {(-2*math.Log(0.8) - math.Log(0.6) - math.Log(0.5)) / 4, 1},
	"icd10cm.ece_classwise": {0.2 + 0.7, 2}, // K35.80 at 0.8 and R10.31 at 0.3
	"icd10cm.aurc":          {(0 + 1.0/2 + 2.0/3 + 3.0/4) / 4, 1},
	"icd10cm.coverage95":    {0.25, 1}, "icd10cm.coverage98": {0.25, 1}, "icd10cm.coverage99": {0.25, 1},
	"icd10cm.coverage95.certified": {0, 1}, "icd10cm.coverage98.certified": {0, 1}, "icd10cm.coverage99.certified": {0, 1},
	"icd10cm.credit": {1.5, 4}, "icd10cm.partial.side": {1, 4}, "icd10cm.partial.encounter": {0, 4}, "icd10cm.partial.specificity": {0, 4}, "icd10cm.partial.category": {0, 4},
	"icd10cm.lost.retrieval": {2, 4}, "icd10cm.lost.ranking": {0, 4}, "icd10cm.lost.threshold": {1, 4}, "icd10cm.lost.gold": {0, 4}, "icd10cm.lost.unknown": {0, 4},
	"icd10cm.category.micro.p": {2, 4}, "icd10cm.category.micro.r": {2, 4}, "icd10cm.category.micro.f1": {4, 8},
	"icd10cm.category.macro.p": {2, 4}, "icd10cm.category.macro.r": {2, 4}, "icd10cm.category.macro.f1": {2, 4},
	"icd10cm.category.macro_all.p": {2, 6}, "icd10cm.category.macro_all.r": {2, 6}, "icd10cm.category.macro_all.f1": {2, 6},
	"icd10cm.category.samples.f1": {1.5, 4}, "icd10cm.category.exact": {1, 4}, "icd10cm.category.jaccard": {1 + 1.0/3, 4},
	"primary.indication.accuracy": {1, 2}, "primary.indication.listed": {2, 2}, "primary.indication.sequencing": {1, 2},
	"primary.official.accuracy": {1, 2}, "primary.official.listed": {1, 2}, "primary.official.sequencing": {1, 1},
	"flags.micro.p": {1, 2}, "flags.micro.r": {1, 2}, "flags.micro.f1": {2, 4},
	"auto.share": {1, 2}, "auto.errors": {1, 1},
}

// measured runs a corpus and predictions, both JSON lines; a line that begins
// with a space goes on.
func measured(t testing.TB, corpus, predictions string) *Run {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	join := strings.NewReplacer("\n ", " ")
	c, err := ReadCorpus("hand", exchange.ReadCorpus(strings.NewReader(join.Replace(corpus)), "hand"), lex)
	if err != nil {
		t.Fatal(err)
	}
	p, err := ReadPredictions(strings.NewReader(join.Replace(predictions)), "answers", lex)
	if err == nil {
		err = p.Check(&c)
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := Measure(context.Background(), c, p, Options{Workers: 2, Bootstrap: Bootstrap{Resamples: 50}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestMetricsByHand(t *testing.T) {
	r := measured(t, handCorpus, handPredictions)
	got := map[string]Value{}
	for _, v := range r.Values {
		got[v.Name] = v
		if _, ok := handFigures[v.Name]; !ok {
			t.Errorf("%s was not computed by hand", v.Name)
		}
	}
	for name, want := range handFigures {
		v, ok := got[name]
		if !ok {
			t.Errorf("%s is not measured", name)
			continue
		}
		if math.Abs(v.Num-want[0]) > 1e-12 || math.Abs(v.Den-want[1]) > 1e-12 {
			t.Errorf("%s = %v/%v, by hand %v/%v", name, v.Num, v.Den, want[0], want[1])
		}
	}
}

// TestMetricsSaySo wants every metric to be defined in words, under one name.
func TestMetricsSaySo(t *testing.T) {
	seen := map[string]bool{}
	for _, m := range Metrics() {
		if m.Name == "" || m.Title == "" || len(m.Doc) < 20 {
			t.Errorf("%q: no name, title or definition", m.Name)
		}
		if seen[m.Name] {
			t.Errorf("%s stands twice", m.Name)
		}
		seen[m.Name] = true
		if (m.Count == nil) == (m.Prepare == nil) {
			t.Errorf("%s: exactly one of Count and Prepare", m.Name)
		}
	}
}

// TestCountsMerge wants the figures of two halves to add up to those of the
// whole.
func TestCountsMerge(t *testing.T) {
	r := measured(t, handCorpus, handPredictions)
	for _, m := range Metrics() {
		if m.Count == nil {
			continue
		}
		num, den := m.prepare(r.Cases)(nil)
		n1, d1 := m.prepare(r.Cases[:2])(nil)
		n2, d2 := m.prepare(r.Cases[2:])(nil)
		if math.Abs(num-n1-n2) > 1e-12 || math.Abs(den-d1-d2) > 1e-12 {
			t.Errorf("%s: %v/%v is not %v/%v and %v/%v", m.Name, num, den, n1, d1, n2, d2)
		}
	}
}

// TestWeightsAreCopies wants a weight of two to be the report standing twice.
func TestWeightsAreCopies(t *testing.T) {
	r := measured(t, handCorpus, handPredictions)
	twice := append(append([]*Case{}, r.Cases...), r.Cases[0], r.Cases[2], r.Cases[2])
	for _, m := range Metrics() {
		num, den := m.prepare(r.Cases)([]float64{2, 1, 3, 1})
		n2, d2 := m.prepare(twice)([]float64{1, 1, 1, 1, 1, 1, 1})
		if strings.HasSuffix(m.Name, ".certified") {
			continue // no interval, so no weights
		}
		if math.Abs(num/den-n2/d2) > 1e-9 {
			t.Errorf("%s: %v weighted, %v with copies", m.Name, num/den, n2/d2)
		}
	}
}

func TestErrorsByHand(t *testing.T) {
	r := measured(t, handCorpus, handPredictions)
	want := map[string][]CodeError{
		"r1": {{"icd10cm", "R10.31", "", "missed", "threshold"}, {"icd10cm", "", "N20.0", "extra", ""}},
		"r2": {{"cpt", "71046", "71045", "views", "ranking"}, {"icd10cm", "J18.9", "", "missed", "retrieval"}},
		"r3": {{"cpt", "73562", "", "missed", "retrieval"}, {"icd10cm", "S52.501A", "S52.502A", "side", "retrieval"}},
		"r4": {{"cpt", "74480", "", "missed", "gold"}, {"icd10cm", "", "R05.9", "extra", ""}},
	}
	for _, c := range r.Cases {
		a, _ := json.Marshal(c.Errors)
		b, _ := json.Marshal(want[c.ID])
		if string(a) != string(b) {
			t.Errorf("%s: %s\nwant %s", c.ID, a, b)
		}
	}
}

func TestRelations(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	b := NewCodebook(lex, "2026-06-01")
	for _, c := range []struct{ system, gold, predicted, want string }{
		{lexicon.CPT, "74177", "74176", "contrast"}, {lexicon.CPT, "71046", "71045", "views"}, {lexicon.CPT, "76700", "76705", "extent"}, {lexicon.CPT, "73110", "73100", "views"}, {lexicon.CPT, "78452", "78451", "technique"},
		{lexicon.CPT, "77067", "77066", "intent"}, {lexicon.CPT, "77066", "77065", "side"}, {lexicon.CPT, "74177", "71260", "region"},
		{lexicon.CPT, "70450", "70551", "modality"}, {lexicon.CPT, "71046", "76700", "study"},
		{lexicon.ICD10CM, "M25.531", "M25.532", "side"}, {lexicon.ICD10CM, "S52.501A", "S52.501D", "encounter"}, {lexicon.ICD10CM, "R10.9", "R10.31", "category"},
		{lexicon.ICD10CM, "R05", "R05.9", "specificity"}, {lexicon.ICD10CM, "R05.9", "J18.9", ""},
	} {
		r, _ := b.Relate(c.system, c.gold, c.predicted)
		if r.Name != c.want {
			t.Errorf("%s for %s: %q, want %q", c.predicted, c.gold, r.Name, c.want)
		}
	}
}

func TestMatch(t *testing.T) {
	g := func(code string, accept ...string) exchange.GoldCode {
		return exchange.GoldCode{Code: code, Accept: accept}
	}
	opt := func(code string, accept ...string) exchange.GoldCode {
		return exchange.GoldCode{Code: code, Accept: accept, Optional: true}
	}
	for _, c := range []struct {
		name                          string
		gold                          []exchange.GoldCode
		codes                         []string
		hits, missed, extra, optional int
	}{
		{"the code that only one entry accepts stays for it", []exchange.GoldCode{g("R05.9", "R06"), g("R06.02")}, []string{"R06.02", "R05.9"}, 2, 0, 0, 0},
		{"two entries accept one code: the other code goes to the other", []exchange.GoldCode{g("A00.0", "B00.1", "C00.1"), g("D00.0", "B00.1")}, []string{"B00.1", "C00.1"}, 2, 0, 0, 0},
		{"an optional entry never takes from a required one", []exchange.GoldCode{opt("A00.0"), g("B00.0", "A00.0")}, []string{"A00.0"}, 1, 0, 0, 0},
		{"what required entries leave, optional ones take", []exchange.GoldCode{opt("A00.0"), g("B00.0", "A00.0")}, []string{"A00.0", "A00.0"}, 1, 0, 0, 1},
		{"a code takes one entry", []exchange.GoldCode{g("A00.0"), g("A00.0")}, []string{"A00.0"}, 1, 1, 0, 0},
		{"dots do not count", []exchange.GoldCode{g("A000")}, []string{"A00.0"}, 1, 0, 0, 0},
		{"nothing gold", nil, []string{"A00.0"}, 0, 0, 1, 0},
	} {
		m := Match(c.gold, c.codes)
		if len(m.Hits) != c.hits || len(m.Missed) != c.missed || len(m.Extra) != c.extra || len(m.Optional) != c.optional {
			t.Errorf("%s: %+v", c.name, m)
		}
	}
}

// failingCoder stands for a rival that cannot answer.
var failingCoder = CoderFunc(func(context.Context, nlp.Report) (Prediction, error) { return Prediction{}, context.DeadlineExceeded })

func TestCoderErrorNamesTheReport(t *testing.T) {
	c := Corpus{Name: "c.jsonl", Records: []exchange.Record{{Line: 7}}}
	_, err := Measure(context.Background(), c, failingCoder, Options{})
	if err == nil || !strings.HasPrefix(err.Error(), "c.jsonl:7: ") {
		t.Errorf("error %v", err)
	}
}
