package coding

import (
	"slices"
	"strconv"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// intervalAt is a time to wait, as ISO 8601, at tokens [first,last).
type intervalAt struct {
	iso         string
	first, last int
}

// intervalUnits are the units of time with their ISO 8601 letters.
var intervalUnits = map[string]string{
	"day": "D", "days": "D", "week": "W", "weeks": "W", "wk": "W", "wks": "W", "month": "M", "months": "M", "mo": "M", "mos": "M", "mth": "M",
	"year": "Y", "years": "Y", "yr": "Y", "yrs": "Y", "hour": "H", "hours": "H", "hrs": "H",
}

// intervalWords say a time by themselves.
var intervalWords = map[string]string{
	"annual": "P1Y", "annually": "P1Y", "yearly": "P1Y", "biennial": "P2Y", "biennially": "P2Y", "tomorrow": "P1D", "monthly": "P1M",
}

// intervalCounts are numbers spelled out, beside numberWords.
var intervalCounts = map[string]int{"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "eighteen": 18, "a": 1, "an": 1, "next": 1}

// Words around a stretch of time that is no time to wait: "for the last 6
// months", "6 months ago".
var (
	durationBefore = lexicon.WordList("duration_before")
	durationAfter  = lexicon.WordList("duration_after")
)

// intervalsIn finds the times to wait in tokens [first,last).
func intervalsIn(d *nlp.Document, first, last int) []intervalAt {
	var out []intervalAt
	for i := first; i < last; i++ {
		if iso := intervalWords[d.Words(i)]; iso != "" {
			out = append(out, intervalAt{iso, i, i + 1})
			continue
		}
		v, ok := readInterval(d, i, last)
		if !ok {
			continue
		}
		if !isDuration(d, first, last, v) && !isPregnancyAge(d, v) {
			out = append(out, v)
		}
		i = v.last - 1
	}
	return out
}

// readInterval reads "3 months", "6-12 months", "one to two years", "3-month",
// "48 hours" at token i.
func readInterval(d *nlp.Document, i, end int) (intervalAt, bool) {
	low, ok := countAt(d, i)
	if !ok {
		return intervalAt{}, false
	}
	high, k := low, i+1
	if k+1 < end && (joinsRange(d.Words(k)) || d.Words(k) == "and") {
		if n, ok := countAt(d, k+1); ok && n > low {
			high, k = n, k+2
		}
	}
	if k < end && d.Words(k) == "-" {
		k++
	}
	if k >= end {
		return intervalAt{}, false
	}
	unit := intervalUnits[d.Words(k)]
	if unit == "" {
		return intervalAt{}, false
	}
	iso := isoDuration(low, unit)
	if high != low {
		iso += "/" + isoDuration(high, unit)
	}
	return intervalAt{iso, i, k + 1}, true
}

func isoDuration(n int, unit string) string {
	if unit == "H" {
		return "PT" + strconv.Itoa(n) + unit
	}
	return "P" + strconv.Itoa(n) + unit
}

// countAt reads a whole number at token i.
func countAt(d *nlp.Document, i int) (int, bool) {
	t := d.Tokens[i]
	if t.Kind == nlp.Number {
		n, err := strconv.Atoi(t.Of(d.Text))
		return n, err == nil && n > 0 && n < 100
	}
	w := d.Words(i)
	if n, ok := intervalCounts[w]; ok {
		return n, true
	}
	n, ok := numberWords[w]
	return n, ok
}

// isDuration tells "stable for 2 years" and "6 months ago" from "in 6 months".
func isDuration(d *nlp.Document, first, last int, v intervalAt) bool {
	for k := v.first - 1; k >= max(first, v.first-2); k-- {
		if durationBefore[d.Words(k)] {
			return true
		}
	}
	k := v.last
	if k < last && d.Words(k) == "-" {
		k++
	}
	return k < last && durationAfter[d.Words(k)]
}

// firstLongWeeks is from how many weeks on "at 22 weeks" is more likely the age of
// a pregnancy than a time to wait.
const firstLongWeeks = 14

// isPregnancyAge tells "follow-up at 22-24 weeks" of a pregnancy.
func isPregnancyAge(d *nlp.Document, v intervalAt) bool {
	n, _ := countAt(d, v.first)
	return n >= firstLongWeeks && intervalUnits[d.Words(v.last-1)] == "W" && v.first > 0 && d.Words(v.first-1) == "at"
}

// intervalOf is the time of a target: the first one behind it, else the last one before
// it. Targets that share one ("CT and MRI in 3 months") all take it.
func (c *clause) intervalOf(t *target) string {
	best := ""
	for _, v := range c.intervals {
		switch {
		case v.first >= t.from && v.last <= t.first && (t.from <= c.first || !c.intervalBehind(t)) || v.first < t.last && v.last > t.first:
			best = v.iso
		case v.first >= t.last && v.last <= t.to:
			if best == "" {
				return v.iso
			}
		}
	}
	if best == "" && len(c.intervals) == 1 {
		return c.intervals[0].iso
	}
	if best == "" && c.shortInterval() {
		return shortInterval
	}
	return best
}

// intervalBehind reports whether a time stands behind a target: one between two
// targets is then that of the first.
func (c *clause) intervalBehind(t *target) bool {
	return slices.ContainsFunc(c.intervals, func(v intervalAt) bool { return v.first >= t.last && v.last <= t.to })
}

// shortInterval is what "short-interval follow-up" means for a breast (ACR BI-RADS 5th
// ed., category 3).
const shortInterval = "P6M"

func (c *clause) shortInterval() bool {
	if !c.s.isMammogram(c.e) {
		return false
	}
	for k := c.first; k+1 < c.last; k++ {
		if w := c.d.Words(k + 1); c.d.Words(k) == "short" && (w == "interval" || w == "term") {
			return true
		}
	}
	return false
}
