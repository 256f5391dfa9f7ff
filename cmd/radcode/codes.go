package main

import (
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
	{"show [--date DATE] CODE...", "Show all that is known about codes", newCodesShow},
	{"list [FLAGS]", "List codes, or with --releases what was imported", newCodesList},
	{"import FILE...|FOLDER", "Import an official release of ICD-10-CM, or payment tables", newCodesImport},
	{"diff RELEASE RELEASE", "Compare two imported releases or tables; --claims F: which reports it concerns", newCodesDiff},
	{"remove RELEASE|TABLE", "Remove an imported release or table", newCodesRemove},
}

func newCodes(a *app) *cobra.Command {
	c := &cobra.Command{
		Long: `Search, show and list the procedure and diagnosis codes that radcode holds. Titles are
our own words, not official descriptors. The search index is built at the first
use in the user's cache folder; RADCODE_CACHE names another one.

Official releases of ICD-10-CM are imported into the same folder. Once there, they are
searched and shown as well, and coding takes titles and validity from the one in
force on the date of service. So are payment tables: NCCI pairs, most units a day,
add-on codes, relative values, HCPCS Level II, coverage articles and rules of payers.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, sub := range codesCommands {
		c.AddCommand(sub.build(a))
	}
	return c
}

func newCodesList(a *app) *cobra.Command {
	var f codesFlags
	var releases bool
	c := &cobra.Command{
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			if releases {
				return a.listReleases(f.json)
			}
			return a.codesList(f)
		},
	}
	f.add(c)
	c.Flags().BoolVar(&releases, "releases", false, "list imported releases instead of codes")
	return c
}

func (p *page) codeLine(c *index.Code) {
	const titleWidth = pageWidth - 10 - 9 - 2
	until := ""
	if c.To != "" {
		until = "until " + c.To
	}
	p.line("%s%s %s %s", p.paint(bold, pad(c.ID, 10)), pad(p.cut(c.Title, titleWidth), titleWidth), p.paint(dim, pad(c.System, 8)), p.paint(dim, until))
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
