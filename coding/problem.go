package coding

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// problem is one mention of a diagnosis concept with all that the report says
// about it: site, side, qualifiers, encounter, and what became of it.
type problem struct {
	mention nlp.Mention
	section nlp.SectionKind
	finding lexicon.Finding
	coded   lexicon.Coded
	verdict verdict

	relevance   lexicon.Relevance
	implied     bool       // what a category or a T-score means
	retrieved   bool       // a phrase that the lexicon does not know, resolved through the index
	at          []nlp.Span // the words that gave site and side
	statement   bool       // in the clinical statement of a report without indication section
	asked       bool       // an exam name says that it is done for it: "CT head for trauma"
	headless    bool       // the report has no headings: what is asked and what is found stand side by side
	incidental  bool       // called incidental in its sentence
	mothers     bool       // a pregnancy told of a patient too young for one
	advised     bool       // in a statement of what is to follow
	harmless    bool       // called physiologic in its sentence
	alternative bool       // one of "A or B": neither is certain
}

// problems collects the mentions that could be coded, bound to their sites.
func (e *Engine) problems(s *study) []problem {
	b := e.newBinding(s)
	statement, headings := clinicalStatement(s.doc), hasHeadings(s.doc)
	var out []problem
	for i, m := range s.doc.Mentions {
		if m.Problem == nil {
			continue
		}
		m.Problem = e.screeningTerm(s, m.Problem)
		finding, at := b.finding(i, m.Problem)
		if len(at) == 0 && refersBack(s.doc, &m, out) {
			continue
		}
		finding = e.asHistory(s.doc, &m, finding)
		p := problem{mention: m, at: at, section: s.doc.Sections[m.Section].Kind, finding: finding, statement: m.Section == statement, headless: !headings, incidental: sentenceHas(s.doc, &m, incidentalWords) || inIncidentalList(s.doc, &m), harmless: sentenceHas(s.doc, &m, harmlessWords), asked: isAskedInName(s.doc, &m)}
		var ok bool
		if p.coded, ok = e.lex.Diagnose(p.finding); !ok {
			if p.finding, ok = b.inContext(p.finding); !ok {
				continue
			}
			p.coded, _ = e.lex.Diagnose(p.finding)
		}
		if !p.coded.Sited && !p.coded.Side {
			p.at = nil // site and side stand there, but decided nothing
		}
		for _, p := range e.bySide(p) {
			p.relevance = e.relevance(p.finding, p.coded.Code)
			p.advised = p.coded.Row.Kind == "screening" && !reasonSections[p.section] && e.advisor.advises(s.doc, m.Sentence)
			p.mothers = e.isMothers(s, p.coded.Code)
			out = append(out, p)
		}
	}
	markAlternatives(s.doc, out)
	return out
}

// isAskedInName reads "CT of the face for trauma": what stands behind "for" in an
// exam name is the reason, where no indication gives one.
func isAskedInName(d *nlp.Document, m *nlp.Mention) bool {
	if d.Sections[m.Section].Kind != nlp.SectionExam {
		return false
	}
	for k := m.First - 1; k >= d.Sentences[m.Sentence].First; k-- {
		if d.Words(k) == "for" {
			return true
		}
	}
	return false
}

// inIncidentalList reads "Incidental findings: cysts, hiatal hernia, spondylosis": the colon makes the
// word count for all of the list.
func inIncidentalList(d *nlp.Document, m *nlp.Mention) bool {
	for k := d.Sentences[m.Sentence].First; k < m.First; k++ {
		if incidentalWords[d.Words(k)] {
			for colon := k + 1; colon < min(m.First, k+1+maxListHead); colon++ {
				if d.Words(colon) == ":" {
					return true
				}
			}
		}
	}
	return false
}

// maxListHead is how many tokens may stand between "incidental" and the colon: "findings", "and chronic findings".
const maxListHead = 4

// pointingWords before a problem say that it was named before.
var pointingWords = lexicon.WordList("pointing")

// refersBack reports "this mass" behind a problem of the same section.
func refersBack(d *nlp.Document, m *nlp.Mention, before []problem) bool {
	if m.First == 0 || !pointingWords[d.Words(m.First-1)] {
		return false
	}
	return len(before) > 0 && before[len(before)-1].mention.Section == m.Section
}

// screeningTerm replaces a bare "screening" by what the exam screens for.
func (e *Engine) screeningTerm(s *study, t *lexicon.DiagnosisTerm) *lexicon.DiagnosisTerm {
	if t.Concept != "screening_unspecified" {
		return t
	}
	for i := range s.exams {
		if c := e.lex.ScreeningWith(e.best(&s.exams[i]).Code); c != "" {
			known := *t
			known.Concept = c
			return &known
		}
	}
	return t
}

// clinicalStatement returns the section that tells why the patient was examined
// in a report without indication: text before the findings, or all of a text
// without headings. -1 when there is none.
func clinicalStatement(d *nlp.Document) int {
	body := -1
	for i, s := range d.Sections {
		switch s.Kind {
		case nlp.SectionIndication:
			return -1
		case nlp.SectionBody:
			if body < 0 && strings.TrimSpace(s.Body.Of(d.Text)) != "" {
				body = i
			}
		case nlp.SectionFindings, nlp.SectionImpression:
			return body
		}
	}
	if !hasHeadings(d) {
		return body
	}
	return -1
}

// bySide codes both sides one by one where there is no bilateral code (ICD-10-CM
// guideline I.B.13).
func (e *Engine) bySide(p problem) []problem {
	if !p.coded.Split {
		return []problem{p}
	}
	var out []problem
	for _, side := range []nlp.Side{nlp.Right, nlp.Left} {
		one := p
		one.finding.Side = side.String()
		one.coded, _ = e.lex.Diagnose(one.finding)
		out = append(out, one)
	}
	return out
}

// markAlternatives finds pairs such as "atelectasis or pneumonia" and "mass
// versus consolidation" outside the indication. "Mild left or moderate right
// hydronephrosis" is one concept and no alternative.
func markAlternatives(d *nlp.Document, ps []problem) {
	for i := 0; i+1 < len(ps); i++ {
		a, b := &ps[i], &ps[i+1]
		if a.mention.Sentence != b.mention.Sentence || b.mention.First-a.mention.Last > maxAlternativeGap || reasonSections[a.section] {
			continue
		}
		for k := a.mention.Last; k < b.mention.First; k++ {
			if alternativeWords[d.Words(k)] && a.finding.Concept != b.finding.Concept {
				a.alternative, b.alternative = true, true
			}
		}
	}
}

// maxAlternativeGap is how many tokens "or" and the adjectives of the second
// problem may take.
const maxAlternativeGap = 4

var alternativeWords = lexicon.WordList("alternative")

// encounterWords in indication or impression say that an injury is no longer in
// active treatment (ICD-10-CM guideline I.C.19.a: D after active treatment).
var encounterWords = []struct {
	phrase    phrase
	encounter string
}{
	{phraseOf("sequela"), "sequela"}, {phraseOf("sequelae"), "sequela"}, {phraseOf("late effect"), "sequela"}, {phraseOf("late effects"), "sequela"}, {phraseOf("healing"), "subsequent"}, {phraseOf("healed"), "subsequent"}, {phraseOf("callus"), "subsequent"}, {phraseOf("follow up"), "subsequent"}, {phraseOf("followup"), "subsequent"},
	{phraseOf("status post orif"), "subsequent"}, {phraseOf("postoperative"), "subsequent"}, {phraseOf("post operative"), "subsequent"}, {phraseOf("nonunion"), "nonunion"}, {phraseOf("non union"), "nonunion"}, {phraseOf("malunion"), "malunion"},
	{phraseOf("delayed union"), "delayed"}, {phraseOf("delayed healing"), "delayed"},
}

func (e *Engine) encounter(d *nlp.Document) string {
	found := ""
	for _, s := range d.Sentences {
		kind := d.Sections[s.Section].Kind
		if kind != nlp.SectionIndication && kind != nlp.SectionImpression && kind != nlp.SectionExam {
			continue
		}
		for _, w := range encounterWords {
			if containsPhrase(d, s.First, s.Last, w.phrase) {
				found = w.encounter
			}
		}
	}
	return found
}
