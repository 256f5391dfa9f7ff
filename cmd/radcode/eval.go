package main

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/lexicon"
)

type evalFlags struct {
	engineFlags
	redaction
	corpus, out, predictions, format string
	columns, tag                     string
	seed                             uint64
	resamples, workers               int
	parquet, robustness              bool
	atLeast                          []string
}

func newEval(a *app) *cobra.Command {
	var f evalFlags
	c := &cobra.Command{
		Long: `Measure codes against a labelled corpus: the engine's, or with --predictions those of
any other system. The page says what was measured, the headline figures with 95 %
intervals, the labels that cost most and the commonest errors. --out writes
everything:
` + outputHelp() + `
Intervals are Wilson's for proportions, else a bootstrap over reports, or over
groups where the corpus has them. The same corpus, seed and version give the same
bytes, but for the times in manifest.json. Every figure is defined in docs/eval.md.

With --robustness nothing is scored: every report is changed in many ways (sides
swapped, contrast added, a finding denied, headings in another style ...), and the
codes must change as announced, or stay. --out keeps every failure in robustness.json.

With --at-least NAME=VALUE the exit code is 1 when a figure of metrics.json falls short.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.eval(c.Context(), f) },
	}
	f.engineFlags.add(c)
	f.redaction.add(c)
	c.Flags().StringVar(&f.corpus, "corpus", "", "labelled reports, a file or a folder; - is stdin (required)")
	c.Flags().StringVar(&f.columns, "map", "", "columns of a table: id=accession,text=report,icd10cm=codes (docs/corpus.md)")
	c.Flags().StringVar(&f.tag, "tag", "", "measure only the records with this tag")
	c.Flags().StringVar(&f.out, "out", "", "folder to write the run to; an earlier run there is replaced")
	c.Flags().StringVar(&f.predictions, "predictions", "", "score these answers instead of the engine's: JSON lines as in predictions.jsonl, or as radcode code writes them")
	c.Flags().StringVar(&f.format, "format", "table", "output: "+strings.Join(evalFormatNames(), ", "))
	c.Flags().Uint64Var(&f.seed, "seed", 1, "seed of the bootstrap")
	c.Flags().IntVar(&f.resamples, "resamples", 1000, "resamples of the bootstrap")
	c.Flags().IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "reports coded, and resamples drawn, at the same time")
	c.Flags().BoolVar(&f.parquet, "parquet", false, "also write predictions and per_report as Parquet")
	c.Flags().BoolVar(&f.robustness, "robustness", false, "change the reports in many ways and measure whether the codes follow; gold is not needed")
	c.Flags().StringArrayVar(&f.atLeast, "at-least", nil, "NAME=VALUE: fail when this figure is lower")
	if err := c.MarkFlagRequired("corpus"); err != nil {
		panic(err) // the flag is defined above
	}
	return c
}

func outputHelp() string {
	var b strings.Builder
	for _, o := range eval.Outputs() {
		fmt.Fprintf(&b, "  %-20s %s\n", o.Name, o.Doc)
	}
	return b.String()
}

// evalFormats are what eval prints.
var evalFormats = []struct {
	name  string
	write func(a *app, e *evaluation, w io.Writer) error
}{
	{"table", (*app).writeEvalPage},
	{"json", func(_ *app, e *evaluation, w io.Writer) error { return e.run.WriteMetrics(w) }},
	{"md", func(_ *app, e *evaluation, w io.Writer) error { return e.run.WriteMarkdown(w, &e.manifest) }},
}

func evalFormatNames() []string {
	var out []string
	for _, f := range evalFormats {
		out = append(out, f.name)
	}
	return out
}

// evaluation is a run of the command.
type evaluation struct {
	flags    evalFlags
	run      *eval.Run
	manifest eval.Manifest
	limits   []limit
}

func (a *app) eval(ctx context.Context, f evalFlags) error {
	started := a.now()
	e := &evaluation{flags: f}
	if err := e.check(); err != nil {
		return err
	}
	if f.robustness {
		return a.robustness(ctx, f)
	}
	lex, err := lexicon.Default()
	if err != nil {
		return err
	}
	hide, err := a.redactor(f.redaction)
	if err != nil {
		return err
	}
	corpus, err := a.readCorpus(f, lex)
	if err != nil {
		return err
	}
	if f.tag != "" {
		corpus = corpus.Tagged(f.tag)
	}
	if len(corpus.Records) == 0 {
		return fmt.Errorf("%s: no record has the tag %q", f.corpus, f.tag)
	}
	coder, err := a.coder(e, &corpus, lex)
	if err != nil {
		return err
	}
	set, done := a.bar("coding", int64(len(corpus.Records)))
	e.run, err = eval.Measure(ctx, corpus, coder, eval.Options{
		Workers: f.workers, Bootstrap: eval.Bootstrap{Seed: f.seed, Resamples: f.resamples}, Lexicon: lex, Today: a.today(f.date),
		Progress: func(n int) { set(int64(n)) },
	})
	done()
	if err != nil {
		return err
	}
	redactRun(hide, e.run)
	e.run.Describe(&e.manifest)
	a.describe(&e.manifest, started)
	if f.out != "" {
		if err := e.run.Write(f.out, &e.manifest, f.parquet); err != nil {
			return err
		}
	}
	return a.tellEval(e)
}

func (a *app) today(date string) string {
	if date != "" {
		return date
	}
	return a.now().Format(time.DateOnly)
}

// check refuses wrong flags before minutes of work, not after.
func (e *evaluation) check() error {
	f := &e.flags
	if err := checkDate("--date", f.date); err != nil {
		return err
	}
	if f.wanted && f.robustness {
		return errors.New("--redact and --robustness: changed reports are not masked; leave one out")
	}
	if evalFormat(f.format) == nil {
		return fmt.Errorf("--format %q: want %s", f.format, strings.Join(evalFormatNames(), ", "))
	}
	if f.resamples < 1 || f.workers < 1 {
		return errors.New("--resamples and --workers: want 1 or more")
	}
	for _, text := range f.atLeast {
		l, err := parseLimit(text)
		if err != nil {
			return err
		}
		e.limits = append(e.limits, l)
	}
	return nil
}

func evalFormat(name string) func(*app, *evaluation, io.Writer) error {
	for _, f := range evalFormats {
		if f.name == name {
			return f.write
		}
	}
	return nil
}

// coder is what is measured.
func (a *app) coder(e *evaluation, corpus *eval.Corpus, lex *lexicon.Lexicon) (eval.Coder, error) {
	f := &e.flags
	if f.predictions != "" {
		e.manifest.Coder = "predictions of " + f.predictions
		return a.readPredictions(e, corpus, lex)
	}
	o, err := a.options(f.engineFlags, a.today(f.date))
	if err != nil {
		return nil, err
	}
	o.Candidates = eval.EngineCandidates
	engine, err := coding.New(o)
	if err != nil {
		return nil, err
	}
	e.manifest.Coder = "radcode " + coding.EngineVersion
	e.manifest.Codesets = engine.Version(f.date).Codesets
	e.manifest.Policy, e.manifest.Date = f.policy, a.today(f.date)
	if f.models != "" {
		sum := sha256.New()
		if err := hashPath(sum, f.models); err != nil {
			return nil, err
		}
		e.manifest.Models = hex.EncodeToString(sum.Sum(nil))
	}
	return eval.OfEngine(engine), nil
}

func (a *app) readPredictions(e *evaluation, corpus *eval.Corpus, lex *lexicon.Lexicon) (eval.Coder, error) {
	path := e.flags.predictions
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sum := sha256.New()
	p, err := eval.ReadPredictions(io.TeeReader(file, sum), path, lex)
	if err == nil {
		err = p.Check(corpus)
	}
	e.manifest.Predictions = hex.EncodeToString(sum.Sum(nil))
	return p, err
}

// tellEval prints the answer and holds it against the limits.
func (a *app) tellEval(e *evaluation) error {
	out := bufio.NewWriter(a.out)
	if err := errors.Join(evalFormat(e.flags.format)(a, e, out), out.Flush()); err != nil {
		return err
	}
	short, err := shortfalls(e.run, e.limits)
	if err != nil {
		return err
	}
	for _, s := range short {
		a.messages.tell("%s", s)
	}
	if len(short) > 0 {
		return failed
	}
	return nil
}
