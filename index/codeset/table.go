package codeset

import (
	"io"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
)

// Tables with a header row and tabs between the cells. Columns are found by their
// names, in any order; further ones are ignored.

// tableFormat is a kind of table, told by the columns it must have.
type tableFormat struct {
	format  string
	columns []string
	read    func(*part, row) error
}

// row is a line of a table.
type row struct {
	place
	cells  []string
	column map[string]int
}

// get returns a cell, "" when the table has no such column.
func (r row) get(column string) string {
	i, ok := r.column[column]
	if !ok {
		return ""
	}
	return strings.TrimSpace(r.cells[i])
}

// tableFormats in the order in which they are tried: those with more columns
// before those that share some of them.
var tableFormats = []tableFormat{
	{"changes table", []string{"change", "code", "billable", "long"}, changesRow},
	{"codes table", []string{"code", "billable", "short", "long"}, codesRow},
	{"index table", []string{"term_path", "code", "manifestation", "see", "see_also"}, indexRow(index.Alphabetic)},
	{"external cause table", []string{"term_path", "code", "see", "see_also"}, indexRow(index.External)},
	{"neoplasm table", append([]string{"site_path", "see"}, neoplasmColumns...), neoplasmRow},
	{"notes table", []string{"owner", "note_type", "text"}, notesRow},
	{"seventh character table", []string{"owner", "char", "meaning"}, seventhRow},
	{"blocks table", []string{"id", "kind", "title"}, blocksRow},
}

var neoplasmColumns = []string{"malignant_primary", "malignant_secondary", "ca_in_situ", "benign", "uncertain", "unspecified"}

// formatOfHeader finds the format of a header row.
func formatOfHeader(header string) (tableFormat, bool) {
	columns := strings.Split(strings.TrimPrefix(header, byteOrderMark), "\t")
	for _, f := range tableFormats {
		if !slices.ContainsFunc(f.columns, func(c string) bool { return !slices.Contains(columns, c) }) {
			return f, true
		}
	}
	return tableFormat{}, false
}

func readTable(l *lines, p *part) error {
	header, err := l.next()
	if err == io.EOF {
		return l.errorf("no header row")
	}
	if err != nil {
		return err
	}
	f, ok := formatOfHeader(header)
	if !ok {
		return l.errorf("no table that radcode knows has the columns %q", header)
	}
	p.format = f.format
	names := strings.Split(header, "\t")
	r := row{place: l.place, column: map[string]int{}}
	for i, n := range names {
		r.column[n] = i
		if year, ok := strings.CutPrefix(n, "fy"); ok && f.format == "codes table" {
			p.after(year)
		}
	}
	return l.each(func(line string) error {
		if line == "" {
			return nil
		}
		r.line, r.cells = l.line, strings.Split(line, "\t")
		if len(r.cells) != len(names) {
			return r.errorf("%d cells; the header has %d", len(r.cells), len(names))
		}
		if err := f.read(p, r); err != nil {
			return err
		}
		p.rows++
		return nil
	})
}

// flag reads a cell that is 0 or 1.
func (r row) flag(column string) (bool, error) {
	switch v := r.get(column); v {
	case "0", "1":
		return v == "1", nil
	default:
		return false, r.errorf("%s %q: want 0 or 1", column, v)
	}
}

// code reads the cell of a code.
func (r row) code() (index.DraftCode, error) {
	id, ok := index.Undotted(r.get("code"))
	if !ok {
		return index.DraftCode{}, r.errorf("%q is no code", r.get("code"))
	}
	billable, err := r.flag("billable")
	if err == nil && r.get("long") == "" {
		err = r.errorf("code %s has no title", id)
	}
	return index.DraftCode{ID: id, Short: r.get("short"), Long: r.get("long"), Billable: billable}, err
}

func codesRow(p *part, r row) error {
	c, err := r.code()
	p.codes = append(p.codes, c)
	return err
}

func changesRow(p *part, r row) error {
	c, err := r.code()
	if err != nil {
		return err
	}
	kind := index.ChangeKind(r.get("change"))
	switch kind {
	case index.Added, index.Deleted, index.Revised, index.ToHeader, index.ToBillable:
	default:
		return r.errorf("change %q: want added, deleted, revised, billable_to_header or header_to_billable", kind)
	}
	p.changes = append(p.changes, change(kind, c, ""))
	return nil
}

func notesRow(p *part, r row) error {
	kind := index.NoteKind(r.get("note_type"))
	if !index.KnownNote(kind) {
		return r.errorf("note_type %q is none of the tabular list", kind)
	}
	if r.get("owner") == "" || r.get("text") == "" {
		return r.errorf("a note without owner or text")
	}
	p.notes = append(p.notes, index.DraftNote{Owner: r.get("owner"), Kind: kind, Text: r.get("text")})
	return nil
}

func seventhRow(p *part, r row) error {
	if _, ok := index.Undotted(r.get("owner")); !ok || len(r.get("char")) != 1 {
		return r.errorf("want a code and one character, got %q and %q", r.get("owner"), r.get("char"))
	}
	p.sevenths = append(p.sevenths, index.DraftSeventh{Owner: r.get("owner"), Char: r.get("char"), Meaning: r.get("meaning")})
	return nil
}

func blocksRow(p *part, r row) error {
	b := blockOf(r.get("id"), r.get("title"))
	if b.First == "" || (r.get("kind") == "chapter") != b.IsChapter() {
		return r.errorf("%q is no chapter or block with a range of categories", r.get("id"))
	}
	p.blocks = append(p.blocks, b)
	return nil
}
