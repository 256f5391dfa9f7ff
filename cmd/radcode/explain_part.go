package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
)

// explainPart asks for the workflow or the checklist in place of the scores.
type explainPart struct{ steps, checklist, json bool }

func (f *explainPart) add(c *cobra.Command) {
	c.Flags().BoolVar(&f.steps, "steps", false, "the seven steps of the coding guides, with what was decided in each")
	c.Flags().BoolVar(&f.checklist, "checklist", false, "the ten best practices: pass, fail, unknown, or not checkable")
	c.Flags().BoolVar(&f.json, "json", false, "with --steps or --checklist: print JSON")
	c.MarkFlagsMutuallyExclusive("steps", "checklist")
}

func (a *app) explainPart(ctx context.Context, f engineFlags, r redaction, part explainPart, path string) error {
	x, err := a.codedReport(ctx, f, r, path)
	if err != nil {
		return err
	}
	p := &page{style: a.style()}
	p.title(x.ID)
	if part.steps {
		steps := coding.Workflow(&x.result)
		if part.json {
			return a.printJSON(steps)
		}
		for _, s := range steps {
			p.step(s)
		}
		return a.print(p)
	}
	items := coding.Checklist(&x.result)
	if part.json {
		return a.printJSON(items)
	}
	for _, item := range items {
		p.item(item)
	}
	return a.print(p)
}

func (p *page) step(s coding.Step) {
	p.line("%d  %s  %s", s.Number, p.paint(bold, s.Name), p.paint(dim, s.Doc))
	p.wrapped("", 3, s.Decision)
	if len(s.Flags) > 0 {
		p.wrapped(yellow, 3, "flags: "+strings.Join(s.Flags, ", "))
	}
}

func (p *page) item(i coding.Item) {
	inks := map[coding.Outcome]ink{coding.Fail: red, coding.Unknown: yellow, coding.NotCheckable: dim}
	p.line("%s %s", p.paint(inks[i.Outcome], fmt.Sprintf("%-14s", i.Outcome)), p.paint(bold, i.Name))
	p.wrapped(dim, 15, i.Doc)
	if len(i.Flags) > 0 {
		p.wrapped("", 15, strings.Join(i.Flags, ", "))
	}
}
