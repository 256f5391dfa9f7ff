package index

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// TableManifest names an imported payment table and says where it came from.
type TableManifest struct {
	Kind    string   `json:"kind"`
	Name    string   `json:"name"`
	Setting Setting  `json:"setting,omitempty"`
	Payer   string   `json:"payer,omitempty"`
	From    string   `json:"from"`              // first date of service, "" = as its rows say
	To      string   `json:"to"`                // last date of service, "" = until another table of the kind
	History bool     `json:"history,omitempty"` // its rows also say what counted before From
	SHA256  string   `json:"sha256"`            // of the data radcode keeps: the same rows give the same sum
	Sources []Source `json:"sources"`
	Rows    int      `json:"rows"`
	LeftOut int      `json:"left_out"` // rows of the files that concern no code of radcode
}

// ID names a table among all: what is replaced by an import of the same id.
func (m *TableManifest) ID() string {
	parts := slices.DeleteFunc([]string{m.Kind, string(m.Setting), slug(m.Payer), m.Name}, func(s string) bool { return s == "" })
	return strings.ToLower(strings.Join(parts, "-"))
}

// check refuses what no table can be called.
func (m *TableManifest) check() error {
	if _, err := kindOf(m.Kind); err != nil {
		return err
	}
	if !plainName.MatchString(m.Name) {
		return fmt.Errorf("table %s: name %q: want letters, digits, dots and hyphens, 41 at most", m.Kind, m.Name)
	}
	for _, date := range []string{m.From, m.To} {
		if _, err := time.Parse(time.DateOnly, date); date != "" && err != nil {
			return fmt.Errorf("table %s: date of service %q: want YYYY-MM-DD", m.ID(), date)
		}
	}
	if m.To != "" && m.To < m.From {
		return fmt.Errorf("table %s: ends %s, before it begins %s", m.ID(), m.To, m.From)
	}
	return nil
}

// TableDraft is a payment table as it was read, to be imported.
type TableDraft struct {
	*PaymentTable
	Sources []Source
	LeftOut int
}

// Files within the cache folder. One list names all tables, so that replacing it is
// one step whatever number of tables an import brings.
const (
	tablesFolder = "tables"
	tablesList   = "tables.json"
	tableSuffix  = ".bin"
)

var sumShape = regexp.MustCompile(`^[0-9a-f]{64}$`)

// PaymentManifests lists the payment tables of a cache folder, by id; a folder that is
// not there holds none.
func PaymentManifests(cache string) ([]TableManifest, error) {
	path := filepath.Join(cache, tablesFolder, tablesList)
	data, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("index: payment tables: %w", err)
	}
	var all []TableManifest
	err = json.Unmarshal(data, &all)
	for i := range all {
		if err == nil {
			err = all[i].check()
		}
		if err == nil && !sumShape.MatchString(all[i].SHA256) {
			err = fmt.Errorf("%q is no SHA-256", all[i].SHA256)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("index: payment tables: %s: %w; remove the file and import the tables again", path, err)
	}
	return all, nil
}

// OpenPaymentTables opens the payment tables of a cache folder; one that is not there
// holds none. The files are read and checked here; rows are made of them when a
// table is first asked. A table imported later is seen by the next call.
func OpenPaymentTables(cache string) (*PaymentTables, error) {
	ts, err := openPaymentTables(cache)
	if errors.Is(err, os.ErrNotExist) {
		ts, err = openPaymentTables(cache) // an import replaced a table just now
	}
	if err != nil {
		return nil, fmt.Errorf("index: payment tables: %w", err)
	}
	return ts, nil
}

func openPaymentTables(cache string) (*PaymentTables, error) {
	manifests, err := PaymentManifests(cache)
	if err != nil {
		return nil, err
	}
	var tables []*PaymentTable
	for i := range manifests {
		m := &manifests[i]
		k, err := kindOf(m.Kind)
		if err != nil {
			return nil, err
		}
		f, err := openTableFile(k, filepath.Join(cache, tablesFolder, m.file()))
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", m.ID(), err)
		}
		tables = append(tables, &PaymentTable{Kind: m.Kind, Name: m.Name, Setting: m.Setting, Payer: m.Payer, From: m.From, To: m.To, History: m.History, file: f})
	}
	return newestFirst(tables), nil
}

// file is where a table's data lies; its name is the sum of its content.
func (m *TableManifest) file() string { return m.SHA256 + tableSuffix }

// ImportTables writes payment tables into the cache folder and returns their manifests,
// in their order. Tables of the same id are replaced, all in one step at the very
// end: whatever interrupts the import, cancelling ctx included, leaves those that
// were there. Only one import at a time may run on a folder.
func ImportTables(ctx context.Context, cache string, drafts []TableDraft) ([]TableManifest, error) {
	var manifests []TableManifest
	err := changeTables(cache, func(dir string, there []TableManifest) ([]TableManifest, error) {
		for _, d := range drafts {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			m, err := writeTable(dir, d)
			if err != nil {
				return nil, err
			}
			if slices.ContainsFunc(manifests, func(o TableManifest) bool { return o.ID() == m.ID() }) {
				return nil, fmt.Errorf("two tables are called %s", m.ID())
			}
			manifests = append(manifests, m)
			there = slices.DeleteFunc(there, func(o TableManifest) bool { return o.ID() == m.ID() })
		}
		return append(there, manifests...), ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("index: import: %w", err)
	}
	return manifests, nil
}

// writeTable writes the data of a table.
func writeTable(dir string, d TableDraft) (TableManifest, error) {
	m := TableManifest{
		Kind: d.Kind, Name: d.Name, Setting: d.Setting, Payer: d.Payer, From: d.From, To: d.To, History: d.History, Sources: d.Sources, LeftOut: d.LeftOut,
	}
	if err := m.check(); err != nil {
		return m, err
	}
	k, err := kindOf(d.Kind)
	if err != nil {
		return m, err
	}
	if m.Rows = k.count(d.PaymentTable); m.Rows == 0 {
		return m, fmt.Errorf("table %s holds no rows", m.ID())
	}
	d.sort()
	data, err := encodeTable(k, d.PaymentTable)
	if err != nil {
		return m, fmt.Errorf("table %s: %w", m.ID(), err)
	}
	sum := sha256.Sum256(data)
	m.SHA256 = hex.EncodeToString(sum[:])
	return m, replace(dir, m.file(), data)
}

// replace writes a file beside its place and renames it.
func replace(dir, name string, data []byte) error {
	file, err := os.CreateTemp(dir, "writing-")
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	err = errors.Join(err, file.Chmod(0o644), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), filepath.Join(dir, name))
	}
	if err != nil {
		return errors.Join(err, os.Remove(file.Name()))
	}
	return nil
}

// RemoveTable deletes the table of an id from the cache folder; false when there is
// none.
func RemoveTable(cache, id string) (bool, error) {
	removed := false
	err := changeTables(cache, func(_ string, there []TableManifest) ([]TableManifest, error) {
		kept := slices.DeleteFunc(slices.Clone(there), func(m TableManifest) bool { return strings.EqualFold(m.ID(), id) })
		removed = len(kept) < len(there)
		return kept, nil
	})
	if err != nil {
		return false, fmt.Errorf("index: remove: %w", err)
	}
	return removed, nil
}

// changeTables lets one process at a time change the list of tables, and deletes what
// the list no longer names.
func changeTables(cache string, change func(dir string, there []TableManifest) ([]TableManifest, error)) error {
	dir := filepath.Join(cache, tablesFolder)
	unlock, err := lockFolder(dir)
	if err != nil {
		return err
	}
	defer unlock()
	there, err := PaymentManifests(cache)
	if err != nil {
		return err
	}
	all, err := change(dir, slices.Clone(there))
	if err == nil {
		err = writeList(dir, all)
	}
	if err != nil {
		return errors.Join(err, sweepTables(dir, there))
	}
	return sweepTables(dir, all)
}

func writeList(dir string, all []TableManifest) error {
	slices.SortFunc(all, func(a, b TableManifest) int { return strings.Compare(a.ID(), b.ID()) })
	data, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return err
	}
	return replace(dir, tablesList, append(data, '\n'))
}

// sweepTables deletes what the list does not name. What another process still
// reads, and the system does not let go, is for the next sweep.
func sweepTables(dir string, named []TableManifest) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	keep := map[string]bool{lockFile: true, tablesList: true}
	for i := range named {
		keep[named[i].file()] = true
	}
	for _, e := range entries {
		if !keep[e.Name()] {
			_ = os.RemoveAll(filepath.Join(dir, e.Name()))
		}
	}
	return nil
}
