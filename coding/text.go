package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// textFacts is what the running text says about how the exam was done, for the
// axes on which the exam name is silent.
type textFacts struct {
	modality, region, technique, contrastFacts []Fact
	contrast                                   string
	contrastInTechnique                        bool
	views                                      Views
	side                                       nlp.Side
	sideAt                                     []Evidence
}

// performedSections are where a report says how the exam was done, the most
// authoritative first.
var performedSections = []nlp.SectionKind{
	nlp.SectionTechnique, nlp.SectionProcedure, nlp.SectionBody, nlp.SectionFindings, nlp.SectionImpression,
}

// describedTechniques are the technique concepts that running text may add to
// an exam; others are named in passing ("correlate with biopsy").
var describedTechniques = lexicon.WordList("described_techniques")

func (e *Engine) textFacts(d *nlp.Document) textFacts {
	var t textFacts
	for _, kind := range performedSections {
		for i := range d.Sections {
			if d.Sections[i].Kind == kind {
				e.readSection(d, i, &t)
			}
		}
	}
	return t
}

// readSection adds what one section says on axes that are still silent.
func (e *Engine) readSection(d *nlp.Document, section int, t *textFacts) {
	kind := d.Sections[section].Kind
	technique := kind == nlp.SectionTechnique || kind == nlp.SectionProcedure
	needModality, needRegion := len(t.modality) == 0, len(t.region) == 0
	var contrasts []nlp.Mention
	for _, m := range d.Mentions {
		if m.Section != section || m.Problem != nil {
			continue
		}
		f := Fact{m.Axis, m.Concept, []Evidence{e.evidence(d, m)}}
		switch {
		case m.Axis == lexicon.Contrast && (earlier(d, m) || byMouth(d, m)):
			continue // left over from another study, or no axis of any code
		case m.Axis == lexicon.Contrast && e.isContrastInText(d, m):
			contrasts = append(contrasts, m)
		case m.Assertion.Negated || m.Assertion.Historical || m.Assertion.Hypothetical:
			continue
		case m.Axis == lexicon.Modality && m.Layer == nlp.PictureLayer && needModality && e.performed(d, m, technique):
			t.modality = append(t.modality, f)
			needModality = false
		case m.Axis == lexicon.Region && needRegion && technique:
			t.region = append(t.region, f)
		case m.Axis == lexicon.Technique && technique && !earlier(d, m) && describedTechniques[e.lex.Concept(m.Concept).Name]:
			t.technique = append(t.technique, f)
		}
		if m.Axis == lexicon.Region && t.side == nlp.Unstated && m.Side != nlp.Unstated && technique {
			t.side, t.sideAt = m.Side, []Evidence{e.sideEvidence(d, m)}
		}
	}
	if t.contrast == "" && kind != nlp.SectionImpression {
		t.contrast = e.contrastOfText(d, contrasts)
		t.contrastInTechnique = t.contrast != "" && technique
		for _, m := range contrasts {
			t.contrastFacts = append(t.contrastFacts, Fact{m.Axis, m.Concept, []Evidence{e.evidence(d, m)}})
		}
	}
	if !t.views.Stated() && kind != nlp.SectionImpression {
		t.views = e.viewsOfText(d, section)
	}
}

// earlierWords in a sentence say that it speaks of another study.
var earlierWords = lexicon.WordList("earlier")

func earlier(d *nlp.Document, m nlp.Mention) bool { return sentenceHas(d, &m, earlierWords) }

// byMouth tells "oral contrast was not given" from "intravenous contrast was not
// given" and from "IV and oral contrast".
func byMouth(d *nlp.Document, m nlp.Mention) bool {
	if m.First == 0 || !mouthWords[d.Words(m.First-1)] {
		return false
	}
	return m.First < 2 || !joiners[d.Words(m.First-2)]
}

var mouthWords = lexicon.WordList("by_mouth")

// comparedWords before a modality say that it is another, earlier study.
var comparedWords = lexicon.WordList("compared")

// performed asks whether a modality in running text is the one of this exam.
func (e *Engine) performed(d *nlp.Document, m nlp.Mention, technique bool) bool {
	if technique {
		return true
	}
	s := &d.Sentences[m.Sentence]
	for i := m.First - 1; i >= s.First && m.First-i <= 6; i-- {
		if comparedWords[d.Words(i)] {
			return false
		}
	}
	for i := m.Last; i < s.Last && i-m.Last < maxPlanned && !doneWords[d.Words(i)]; i++ {
		if plannedWords[d.Words(i)] {
			return false
		}
	}
	return true
}

// maxPlanned is how many tokens may stand between a study and the advice to do
// it: "CT of the abdomen and pelvis with contrast is recommended".
const maxPlanned = 14

// doneWords begin a statement about a study that was done.
var doneWords = lexicon.WordList("done")

// plannedWords behind a modality say that the study is still to come: "a CT is
// recommended".
var plannedWords = lexicon.WordList("planned")

// isContrastInText tells a statement about contrast from the word "with": it
// must hold or be followed by a word for the agent.
func (e *Engine) isContrastInText(d *nlp.Document, m nlp.Mention) bool {
	name := e.lex.Concept(m.Concept).Name
	if name == "agent" {
		return m.Len() > 3
	}
	bare := true
	for i := m.First; i < m.Last; i++ {
		if w := d.Words(i); !bareWith[w] && d.Tokens[i].Kind == nlp.Word && !joiners[w] {
			bare = false
		}
	}
	if !bare {
		return m.Len() > 2
	}
	for _, o := range d.InSentence(m.Sentence) {
		if o.First >= m.Last && o.First-m.Last <= 8 && o.Axis == lexicon.Contrast && o.Len() > 3 &&
			e.lex.Concept(o.Concept).Name == "agent" {
			return true
		}
	}
	return false
}

var joiners = lexicon.WordList("joiners")

// contrastOfText folds the contrast statements of a section. A negated agent is
// "without"; an agent alone is "with" unless the section also says without.
func (e *Engine) contrastOfText(d *nlp.Document, ms []nlp.Mention) string {
	with, without, agent := false, false, false
	for _, m := range ms {
		name := e.lex.Concept(m.Concept).Name
		switch {
		case name == "without_with" && !m.Assertion.Negated:
			return "without_with"
		case name == "without", m.Assertion.Negated:
			without = true
		case name == "agent":
			agent = true
		case name == "with":
			with = true
		}
	}
	switch {
	case with && without:
		return "without_with"
	case without:
		return "without"
	case with, agent:
		return "with"
	}
	return ""
}

// viewsOfText reads a count ("three views of the right foot were obtained"),
// else the named projections of the first sentence that names two or more.
func (e *Engine) viewsOfText(d *nlp.Document, section int) Views {
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		if sent.Section != section {
			continue
		}
		if c, ok := countViews(d, sent.First, sent.Last); ok {
			span := c.span(d)
			c.Evidence = []Evidence{{span.Start, span.End, string(d.Sections[section].Kind), ""}}
			return c.Views
		}
		if v := e.sentenceViews(d, s); v.Min >= 2 {
			return v
		}
	}
	return Views{}
}

// sentenceViews counts the named projections of a sentence, each once.
func (e *Engine) sentenceViews(d *nlp.Document, sentence int) Views {
	var v Views
	seen := map[lexicon.ConceptID]bool{}
	for _, m := range d.InSentence(sentence) {
		if m.Axis == lexicon.View && m.Problem == nil && !seen[m.Concept] {
			seen[m.Concept] = true
			v.Min++
			v.Evidence = append(v.Evidence, e.evidence(d, m))
		}
	}
	v.Max = v.Min
	return v
}

func (e *Engine) evidence(d *nlp.Document, m nlp.Mention) Evidence {
	return Evidence{m.Start, m.End, string(d.Sections[m.Section].Kind), m.Source.String()}
}

// sideEvidence is the place that states the side of a mention: the word for the
// side, which may stand apart from the mention's own words.
func (e *Engine) sideEvidence(d *nlp.Document, m nlp.Mention) Evidence {
	if m.SideSpan.Len() == 0 {
		return e.evidence(d, m)
	}
	return Evidence{Start: m.SideSpan.Start, End: m.SideSpan.End, Section: string(d.Sections[d.SectionAt(m.SideSpan.Start)].Kind)}
}
