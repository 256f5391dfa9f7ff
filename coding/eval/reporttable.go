package eval

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
)

// reportTable is per_report.csv in memory.
type reportTable struct {
	place map[string]int // of a column
	rows  [][]string
}

// readReports reads per_report.csv; errors name the line.
func readReports(in io.Reader, name string) (*reportTable, error) {
	r := csv.NewReader(in)
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("%s: empty", name)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	t := &reportTable{place: map[string]int{}}
	for i, column := range header {
		t.place[column] = i
	}
	for _, column := range reportColumns {
		if _, ok := t.place[column]; !ok {
			return nil, fmt.Errorf("%s:1: no column %q: not a per_report.csv of this version", name, column)
		}
	}
	if t.rows, err = r.ReadAll(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return t, t.checkFigures(name)
}

// checkFigures wants numbers where figures stand, so that nothing is added up as
// zero by mistake.
func (t *reportTable) checkFigures(name string) error {
	for column, place := range t.place {
		if !isFigure(column) {
			continue
		}
		for i, row := range t.rows {
			if _, err := strconv.ParseFloat(row[place], 64); err != nil {
				return fmt.Errorf("%s:%d: %s: %q is no number", name, i+2, column, row[place])
			}
		}
	}
	return nil
}

// readBack is the table of a run that was just measured.
func readBack(r *Run, m *Manifest) (*reportTable, error) {
	var b bytes.Buffer
	if err := writeReports(r, m, &b); err != nil {
		return nil, err
	}
	return readReports(&b, "per_report.csv")
}

func (t *reportTable) cell(row int, column string) string {
	if place, ok := t.place[column]; ok {
		return t.rows[row][place]
	}
	return ""
}

// number is a figure of a row; 0 where there is no such column.
func (t *reportTable) number(row int, column string) float64 {
	x, err := strconv.ParseFloat(t.cell(row, column), 64)
	if err != nil { // readReports has seen them all: the column is not there
		return 0
	}
	return x
}
