package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// narrated finds the exams of a report that has no exam name: sentences and
// headings that name a modality with its body part, else one exam whose
// modality and body part the rest of the text gives away.
func (e *Engine) narrated(d *nlp.Document) []draft {
	var drafts []draft
	for _, s := range e.narrativeSegments(d) {
		for _, part := range e.splitTitle(s) {
			f := e.factsOfSegment(part)
			if m := f.Of(lexicon.Modality); part.isName() || len(m) > 0 && (len(f.Of(lexicon.Region)) > 0 || wholeBodyModality[e.lex.Concept(m[0]).Name]) {
				drafts = append(drafts, draft{segment: part, facts: f})
			}
		}
	}
	if len(drafts) > 0 {
		return drafts
	}
	if e.isClinicalNote(d) {
		return nil
	}
	if len(e.textFacts(d).modality) == 0 && len(e.looksLike(d)) == 0 && len(e.orderedModality(d)) == 0 {
		return nil
	}
	return []draft{{facts: Facts{Narrated: true}}}
}

// performedWords say that a study named in a sentence is the one reported.
var performedWords = lexicon.WordList("performed")

// wasPerformed asks for "was performed": in indication and impression, "shows"
// mostly speaks of an earlier study.
func wasPerformed(d *nlp.Document, s *nlp.Sentence) bool {
	for k := s.First; k < s.Last; k++ {
		if w := d.Words(k); w == "performed" || w == "obtained" || w == "acquired" {
			return true
		}
	}
	return false
}

// orderedModality is the modality that the indication asks for ("needs staging
// CT"): the last resort.
func (e *Engine) orderedModality(d *nlp.Document) []Fact {
	var out []Fact // the last one: earlier studies are told first
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Modality && m.Layer == nlp.PictureLayer && d.Sections[m.Section].Kind == nlp.SectionIndication &&
			!m.Assertion.Negated && !earlier(d, m) && e.performed(d, m, false) {
			out = []Fact{{m.Axis, m.Concept, []Evidence{e.evidence(d, m)}}}
		}
	}
	return out
}

// maxNarrated bounds the exams read from sentences.
const maxNarrated = 6

// leadSentences is how far into an unlabelled body the exam is named.
const leadSentences = 6

// narrativeSegments returns the phrases that name a performed exam.
func (e *Engine) narrativeSegments(d *nlp.Document) []segment {
	if e.isClinicalNote(d) {
		return nil
	}
	if sg, ok := e.firstLine(d); ok {
		return []segment{sg}
	}
	var out []segment
	for _, sec := range d.Sections {
		if sg, ok := e.headingSegment(d, sec); ok {
			out = append(out, sg)
		}
	}
	if len(out) > 0 {
		return out
	}
	seen := 0
	for i := range d.Sentences {
		s := &d.Sentences[i]
		kind := d.Sections[s.Section].Kind
		if kind == nlp.SectionBody {
			seen++
		}
		if m, ok := e.examMention(d, i, kind, seen); ok && len(out) < maxNarrated {
			out = append(out, phraseAround(d, s, m, string(kind)))
		}
	}
	return out
}

// maxFirstLine is how many tokens an exam name on the first line may have.
const maxFirstLine = 14

// firstLine takes the first line as the exam name when it gives a body part and
// its views: "CHEST, PA AND LATERAL" names no modality and needs none.
func (e *Engine) firstLine(d *nlp.Document) (segment, bool) {
	end := 0
	for end < len(d.Tokens) && (end == 0 || !d.Tokens[end].Newline) {
		end++
	}
	if end == 0 || end == len(d.Tokens) || end > maxFirstLine {
		return segment{}, false
	}
	start := d.Tokens[0].Start
	s := segment{d.Text[start:d.Tokens[end-1].End], start, string(nlp.SectionExam)}
	f := e.factsOfSegment(s)
	return s, f.Views.Stated() && len(f.Of(lexicon.Region)) > 0
}

// headingSegment takes a heading such as "REASON FOR CT SCAN" or "CT ABDOMEN:"
// when it names a modality and a body part.
func (e *Engine) headingSegment(d *nlp.Document, sec nlp.Section) (segment, bool) {
	if sec.Heading.Len() == 0 || sec.Kind == nlp.SectionComparison || sec.Kind == nlp.SectionRecommendation {
		return segment{}, false
	}
	s := segment{sec.Heading.Of(d.Text), sec.Heading.Start, string(sec.Kind)}
	f := e.factsOfSegment(s)
	return s, len(f.Of(lexicon.Modality)) > 0 && len(f.Of(lexicon.Region)) > 0
}

// examMention looks for the modality that a sentence reports on.
func (e *Engine) examMention(d *nlp.Document, sentence int, kind nlp.SectionKind, nth int) (*nlp.Mention, bool) {
	s := &d.Sentences[sentence]
	performed := sentenceSays(d, s, performedWords)
	near := d.InSentence(sentence)
	for j := range near {
		m := &near[j]
		if m.Axis != lexicon.Modality || m.Layer != nlp.PictureLayer {
			continue
		}
		if m.Assertion.Negated || m.Assertion.Hypothetical || earlier(d, *m) || !e.performed(d, *m, false) || !e.regionBeside(d, m) && !wholeBodyModality[e.lex.Concept(m.Concept).Name] {
			continue
		}
		lead := m.First-s.First <= 4
		switch kind {
		case nlp.SectionTechnique:
			return m, true
		case nlp.SectionProcedure:
			return m, performed && lead
		case nlp.SectionBody:
			return m, nth <= leadSentences && (performed || lead)
		case nlp.SectionFindings:
			return m, performed && (lead || beginsSection(d, sentence, 0) || wasPerformed(d, s) && beginsSection(d, sentence, 2))
		case nlp.SectionIndication, nlp.SectionImpression:
			return m, wasPerformed(d, s) && !m.Assertion.Historical
		}
	}
	return nil, false
}

// beginsSection reports whether at most so many sentences of its section stand
// before a sentence.
func beginsSection(d *nlp.Document, sentence, before int) bool {
	at := sentence - before - 1
	return at < 0 || d.Sentences[at].Section != d.Sentences[sentence].Section
}

// wholeBodyModality are studies that need no body part in their name.
var wholeBodyModality = lexicon.WordList("whole_body_modality")

// regionGap is how many tokens may stand between a modality and its body part.
const regionGap = 6

func (e *Engine) regionBeside(d *nlp.Document, m *nlp.Mention) bool {
	near := d.InSentence(m.Sentence)
	for j := range near {
		r := &near[j]
		if r.Axis == lexicon.Region && r.Problem == nil &&
			r.First-m.Last <= regionGap && m.First-r.Last <= regionGap {
			return true
		}
	}
	return false
}

// phraseAround cuts the noun phrase about a modality out of its sentence: the
// verb ends it.
func phraseAround(d *nlp.Document, s *nlp.Sentence, m *nlp.Mention, section string) segment {
	first, last := max(s.First, m.First-6), min(s.Last, m.Last+16)
	for k := m.First - 1; k >= first; k-- {
		if performedWords[d.Words(k)] {
			first = k + 1
			break
		}
	}
	for k := m.Last; k < last; k++ {
		if w := d.Words(k); w == "showed" || w == "shows" || w == "demonstrates" || w == "demonstrated" || w == "reveals" || w == "revealed" || w == "comparison" {
			last = k
			break
		}
	}
	start, end := d.Tokens[first].Start, d.Tokens[last-1].End
	return segment{d.Text[start:end], start, section}
}

// minLooks is how many appearance words make a modality.
const minLooks = 2

// looksLike guesses the modality from what the pictures look like ("T2
// hyperintense", "anechoic"): the one most words speak for.
func (e *Engine) looksLike(d *nlp.Document) []Fact {
	count := map[lexicon.ConceptID]int{}
	at := map[lexicon.ConceptID][]Evidence{}
	for _, m := range d.Mentions {
		if m.Axis != lexicon.Appearance || m.Problem != nil {
			continue
		}
		if kind := d.Sections[m.Section].Kind; kind == nlp.SectionComparison || kind == nlp.SectionIndication {
			continue
		}
		count[m.Concept]++
		if len(at[m.Concept]) < 3 {
			at[m.Concept] = append(at[m.Concept], e.evidence(d, m))
		}
	}
	best := lexicon.ConceptID(0)
	for id := range e.lex.Concepts() { // by id, not by map order
		if c := lexicon.ConceptID(id); count[c] > count[best] {
			best = c
		}
	}
	if count[best] < minLooks {
		return nil
	}
	modality := e.lex.Lookup(lexicon.Modality, e.lex.Concept(best).Name)
	return []Fact{{lexicon.Modality, modality, at[best]}}
}
