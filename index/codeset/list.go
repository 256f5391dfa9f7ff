package codeset

import (
	"strings"

	"github.com/radcode/radcode/index"
)

// The codes file of CMS, icd10cm_codes_2026.txt: billable codes only, the code in
// seven columns, a blank, the long title.

func readList(l *lines, p *part) error {
	return l.each(func(line string) error {
		if strings.TrimSpace(line) == "" {
			return nil
		}
		id, title, ok := listRow(line)
		if !ok {
			return l.errorf("no row of a codes file: want a code in 7 columns and its title")
		}
		p.codes = append(p.codes, index.DraftCode{ID: id, Long: title, Billable: true})
		p.rows++
		return nil
	})
}

func listRow(line string) (id, title string, ok bool) {
	if len(line) < 9 || line[7] != ' ' {
		return "", "", false
	}
	id, ok = index.Undotted(line[:7])
	title = strings.TrimSpace(line[8:])
	return id, title, ok && title != ""
}
