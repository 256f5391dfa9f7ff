package coding

import (
	"fmt"
	"strconv"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// defaultDate is the date of service when neither the report nor the caller
// gives one: the newest release of the code sets radcode knows.
const defaultDate = "2026-10-01"

// dateStudy finds the date of service: metadata first, then the report's own
// words, else today with a flag.
func (e *Engine) dateStudy(s *study) {
	if d := s.doc.Report.Meta.DateOfService; validDate(d) {
		s.date = d
		return
	}
	if date, at, ok := statedDate(s.doc); ok {
		s.date, s.dateAt = date, []Evidence{at}
		return
	}
	s.date, s.dateDefaulted = e.options.Today, true
	if s.date == "" {
		s.date = defaultDate
	}
}

// validDate accepts YYYY-MM-DD with a plausible month and day.
func validDate(d string) bool {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return false
	}
	for i, c := range d {
		if i != 4 && i != 7 && (c < '0' || c > '9') {
			return false
		}
	}
	return d[5:7] >= "01" && d[5:7] <= "12" && d[8:] >= "01" && d[8:] <= "31"
}

// dateLabels stand before the date of service in a report's header.
var dateLabels = phrasesOf(lexicon.Phrases("date_label"))

// maxLabelGap is how many tokens may stand between a label and its date.
const maxLabelGap = 3

// statedDate finds a labelled date: 11/02/2026, 2026-11-02, 11-2-26,
// November 2, 2026. Unlabelled dates are birth dates and comparisons as often as not.
func statedDate(d *nlp.Document) (string, Evidence, bool) {
	for i := range d.Tokens {
		for _, label := range dateLabels {
			if !startsWith(d, i, label) {
				continue
			}
			n := len(label)
			for k := i + n; k < min(i+n+maxLabelGap, len(d.Tokens)); k++ {
				if date, last, ok := dateAt(d, k); ok {
					span := nlp.Span{Start: d.Tokens[k].Start, End: d.Tokens[last-1].End}
					return date, Evidence{span.Start, span.End, string(d.Sections[d.SectionAt(span.Start)].Kind), ""}, true
				}
			}
		}
	}
	return "", Evidence{}, false
}

var monthNames = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10,
	"november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// dateAt reads a date that begins at token k; last is the token after it.
func dateAt(d *nlp.Document, k int) (date string, last int, ok bool) {
	number := func(i int) (int, bool) {
		if i >= len(d.Tokens) || d.Tokens[i].Kind != nlp.Number {
			return 0, false
		}
		n, err := strconv.Atoi(d.Tokens[i].Of(d.Text))
		return n, err == nil
	}
	word := func(i int) string {
		if i >= len(d.Tokens) {
			return ""
		}
		return d.Words(i)
	}
	if month, isMonth := monthNames[word(k)]; isMonth {
		day, ok1 := number(k + 1)
		next := k + 2
		if word(next) == "," {
			next++
		}
		year, ok2 := number(next)
		date, ok = isoDate(year, month, day)
		return date, next + 1, ok && ok1 && ok2
	}
	a, ok1 := number(k)
	b, ok2 := number(k + 2)
	c, ok3 := number(k + 4)
	if !ok1 || !ok2 || !ok3 || word(k+1) != word(k+3) || word(k+1) != "/" && word(k+1) != "-" {
		return "", 0, false
	}
	if a > 31 { // 2026-11-02
		date, ok = isoDate(a, b, c)
	} else { // American order
		date, ok = isoDate(c, a, b)
	}
	return date, k + 5, ok
}

// isoDate writes a date of service; two-digit years are of this century.
func isoDate(year, month, day int) (string, bool) {
	if year < 100 {
		year += 2000
	}
	date := fmt.Sprintf("%04d-%02d-%02d", year, month, day)
	return date, year >= 1990 && year < 2100 && validDate(date)
}
