package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/nlp"
)

// answers are what the engine says of a corpus before it is timed.
type answers struct {
	sha256  string // of one JSON line per result
	workers int    // that gave the same as 1
	quality quality
}

// quality is how right the answers are, where the corpus is labelled.
type quality struct {
	procedures, diagnoses  eval.Tally // first codes of the exams; claim under coding.Official
	cptReports, icdReports int        // reports that are labelled
	exact                  int        // reports whose procedure codes are all right
}

// differs is the error of answers that depend on the number of workers.
type differs struct {
	id      string
	workers int
}

func (d differs) Error() string {
	return fmt.Sprintf("not timed: report %s gets one answer with 1 worker and another with %d", d.id, d.workers)
}

// tellDifference turns the error into the exit code of a failed check.
func (a *app) tellDifference(err error) error {
	var d differs
	if errors.As(err, &d) {
		a.messages.tell("%v", d)
		return failed
	}
	return err
}

// check codes the corpus with 1 worker and with the most that are measured,
// side by side, and compares the bytes.
func (b *bench) check(ctx context.Context) (answers, error) {
	out := answers{workers: max(2, slices.Max(b.flags.workers))}
	one, stop := iter.Pull2(b.engine.CodeAll(ctx, b.reports(1), 1))
	defer stop()
	many, stopMany := iter.Pull2(b.engine.CodeAll(ctx, b.reports(1), out.workers))
	defer stopMany()
	all := sha256.New()
	for i := range b.corpus.records {
		rec := &b.corpus.records[i]
		res, err1, _ := one()
		other, err2, _ := many()
		if err := errors.Join(err1, err2, ctx.Err()); err != nil {
			return out, err
		}
		line, err := jsonLine(res)
		if err != nil {
			return out, err
		}
		if again, err := jsonLine(other); err != nil || !bytes.Equal(line, again) {
			return out, errors.Join(err, differs{rec.ID, out.workers})
		}
		all.Write(line)
		out.quality.add(rec.Gold, res)
	}
	out.sha256 = hex.EncodeToString(all.Sum(nil))
	return out, nil
}

// reports yields the corpus several times.
func (b *bench) reports(passes int) iter.Seq[nlp.Report] {
	return func(yield func(nlp.Report) bool) {
		for range passes {
			for i := range b.corpus.records {
				if !yield(b.corpus.records[i].Report) {
					return
				}
			}
		}
	}
}

// jsonLine is a result as `radcode code --format jsonl` prints it.
func jsonLine(res coding.Result) ([]byte, error) {
	var line bytes.Buffer
	enc := json.NewEncoder(&line)
	enc.SetEscapeHTML(false)
	err := enc.Encode(res)
	return line.Bytes(), err
}

// add scores one answer. What is not labelled is not scored.
func (q *quality) add(gold *exchange.Gold, res coding.Result) {
	if gold == nil {
		return
	}
	p := eval.FromResult(res, nil)
	if gold.CPT != nil {
		var report eval.Tally
		report.Add(gold.CPT, codesOf(p.CPT))
		q.procedures.Hit += report.Hit
		q.procedures.Missed += report.Missed
		q.procedures.Extra += report.Extra
		q.cptReports++
		if report.Missed == 0 && report.Extra == 0 {
			q.exact++
		}
	}
	if gold.ICD10CM != nil {
		q.diagnoses.Add(gold.ICD10CM, codesOf(p.ICD10CM))
		q.icdReports++
	}
}

func codesOf(answers []eval.Answer) []string {
	out := make([]string, len(answers))
	for i, a := range answers {
		out[i] = a.Code
	}
	return out
}

// top1 is the share of required procedure codes that are the first code of an
// exam.
func (q *quality) top1() float64 {
	return ratio(q.procedures.Hit, q.procedures.Hit+q.procedures.Missed)
}
