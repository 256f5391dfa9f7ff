package nlp

import "strings"

// maxSentence bounds the number of tokens in a sentence. Cues, sides and
// mentions of a sentence are compared with each other; text without any stop
// must not make that slow.
const maxSentence = 400

// sentences cuts every section body into sentences. A sentence never crosses a
// section, and every token of a body is in one.
func (r *Reader) sentences(d *Document) {
	d.Sentences = make([]Sentence, 0, len(d.Tokens)/12+len(d.Sections))
	i := 0
	for n, sec := range d.Sections {
		for i < len(d.Tokens) && d.Tokens[i].Start < sec.Body.Start {
			i++ // a heading's words and marks
		}
		first := i
		for ; i < len(d.Tokens) && d.Tokens[i].Start < sec.Body.End; i++ {
			if i > first && (i-first >= maxSentence || r.breaksBefore(d, first, i)) {
				d.addSentence(n, first, i)
				first = i
			}
		}
		if i > first {
			d.addSentence(n, first, i)
		}
	}
}

func (d *Document) addSentence(section, first, last int) {
	d.Sentences = append(d.Sentences, Sentence{
		Span: Span{d.Tokens[first].Start, d.Tokens[last-1].End}, First: first, Last: last, Section: section,
	})
}

// breaksBefore reports whether a new sentence begins at token i; first is the
// first token of the sentence so far.
func (r *Reader) breaksBefore(d *Document, first, i int) bool {
	switch d.mark(i - 1) {
	case '.':
		if r.fullStop(d, first, i) {
			return true
		}
	case '?', '!':
		return d.mark(i) == 0
	}
	return d.Tokens[i].Newline && r.lineBreaks(d, i)
}

// fullStop reports whether the stop before token i ends the sentence.
func (r *Reader) fullStop(d *Document, first, i int) bool {
	t := d.Tokens
	next := t[i]
	if m := d.mark(i); m == '.' || m == ',' || m == ')' || m == ';' || m == ':' || m == '"' {
		return false // "etc.)", "e.g.,", "..." and a closing quote go with what is before them
	}
	glued := next.Start == t[i-1].End
	lower := next.Kind == Word && !d.capital(i) && isLetter(d.Text[next.Start])
	if i-2 < first {
		return !glued && !lower
	}
	before := t[i-2]
	switch {
	case i-2 == first && before.Kind == Number:
		return false // a list number
	case lower:
		return next.Blank || !glued && before.Len() > 1 && r.is(next, determiner) && !r.is(before, abbreviation) // a slip: "pneumothorax. there is"
	case glued && (before.Len() == 1 || next.Kind == Number || next.Len() == 1):
		return false // "a.m.", "M.D.", "No.5"
	case next.Blank:
		return true
	case before.Kind == Word && r.is(before, abbreviation):
		return false
	case r.is(before, numbered) && next.Kind == Number:
		return t[i-2].Newline // "No. 5" but not the answer "No." before a list number
	case before.Len() == 1 && d.capital(i-2) && next.Kind == Word:
		return !r.initial(d, first, i-2)
	}
	return true
}

// initial reports whether the single capital at token i is part of a name
// ("J. Smith", "John Q. Public") and not the end of "hepatitis C".
func (r *Reader) initial(d *Document, first, i int) bool {
	if i == first {
		return true
	}
	return d.mark(i-1) == '.' || d.mark(i-1) == ',' || d.Tokens[i-1].Kind == Word && d.capital(i-1) ||
		r.is(d.Tokens[i-1], preposition)
}

// Line lengths in bytes: below shortLine a line was ended on purpose, above
// longLine the text is not wrapped at all.
const (
	shortLine = 45
	longLine  = 110
)

// lineBreaks reports whether the line break before token i ends a sentence that
// has no full stop: before an empty line, a list item, or a line that begins a
// statement. Other line breaks only wrap.
func (r *Reader) lineBreaks(d *Document, i int) bool {
	t := d.Tokens
	if t[i].Blank || d.listItem(i) {
		return true
	}
	prev := t[i-1]
	if d.mark(i-1) == ',' || r.is(prev, preposition|conjunction|alternative|determiner) {
		return false
	}
	if t[i].Kind == Number || !d.capital(i) {
		return false
	}
	if r.is(t[i], opener) {
		return true
	}
	start := strings.LastIndexAny(d.Text[:prev.End], "\r\n") + 1
	line := prev.End - start
	return line < shortLine || line > longLine
}

// listItem reports a bullet or a list number at token i.
func (d *Document) listItem(i int) bool {
	t := d.Tokens
	switch m := d.mark(i); {
	case m == '-' || m == '*' || m == '>':
		return true
	case t[i].Kind == Number && t[i].Len() <= 2 && (d.mark(i+1) == '.' || d.mark(i+1) == ')'):
		return i+2 >= len(t) || t[i+2].Start > t[i+1].End || t[i+2].Kind == Word
	}
	gap := d.Text[t[max(i-1, 0)].End:t[i].Start]
	return strings.Contains(gap, "•") || strings.Contains(gap, "·") || strings.Contains(gap, "▪")
}
