package codeset

import (
	"io"
	"strings"

	"github.com/radcode/radcode/index"
)

// The codes file of CMS, icd10cm_codes_2026.txt: billable codes only, the code in
// seven columns, a blank, the long title.

func readList(l *lines, p *part) error {
	for {
		line, err := l.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if strings.TrimSpace(line) == "" {
			continue
		}
		id, title, ok := listRow(line)
		if !ok {
			return l.errorf("no row of a codes file: want a code in 7 columns and its title")
		}
		p.codes = append(p.codes, index.DraftCode{ID: id, Long: title, Billable: true})
		p.rows++
	}
}

func listRow(line string) (id, title string, ok bool) {
	if len(line) < 9 || line[7] != ' ' {
		return "", "", false
	}
	id, ok = index.Undotted(line[:7])
	title = strings.TrimSpace(line[8:])
	return id, title, ok && title != ""
}
