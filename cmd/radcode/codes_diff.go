package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/index"
)

func newCodesDiff(a *app) *cobra.Command {
	var claims string
	var asJSON bool
	c := &cobra.Command{
		Long: `Compare two imported releases: codes added and deleted, titles revised, codes that need
more characters now or no longer. Or two payment tables of a kind, by the names that
codes list --releases shows: rows added and deleted, and what changed in the others.

--claims reads corpus lines (their gold) or results (JSON, one per line) and says which
of their ICD-10-CM codes are concerned: those deleted, revised or no longer billable.`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error { return a.codesDiff(args[0], args[1], claims, asJSON) },
	}
	c.Flags().StringVar(&claims, "claims", "", "corpus or results, JSONL: which of their codes are concerned")
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

// difference is what `codes diff` prints.
type difference struct {
	From    string         `json:"from"`
	To      string         `json:"to"`
	Changes []index.Change `json:"changes"`
	Claims  []concerned    `json:"claims,omitempty"`
}

func (a *app) codesDiff(from, to, claims string, asJSON bool) error {
	if there, err := a.diffTables(from, to, asJSON); there || err != nil {
		if err == nil && claims != "" {
			err = errors.New("--claims is for releases of ICD-10-CM")
		}
		return err
	}
	rs, err := a.releases()
	if err != nil {
		return err
	}
	defer rs.Close()
	old, err := named(rs, from)
	if err != nil {
		return err
	}
	later, err := named(rs, to)
	if err != nil {
		return err
	}
	d := difference{From: old.Release, To: later.Release, Changes: index.Diff(old, later)}
	if claims != "" {
		if d.Claims, err = a.concernedClaims(claims, d.Changes); err != nil {
			return err
		}
	}
	if asJSON {
		return a.printJSON(d)
	}
	p := &page{style: a.style()}
	p.difference(d, claims != "")
	return a.print(p)
}

func (p *page) difference(d difference, claims bool) {
	counts := map[index.ChangeKind]int{}
	for _, c := range d.Changes {
		counts[c.Kind]++
		if !claims {
			p.change(c)
		}
	}
	for _, c := range d.Claims {
		p.change(c.Change)
		p.wrapped(dim, 21, fmt.Sprintf("%s: %s", plural(len(c.Reports), "report"), strings.Join(c.Reports, ", ")))
	}
	if claims && len(d.Claims) == 0 {
		p.line("No report has a code that was deleted, revised or is no longer billable.")
	}
	p.line("%s to %s: %d added, %d deleted, %d revised titles, %d no longer billable, %d newly billable", d.From, d.To,
		counts[index.Added], counts[index.Deleted], counts[index.Revised], counts[index.ToHeader], counts[index.ToBillable])
}

func (p *page) change(c index.Change) {
	kind := map[index.ChangeKind]string{index.ToHeader: "to header", index.ToBillable: "to billable"}[c.Kind]
	if kind == "" {
		kind = string(c.Kind)
	}
	p.line("%s %s %s", pad(kind, 11), p.paint(bold, pad(c.Code, 8)), c.Title)
	if c.Was != "" {
		p.wrapped(dim, 21, "was: "+c.Was)
	}
}
