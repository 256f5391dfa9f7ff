package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// binding attaches body parts, sides and qualifiers to problem mentions.
type binding struct {
	e         *Engine
	doc       *nlp.Document
	examSites []lexicon.ConceptID // body parts of the report's exams
	examSide  nlp.Side            // the side of the exams, when they agree
	encounter string
	context   []lexicon.ConceptID // what the report is about, the most described first
}

func (e *Engine) newBinding(s *study) *binding {
	b := &binding{e: e, doc: s.doc, encounter: e.encounter(s.doc), context: e.bodyParts(s.doc)}
	for i := range s.exams {
		f := &s.exams[i].facts
		b.examSites = append(b.examSites, f.Of(lexicon.Region)...)
		if i == 0 {
			b.examSide = f.Side
		} else if f.Side != b.examSide {
			b.examSide = nlp.Unstated
		}
	}
	return b
}

// finding returns what the report says about the problem mention at index i,
// read as the term t, and the words that gave its site and side.
func (b *binding) finding(i int, t *lexicon.DiagnosisTerm) (lexicon.Finding, []nlp.Span) {
	m := &b.doc.Mentions[i]
	f := lexicon.Finding{Concept: t.Concept, Site: t.Site, With: append([]lexicon.ConceptID(nil), t.With...), Encounter: b.encounter}
	side := m.Side
	var at []nlp.Span
	if m.SideSpan.Len() > 0 {
		at = append(at, m.SideSpan)
	}
	r := b.site(i)
	if r != nil {
		f.Site = r.Concept
		at = append(at, r.Span)
		if r.SideSpan.Len() > 0 && r.SideSpan != m.SideSpan {
			at = append(at, r.SideSpan)
		}
		if side == nlp.Unstated {
			side = r.Side
		}
	} else if f.Site == 0 {
		f.Site = b.examSite()
	}
	f.With = append(b.numbered(m, f.With), b.qualifiers(i)...)
	f = b.severalSites(f, r)
	if side == nlp.Unstated && b.examSide != nlp.Unstated && b.atExam(f.Site) {
		side = b.examSide
	}
	if side != nlp.Unstated {
		f.Side = side.String()
	}
	return f, at
}

// inContext tries the body parts that the report is about for a concept that has
// no code without a site: "reflux" in a report about kidneys.
func (b *binding) inContext(f lexicon.Finding) (lexicon.Finding, bool) {
	if f.Site != 0 {
		return f, false
	}
	for _, site := range b.context {
		at := f
		at.Site = site
		if _, ok := b.e.lex.Diagnose(at); ok {
			return at, true
		}
	}
	return f, false
}

// bodyParts returns the body parts of a report, the one mentioned most often first, then in the order of the text. The site
// of a problem's own words counts: "renal calculi" is about kidneys.
func (e *Engine) bodyParts(d *nlp.Document) []lexicon.ConceptID {
	votes := map[lexicon.ConceptID]int{}
	var sites []lexicon.ConceptID
	for i := range d.Mentions {
		m := &d.Mentions[i]
		site := siteNamed(m)
		if site == 0 || tissueRegions[e.lex.Concept(site).Name] || !describes(d.Sections[m.Section].Kind) {
			continue
		}
		if votes[site] == 0 {
			sites = append(sites, site)
		}
		votes[site]++
	}
	slices.SortStableFunc(sites, func(a, b lexicon.ConceptID) int { return votes[b] - votes[a] })
	return sites
}

// siteNamed is the body part that a mention names, 0 when none.
func siteNamed(m *nlp.Mention) lexicon.ConceptID {
	switch {
	case m.Problem != nil:
		return m.Problem.Site
	case m.Axis == lexicon.Region:
		return m.Concept
	}
	return 0
}

// atExam reports whether a site belongs to what was examined, so that the side
// of the exam is its side too.
func (b *binding) atExam(site lexicon.ConceptID) bool {
	if site == 0 {
		return true // "trauma" on a film of the right foot
	}
	if !b.e.lex.Concept(site).Paired {
		return false
	}
	for _, x := range b.examSites {
		if b.e.lex.Is(site, x) || b.e.lex.Is(x, site) {
			return true
		}
	}
	return false
}

// examSite is the site of a bare "pain" or "injury": the limb that was
// examined. For the trunk it would be a guess (pain on an abdominal CT may be
// anywhere), so only paired parts count.
func (b *binding) examSite() lexicon.ConceptID {
	site := lexicon.ConceptID(0)
	for _, x := range b.examSites {
		switch {
		case tissueRegions[b.e.lex.Concept(x).Name]: // the veins of a leg: the leg
		case site != 0 && site != x:
			return 0
		default:
			site = x
		}
	}
	if site == 0 || !b.e.lex.Concept(site).Paired {
		return 0
	}
	return site
}

// maxSiteGap is how many tokens may stand between a problem and its site.
const maxSiteGap = 7

// site finds the body part a problem belongs to: inside its own words, the one
// that ends just before it ("right knee pain"), or after a preposition ("fracture of the distal
// radius", "pain in the knee"); nil when none is near.
func (b *binding) site(i int) *nlp.Mention {
	m := &b.doc.Mentions[i]
	var best *nlp.Mention
	bestGap := maxSiteGap + 1
	near := b.doc.InSentence(m.Sentence)
	for j := range near {
		r := &near[j]
		if r.Axis != lexicon.Region || r.Problem != nil || !b.refines(m.Problem.Site, r.Concept) {
			continue
		}
		gap, ok := b.gap(m, r)
		if ok && b.isVague(r) {
			gap = maxSiteGap // "multilevel changes in the cervical spine": anything else says more
		}
		if ok && gap < bestGap {
			best, bestGap = r, gap
		}
	}
	if q := b.quadrant(m, best); q != nil {
		return q
	}
	if best == nil || b.isVague(best) {
		if level := b.leadingLevel(m); level != nil {
			return level
		}
	}
	return best
}

// quadrant is the part of the breast that follows a problem behind a comma, and says more than the
// place that was found: "right breast lump, upper outer quadrant".
func (b *binding) quadrant(m, found *nlp.Mention) *nlp.Mention {
	breast := b.e.lex.Lookup(lexicon.Region, "breast")
	if found != nil && found.Concept != breast || m.Last >= len(b.doc.Tokens) || b.doc.Words(m.Last) != "," {
		return nil
	}
	near := b.doc.InSentence(m.Sentence)
	for j := range near {
		r := &near[j]
		if r.Axis != lexicon.Region || r.Problem != nil || r.First <= m.Last {
			continue
		}
		if r.Concept == breast {
			continue // ", right breast upper outer quadrant"
		}
		if r.First-m.Last > maxQuadrantGap || !b.e.lex.Is(r.Concept, breast) || b.problemBetween(m, r) || !b.refines(m.Problem.Site, r.Concept) {
			return nil
		}
		return r
	}
	return nil
}

// maxQuadrantGap is how many tokens from the comma on may stand before a quadrant: comma, side, breast.
const maxQuadrantGap = 3

// isVague tells the parts that every level of the spine has from the levels.
func (b *binding) isVague(r *nlp.Mention) bool { return vagueRegions[b.e.lex.Concept(r.Concept).Name] }

var vagueRegions = lexicon.WordList("vague_region")

// leadingLevel is the level of the spine that opens a sentence and governs all of it: "L2-3: disc
// protrusion, facet arthrosis", "At L4-5, there is a broad-based bulge".
func (b *binding) leadingLevel(m *nlp.Mention) *nlp.Mention {
	near := b.doc.InSentence(m.Sentence)
	spine := b.e.lex.Lookup(lexicon.Region, "spine")
	if own := m.Problem.Site; own != 0 && !b.e.lex.Is(own, spine) {
		return nil
	}
	for j := range near {
		r := &near[j]
		if r.Axis == lexicon.Region && r.Problem == nil && !b.isVague(r) && r.Last <= m.First && b.opens(m.Sentence, r.First) && r.Concept != spine && b.e.lex.Is(r.Concept, spine) {
			return r
		}
	}
	return nil
}

// opens reports whether nothing but a list number and "at" stands before a token
// of the sentence.
func (b *binding) opens(sentence, token int) bool {
	for k := b.doc.Sentences[sentence].First; k < token; k++ {
		if b.doc.Tokens[k].Kind == nlp.Word && b.doc.Words(k) != "at" {
			return false
		}
	}
	return true
}

// refines asks whether a body part says more than the term's own site.
func (b *binding) refines(own, other lexicon.ConceptID) bool {
	return own == 0 || own != other && b.e.lex.Is(other, own)
}

// gap is the number of tokens between a problem and a body part. A body part
// after the problem must be reached by a preposition or stand directly behind it; a comma or another
// problem in between ends the reach.
func (b *binding) gap(m, r *nlp.Mention) (int, bool) {
	first, last, after := r.Last, m.First, false
	if r.First >= m.Last {
		first, last, after = m.Last, r.First, true
	}
	if first > last { // the body part lies inside the problem's words
		return 0, true
	}
	preposition := last == first
	for k := first; k < last; k++ {
		w := b.doc.Words(k)
		if sitePrepositions[w] {
			preposition = true
		}
		if w == "," && k > first && b.isOrdinal(k-1) {
			continue
		}
		if b.doc.Tokens[k].Kind == nlp.Punct && w != "/" && w != "(" && w != ")" && w != "-" {
			return 0, false
		}
	}
	if after && (!preposition || b.problemBetween(m, r)) {
		return 0, false
	}
	gap := last - first - b.ordinals(first, last)
	if !after {
		gap++ // of two equally near, the one behind "of" is meant
		if !preposition && gap > 4 {
			return 0, false
		}
	}
	return gap, gap <= maxSiteGap
}

// ordinals counts the tokens of "5th, 6th and 7th", which name one place however many
// they are.
func (b *binding) ordinals(first, last int) int {
	n := 0
	for k := first; k < last; k++ {
		if b.isOrdinal(k) || k > first && b.isOrdinal(k-1) && joinsOrdinals[b.doc.Words(k)] {
			n++
		}
	}
	return n
}

func (b *binding) isOrdinal(k int) bool {
	return b.doc.Tokens[k].Kind == nlp.Number || ordinalWords[b.doc.Words(k)]
}

var joinsOrdinals = map[string]bool{"and": true, "through": true, "to": true, ",": true, "-": true}

var ordinalWords = lexicon.WordList("ordinals")

// problemBetween tells "pain after a fall on the hand" from "pain in the hand":
// the place belongs to the problem next to it.
func (b *binding) problemBetween(m, r *nlp.Mention) bool {
	near := b.doc.InSentence(m.Sentence)
	for i := range near {
		if o := &near[i]; o.Problem != nil && o.First >= m.Last && o.Last <= r.First {
			return true
		}
	}
	return false
}

var sitePrepositions = lexicon.WordList("site_prepositions")

// maxQualifierGap is how far a qualifying word may stand from its problem.
const maxQualifierGap = 4

// qualifiers collects the qualifier mentions around a problem.
func (b *binding) qualifiers(i int) []lexicon.ConceptID {
	m := &b.doc.Mentions[i]
	var out []lexicon.ConceptID
	near := b.doc.InSentence(m.Sentence)
	for j := range near {
		q := &near[j]
		if q.Axis != lexicon.Qualifier || q.Problem != nil {
			continue
		}
		first, last := q.Last, m.First
		if q.First >= m.Last {
			first, last = m.Last, q.First
		}
		if last-first > maxQualifierGap || b.crossesComma(first, last) || q.Assertion.Negated && !m.Assertion.Negated || q.Assertion.Uncertain && !m.Assertion.Uncertain {
			continue
		}
		out = append(out, q.Concept)
	}
	return out
}

func (b *binding) crossesComma(first, last int) bool {
	for k := first; k < last; k++ {
		if w := b.doc.Words(k); w == ";" || w == ":" || w == "." {
			return true
		}
	}
	return false
}
