package codeset

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
)

// Payment tables are records below a heading: one line, or a block of lines whose
// cells are read downwards, after lines about copyright. Columns are found by
// their names, in any order; further ones are ignored, descriptions of CPT codes
// among them, which belong to the AMA.

// paymentFormat is a kind of published table, told by some of its columns.
type paymentFormat struct {
	format  string
	columns []column
	begin   func(*paymentReader) // once the heading is read; may be nil
	row     func(*paymentReader, cells) error
}

// column is a column of a table. Names are in small letters with single blanks for all that is
// neither letter nor digit.
type column struct {
	name  string            // as people say it
	need  need              // whether the table can do without
	match func(string) bool // accepts the heading's name
}

type need int

const (
	optional need = iota
	required
	telling // required, and with the other telling ones it tells the format
)

// named accepts the names listed.
func anyOf(names ...string) func(string) bool {
	return func(s string) bool { return slices.Contains(names, s) }
}

// beginning accepts names that begin so.
func beginning(prefixes ...string) func(string) bool {
	return func(s string) bool {
		return slices.ContainsFunc(prefixes, func(p string) bool { return s == p || strings.HasPrefix(s, p+" ") })
	}
}

// holding accepts names that hold all of the words.
func holding(words ...string) func(string) bool {
	return func(s string) bool {
		have := strings.Fields(s)
		return !slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(have, w) })
	}
}

// paymentFormats in the order in which they are tried.
var paymentFormats = []paymentFormat{ptpFormat, addOnFormat, mueFormat, feeFormat, levelFormat, articleProcedures, articleCovered, articleExcluded, articleDates, coverageFormat}

// plainHeading folds a name of a heading.
func plainHeading(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		}
		return ' '
	}, s)
	return clean(s)
}

// heading is a table's heading as it was found.
type heading struct {
	*paymentFormat
	at       []int    // place of each column of the format among the cells, -1 = absent
	names    []string // of the cells
	preamble string   // what stands above, folded
}

// maxHeading bounds the lines above the rows.
const maxHeading = 60

// findHeading reads the lines above the rows.
func findHeading(r *records) (heading, error) {
	var block []string
	h := heading{}
	for range maxHeading {
		row, err := r.next()
		if err != nil {
			return h, err
		}
		filled := 0
		for _, c := range row {
			if strings.TrimSpace(c) != "" {
				filled++
			}
		}
		if filled < 2 {
			h.preamble += " " + plainHeading(strings.Join(row, " "))
			continue
		}
		own := make([]string, len(row))
		for i, c := range row {
			own[i] = plainHeading(c)
			for i >= len(block) {
				block = append(block, "")
			}
			block[i] = clean(block[i] + " " + own[i])
		}
		if h.fits(own) || h.fits(block) {
			return h, nil
		}
	}
	return h, io.EOF
}

// fits finds the format that names belong to.
func (h *heading) fits(names []string) bool {
	for f := range paymentFormats {
		format := &paymentFormats[f]
		at, whole := make([]int, len(format.columns)), true
		for i, c := range format.columns {
			at[i] = slices.IndexFunc(names, c.match)
			whole = whole && (at[i] >= 0 || c.need != telling)
		}
		if whole {
			h.paymentFormat, h.at, h.names = format, at, slices.Clone(names)
			return true
		}
	}
	return false
}

// missing names the columns that a table needs and lacks.
func (h *heading) missing() []string {
	var out []string
	for i, c := range h.columns {
		if c.need != optional && h.at[i] < 0 {
			out = append(out, c.name)
		}
	}
	return out
}

// cells is a record of a table whose columns are known.
type cells struct {
	place
	row []string
	at  []int
}

// get returns a cell by the number of its column in the format.
func (c cells) get(column int) string {
	if i := c.at[column]; i >= 0 && i < len(c.row) {
		return strings.TrimSpace(c.row[i])
	}
	return ""
}

// has reports whether the table has a column.
func (c cells) has(column int) bool { return c.at[column] >= 0 }

// maxProblems is how many problems of a file are told at once.
const maxProblems = 20

// paymentReader reads one file of rows into the part.
type paymentReader struct {
	*part
	heading heading
	texts   map[string]string // cells kept, each once
	dates   map[string]date
}

// separatorOf tells what stands between the cells of a file by its beginning.
func separatorOf(head []byte) (heading, byte, bool) {
	for _, comma := range []byte{'\t', ','} {
		r := newRecords(bufio.NewReaderSize(strings.NewReader(string(head)), maxLine), "", comma)
		if h, err := findHeading(r); err == nil {
			return h, comma, true
		}
	}
	return heading{}, 0, false
}

// readPayment reads a table whose cells are separated so.
func readPayment(comma byte) reader {
	return func(in *bufio.Reader, p *part) error {
		r := newRecords(in, p.name, comma)
		h, err := findHeading(r)
		if err == io.EOF {
			return r.errorf("no heading of a table that radcode knows")
		}
		if err != nil {
			return err
		}
		p.format = h.format
		if missing := h.missing(); missing != nil {
			return r.errorf("%s without the column %s", h.format, strings.Join(missing, ", "))
		}
		reader := &paymentReader{part: p, heading: h, texts: map[string]string{}, dates: map[string]date{}}
		if h.begin != nil {
			h.begin(reader)
		}
		return reader.rows(r)
	}
}

// rows reads what stands below the heading and tells all that is wrong with it,
// as far as maxProblems.
func (r *paymentReader) rows(in *records) error {
	var problems []error
	for {
		row, err := in.next()
		if err == io.EOF {
			return errors.Join(problems...)
		}
		if err != nil {
			return errors.Join(append(problems, err)...)
		}
		if notRow(row, r.part.rows == 0) {
			continue
		}
		if err := r.heading.row(r, cells{place: in.place, row: row, at: r.heading.at}); err != nil {
			problems = append(problems, err)
		}
		r.part.rows++
		if len(problems) == maxProblems {
			return errors.Join(append(problems, fmt.Errorf("%s: reading stopped after %d problems", in.file, maxProblems))...)
		}
	}
}

// notRow reports whether a record is a blank line, the rest of a heading (nothing in
// the first cell, before the rows), or a sentence below the rows.
func notRow(row []string, first bool) bool {
	head := strings.TrimSpace(row[0])
	if head == "" && first {
		return true
	}
	for _, c := range row[1:] {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return head == "" || strings.Contains(head, " ")
}

// keep returns a cell's text without the line it was cut from.
func (r *paymentReader) keep(text string) string {
	kept, ok := r.texts[text]
	if !ok {
		kept = strings.Clone(text)
		r.texts[kept] = kept
	}
	return kept
}

// sheet is what a file says for one setting.
type sheet struct {
	table   index.PaymentTable
	at      []place // of each row
	leftOut int
	fixed   bool // the setting stands in the heading
}

// sheet returns the rows of a kind and setting, none at first.
func (p *part) sheet(kind string, setting index.Setting) *sheet {
	for _, s := range p.sheets {
		if s.table.Kind == kind && s.table.Setting == setting {
			return s
		}
	}
	s := &sheet{table: index.PaymentTable{Kind: kind, Setting: setting}}
	p.sheets = append(p.sheets, s)
	return s
}
