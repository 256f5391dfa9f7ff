package codeset

import (
	"strings"

	"github.com/radcode/radcode/index"
)

// The order file of CMS, icd10cm_order_2026.txt: one row per code and header in
// fixed columns.
//
//	1-5 number, 7-13 code, 15 0 = header 1 = billable, 17-76 short title, 78- long title

func readOrder(l *lines, p *part) error {
	return l.each(func(line string) error {
		if strings.TrimSpace(line) == "" {
			return nil
		}
		c, ok := orderRow(line)
		if !ok {
			return l.errorf("no row of an order file: want number, code, 0 or 1 and titles in fixed columns")
		}
		p.codes = append(p.codes, c)
		p.rows++
		return nil
	})
}

func orderRow(line string) (index.DraftCode, bool) {
	if len(line) < 16 || !digits(line[:5]) || line[5] != ' ' {
		return index.DraftCode{}, false
	}
	return flaggedRow(line[6:])
}

// flaggedRow reads "A000    1 short title (60 columns) long title".
func flaggedRow(line string) (index.DraftCode, bool) {
	if len(line) < 10 || line[7] != ' ' || line[9] != ' ' || line[8] != '0' && line[8] != '1' {
		return index.DraftCode{}, false
	}
	id, ok := index.Undotted(line[:7])
	short, long := titles(line[10:])
	return index.DraftCode{ID: id, Short: short, Long: long, Billable: line[8] == '1'}, ok && long != ""
}

// titles cuts the short title, 60 columns and a blank, from the long one. Columns
// are characters, not bytes.
func titles(s string) (short, long string) {
	const width = 60
	n := 0
	for i := range s {
		if n == width {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i:])
		}
		n++
	}
	return "", ""
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
