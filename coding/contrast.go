package coding

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// bareWith are the first words of contrast terms that have other uses.
var bareWith = lexicon.WordList("bare_with")

// phaseWords lead from one contrast phase to the next: "w/o f-by w", "w plus
// w/o", "wo f/cm" (followed by contrast material).
var phaseWords = lexicon.WordList("phase")

// isContrast tells "CT chest w" from "hip w pelvis": a bare with or without is
// about contrast unless it introduces something else.
func (e *Engine) isContrast(d *nlp.Document, m nlp.Mention, last int) bool {
	if m.Last-m.First > 2 || !bareWith[d.Words(m.First)] || saysMore(d, m) {
		return true
	}
	i := skipPunct(d, m.Last, last, "(,;")
	if i >= last || d.Tokens[i].Kind != nlp.Word || isCutAgent(d, i, last) {
		return true
	}
	w := d.Words(i)
	if sideOf(w) != nlp.Unstated || isUnilateral(w) || bareWith[w] || ledgerWords[w] || phaseWords[w] || w == "iv" || w == "or" {
		return true
	}
	for _, o := range d.Mentions {
		if o.First == i && o.Problem == nil {
			return o.Axis == lexicon.Contrast
		}
	}
	return false
}

// saysMore reports whether a mention holds more than a bare with or without:
// "with contrast" is about contrast whatever comes after it.
func saysMore(d *nlp.Document, m nlp.Mention) bool {
	w := d.Words(m.Last - 1)
	return m.Last-m.First > 1 && d.Tokens[m.Last-1].Kind == nlp.Word && !bareWith[w] && w != "o" && w != "out"
}

// skipPunct returns the next token that is a word, a number or one of the
// marks given.
func skipPunct(d *nlp.Document, i, last int, stop string) int {
	for i < last && d.Tokens[i].Kind == nlp.Punct && !strings.Contains(stop, d.Words(i)) {
		i++
	}
	return i
}

// agentNames are what names of exams say for contrast, to be recognised when a
// field's length cuts them off.
var agentNames = []string{"contrast", "dye", "gadolinium"}

// isCutAgent reports whether an exam name ends with the first letters of an agent: "w/co",
// "w o d".
func isCutAgent(d *nlp.Document, i, last int) bool {
	if d.Report.Exam == "" || i != last-1 {
		return false
	}
	for _, name := range agentNames {
		if strings.HasPrefix(name, d.Words(i)) {
			return true
		}
	}
	return false
}

// contrastState folds the contrast mentions of one exam that ends before token
// last: with and without together are the two-phase study.
func (e *Engine) contrastState(d *nlp.Document, ms []nlp.Mention, last int) string {
	with, without, agent := false, false, false
	for _, m := range ms {
		switch e.lex.Concept(m.Concept).Name {
		case "agent":
			agent = agent || m.Len() > 2
		case "with":
			with = true
		case "without":
			without = true
			with = with || e.goesOn(d, m, last)
		case "without_with":
			return "without_with"
		}
	}
	switch {
	case with && without:
		return "without_with"
	case with:
		return "with"
	case without:
		return "without"
	case agent: // "CT chest contrast"
		return "with"
	}
	return ""
}

// goesOn reports whether an exam name goes on from the phase without contrast
// to one with it: "wo contrast f-by contrast", or "w/o cntrst, flwd" where the
// field ended.
func (e *Engine) goesOn(d *nlp.Document, without nlp.Mention, last int) bool {
	if d.Report.Exam == "" {
		return false
	}
	i := without.Last
	for i < last && (e.isAgent(d, i) || strings.Contains(",;)/", d.Words(i))) {
		i++
	}
	if i >= last || !phaseWords[d.Words(i)] {
		return false
	}
	joins := true // "and" alone may lead to another exam
	for ; i < last; i++ {
		switch w := d.Words(i); {
		case phaseWords[w]:
			joins = joins && titleDelimiters[w]
		case e.isAgent(d, i) || bareWith[w] || isCutAgent(d, i, last):
			return true
		case d.Tokens[i].Kind != nlp.Punct:
			return false
		}
	}
	return !joins
}

// isAgent reports whether a token is a word for contrast.
func (e *Engine) isAgent(d *nlp.Document, i int) bool {
	for _, m := range d.Mentions {
		if m.First <= i && i < m.Last && m.Axis == lexicon.Contrast && d.Tokens[i].Kind == nlp.Word {
			return !bareWith[d.Words(i)] && d.Words(i) != "o" && d.Words(i) != "out"
		}
	}
	return false
}
