package lexicon

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"unicode/utf8"
)

// A Problem is one thing wrong with a lexicon file, printed as
// "file:line: message".
type Problem struct {
	File    string
	Line    int
	Message string
}

func (p Problem) Error() string { return fmt.Sprintf("%s:%d: %s", p.File, p.Line, p.Message) }

// Source names the row of a lexicon file that an entry comes from.
type Source struct {
	File string
	Line int
}

func (s Source) String() string { return fmt.Sprintf("%s:%d", s.File, s.Line) }

// row is one data line of a TSV file, cells in header order.
type row struct {
	cells []string
	src   Source
}

// table is a parsed TSV file and everything wrong with its layout.
type table struct {
	rows     []row
	problems []Problem
}

// readTable parses a TSV file whose header must be exactly columns. Layout
// faults (bytes that are no UTF-8, a wrong number of cells, stray spaces) are
// collected, not fatal: the linter wants them all in one run.
func readTable(fsys fs.FS, name string, columns []string) (table, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return table{}, fmt.Errorf("lexicon: %w", err)
	}
	var t table
	fail := func(line int, format string, args ...any) {
		t.problems = append(t.problems, Problem{name, line, fmt.Sprintf(format, args...)})
	}
	if !utf8.Valid(data) {
		fail(1, "not valid UTF-8")
	}
	seenHeader := false
	for n := 1; len(data) > 0; n++ {
		var line []byte
		line, data, _ = bytes.Cut(data, []byte{'\n'})
		if len(bytes.TrimSpace(line)) == 0 || line[0] == '#' {
			continue
		}
		cells := strings.Split(string(line), "\t")
		if !seenHeader {
			seenHeader = true
			if strings.Join(cells, "\t") != strings.Join(columns, "\t") {
				fail(n, "header is %q, want %q", cells, columns)
			}
			continue
		}
		if len(cells) != len(columns) {
			fail(n, "%d cells, want %d", len(cells), len(columns))
			continue
		}
		for i, c := range cells {
			if c != strings.TrimSpace(c) {
				fail(n, "column %s has spaces around %q", columns[i], c)
			}
		}
		t.rows = append(t.rows, row{cells, Source{name, n}})
	}
	return t, nil
}

// joinProblems turns lint problems into one error, or nil.
func joinProblems(ps []Problem) error {
	errs := make([]error, len(ps))
	for i, p := range ps {
		errs[i] = p
	}
	return errors.Join(errs...)
}

// splitList splits a comma-separated cell; an empty cell is an empty list.
func splitList(cell, sep string) []string {
	if cell == "" {
		return nil
	}
	return strings.Split(cell, sep)
}
