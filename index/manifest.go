package index

import (
	"fmt"
	"regexp"
	"time"
)

// Manifest names a release and says where it came from.
type Manifest struct {
	System  string   `json:"system"`  // icd10cm
	Release string   `json:"release"` // FY2027
	From    string   `json:"from"`    // first date of service, YYYY-MM-DD
	To      string   `json:"to"`      // last date of service; "" = until the next release
	SHA256  string   `json:"sha256"`  // of the data radcode keeps: the same sources give the same sum
	Sources []Source `json:"sources"`
	Counts  Counts   `json:"counts"`
}

// Source is a file that a release was read from.
type Source struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

// Counts say how much a release holds.
type Counts struct {
	Codes     int `json:"codes"` // headers included
	Billable  int `json:"billable"`
	Blocks    int `json:"blocks"` // chapters included
	Notes     int `json:"notes"`
	Sevenths  int `json:"seventh_characters"`
	Index     int `json:"index"` // terms, those included that only hold others
	External  int `json:"external_causes"`
	Neoplasms int `json:"neoplasms"`
	Drugs     int `json:"drugs"`
	Changes   int `json:"changes"`
}

// InForce reports whether the release counts on a date of service.
func (m *Manifest) InForce(date string) bool {
	return m.From <= date && (m.To == "" || date <= m.To)
}

// plainName keeps names of releases usable as file names everywhere.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,40}$`)

func (m *Manifest) check() error {
	for _, x := range []struct{ what, name string }{{"system", m.System}, {"release", m.Release}} {
		if !plainName.MatchString(x.name) {
			return fmt.Errorf("%s %q: want letters, digits, dots and hyphens", x.what, x.name)
		}
	}
	if _, err := time.Parse(time.DateOnly, m.From); err != nil {
		return fmt.Errorf("release %s: first date of service %q: want YYYY-MM-DD", m.Release, m.From)
	}
	if m.To == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, m.To); err != nil {
		return fmt.Errorf("release %s: last date of service %q: want YYYY-MM-DD", m.Release, m.To)
	}
	if m.To < m.From {
		return fmt.Errorf("release %s: ends %s, before it begins %s", m.Release, m.To, m.From)
	}
	return nil
}
