package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/models"
)

type calibrateFlags struct {
	engineFlags
	corpus, tag, out string
	folds            int
	target           float64
}

func newCalibrate(a *app) *cobra.Command {
	var f calibrateFlags
	c := &cobra.Command{
		Long: `Make confidences mean probabilities where you work: scale the confidence in
procedure codes on labelled reports or exam names of your own, and certify from which
confidence on answers keep a precision (Clopper-Pearson bound, thresholds tried from
the strictest down). Of diagnoses the threshold is certified, their confidence stays.
What is written, calibration.tsv, serves every command with --models.

The reports must be ones that nothing was fitted on. Groups (hospitals, departments)
keep together in the folds by which the page checks the calibration.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.calibrate(c.Context(), f) },
	}
	f.add(c)
	c.Flags().StringVar(&f.corpus, "corpus", "", "labelled reports or exam names, a file, a folder or - (required)")
	c.Flags().StringVar(&f.tag, "tag", "", "use only the records with this tag")
	c.Flags().StringVar(&f.out, "out", "", "folder to write calibration.tsv to (required)")
	c.Flags().IntVar(&f.folds, "folds", 5, "folds of the check")
	c.Flags().Float64Var(&f.target, "target-precision", 0.98, "precision that automatic answers keep, with a confidence of 95 %")
	for _, name := range []string{"corpus", "out"} {
		if err := c.MarkFlagRequired(name); err != nil {
			panic(err) // the flag is defined above
		}
	}
	return c
}

// command is what the written file says it comes from.
func (f *calibrateFlags) command() string {
	words := "radcode calibrate --corpus " + filepath.Base(f.corpus)
	if f.tag != "" {
		words += " --tag " + f.tag
	}
	return words + fmt.Sprintf(" --target-precision %g", f.target)
}

func (a *app) calibrate(ctx context.Context, f calibrateFlags) error {
	if err := checkFit(f.folds, f.target); err != nil {
		return err
	}
	if err := os.MkdirAll(f.out, 0o755); err != nil {
		return err
	}
	o, err := a.options(f.engineFlags, a.today(f.date))
	if err != nil {
		return err
	}
	base := o.Calibration
	if base == nil {
		if base, err = models.LoadWeights("calibration"); err != nil {
			return err
		}
	}
	o.Calibration = unscaled(base)
	engine, err := coding.New(o)
	if err != nil {
		return err
	}
	procedures, diagnoses, err := a.judge(ctx, engine, f)
	if err != nil {
		return err
	}
	w := recalibrated(base, procedures, diagnoses, f.target)
	p := &page{}
	if len(procedures) > 0 {
		p.line("%d answers about procedures", len(procedures))
		p.calibration(calibrated(procedures, base), calibrated(procedures, w), w)
		p.crossFitted(procedures, f.folds, f.target)
	}
	if len(diagnoses) > 0 {
		p.line("%d diagnoses, automatic from %.3f (%.2f is never)", len(diagnoses), w[coding.AutoThreshold], models.Never)
	}
	path := filepath.Join(f.out, "calibration.tsv")
	if err := writeModel(path, w, "Calibration of confidences: "+f.command()); err != nil {
		return err
	}
	a.messages.tell("wrote %s", path)
	return a.print(p)
}

// checkFit checks the flags that train and calibrate share.
func checkFit(folds int, target float64) error {
	if folds < 2 {
		return fmt.Errorf("--folds %d: want 2 or more", folds)
	}
	if target <= 0 || target >= 1 {
		return fmt.Errorf("--target-precision %g: want more than 0 and less than 1", target)
	}
	return nil
}

// unscaled is a calibration whose confidences in procedures are the ranker's own probabilities.
func unscaled(base models.Weights) models.Weights {
	w := maps.Clone(base)
	w[coding.CalibrationIntercept], w[coding.CalibrationLogit] = 0, 1
	return w
}

// recalibrated replaces in a calibration what the answers tell about.
func recalibrated(base models.Weights, procedures []judged, diagnoses []scored, target float64) models.Weights {
	w := maps.Clone(base)
	if len(procedures) > 0 {
		maps.DeleteFunc(w, func(name string, _ float64) bool { return strings.HasPrefix(name, procedurePrefix) })
		maps.Copy(w, calibrator(procedures, target))
	}
	if len(diagnoses) > 0 {
		maps.DeleteFunc(w, func(name string, _ float64) bool { return strings.HasPrefix(name, coding.AutoThreshold) })
		certify(diagnoses, target).addTo(w, coding.AutoThreshold)
	}
	return w
}

// judge codes the corpus and holds every first answer against the gold; optional codes do not count.
func (a *app) judge(ctx context.Context, engine *coding.Engine, f calibrateFlags) (procedures []judged, diagnoses []scored, err error) {
	in := a.openInput([]string{f.corpus}, f.date)
	n := 0
	for rec := range in.records(ctx) {
		if rec.Gold == nil || f.tag != "" && !slices.Contains(rec.Tags, f.tag) {
			continue
		}
		res, err := engine.Code(ctx, rec.Report)
		if err != nil {
			return nil, nil, err
		}
		group := rec.Group
		if group == "" {
			group = strconv.Itoa(n) // every report for itself
		}
		n++
		procedures = appendProcedures(procedures, engine, &res, rec.Gold.CPT, group)
		diagnoses = appendDiagnoses(diagnoses, &res, rec.Gold.ICD10CM)
	}
	if err := in.finish(ctx.Err()); err != nil {
		return nil, nil, err
	}
	if len(procedures)+len(diagnoses) == 0 {
		return nil, nil, fmt.Errorf("%s: %w", f.corpus, errNothingJudged)
	}
	return procedures, diagnoses, nil
}

var errNothingJudged = errors.New("no report with gold codes was answered")

func appendProcedures(dst []judged, engine *coding.Engine, res *coding.Result, gold []exchange.GoldCode, group string) []judged {
	if gold == nil {
		return dst
	}
	right := rightIn(gold)
	for i := range res.Exams {
		if len(res.Exams[i].Procedures) == 0 {
			continue
		}
		first := res.Exams[i].Procedures[0]
		if isRight, counts := right(first.Code); counts {
			dst = append(dst, judged{first.Confidence, isRight, engine.AutoKey(first.Code), group})
		}
	}
	return dst
}

func appendDiagnoses(dst []scored, res *coding.Result, gold []exchange.GoldCode) []scored {
	if gold == nil {
		return dst
	}
	right := rightIn(gold)
	for _, d := range res.Diagnoses {
		if isRight, counts := right(d.Code); counts {
			dst = append(dst, scored{d.Confidence, isRight, coding.AutoThreshold})
		}
	}
	return dst
}

// crossFitted prints what calibration and thresholds reach on folds that they were not fitted on.
func (p *page) crossFitted(answers []judged, folds int, target float64) {
	fold := map[string]int{}
	for _, x := range answers { // in their order, so that the same corpus has the same folds
		if _, seen := fold[x.group]; !seen {
			fold[x.group] = len(fold) % folds
		}
	}
	if len(fold) < folds {
		p.line("%d groups: too few to check on others than those fitted on", len(fold))
		return
	}
	var held []scored
	n, right := 0, 0
	for k := range folds {
		var train, test []judged
		for _, x := range answers {
			if fold[x.group] == k {
				test = append(test, x)
			} else {
				train = append(train, x)
			}
		}
		w := calibrator(train, target)
		of := calibrated(test, w)
		held = append(held, of...)
		some, good := automaticAnswers(of, w)
		n, right = n+some, right+good
	}
	p.line("held out, %d folds of %d groups: calibration error %.4f, automatic %d of %d, %d of them right", folds, len(fold), calibrationError(held), n, len(held), right)
}
