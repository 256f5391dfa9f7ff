package main

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/schollz/progressbar/v3"
	"github.com/spf13/cobra"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/index/codeset"
)

type importFlags struct {
	codeset.Options
	setting string
	json    bool
}

func newCodesImport(a *app) *cobra.Command {
	var f importFlags
	c := &cobra.Command{
		Long: `Import an official release of ICD-10-CM, or payment tables, into the cache folder: the
ZIP files of CMS (code descriptions, addenda; NCCI pairs, MUE, add-on codes, relative
values, HCPCS Level II, the Medicare Coverage Database) and of CDC (tabular list and
index in XML), as downloaded or unpacked, tables with a header row, or rules of a payer
as JSON. Give all files of a release at once, or the folder they are in; what each one
is, is told by its content. What is there under the same name is replaced when the new
files are read whole.

The release and its dates come from the files: FY2026 is in force from 2025-10-01
to 2026-09-30, 2026Q4 from 2026-10-01 on. docs/codes.md says where the files are.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.codesImport(c.Context(), f, args) },
	}
	c.Flags().StringVar(&f.Release, "release", "", "name of the release (default: as the files say)")
	c.Flags().StringVar(&f.From, "from", "", "first date of service, YYYY-MM-DD (default: of the release's fiscal year)")
	c.Flags().StringVar(&f.To, "to", "", "last date of service, YYYY-MM-DD (default: of the release's fiscal year)")
	c.Flags().StringVar(&f.setting, "setting", "", "who bills by NCCI tables that do not say it: "+strings.Join(tableSettings, ", "))
	c.Flags().StringVar(&f.Payer, "payer", "", "whose a coverage table is (default: everybody's)")
	c.Flags().BoolVar(&f.json, "json", false, "print JSON")
	return c
}

// importReport is what `codes import` prints.
type importReport struct {
	index.Manifest
	Files   []codeset.File `json:"files"`
	Seconds float64        `json:"seconds"`
}

func (a *app) codesImport(ctx context.Context, f importFlags, paths []string) error {
	for flag, date := range map[string]string{"--from": f.From, "--to": f.To} {
		if err := checkDate(flag, date); err != nil {
			return err
		}
	}
	if f.setting != "" && !slices.Contains(tableSettings, f.setting) {
		return fmt.Errorf("--setting %q: want %s", f.setting, strings.Join(tableSettings, ", "))
	}
	f.Setting = index.Setting(f.setting)
	cache, err := a.cacheFolder()
	if err != nil {
		return err
	}
	began := a.now()
	d, tables, files, err := a.readFiles(ctx, f, paths)
	if err != nil {
		return err
	}
	if tables != nil {
		return a.importTables(ctx, cache, tables, files, began, f.json)
	}
	m, err := a.writeRelease(ctx, cache, d)
	if err != nil {
		return err
	}
	report := importReport{m, files, a.now().Sub(began).Round(10 * time.Millisecond).Seconds()}
	if f.json {
		return a.printJSON(report)
	}
	p := &page{style: a.style()}
	p.imported(report)
	return a.print(p)
}

func (a *app) readFiles(ctx context.Context, f importFlags, paths []string) (*index.Draft, []index.TableDraft, []codeset.File, error) {
	total, err := sizeOf(paths)
	if err != nil {
		return nil, nil, nil, err
	}
	known, err := a.knownCodes()
	if err != nil {
		return nil, nil, nil, err
	}
	defer known.releases.Close()
	known.into(&f.Options)
	var done func()
	f.Progress, done = a.bar("reading", total, progressbar.OptionShowBytes(true))
	defer done()
	d, tables, files, err := codeset.Import(ctx, paths, f.Options)
	if err == nil {
		err = known.err
	}
	return d, tables, files, err
}

func (a *app) writeRelease(ctx context.Context, cache string, d *index.Draft) (index.Manifest, error) {
	set, done := a.bar("indexing", int64(len(d.Codes)))
	defer done()
	return index.ImportRelease(ctx, cache, d, func(n int) { set(int64(n)) })
}

// sizeOf adds up the files that a run will read.
func sizeOf(paths []string) (total int64, err error) {
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			return 0, err
		}
		if !info.IsDir() {
			total += info.Size()
			continue
		}
		err = filepath.WalkDir(path, func(_ string, e fs.DirEntry, err error) error {
			if err != nil || !e.Type().IsRegular() {
				return err
			}
			info, err := e.Info()
			if err == nil {
				total += info.Size()
			}
			return err
		})
		if err != nil {
			return 0, err
		}
	}
	return total, nil
}

func (p *page) imported(r importReport) {
	p.filesRead(r.Files)
	p.line("")
	p.release(r.Manifest)
	p.line("  %.1f s", r.Seconds)
}

// filesRead prints what became of each file.
func (p *page) filesRead(files []codeset.File) {
	for _, f := range files {
		if f.Skipped != "" {
			p.line("%s %s", pad("skipped", 27), p.paint(dim, f.Name+" ("+f.Skipped+")"))
			continue
		}
		p.line("%s %8d  %s", pad(f.Format, 27), f.Rows, f.Name)
	}
}

// release prints a release and what it holds.
func (p *page) release(m index.Manifest) {
	p.line("%s  %s", p.paint(bold, m.System+" "+m.Release), validity(m.From, m.To))
	c := m.Counts
	p.line("  %d codes, %d billable, %d chapters and blocks", c.Codes, c.Billable, c.Blocks)
	p.line("  %d notes, %d seventh characters", c.Notes, c.Sevenths)
	p.line("  %d index terms, %d external causes, %d neoplasm sites, %d drugs", c.Index, c.External, c.Neoplasms, c.Drugs)
	if c.Changes > 0 {
		p.line("  %d changes since the release before", c.Changes)
	}
	p.line("  sha256 %s", m.SHA256)
	for _, s := range m.Sources {
		p.line("  %s", p.paint(dim, fmt.Sprintf("from %s, sha256 %s", s.Name, s.SHA256[:16])))
	}
}
