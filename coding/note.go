package coding

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// visitHeadings open the sections of visit notes and letters, operativeHeadings
// those of operative notes. Both name studies without being reports of one.
var (
	visitHeadings     = lexicon.WordList("visit_headings")
	operativeHeadings = lexicon.WordList("operative_headings")
)

// minNoteHeadings of them make a note.
const minNoteHeadings = 2

func (e *Engine) isVisitNote(d *nlp.Document) bool {
	return countHeadings(d, visitHeadings) >= minNoteHeadings
}

func (e *Engine) isOperativeNote(d *nlp.Document) bool {
	return countHeadings(d, operativeHeadings) >= minNoteHeadings
}

// isClinicalNote reports whether the document is some note and no report.
func (e *Engine) isClinicalNote(d *nlp.Document) bool {
	return e.isVisitNote(d) || e.isOperativeNote(d)
}

// countHeadings counts the section headings of a set, and phrases of it that
// stand before a colon at the start of a line (the reader takes only the headings of reports).
func countHeadings(d *nlp.Document, set map[string]bool) int {
	seen := map[string]bool{}
	for _, sec := range d.Sections {
		if h := headingWords(sec.Heading.Of(d.Text)); set[h] {
			seen[h] = true
		}
	}
	for i := range d.Tokens {
		if i > 0 && !d.Tokens[i].Newline {
			continue
		}
		for k := i + 1; k < min(i+6, len(d.Tokens)); k++ {
			if d.Tokens[k].Newline {
				break
			}
			if d.Words(k) == ":" {
				if h := headingWords(d.Text[d.Tokens[i].Start:d.Tokens[k-1].End]); set[h] {
					seen[h] = true
				}
				break
			}
		}
	}
	return len(seen)
}

func headingWords(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(strings.ReplaceAll(s, "-", " "))), " ")
}
