package nlp

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// assertions decides for every mention what its sentence says about it, in the
// manner of ConText: cues act forward or backward until a stop cue, the end of
// their clause or the end of the sentence.
func (r *Reader) assertions(d *Document) {
	var c context
	m := 0
	for s := range d.Sentences {
		from := m
		for m < len(d.Mentions) && d.Mentions[m].Sentence == s {
			m++
		}
		if m == from {
			continue
		}
		sent := &d.Sentences[s]
		c.read(r, d, sent.First, sent.Last)
		for i := from; i < m; i++ {
			d.Mentions[i].Assertion = c.assert(d, d.Mentions[i].First, d.Mentions[i].Last)
		}
	}
}

// Assert says what the text states about an arbitrary span of it.
func (r *Reader) Assert(text string, span Span) Assertion {
	d := &Document{Text: text, Sections: []Section{{Kind: SectionBody, Body: Span{0, len(text)}}}}
	r.tokens(d)
	r.sentences(d)
	for _, sent := range d.Sentences {
		first, last := sent.First, sent.First
		for i := sent.First; i < sent.Last; i++ {
			if d.Tokens[i].End <= span.Start {
				first = i + 1
			}
			if d.Tokens[i].Start < span.End {
				last = i + 1
			}
		}
		if first < last {
			var c context
			c.read(r, d, sent.First, sent.Last)
			a := c.assert(d, first, last)
			a.Historical = a.Historical || !a.Negated && d.isListItem(sent, first, last) || d.isBackground(a, first, last)
			return a
		}
	}
	return Assertion{}
}

// What lists of past medical and surgical history are made of.
var (
	chronicConditions = lexicon.WordList("chronic_condition")
	pastOperations    = lexicon.WordList("past_operation")
)

// isListItem reports whether a sentence is nothing but the name of a chronic condition or a common operation. A sentence
// that comes without its document is then taken as an entry of the past medical
// history; in a report the section tells, so this is not asked there.
func (d *Document) isListItem(sent Sentence, first, last int) bool {
	for i := sent.First; i < sent.Last; i++ {
		if d.Tokens[i].Kind == Word && (i < first || i >= last) {
			return false
		}
	}
	name := d.phrase(first, last)
	return chronicConditions[name] || pastOperations[name]
}

// backgrounds are what social histories and lists of allergies are made of.
var backgrounds = lexicon.WordList("background")

// isBackground reports what belongs to the history whether it is affirmed or denied: habits, allergies, what
// runs in the family. As for list items, in a report the section tells.
func (d *Document) isBackground(a Assertion, first, last int) bool {
	if a.Family && strings.Contains(strings.ToLower(a.Cue.Of(d.Text)), "history") {
		return true
	}
	return backgrounds[d.phrase(first, last)]
}

// phrase joins the words of tokens [first,last).
func (d *Document) phrase(first, last int) string {
	var words []string
	for i := first; i < last; i++ {
		if d.Tokens[i].Kind == Word {
			words = append(words, d.Words(i))
		}
	}
	return strings.Join(words, " ")
}

// action is a cue at work: tokens [first,last) are its words, [from,to) its
// scope.
type action struct {
	cue
	first, last, from, to int
}

// context holds the cues of one sentence. It is reused from sentence to
// sentence.
type context struct {
	clauses clauses
	actions []action
}

// read finds the cues of tokens [first,last) and how far they reach.
func (c *context) read(r *Reader, d *Document, first, last int) {
	c.actions = c.actions[:0]
	for i := first; i < last; {
		entry, n := r.cues.match(d.Tokens[i:last])
		if n == 0 {
			if n = d.pastYear(r, i, last); n > 0 && i > first {
				c.actions = append(c.actions, action{cue: cue{category: historical, role: post}, first: i, last: i + n})
			}
			i += max(n, 1)
			continue
		}
		for _, cue := range r.grammar.cues[entry] {
			c.actions = append(c.actions, action{cue: cue, first: i, last: i + n})
		}
		i += n
	}
	if len(c.actions) == 0 {
		return
	}
	c.clauses.split(r, d, first, last)
	for i := range c.actions {
		c.reach(r, d, i, first, last)
	}
}

// reach sets the scope of action n.
func (c *context) reach(r *Reader, d *Document, n, first, last int) {
	a := &c.actions[n]
	switch a.role {
	case pre:
		a.from = a.last
		if a.opensList(d) {
			a.to = d.nextLabel(a.last, last)
		} else {
			_, a.to = c.clauses.around(a.last, first, last)
		}
		a.to = insideBrackets(d, a.last, a.to)
		for _, b := range c.actions[n+1:] {
			if b.first >= a.last && c.stops(d, *a, b) && !(a.opensList(d) && courses[d.phrase(b.first, b.last)]) {
				a.to = min(a.to, b.first)
				break
			}
		}
	case post:
		a.to = a.first
		a.from, _ = c.clauses.around(a.first, first, last)
		for i := n - 1; i >= 0; i-- {
			if b := c.actions[i]; b.last <= a.first && (b.role == stop && (b.category == a.category || b.category == allCategories)) {
				a.from = max(a.from, b.last)
				break
			}
		}
		if a.category == uncertain || d.isYear(a.last-1) {
			a.from = max(a.from, c.phraseStart(r, d, a.first, a.from))
		}
	}
}

// pastYear returns the length of a date without a day at token i, "in 2003", "in May 2003": what
// is told so was before. "Seen in 2003" and "on the CT in 2003" say when a scan was made, not when an illness was.
func (d *Document) pastYear(r *Reader, i, last int) int {
	if d.Tokens[i].Len() != 2 || d.Words(i) != "in" || i > 0 && (r.is(d.Tokens[i-1], participle) || datedStudies[d.Words(i-1)]) {
		return 0
	}
	k := i + 1
	if k < last && months[d.Words(k)] {
		k++
	}
	if k < last && d.isYear(k) {
		return k + 1 - i
	}
	return 0
}

var (
	months       = lexicon.WordList("month")
	datedStudies = lexicon.WordList("dated_study") // before a date: the date is the study's, or one to compare with
)

// isYear reports a number from 1900 to 2099.
func (d *Document) isYear(i int) bool {
	t := d.Tokens[i]
	word := t.Of(d.Text)
	return t.Kind == Number && len(word) == 4 && (word[:2] == "19" || word[:2] == "20")
}

// opensList reports a label of a history, "past medical history:": it holds for all
// that follows, in one clause or several, up to the next label.
func (a *action) opensList(d *Document) bool {
	return a.category == historical && d.mark(a.last-1) == ':'
}

// nextLabel returns the first token of the next label in [from,last), else last.
func (d *Document) nextLabel(from, last int) int {
	for i := from; i < last; i++ {
		if d.mark(i) != ':' {
			continue
		}
		if label := d.labelStart(i, from); label > from {
			return label
		}
	}
	return last
}

// courses are words that tell how an illness ran. In a list of past illnesses they
// say nothing about today: "past medical history: gout, acute MI, asthma".
var courses = lexicon.WordList("course")

// insideBrackets ends a scope at the bracket that closes around its cue.
func insideBrackets(d *Document, from, to int) int {
	depth := 0
	for i := from; i < to; i++ {
		switch d.mark(i) {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return i
			}
		}
	}
	return to
}

// phraseStart returns the token after the last separator in [from,at). What is
// doubted at the end of a list is its last item: "edema, pneumonia not excluded".
func (c *context) phraseStart(r *Reader, d *Document, at, from int) int {
	for i := at - 1; i >= from; i-- {
		if (d.mark(i) == ',' && i < at-1) || r.is(d.Tokens[i], conjunction) {
			return i + 1
		}
	}
	return from
}

// stops reports whether the later action b ends the scope of a. Beside stop
// cues, a doubt or a history that begins after a comma begins a new statement.
func (c *context) stops(d *Document, a, b action) bool {
	switch b.role {
	case stop:
		return b.category == a.category || b.category == allCategories
	case pre:
		if b.category == a.category || a.category != negated {
			return false
		}
		if b.category == historical || b.category == family {
			return b.first > a.last
		}
		return d.mark(b.first-1) == ','
	}
	return false
}

// assert combines the cues whose scope holds the mention at tokens
// [first,last). A cue that is part of the mention says nothing about it.
func (c *context) assert(d *Document, first, last int) Assertion {
	var out Assertion
	best := -1
	for i, a := range c.actions {
		if a.role == pseudo && a.category == negated && a.first < first && first < a.last && d.Words(a.first) == "no" {
			out.Negated = true // "no enlargement of the heart": the mention is what is denied
		}
		if last <= a.from || first >= a.to || a.inside(first, last) {
			continue
		}
		*out.flag(a.category) = true
		if best < 0 || a.category < c.actions[best].category {
			best = i
		}
	}
	if best >= 0 {
		a := c.actions[best]
		out.Cue = Span{d.Tokens[a.first].Start, d.Tokens[a.last-1].End}
		out.Scope = Span{d.Tokens[a.from].Start, d.Tokens[a.to-1].End}
	}
	return out
}

// inside reports a cue that begins (or, acting backward, ends) inside the
// mention: "absence" in "absence seizure".
func (a *action) inside(first, last int) bool {
	if a.role == pre {
		return a.first >= first && a.first < last
	}
	return a.last > first && a.last <= last
}

func (a *Assertion) flag(c category) *bool {
	return [...]*bool{&a.Negated, &a.Uncertain, &a.Historical, &a.Hypothetical, &a.Family}[c]
}
