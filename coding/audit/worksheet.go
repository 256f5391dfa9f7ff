package audit

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// worksheetColumns are the columns of a worksheet; those of the auditor are empty.
var worksheetColumns = []string{
	"claim", "date_of_service", "facility", "coder", "modality", "stratum", "weight", "system", "line", "billed", "units", "supported", "difference",
	"finding", "confidence", "message", "words", "auditor_verdict", "auditor_code", "auditor_comment",
}

// WriteWorksheet writes a table for the people who check a sample: a row for every
// service and diagnosis of each drawn claim and for what the report supports beside them, with empty
// columns for the verdict. No cell begins with what a spreadsheet would take for a formula.
func WriteWorksheet(w io.Writer, cases []Case, sample []Sampled) error {
	out := csv.NewWriter(w)
	if err := out.Write(worksheetColumns); err != nil {
		return err
	}
	for _, s := range sample {
		for _, row := range worksheetRows(&cases[s.Case]) {
			c := &cases[s.Case]
			cells := append([]string{c.ID, c.DateOfService, c.Facility, c.Coder, c.Modality, s.Stratum, strconv.FormatFloat(s.Weight(), 'f', 3, 64)}, row...)
			cells = append(cells, "", "", "")
			for i := range cells {
				cells[i] = harmless(cells[i])
			}
			if err := out.Write(cells); err != nil {
				return err
			}
		}
	}
	out.Flush()
	return out.Error()
}

// worksheetRows are the lines of a claim, then its diagnoses, then what is missing.
func worksheetRows(c *Case) [][]string {
	var out [][]string
	line := map[string]int{}
	row := func(system string, number int, billed, units string, d *Difference) {
		at := ""
		if number > 0 {
			at = strconv.Itoa(number)
		}
		cells := []string{system, at, billed, units, billed, "", "", "", "", ""}
		if d != nil {
			cells = []string{system, at, billed, units, d.Supported, d.Type, findingWord(d.Finding), "", d.Message, words(d.Words)}
			if d.Confidence > 0 {
				cells[7] = strconv.FormatFloat(d.Confidence, 'f', 3, 64)
			}
		}
		out = append(out, cells)
	}
	for _, e := range c.Coded {
		line[e.System]++
		units := ""
		if e.Units > 0 {
			units = strconv.Itoa(e.Units)
		}
		found := false
		for i := range c.Differences {
			if d := &c.Differences[i]; d.System == e.System && d.Line == line[e.System] {
				row(e.System, d.Line, e.Name, units, d)
				found = true
			}
		}
		if !found {
			row(e.System, line[e.System], e.Name, units, nil)
		}
	}
	for i := range c.Differences {
		if d := &c.Differences[i]; d.Line == 0 {
			row(d.System, 0, "", "", d)
		}
	}
	return out
}

func findingWord(finding bool) string {
	if finding {
		return "finding"
	}
	return "worth a look"
}

// words joins quotes for one cell.
func words(quotes []Quote) string {
	var out []string
	for _, q := range quotes {
		out = append(out, fmt.Sprintf("%s: %q", q.Section, q.Text))
	}
	return strings.Join(out, "; ")
}

// harmless puts an apostrophe before what a spreadsheet would run as a formula (OWASP, CSV injection).
func harmless(cell string) string {
	trimmed := strings.TrimLeft(cell, " \u00a0\ufeff")
	if trimmed != "" && strings.ContainsAny(trimmed[:1], "=+-@\t\r\n") || strings.HasPrefix(trimmed, "＝") || strings.HasPrefix(trimmed, "＋") || strings.HasPrefix(trimmed, "－") || strings.HasPrefix(trimmed, "＠") {
		return "'" + cell
	}
	return cell
}
