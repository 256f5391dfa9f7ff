package codeset

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/radcode/radcode/index"
)

// procedureCode reads the cell of a CPT or HCPCS code: five characters, the second to the
// fourth digits.
func (c cells) procedureCode(column int) (string, error) {
	code := strings.ToUpper(c.get(column))
	if !isProcedure(code) {
		return "", c.errorf("%q is no CPT or HCPCS code", c.get(column))
	}
	return code, nil
}

func isProcedure(code string) bool {
	return len(code) == 5 && digits(code[1:4]) && digitOrCapital(code[0]) && digitOrCapital(code[4])
}

func digitOrCapital(b byte) bool { return b >= '0' && b <= '9' || b >= 'A' && b <= 'Z' }

// diagnosisCode reads the cell of an ICD-10-CM code or category, and spells it with its dot.
func (c cells) diagnosisCode(column int) (string, error) {
	code, ok := dottedCode(c.get(column))
	if !ok {
		return "", c.errorf("%q is no ICD-10-CM code", c.get(column))
	}
	return code, nil
}

func dottedCode(text string) (string, bool) {
	id, ok := index.Undotted(strings.TrimSuffix(strings.TrimSpace(text), ".-"))
	if ok && len(id) > 3 {
		id = id[:3] + "." + id[3:]
	}
	return id, ok
}

// date is a date as it was read.
type date struct {
	iso string
	ok  bool
}

// date reads the cell of a date in any of the published spellings; "" and a star are
// none.
func (r *paymentReader) date(c cells, column int) (string, error) {
	text := c.get(column)
	d, known := r.dates[text]
	if !known {
		d = dateOf(text)
		r.dates[strings.Clone(text)] = d
	}
	if !d.ok {
		return "", c.errorf("%s %q: want YYYYMMDD, YYYY-MM-DD, MM/DD/YYYY or YYYYDDD", r.heading.columns[column].name, text)
	}
	return d.iso, nil
}

// dayOfYear is 2026091, the 91st day of 2026, as in the add-on code edits.
var dateLayouts = map[int][]string{8: {"20060102", "1/2/2006"}, 10: {time.DateOnly, "1/2/2006"}, 9: {"1/2/2006"}, 7: {"2006002"}}

func dateOf(text string) date {
	text, _, _ = strings.Cut(text, " ") // 2026-10-01 00:00:00
	if text == "" || text == "*" || text == "0" {
		return date{ok: true}
	}
	for _, layout := range dateLayouts[len(text)] {
		if t, err := time.Parse(layout, text); err == nil {
			return openEnd(t)
		}
	}
	return date{}
}

// openEnd takes the end of time for no date.
func openEnd(t time.Time) date {
	if t.Year() >= 9999 {
		return date{ok: true}
	}
	return date{t.Format(time.DateOnly), true}
}

// span reads first and last date of a row; one that ends before it begins is refused.
func (r *paymentReader) span(c cells, from, to int) (index.Span, error) {
	first, err := r.date(c, from)
	if err != nil {
		return index.Span{}, err
	}
	last, err := r.date(c, to)
	if err == nil && last != "" && last < first {
		err = c.errorf("ends %s, before it begins %s", last, first)
	}
	return index.Span{From: first, To: last}, err
}

// oneOf reads a cell of one character, which may be absent where the list has a
// blank.
func (c cells) oneOf(column int, name, allowed string) (byte, error) {
	text := c.get(column)
	if text == "" && strings.Contains(allowed, " ") {
		return 0, nil
	}
	if len(text) != 1 || !strings.Contains(allowed, text) {
		return 0, c.errorf("%s %q: want one of %s", name, text, strings.Join(strings.Split(strings.TrimSpace(allowed), ""), " "))
	}
	return text[0], nil
}

var decimal = regexp.MustCompile(`^(-?)([0-9]{0,6})(?:\.([0-9]*))?$`)

// hundredths reads a relative value unit; blank is none.
func (c cells) hundredths(column int, name string) (int, error) {
	text := c.get(column)
	m := decimal.FindStringSubmatch(strings.ReplaceAll(text, ",", ""))
	if text == "" || text == "NA" {
		return 0, nil
	}
	if m == nil || m[2]+m[3] == "" {
		return 0, c.errorf("%s %q is no number", name, text)
	}
	part := (m[3] + "00")[:2]
	n, err := strconv.Atoi("0" + m[2] + part)
	if err != nil {
		return 0, c.errorf("%s %q: %w", name, text, err)
	}
	if len(m[3]) > 2 && m[3][2] >= '5' {
		n++ // published with two places; more come from spreadsheets
	}
	if m[1] != "" {
		n = -n
	}
	return n, nil
}
