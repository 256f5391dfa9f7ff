package eval

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// readOwn reads a corpus of the project.
func readOwn(t testing.TB, path string) Corpus {
	t.Helper()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	c, err := ReadCorpus(path, exchange.ReadCorpus(f, path), lex)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func ownEngine(t testing.TB) Coder {
	t.Helper()
	e, err := coding.New(coding.Options{Candidates: EngineCandidates, Today: "2026-06-01"})
	if err != nil {
		t.Fatal(err)
	}
	return OfEngine(e)
}

func measureDemo(t testing.TB, workers int) *Run {
	t.Helper()
	r, err := Measure(context.Background(), readOwn(t, demoCorpus), ownEngine(t), Options{Workers: workers, Bootstrap: Bootstrap{Resamples: 200}, Today: "2026-06-01"})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// folder reads all files of a run.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		out[e.Name()] = string(data)
	}
	return out
}

// TestSameBytes wants the same files from 1 worker and from several.
func TestSameBytes(t *testing.T) {
	dir := t.TempDir()
	m := Manifest{Coder: "radcode"}
	for name, workers := range map[string]int{"one": 1, "many": 8} {
		r := measureDemo(t, workers)
		r.Describe(&m)
		if err := r.Write(filepath.Join(dir, name), &m, true); err != nil {
			t.Fatal(err)
		}
	}
	one, many := folder(t, filepath.Join(dir, "one")), folder(t, filepath.Join(dir, "many"))
	if len(one) != len(Outputs()) {
		t.Errorf("%d files, want %d", len(one), len(Outputs()))
	}
	for name, data := range one {
		if data != many[name] {
			t.Errorf("%s differs", name)
		}
	}
}

// TestFilesCanBeRead opens every file with the reader of its format.
func TestFilesCanBeRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "run")
	r := measureDemo(t, 2)
	m := Manifest{Coder: "radcode"}
	r.Describe(&m)
	if err := r.Write(dir, &m, true); err != nil {
		t.Fatal(err)
	}
	for name, data := range folder(t, dir) {
		var err error
		switch filepath.Ext(name) {
		case ".json":
			err = json.Unmarshal([]byte(data), new(map[string]any))
		case ".jsonl":
			for line := range strings.Lines(data) {
				err = errors.Join(err, json.Unmarshal([]byte(line), new(map[string]any)))
			}
		case ".csv":
			_, err = csv.NewReader(strings.NewReader(data)).ReadAll()
		case ".xml":
			err = readXML(data)
		case ".trec":
			for line := range strings.Lines(data) {
				if n := len(strings.Fields(line)); n != 6 && n != 4 {
					err = errors.New("line " + line)
				}
			}
		case ".parquet":
			var f *parquet.File
			if f, err = parquet.OpenFile(strings.NewReader(data), int64(len(data))); err == nil && f.NumRows() == 0 {
				err = errors.New("no rows")
			}
		case ".html", ".md":
			if !strings.Contains(data, "radcode") {
				err = errors.New("says nothing of radcode")
			}
		default:
			err = errors.New("nothing reads it here")
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	rows, err := parquet.ReadFile[answerRow](filepath.Join(dir, "predictions.parquet"))
	if err != nil || !slices.ContainsFunc(rows, func(x answerRow) bool { return x.Outcome == outcomeHit && x.Code == x.Gold }) {
		t.Errorf("predictions.parquet: %v, %d rows", err, len(rows))
	}
}

func readXML(data string) error {
	for dec := xml.NewDecoder(strings.NewReader(data)); ; {
		if _, err := dec.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// TestPredictionsComeBack scores the answers of a run anew and wants the same
// figures.
func TestPredictionsComeBack(t *testing.T) {
	r := measureDemo(t, 2)
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := writePredictions(r, nil, &b); err != nil {
		t.Fatal(err)
	}
	p, err := ReadPredictions(&b, "predictions.jsonl", lex)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Measure(context.Background(), r.Corpus, p, Options{Bootstrap: Bootstrap{Resamples: 200}, Today: "2026-06-01"})
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	if err := errors.Join(r.WriteMetrics(&first), again.WriteMetrics(&second)); err != nil {
		t.Fatal(err)
	}
	if first.String() != second.String() {
		t.Error("the figures of a run's predictions are not those of the run")
	}
}

// TestResultsAreRead scores what radcode code writes.
func TestResultsAreRead(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	e, err := coding.New(coding.Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := readOwn(t, demoCorpus)
	var b bytes.Buffer
	for _, rec := range c.Records {
		res, err := e.Code(context.Background(), rec.Report)
		if err == nil {
			err = newLineEncoder(&b).Encode(res)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	p, err := ReadPredictions(&b, "results.jsonl", lex)
	if err == nil {
		err = p.Check(&c)
	}
	if err != nil {
		t.Fatal(err)
	}
	r, err := Measure(context.Background(), c, p, Options{Bootstrap: Bootstrap{Resamples: 1}, Today: "2026-06-01"})
	if err != nil {
		t.Fatal(err)
	}
	own := measureDemo(t, 2)
	for _, name := range []string{"cpt.exact", "icd10cm.micro.f1", "primary.indication.accuracy", "flags.micro.f1", "cpt.ece"} {
		a, _ := r.Get(name)
		b, _ := own.Get(name)
		if a.Den == 0 || a.Num != b.Num || a.Den != b.Den {
			t.Errorf("%s: %v/%v from results, %v/%v from the engine", name, a.Num, a.Den, b.Num, b.Den)
		}
	}
}

func TestWriteLeavesOthersAlone(t *testing.T) {
	r := measured(t, handCorpus, handPredictions)
	dir := t.TempDir()
	foreign := filepath.Join(dir, "mine")
	if err := errors.Join(os.Mkdir(foreign, 0o755), os.WriteFile(filepath.Join(foreign, "notes.txt"), []byte("x"), 0o644)); err != nil {
		t.Fatal(err)
	}
	if err := r.Write(foreign, &Manifest{}, false); err == nil || !strings.Contains(err.Error(), "not made by an earlier run") {
		t.Errorf("a folder with other files: %v", err)
	}
	run := filepath.Join(dir, "a", "run")
	for range 2 { // the second replaces the first
		if err := r.Write(run, &Manifest{}, false); err != nil {
			t.Fatal(err)
		}
	}
	if files := folder(t, run); len(files) != len(Outputs())-2 {
		t.Errorf("%d files without Parquet", len(files))
	}
	entries, err := os.ReadDir(filepath.Join(dir, "a"))
	if err != nil || len(entries) != 1 {
		t.Errorf("something is left beside the run: %v %v", entries, err)
	}
}

// TestHalfWrittenIsNothing breaks the writing in the middle.
func TestHalfWrittenIsNothing(t *testing.T) {
	r := measured(t, handCorpus, handPredictions)
	dir := t.TempDir()
	broken := slices.Clone(outputs)
	broken[5].write = func(*Run, *Manifest, io.Writer) error { return errors.New("disk full") }
	err := r.writeAllTo(filepath.Join(dir, "run"), &Manifest{}, broken)
	if err == nil || !strings.Contains(err.Error(), "disk full") {
		t.Errorf("error %v", err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}

func TestHumans(t *testing.T) {
	const corpus = `
{"id":"a","text":"x","gold":{"icd10cm":[{"code":"R05.9","icd9cm":"786.2"},{"code":"J18.9","icd9cm":"486"}]},"coders_icd9cm":{"ann":["786.2","486"],"bob":["786.2","780.6"]}}
{"id":"b","text":"x","gold":{"icd10cm":[{"code":"R50.9","icd9cm":"780.6"}]},"coders_icd9cm":{"ann":[],"bob":["780.6"]}}
`
	r := measured(t, corpus, `{"id":"a","icd10cm":[]}`+"\n"+`{"id":"b","icd10cm":[]}`)
	want := []Human{{"ann", "icd10cm.micro.f1", Tally{Hit: 2, Missed: 1}}, {"bob", "icd10cm.micro.f1", Tally{Hit: 2, Extra: 1, Missed: 1}}}
	if !slices.Equal(r.Humans, want) {
		t.Errorf("%+v\nwant %+v", r.Humans, want)
	}
}

func TestSlices(t *testing.T) {
	r := measured(t, handCorpus, handPredictions)
	parts := map[string][]string{}
	for _, s := range r.Slices {
		if !slices.Contains(parts[s.Slice], s.Part) {
			parts[s.Slice] = append(parts[s.Slice], s.Part)
		}
	}
	for slice, want := range map[string]string{
		"modality": "ct,none,xr", "region": "abdomen,chest,lower_extremity,none,upper_extremity", "gold size": "1,2,3",
	} {
		if got := strings.Join(parts[slice], ","); got != want {
			t.Errorf("%s: %s, want %s", slice, got, want)
		}
	}
	for _, c := range []struct{ text, want string }{
		{"", "name only"}, {"INDICATION: pain", "capital headings"}, {"Findings: none.\nImpression: none.", "mixed-case headings"}, {"The lungs are clear.", "no headings"},
	} {
		if got := styleOf(c.text); got != c.want {
			t.Errorf("style of %q: %s, want %s", c.text, got, c.want)
		}
	}
}

// TestBiasIsTakenOff simulates overconfident answers, whose calibration error is
// known, and counts how often its interval holds the truth, with the bias of the
// resamples taken off and without.
func TestBiasIsTakenOff(t *testing.T) {
	if testing.Short() {
		t.Skip("simulates 200 corpora")
	}
	const corpora, reports, truth = 200, 600, 0.1
	held, plain := 0, 0
	for n := range corpora {
		rng := rand.New(rand.NewPCG(7, uint64(n)))
		var answers []Scored
		for i := range reports {
			p := 0.3 + 0.6*rng.Float64()
			answers = append(answers, Scored{p, rng.Float64() < p-truth, i})
		}
		r := Rank(answers)
		values := Bootstrap{Seed: uint64(n + 1), Resamples: 200}.values(reports, nil, 1, func(w, out []float64) { out[0] = r.ECE(calibrationBins, w) }, 2)
		in := quantiles(values[0], reports, 0.95)
		shifted := in.shifted(r.ECE(calibrationBins, nil) - mean(values[0]))
		held += int(boolean(shifted.Low <= truth && truth <= shifted.High))
		plain += int(boolean(in.Low <= truth && truth <= in.High))
	}
	t.Logf("the interval of the calibration error holds the truth in %d of %d corpora, %d with the bias left in", held, corpora, plain)
	if held < 180 || held <= plain {
		t.Errorf("held %d of %d, %d with the bias left in", held, corpora, plain)
	}
}
