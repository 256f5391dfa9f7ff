package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding/eval"
)

type compareFlags struct {
	format    string
	seed      uint64
	resamples int
	alpha     float64
}

func newCompare(a *app) *cobra.Command {
	var f compareFlags
	c := &cobra.Command{
		Long: `Compare two runs that "radcode eval --out" wrote, report by report. Figures that are
right or wrong per report get McNemar's exact test, others a paired bootstrap; p-values
are adjusted by Holm's method, those of the whole corpus together and those of all
slices together. Every report that changed is listed, broken ones first.

The exit code is 1 when the second run is significantly worse in any figure, on the
whole corpus or on a slice. Runs on different corpora are refused.`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error { return a.compare(f, args[0], args[1]) },
	}
	c.Flags().StringVar(&f.format, "format", "text", "output: text, json")
	c.Flags().Uint64Var(&f.seed, "seed", 1, "seed of the bootstrap")
	c.Flags().IntVar(&f.resamples, "resamples", 1000, "resamples of the bootstrap")
	c.Flags().Float64Var(&f.alpha, "alpha", 0.05, "level of significance after adjustment")
	return c
}

// compareLevel is that of the intervals of differences.
const compareLevel = 0.95

func (a *app) compare(f compareFlags, first, second string) error {
	if f.format != "text" && f.format != "json" {
		return fmt.Errorf("--format %q: want text or json", f.format)
	}
	if f.alpha <= 0 || f.alpha >= 1 || f.resamples < 1 {
		return errors.New("--alpha: want more than 0 and less than 1; --resamples: 1 or more")
	}
	c, err := eval.Compare(first, second, eval.Bootstrap{Seed: f.seed, Resamples: f.resamples}, compareLevel)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(a.out)
	if f.format == "json" {
		err = c.WriteJSON(out)
	} else {
		err = a.writeComparison(out, c, f.alpha)
	}
	if err := errors.Join(err, out.Flush()); err != nil {
		return err
	}
	if len(c.Losses(f.alpha)) > 0 {
		return failed
	}
	return nil
}

func (a *app) writeComparison(w io.Writer, c *eval.Comparison, alpha float64) error {
	p := &page{style: a.style()}
	p.line("%s  %d reports; second less first, 95 %% interval, p adjusted by Holm", p.paint(bold, printable(c.Names[0]+" -> "+c.Names[1])), c.Reports)
	p.line("%s", p.paint(dim, fmt.Sprintf("%-30s %7s %7s %8s  %-16s %6s", "figure", "first", "second", "change", "interval", "p")))
	for _, t := range c.Tests {
		p.test(t, t.Metric, alpha)
	}
	p.sliceTests(c, alpha)
	p.changes(c.Changes)
	p.missed(c.Missed)
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) test(t eval.Test, name string, alpha float64) {
	i := ink("")
	switch {
	case t.SignificantLoss(alpha):
		i = red
	case t.Adjusted < alpha:
		i = green
	}
	text := fmt.Sprintf("%-30s %7s %7s %+8.4f  %-16s %6s", p.cut(name, 30), eval.Figure(t.Values[0]), eval.Figure(t.Values[1]), t.Difference, signed(t.Interval), pValue(t.Adjusted))
	if t.Method == eval.MethodMcNemar {
		text += fmt.Sprintf("  (%d lost, %d won)", t.OnlyFirst, t.OnlySecond)
	}
	p.line("%s", p.paint(i, text))
}

func pValue(p float64) string {
	if p < 0.001 {
		return "<0.001"
	}
	return fmt.Sprintf("%.3f", p)
}

func signed(in eval.Interval) string { return fmt.Sprintf("%+.4f %+.4f", in.Low, in.High) }

// sliceTests prints the parts on which something changed beyond chance.
func (p *page) sliceTests(c *eval.Comparison, alpha float64) {
	shown := 0
	for _, t := range c.Slices {
		if t.Adjusted < alpha {
			p.test(t, fmt.Sprintf("%s %s %s", t.Slice, printable(t.Part), t.Metric), alpha)
			shown++
		}
	}
	p.line("Slices: %d tests, %d with a change beyond chance", len(c.Slices), shown)
}

func (p *page) changes(changes []eval.Change) {
	counts := map[string]int{}
	for _, c := range changes {
		counts[c.Effect]++
	}
	p.line("Changed: %d broken, %d fixed, %d right or wrong in both", counts[eval.EffectBroken], counts[eval.EffectFixed], counts[eval.EffectChanged])
	for _, c := range changes {
		p.line("  %-8s %s  %s  gold %s: %s -> %s", c.Effect, printable(c.ID), c.System, orDash(c.Gold), orDash(c.Was), orDash(c.Is))
	}
}

// maxMissed is how many missed codes are listed; the JSON has all.
const maxMissed = 10

// missed lists the codes that are missed most often.
func (p *page) missed(codes []eval.MissedCode) {
	if len(codes) > 0 {
		p.line("Missed most: times in the first and in the second")
	}
	for _, m := range codes[:min(len(codes), maxMissed)] {
		p.line("  %-10s %5d %5d  %s", printable(m.Code), m.First, m.Second, m.Title)
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return printable(s)
}
