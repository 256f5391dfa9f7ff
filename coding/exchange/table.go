package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
)

// ReadTable reads a delimited table (CSV, TSV, or with semicolons or bars) whose
// first row names the columns: one report per row, or with Mapping.Long one per
// run of rows with the same id. A row that cannot be read is an *ItemError with
// its line and reading goes on; a column that is not there is one and ends it.
// Memory is bounded by the longest record, with Long also by the number of ids.
// Name is for messages, and its extension (.tsv, .tab) for the delimiter.
func ReadTable(r io.Reader, name string, m Mapping) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		t, err := openTable(r, name, m)
		if err == io.EOF {
			return
		}
		if err == nil && !t.has("text") && !t.has("exam") {
			err = &ItemError{name, t.line, fmt.Errorf("no column text or exam; the table has %s (map one: text=COLUMN)", strings.Join(t.header, ", "))}
		}
		if err != nil {
			yield(Record{}, err)
			return
		}
		t.records(yield)
	}
}

// table is a delimited file that is being read.
type table struct {
	name    string
	in      *csv.Reader
	count   *lineCounter
	header  []string
	sources []source
	long    bool
	line    int    // of the row read last
	note    string // what had to be assumed about its bytes
}

// openTable reads the header and finds what a mapping names in it. The error is
// io.EOF when there is not even a header.
func openTable(r io.Reader, name string, m Mapping) (*table, error) {
	t, err := openColumns(r, name)
	if err != nil {
		return nil, err
	}
	t.long = m.Long
	if t.sources, err = m.sources(t.header); err != nil {
		return nil, &ItemError{name, t.line, err}
	}
	if t.long && !t.has("id") {
		return nil, &ItemError{name, t.line, fmt.Errorf("long=true joins rows by their id, and there is no column id; the table has %s", strings.Join(t.header, ", "))}
	}
	return t, nil
}

// openColumns reads the header alone.
func openColumns(r io.Reader, name string) (*table, error) {
	raw := unwrap(r)
	first, _, _ := strings.Cut(string(head(raw)), "\n")
	count := &lineCounter{r: raw}
	t := &table{name: name, in: csv.NewReader(count), count: count}
	t.in.Comma = delimiter(name, first)
	t.in.FieldsPerRecord = -1
	t.in.LazyQuotes = t.in.Comma == '\t' // where tabs separate, quotation marks are mostly text
	header, err := t.row()
	if err != nil {
		return nil, err
	}
	for i := range header {
		header[i] = strings.TrimSpace(header[i])
	}
	t.header = header
	return t, nil
}

func (t *table) has(key string) bool {
	return slices.ContainsFunc(t.sources, func(s source) bool { return s.name == key })
}

// columnMarks in the order in which they are preferred.
const columnMarks = ",\t;|"

// delimiter is the mark that separates the columns of a header line.
func delimiter(name, line string) rune {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".tsv", ".tab":
		return '\t'
	}
	counts, quoted := map[rune]int{}, false
	for _, c := range line {
		if c == '"' {
			quoted = !quoted
		}
		if !quoted {
			counts[c]++
		}
	}
	best := ','
	for _, d := range columnMarks {
		if counts[d] > counts[best] {
			best = d
		}
	}
	return best
}

// row returns the next row that is not empty, decoded. The error is io.EOF, an
// *ItemError behind which rows follow, or fatal.
func (t *table) row() ([]string, error) {
	for {
		cells, err := t.in.Read()
		t.count.lineAt(t.in.InputOffset())
		var syntax *csv.ParseError
		switch {
		case errors.As(err, &syntax):
			t.line = syntax.StartLine
			return nil, &ItemError{t.name, syntax.StartLine, syntax.Err}
		case errors.Is(err, errTooLong):
			return nil, &ItemError{t.name, t.line + 1, err}
		case err != nil:
			return nil, err
		}
		t.line, _ = t.in.FieldPos(0)
		t.note = ""
		empty := true
		for i, c := range cells {
			text, note := decode([]byte(c))
			cells[i], t.note = text, first(t.note, note)
			empty = empty && strings.TrimSpace(text) == ""
		}
		if !empty {
			return cells, nil
		}
	}
}

// record makes a record of a row. It has its ID and Line also beside an
// error.
func (t *table) record(cells []string) (Record, error) {
	rec := Record{Line: t.line}
	rec.ID = t.id(cells)
	rec.note(t.note)
	if err := t.checkWidth(cells); err != nil {
		return rec, err
	}
	for _, s := range t.sources {
		cell := s.cell(cells)
		if cell == "" && s.name != "flags" { // not labelled; but a column of flags is empty where none applies
			continue
		}
		if err := s.set(&rec, cell); err != nil {
			return rec, fmt.Errorf("column %s: %w", strings.Join(s.names, "+"), err)
		}
	}
	return rec, nil
}

// id is the id of a row, whatever else is wrong with it. A table without a
// column for it numbers its rows by line.
func (t *table) id(cells []string) string {
	s := t.sources[0]
	switch {
	case s.name != "id":
		return fmt.Sprintf("%s:%d", baseName(t.name), t.line)
	case slices.Max(s.columns) >= len(cells):
		return ""
	}
	return s.cell(cells)
}

func (t *table) checkWidth(cells []string) error {
	beyond := len(cells) > len(t.header) && strings.TrimSpace(strings.Join(cells[len(t.header):], "")) != ""
	if beyond || len(cells) < len(t.header) {
		return fmt.Errorf("%d cells where the header has %d", len(cells), len(t.header))
	}
	return nil
}

// cell is what a row says for a key. Several columns of text become sections
// under the columns' names.
func (s *source) cell(cells []string) string {
	var parts []string
	for i, c := range s.columns {
		text := strings.TrimSpace(cells[c])
		if text == "" {
			continue
		}
		if s.name == "text" && len(s.columns) > 1 {
			text = strings.ToUpper(strings.ReplaceAll(s.names[i], "_", " ")) + ":\n" + text
		}
		parts = append(parts, text)
	}
	if s.name == "text" {
		return strings.Join(parts, "\n\n")
	}
	return strings.Join(parts, " ")
}

// records yields all rows, or with long all runs of rows.
func (t *table) records(yield func(Record, error) bool) {
	if t.long {
		t.joined(yield)
		return
	}
	for {
		rec, err := t.next()
		if err == io.EOF {
			return
		}
		if err != nil {
			rec = Record{}
		}
		if !yield(rec, err) || fatal(err) {
			return
		}
	}
}

// next returns the record of the next row. The error is io.EOF, an *ItemError
// behind which rows follow (the record's ID and Line are set as far as they are
// known), or fatal.
func (t *table) next() (Record, error) {
	cells, err := t.row()
	if err != nil {
		return Record{}, err
	}
	rec, err := t.record(cells)
	if err != nil {
		return rec, &ItemError{t.name, t.line, err}
	}
	return rec, nil
}

// fatal reports an error behind which nothing can be read.
func fatal(err error) bool {
	var item *ItemError
	return err != nil && (!errors.As(err, &item) || errors.Is(err, errTooLong))
}
