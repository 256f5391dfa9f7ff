package verify

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// heading is a place where a section may begin. A certain one stands at the
// start of a line and before a colon or the line's end.
type heading struct {
	start   int
	kind    string // "" for a label that the table does not know
	certain bool
}

// headings reads the headings of a text by the table alone, line by line. It
// keeps what only may be a heading, too: a section is wrong only when no reading gives it.
func (v *Verifier) headings(text string) []heading {
	var out []heading
	for start := 0; start < len(text); {
		end := lineEnd(text, start)
		out = append(out, v.headingsOf(text, start, end)...)
		start = end + 1
	}
	return out
}

func lineEnd(text string, start int) int {
	if n := strings.IndexAny(text[start:], "\r\n"); n >= 0 {
		return start + n
	}
	return len(text)
}

func (v *Verifier) headingsOf(text string, start, end int) []heading {
	line := text[start:end]
	words := wordsOf(line)
	var out []heading
	for i := 0; i < len(words); i++ {
		first := i == 0 || i == 1 && isNumber(words[0].text)
		kind, n := v.tables.heading(words[i:])
		if n == 0 {
			if first && strings.Contains(line, ":") {
				out = append(out, heading{start: start + words[i].start})
			}
			continue
		}
		behind := strings.TrimLeft(line[words[i+n-1].end:], " \t*_])")
		switch {
		case first && (behind == "" || behind[0] == ':'):
			out = append(out, heading{start + words[i].start, kind, true})
		case first, strings.HasPrefix(behind, ":"), isLoud(line[words[i].start:words[i+n-1].end]):
			out = append(out, heading{start + words[i].start, kind, false})
		}
	}
	return out
}

func isNumber(w string) bool { return strings.Trim(w, "0123456789") == "" }

// isLoud reports capitals throughout.
func isLoud(s string) bool { return s == strings.ToUpper(s) && s != strings.ToLower(s) }

// heading returns the kind of the longest heading that the words begin with.
func (t *tables) heading(words []word) (kind string, n int) {
	for _, h := range t.headings[words[0].text] {
		if len(h.words) > n && startWith(words, h.words) {
			kind, n = h.kind, len(h.words)
		}
	}
	return kind, n
}

// headingTerm is a row of the table of headings.
type headingTerm struct {
	words []string
	kind  string
}

func headingTerms(lex *lexicon.Lexicon) map[string][]headingTerm {
	out := map[string][]headingTerm{}
	for _, h := range lex.Headings {
		if words := texts(wordsOf(h.Text)); len(words) > 0 {
			out[words[0]] = append(out[words[0]], headingTerm{words, h.Kind})
		}
	}
	return out
}

// quietKinds need no heading of their own: text before the first one, an exam's
// name, and what follows a label that is in no table.
var quietKinds = map[nlp.SectionKind]bool{nlp.SectionBody: true, nlp.SectionExam: true, nlp.SectionFindings: true, nlp.SectionOther: true}

// checkSections holds the section that a place names against the headings
// above it.
func (s *subject) checkSections() {
	s.places(func(path string, e coding.Evidence) {
		if e.Section == titleSection {
			return
		}
		if !s.mayStandIn(e.Start, e.Section) {
			s.fail(path, "no heading above makes the place part of section %s", e.Section)
		}
	})
}

// mayStandIn reports whether a heading between the last certain one above a
// place and the place itself is of that kind.
func (s *subject) mayStandIn(at int, kind string) bool {
	for _, h := range slices.Backward(s.headings) {
		switch {
		case h.start > at:
		case h.kind == kind:
			return true
		case h.kind == "" && quietKinds[nlp.SectionKind(kind)]:
			return true
		case h.certain && h.kind != string(nlp.SectionHeader): // a header ends with its line
			return s.closed(at, h) && quietKinds[nlp.SectionKind(kind)]
		}
	}
	return quietKinds[nlp.SectionKind(kind)]
}

// closed reports whether an empty line parts a place from a section that only introduces: what
// follows may stand on its own.
func (s *subject) closed(at int, h heading) bool {
	return introducing[nlp.SectionKind(h.kind)] && strings.Contains(s.report.Text[h.start:at], "\n\n")
}

// introducing sections stand before what the report tells.
var introducing = map[nlp.SectionKind]bool{nlp.SectionIndication: true, nlp.SectionExam: true, nlp.SectionTechnique: true, nlp.SectionComparison: true}
