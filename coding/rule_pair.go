package coding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// unpairedExams finds exams that no diagnosis fits: of the claim, or of the order. A diagnosis that may be anywhere
// fits every exam, so only reports whose every diagnosis has its place elsewhere are told.
func (e *Engine) unpairedExams(s *study) []Finding {
	var out []Finding
	for i := range s.exams {
		dr := &s.exams[i]
		p := e.best(dr)
		if p == nil {
			continue
		}
		for _, list := range e.dxLists(s) {
			if len(list.codes) == 0 || slices.ContainsFunc(list.codes, func(c string) bool { return e.pairs(dr, s, c) }) {
				continue
			}
			var at []Evidence
			for _, c := range list.codes {
				at = append(at, list.at[c]...)
			}
			out = append(out, Finding{Message: fmt.Sprintf("%s (%s): %s on %s is of another body part or purpose", p.Code, p.Title, strings.Join(list.codes, ", "), list.name), Evidence: at})
		}
	}
	return out
}

// pairs reports whether an exam may be done for a diagnosis: the code's place or one near it was examined, or
// where the report saw it; a modality of one purpose wants a code of that purpose. Vessels are looked at for
// what is felt elsewhere: the veins of the legs for shortness of breath.
func (e *Engine) pairs(dr *draft, s *study, code string) bool {
	row := e.lex.PlaceOf(code)
	if row == nil || e.hasRegion(&dr.facts, "vessel") {
		return true
	}
	for _, m := range dr.facts.Of(lexicon.Modality) {
		if purpose := e.lex.PurposeOf(m); purpose != nil {
			return purpose.Codes.Holds(code)
		}
	}
	regions := e.examinedRegions(dr)
	places := append(slices.Clone(row.Place), row.Near...)
	for i := range s.diagnoses {
		if f := s.found[i]; f.coded.Code == code && f.site() != 0 {
			places = append(places, f.site())
		}
	}
	return len(regions) == 0 || e.meet(places, regions)
}

// unrelatedImpressions is the rule's side of unrelatedImpression.
func (e *Engine) unrelatedImpressions(s *study) []Finding {
	d := e.unrelatedImpression(s)
	if d == nil {
		return nil
	}
	var at []Evidence
	for i := range d.mentions {
		at = append(at, e.evidence(s.doc, d.mentions[i]))
	}
	return []Finding{{Message: d.coded.Code + " is in another part of the limb than the exam and its indication", Evidence: at}}
}

// unrelatedImpression returns a finding in another part of a limb than every exam and every reason, when no finding is
// where the exam was: the ankle under a film of the knee. A long bone belongs to both its ends.
func (e *Engine) unrelatedImpression(s *study) *found {
	if len(s.found) == 0 {
		return nil
	}
	var regions []lexicon.ConceptID
	for i := range s.exams {
		regions = append(regions, e.examinedRegions(&s.exams[i])...)
	}
	if len(regions) == 0 || slices.ContainsFunc(regions, func(r lexicon.ConceptID) bool { return e.jointOf(r) == nil }) {
		return nil
	}
	var other *found
	for i, f := range s.found {
		switch s.diagnoses[i].Role {
		case RoleIndication:
			regions = append(regions, f.site())
		case RoleFinding:
			if e.jointOf(f.site()) != nil && f.sections[nlp.SectionImpression] && other == nil {
				other = f
			}
		}
	}
	if other == nil || e.placeExamined(regions, other) {
		return nil
	}
	for i, f := range s.found {
		if s.diagnoses[i].Role == RoleFinding && f != other && e.placeExamined(regions, f) {
			return nil
		}
	}
	return other
}

// breastComplaints are signs that make a mammogram a diagnostic one.
var breastComplaints = []string{"N63", "N64.4", "N64.5"}

// becameDiagnostic finds a complaint of the breast beside a screening mammogram, reported, ordered or charged.
func (e *Engine) becameDiagnostic(s *study) []Finding {
	if !e.isScreeningMammogram(s) {
		return nil
	}
	complains := func(code string) bool {
		return slices.ContainsFunc(breastComplaints, func(p string) bool { return strings.HasPrefix(code, p) })
	}
	for _, d := range s.diagnoses {
		if d.Role == RoleIndication && complains(d.Code) {
			return []Finding{{Message: d.Code + " beside a screening mammogram: a diagnostic one is coded with the complaint first", Evidence: d.Evidence}}
		}
	}
	for _, code := range s.ordered(e.lex) {
		if complains(code) {
			return []Finding{{Message: code + " on the order of a screening mammogram: a diagnostic one is coded with the complaint first"}}
		}
	}
	return nil
}

func (e *Engine) isScreeningMammogram(s *study) bool {
	codes := slices.Clone(s.doc.Report.Meta.Charged)
	for i := range s.exams {
		if p := e.best(&s.exams[i]); p != nil {
			codes = append(codes, p.Code)
		}
	}
	return slices.ContainsFunc(codes, func(code string) bool {
		code, _, _ = strings.Cut(strings.ToUpper(strings.TrimSpace(code)), "-")
		p := e.lex.Procedure(code)
		return p != nil && e.isMammogram(p, "screening")
	})
}
