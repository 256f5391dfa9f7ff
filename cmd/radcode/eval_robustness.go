package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
)

// robustness changes the reports of a corpus and looks whether the engine's
// codes follow. The corpus needs no gold.
func (a *app) robustness(ctx context.Context, f evalFlags) error {
	if f.predictions != "" {
		return errors.New("--robustness: a file of predictions cannot answer changed reports")
	}
	reports, err := a.openCorpus(f, a.in)
	if err != nil {
		return err
	}
	var records []exchange.Record
	for r, err := range reports {
		if err != nil {
			return err
		}
		records = append(records, r)
	}
	if len(records) == 0 {
		return fmt.Errorf("%s: no reports", f.corpus)
	}
	o, err := a.options(f.engineFlags, a.today(f.date))
	if err != nil {
		return err
	}
	engine, err := coding.New(o)
	if err != nil {
		return err
	}
	report, err := eval.Robustness(ctx, records, eval.OfEngine(engine), eval.RobustnessOptions{Workers: f.workers, Seed: f.seed})
	if err != nil {
		return err
	}
	if f.out != "" {
		if err := writeRobustness(f.out, report); err != nil {
			return err
		}
	}
	return a.tellRobustness(f, report)
}

// robustnessFile is written to --out beside the files of a run, or alone.
const robustnessFile = "robustness.json"

func writeRobustness(dir string, r eval.RobustnessReport) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	return replaceFile(filepath.Join(dir, robustnessFile), func(out io.Writer) error {
		enc := json.NewEncoder(out)
		enc.SetIndent("", "  ")
		return enc.Encode(r)
	})
}

func (a *app) tellRobustness(f evalFlags, r eval.RobustnessReport) error {
	if f.format == "json" {
		return a.printJSON(r)
	}
	out := bufio.NewWriter(a.out)
	p := &page{style: a.style()}
	p.robustness(f, r)
	_, err := io.WriteString(out, p.String())
	return errors.Join(err, out.Flush())
}

// robustFailuresShown is how many failures the page tells; the file has all.
const robustFailuresShown = 10

func (p *page) robustness(f evalFlags, r eval.RobustnessReport) {
	p.line("%s  %d reports, pairs of a report and the same with one thing changed", p.paint(bold, printable(filepath.Base(f.corpus))), r.Reports)
	p.line("directional  %s  the codes changed as announced", pairCount(r.Directional))
	p.line("invariant    %s  the codes stayed", pairCount(r.Invariant))
	p.heading("operator                 kind          pairs   passed")
	for _, o := range r.Operators {
		if o.Pairs == 0 {
			p.line("%s", p.paint(dim, fmt.Sprintf("%-24s %-12s %6d", o.Operator, o.Kind, 0)))
			continue
		}
		p.line("%-24s %-12s %6d   %6d   %.4f", o.Operator, o.Kind, o.Pairs, o.Passed, o.Rate)
	}
	for i, x := range r.Failures {
		if i == robustFailuresShown {
			p.line("and %d more failures", len(r.Failures)-i)
			break
		}
		p.heading(fmt.Sprintf("%s  %s", x.Operator, printable(x.Report)))
		p.wrapped("", 2, "was: "+printable(x.Was))
		p.wrapped("", 2, "is:  "+printable(x.Is))
		p.wrapped("", 2, fmt.Sprintf("codes %v %v -> %v %v", x.Before.CPT, x.Before.ICD10CM, x.After.CPT, x.After.ICD10CM))
	}
}

func pairCount(c eval.PairCount) string {
	if c.Pairs == 0 {
		return "no pairs"
	}
	in := eval.Wilson(c.Passed, c.Pairs, 0.95)
	return fmt.Sprintf("%.4f  %d/%d  (95 %% interval %s)", c.Rate, c.Passed, c.Pairs, in)
}
