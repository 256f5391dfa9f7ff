package coding

import (
	"fmt"
	"strconv"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// firstTrimesterWeeks is where the obstetric ultrasound codes change: before 14
// weeks 0 days (CPT obstetric ultrasound guidelines).
const firstTrimesterWeeks = 14

// readGestation adds the trimester to an obstetric ultrasound from the weeks
// stated: codes differ before and after 14 weeks.
func (e *Engine) readGestation(d *nlp.Document, f *Facts) {
	obstetric := e.isObstetric(f)
	if obstetric {
		e.readFollowup(d, f)
	}
	first, later := e.lex.Lookup(lexicon.Technique, "first_trimester"), e.lex.Lookup(lexicon.Technique, "second_third_trimester")
	if !obstetric || f.Has(first) || f.Has(later) {
		return
	}
	weeks, at, ok := e.gestation(d)
	if !ok {
		return
	}
	if weeks < firstTrimesterWeeks {
		f.add(lexicon.Technique, first, at)
	} else {
		f.add(lexicon.Technique, later, at)
	}
}

func (e *Engine) isObstetric(f *Facts) bool { return e.hasRegion(f, "pregnancy") }

// gestation returns the completed weeks stated: what the impression says, else
// the indication, else the largest number anywhere (measurements of one fetus
// differ by days).
func (e *Engine) gestation(d *nlp.Document) (weeks int, at Evidence, ok bool) {
	best := -1
	for i := 0; i+1 < len(d.Tokens); i++ {
		n, found := weeksAt(d, i)
		if !found {
			continue
		}
		span := nlp.Span{Start: d.Tokens[i].Start, End: d.Tokens[i+1].End}
		kind := d.Sections[d.SectionAt(span.Start)].Kind
		rank := 2 * gestationSections[kind]
		if isStatedAge(d, i) {
			rank++
		}
		if rank > best || rank == best && n > weeks {
			best, weeks, ok = rank, n, true
			at = Evidence{span.Start, span.End, string(kind), ""}
		}
	}
	return weeks, at, ok
}

// isStatedAge tells "estimated gestational age of 16 weeks" from "followup is
// recommended at 22-24 weeks".
func isStatedAge(d *nlp.Document, i int) bool {
	for k := max(0, i-maxAgeGap); k < i; k++ {
		if ageWords[d.Words(k)] {
			return true
		}
	}
	return false
}

// maxAgeGap is how many tokens may stand between "gestational age" and the weeks.
const maxAgeGap = 5

var ageWords = lexicon.WordList("gestational_age")

// gestationSections ranks where the age of a pregnancy is stated.
var gestationSections = map[nlp.SectionKind]int{nlp.SectionImpression: 2, nlp.SectionIndication: 1}

var weekWords = lexicon.WordList("week")

// weeksAt reads "33 weeks", "33w", "33 weeks 5 days" at a number; "in 3 weeks"
// and "for 2 weeks" are too short to be an age, longer ones are excluded by the words before.
func weeksAt(d *nlp.Document, i int) (int, bool) {
	if d.Tokens[i].Kind != nlp.Number || !weekWords[d.Words(i+1)] {
		return 0, false
	}
	if i > 0 && (d.Words(i-1) == "in" || d.Words(i-1) == "within" || d.Words(i-1) == "for") {
		return 0, false
	}
	n, err := strconv.Atoi(d.Tokens[i].Of(d.Text))
	return n, err == nil && n >= 4 && n <= 43
}

// gestationalAge is the diagnosis concept of the week of a pregnancy.
const gestationalAge = "gestational_age"

// gestationProblem makes the code for the weeks of gestation of an obstetric
// exam.
func (e *Engine) gestationProblem(s *study) (problem, bool) {
	obstetric := false
	for i := range s.exams {
		obstetric = obstetric || e.isObstetric(&s.exams[i].facts)
	}
	weeks, at, ok := e.gestation(s.doc)
	if !obstetric || !ok {
		return problem{}, false
	}
	name := fmt.Sprintf("ga_%d", weeks)
	switch {
	case weeks < 8:
		name = "ga_under_8"
	case weeks > 42:
		name = "ga_over_42"
	}
	id := e.lex.Lookup(lexicon.Qualifier, name)
	p := problem{finding: lexicon.Finding{Concept: gestationalAge, With: []lexicon.ConceptID{id}}}
	if p.coded, ok = e.lex.Diagnose(p.finding); !ok {
		return problem{}, false
	}
	section := s.doc.SectionAt(at.Start)
	p.section = s.doc.Sections[section].Kind
	p.mention = nlp.Mention{Span: nlp.Span{Start: at.Start, End: at.End}, Section: section, Source: p.coded.Row.Source}
	p.verdict = verdict{Keep: true, Role: RoleHistory, Reason: "gestation"}
	return p, true
}

// readFollowup marks an obstetric study done to follow growth.
func (e *Engine) readFollowup(d *nlp.Document, f *Facts) {
	followup := e.lex.Lookup(lexicon.Extent, "followup")
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if d.Sections[s.Section].Kind != nlp.SectionIndication || f.Has(followup) {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			if w := d.Words(k); w == "followup" || w == "growth" || w == "follow" {
				t := d.Tokens[k]
				f.add(lexicon.Extent, followup, Evidence{t.Start, t.End, string(nlp.SectionIndication), ""})
				break
			}
		}
	}
}
