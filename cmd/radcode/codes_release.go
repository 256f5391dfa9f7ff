package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// listReleases prints what was imported.
func (a *app) listReleases(asJSON bool) error {
	rs, err := a.releases()
	if err != nil {
		return err
	}
	tables, err := a.tableManifests()
	if err != nil {
		return err
	}
	if asJSON {
		all := []any{}
		for _, m := range rs.All() {
			all = append(all, m)
		}
		for _, m := range tables {
			all = append(all, m)
		}
		return a.printJSON(all)
	}
	p := &page{style: a.style()}
	for i, m := range rs.All() {
		if i > 0 {
			p.line("")
		}
		p.release(m)
	}
	for i, m := range tables {
		if i+len(rs.All()) > 0 {
			p.line("")
		}
		p.table(m)
	}
	if len(rs.All())+len(tables) == 0 {
		a.messages.tell("no release is imported")
	}
	return a.print(p)
}

func newCodesRemove(a *app) *cobra.Command {
	return &cobra.Command{
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.codesRemove(args[0]) },
	}
}

func (a *app) codesRemove(release string) error {
	cache, err := a.cacheFolder()
	if err != nil {
		return err
	}
	removed, err := index.RemoveRelease(cache, lexicon.ICD10CM, release)
	if err == nil && !removed {
		removed, err = a.removeTable(cache, release)
	}
	if err == nil && !removed {
		err = fmt.Errorf("release %q is not imported", release)
	}
	return err
}

func (a *app) removeTable(cache, name string) (bool, error) {
	manifests, err := a.tableManifests()
	if err != nil {
		return false, err
	}
	m, err := tableNamed(manifests, name)
	if err != nil || m == nil {
		return false, err
	}
	return index.RemoveTable(cache, m.ID())
}
