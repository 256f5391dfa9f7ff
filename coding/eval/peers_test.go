package eval

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// peersRun measures the corpus that scikit-learn and trec_eval have measured,
// see testdata/peers/make.py.
func peersRun(t *testing.T) *Run {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	corpus, err := os.Open("testdata/peers/corpus.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer corpus.Close()
	c, err := ReadCorpus("corpus.jsonl", exchange.ReadCorpus(corpus, "corpus.jsonl"), lex)
	if err != nil {
		t.Fatal(err)
	}
	answers, err := os.Open("testdata/peers/predictions.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer answers.Close()
	p, err := ReadPredictions(answers, "predictions.jsonl", lex)
	if err != nil {
		t.Fatal(err)
	}
	r, err := Measure(context.Background(), c, p, Options{Bootstrap: Bootstrap{Resamples: 1}})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func readFixture(t *testing.T, name string, into any) {
	t.Helper()
	data, err := os.ReadFile("testdata/peers/" + name)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil {
		t.Fatal(err)
	}
}

const agree = 1e-9

// TestScikitLearn compares with classification_report, accuracy_score,
// jaccard_score, brier_score_loss and log_loss.
func TestScikitLearn(t *testing.T) {
	r := peersRun(t)
	var want map[string]map[string]json.RawMessage
	readFixture(t, "sklearn.json", &want)
	type scores struct {
		Precision float64 `json:"precision"`
		Recall    float64 `json:"recall"`
		F1        float64 `json:"f1-score"`
		Support   float64 `json:"support"`
	}
	compared := 0
	for _, system := range []string{"cpt", "icd10cm"} {
		check := func(what string, got, want float64) {
			compared++
			if math.Abs(got-want) > agree {
				t.Errorf("%s %s: %v, scikit-learn says %v", system, what, got, want)
			}
		}
		table := func(row string) (s scores) {
			if err := json.Unmarshal(want[system][row], &s); err != nil {
				t.Fatalf("%s %s: %v", system, row, err)
			}
			return s
		}
		single := func(row string) (x float64) {
			if err := json.Unmarshal(want[system][row], &x); err != nil {
				t.Fatalf("%s %s: %v", system, row, err)
			}
			return x
		}
		value := func(name string) float64 {
			v, ok := r.Get(system + "." + name)
			if !ok {
				t.Fatalf("%s.%s is not measured", system, name)
			}
			return v.Value()
		}
		for _, l := range r.Labels(system) {
			s := table(l.Code)
			check(l.Code+" precision", l.Precision, s.Precision)
			check(l.Code+" recall", l.Recall, s.Recall)
			check(l.Code+" F1", l.F1, s.F1)
			check(l.Code+" support", float64(l.Support), s.Support)
		}
		for _, x := range []struct{ row, name string }{{"micro avg", "micro"}, {"macro avg", "macro_all"}} {
			s := table(x.row)
			check(x.row+" precision", value(x.name+".p"), s.Precision)
			check(x.row+" recall", value(x.name+".r"), s.Recall)
			check(x.row+" F1", value(x.name+".f1"), s.F1)
		}
		check("samples F1", value("samples.f1"), single("samples_f1"))
		check("exact match", value("exact"), single("exact"))
		check("Jaccard", value("jaccard"), single("jaccard"))
		check("Brier", value("brier"), single("brier"))
		check("log loss", value("logloss"), single("logloss"))
	}
	if compared < 500 {
		t.Errorf("only %d figures compared", compared)
	}
}

// TestTREC compares every query with trec_eval, and the means where a query has
// one gold code, as there the definitions are the same.
func TestTREC(t *testing.T) {
	r := peersRun(t)
	for name, write := range map[string]func(*Run, *Manifest, *bytes.Buffer) error{
		"run.trec":   func(r *Run, m *Manifest, b *bytes.Buffer) error { return writeTRECRun(r, m, b) },
		"qrels.trec": func(r *Run, m *Manifest, b *bytes.Buffer) error { return writeQrels(r, m, b) },
	} {
		var b bytes.Buffer
		want, err := os.ReadFile("testdata/peers/" + name)
		if err == nil {
			err = write(r, nil, &b)
		}
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(b.Bytes(), want) {
			t.Fatalf("%s is no longer what trec_eval has seen: run make.py again", name)
		}
	}
	var want map[string]map[string]float64
	readFixture(t, "trec.json", &want)
	var single, reciprocal, first float64
	for _, c := range r.Cases {
		for _, task := range trecSystems {
			o := c.outcomes[task]
			trec := want[tasks[task].name+":"+c.ID]
			if len(o.Gold) == 0 {
				continue // trec_eval knows no query without relevant documents
			}
			ranking := merge(tasks[task].rankings(&c.Prediction))
			ranks := []int{}
			for _, g := range o.Gold {
				ranks = append(ranks, slices.Index(ranking, g.Code)+1)
			}
			within := func(k int) (n float64) {
				for _, rank := range ranks {
					n += boolean(rank > 0 && rank <= k)
				}
				return n
			}
			for _, x := range []struct {
				measure string
				got     float64
			}{
				{"recall_1", within(1) / float64(len(ranks))}, {"recall_3", within(3) / float64(len(ranks))}, {"recall_5", within(5) / float64(len(ranks))}, {"recall_10", within(10) / float64(len(ranks))},
				{"success_1", boolean(within(1) > 0)}, {"success_3", boolean(within(3) > 0)}, {"success_5", boolean(within(5) > 0)},
			} {
				if math.Abs(x.got-trec[x.measure]) > agree {
					t.Errorf("%s %s: %s is %v, trec_eval says %v", tasks[task].name, c.ID, x.measure, x.got, trec[x.measure])
				}
			}
			if task == taskCPT && len(o.Gold) == 1 {
				single++
				reciprocal += trec["recip_rank"]
				first += trec["success_1"]
			}
		}
	}
	r.Cases = slices.DeleteFunc(r.Cases, func(c *Case) bool { return len(c.outcomes[taskCPT].Gold) != 1 })
	for name, sum := range map[string]float64{"cpt.mrr": reciprocal, "cpt.top1": first} {
		i := slices.IndexFunc(metrics, func(m Metric) bool { return m.Name == name })
		num, den := metrics[i].prepare(r.Cases)(nil)
		if den != single || math.Abs(num-sum) > agree {
			t.Errorf("%s: %v/%v, trec_eval says %v/%v", name, num, den, sum, single)
		}
	}
	if single < 40 {
		t.Errorf("only %v queries with one gold code", single)
	}
}

func TestReadCorpusFaults(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ name, corpus, want string }{
		{"gold without id", `{"text":"x","gold":{"cpt":[{"code":"71046"}]}}`, "c:1: gold without an id"},
		{"two reports of one id", "{\"id\":\"a\",\"text\":\"x\",\"gold\":{\"cpt\":[]}}\n\n{\"id\":\"a\",\"text\":\"y\",\"gold\":{\"cpt\":[]}}", `c:3: id "a" stands already in line 1, with another report or other gold`},
		{"no such procedure", `{"id":"a","gold":{"cpt":[{"code":"7104"}]}}`, `c:1: gold.cpt: "7104" is no such code`},
		{"no such diagnosis", `{"id":"a","gold":{"icd10cm":[{"code":"786.2"}]}}`, `c:1: gold.icd10cm: "786.2" is no such code`},
		{"no such first-listed diagnosis", `{"id":"a","gold":{"primary":{"official":[{"code":"X00"},{"code":"R5"}]}}}`, `c:1: gold.primary.official: "R5" is no such code`},
		{"nothing", "", "c: no reports"},
		{"nothing to score", `{"id":"a","text":"x","gold":{"mesh":[]}}`, "c: no report has gold codes, first-listed diagnoses, flags or findings to score"},
		{"not JSON", `{"id":`, "c:1: not JSON"},
	} {
		_, err := ReadCorpus("c", exchange.ReadCorpus(strings.NewReader(c.corpus), "c"), lex)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
	twice := `{"id":"a","exam":"x","gold":{"cpt":[{"code":"71046"}]}}` + "\n"
	c, err := ReadCorpus("c", exchange.ReadCorpus(strings.NewReader(twice+twice), "c"), lex)
	if err != nil || c.Repeated != 1 || len(c.Records) != 2 {
		t.Errorf("a line that stands twice: %v, %d repeated", err, c.Repeated)
	}
}

func TestReadPredictionsFaults(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	corpus := Corpus{Name: "c", Records: []exchange.Record{{Line: 1, Gold: &exchange.Gold{}}}}
	corpus.Records[0].ID = "a"
	for _, c := range []struct{ name, lines, want string }{
		{"another report", "{\"id\":\"a\",\"cpt\":[]}\n{\"id\":\"b\",\"cpt\":[]}", `p:2: "b" is not in c`},
		{"a report too few", `{"id":"b","cpt":[]}`, `p: no prediction for "a" (c:1)`},
		{"twice", "{\"id\":\"a\",\"cpt\":[]}\n{\"id\":\"a\",\"cpt\":[]}", `p:2: id "a" stands already in line 1`},
		{"no id", `{"cpt":[]}`, "p:1: a prediction without an id"},
		{"no code", `{"id":"a","cpt":["71046","x"]}`, `p:1: cpt: "x" is no such code`},
		{"nothing predicted", `{"id":"a","answer":7}`, `p:1: none of "cpt", "icd10cm", "flags" and "findings" is predicted`},
		{"empty", "", "p: no predictions"},
		{"not JSON", `oops`, "p:1: "},
	} {
		p, err := ReadPredictions(strings.NewReader(c.lines), "p", lex)
		if err == nil {
			err = p.Check(&corpus)
		}
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %s", c.name, err, c.want)
		}
	}
}
