package eval

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"github.com/radcode/radcode/nlp"
)

// edit replaces a span of a text.
type edit struct {
	nlp.Span
	text string
}

// apply makes edits that do not overlap, in any order.
func apply(text string, edits []edit) string {
	slices.SortFunc(edits, func(a, b edit) int { return a.Start - b.Start })
	var out strings.Builder
	at := 0
	for _, e := range edits {
		out.WriteString(text[at:e.Start])
		out.WriteString(e.text)
		at = e.End
	}
	out.WriteString(text[at:])
	return out.String()
}

// part is a section as a reader of the plain text sees it: a line that begins
// with heading words of the lexicon, and what follows up to the next one.
type part struct {
	kind    string // of the lexicon's headings; "" before the first
	heading nlp.Span
	mark    nlp.Span // from the heading's first decoration to the end of the colon
	colon   bool
	body    nlp.Span
}

// headingLine finds words at the beginning of a line that end with a colon or
// with the line.
var headingLine = regexp.MustCompile(`(?m)^[ \t]*(\**)([A-Za-z][A-Za-z /&()-]*[A-Za-z)])[ \t]*(\**:\**|\**[ \t]*\r?$)`)

// parts cuts a text at its headings.
func (k *knowledge) parts(text string) []part {
	out := []part{{}}
	for _, m := range headingLine.FindAllStringSubmatchIndex(text, -1) {
		words := text[m[4]:m[5]]
		kind, known := k.headings[headingKey(words)]
		colon := strings.Contains(text[m[6]:m[7]], ":")
		if !known || !colon && words != strings.ToUpper(words) {
			continue
		}
		out[len(out)-1].body.End = m[2]
		out = append(out, part{kind, nlp.Span{Start: m[4], End: m[5]}, nlp.Span{Start: m[2], End: m[7]}, colon, nlp.Span{Start: m[7]}})
	}
	out[len(out)-1].body.End = len(text)
	return out
}

// headingKey writes a heading as the lexicon does.
func headingKey(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("/", " / ", "-", " ").Replace(strings.ToLower(s))), " ")
}

// partAt returns the part that holds an offset.
func partAt(ps []part, offset int) part {
	for i := len(ps) - 1; i > 0; i-- {
		if offset >= ps[i].mark.Start {
			return ps[i]
		}
	}
	return ps[0]
}

// statementEnd ends a statement: an empty line, a line after which a list item
// begins, a full stop that more text in capitals follows.
var (
	statementEnd = regexp.MustCompile(`\r?\n[ \t]*\r?\n|\r?\n(?:[ \t]*(?:\d{1,2}[.)]|[-*•])[ \t]*)|[.?!;:][ \t]*\r?\n|[.?!][ \t]+`)
	listMark     = regexp.MustCompile(`^\s*(?:\d{1,2}[.)]|[-*•])?\s*`)
	noEnd        = regexp.MustCompile(`(?i)(?:\b(?:dr|mr|mrs|ms|st|vs|no|approx|i\.e|e\.g|[a-z])|^\s*\d{1,2}|\n\s*\d{1,2})\.$`)
)

// statements cuts a span of a text into sentences and list items, without list
// marks and the full stop.
func statements(text string, body nlp.Span) []nlp.Span {
	var out []nlp.Span
	start := body.Start
	add := func(end int) {
		s := nlp.Span{Start: start, End: end}
		s.Start += len(listMark.FindString(text[s.Start:s.End]))
		s.End = s.Start + len(strings.TrimRight(text[s.Start:s.End], " \t\r\n.;"))
		if s.Len() > 0 {
			out = append(out, s)
		}
	}
	for _, m := range statementEnd.FindAllStringIndex(text[body.Start:body.End], -1) {
		from, to := body.Start+m[0], body.Start+m[1]
		if text[from] == '.' && (from < start || noEnd.MatchString(text[start:from+1]) || to < len(text) && unicode.IsLower(rune(text[to]))) {
			continue
		}
		if text[from] == '\n' || text[from] == '\r' {
			add(from)
			start = from
			continue
		}
		add(from)
		start = to
	}
	if start < body.End {
		add(body.End)
	}
	return out
}

// statementAt returns the statement of a part that holds a span whole.
func statementAt(text string, body, span nlp.Span) (nlp.Span, bool) {
	for _, s := range statements(text, body) {
		if s.Start <= span.Start && span.End <= s.End {
			return s, true
		}
	}
	return nlp.Span{}, false
}

// inCaseOf writes a replacement as the replaced words were: in capitals, or
// with a capital first.
func inCaseOf(old, s string) string {
	switch {
	case len(old) > 1 && old == strings.ToUpper(old) && old != strings.ToLower(old):
		return strings.ToUpper(s)
	case old != "" && unicode.IsUpper(rune(old[0])):
		return capital(s)
	}
	return s
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
