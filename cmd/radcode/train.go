package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/models"
)

type trainFlags struct {
	titles, reports, date, out string
	heldOut                    string
	diagnoses                  []string
	folds                      int
	target                     float64
	claim                      float64
	ablation                   bool
}

func newTrain(a *app) *cobra.Command {
	var f trainFlags
	c := &cobra.Command{
		Long: `Fit the procedure ranker on exam names, calibrate its probabilities on names of
hospitals that were held out, and write both to models/data, with the pieces that
unknown words are cut into. Only names with the tag "clean" are used. With
--diagnoses the model of which diagnoses a coder would bill is fitted, too, or that
alone: on reports of your own it learns what your coders list, and --models takes it.
The same corpora give the same files.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.train(c.Context(), f) },
	}
	c.Flags().StringVar(&f.titles, "titles", "", "corpus of exam names with gold codes and groups")
	c.Flags().StringVar(&f.reports, "reports", "", "corpus of reports to measure the fitted model on")
	c.Flags().StringSliceVar(&f.diagnoses, "diagnoses", nil, "corpora of reports with gold diagnoses to fit the billing model on")
	c.Flags().Float64Var(&f.claim, "claim-threshold", claimThreshold, "list a diagnosis on the claim from this probability on")
	c.Flags().StringVar(&f.heldOut, "held-out", "", "write the answers about exam names that were held out to this file, for eval --predictions")
	c.Flags().StringVar(&f.date, "date", "2025-12-01", "date of service of the exam names")
	c.Flags().StringVar(&f.out, "out", "models/data", "folder to write procedure.tsv, calibration.tsv and subword.txt to")
	c.Flags().IntVar(&f.folds, "folds", 5, "groups are dealt into this many folds")
	c.Flags().Float64Var(&f.target, "target-precision", 0.98, "precision that automatic answers keep, with a confidence of 95 %")
	c.Flags().BoolVar(&f.ablation, "ablation", false, "also print what parts of the model reach by themselves; takes minutes")
	c.MarkFlagsOneRequired("titles", "diagnoses")
	return c
}

// command is what the written files say they come from.
func (f *trainFlags) command() string {
	words := "radcode train"
	if f.titles != "" {
		words += " --titles " + filepath.Base(f.titles)
	}
	words += fmt.Sprintf(" --date %s --folds %d --target-precision %g", f.date, f.folds, f.target)
	for _, d := range f.diagnoses {
		words += " --diagnoses " + filepath.Base(d)
	}
	if f.claim != claimThreshold {
		words += fmt.Sprintf(" --claim-threshold %g", f.claim)
	}
	return words
}

func (f *trainFlags) check() error {
	if err := checkFit(f.folds, f.target); err != nil {
		return err
	}
	if f.claim <= 0 || f.claim >= 1 {
		return fmt.Errorf("--claim-threshold %g: want a probability above 0 and below 1", f.claim)
	}
	if f.date == "" {
		return errors.New("--date: want a date of service as YYYY-MM-DD")
	}
	return checkDate("--date", f.date)
}

func (a *app) train(ctx context.Context, f trainFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	if err := os.MkdirAll(f.out, 0o755); err != nil { // before minutes of fitting, not after
		return err
	}
	p := &page{}
	var m fitted
	var err error
	if f.titles != "" {
		m, err = a.fitTitles(ctx, p, f)
	} else {
		m.calibration, err = f.keptCalibration()
	}
	if err != nil {
		return err
	}
	if len(f.diagnoses) > 0 {
		if err := a.fitDiagnoses(ctx, p, f, m.calibration, m.options(f.date)); err != nil {
			return err
		}
	}
	if f.reports != "" {
		if err := a.measureReports(ctx, p, f, m.options(f.date)); err != nil {
			return err
		}
	}
	if err := f.write(&m); err != nil {
		return err
	}
	a.messages.tell("wrote to %s", f.out)
	return a.print(p)
}

// fitted is what a run of train learned. Without exam names there are no weights and no pieces of words: the built-in
// ones stay.
type fitted struct {
	weights, calibration models.Weights
	subwords             *models.Subwords
}

func (m *fitted) options(date string) coding.Options {
	return coding.Options{Today: date, Subwords: m.subwords, Weights: m.weights, Calibration: m.calibration}
}

// fitTitles fits the procedure ranker and its calibration, and prints what they reach on names that were held out.
func (a *app) fitTitles(ctx context.Context, p *page, f trainFlags) (fitted, error) {
	titles, err := a.readTitles(ctx, f.titles)
	if err != nil {
		return fitted{}, err
	}
	engine, err := coding.New(coding.Options{Today: f.date})
	if err != nil {
		return fitted{}, err
	}
	m := fitted{subwords: engine.TrainSubwords(titles.examples)}
	engine, err = coding.New(coding.Options{Today: f.date, Subwords: m.subwords})
	if err != nil {
		return fitted{}, err
	}
	a.messages.tell("fitting on %d exam names, %d folds", len(titles.examples), f.folds)
	held := engine.CrossValidate(titles.examples, f.date, f.folds, coding.DefaultFitOptions)
	if len(held) == 0 {
		return fitted{}, fmt.Errorf("%s: no exam name has a code in force on %s", f.titles, f.date)
	}
	if err := ctx.Err(); err != nil {
		return fitted{}, err
	}
	answers := judgedTitles(engine, held)
	m.calibration = calibrator(answers, f.target)
	if f.heldOut != "" {
		if err := writeJSONLines(f.heldOut, heldOutLines(titles.examples, held, m.calibration)); err != nil {
			return fitted{}, err
		}
	}
	m.weights = engine.FitProcedures(titles.examples, f.date, coding.DefaultFitOptions)
	p.accuracy(titles, held)
	p.calibration(calibrated(answers, models.Weights{coding.CalibrationLogit: 1}), calibrated(answers, m.calibration), m.calibration)
	if f.ablation {
		err = a.ablate(ctx, p, engine, titles, f, held)
	}
	return m, err
}

// titleCorpus holds exam names and their tags.
type titleCorpus struct {
	examples []coding.TitleExample
	tags     map[coding.TitleExample][]string
}

const cleanTag = "clean"

func (a *app) readTitles(ctx context.Context, path string) (titleCorpus, error) {
	t := titleCorpus{tags: map[coding.TitleExample][]string{}}
	in := a.openInput([]string{path}, "")
	for rec := range in.records(ctx) {
		if rec.Exam == "" || rec.Gold == nil || len(rec.Gold.CPT) == 0 || !slices.Contains(rec.Tags, cleanTag) {
			continue
		}
		x := coding.TitleExample{ID: rec.ID, Exam: rec.Exam, Code: rec.Gold.CPT[0].Code, Group: rec.Group}
		t.examples = append(t.examples, x)
		t.tags[x] = rec.Tags
	}
	if err := in.finish(ctx.Err()); err != nil {
		return t, err
	}
	if len(t.examples) == 0 {
		return t, fmt.Errorf("%s: no exam name with gold code and tag %q", path, cleanTag)
	}
	return t, nil
}

// heldOutSlice is a subset of the held-out answers whose accuracy is printed.
type heldOutSlice struct {
	name  string
	holds func(titleCorpus, *coding.Prediction) bool
}

var heldOutSlices = []heldOutSlice{
	{cleanTag, func(t titleCorpus, x *coding.Prediction) bool {
		return slices.Contains(t.tags[x.TitleExample], cleanTag)
	}},
	{"consensus", func(t titleCorpus, x *coding.Prediction) bool {
		return slices.Contains(t.tags[x.TitleExample], "consensus")
	}},
	{"unseen", func(_ titleCorpus, x *coding.Prediction) bool { return x.Unseen }},
}

// right counts the answers of the slice, n, and those that have the right code among their first k.
func (s *heldOutSlice) right(t titleCorpus, held []coding.Prediction, k int) (right, n int) {
	for i := range held {
		x := &held[i]
		if !s.holds(t, x) {
			continue
		}
		n++
		if slices.Contains(x.Codes[:min(k, len(x.Codes))], x.Code) {
			right++
		}
	}
	return right, n
}

// accuracy prints how often the right code is first, and among the first three:
// of all names, of those whose code hospitals agree on, and of those that stand in no other fold.
func (p *page) accuracy(t titleCorpus, held []coding.Prediction) {
	for _, s := range heldOutSlices {
		top1, n := s.right(t, held, 1)
		top3, _ := s.right(t, held, 3)
		if n > 0 {
			p.line("held-out %-10s top-1 %.4f (%d/%d)  top-3 %.4f (%d/%d)", s.name, ratio(top1, n), top1, n, ratio(top3, n), top3, n)
		}
	}
}

func ratio(a, b int) float64 { return float64(a) / float64(b) }

// measureReports prints how often all procedure codes of a report are right
// with what was fitted.
func (a *app) measureReports(ctx context.Context, p *page, f trainFlags, o coding.Options) error {
	engine, err := coding.New(o)
	if err != nil {
		return err
	}
	in := a.openInput([]string{f.reports}, "")
	n, exact := 0, 0
	for rec := range in.records(ctx) {
		if rec.Gold == nil || rec.Gold.CPT == nil {
			continue
		}
		res, err := engine.Code(ctx, rec.Report)
		if err != nil {
			return err
		}
		n++
		if sameCodes(res, rec.Gold.CPT) {
			exact++
		}
	}
	if n > 0 {
		p.line("reports: CPT exact set %.4f (%d/%d)", ratio(exact, n), exact, n)
	}
	return in.finish(ctx.Err())
}

// sameCodes reports whether each first code takes a gold entry of its own and
// no required entry is left.
func sameCodes(res coding.Result, gold []exchange.GoldCode) bool {
	var t eval.Tally
	t.Add(gold, codesOf(eval.FromResult(res, nil).CPT))
	return t.Extra == 0 && t.Missed == 0
}

// keptCalibration is the calibration that stays where no exam names are fitted: that of the folder, else the built-in one.
func (f *trainFlags) keptCalibration() (models.Weights, error) {
	w, err := readWeights(filepath.Join(f.out, "calibration.tsv"))
	if err != nil || len(w) > 0 {
		return w, err
	}
	return models.LoadWeights("calibration")
}

// write replaces the files of what was fitted. Without new diagnoses to fit, the keys of the
// calibration file that are about other things than procedures stay.
func (f *trainFlags) write(m *fitted) error {
	path := filepath.Join(f.out, "calibration.tsv")
	kept, err := readWeights(path)
	if err != nil {
		return err
	}
	for name, v := range kept {
		if len(f.diagnoses) == 0 && !strings.HasPrefix(name, procedurePrefix) {
			m.calibration[name] = v
		}
	}
	if err := writeModel(path, m.calibration, "Calibration of confidences: "+f.command()); err != nil || m.weights == nil {
		return err
	}
	if err := writeModel(filepath.Join(f.out, "subword.txt"), m.subwords, "Pieces of words of exam names: "+f.command()); err != nil {
		return err
	}
	return writeModel(filepath.Join(f.out, "procedure.tsv"), m.weights, "Weights of the procedure ranker: "+f.command())
}

func readWeights(path string) (models.Weights, error) {
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return models.Weights{}, nil
	}
	if err != nil {
		return nil, err
	}
	defer file.Close()
	return models.ReadWeights(file, path)
}

// model is what a file of models/data holds.
type model interface {
	Write(out io.Writer, comment string) error
}

func writeModel(path string, m model, comment string) error {
	return replaceFile(path, func(out io.Writer) error { return m.Write(out, comment) })
}
