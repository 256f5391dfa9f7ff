package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// checkDiagnosisDetail asks that what a code says beyond its concept stands in the report: the
// side, the site, the qualifiers, and that an injury is no longer in active treatment.
func (s *subject) checkDiagnosisDetail() {
	s.eachDiagnosisPlace(func(path string, d *coding.Diagnosis, e coding.Evidence) {
		namings := s.namings(d, e)
		if len(namings) == 0 {
			return // checkDiagnosisWords tells
		}
		n := s.nearby(e)
		if !slices.ContainsFunc(namings, func(x naming) bool { return s.isBorneOut(x, n) }) {
			s.fail(path, "side, site or qualifiers of %s do not stand near [%d,%d)", d.Code, e.Start, e.End)
		}
	})
	for i := range s.result.Diagnoses {
		s.checkTitle(fmt.Sprintf("diagnoses[%d]", i), &s.result.Diagnoses[i])
	}
}

// near is what stands around a place: concepts and sides of its sentence, of the
// exams' facts, and of the whole report.
type near struct {
	concepts []lexicon.ConceptID // of sentence and facts
	report   []lexicon.ConceptID // of the report
	sides    sides               // of sentence and facts
	words    []word              // of the report
}

func (s *subject) nearby(e coding.Evidence) near {
	var n near
	sentence := s.sentence(e)
	n.concepts, n.sides = s.conceptsIn(sentence), sidesIn(sentence)
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		for _, axis := range []lexicon.Axis{lexicon.Region, lexicon.Technique} {
			n.concepts = append(n.concepts, s.stated(x, axis)...)
		}
		n.sides |= sideNames[factNamed(x, lateralityFact)]
	}
	n.words = append(s.terms.read(s.report.Text), s.terms.read(s.report.Exam)...)
	n.report = s.conceptsIn(n.words)
	return n
}

// conceptsIn returns the concepts that the terms in words name; of terms of
// diagnoses what they say of site and qualifiers.
func (s *subject) conceptsIn(words []word) []lexicon.ConceptID {
	var out []lexicon.ConceptID
	for _, t := range s.terms.in(words) {
		out = append(out, t.concepts...)
		if t.diagnosis != nil {
			out = append(out, t.diagnosis.With...)
			if t.diagnosis.Site != 0 {
				out = append(out, t.diagnosis.Site)
			}
		}
	}
	return out
}

// isBorneOut asks for one way to the code all of whose parts are stated.
func (s *subject) isBorneOut(x naming, n near) bool {
	own := n
	if x.term != nil {
		own.concepts = append(slices.Clone(n.concepts), x.term.With...)
		if x.term.Site != 0 {
			own.concepts = append(own.concepts, x.term.Site)
		}
	}
	return slices.ContainsFunc(x.ways, func(w way) bool { return s.wayHolds(w, own) })
}

func (s *subject) wayHolds(w way, n near) bool {
	if w.row.Site != 0 && !s.isStated(n, w.row.Site) {
		return false
	}
	for _, q := range w.row.With {
		if !s.isStated(n, q) {
			return false
		}
	}
	return !slices.ContainsFunc(w.fill, func(f lexicon.Fill) bool { return !s.fillHolds(f, n) })
}

// isStated reports whether a concept, or a kind or part of it, is named near the
// place, or for want of that anywhere in the report.
func (s *subject) isStated(n near, id lexicon.ConceptID) bool {
	is := func(c lexicon.ConceptID) bool { return s.lex.Is(c, id) }
	return slices.ContainsFunc(n.concepts, is) || slices.ContainsFunc(n.report, is)
}

func (s *subject) fillHolds(f lexicon.Fill, n near) bool {
	switch f.Dimension {
	case "side":
		want := sideNames[f.Value]
		return want == 0 || n.sides&want != 0 && (want != both || n.sides == both)
	case "encounter":
		return f.Value == "initial" || f.Value == "unspecified" || slices.ContainsFunc(n.words, func(w word) bool { return laterWords[w.text] })
	}
	return f.Concept == 0 || s.isStated(n, f.Concept)
}

// laterWords say that an injury is no longer in active treatment, or what became of it.
var laterWords = map[string]bool{
	"sequela": true, "sequelae": true, "late": true, "healing": true, "healed": true, "callu": true, "callus": true, "follow": true, "followup": true,
	"statu": true, "status": true, "postoperative": true, "operative": true, "nonunion": true, "union": true, "malunion": true, "delayed": true,
}

// checkTitle asks for a title that a row of the code has, where no release gives
// the titles.
func (s *subject) checkTitle(path string, d *coding.Diagnosis) {
	if s.release() != nil {
		return
	}
	named := false
	for _, e := range d.Evidence {
		for _, x := range s.namings(d, e) {
			named = true
			if slices.ContainsFunc(x.ways, func(w way) bool { return slices.Contains(titlesOf(w), d.Title) }) {
				return
			}
		}
	}
	if named {
		s.fail(path, "the title is none of %s", d.Code)
	}
}

// titlesOf renders the title of a row with its side, or without.
func titlesOf(w way) []string {
	side := ""
	for _, f := range w.fill {
		if f.Dimension == "side" && f.Value != "unspecified" {
			side = f.Value + " "
		}
	}
	var out []string
	for _, x := range []string{side, "", "bilateral "} {
		if x == "bilateral " && side != "" && side != x {
			continue // both sides under a code that has one for "unspecified" alone
		}
		out = append(out, strings.Join(strings.Fields(strings.ReplaceAll(w.row.Title, "{side}", x)), " "))
	}
	return out
}
