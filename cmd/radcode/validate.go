package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
)

func newValidate(a *app) *cobra.Command {
	var f engineFlags
	var o validateFlags
	var hide redaction
	c := &cobra.Command{
		Long: `Check what reports document, without printing codes: the flags of each report, errors
first, with the question to ask. The exit code is 1 when an error flag stands.

--remedies adds wordings that settle the flags, where each belongs, and the service lines
that the report would have with it. Every wording is tried on the report first, which
takes as long as coding it that many times.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.validate(c.Context(), f, hide, o, args) },
	}
	f.add(c)
	hide.add(c)
	c.Flags().BoolVar(&o.json, "json", false, `print one line {"id","flags"} per report`)
	c.Flags().BoolVar(&o.remedies, "remedies", false, "add wordings that settle the flags, each tried on the report")
	return c
}

// validateFlags say what is printed.
type validateFlags struct{ json, remedies bool }

func (a *app) validate(ctx context.Context, f engineFlags, r redaction, o validateFlags, paths []string) error {
	engine, err := a.engine(f)
	if err != nil {
		return err
	}
	hide, err := a.redactor(r)
	if err != nil {
		return err
	}
	in := a.openInput(paths, f.date)
	in.redact = hide
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := a.flagWriter(out, o.json)
	b := batch{engine: engine, workers: runtime.GOMAXPROCS(0)}
	standing := false
	for x, err := range b.run(ctx, in.records(ctx)) {
		var remedies []coding.Remedy
		if err == nil && o.remedies {
			_, remedies, err = engine.Remedies(ctx, x.Report)
		}
		if err == nil {
			err = write(redacted(hide, x), remedies)
		}
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		standing = standing || hasError(x.result.Flags)
	}
	if err := in.finish(out.Flush()); err != nil {
		return err
	}
	if standing {
		return failed
	}
	return nil
}

func hasError(flags []coding.Flag) bool {
	for _, f := range flags {
		if f.Severity == coding.SeverityError {
			return true
		}
	}
	return false
}

// flagWriter prints only the flags of an answer, and what settles them.
func (a *app) flagWriter(w io.Writer, asJSON bool) func(answer, []coding.Remedy) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(x answer, remedies []coding.Remedy) error {
			return enc.Encode(struct {
				ID       string          `json:"id"`
				Flags    []coding.Flag   `json:"flags"`
				Remedies []coding.Remedy `json:"remedies,omitempty"`
			}{x.ID, x.result.Flags, remedies})
		}
	}
	style := a.style()
	return func(x answer, remedies []coding.Remedy) error {
		p := &page{style: style}
		p.title(x.ID)
		told := map[string]bool{}
		for _, f := range x.result.Flags {
			p.flag(x, f)
			if !told[f.ID] {
				p.remedies(f.ID, remedies)
			}
			told[f.ID] = true
		}
		if len(x.result.Flags) == 0 {
			p.line("  nothing is missing")
		}
		_, err := fmt.Fprint(w, p.String())
		return err
	}
}

// remedies prints the wordings that settle a flag.
func (p *page) remedies(flag string, all []coding.Remedy) {
	for _, r := range all {
		if r.Flag != flag {
			continue
		}
		line := fmt.Sprintf("if %s, in %s: %q", r.If, r.Section, r.Wording)
		if len(r.Lines) > 0 {
			line += ", then " + strings.Join(r.Lines, ", ")
		}
		p.wrapped("", 6, line)
	}
}
