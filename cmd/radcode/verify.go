package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/verify"
	"github.com/radcode/radcode/nlp"
)

type verifyFlags struct {
	date, models, payer string
	asJSON, list        bool
}

func newVerify(a *app) *cobra.Command {
	var f verifyFlags
	c := &cobra.Command{
		Long: `Check results against the reports that they are about, with code that shares nothing
with the engine: does every place say what it is said to say, does every code exist on the
date of service, do claims, flags and confidences agree. RESULTS holds what code --format
json or jsonl printed; the reports are files, folders or corpora, and belong to a result by their
id. One of both may be - for stdin. The exit code is 1 when a check fails and 2 when something
cannot be read or a result has no report.`,
		Args: func(c *cobra.Command, args []string) error {
			if f.list {
				return cobra.NoArgs(c, args)
			}
			return cobra.MinimumNArgs(2)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if f.list {
				return a.printChecks()
			}
			return a.verify(c.Context(), f, args[0], args[1:])
		},
	}
	c.Flags().StringVar(&f.date, "date", "", "date of service, YYYY-MM-DD, of reports without one, as given to code")
	c.Flags().StringVar(&f.models, "models", "", "folder with the calibration.tsv that the results were made with")
	c.Flags().StringVar(&f.payer, "payer", "", "profile of the payer, as given to code")
	c.Flags().BoolVar(&f.asJSON, "json", false, `print one line {"id","ok","passed","failures"} per result`)
	c.Flags().BoolVar(&f.list, "checks", false, "list the checks")
	return c
}

func (a *app) printChecks() error {
	p := &page{style: a.style()}
	for _, c := range verify.Checks() {
		p.line("%s%s", p.paint(bold, pad(c.ID, checkColumn)), c.Doc)
	}
	return a.print(p)
}

// checkColumn is the room for the name of a check.
const checkColumn = 20

// verifier knows what the engine of this program would answer with.
func (a *app) verifier(f verifyFlags) (*verify.Verifier, error) {
	if err := checkDate("--date", f.date); err != nil {
		return nil, err
	}
	var made coding.Options
	if err := useModels(&made, f.models); err != nil {
		return nil, err
	}
	sets, err := codesets()
	if err != nil {
		return nil, err
	}
	rs, err := a.releases()
	if err != nil {
		return nil, err
	}
	o := verify.Options{Calibration: made.Calibration, Today: a.today(""), Codesets: append(sets, importedSets(rs)...)}
	if o.Release, err = a.releaseOption(); err != nil {
		return nil, err
	}
	if o.Profile, err = profileOption(f.payer); err != nil {
		return nil, err
	}
	if o.Payments, err = a.paymentTables(); err != nil {
		a.messages.tell("warning: verifying without payment tables: %v", err)
	}
	return verify.New(o)
}

func (a *app) verify(ctx context.Context, f verifyFlags, results string, reports []string) error {
	if results == "-" && slices.Contains(reports, "-") {
		return errors.New("results and reports cannot both come from stdin")
	}
	v, err := a.verifier(f)
	if err != nil {
		return err
	}
	in := a.openInput(reports, f.date)
	byID := map[string]nlp.Report{}
	for rec := range in.records(ctx) {
		if _, twice := byID[rec.ID]; twice {
			in.fault(fmt.Errorf("two reports are called %q; the first is taken", rec.ID))
			continue
		}
		byID[rec.ID] = rec.Report
	}
	r, err := in.open(ctx, results)
	if err != nil {
		return err
	}
	defer r.Close()
	out := bufio.NewWriterSize(a.out, 1<<16)
	w := verdictWriter{page: &page{style: a.style()}, out: out, asJSON: f.asJSON}
	for data, err := range resultsIn(r) {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := a.verifyOne(v, byID, in, &w, data, err, results); err != nil {
			return err
		}
	}
	if err := w.end(); err != nil {
		return err
	}
	if err := in.finish(out.Flush()); err != nil {
		return err
	}
	if w.failed > 0 {
		return failed
	}
	return nil
}

// verifyOne verifies one result; bad is why it is none.
func (a *app) verifyOne(v *verify.Verifier, byID map[string]nlp.Report, in *input, w *verdictWriter, data []byte, bad error, name string) error {
	if bad != nil {
		var syntax *json.SyntaxError
		if !errors.As(bad, &syntax) && !errors.Is(bad, io.ErrUnexpectedEOF) {
			return fmt.Errorf("%s: %w", name, bad)
		}
		return w.write("", []verify.Failure{{Check: "json", Message: fmt.Sprintf("what follows result %d is no JSON", w.passed+w.failed)}})
	}
	var head struct {
		ID      string            `json:"id"`
		Patient *string           `json:"patient"`
		Results []json.RawMessage `json:"results"`
	}
	if json.Unmarshal(data, &head) != nil {
		return w.write("", []verify.Failure{{Check: "json", Message: "no object with an id"}})
	}
	if head.ID == "" && head.Patient != nil && head.Results != nil {
		return a.verifyDay(v, byID, in, w, head.Results, name)
	}
	report, ok := byID[head.ID]
	if !ok {
		in.fault(fmt.Errorf("%s: result %d has no report of its id", name, w.passed+w.failed+1))
		return nil
	}
	return w.write(head.ID, v.VerifyJSON(report, data))
}

// verifyDay verifies the results behind the claim of a day (code --group-by patient). The claim itself rests on several
// reports, and is told to be left out.
func (a *app) verifyDay(v *verify.Verifier, byID map[string]nlp.Report, in *input, w *verdictWriter, results []json.RawMessage, name string) error {
	if w.days++; w.days == 1 {
		a.messages.tell("%s: claims of days are not verified, the results of their reports are", name)
	}
	for _, data := range results {
		if err := a.verifyOne(v, byID, in, w, data, nil, name); err != nil {
			return err
		}
	}
	return nil
}

// resultsIn yields the JSON values of a stream one by one.
func resultsIn(r io.Reader) func(yield func([]byte, error) bool) {
	return func(yield func([]byte, error) bool) {
		dec := json.NewDecoder(r)
		for {
			var data json.RawMessage
			err := dec.Decode(&data)
			if errors.Is(err, io.EOF) || !yield(data, err) || err != nil {
				return
			}
		}
	}
}

// verdictWriter prints what became of each result, and counts.
type verdictWriter struct {
	*page
	out            io.Writer
	asJSON         bool
	passed, failed int
	days           int // claims of days that were seen
}

func (w *verdictWriter) write(id string, failures []verify.Failure) error {
	if len(failures) == 0 {
		w.passed++
	} else {
		w.failed++
	}
	if w.asJSON {
		return w.writeJSON(id, failures)
	}
	if len(failures) == 0 {
		w.line("ok    %s", printable(id))
		return w.flush()
	}
	w.line("%s  %s", w.paint(red, "FAIL"), printable(id))
	for _, f := range failures {
		w.wrapped("", 6, fmt.Sprintf("%s: %s: %s", f.Check, f.Path, f.Message))
	}
	return w.flush()
}

func (w *verdictWriter) writeJSON(id string, failures []verify.Failure) error {
	wrong := map[string]bool{}
	for _, f := range failures {
		wrong[f.Check] = true
	}
	passed := []string{}
	for _, c := range verify.Checks() {
		if wrong[c.ID] && c.Guards {
			break // what stands behind it did not run
		}
		if !wrong[c.ID] {
			passed = append(passed, c.ID)
		}
	}
	if failures == nil {
		failures = []verify.Failure{}
	}
	enc := json.NewEncoder(w.out)
	enc.SetEscapeHTML(false)
	return enc.Encode(struct {
		ID       string           `json:"id"`
		OK       bool             `json:"ok"`
		Passed   []string         `json:"passed"`
		Failures []verify.Failure `json:"failures"`
	}{id, len(failures) == 0, passed, failures})
}

// end prints the sum.
func (w *verdictWriter) end() error {
	if w.asJSON {
		return nil
	}
	w.line("%d passed, %d failed", w.passed, w.failed)
	return w.flush()
}

func (w *verdictWriter) flush() error {
	_, err := io.WriteString(w.out, w.String())
	w.Reset()
	return err
}
