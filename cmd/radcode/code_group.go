package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// byPatient is the only way of grouping.
const byPatient = "patient"

func addGroupBy(c *cobra.Command, to *string) {
	c.Flags().StringVar(to, "group-by", "", "patient: one claim for each patient and day; the input is sorted by patient and date of service")
}

func checkGroupBy(name string) error {
	if name != "" && name != byPatient {
		return fmt.Errorf("--group-by %q: want %s", name, byPatient)
	}
	return nil
}

// dayFormats are the formats that show encounters.
var dayFormats = map[string]func(a *app, w io.Writer) func(coding.Encounter) error{
	"text": writeDayText, "json": writeDayJSON, "jsonl": writeDayLines,
}

// codeDays codes reports by patient and day.
func (a *app) codeDays(ctx context.Context, engine *coding.Engine, f codeFlags, paths []string) error {
	if f.format == "" {
		f.format = "jsonl"
	}
	newWriter, ok := dayFormats[f.format]
	if !ok {
		return fmt.Errorf("--format %s does not show claims of a day: want text, json or jsonl", f.format)
	}
	in := a.openInput(paths, f.date)
	done := a.progress(in, true)
	defer done()
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := newWriter(a, out)
	for x, err := range engine.Encounters(ctx, in.reports(ctx), f.workers) {
		if err == nil {
			err = write(x)
		}
		if err != nil {
			return errors.Join(err, out.Flush())
		}
	}
	return in.finish(out.Flush())
}

// reports yields the reports of records.
func (in *input) reports(ctx context.Context) iter.Seq[nlp.Report] {
	return func(yield func(nlp.Report) bool) {
		for rec := range in.records(ctx) {
			if !yield(rec.Report) {
				return
			}
		}
	}
}

func writeDayJSON(_ *app, w io.Writer) func(coding.Encounter) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return func(x coding.Encounter) error { return enc.Encode(x) }
}

func writeDayLines(_ *app, w io.Writer) func(coding.Encounter) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(x coding.Encounter) error { return enc.Encode(x) }
}

// writeDayText prints the claim of a day; what the reports say is left to code without
// --group-by.
func writeDayText(a *app, w io.Writer) func(coding.Encounter) error {
	style, number := a.style(), 0
	return func(x coding.Encounter) error {
		p := &page{style: style}
		if number++; number > 1 {
			p.line("")
		}
		p.title(strings.TrimSpace(x.Patient + " " + x.Date))
		p.line("  reports: %s", printable(strings.Join(x.Reports, ", ")))
		p.claims(&coding.Result{Claim: x.Claim, Claims: x.Claims})
		p.flags(answer{result: coding.Result{Flags: x.Flags}})
		p.disposition(&coding.Result{Disposition: x.Disposition})
		_, err := io.WriteString(w, p.String())
		return err
	}
}
