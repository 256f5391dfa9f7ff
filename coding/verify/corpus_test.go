package verify_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/coding/verify"
	"github.com/radcode/radcode/nlp"
)

const today = "2026-11-20"

var engine = sync.OnceValues(func() (*coding.Engine, error) { return coding.New(coding.Options{Today: today}) })

var verifier = sync.OnceValues(func() (*verify.Verifier, error) { return verify.New(verify.Options{Today: today}) })

// own are the reports of the repository: the golden ones and the demo corpus.
func own(t testing.TB) []nlp.Report {
	t.Helper()
	paths, err := filepath.Glob("../../testdata/reports/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no reports found: %v", err)
	}
	var out []nlp.Report
	for _, p := range paths {
		a, err := txtar.ParseFile(p)
		if err != nil {
			t.Fatal(err)
		}
		r := nlp.Report{ID: strings.TrimSuffix(filepath.Base(p), ".txtar")}
		for _, f := range a.Files {
			switch f.Name {
			case "report":
				r.Text = string(f.Data)
			case "exam":
				r.Exam = strings.TrimSpace(string(f.Data))
			case "meta":
				if err := json.Unmarshal(f.Data, &r.Meta); err != nil {
					t.Fatal(err)
				}
			}
		}
		out = append(out, r)
	}
	return append(out, corpus(t, "../../testdata/corpora/demo.jsonl")...)
}

func corpus(t testing.TB, path string) []nlp.Report {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Skipf("needs the development corpora beside the checkout: %v", err)
	}
	defer f.Close()
	var out []nlp.Report
	for r, err := range exchange.ReadCorpus(f, filepath.Base(path)) {
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r.Report)
	}
	return out
}

// accepted codes reports and asks that the verifier finds nothing wrong.
func accepted(t *testing.T, reports []nlp.Report) {
	t.Helper()
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	v, err := verifier()
	if err != nil {
		t.Fatal(err)
	}
	acceptedBy(t, e, v, reports)
}

func acceptedBy(t *testing.T, e *coding.Engine, v *verify.Verifier, reports []nlp.Report) {
	t.Helper()
	for _, r := range reports {
		res, err := e.Code(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.Marshal(res)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range v.VerifyJSON(r, data) {
			t.Errorf("%s: %s: %s: %s%s", r.ID, f.Check, f.Path, f.Message, quoteAt(r, &res, f.Path))
		}
	}
}

func TestOwnReportsAreAccepted(t *testing.T) { accepted(t, own(t)) }

// TestDevelopmentCorporaAreAccepted takes every report of two corpora and each
// tenth of the largest.
func TestDevelopmentCorporaAreAccepted(t *testing.T) {
	for _, c := range []struct {
		name  string
		every int
	}{{"reports-dev", 1}, {"cmc2007-dev", 1}, {"openi-dev", 10}} {
		t.Run(c.name, func(t *testing.T) {
			var sample []nlp.Report
			for i, r := range corpus(t, "../../../shared/corpora/"+c.name+".jsonl") {
				if i%c.every == 0 {
					sample = append(sample, r)
				}
			}
			accepted(t, sample)
		})
	}
}

// TestOmittedCausesAreAccepted: causes of injuries that a payer does not want stand on no claim, and are asked for
// on all others.
func TestOmittedCausesAreAccepted(t *testing.T) {
	e, err := coding.New(coding.Options{Today: today, OmitExternalCauses: true})
	if err != nil {
		t.Fatal(err)
	}
	v, err := verify.New(verify.Options{Today: today, OmitExternalCauses: true})
	if err != nil {
		t.Fatal(err)
	}
	acceptedBy(t, e, v, own(t))
}
