package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// normalFinding is what a report of a film without abnormality is labelled with.
const normalFinding = "normal"

// chestFindings names what the interpretation sees, in the words of labelled
// collections of chest films (lexicon/data/chest_findings.tsv), sorted; "normal" alone when nothing
// abnormal is seen. Unlike a code, a finding need not be certain to bill: it must be stated as present.
func (e *Engine) chestFindings(s *study) []string {
	out := []string{}
	abnormal := false
	legs := e.legFilms(s.doc)
	for i := range s.doc.Mentions {
		m := &s.doc.Mentions[i]
		if m.Problem == nil || legs[m.Sentence] || !isSeen(s.doc, m) {
			continue
		}
		concept := m.Problem.Concept
		abnormal = abnormal || !e.isUnremarkable(concept)
		out = append(out, e.lex.ChestFindingsOf(concept, strings.ToLower(m.Of(s.doc.Text)))...)
	}
	if !abnormal {
		return []string{normalFinding}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// legFilms marks the sentences about a leg that was filmed as well: "Chest. The lungs are clear. Right knee. Severe
// narrowing of the joint space." A sentence about a leg is one; one that is nothing but its name holds for those
// that follow, until a part of the trunk is named or the section ends.
func (e *Engine) legFilms(d *nlp.Document) map[int]bool {
	leg, chest, abdomen := e.lex.Lookup(lexicon.Region, "lower_extremity"), e.lex.Lookup(lexicon.Region, "chest"), e.lex.Lookup(lexicon.Region, "abdomen")
	legs := map[int]bool{}
	title := -1 // the section in which the name of a leg holds
	for i := range d.Sentences {
		sentence := &d.Sentences[i]
		onLeg, onTrunk, bare := false, false, sentence.Last-sentence.First <= legTitle
		for _, m := range d.InSentence(i) {
			region := m.Axis == lexicon.Region && m.Problem == nil
			onLeg = onLeg || region && e.lex.Is(m.Concept, leg)
			onTrunk = onTrunk || region && (e.lex.Is(m.Concept, chest) || e.lex.Is(m.Concept, abdomen))
			bare = bare && m.Problem == nil
		}
		switch {
		case onTrunk || title != sentence.Section && !onLeg:
			title = -1
			continue
		case onLeg && bare:
			title = sentence.Section
		}
		legs[i] = true
	}
	return legs
}

const legTitle = 4 // tokens of "Left knee films."

// isSeen reports whether the interpretation states a problem as present.
func isSeen(d *nlp.Document, m *nlp.Mention) bool {
	a, section := m.Assertion, d.Sections[m.Section].Kind
	if a.Uncertain && isRemote(a.Cue.Of(d.Text)) {
		return false
	}
	return !a.Negated && !a.Hypothetical && !a.Family && !silentSections[section] && !reasonSections[section] && section != nlp.SectionExam
}

// remoteDoubt are words of cues that leave a problem open ("may represent", "cannot exclude"); others, such as
// "compatible with" and "likely", commit themselves enough for those who label films.
var remoteDoubt = lexicon.WordList("remote_doubt")

func isRemote(cue string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(cue)), func(w string) bool { return remoteDoubt[w] })
}

// isUnremarkable tells what says nothing about the picture: a history, a reason for
// the study, a limit of it.
func (e *Engine) isUnremarkable(concept string) bool {
	if unremarkable[concept] {
		return true
	}
	switch e.lex.DiagnosisRows(concept)[0].Kind {
	case "history", "screening", "reason", "followup":
		return true
	}
	return false
}

var unremarkable = lexicon.WordList("unremarkable")
