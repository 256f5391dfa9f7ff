package coding

import (
	"strings"

	"github.com/radcode/radcode/nlp"
)

// visitHeadings open the sections of visit notes and letters, operativeHeadings
// those of operative notes. Both name studies without being reports of one.
var (
	visitHeadings = headingSet("medications", "allergies", "review of systems", "physical examination", "physical exam", "social history",
		"past medical history", "past surgical history", "chief complaint", "vital signs", "history of present illness", "hpi",
		"assessment and plan", "subjective", "objective", "current medications", "hospital course", "discharge diagnosis", "ros", "pmh", "psh",
		"cc", "hx", "meds", "fhx", "shx", "course", "neuro", "mental status", "reason for visit", "family history", "motor", "sensory",
		"nerve conduction studies", "emg", "electromyography", "impression and plan", "discharge medications", "vitals", "gen exam")
	operativeHeadings = headingSet("anesthesia", "estimated blood loss", "complications", "operation", "operation performed",
		"preoperative diagnosis", "postoperative diagnosis", "preoperative diagnoses", "postoperative diagnoses", "pre op diagnosis", "surgeon",
		"operative findings", "description of procedure", "procedure in detail", "title of operation", "name of operation", "drains", "specimen",
		"fluids", "operative procedure", "post op diagnosis", "indications for procedure", "description of operation", "assistant")
)

func headingSet(names ...string) map[string]bool {
	set := map[string]bool{}
	for _, n := range names {
		set[n] = true
	}
	return set
}

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
