package exchange

import (
	"regexp"
	"strings"
	"time"
)

// first returns the first string that is not empty.
func first(s ...string) string {
	for _, x := range s {
		if x != "" {
			return x
		}
	}
	return ""
}

// kind is a part of a report that messages send on its own.
type kind struct {
	heading string
	own     *regexp.Regexp // a heading in the text that makes ours superfluous
}

// headings matches the given words as a heading: before a colon, or alone on a
// line.
func headings(words string) *regexp.Regexp {
	return regexp.MustCompile(`(?im)\b(?:` + words + `)\b[^:.\n]{0,30}:|^[^\pL\n]*(?:` + words + `)[^\pL\n]*$`)
}

var (
	indication = &kind{"INDICATION", headings(`indications?|history|reason|clinical (?:information|data|question|details)|symptoms?`)}
	comparison = &kind{"COMPARISON", headings(`comparisons?|prior (?:exams?|studies)`)}
	// Systems send the whole body under the findings' code, so that any
	// heading in it will do.
	findings = &kind{"FINDINGS", headings(`findings?|reports?|exam|examination|study|procedure|technique|comparison|indications?|history|reason|` +
		`impressions?|conclusions?|description`)}
	impression     = &kind{"IMPRESSION", headings(`impressions?|conclusions?|opinion|summary|interpretation|assessment|diagnosis`)}
	recommendation = &kind{"RECOMMENDATION", headings(`recommendations?|recommended|follow[- ]?up|impressions?|plan`)}
	addendum       = &kind{"ADDENDUM", headings(`addendum|addenda|amendment|amended`)}
)

// kinds are the observation codes of report parts: HL7's suffixes and LOINC.
var kinds = map[string]*kind{
	"GDT": findings, "IMP": impression, "ADT": addendum, "REC": recommendation,
	"18785-6": indication, "18834-2": comparison, "18782-3": findings, "59776-5": findings,
	"19005-8": impression, "18783-1": recommendation, "55107-7": addendum,
}

// partOf tells which part an OBX is of: the suffix of OBX-3 ("&IMP",
// "71046&IMP") or its code.
func partOf(x segment) *kind {
	id := strings.ToUpper(x.component(3, 1))
	if k := kinds[part(id, x.d.sub, 2)]; k != nil {
		return k
	}
	return kinds[id]
}

// builder joins pieces of a report.
type builder struct {
	blocks []block
}

// block is lines that follow each other and are of one kind; nil is unknown.
type block struct {
	kind  *kind
	lines []string
}

func (b *builder) add(k *kind, lines []string) {
	if len(lines) == 0 {
		return
	}
	if n := len(b.blocks); n == 0 || b.blocks[n-1].kind != k {
		b.blocks = append(b.blocks, block{kind: k})
	}
	last := &b.blocks[len(b.blocks)-1]
	last.lines = append(last.lines, lines...)
}

// report returns the text. A part without a heading of its own gets one, where
// it begins: senders return to the first part's code for the signature. The
// reason comes last, and only if the text gives none, so that offsets into what
// was dictated stay what they are.
func (b *builder) report(reason string) string {
	var texts []string
	begun := map[*kind]bool{nil: true}
	for _, p := range b.blocks {
		text := strings.Join(p.lines, "\n")
		if !begun[p.kind] && strings.TrimSpace(text) != "" {
			begun[p.kind] = true
			if !p.kind.own.MatchString(text) {
				text = p.kind.heading + ":\n" + text
			}
		}
		texts = append(texts, text)
	}
	return withReason(strings.Join(texts, "\n"), reason)
}

func withReason(text, reason string) string {
	switch {
	case reason == "" || indication.own.MatchString(text):
		return text
	case strings.TrimSpace(text) == "":
		return "INDICATION: " + reason
	}
	return strings.TrimRight(text, " \t\r\n") + "\n\nINDICATION: " + reason
}

// timestamp reads an HL7 time (20240131, 202401311530-0500) or a FHIR one
// (2024-01-31T15:30:00Z) as written, without moving it to another zone: a date
// of service is local. What is no full date is "".
func timestamp(s string) (date, clock string) {
	digits := func(r rune) rune {
		if r == '-' || r == ':' || r == 'T' {
			return -1
		}
		return r
	}
	s, _, _ = strings.Cut(s, ".")
	if i := strings.LastIndexAny(s, "+-Z"); i >= 8 { // a zone, and not the date's hyphen
		s = s[:i]
	}
	s = strings.Map(digits, s)
	if len(s) < 8 {
		return "", ""
	}
	day, err := time.Parse("20060102", s[:8])
	if err != nil {
		return "", ""
	}
	if len(s) >= 12 {
		if t, err := time.Parse("1504", s[8:12]); err == nil && strings.Trim(s[8:], "0") != "" {
			clock = t.Format("15:04")
		}
	}
	return day.Format(time.DateOnly), clock
}

// age returns completed years between two dates, below two years in months.
func age(born, date string) *float64 {
	b, err := time.Parse(time.DateOnly, born)
	if err != nil {
		return nil
	}
	d, err := time.Parse(time.DateOnly, date)
	if err != nil || d.Before(b) {
		return nil
	}
	months := 12*(d.Year()-b.Year()) + int(d.Month()-b.Month())
	if d.Day() < b.Day() {
		months--
	}
	years := float64(months / 12)
	if months < 24 {
		years = float64(months*100/12) / 100
	}
	return &years
}
