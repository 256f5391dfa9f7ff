package coding

import (
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// segment is a stretch of words that names one examination.
type segment struct {
	text    string // the words
	offset  int    // of text in the report, 0 for an exam name that came beside it
	section string // where it stands, "title" for such a name
}

// draft is an examination on its way to a result.
type draft struct {
	segment
	facts     Facts
	ordered   string // contrast state of the title when the technique section overrode it
	orderedAt []Evidence
	ranked    []ranked

	limitedFrom []Evidence // where the name says complete, when the text does not bear it out
}

// exams finds the examinations of a report. The exam name says what they are;
// technique, findings and the rest fill the axes on which it is silent, and what the technique section says
// was done wins over what the name says.
func (e *Engine) exams(d *nlp.Document, date string) []draft {
	if e.isVisitNote(d) && strings.TrimSpace(d.Report.Exam) == "" {
		return nil // studies are told there, not reported
	}
	var drafts []draft
	operation := e.isOperativeNote(d)
	for _, s := range e.examSegments(d) {
		if operation && len(e.anchors(e.readSegment(s))) == 0 {
			continue // an operation, not an imaging study
		}
		drafts = append(drafts, e.named(s, date)...)
	}
	drafts = e.inherit(drafts)
	if len(drafts) == 0 {
		drafts = e.narrated(d)
	}
	t := e.textFacts(d)
	for i := range drafts {
		e.fill(d, &t, &drafts[i], len(drafts) == 1)
	}
	drafts = e.join(drafts, date)
	drafts = e.splitRegions(drafts, date)
	drafts = e.splitApproaches(drafts)
	for i := range drafts {
		e.limitExtent(d, &drafts[i])
		drafts[i].ranked = e.rank(&drafts[i].facts, date, rankedKept)
		if strings.TrimSpace(d.Text) != "" {
			e.preferCPT(drafts[i].ranked)
		}
	}
	drafts = e.unbundled(dedupe(drafts))
	return e.withAddons(drafts, date)
}

// named returns the exams of one exam name. It is cut only into parts that each
// stand alone: a code of their own explains all they say.
func (e *Engine) named(s segment, date string) []draft {
	whole := draft{segment: s, facts: e.factsOfSegment(s)}
	parts := e.splitTitle(s)
	if len(parts) == 1 {
		return []draft{whole}
	}
	var drafts []draft
	for _, part := range parts {
		dr := draft{segment: part, facts: e.factsOfSegment(part)}
		for _, one := range e.splitRegion(dr, date, 0) {
			if !e.standsAlone(&one.facts, date) {
				return []draft{whole}
			}
		}
		drafts = append(drafts, dr)
	}
	if e.restated(&whole, drafts, date) {
		return []draft{whole}
	}
	return drafts
}

// restated tells "CT lower extremity w/o contrast - CT right femur wo contrast",
// one exam in the words of the price list and of the department, from two exams:
// every part has the code of the whole, and no two parts have different sides.
func (e *Engine) restated(whole *draft, parts []draft, date string) bool {
	code := e.rank(&whole.facts, date, 1)
	side := nlp.Unstated
	for i := range parts {
		f := &parts[i].facts
		if top := e.rank(f, date, 1); len(top) == 0 || len(code) == 0 || top[0].index != code[0].index {
			return false
		}
		if side != nlp.Unstated && f.Side != nlp.Unstated && f.Side != side {
			return false
		}
		side = max(side, f.Side)
	}
	return true
}

// rankedKept is how many procedure codes are kept per exam.
const rankedKept = 10

// factsOfSegment reads a segment. The spelling is corrected, and the learned
// word weights apply, only where exam names stand: in running text both would
// read things into it.
func (e *Engine) factsOfSegment(s segment) Facts {
	d := e.readSegment(s)
	f := e.factsIn(d, 0, len(d.Tokens), s.section, "")
	f.shift(s.offset)
	if s.isName() {
		f.Words = e.titleWords(d)
	} else {
		f.Narrated = true
	}
	return f
}

func (s *segment) isName() bool {
	return s.section == "title" || s.section == string(nlp.SectionExam) || s.section == string(nlp.SectionProcedure)
}

func (e *Engine) readSegment(s segment) *nlp.Document {
	if s.isName() {
		return e.reader.ReadTitle(s.text)
	}
	return e.reader.ReadPhrase(s.text)
}

// shift moves all evidence by the place of the segment in the report.
func (f *Facts) shift(offset int) {
	if offset == 0 {
		return
	}
	move := func(es []Evidence) {
		for i := range es {
			es[i].Start += offset
			es[i].End += offset
		}
	}
	for i := range f.Facts {
		move(f.Facts[i].Evidence)
	}
	move(f.Views.Evidence)
	move(f.SideAt)
}

// maxName is the longest procedure section that is a name and not an account of
// what was done, in bytes.
const maxName = 240

// examSegments collects the places that name the exam, best source only: the
// name beside the text, else exam and procedure sections, else nothing.
func (e *Engine) examSegments(d *nlp.Document) []segment {
	if t := strings.TrimSpace(d.Report.Exam); t != "" {
		return []segment{{headOf(d.Report.Exam), 0, "title"}}
	}
	for _, kind := range []nlp.SectionKind{nlp.SectionExam, nlp.SectionProcedure} {
		var out []segment
		for _, s := range d.Sections {
			body := s.Body.Of(d.Text)
			if s.Kind != kind || strings.TrimSpace(body) == "" || kind == nlp.SectionProcedure && len(body) > maxName {
				continue
			}
			sg := segment{headOf(body), s.Body.Start, string(s.Kind)}
			if len(out) < maxSegments && e.namesExam(sg) {
				out = append(out, sg)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// Bounds on what is read as exam names: a longer list is a log, not a report.
const (
	maxSegments     = 24
	maxSegmentBytes = 2000
)

// headOf cuts an exam name to maxSegmentBytes at a rune's start.
func headOf(s string) string {
	if len(s) <= maxSegmentBytes {
		return s
	}
	cut := maxSegmentBytes
	for cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}

// namesExam asks for a modality, or a body part, in the segment.
func (e *Engine) namesExam(s segment) bool {
	f := e.factsOfSegment(s)
	return len(f.Of(lexicon.Modality)) > 0 || len(f.Of(lexicon.Region)) > 0
}

// splitTitle cuts "CT head without contrast, CT facial bones and MRA neck" into
// its exams: at the last delimiter before an anchor (a word that names a
// modality, or a count of views) that follows another anchor with a body part of its own.
func (e *Engine) splitTitle(s segment) []segment {
	d := e.readSegment(s)
	anchors := e.anchors(d)
	var cuts []int // byte offsets
	last := -1
	for _, a := range anchors {
		if last >= 0 && e.regionBetween(d, last, a.First) && e.regionAfter(d, a.First, anchors) && !e.refinesModality(d, a) {
			if at, ok := delimiterBefore(d, last, a.First); ok {
				cuts = append(cuts, at)
			} else if endsExam(d, a.First-1) {
				cuts = append(cuts, d.Tokens[a.First].Start)
			}
		}
		last = a.First
	}
	if len(cuts) == 0 {
		cuts = e.cutsAtItems(d)
	}
	if len(cuts) == 0 {
		cuts = e.cutsBetweenCounts(d)
	}
	var out []segment
	start := 0
	for _, c := range append(cuts, len(s.text)) {
		if part := s.text[start:c]; strings.TrimSpace(part) != "" {
			out = append(out, segment{part, s.offset + start, s.section})
		}
		start = c
	}
	return out
}

// endsExam reports whether a token ends what is said of an exam: its contrast or
// its views. Names run together where line ends were lost.
func endsExam(d *nlp.Document, i int) bool {
	if viewWords[d.Words(i)] {
		return true
	}
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Contrast && m.Last == i+1 && m.Len() > 3 {
			return true
		}
	}
	return false
}

// cutsAtItems cuts a numbered or bulleted list ("1. Chest, 2 views", "2. Left
// wrist, 3 views") before each item that names a body part. Lines alone are no items: long
// names are wrapped.
func (e *Engine) cutsAtItems(d *nlp.Document) []int {
	var cuts []int
	first := 0
	for i := 1; i+2 < len(d.Tokens); i++ {
		if !d.Tokens[i].Newline || !isListMark(d, i) || !e.regionBetween(d, first, i) || !e.regionBetween(d, i, len(d.Tokens)) {
			continue
		}
		cuts = append(cuts, d.Tokens[i].Start)
		first = i
	}
	return cuts
}

// isListMark reports whether "2.", "2)", "-" or "*" stands at token i.
func isListMark(d *nlp.Document, i int) bool {
	w := d.Words(i)
	next := d.Words(i + 1)
	return w == "-" || w == "*" || w == "•" || d.Tokens[i].Kind == nlp.Number && d.Tokens[i].Len() <= 2 && (next == "." || next == ")")
}

// cutsBetweenCounts cuts "right knee 4 views; left knee 2 views": at a delimiter
// between two counts of views with a body part on either side.
func (e *Engine) cutsBetweenCounts(d *nlp.Document) []int {
	var cuts []int
	first, prev := 0, -1 // where the current part begins, and its count of views
	for i := range d.Tokens {
		if _, from, ok := viewsAt(d, first, i); ok {
			if prev >= 0 {
				for k := from - 1; k > prev; k-- {
					if titleDelimiters[d.Words(k)] && e.regionBetween(d, first, k) && e.regionBetween(d, k, len(d.Tokens)) {
						cuts = append(cuts, d.Tokens[k].End)
						first = k + 1
						break
					}
				}
			}
			prev = i
		}
	}
	return cuts
}

// anchors are the mentions of a title at which an exam may begin: words that
// name a modality. Charge-master words that merely imply one ("uptake", "scan") are
// none, or every nuclear study would fall apart.
func (e *Engine) anchors(d *nlp.Document) []nlp.Mention {
	spoken := e.reader.ReadPhrase(strings.ToUpper(d.Text)) // capitals, so that "Mri" is an abbreviation
	if len(spoken.Text) != len(d.Text) {
		return nil // a letter whose capital has another length: offsets would not fit
	}
	var out []nlp.Mention
	for _, m := range spoken.Mentions {
		if m.Axis != lexicon.Modality || m.Layer != nlp.PictureLayer {
			continue
		}
		for i, t := range d.Tokens {
			if t.Start == m.Start && (len(out) == 0 || out[len(out)-1].First != i) {
				m.First = i
				out = append(out, m)
			}
		}
	}
	return out
}

func (e *Engine) regionBetween(d *nlp.Document, first, last int) bool {
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Region && m.First >= first && m.First < last {
			return true
		}
	}
	return false
}

// regionAfter asks for a body part between an anchor and the next one.
func (e *Engine) regionAfter(d *nlp.Document, first int, anchors []nlp.Mention) bool {
	end := len(d.Tokens)
	for _, a := range anchors {
		if a.First > first {
			end = a.First
			break
		}
	}
	return e.regionBetween(d, first, end)
}

// refinesModality reports whether a modality word only says how the ultrasound
// before it was done: "ultrasound left leg, duplex".
func (e *Engine) refinesModality(d *nlp.Document, m nlp.Mention) bool {
	for _, o := range d.Mentions {
		if o.First != m.First || o.Axis != lexicon.Technique {
			continue
		}
		if name := e.lex.Concept(o.Concept).Name; name == "duplex" || name == "doppler" {
			return true
		}
	}
	return false
}

var titleDelimiters = map[string]bool{",": true, ";": true, "and": true, "&": true, "+": true, ".": true, "/": true, "plus": true}

// delimiterBefore finds the last delimiter between two anchors. The slash of "w/o" is
// none; and a contrast state after the delimiter belongs to the exam before it,
// which then ends where the next anchor begins.
func delimiterBefore(d *nlp.Document, first, last int) (int, bool) {
	end := -1
	for i := last; i > first; i-- {
		if i < last && inContrast(d, i) {
			end = d.Tokens[last].Start
			continue
		}
		if i < last && titleDelimiters[d.Words(i)] {
			return max(end, d.Tokens[i].End), true
		}
		if d.Tokens[i].Newline {
			return d.Tokens[i].Start, true
		}
	}
	return 0, false
}

func inContrast(d *nlp.Document, token int) bool {
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Contrast && m.First <= token && token < m.Last {
			return true
		}
	}
	return false
}

// inherit gives a part without modality the modality of the part before it and
// drops parts that name neither modality nor body part.
func (e *Engine) inherit(drafts []draft) []draft {
	var out []draft
	for _, dr := range drafts {
		hasModality, hasRegion := len(dr.facts.Of(lexicon.Modality)) > 0, len(dr.facts.Of(lexicon.Region)) > 0
		if !hasModality && !hasRegion && len(drafts) > 1 {
			continue
		}
		out = append(out, dr)
	}
	return out
}

// fill completes an exam from the rest of the report. Only a report with one
// exam lends it side and views from running text: with several it would be
// guesswork whose they are.
func (e *Engine) fill(d *nlp.Document, t *textFacts, dr *draft, only bool) {
	f := &dr.facts
	if len(f.Of(lexicon.Modality)) == 0 && !f.Views.Stated() {
		f.take(t.modality)
	}
	if len(f.Of(lexicon.Modality)) == 0 && !f.Views.Stated() {
		f.take(e.looksLike(d))
	}
	if len(f.Of(lexicon.Modality)) == 0 && !f.Views.Stated() {
		f.take(e.orderedModality(d))
	}
	if only && len(f.Of(lexicon.Region)) == 0 {
		f.take(t.region)
	}
	if only && len(f.Of(lexicon.Region)) == 0 {
		f.take(e.votedRegion(d, f.Of(lexicon.Modality)))
	}
	e.readGestation(d, f)
	if only && f.Side == nlp.Unstated {
		f.Side, f.SideAt = e.describedSide(d, f)
	}
	if only {
		f.take(t.technique)
		if v, ok := e.onlyView(d); ok {
			f.Views = v
		} else if !f.Views.Stated() {
			f.Views = t.views
		}
		if f.Side == nlp.Unstated {
			f.Side, f.SideAt = t.side, t.sideAt
		}
	}
	if t.contrast != "" {
		if f.Contrast != "" && f.Contrast != t.contrast && t.contrastInTechnique {
			dr.ordered, dr.orderedAt = f.Contrast, f.evidenceOf(lexicon.Contrast)
			f.drop(lexicon.Contrast)
			f.Contrast = t.contrast
			f.take(t.contrastFacts)
		} else if f.Contrast == "" {
			f.Contrast = t.contrast
			f.take(t.contrastFacts)
		}
	}
}

func (f *Facts) take(facts []Fact) {
	for _, x := range facts {
		for _, ev := range x.Evidence {
			f.add(x.Axis, x.Concept, ev)
		}
	}
}

// drop forgets what is stated on an axis.
func (f *Facts) drop(a lexicon.Axis) {
	var kept []Fact
	for _, x := range f.Facts {
		if x.Axis != a {
			kept = append(kept, x)
		}
	}
	f.Facts = kept
}

func (f *Facts) evidenceOf(a lexicon.Axis) []Evidence {
	var out []Evidence
	for _, x := range f.Facts {
		if x.Axis == a {
			out = append(out, x.Evidence...)
		}
	}
	return out
}

// join merges neighbours that one code covers together: CT abdomen + CT pelvis.
func (e *Engine) join(drafts []draft, date string) []draft {
	for i := 0; i+1 < len(drafts); {
		merged, ok := e.joined(&drafts[i], &drafts[i+1], date)
		if !ok {
			i++
			continue
		}
		drafts[i] = merged
		drafts = append(drafts[:i+1], drafts[i+2:]...)
	}
	return drafts
}

func (e *Engine) joined(a, b *draft, date string) (draft, bool) {
	if !sameConcepts(a.facts.Of(lexicon.Modality), b.facts.Of(lexicon.Modality)) || sameConcepts(a.facts.Of(lexicon.Region), b.facts.Of(lexicon.Region)) {
		return draft{}, false
	}
	m := *a
	m.facts.Facts = append([]Fact(nil), a.facts.Facts...)
	m.facts.take(b.facts.Facts)
	switch {
	case m.facts.Contrast == "":
		m.facts.Contrast = b.facts.Contrast
	case b.facts.Contrast != "" && b.facts.Contrast != m.facts.Contrast: // one part without, the other with
		m.facts.Contrast = "without_with"
	}
	m.facts.Words = nil // they speak for one part each
	if m.section == b.section && b.offset == a.offset+len(a.text) {
		m.text = a.text + b.text
	}
	top := e.rank(&m.facts, date, 1)
	if len(top) == 0 || !e.coversBoth(&m.facts, &a.facts, &b.facts, top[0].index) {
		return draft{}, false
	}
	return m, true
}

// coversBoth asks that the code needs every body part of both exams, and more
// than one of them: a code for the larger part alone does not join two exams.
func (e *Engine) coversBoth(f, a, b *Facts, index int) bool {
	p := &e.lex.Procedures[index]
	if len(p.Region) < 2 || a.Views.Stated() && b.Views.Stated() && p.ViewsMin == 0 {
		return false // films that are counted one by one are not a series
	}
	q := e.question(f)
	for _, id := range e.compareRegion(nil, &q, p) {
		if id == regionMissing || id == regionExtra {
			return false
		}
	}
	return true
}

func sameConcepts(a, b []lexicon.ConceptID) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// splitRegions makes two exams of "MRI brain and orbits" when the best code
// leaves a stated body part out and that part has a code of its own.
func (e *Engine) splitRegions(drafts []draft, date string) []draft {
	var out []draft
	for _, dr := range drafts {
		out = append(out, e.splitRegion(dr, date, 0)...)
	}
	return out
}

// maxSplit bounds the exams made from one phrase; longer lists are usually a
// description, not an order.
const maxSplit = 4

func (e *Engine) splitRegion(dr draft, date string, depth int) []draft {
	q := e.question(&dr.facts)
	top := e.rank(&dr.facts, date, 1)
	if len(q.region) < 2 || len(top) == 0 || depth >= maxSplit || len(dr.facts.Of(lexicon.Modality)) > 1 {
		return []draft{dr}
	}
	left := e.uncovered(&q, &e.lex.Procedures[top[0].index])
	left = slices.DeleteFunc(left, func(r lexicon.ConceptID) bool { return tissueRegions[e.lex.Concept(r).Name] })
	if len(left) == 0 || len(left) == len(q.region) {
		return []draft{dr}
	}
	rest := dr.withRegions(left)
	if !e.standsAlone(&rest.facts, date) {
		return []draft{dr}
	}
	var covered []lexicon.ConceptID
	for _, r := range q.region {
		if !contains(left, r) {
			covered = append(covered, r)
		}
	}
	first := dr.withRegions(covered)
	if !e.standsAlone(&first.facts, date) {
		return []draft{dr}
	}
	others := e.splitRegion(rest, date, depth+1)
	if q.region[0] == left[0] { // in the order in which they are named
		return append(others, first)
	}
	return append([]draft{first}, others...)
}

// uncovered returns the stated body parts that a code leaves out: those that no
// group of it names, and those that share a group with a body part it names better ("brain and
// orbits" under a code for the brain or head).
func (e *Engine) uncovered(q *question, p *lexicon.Procedure) []lexicon.ConceptID {
	var left []lexicon.ConceptID
	for _, r := range q.region {
		if !e.tolerates(p, r) && !e.namedBy(q, p, r) {
			left = append(left, r)
		}
	}
	return left
}

// namedBy reports whether a group of the code names r, and no other stated body
// part better.
func (e *Engine) namedBy(q *question, p *lexicon.Procedure, r lexicon.ConceptID) bool {
	for _, g := range p.Region {
		rank := e.groupRank(r, g)
		if rank >= regionMissing {
			continue
		}
		better := false
		for _, o := range q.region {
			better = better || o != r && rank > regionExact && e.groupRank(o, g) == regionExact && !e.lex.Is(r, o)
		}
		if !better {
			return true
		}
	}
	return false
}

func (e *Engine) groupRank(r lexicon.ConceptID, g lexicon.Group) FeatureID {
	best := regionMissing
	for _, want := range g {
		best = min(best, e.regionRank(r, want))
	}
	return best
}

// standsAlone asks whether the best code for the facts agrees on modality,
// covers all body parts and needs no technique that is not stated.
func (e *Engine) standsAlone(f *Facts, date string) bool {
	top := e.rank(f, date, 1)
	if len(top) == 0 {
		return false
	}
	q := e.question(f)
	for _, id := range e.compare(nil, &q, &e.lex.Procedures[top[0].index]) {
		if doubtful[id] || e.isUnsaid(id) {
			return false
		}
	}
	return true
}

// isUnsaid reports whether a feature says that the code needs a technique or a
// part of a service that is not stated.
func (e *Engine) isUnsaid(id FeatureID) bool {
	if id < e.features.base[miss] || id >= e.features.base[extra] {
		return false
	}
	axis := e.lex.Concept(lexicon.ConceptID(id - e.features.base[miss])).Axis
	return axis == lexicon.Technique || axis == lexicon.Component
}

// doubtful features show that a code does not explain what is stated.
var doubtful = map[FeatureID]bool{
	modalityConflict: true, modalityNone: true, regionMissing: true, regionExtra: true, regionSilent: true, regionNone: true, regionWhole: true,
}

func contains(ids []lexicon.ConceptID, id lexicon.ConceptID) bool {
	for _, x := range ids {
		if x == id {
			return true
		}
	}
	return false
}

// withRegions copies the exam with only some of its body parts. The words go:
// they speak for all parts together.
func (dr draft) withRegions(keep []lexicon.ConceptID) draft {
	out := dr
	out.facts.Facts = nil
	for _, x := range dr.facts.Facts {
		if x.Axis != lexicon.Region || contains(keep, x.Concept) {
			out.facts.Facts = append(out.facts.Facts, x)
		}
	}
	out.facts.Words = nil
	return out
}

// unbundled drops an exam whose code another exam's code already holds.
func (e *Engine) unbundled(drafts []draft) []draft {
	var out []draft
	for i := range drafts {
		held := false
		for j := range drafts {
			held = held || i != j && e.lex.Includes(e.best(&drafts[j]).Code, e.best(&drafts[i]).Code)
		}
		if !held {
			out = append(out, drafts[i])
		}
	}
	return out
}

// dedupe drops an exam whose best code another exam has already, unless the
// sides differ: a name is often repeated in the technique or as a caption.
func dedupe(drafts []draft) []draft {
	type key struct {
		index int
		side  nlp.Side
	}
	seen := map[key]bool{}
	var out []draft
	for _, dr := range drafts {
		if len(dr.ranked) == 0 {
			continue
		}
		k := key{dr.ranked[0].index, dr.facts.Side}
		if !seen[k] {
			seen[k] = true
			out = append(out, dr)
		}
	}
	return out
}
