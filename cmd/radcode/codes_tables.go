package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/index/codeset"
)

// paymentTables opens the imported payment tables. A cache folder that nobody can
// name holds none.
func (a *app) paymentTables() (*index.PaymentTables, error) {
	if dir, err := a.cacheFolder(); err == nil {
		return index.OpenPaymentTables(dir)
	}
	return nil, nil
}

func (a *app) tableManifests() ([]index.TableManifest, error) {
	if dir, err := a.cacheFolder(); err == nil {
		return index.PaymentManifests(dir)
	}
	return nil, nil
}

// tableSettings are who may bill by a table.
var tableSettings = []string{string(index.Practitioner), string(index.Hospital), string(index.Supplier)}

// tablesReport is what `codes import` prints of payment tables.
type tablesReport struct {
	Tables  []index.TableManifest `json:"tables"`
	Files   []codeset.File        `json:"files"`
	Seconds float64               `json:"seconds"`
}

func (a *app) importTables(ctx context.Context, cache string, drafts []index.TableDraft, files []codeset.File, began time.Time, asJSON bool) error {
	manifests, err := index.ImportTables(ctx, cache, drafts)
	if err != nil {
		return err
	}
	seconds := a.now().Sub(began).Round(10 * time.Millisecond).Seconds()
	if asJSON {
		return a.printJSON(tablesReport{manifests, files, seconds})
	}
	p := &page{style: a.style()}
	p.filesRead(files)
	for _, m := range manifests {
		p.line("")
		p.table(m)
	}
	p.line("  %.1f s", seconds)
	return a.print(p)
}

// table prints a payment table and what it holds.
func (p *page) table(m index.TableManifest) {
	p.line("%s  %s", p.paint(bold, m.ID()), tableValidity(m))
	if m.Payer != "" {
		p.line("  of payer %s", m.Payer)
	}
	out := ""
	if m.LeftOut > 0 {
		out = fmt.Sprintf("; %d left out, of no code that radcode knows", m.LeftOut)
	}
	p.line("  %s: %d%s", index.TableRows(m.Kind), m.Rows, out)
	p.line("  sha256 %s", m.SHA256)
	for _, s := range m.Sources {
		p.line("  %s", p.paint(dim, fmt.Sprintf("from %s, sha256 %s", s.Name, s.SHA256[:16])))
	}
}

func tableValidity(m index.TableManifest) string {
	switch {
	case m.From == "" && m.To == "":
		return "for all dates"
	case m.From == "":
		return "until " + m.To
	case m.History:
		return validity(m.From, m.To) + "; its rows tell of earlier dates"
	}
	return validity(m.From, m.To)
}

// importedTables are the imported payment tables as code sets.
func importedTables(manifests []index.TableManifest) []coding.Codeset {
	var out []coding.Codeset
	for _, m := range manifests {
		system := strings.TrimSuffix(m.ID(), "-"+strings.ToLower(m.Name))
		out = append(out, coding.Codeset{System: system, Release: m.Name, From: m.From, To: m.To, SHA256: m.SHA256})
	}
	return out
}

// tableNamed finds a table by its id, or by its name where only one is called so; nil
// when there is none.
func tableNamed(manifests []index.TableManifest, name string) (*index.TableManifest, error) {
	var ids []string
	var found *index.TableManifest
	for i := range manifests {
		m := &manifests[i]
		if strings.EqualFold(m.ID(), name) {
			return m, nil
		}
		if strings.EqualFold(m.Name, name) {
			found = m
			ids = append(ids, m.ID())
		}
	}
	if len(ids) > 1 {
		return nil, fmt.Errorf("several tables are called %q: name one of %s", name, strings.Join(ids, ", "))
	}
	return found, nil
}

// tablesDifference is what `codes diff` prints of two payment tables.
type tablesDifference struct {
	From    string              `json:"from"`
	To      string              `json:"to"`
	Changes []index.TableChange `json:"changes"`
}

// diffTables compares two payment tables of a kind; not there: neither is one.
func (a *app) diffTables(from, to string, asJSON bool) (there bool, err error) {
	manifests, err := a.tableManifests()
	if err != nil {
		return false, err
	}
	old, err := tableNamed(manifests, from)
	if err != nil {
		return false, err
	}
	later, err := tableNamed(manifests, to)
	if err != nil || old == nil || later == nil {
		return false, err
	}
	ts, err := a.paymentTables()
	if err != nil {
		return true, err
	}
	changes, err := index.DiffTables(openedTable(ts, old), openedTable(ts, later))
	if err != nil {
		return true, err
	}
	d := tablesDifference{old.ID(), later.ID(), changes}
	if asJSON {
		return true, a.printJSON(d)
	}
	p := &page{style: a.style()}
	p.tablesDifference(d)
	return true, a.print(p)
}

func openedTable(ts *index.PaymentTables, m *index.TableManifest) *index.PaymentTable {
	all := ts.All()
	i := slices.IndexFunc(all, func(t *index.PaymentTable) bool {
		return t.Kind == m.Kind && t.Name == m.Name && t.Setting == m.Setting && t.Payer == m.Payer
	})
	if i < 0 {
		return &index.PaymentTable{Kind: m.Kind} // removed just now
	}
	return all[i]
}

func (p *page) tablesDifference(d tablesDifference) {
	counts := map[index.ChangeKind]int{}
	for _, c := range d.Changes {
		counts[c.Kind]++
		if c.Column == "" {
			p.line("%s %s", pad(string(c.Kind), 11), p.paint(bold, c.Key))
			continue
		}
		p.line("%s %s %s: %s, was %s", pad(string(c.Kind), 11), p.paint(bold, pad(c.Key, 13)), c.Column, blankNone(c.Is), blankNone(c.Was))
	}
	p.line("%s to %s: %d added, %d deleted, %d changes of rows", d.From, d.To, counts[index.Added], counts[index.Deleted], counts[index.Revised])
}

func blankNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}
