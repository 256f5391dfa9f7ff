package main

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/models"
)

// claimThreshold is the probability from which on a finding is listed on the claim. Held-out F1 is flat between 0.3
// and 0.5: higher for CMC, lower for long reports.
const claimThreshold = 0.40

// diagnosisPrecision is what a diagnosis must keep to be billed without a look.
// Lower than for procedures: the coders of the corpora agree with their own
// majority less often than that.
const diagnosisPrecision = 0.95

// goldReport is a report and the diagnoses its coders gave.
type goldReport struct {
	example coding.DiagnosisExample
	gold    []exchange.GoldCode
	corpus  string
}

// fitDiagnoses fits the billing model, adds it to the calibration and prints
// what it reaches on reports that were held out.
func (a *app) fitDiagnoses(ctx context.Context, p *page, f trainFlags, calibration models.Weights, o coding.Options) error {
	var reports []goldReport
	for _, path := range f.diagnoses {
		more, err := a.readGoldReports(ctx, path)
		if err != nil {
			return err
		}
		reports = append(reports, more...)
	}
	weighCorpora(reports)
	examples := make([]coding.DiagnosisExample, len(reports))
	for i, r := range reports {
		examples[i] = r.example
	}
	maps.DeleteFunc(calibration, func(name string, _ float64) bool { return strings.HasPrefix(name, diagnosisPrefix) })
	calibration[coding.ClaimThreshold] = f.claim
	o.Calibration = calibration
	engine, err := coding.New(o)
	if err != nil {
		return err
	}
	held, err := engine.HoldOutDiagnoses(ctx, examples, f.folds)
	if err != nil {
		return err
	}
	for name, v := range engine.FitDiagnoses(examples) {
		calibration[name] = v
	}
	answers := make([]scored, len(held.Confidence))
	for i := range answers {
		answers[i] = scored{held.Confidence[i], held.Right[i], coding.AutoThreshold}
	}
	certify(answers, diagnosisPrecision).addTo(calibration, coding.AutoThreshold)
	p.line("diagnoses: calibration error %.4f held out, automatic from %.3f (%.2f is never)",
		models.CalibrationError(held.Confidence, held.Right, calibrationBins), calibration[coding.AutoThreshold], models.Never)
	for _, path := range f.diagnoses {
		var t eval.Tally
		for i, r := range reports {
			if r.corpus == path {
				t.Add(r.gold, held.Claims[i])
			}
		}
		p.line("held-out official micro-F1 %.3f, precision %.3f, recall %.3f (hit %d, extra %d, missed %d)  %s",
			t.F1(), ratio(t.Hit, t.Hit+t.Extra), ratio(t.Hit, t.Hit+t.Missed), t.Hit, t.Extra, t.Missed, path)
	}
	return nil
}

// diagnosisPrefix begins the calibration's keys about diagnoses.
const diagnosisPrefix = "diagnosis:"

func (a *app) readGoldReports(ctx context.Context, path string) ([]goldReport, error) {
	var out []goldReport
	in := a.openInput([]string{path}, "")
	for rec := range in.records(ctx) {
		if rec.Gold == nil || rec.Gold.ICD10CM == nil {
			continue
		}
		gold := rec.Gold.ICD10CM
		out = append(out, goldReport{coding.DiagnosisExample{Report: rec.Report, Weight: 1, Right: rightIn(gold)}, gold, path})
	}
	if err := in.finish(ctx.Err()); err != nil {
		return nil, err
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no report with gold diagnoses", path)
	}
	return out, nil
}

// maxCorpusWeight is how much more a report of a small corpus may count.
const maxCorpusWeight = 3

// weighCorpora lets the reports of small corpora count more, so that the habits of the
// coders of one large corpus do not decide alone.
func weighCorpora(reports []goldReport) {
	size, largest := map[string]int{}, 0
	for _, r := range reports {
		size[r.corpus]++
		largest = max(largest, size[r.corpus])
	}
	for i := range reports {
		r := &reports[i]
		r.example.Weight = min(maxCorpusWeight, float64(largest)/float64(size[r.corpus]))
	}
}

// rightIn judges a code by the gold: an optional one does not count.
func rightIn(gold []exchange.GoldCode) func(string) (right, counts bool) {
	return func(code string) (bool, bool) {
		for _, g := range gold {
			if g.Accepts(code) {
				return !g.Optional, !g.Optional
			}
		}
		return false, true
	}
}
