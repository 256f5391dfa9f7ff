package codeset

import (
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/radcode/radcode/index"
)

// HCPCS Level II as CMS publishes it, HCPC2026_OCT_ANWEB.txt: records of 320
// characters in fixed columns, a long title going over several records.
//
//	1-5 code, 6-10 sequence, 11 record id, 12-91 title, 230 coverage,
//	269-276 date added, 285-292 date terminated

const formatLevels = "HCPCS Level II records"

var levelRecordShape = regexp.MustCompile(`^(?:[A-Z][0-9]{4}|   [A-Z0-9]{2}|[A-Z0-9]{2}   )[0-9]{5}[3478]`)

func readLevels(l *lines, p *part) error {
	var problems []error
	for {
		text, err := l.next()
		if err == io.EOF {
			return errors.Join(problems...)
		}
		if err != nil {
			return errors.Join(append(problems, err)...)
		}
		if strings.Trim(text, " \x1a") == "" {
			continue
		}
		if err := levelRecordOf(l, p, text); err != nil {
			problems = append(problems, err)
		}
		p.rows++
		if len(problems) == maxProblems {
			return errors.Join(append(problems, fmt.Errorf("%s: reading stopped after %d problems", l.file, maxProblems))...)
		}
	}
}

func levelRecordOf(l *lines, p *part, text string) error {
	record := []rune(text)
	if !levelRecordShape.MatchString(text) {
		return l.errorf("no record of HCPCS Level II: want code, sequence and record id in 11 columns")
	}
	field := func(first, last int) string {
		if first > len(record) {
			return ""
		}
		return strings.TrimSpace(string(record[first-1 : min(last, len(record))]))
	}
	id, title := field(11, 11), clean(field(12, 91))
	var span index.Span
	coverage := byte(0)
	if id == "3" {
		for _, x := range []struct {
			what        string
			first, last int
			to          *string
		}{{"date added", 269, 276, &span.From}, {"date terminated", 285, 292, &span.To}} {
			d := dateOf(field(x.first, x.last))
			if !d.ok {
				return l.errorf("%s %q: want YYYYMMDD", x.what, field(x.first, x.last))
			}
			*x.to = d.iso
		}
		if span.To != "" && span.To < span.From {
			return l.errorf("ends %s, before it begins %s", span.To, span.From)
		}
		c := cells{place: l.place, row: []string{field(230, 230)}, at: []int{0}}
		var err error
		if coverage, err = c.oneOf(0, "coverage code", coverageCodes); err != nil {
			return err
		}
	}
	return p.addLevel(l.place, id, field(1, 5), title, coverage, span)
}
