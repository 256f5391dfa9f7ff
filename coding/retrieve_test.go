package coding_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// fakeRetriever proposes the same codes for every phrase.
type fakeRetriever struct {
	codes []coding.Retrieved
	calls *atomic.Int32
	dates *sync.Map
}

func newFake(codes ...coding.Retrieved) fakeRetriever {
	return fakeRetriever{codes, &atomic.Int32{}, &sync.Map{}}
}

func (f fakeRetriever) Retrieve(_ context.Context, _, date string) ([]coding.Retrieved, error) {
	f.calls.Add(1)
	f.dates.Store(date, true)
	return f.codes, nil
}

func (f fakeRetriever) open() (coding.Retriever, error) { return f, nil }

func retrieving(t testing.TB, open func() (coding.Retriever, error)) *coding.Engine {
	t.Helper()
	e, err := coding.New(coding.Options{Retriever: open})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func codeText(t testing.TB, e *coding.Engine, text string) coding.Result {
	t.Helper()
	res, err := e.Code(context.Background(), nlp.Report{Exam: "CT neck without contrast", Text: text, Meta: nlp.Meta{DateOfService: "2026-01-05"}})
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// retrievedCodes lists "code role" of the diagnoses that were retrieved.
func retrievedCodes(res coding.Result) []string {
	var out []string
	for _, d := range res.Diagnoses {
		if slices.ContainsFunc(d.Why, func(f coding.Feature) bool { return f.Name == "retrieved" }) {
			out = append(out, d.Code+" "+string(d.Role))
		}
	}
	return out
}

// TestRetrieve asks the index over the real descriptors.
func TestRetrieve(t *testing.T) {
	codes := slices.DeleteFunc(descriptors(t), func(c index.Code) bool { return c.System != lexicon.ICD10CM })
	ix, err := index.Open(t.TempDir(), codes)
	if err != nil {
		t.Fatal(err)
	}
	defer ix.Close()
	e := retrieving(t, func() (coding.Retriever, error) { return coding.IndexRetriever(ix), nil })
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"other order", "INDICATION: Hemorrhage of thyroid.", []string{"E07.89 indication"}},
		{"plural and article", "INDICATION: 40-year-old with hemorrhages of the thyroid.", []string{"E07.89 indication"}},
		{"negated", "INDICATION: No fever, hemorrhage of thyroid, or cough.", nil},
		{"to be ruled out", "INDICATION: Rule out hemorrhage of thyroid.", nil},
		{"possible", "INDICATION: Possible hemorrhage of thyroid.", nil},
		{"a relative's", "INDICATION: Family history of hemorrhage of thyroid.", nil},
		{"the lexicon has a reason", "INDICATION: Cough. Hemorrhage of thyroid.", nil},
		{"a word too many", "INDICATION: Hemorrhage of thyroid biopsy.", nil},
		{"a known word alone says too little", "INDICATION: Infection.", nil},
		{"a device is no reason", "INDICATION: Wheelchair.", nil},
		{"another section", "COMPARISON: Hemorrhage of thyroid.", nil},
		{"nothing", "INDICATION: None given.", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			res := codeText(t, e, c.text+"\nIMPRESSION: Normal examination.")
			if d := cmp.Diff(c.want, retrievedCodes(res)); d != "" {
				t.Errorf("retrieved (-want +got):\n%s", d)
			}
			if len(c.want) > 0 && res.Disposition == coding.Auto {
				t.Error("billed without a look")
			}
		})
	}
}

// TestRetrieveEvidence: a retrieved code points at its words and is unsure of
// itself.
func TestRetrieveEvidence(t *testing.T) {
	f := newFake(coding.Retrieved{Code: "A67.9", Title: "Pinta, unspecified"})
	text := "INDICATION: 40-year-old with pinta."
	res := codeText(t, retrieving(t, f.open), text)
	if len(res.Diagnoses) != 1 {
		t.Fatalf("%d diagnoses", len(res.Diagnoses))
	}
	d := res.Diagnoses[0]
	if got := text[d.Evidence[0].Start:d.Evidence[0].End]; got != "pinta" || d.Code != "A67.9" || d.Confidence > 0.3 {
		t.Errorf("%s for %q with %v", d.Code, got, d.Confidence)
	}
	if _, ok := f.dates.Load("2026-01-05"); !ok {
		t.Error("the date of service was not passed on")
	}
}

func TestRetrieveWantsOneCode(t *testing.T) {
	f := newFake(coding.Retrieved{Code: "A67.8", Title: "Pinta"}, coding.Retrieved{Code: "A67.9", Title: "Pinta, unspecified"})
	if got := retrievedCodes(codeText(t, retrieving(t, f.open), "INDICATION: Pinta.")); got != nil {
		t.Errorf("%v of two equals", got)
	}
}

// TestRetrieveIsLazyAndCached: nothing is opened for reports that need nothing,
// and a phrase is asked for once.
func TestRetrieveIsLazyAndCached(t *testing.T) {
	f := newFake(coding.Retrieved{Code: "A67.9", Title: "Pinta"})
	opened := 0
	e := retrieving(t, func() (coding.Retriever, error) { opened++; return f, nil })
	codeText(t, e, "INDICATION: Cough.\nIMPRESSION: Pneumonia.")
	codeText(t, e, "FINDINGS: Normal.")
	if opened != 0 {
		t.Error("opened without need")
	}
	first, err := json.Marshal(codeText(t, e, "INDICATION: Pinta."))
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			again, err := json.Marshal(codeText(t, e, "INDICATION: Pinta."))
			if err != nil || string(again) != string(first) {
				t.Errorf("another answer: %v\n%s\n%s", err, first, again)
			}
		})
	}
	wg.Wait()
	if opened != 1 || f.calls.Load() != 1 {
		t.Errorf("opened %d times, asked %d times, want 1 and 1", opened, f.calls.Load())
	}
}

// TestRetrieverThatFails: the engine goes on alone.
func TestRetrieverThatFails(t *testing.T) {
	broken := retrieving(t, func() (coding.Retriever, error) { return nil, errors.New("no disk") })
	alone := retrieving(t, nil)
	const text = "INDICATION: Pinta.\nIMPRESSION: Pneumonia."
	if d := cmp.Diff(codeText(t, alone, text), codeText(t, broken, text)); d != "" {
		t.Errorf("results differ (-alone +broken):\n%s", d)
	}
}
