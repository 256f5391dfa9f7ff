package main

import (
	"encoding/json"
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
)

// manifestEntry is a code set as `version` prints it.
type manifestEntry struct {
	Name          string `json:"name"`
	Version       string `json:"version"`
	EffectiveFrom string `json:"effective_from"`
	EffectiveTo   string `json:"effective_to"`
	SHA256        string `json:"sha256"`
}

func newVersion(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.version(asJSON) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) version(asJSON bool) error {
	sets, err := codesets()
	if err != nil {
		return err
	}
	rs, err := a.releases()
	if err != nil {
		return err
	}
	tables, err := a.tableManifests()
	if err != nil {
		return err
	}
	sets = append(append(sets, importedSets(rs)...), importedTables(tables)...)
	entries := make([]manifestEntry, len(sets))
	for i, s := range sets {
		entries[i] = manifestEntry{s.System, s.Release, s.From, s.To, s.SHA256}
	}
	if asJSON {
		return a.printJSON(struct {
			Engine   string          `json:"engine"`
			Codesets []manifestEntry `json:"codesets"`
		}{coding.EngineVersion, entries})
	}
	p := &page{}
	p.line("radcode %s (%s %s/%s)", coding.EngineVersion, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for _, e := range entries {
		p.line("%-8s %-14s %s to %s  sha256 %s", e.Name, e.Version, e.EffectiveFrom, e.EffectiveTo, e.SHA256[:16])
	}
	return a.print(p)
}

// print writes a view to stdout.
func (a *app) print(p *page) error {
	_, err := fmt.Fprint(a.out, p.String())
	return err
}

// printJSON writes a value to stdout, indented.
func (a *app) printJSON(v any) error {
	enc := json.NewEncoder(a.out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}
