package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/audit"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/index"
)

type auditFlags struct {
	engineFlags
	redaction
	reports, out, fees, denials, errors, format string
	sample                                      int
	seed                                        uint64
	training                                    bool
	workers                                     int
}

func newAudit(a *app) *cobra.Command {
	var f auditFlags
	c := &cobra.Command{
		Long: `Audit coded claims against their reports. CODED is JSON lines with the codes below
"coded" (or like gold: "cpt", "icd10cm"), a table with one service per row, or an X12
837P file; reports stand in the same lines or in --reports (any format that "code"
reads) and are joined by id.

Every difference has a type, the report's words and our confidence. A finding is one
that we would bill by ourselves; the rest is worth a look. See docs/audit.md.

--sample prints the worksheet for human auditors (or writes it with --out), --training the list of
what to teach, --denials holds a table of denials or an X12 835 against flags.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.audit(c.Context(), f, args) },
	}
	f.engineFlags.add(c)
	f.redaction.add(c)
	c.Flags().StringVar(&f.reports, "reports", "", "file or folder with the reports, where they do not stand beside the codes")
	c.Flags().StringVar(&f.out, "out", "", "folder for audit.json, differences.jsonl, report.html and, with --sample, worksheet.csv")
	c.Flags().StringVar(&f.fees, "fees", "", "table of relative value units (code, modifier, work, nonfacility, facility): what differences are worth; without it the imported fee schedule")
	c.Flags().StringVar(&f.denials, "denials", "", "table of denials (claim, code, CARC, RARC, amount, date) or X12 835")
	c.Flags().StringVar(&f.errors, "errors", "", "with --training: errors.jsonl of a run of eval in place of claims")
	c.Flags().StringVar(&f.format, "format", "text", "output: text, json")
	c.Flags().IntVar(&f.sample, "sample", 0, "draw that many claims, stratified, for people to check")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "seed of the sample")
	c.Flags().BoolVar(&f.training, "training", false, "print the training list: what was done wrong how often, with an example")
	c.Flags().IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "claims audited at the same time")
	return c
}

func (f *auditFlags) check(args []string) error {
	switch {
	case f.format != "text" && f.format != "json":
		return fmt.Errorf("--format %q: want text or json", f.format)
	case f.errors != "" && (!f.training || len(args) > 0):
		return errors.New("--errors goes with --training and without claims")
	case f.errors == "" && len(args) == 0:
		return errors.New("which claims? Give a file, or - for stdin")
	case f.sample < 0:
		return errors.New("--sample: want 1 or more")
	}
	return nil
}

// audit reads, compares, and writes what is asked for.
func (a *app) audit(ctx context.Context, f auditFlags, args []string) error {
	if err := f.check(args); err != nil {
		return err
	}
	o, err := a.options(f.engineFlags, a.today(""))
	if err != nil {
		return err
	}
	r := auditRun{app: a, flags: f}
	payments, err := r.payments(o.Tables)
	if err != nil {
		return err
	}
	redactor, err := a.redactor(f.redaction)
	if err != nil {
		return err
	}
	engine, err := coding.New(o)
	if err != nil {
		return err
	}
	r.auditor, err = audit.New(audit.Options{
		Engine: engine, Lexicon: o.Lexicon, Payments: payments, Checks: audit.ClaimChecks(engine), Redactor: redactor, Today: o.Today, Policy: o.Policy,
	})
	if err != nil {
		return err
	}
	if f.errors != "" {
		err = r.teach()
	} else {
		err = r.claims(ctx, args[0], "radcode "+engine.Version("").Engine)
	}
	if err == nil && r.faults > 0 {
		return reported
	}
	return err
}

// auditRun is one run of the command.
type auditRun struct {
	app     *app
	flags   auditFlags
	auditor *audit.Auditor
	faults  int
	results audit.Results
}

// maxTold is how many faults are told; beyond it they are counted.
const maxTold = 50

func (r *auditRun) tell(err error) {
	r.faults++
	switch {
	case r.faults <= maxTold:
		r.app.messages.tell("%v", err)
	case r.faults == maxTold+1:
		r.app.messages.tell("more like this is counted, not told")
	}
}

// claims audits a file.
func (r *auditRun) claims(ctx context.Context, path, engine string) error {
	cases, err := r.compare(ctx, path)
	if err != nil {
		return err
	}
	r.results = audit.Results{Source: filepath.Base(path), Engine: engine, Summary: r.auditor.Summarize(cases), Cases: cases}
	if r.flags.denials != "" {
		if err := r.denials(); err != nil {
			return err
		}
	}
	sample, err := r.sample()
	if err != nil {
		return err
	}
	if r.flags.out != "" {
		if err := r.write(sample); err != nil {
			return err
		}
	}
	return r.print(sample)
}

// compare joins claims with reports and audits them.
func (r *auditRun) compare(ctx context.Context, path string) ([]audit.Case, error) {
	file, err := r.open(ctx, path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	join := audit.Join{Tell: r.tell}
	claims := exchange.ReadClaims(file, path)
	pairs := join.Beside(claims)
	var in *input
	if r.flags.reports != "" {
		in = r.app.openInput([]string{r.flags.reports}, "")
		pairs = join.With(claims, in.records(ctx))
	}
	var cases []audit.Case
	for c, err := range r.auditor.All(ctx, dated(pairs, r.flags.date), r.flags.workers) {
		if err != nil {
			return nil, err
		}
		cases = append(cases, c)
	}
	if in != nil {
		r.faults += int(in.faults.Load())
	}
	if join.NoReport+join.NoClaim+join.Twice > 0 {
		r.app.messages.tell("%d claims without a report, %d reports without a claim, %d ids twice", join.NoReport, join.NoClaim, join.Twice)
	}
	return cases, ctx.Err()
}

// dated gives pairs without a date of service that of the command line.
func dated(pairs iter.Seq[audit.Pair], date string) iter.Seq[audit.Pair] {
	return func(yield func(audit.Pair) bool) {
		for p := range pairs {
			if p.Report.Meta.DateOfService == "" && p.Claim.DateOfService == "" {
				p.Report.Meta.DateOfService = date
			}
			if !yield(p) {
				return
			}
		}
	}
}

func (r *auditRun) open(ctx context.Context, path string) (io.ReadCloser, error) {
	return (&input{app: r.app}).open(ctx, path)
}

// payments are the tables that price differences: those imported, with the fees of the command line in place of
// theirs.
func (r *auditRun) payments(imported *index.PaymentTables) (*index.PaymentTables, error) {
	if r.flags.fees == "" {
		return imported, nil
	}
	file, err := os.Open(r.flags.fees)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	fees, faults, err := exchange.ReadFees(file, r.flags.fees)
	if err != nil {
		return nil, err
	}
	for _, fault := range faults {
		r.tell(fault)
	}
	return imported.With(fees), nil
}

func (r *auditRun) denials() error {
	file, err := os.Open(r.flags.denials)
	if err != nil {
		return err
	}
	defer file.Close()
	var all []exchange.Denial
	for d, err := range exchange.ReadDenials(file, r.flags.denials) {
		if err != nil {
			r.tell(err)
			continue
		}
		all = append(all, d)
	}
	denials := r.auditor.Denials(r.results.Cases, all)
	r.results.Denials = &denials
	if denials.Unmatched > 0 {
		r.app.messages.tell("%s: %d denials of claims or services that were not audited", r.flags.denials, denials.Unmatched)
	}
	return nil
}

// sample draws claims and tells what the sample is worth.
func (r *auditRun) sample() ([]audit.Sampled, error) {
	if r.flags.sample == 0 {
		return nil, nil
	}
	cases := r.results.Cases
	sample, err := audit.Sample(cases, r.flags.sample, r.flags.seed)
	if err != nil {
		return nil, err
	}
	strata := map[string]bool{}
	for _, s := range sample {
		strata[s.Stratum] = true
	}
	r.app.messages.tell("%d of %d claims in %d strata: an error rate of 10 %% will be known to %.1f points either way; 5 points take %d claims, 3 points %d",
		len(sample), len(cases), len(strata), 100*audit.Margin(len(sample), len(cases), 0.1), audit.SampleSize(len(cases), 0.1, 0.05), audit.SampleSize(len(cases), 0.1, 0.03))
	return sample, nil
}

// auditFile is a file of the output folder.
type auditFile struct {
	name  string
	write func(*auditRun, []audit.Sampled, io.Writer) error
}

var auditFiles = []auditFile{
	{"audit.json", func(r *auditRun, _ []audit.Sampled, w io.Writer) error { return r.writeJSON(w) }},
	{"differences.jsonl", func(r *auditRun, _ []audit.Sampled, w io.Writer) error {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for i := range r.results.Cases {
			if err := enc.Encode(&r.results.Cases[i]); err != nil {
				return err
			}
		}
		return nil
	}},
	{"report.html", func(r *auditRun, _ []audit.Sampled, w io.Writer) error { return r.results.WriteHTML(w) }},
	{worksheetFile, func(r *auditRun, s []audit.Sampled, w io.Writer) error {
		return audit.WriteWorksheet(w, r.results.Cases, s)
	}},
}

// worksheetFile is only written where a sample was drawn.
const worksheetFile = "worksheet.csv"

func (r *auditRun) write(sample []audit.Sampled) error {
	if err := os.MkdirAll(r.flags.out, 0o755); err != nil {
		return err
	}
	for _, f := range auditFiles {
		if f.name == worksheetFile && sample == nil {
			continue
		}
		err := replaceFile(filepath.Join(r.flags.out, f.name), func(w io.Writer) error {
			out := bufio.NewWriter(w)
			return errors.Join(f.write(r, sample, out), out.Flush())
		})
		if err != nil {
			return fmt.Errorf("%s: %w", f.name, err)
		}
	}
	return nil
}

func (r *auditRun) writeJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(&r.results)
}

// print writes to stdout what was asked for.
func (r *auditRun) print(sample []audit.Sampled) error {
	out := bufio.NewWriter(r.app.out)
	var err error
	switch {
	case r.flags.training:
		err = r.writeLessons(out, r.results.Summary.Lessons)
	case sample != nil && r.flags.out == "":
		err = audit.WriteWorksheet(out, r.results.Cases, sample)
	case r.flags.format == "json":
		err = r.writeJSON(out)
	default:
		_, err = io.WriteString(out, r.view())
	}
	return errors.Join(err, out.Flush())
}

// teach prints the training list of a run of eval.
func (r *auditRun) teach() error {
	file, err := os.Open(r.flags.errors)
	if err != nil {
		return err
	}
	defer file.Close()
	lessons, faults := r.auditor.Lessons(file, r.flags.errors)
	for _, fault := range faults {
		r.tell(fault)
	}
	out := bufio.NewWriter(r.app.out)
	return errors.Join(r.writeLessons(out, lessons), out.Flush())
}

func (r *auditRun) writeLessons(w io.Writer, lessons []audit.Lesson) error {
	if r.flags.format == "json" {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		for i := range lessons {
			if err := enc.Encode(&lessons[i]); err != nil {
				return err
			}
		}
		return nil
	}
	_, err := io.WriteString(w, lessonView(r.app.style(), lessons))
	return err
}

// shown are the types that occurred.
func shown(types []audit.TypeCount) []audit.TypeCount {
	return slices.DeleteFunc(slices.Clone(types), func(t audit.TypeCount) bool { return t.Differences == 0 })
}
