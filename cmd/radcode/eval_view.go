package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/radcode/radcode/coding/eval"
)

// Shown on the first screen, which has 25 lines at most.
const (
	labelsShown = 5
	kindsShown  = 3
)

func (a *app) writeEvalPage(e *evaluation, w io.Writer) error {
	p := &page{style: a.style()}
	p.line("%s  %s", p.paint(bold, printable(filepath.Base(e.run.Corpus.Name))), e.run.Summary())
	p.figures(e.run)
	p.humans(e.run.Humans)
	p.worstLabels(e.run)
	p.kinds(e.run)
	p.files(e)
	_, err := io.WriteString(w, p.String())
	return err
}

func (p *page) figures(run *eval.Run) {
	p.line("%s", p.paint(dim, fmt.Sprintf("%-38s %8s  %-15s %12s", "figure", "value", "95 % interval", "ratio")))
	for _, v := range run.Values {
		if v.Headline {
			p.line("%-38s %8s  %-15s %12s", p.cut(v.Title, 38), eval.Figure(v.Value()), v.Interval.String(), v.Ratio())
		}
	}
}

// humans prints the people that the machine stands beside.
func (p *page) humans(all []eval.Human) {
	if len(all) == 0 {
		return
	}
	var words []string
	for _, h := range all {
		words = append(words, fmt.Sprintf("%s %.3f", printable(h.Coder), h.F1()))
	}
	p.line("%s", p.cut("Human coders, "+all[0].Metric+": "+strings.Join(words, ", "), pageWidth))
}

func (p *page) worstLabels(run *eval.Run) {
	labels := run.Worst(labelsShown)
	if len(labels) == 0 {
		return
	}
	p.line("%s", p.paint(dim, fmt.Sprintf("%-46s %5s %5s %5s %6s %8s", "labels that cost most", "gold", "hit", "extra", "missed", "F1 lost")))
	for _, l := range labels {
		p.line("%-46s %5d %5d %5d %6d %8s", p.cut(fmt.Sprintf("%-8s %s", l.Code, l.Title), 46), l.Support, l.Hit, l.Extra, l.Missed, eval.Figure(l.LostF1))
	}
}

func (p *page) kinds(run *eval.Run) {
	kinds := run.Kinds()
	var words []string
	for _, k := range kinds[:min(kindsShown, len(kinds))] {
		words = append(words, fmt.Sprintf("%s %s %d", k.System, k.Relation, k.Count))
	}
	if len(words) == 0 {
		words = append(words, "none")
	}
	p.line("Commonest errors: %s", strings.Join(words, ", "))
}

func (p *page) files(e *evaluation) {
	if e.flags.out == "" {
		p.line("No files written: --out FOLDER keeps report.html, metrics.json and the rest")
		return
	}
	p.line("Files: %s, metrics.json and the rest in %s", filepath.Join(e.flags.out, "report.html"), e.flags.out)
}
