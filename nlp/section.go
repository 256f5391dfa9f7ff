package nlp

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// sections finds headings and cuts the text at them. A heading is a phrase of
// the heading table in a place where headings stand; an unknown phrase in
// capitals before a colon is one as well.
func (r *Reader) sections(d *Document) {
	s := sectioner{r: r, d: d}
	s.open(Section{Kind: SectionBody})
	for i := 0; i < len(d.Tokens); {
		if h, ok := s.headingAt(i); ok {
			s.add(h)
			i = max(h.body, i+1)
			continue
		}
		if s.lineStart(i) {
			s.endLine(i)
			if end := s.examTitle(i); end > 0 {
				i = end
				continue
			}
		}
		i++
	}
	s.close(len(d.Text))
	s.splitNarratives()
	d.Sections = s.sections
}

// sectioner is the state of one walk over the tokens.
type sectioner struct {
	r        *Reader
	d        *Document
	sections []Section
	title    bool // the open section is an exam title without heading
	ownLine  bool // the open header section has its value on the heading's line
}

// heading is a heading as found: tokens [first,last) are its words, body is the
// first token after its colon. A silent heading changes the kind of what
// follows, but its words belong to the body ("CT ABDOMEN: Lung bases clear").
type heading struct {
	kind              SectionKind
	start             int // byte where the heading's decoration begins
	first, last, body int
	silent            bool
}

func (s *sectioner) open(sec Section) { s.sections = append(s.sections, sec) }

func (s *sectioner) current() *Section { return &s.sections[len(s.sections)-1] }

func (s *sectioner) close(at int) {
	cur := s.current()
	cur.Body.End = max(at, cur.Body.Start)
}

func (s *sectioner) lineStart(i int) bool { return i == 0 || s.d.Tokens[i].Newline }

func (s *sectioner) add(h heading) {
	t := s.d.Tokens
	s.close(h.start)
	sec := Section{Kind: h.kind, Body: Span{h.start, h.start}}
	if !h.silent {
		end := t[h.body-1].End
		sec.Heading = Span{t[h.first].Start, t[h.last-1].End}
		sec.Body = Span{end, end}
		s.ownLine = h.body < len(t) && !t[h.body].Newline
	}
	s.title = false
	s.open(sec)
}

// endLine closes sections that are one line long: an exam title, and header
// lines such as a patient's name.
func (s *sectioner) endLine(i int) {
	cur := s.current()
	start := s.d.Tokens[i].Start
	over := s.title
	if cur.Kind == SectionHeader {
		over = s.ownLine || s.d.Tokens[i].Kind == Word && !s.d.Tokens[i].Blank && s.namesModality(i, s.d.lineEnd(i)) // a letterhead, then the exam's name
		s.ownLine = true                                                                                             // the value of a heading alone on its line is the next line
	}
	if over {
		s.close(start)
		s.title = false
		s.open(Section{Kind: SectionBody, Body: Span{start, start}})
	}
}

// headingAt finds the heading that begins at token i.
func (s *sectioner) headingAt(i int) (heading, bool) {
	find := s.inlineHeading
	if s.lineStart(i) {
		find = s.lineHeading
	}
	h, ok := find(i)
	return h, ok && !s.doubts(h)
}

// doubts reports a label that says how sure what follows is: "Working diagnosis:
// pneumonia" is a statement, no section.
func (s *sectioner) doubts(h heading) bool {
	for i := max(h.first-1, 0); i <= h.first; i++ { // in capitals "DIAGNOSIS:" alone is a heading
		entry, n := s.r.cues.match(s.d.Tokens[i:])
		if n > 0 && i+n >= h.last && slices.Contains(s.r.grammar.cues[entry], cue{pre, uncertain}) {
			return true
		}
	}
	return false
}

// lineHeading finds a heading at the start of a line.
func (s *sectioner) lineHeading(i int) (heading, bool) {
	d := s.d
	eol := d.lineEnd(i)
	j := s.skipDecoration(i, eol)
	if j >= eol || d.Tokens[j].Kind != Word {
		return heading{}, false
	}
	h := heading{start: d.Tokens[i].Start, first: j}
	if entry, n := s.r.headings.match(d.Tokens[j:eol]); n > 0 {
		h.kind, h.last = s.r.grammar.kinds[entry], j+n
		if h.body = s.delimited(h, eol, j > i); h.body > 0 {
			return h, true
		}
	}
	return s.colonHeading(h, eol)
}

// skipDecoration steps over what may stand before a heading: markdown, list
// numbers, rules of stars.
func (s *sectioner) skipDecoration(i, eol int) int {
	for i < eol {
		switch {
		case strings.IndexByte("*#_>=-~|[", s.d.mark(i)) >= 0 && s.d.mark(i) != 0:
			i++
		case s.d.Tokens[i].Kind == Number && (s.d.mark(i+1) == '.' || s.d.mark(i+1) == ')') && i+2 < eol:
			i += 2
		default:
			return i
		}
	}
	return i
}

// delimited returns the first body token of a known heading, or 0 when what
// follows shows that the phrase is ordinary text.
func (s *sectioner) delimited(h heading, eol int, decorated bool) int {
	d := s.d
	k, starred := h.last, false
	for k < eol && (d.mark(k) == '*' || d.mark(k) == '_' || d.mark(k) == ']') {
		k++
		starred = true
	}
	if k < eol && d.mark(k) == ':' {
		for k++; starred && k < eol && d.mark(k) == '*'; k++ {
		}
		return s.skipStars(k, eol)
	}
	cased := d.capital(h.first)
	loud := d.shouted(h.first, h.last)
	switch {
	case k >= eol: // alone on its line
		if cased {
			return k
		}
	case h.kind == SectionSignature && h.last-h.first > 1:
		return k
	case starred && decorated:
		return k
	case d.mark(k) == '-' || s.dashAfter(k-1):
		if cased && (loud || d.Text[d.Tokens[k-1].End] == ' ') {
			if d.mark(k) == '-' {
				k++
			}
			return k
		}
	case loud && d.mark(k) == '.' && k+1 < eol:
		return k + 1
	case loud && d.Tokens[k].Kind != Punct && !d.shouted(k, min(k+2, eol)) && d.capital(k):
		return k // "FINDINGS The lungs are clear."
	}
	return 0
}

// skipStars steps over the closing stars of "**FINDINGS:**".
func (s *sectioner) skipStars(k, eol int) int {
	for k < eol && s.d.mark(k) == '*' && s.d.Tokens[k].Start == s.d.Tokens[k-1].End {
		k++
	}
	return k
}

// dashAfter reports an en or em dash, which the scanner drops, behind token i.
func (s *sectioner) dashAfter(i int) bool {
	t := s.d.Tokens
	if i+1 >= len(t) {
		return false
	}
	gap := s.d.Text[t[i].End:t[i+1].Start]
	return strings.Contains(gap, "–") || strings.Contains(gap, "—")
}

// maxHeading is the number of tokens a heading has at most.
const maxHeading = 9

// colonHeading judges a phrase before a colon that is not in the table as it
// stands.
func (s *sectioner) colonHeading(h heading, eol int) (heading, bool) {
	d := s.d
	colon := h.first
	for colon < eol && d.mark(colon) != ':' {
		if m := d.mark(colon); m == '.' || m == ';' || colon-h.first > maxHeading {
			return h, false
		}
		colon++
	}
	if colon >= eol || colon+1 < eol && d.Tokens[colon+1].Kind == Number && d.Tokens[colon-1].Kind == Number ||
		!d.capital(h.first) || !s.titled(h.first, colon) {
		return h, false
	}
	h.last, h.body = colon, s.skipStars(colon+1, eol)
	if kind, ok := s.knownWithin(h.first, colon); ok {
		if s.current().Kind == SectionExam && colon-h.first > 3 {
			return h, false // a line of the exam's name, then an inline heading
		}
		h.kind = kind
		return h, true
	}
	return s.subheading(h)
}

// titled reports a phrase written as headings are: every longer word begins
// with a capital.
func (s *sectioner) titled(i, j int) bool {
	for ; i < j; i++ {
		t := s.d.Tokens[i]
		if t.Kind == Word && t.Len() > 3 && !s.d.capital(i) {
			return false
		}
	}
	return true
}

// knownWithin finds the kind of "CT ABDOMEN FINDINGS" (its last words) or of
// "INDICATION FOR THE STUDY" (its first words).
func (s *sectioner) knownWithin(first, colon int) (SectionKind, bool) {
	t := s.d.Tokens
	for k := first + 1; k < colon; k++ {
		if entry, n := s.r.headings.match(t[k:colon]); n > 0 && k+n == colon {
			kind := s.r.grammar.kinds[entry]
			return kind, kind != SectionOther && kind != SectionHeader
		}
	}
	entry, n := s.r.headings.match(t[first:colon])
	if n == 0 {
		return "", false
	}
	next := t[first+n]
	mark := s.d.mark(first + n)
	linked := s.r.is(next, preposition|conjunction|alternative) || mark == '/' || mark == '(' || mark == '#' || next.Kind == Number
	return s.r.grammar.kinds[entry], linked
}

// bodyKinds are the kinds inside which a sub-heading changes nothing.
var bodyKinds = map[SectionKind]bool{
	SectionBody: true, SectionFindings: true, SectionImpression: true, SectionRecommendation: true,
	SectionProcedure: true, SectionAddendum: true,
}

// subheading decides about an unknown heading. One that names a body part, a
// modality or a side keeps the kind of the section it stands in; after
// sections that only introduce, it opens the findings.
func (s *sectioner) subheading(h heading) (heading, bool) {
	kind := s.current().Kind
	names := s.namesPart(h.first, h.last)
	switch {
	case bodyKinds[kind] && (names || kind != SectionBody):
		return h, false
	case names && kind != SectionOther && kind != SectionHeader:
		h.kind, h.silent, h.body = SectionFindings, true, h.last
		return h, true
	case (s.d.shouted(h.first, h.last) || s.quietLabel(h)) && !names:
		h.kind = SectionOther
		return h, true
	}
	return h, false
}

// quietLabel reports one or two words that stand apart before a colon in a text
// of small letters, where capitals would make a heading of them: "ms: alert".
func (s *sectioner) quietLabel(h heading) bool {
	return s.d.letters == smallLetters && h.last-h.first <= 2 && s.d.Tokens[h.first].Blank
}

// namesPart reports whether the phrase holds a lexicon term or a side.
func (s *sectioner) namesPart(i, j int) bool {
	for ; i < j; i++ {
		if s.r.is(s.d.Tokens[i], toRight|toLeft|toBoth) {
			return true
		}
		if _, n := s.r.terms.match(s.d.Tokens[i:j]); n > 0 {
			return true
		}
	}
	return false
}

// inlineKinds are the headings that may stand in the middle of a line.
var inlineKinds = map[SectionKind]bool{
	SectionExam: true, SectionIndication: true, SectionTechnique: true, SectionComparison: true, SectionFindings: true,
	SectionImpression: true, SectionRecommendation: true, SectionSignature: true, SectionAddendum: true,
	SectionProcedure: true,
}

// inlineHeading finds a known heading with a colon in the middle of a line: in
// capitals anywhere, in other letters only where a sentence has ended.
func (s *sectioner) inlineHeading(i int) (heading, bool) {
	d := s.d
	t := d.Tokens[i]
	if t.Kind != Word || t.Word == 0 {
		return heading{}, false
	}
	ended := strings.IndexByte(".;?!*#", d.mark(i-1)) >= 0 && d.mark(i-1) != 0
	if !ended && !d.shouted(i, i+1) {
		return heading{}, false
	}
	entry, n := s.r.headings.match(d.Tokens[i:])
	if n == 0 {
		return heading{}, false
	}
	h := heading{kind: s.r.grammar.kinds[entry], first: i, last: i + n}
	colon := h.last
	for d.mark(colon) == '*' {
		colon++
	}
	signed := ended && h.kind == SectionSignature && n > 1
	if d.mark(colon) != ':' && !signed || !inlineKinds[h.kind] || !ended && !d.shouted(i, h.last) {
		return heading{}, false
	}
	h.body = h.last
	if d.mark(colon) == ':' {
		h.body = s.skipStars(colon+1, len(d.Tokens))
	}
	h.start = d.Tokens[s.decorationBefore(i)].Start
	return h, true
}

// decorationBefore steps back over "**" and "2." before an inline heading.
func (s *sectioner) decorationBefore(i int) int {
	d := s.d
	for i > 0 && (d.mark(i-1) == '*' || d.mark(i-1) == '#') {
		i--
	}
	if i > 2 && d.mark(i-1) == '.' && d.Tokens[i-2].Kind == Number && d.mark(i-3) == '.' {
		i -= 2
	}
	return i
}

// maxTitle is the number of tokens an exam title has at most.
const maxTitle = 20

// examTitle recognises a first line that names an exam and has no heading. It
// returns the token after the title, or 0.
func (s *sectioner) examTitle(i int) int {
	d := s.d
	cur := s.current()
	if cur.Kind != SectionBody || !s.letterhead(i) {
		return 0
	}
	for _, sec := range s.sections {
		if sec.Kind != SectionBody && sec.Kind != SectionHeader {
			return 0
		}
	}
	end := d.lineEnd(i)
	loud := d.shouted(i, end)
	for loud && end < len(d.Tokens) && !d.Tokens[end].Blank && d.shouted(end, d.lineEnd(end)) {
		if _, isHeading := s.lineHeading(end); isHeading {
			break
		}
		end = d.lineEnd(end)
	}
	if end-i > maxTitle || !s.namesModality(i, end) || !loud && !s.quietTitle(i, end) {
		return 0
	}
	s.close(d.Tokens[i].Start)
	s.open(Section{Kind: SectionExam, Body: Span{d.Tokens[i].Start, d.Tokens[i].Start}})
	s.title = true
	return end
}

// maxLetterhead is the number of tokens that may stand above an exam title in the
// open section: a hospital and its department.
const maxLetterhead = 12

// letterhead reports that nothing stands before token i in the open section but
// what a letter begins with: names, no sentence.
func (s *sectioner) letterhead(i int) bool {
	d := s.d
	k := i
	for ; k > 0 && d.Tokens[k-1].Start >= s.current().Body.Start; k-- {
		t := d.Tokens[k-1]
		if i-k >= maxLetterhead || t.Kind == Number || d.mark(k-1) == '.' || d.mark(k-1) == ':' || s.r.is(t, verb|participle) {
			return false
		}
	}
	return !s.namesModality(k, i)
}

// quietTitle reports a line that is no sentence and stands apart from what
// follows.
func (s *sectioner) quietTitle(i, end int) bool {
	d := s.d
	if d.mark(end-1) == '.' || !d.capital(i) {
		return false
	}
	for k := i; k < end; k++ {
		if s.r.is(d.Tokens[k], verb) || d.mark(k) == ':' {
			return false
		}
	}
	if end >= len(d.Tokens) || d.Tokens[end].Blank {
		return true
	}
	_, next := s.lineHeading(end)
	return next
}

func (s *sectioner) namesModality(i, j int) bool {
	lex := s.r.Lexicon
	for ; i < j; i++ {
		entry, n := s.r.terms.match(s.d.Tokens[i:j])
		if n == 0 {
			continue
		}
		for _, id := range lex.Terms[entry].Emits {
			if lex.Concept(id).Axis == lexicon.Modality {
				return true
			}
		}
	}
	return false
}

// introKinds are the sections that a narrative may follow without a heading of
// its own; the value says that it does so even when the report has findings
// under a heading.
var introKinds = map[SectionKind]bool{
	SectionExam: true, SectionComparison: true, SectionIndication: false, SectionTechnique: false,
}

// splitNarratives cuts the unheaded paragraphs after an introducing section
// into a body of their own: "COMPARISON: None.", an empty line, "The lungs ...".
func (s *sectioner) splitNarratives() {
	found := false
	for _, sec := range s.sections {
		found = found || sec.Kind == SectionFindings
	}
	out := s.sections[:0:0]
	next := 0
	for _, sec := range s.sections {
		always, intro := introKinds[sec.Kind]
		if at := 0; intro && (always || !found) {
			if at, next = s.narrative(sec, next); at > 0 {
				out = append(out, Section{sec.Kind, sec.Heading, Span{sec.Body.Start, at}})
				sec = Section{Kind: SectionBody, Body: Span{at, sec.Body.End}}
			}
		}
		out = append(out, sec)
	}
	s.sections = out
}

// narrative returns the byte at which a paragraph of sentences begins inside a
// section that has content before it, or 0; next is where to look for the
// following section's tokens.
func (s *sectioner) narrative(sec Section, next int) (at, i int) {
	t := s.d.Tokens
	for i = next; i < len(t) && t[i].Start < sec.Body.Start; i++ {
	}
	first := i
	for ; i < len(t) && t[i].Start < sec.Body.End; i++ {
		if i > first && t[i].Blank && t[i].Kind == Word && s.sentenceLike(i, sec.Body.End) {
			return t[i].Start, i
		}
	}
	return 0, i
}

// sentenceLike reports a paragraph with a verb or a full stop at its end.
func (s *sectioner) sentenceLike(i, end int) bool {
	t := s.d.Tokens
	first := i
	hasVerb := false
	for ; i < len(t) && t[i].Start < end && (i == first || !t[i].Blank); i++ {
		hasVerb = hasVerb || s.r.is(t[i], verb|participle)
	}
	return hasVerb || i-first > 4 && s.d.mark(i-1) == '.'
}
