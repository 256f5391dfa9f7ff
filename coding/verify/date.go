package verify

import (
	"regexp"
	"strings"
	"time"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// dateLayouts are the ways in which reports write a day.
var dateLayouts = []string{"1/2/2006", "1/2/06", "1-2-2006", "1-2-06", "2006-1-2", "2006/1/2", "January 2 2006", "Jan 2 2006"}

var dateWords = regexp.MustCompile(`\b(?:\d{1,4}[/-]\d{1,2}[/-]\d{1,4}|[A-Za-z]{3,9}\.? \d{1,2},? \d{4})\b`)

// labelledDate finds a label of the lexicon with what stands behind it on its line.
var labelledDate = func() *regexp.Regexp {
	var labels []string
	for _, l := range lexicon.Phrases("date_label") {
		labels = append(labels, strings.ReplaceAll(regexp.QuoteMeta(l), " ", `\W{1,3}`))
	}
	return regexp.MustCompile(`(?i)\b(?:` + strings.Join(labels, "|") + `)\b[^\n]{0,40}`)
}()

// dateOf reads the date of service: from the metadata, else behind a label of
// the report.
func dateOf(r nlp.Report) (string, bool) {
	if _, err := time.Parse(time.DateOnly, r.Meta.DateOfService); err == nil {
		return r.Meta.DateOfService, true
	}
	for _, near := range labelledDate.FindAllString(r.Text, -1) {
		for _, words := range dateWords.FindAllString(near, -1) {
			if d, ok := parseDay(words); ok {
				return d, true
			}
		}
	}
	return "", false
}

func parseDay(words string) (string, bool) {
	words = strings.NewReplacer(",", "", ".", "").Replace(words)
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, words); err == nil && t.Year() >= 1990 && t.Year() < 2100 {
			return t.Format(time.DateOnly), true
		}
	}
	return "", false
}
