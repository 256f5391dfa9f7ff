package verify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// Options say against what a result is checked. The zero value works: the
// embedded tables, and no imported release.
type Options struct {
	Lexicon     *lexicon.Lexicon // nil: the embedded one
	Calibration models.Weights   // that the result was made with; nil: the embedded one
	Today       string           // date of service of reports without one, YYYY-MM-DD; "" = the newest release known
	Codesets    []coding.Codeset // code sets that a result may name; nil: they are not compared

	Profile  *coding.Profile      // of the payer of all reports; nil: the built-in one that the payer in the metadata chooses
	Payments *index.PaymentTables // tables of payment that the claims were checked with; nil: none

	// OmitExternalCauses says that causes of injuries were left off the claims.
	OmitExternalCauses bool

	// Release returns the imported release of ICD-10-CM in force on a date of service,
	// nil when there is none: diagnoses must be billable in it. nil: the lexicon's tables alone.
	Release func(date string) *index.Release
}

// newestDate is the date of service of a report without one when the caller
// names no day.
const newestDate = "2026-10-01"

// Verifier checks results. It is immutable and safe for concurrent use.
type Verifier struct {
	options Options
	lex     *lexicon.Lexicon
	terms   *terms
	tables  tables

	profiles []coding.Profile // in the order in which a payer's name is looked for
}

// New builds a verifier; the error is of the embedded tables.
func New(o Options) (*Verifier, error) {
	var err error
	if o.Lexicon == nil {
		if o.Lexicon, err = lexicon.Default(); err != nil {
			return nil, fmt.Errorf("verify: %w", err)
		}
	}
	if o.Calibration == nil {
		if o.Calibration, err = models.LoadWeights("calibration"); err != nil {
			return nil, fmt.Errorf("verify: %w", err)
		}
	}
	if o.Today == "" {
		o.Today = newestDate
	}
	profiles, err := coding.Profiles()
	if err != nil {
		return nil, fmt.Errorf("verify: %w", err)
	}
	return &Verifier{options: o, lex: o.Lexicon, terms: newTerms(o.Lexicon), tables: newTables(o.Lexicon), profiles: profiles}, nil
}

// Failure is one thing that a check found wrong. Path names the place in the
// result ("diagnoses[1].evidence[0]"); the message never quotes the report.
type Failure struct {
	Check   string `json:"check"`
	Path    string `json:"path"`
	Message string `json:"message"`
}

// Verify runs all checks in order and returns what is wrong, nil when nothing
// is. Any result and any text can be given: a check that would need what another one missed says nothing.
func (v *Verifier) Verify(report nlp.Report, result *coding.Result) []Failure {
	s := newSubject(v, report, result)
	for _, c := range checks {
		s.check = c.ID
		c.Check(s)
		if c.Guards && len(s.failures) > 0 {
			break // what follows would read outside of the text
		}
	}
	return s.failures
}

// VerifyJSON does the same for a result as it was written: one JSON object with the keys of
// coding.Result and no others. What is no such object fails the check json.
func (v *Verifier) VerifyJSON(report nlp.Report, data []byte) []Failure {
	result, failures := decode(data)
	if failures != nil {
		return failures
	}
	return v.Verify(report, &result)
}

// decode reads a result strictly.
func decode(data []byte) (coding.Result, []Failure) {
	fail := func(path string, err error) []Failure { return []Failure{{shapeCheck, path, err.Error()}} }
	var r coding.Result
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&r); err != nil {
		return r, fail("", fmt.Errorf("no result: %w", plain(err)))
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return r, fail("", errors.New("more stands behind the result"))
	}
	again, err := json.Marshal(r)
	if err != nil {
		return r, fail("", err)
	}
	var was, is any
	if json.Unmarshal(data, &was) != nil || json.Unmarshal(again, &is) != nil {
		return r, fail("", errors.New("no JSON"))
	}
	if path := difference("", was, is); path != "" {
		return r, fail(path, errors.New("a key is missing, stands twice, or is null"))
	}
	return r, nil
}

// plain keeps the words of a value out of the message: a decoder quotes keys, which are ours
// or a stranger's, but never text of the report.
func plain(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) {
		return fmt.Errorf("%s is no %s", kind.Field, kind.Type)
	}
	return err
}

// difference returns the path of the first place where two decoded values
// differ, "" when they are the same.
func difference(path string, a, b any) string {
	switch x := a.(type) {
	case nil:
		return path + " (null)"
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok {
			return path + "."
		}
		for _, k := range sortedKeys(x, y) {
			_, inX := x[k]
			_, inY := y[k]
			if !inX || !inY {
				return path + "." + k
			}
			if d := difference(path+"."+k, x[k], y[k]); d != "" {
				return d
			}
		}
		return ""
	case []any:
		y, ok := b.([]any)
		if !ok || len(x) != len(y) {
			return path
		}
		for i := range x {
			if d := difference(fmt.Sprintf("%s[%d]", path, i), x[i], y[i]); d != "" {
				return d
			}
		}
		return ""
	}
	if !reflect.DeepEqual(a, b) {
		return path
	}
	return ""
}
