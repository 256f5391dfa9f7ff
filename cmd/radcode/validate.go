package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
)

func newValidate(a *app) *cobra.Command {
	var f engineFlags
	var hide redaction
	var asJSON bool
	c := &cobra.Command{
		Long: `Check what reports document, without printing codes: the flags of each report, errors
first, with the question to ask. The exit code is 1 when an error flag stands.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.validate(c.Context(), f, hide, asJSON, args) },
	}
	f.add(c)
	hide.add(c)
	c.Flags().BoolVar(&asJSON, "json", false, `print one line {"id","flags"} per report`)
	return c
}

func (a *app) validate(ctx context.Context, f engineFlags, r redaction, asJSON bool, paths []string) error {
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
	write := a.flagWriter(out, asJSON)
	b := batch{engine: engine, workers: runtime.GOMAXPROCS(0)}
	standing := false
	for x, err := range b.run(ctx, in.records(ctx)) {
		if err == nil {
			err = write(redacted(hide, x))
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

// flagWriter prints only the flags of an answer.
func (a *app) flagWriter(w io.Writer, asJSON bool) func(answer) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetEscapeHTML(false)
		return func(x answer) error {
			return enc.Encode(struct {
				ID    string        `json:"id"`
				Flags []coding.Flag `json:"flags"`
			}{x.ID, x.result.Flags})
		}
	}
	style := a.style()
	return func(x answer) error {
		p := &page{style: style}
		p.title(x.ID)
		for _, f := range x.result.Flags {
			p.flag(x, f)
		}
		if len(x.result.Flags) == 0 {
			p.line("  nothing is missing")
		}
		_, err := fmt.Fprint(w, p.String())
		return err
	}
}
