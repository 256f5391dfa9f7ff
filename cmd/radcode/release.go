package main

import (
	"fmt"
	"sync"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// releases lists what was imported. A cache folder that does not exist, or that
// nobody can name, holds nothing.
func (a *app) releases() (*index.Releases, error) {
	if dir, err := a.cacheFolder(); err == nil {
		return index.OpenReleases(dir)
	}
	return &index.Releases{}, nil
}

// releaseOption lets an engine answer from imported releases; nil when there are
// none. A release that cannot be read is told once and then counts as absent.
func (a *app) releaseOption() (func(date string) *index.Release, error) {
	rs, err := a.releases()
	if err != nil || len(rs.All()) == 0 {
		return nil, err
	}
	var told sync.Map
	return func(date string) *index.Release {
		r, err := rs.On(lexicon.ICD10CM, date)
		if err == nil {
			return r
		}
		if _, again := told.LoadOrStore(err.Error(), true); !again {
			a.messages.tell("warning: coding without the release: %v", err)
		}
		return nil
	}, nil
}

// importedSets are the imported releases as code sets.
func importedSets(rs *index.Releases) []coding.Codeset {
	var out []coding.Codeset
	for _, m := range rs.All() {
		out = append(out, coding.CodesetOf(m))
	}
	return out
}

// named opens a release by its name; one that was not imported is an error.
func named(rs *index.Releases, release string) (*index.Release, error) {
	r, err := rs.Named(lexicon.ICD10CM, release)
	if err == nil && r == nil {
		err = fmt.Errorf("release %q is not imported; radcode codes list --releases shows those that are", release)
	}
	return r, err
}
