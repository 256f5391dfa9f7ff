package nlp

import "github.com/radcode/radcode/lexicon"

// sides binds right, left and both to mentions. A side word acts as an
// adjective on the noun phrase after it ("right lower lobe pneumonia"), or
// stands after its noun ("effusion on the left"); a problem without a side of
// its own takes that of the body part it is bound to in the same clause.
func (r *Reader) sides(d *Document) {
	b := binder{r: r, d: d}
	m := 0
	for s := range d.Sentences {
		from := m
		for m < len(d.Mentions) && d.Mentions[m].Sentence == s {
			m++
		}
		b.sentence(&d.Sentences[s], d.Mentions[from:m])
	}
}

// sideWord is a side at tokens [first,last).
type sideWord struct {
	side        Side
	first, last int
	letter      bool // R or L: a side only next to a paired body part
	mark        bool // in brackets, "(L)"
	compared    bool // "left greater than right": stands after its noun
}

// binder binds the sides of one sentence after the other; what a sub-heading
// ("RIGHT:", "Left kidney:") says holds for the sentences under it.
type binder struct {
	r       *Reader
	d       *Document
	words   []sideWord
	clauses clauses

	heading        Side
	headingSpan    Span
	headingSection int
	headingAlone   bool // nothing has followed the sub-heading yet
}

func (b *binder) sentence(sent *Sentence, mentions []Mention) {
	b.find(sent.First, sent.Last)
	if len(b.words) > 0 && len(mentions) > 0 {
		b.clauses.split(b.r, b.d, sent.First, sent.Last)
		for _, w := range b.words {
			b.inherent(w, mentions)
		}
		for _, w := range b.words {
			b.bind(w, sent, mentions)
		}
		b.bindProblems(sent, mentions)
	}
	b.underHeading(sent, mentions)
}

// find collects the side words of tokens [first,last), joined where two sides
// are coordinated ("right and left", "left greater than right").
func (b *binder) find(first, last int) {
	b.words = b.words[:0]
	for i := first; i < last; i++ {
		w, ok := b.wordAt(i, first, last)
		if !ok {
			continue
		}
		for w.last < last && b.r.is(b.d.Tokens[w.last], sided) {
			w.last++
		}
		if n := len(b.words); n > 0 && b.joins(&b.words[n-1], w) {
			i = w.last - 1
			continue
		}
		b.words = append(b.words, w)
		i = w.last - 1
	}
}

// wordAt reads the side word at token i.
func (b *binder) wordAt(i, first, last int) (sideWord, bool) {
	t := b.d.Tokens
	w := sideWord{first: i, last: i + 1}
	switch {
	case b.r.is(t[i], toBoth):
		w.side = Bilateral
	case t[i].Len() == 1 && b.d.Text[t[i].Start]|0x20 == 'b' && b.d.mark(i+1) == '/' && i+2 < last && b.r.is(t[i+2], sideLetter):
		w.side, w.last = Bilateral, i+3 // "b/l"
	case b.r.is(t[i], toRight):
		w.side = Right
	case b.r.is(t[i], toLeft):
		w.side = Left
	case b.r.is(t[i], sideLetter) && t[i].Len() == 1 && (isUpper(t[i].Of(b.d.Text)) || b.d.letters == smallLetters && b.pairedAt(i+1)):
		return b.letter(w, first, last)
	default:
		return w, false
	}
	if w.last < last && b.d.mark(w.last) == '.' && t[i].Len() == 2 {
		w.last++ // "rt."
	}
	return w, b.isSide(w, first, last)
}

// pairedAt reports whether a body part of which there are two begins at token i.
func (b *binder) pairedAt(i int) bool {
	for k := range b.d.Mentions {
		if m := &b.d.Mentions[k]; m.First == i && m.Axis == lexicon.Region && m.Problem == nil && b.r.Lexicon.Concept(m.Concept).Paired {
			return true
		}
	}
	return false
}

// letter reads "R", "R.", "(R)"; whether it is a side is decided by what it
// stands next to.
func (b *binder) letter(w sideWord, first, last int) (sideWord, bool) {
	d := b.d
	w.letter = true
	w.side = Left
	if c := d.Text[d.Tokens[w.first].Start]; c == 'R' || c == 'r' {
		w.side = Right
	}
	before, after := byte(0), byte(0)
	if w.first > first {
		before = d.mark(w.first - 1)
	}
	if w.last < last {
		after = d.mark(w.last)
	}
	switch {
	case before == '(' && after == ')':
		w.mark = true
		w.first--
		w.last++
	case before == '/' || before == '\'' || after == '\'' || after == '/' && (w.last+1 >= last || !b.r.is(d.Tokens[w.last+1], sideLetter)):
		return w, false // "B/L" is no left
	case after == '.':
		w.last++
	}
	return w, true
}

// isSide tells the side from "right away" and "left the hospital".
func (b *binder) isSide(w sideWord, first, last int) bool {
	t := b.d.Tokens
	if w.side == Bilateral {
		return true
	}
	if w.first > first && b.r.is(t[w.first-1], noSideAfter) && t[w.first-1].Kind == Word {
		return b.nounFollows(w, last)
	}
	if w.last >= last {
		return true
	}
	next := t[w.last]
	if b.r.is(next, noSideBefore) || w.last+1 < last && b.r.is(t[w.last+1], noSideBefore) && b.r.is(t[w.last+1], handed) {
		return false
	}
	return w.side != Left || !b.r.is(next, noLeftBefore) || w.first > first && b.r.is(t[w.first-1], preposition|determiner)
}

// nounFollows reports a word after the side that can be its noun: "has left
// pleural effusion" but not "has left the building".
func (b *binder) nounFollows(w sideWord, last int) bool {
	if w.last >= last || b.d.Tokens[w.last].Kind != Word {
		return false
	}
	return !b.r.is(b.d.Tokens[w.last], noLeftBefore|noSideBefore|preposition|conjunction)
}

// joins merges w into the word before it when the two are coordinated.
func (b *binder) joins(prev *sideWord, w sideWord) bool {
	t := b.d.Tokens
	gap := t[prev.last:w.first]
	switch {
	case prev.letter != w.letter || prev.side == w.side && w.side != Bilateral:
		return false
	case len(gap) == 0:
		return false
	case len(gap) <= 3 && b.r.is(gap[0], comparing) || len(gap) == 3 && b.r.is(gap[1], comparing):
		prev.compared = true
	case len(gap) == 1 && (b.r.is(gap[0], conjunction|alternative) || b.d.mark(prev.last) == '/' || b.d.mark(prev.last) == ','):
	case len(gap) == 2 && b.d.mark(prev.last) == ',' && b.r.is(gap[1], conjunction|alternative):
	default:
		return false
	}
	prev.side, prev.last = Bilateral, w.last
	if prev.letter { // "R>L" needs no body part beside it
		prev.letter = false
	}
	return true
}

func (b *binder) span(w sideWord) Span {
	return Span{b.d.Tokens[w.first].Start, b.d.Tokens[w.last-1].End}
}

func (b *binder) set(m *Mention, w sideWord) {
	if m.Side == Unstated {
		m.Side, m.SideSpan = w.side, b.span(w)
	}
}

// takes reports whether a mention can have a side: a problem, or a body part
// of which there are two.
func (b *binder) takes(m *Mention) bool {
	if m.Problem != nil {
		return m.Problem.Site == 0 || b.paired(m.Problem.Site)
	}
	return m.Axis == lexicon.Region && b.paired(m.Concept)
}

// paired reports a concept with two sides; the right and left parts of an
// unpaired organ say so in their own name.
func (b *binder) paired(id lexicon.ConceptID) bool { return b.r.Lexicon.Concept(id).Paired }

// inherent gives a mention the side that is one of its own words: "right lower
// lobe", "rle".
func (b *binder) inherent(w sideWord, mentions []Mention) {
	for i := range mentions {
		m := &mentions[i]
		if m.First <= w.first && w.last <= m.Last && !w.letter && (m.Problem != nil || m.Axis == lexicon.Region) {
			b.set(m, w)
		}
	}
}

// bind gives a side to what it modifies: the noun phrase after it, or else the
// noun before it.
func (b *binder) bind(w sideWord, sent *Sentence, mentions []Mention) {
	from, to := b.clauses.around(w.first, sent.First, sent.Last)
	if w.compared && b.backward(w, sent.First, from, mentions) || b.forward(w, to, mentions) {
		return
	}
	if b.d.mark(w.last) == ',' && b.leads(w, from) {
		_, to = b.clauses.around(w.last+1, sent.First, sent.Last)
		b.clause(w, to, mentions)
		return
	}
	b.backward(w, sent.First, from, mentions)
}

// leads reports a side that opens its clause: "On the left, there is ...".
func (b *binder) leads(w sideWord, from int) bool {
	for i := from; i < w.first; i++ {
		if !b.r.is(b.d.Tokens[i], preposition|determiner) {
			return false
		}
	}
	return true
}

// clause gives the side to everything up to the end of its clause or the next
// side word.
func (b *binder) clause(w sideWord, to int, mentions []Mention) {
	for _, o := range b.words {
		if o.first > w.first && o.first < to {
			to = o.first
		}
	}
	for i := range mentions {
		if m := &mentions[i]; m.First >= w.last && m.Last <= to && b.takes(m) {
			b.set(m, w)
		}
	}
}

// maxAdjectives is how many words may stand between a side and its noun.
const maxAdjectives = 6

// forward binds the side to the mentions of the noun phrase that follows it.
func (b *binder) forward(w sideWord, to int, mentions []Mention) bool {
	t := b.d.Tokens
	bound, open := false, false // open: behind a conjunction, where only a paired body part still belongs
	gap := 0
	for i := w.last; i < to; {
		if b.otherSide(w, i) || i == w.last && b.r.is(t[i], projection) {
			return bound
		}
		last, any, took := b.at(i, w, open, mentions)
		if any {
			if w.letter && !took && !bound {
				return false
			}
			if open && !took {
				return bound
			}
			bound = bound || took
			gap, open = 0, false
			i = last
			continue
		}
		switch {
		case b.r.is(t[i], verb|participle), t[i].Kind == Punct && b.d.mark(i) != '/' && b.d.mark(i) != '-' && b.d.mark(i) != '(' && b.d.mark(i) != ')':
			return bound
		case b.r.is(t[i], preposition|determiner):
			// "both of the kidneys"; any other preposition ends the phrase
			if bound || w.side != Bilateral || i > w.last+1 {
				return bound
			}
		case b.r.is(t[i], conjunction|alternative) || b.d.mark(i) == '/':
			if open = bound; w.letter && !bound {
				return false
			}
		default:
			if open || w.letter {
				return bound
			}
			gap++
		}
		if gap > maxAdjectives {
			return bound
		}
		i++
	}
	return bound
}

// otherSide reports another side word at token i.
func (b *binder) otherSide(w sideWord, i int) bool {
	for _, o := range b.words {
		if o.first == i && o.first != w.first {
			return true
		}
	}
	return false
}

// at binds the mentions that begin at token i. It returns the end of the
// longest, whether there is one, and whether one took the side.
func (b *binder) at(i int, w sideWord, open bool, mentions []Mention) (last int, any, took bool) {
	for k := range mentions {
		m := &mentions[k]
		if m.First > i {
			break
		}
		if m.First < i || m.Axis != lexicon.Region && m.Problem == nil {
			continue
		}
		any, last = true, max(last, m.Last)
		if b.takes(m) && (!open && !w.letter || m.Problem == nil || w.letter && took) {
			b.set(m, w)
			took = true
		}
	}
	return last, any, took
}

// backward binds the side to the nearest noun before it, with everything that
// overlaps that noun; both sides reach over a list ("stones or hydronephrosis
// bilaterally").
func (b *binder) backward(w sideWord, first, from int, mentions []Mention) (bound bool) {
	end := w.first
	floor := from
	if w.compared && from >= end-1 {
		floor = first
	}
	for k := len(mentions) - 1; k >= 0; k-- {
		m := &mentions[k]
		if m.Last > end || m.First < floor || !b.takes(m) || m.Side != Unstated && m.Problem == nil {
			continue
		}
		if b.blocked(m.Last, w.first, w) || w.letter && m.Problem != nil {
			return bound
		}
		b.set(m, w)
		bound = true
		b.sameNoun(m, w, mentions)
		if w.side != Bilateral || w.compared {
			return bound
		}
		end = m.First
	}
	return bound
}

// blocked reports another side between the noun and the side word, or more
// than a few words.
func (b *binder) blocked(i, j int, w sideWord) bool {
	for _, o := range b.words {
		if o.first >= i && o.first < j && o.first != w.first {
			return true
		}
	}
	return j-i > 8 || w.letter && !w.mark && j-i > 1 || w.mark && j-i > 0
}

// sameNoun gives the side to the mentions that share words with m or stand
// directly before it ("kidney stone" and "kidney").
func (b *binder) sameNoun(m *Mention, w sideWord, mentions []Mention) {
	first := m.First
	for k := len(mentions) - 1; k >= 0; k-- {
		if o := &mentions[k]; o.First <= m.First && o.Last >= first && o.Last <= m.Last && b.takes(o) {
			b.set(o, w)
			first = min(first, o.First)
		}
	}
}

// bindProblems gives problems without a side the side of their body part: the
// one that follows ("fracture of the left radius"), or the subject of the
// clause ("the left kidney contains a stone").
func (b *binder) bindProblems(sent *Sentence, mentions []Mention) {
	for k := range mentions {
		m := &mentions[k]
		if m.Problem == nil || m.Side != Unstated || !b.takes(m) {
			continue
		}
		from, to := b.clauses.around(m.First, sent.First, sent.Last)
		if o := b.siteAfter(m, to, mentions); o != nil {
			m.Side, m.SideSpan = o.Side, o.SideSpan
			continue
		}
		if o := b.siteBefore(m, from, mentions); o != nil && o.Side != Unstated {
			m.Side, m.SideSpan = o.Side, o.SideSpan
		}
	}
}

// siteAfter returns the sided body part in the phrase behind a problem. It
// returns nil at the first region without a side: that is the problem's place.
func (b *binder) siteAfter(m *Mention, to int, mentions []Mention) *Mention {
	t := b.d.Tokens
	for i := m.Last; i < to; i++ {
		if mk := b.d.mark(i); mk != 0 && mk != '-' && mk != '(' && mk != '/' || b.r.is(t[i], verb|relative) {
			return nil
		}
		if b.r.is(t[i], conjunction) && !b.prepositionFollows(i+1, to) {
			return nil
		}
		for k := range mentions {
			if o := &mentions[k]; o.First == i && o.Problem == nil && o.Axis == lexicon.Region {
				if o.Side == Unstated {
					return nil
				}
				return o
			}
		}
	}
	return nil
}

// prepositionFollows reports a phrase in which a list of problems shares one
// place: "fracture and dislocation of the left elbow".
func (b *binder) prepositionFollows(i, to int) bool {
	for n := 0; i < to && n < 5; i, n = i+1, n+1 {
		if b.d.mark(i) != 0 || b.r.is(b.d.Tokens[i], verb) {
			return false
		}
		if b.r.is(b.d.Tokens[i], preposition) {
			return true
		}
	}
	return false
}

// siteBefore returns the nearest body part before the problem that governs it:
// the subject of its verb, or a label before a colon.
func (b *binder) siteBefore(m *Mention, from int, mentions []Mention) *Mention {
	for k := len(mentions) - 1; k >= 0; k-- {
		o := &mentions[k]
		if o.Problem != nil || o.Axis != lexicon.Region || o.Last > m.Last || o.First < from || o.Side == Unstated && !b.paired(o.Concept) && o.First >= m.First {
			continue
		}
		if o.First >= m.First || b.governs(o.Last, m.First) {
			return o
		}
		return nil
	}
	return nil
}

// governs reports what stands between a body part and its problem: nothing, a
// colon, or an active verb.
func (b *binder) governs(i, j int) bool {
	if i >= j {
		return true
	}
	acts := false
	for ; i < j; i++ {
		t := b.d.Tokens[i]
		switch {
		case b.d.mark(i) == ':':
			return true
		case b.r.is(t, participle), b.d.mark(i) != 0 && !acts, b.r.is(t, conjunction) && !acts:
			return false
		case b.r.is(t, verb):
			acts = true
		}
	}
	return acts
}

// underHeading applies the side of a sub-heading to the sentences under it.
func (b *binder) underHeading(sent *Sentence, mentions []Mention) {
	if b.startsHeading(sent, mentions) {
		return
	}
	if b.heading == Unstated {
		return
	}
	if sent.Section != b.headingSection || b.d.Tokens[sent.First].Blank && !b.headingAlone {
		b.heading = Unstated
		return
	}
	b.headingAlone = false
	b.spread(mentions)
}

func (b *binder) spread(mentions []Mention) {
	for k := range mentions {
		if m := &mentions[k]; m.Side == Unstated && b.takes(m) {
			m.Side, m.SideSpan = b.heading, b.headingSpan
		}
	}
}

// startsHeading reads "RIGHT:", "Left kidney:" at the start of a sentence. Any
// other label ends the reach of the one before.
func (b *binder) startsHeading(sent *Sentence, mentions []Mention) bool {
	colon := sent.First
	for colon < sent.Last && b.d.mark(colon) != ':' {
		if colon-sent.First > 5 || b.r.is(b.d.Tokens[colon], verb) || b.d.mark(colon) == '.' {
			return false
		}
		colon++
	}
	if colon >= sent.Last {
		return false
	}
	b.heading = Unstated
	if len(b.words) == 0 || b.words[0].last > colon || b.words[0].first > sent.First+1 {
		return true
	}
	w := b.words[0]
	b.heading, b.headingSpan, b.headingSection = w.side, b.span(w), sent.Section
	b.headingAlone = colon+1 >= sent.Last
	b.spread(mentions)
	return true
}
