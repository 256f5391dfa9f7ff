package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// overWords in the cue of a history say that it is over: "a urinary tract
// infection six weeks ago", and not only known for long: "history of reflux".
var overWords = lexicon.WordList("over")

// asHistory gives a problem that is over, or that a relative has, the concept of
// that history (ICD-10-CM guideline I.C.21.c.4). Others stay as they are.
func (e *Engine) asHistory(d *nlp.Document, m *nlp.Mention, f lexicon.Finding) lexicon.Finding {
	h := e.lex.HistoryOf(f.Concept)
	if h == nil || m.Assertion.Negated || m.Assertion.Uncertain || m.Assertion.Hypothetical || !reasonSections[d.Sections[m.Section].Kind] {
		return f
	}
	past := f
	switch {
	case m.Assertion.Family:
		past.Concept = h.Family
	case m.Assertion.Historical && isOver(m.Assertion.Cue.Of(d.Text)):
		past.Concept = h.Personal
	default:
		return f
	}
	if coded, ok := e.lex.Diagnose(past); !ok || coded.Code == "" {
		return f
	}
	return past
}

func isOver(cue string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(cue)), func(w string) bool { return overWords[w] })
}
