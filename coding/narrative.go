package coding

import (
	"strings"

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
var performedWords = map[string]bool{
	"performed": true, "obtained": true, "acquired": true, "done": true, "showed": true, "shows": true, "demonstrates": true,
	"demonstrated": true, "reveals": true, "revealed": true, "including": true, "undergo": true, "underwent": true,
}

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
	performed := false
	for k := s.First; k < s.Last; k++ {
		performed = performed || performedWords[d.Words(k)]
	}
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
			return m, performed && (lead || s.First == 0 || d.Sentences[sentence-1].Section != s.Section)
		case nlp.SectionIndication, nlp.SectionImpression:
			return m, wasPerformed(d, s) && !m.Assertion.Historical
		}
	}
	return nil, false
}

// wholeBodyModality are studies that need no body part in their name.
var wholeBodyModality = map[string]bool{"pet": true, "nm": true}

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

// tissueRegions are body parts by kind, not by place: they say nothing about
// where the pictures were taken.
var tissueRegions = map[string]bool{
	"body": true, "bone": true, "joint": true, "nonjoint": true, "soft_tissue": true, "artery": true, "vein": true, "vessel": true,
	"skin": true, "digit": true, "extremity": true, "lymph_node": true, "blood": true, "bone_marrow": true,
}

// vesselVotes is how many mentions of arteries or veins make an ultrasound a
// vascular one.
const vesselVotes = 3

// votedRegion finds what was examined from what is described: of the body
// parts that codes of the modality name, the one with most mentions; then down to a part of it
// that holds at least a third of them.
func (e *Engine) votedRegion(d *nlp.Document, modality []lexicon.ConceptID) []Fact {
	if len(modality) == 0 {
		return nil
	}
	votes := e.regionVotes(d, modality[0])
	best := lexicon.ConceptID(0)
	for _, r := range e.codeable[modality[0]] {
		if !tissueRegions[e.lex.Concept(r).Name] && votes[r] > votes[best] {
			best = r
		}
	}
	for part := best; part != 0; {
		part = 0
		for _, r := range e.codeable[modality[0]] {
			if r != best && e.lex.Is(r, best) && votes[r]*3 >= votes[best] && votes[r] > votes[part] {
				part = r
			}
		}
		if part != 0 {
			best = part
		}
	}
	var out []Fact
	if best != 0 {
		out = append(out, e.regionFact(d, best))
	}
	if e.lex.Concept(modality[0]).Name == "us" {
		for _, name := range []string{"artery", "vein"} {
			if v := e.lex.Lookup(lexicon.Region, name); votes[v] >= vesselVotes && !e.lex.Is(best, v) {
				return append(out, e.regionFact(d, v))
			}
		}
	}
	return out
}

// regionVotes counts, for every body part that codes of the modality name, the
// mentions of it and its parts.
func (e *Engine) regionVotes(d *nlp.Document, modality lexicon.ConceptID) map[lexicon.ConceptID]int {
	votes := map[lexicon.ConceptID]int{}
	for _, m := range d.Mentions {
		if m.Axis != lexicon.Region || m.Problem != nil || !describes(d.Sections[m.Section].Kind) {
			continue
		}
		for _, r := range e.codeable[modality] {
			if e.lex.Is(m.Concept, r) {
				votes[r]++
			}
		}
	}
	return votes
}

func describes(kind nlp.SectionKind) bool {
	return kind != nlp.SectionComparison && kind != nlp.SectionRecommendation && kind != nlp.SectionHeader && kind != nlp.SectionSignature
}

// regionFact is a body part with its first mention as evidence.
func (e *Engine) regionFact(d *nlp.Document, region lexicon.ConceptID) Fact {
	f := Fact{Axis: lexicon.Region, Concept: region}
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Region && m.Problem == nil && e.lex.Is(m.Concept, region) && describes(d.Sections[m.Section].Kind) {
			f.Evidence = []Evidence{e.evidence(d, m)}
			break
		}
	}
	return f
}

// codeableRegions lists, per modality, the body parts its codes name, by id.
func codeableRegions(lex *lexicon.Lexicon) map[lexicon.ConceptID][]lexicon.ConceptID {
	out := map[lexicon.ConceptID][]lexicon.ConceptID{}
	for i := range lex.Procedures {
		p := &lex.Procedures[i]
		for _, mg := range p.Modality {
			for _, m := range mg {
				for _, rg := range p.Region {
					for _, r := range rg {
						if !contains(out[m], r) {
							out[m] = append(out[m], r)
						}
					}
				}
			}
		}
	}
	return out
}

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

// describedSide is the side on which the exam's body part, when there is a right
// and a left one, is described: both when both are.
func (e *Engine) describedSide(d *nlp.Document, f *Facts) (nlp.Side, []Evidence) {
	side := nlp.Unstated
	var at []Evidence
	for _, m := range d.Mentions {
		if m.Axis != lexicon.Region || m.Side == nlp.Unstated || !describes(d.Sections[m.Section].Kind) || !e.belongsTo(m.Concept, f) {
			continue
		}
		switch {
		case side == nlp.Unstated:
			side = m.Side
		case side != m.Side:
			side = nlp.Bilateral
		default:
			continue
		}
		at = append(at, e.evidence(d, m))
	}
	return side, at
}

func (e *Engine) belongsTo(region lexicon.ConceptID, f *Facts) bool {
	for _, r := range f.Of(lexicon.Region) {
		if e.lex.Concept(r).Paired && e.lex.Is(region, r) {
			return true
		}
	}
	return false
}
