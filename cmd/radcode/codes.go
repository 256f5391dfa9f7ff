package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// codesFlags narrow what is searched or listed.
type codesFlags struct {
	system, date string
	limit        int
	any, json    bool
}

func (f *codesFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.system, "system", "", "only this system: "+strings.Join(systems, ", "))
	c.Flags().StringVar(&f.date, "date", "", "codes valid on this date of service, YYYY-MM-DD (default: codes in force)")
	c.Flags().BoolVar(&f.any, "any", false, "also codes that have ended")
	c.Flags().BoolVar(&f.json, "json", false, "print JSON")
}

var systems = []string{lexicon.CPT, lexicon.HCPCS, lexicon.ICD10CM}

func (f *codesFlags) check() error {
	if f.system != "" && !slices.Contains(systems, f.system) {
		return fmt.Errorf("--system %q: want one of %s", f.system, strings.Join(systems, ", "))
	}
	return checkDate("--date", f.date)
}

var codesCommands = []command{
	{"search [FLAGS] WORDS...", "Find codes by the words of their titles and terms", newCodesSearch},
	{"show CODE...", "Show all that is known about codes", newCodesShow},
	{"list [FLAGS]", "List codes", newCodesList},
}

func newCodes(a *app) *cobra.Command {
	c := &cobra.Command{
		Long: `Search, show and list the procedure and diagnosis codes that radcode holds. Titles are
our own words, not official descriptors. The search index is built at the first
use in the user's cache folder; RADCODE_CACHE names another one.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, sub := range codesCommands {
		c.AddCommand(sub.build(a))
	}
	return c
}

func newCodesSearch(a *app) *cobra.Command {
	var f codesFlags
	c := &cobra.Command{
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.codesSearch(c.Context(), f, strings.Join(args, " "))
		},
	}
	f.add(c)
	c.Flags().IntVar(&f.limit, "limit", 10, "how many codes at most")
	return c
}

func newCodesShow(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.codesShow(asJSON, args) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func newCodesList(a *app) *cobra.Command {
	var f codesFlags
	c := &cobra.Command{
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.codesList(f) },
	}
	f.add(c)
	return c
}

func (a *app) codesSearch(ctx context.Context, f codesFlags, words string) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.limit < 1 {
		return fmt.Errorf("--limit %d: want 1 or more", f.limit)
	}
	ix, err := a.openIndex()
	if err != nil {
		return err
	}
	defer ix.Close()
	hits, err := ix.Search(ctx, index.Query{Text: words, System: f.system, Date: f.date, Any: f.any, Limit: f.limit})
	if err != nil {
		return err
	}
	if f.json {
		return a.printJSON(append([]index.Hit{}, hits...))
	}
	p := &page{style: a.style()}
	for _, h := range hits {
		p.codeLine(h.Code)
	}
	return a.print(p)
}

func (p *page) codeLine(c *index.Code) {
	const titleWidth = pageWidth - 10 - 9 - 2
	until := ""
	if c.To != "" {
		until = "until " + c.To
	}
	p.line("%s%s %s %s", p.paint(bold, pad(c.ID, 10)), pad(c.Title, titleWidth), p.paint(dim, pad(c.System, 8)), p.paint(dim, until))
}

func (a *app) codesList(f codesFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return err
	}
	codes := coding.Descriptors(lex)
	kept := slices.DeleteFunc(codes, func(c index.Code) bool {
		return f.system != "" && c.System != f.system || !f.any && !c.InForce(f.date)
	})
	if f.json {
		return a.printJSON(kept)
	}
	p := &page{style: a.style()}
	for i := range kept {
		p.codeLine(&kept[i])
	}
	return a.print(p)
}

func (a *app) codesShow(asJSON bool, ids []string) error {
	ix, err := a.openIndex()
	if err != nil {
		return err
	}
	defer ix.Close()
	found := []*index.Code{}
	for _, id := range ids {
		if c, ok := ix.Lookup("", id); ok {
			found = append(found, c)
			continue
		}
		a.messages.tell("%s: no code that radcode knows", id)
	}
	if err := a.printCodes(asJSON, found); err != nil {
		return err
	}
	if len(found) < len(ids) {
		return failed
	}
	return nil
}

func (a *app) printCodes(asJSON bool, codes []*index.Code) error {
	if asJSON {
		return a.printJSON(codes)
	}
	p := &page{style: a.style()}
	for i, c := range codes {
		if i > 0 {
			p.line("")
		}
		p.line("%s  %s", p.paint(bold, c.ID), c.Title)
		p.line("  %s, %s", c.System, validity(c.From, c.To))
		for _, x := range c.Axes {
			p.wrapped("", 2, x)
		}
		if len(c.Terms) > 0 {
			p.wrapped(dim, 2, "also: "+strings.Join(c.Terms, "; "))
		}
	}
	return a.print(p)
}

// validity says in words from when to when a code is in force.
func validity(from, to string) string {
	switch {
	case from == "" && to == "":
		return "in force"
	case to == "":
		return "in force since " + from
	case from == "":
		return "ended " + to
	}
	return "in force " + from + " to " + to
}

// openIndex opens the search index; a cache folder that cannot be used costs
// time, not the answer.
func (a *app) openIndex() (*index.Index, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	codes := coding.Descriptors(lex)
	dir, err := a.cacheFolder()
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err != nil {
		a.messages.tell("warning: cache folder not usable, index kept in memory: %v", err)
		dir = ""
	}
	ix, err := index.Open(dir, codes)
	if ix == nil {
		return nil, err
	}
	if err != nil {
		a.messages.tell("warning: %v", err)
	}
	return ix, nil
}

func (a *app) cacheFolder() (string, error) {
	if dir := a.env("RADCODE_CACHE"); dir != "" {
		return dir, nil
	}
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "radcode"), nil
}
