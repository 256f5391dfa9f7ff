package coding

import (
	"slices"
	"sort"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// pointers returns the diagnoses that justify an exam's line: 1-based, in the order of the claim, at most
// four. They are those of the exam's own part of the report whose place was examined, or that have no place; where
// there is none, the first-listed diagnosis. A report of one exam points to what it lists.
func (e *Engine) pointers(s *study, order []int, exam int) []int {
	order = order[:min(len(order), maxClaimDx)]
	var own, fitting []int
	parts := s.parts()
	for n, i := range order {
		if len(s.exams) > 1 && !parts.holds(s, exam, i) {
			continue
		}
		own = append(own, n+1)
		if len(s.exams) == 1 || e.examined(&s.exams[exam], s.found[i]) {
			fitting = append(fitting, n+1)
		}
	}
	out := []int{}
	switch {
	case len(fitting) > 0:
		out = fitting
	case len(own) > 0:
		out = own[:1]
	case len(order) > 0:
		out = []int{1}
	}
	return out[:min(len(out), maxLinePointers)]
}

// reportParts are the stretches of a text that report on one exam each, by exam; nil when
// all exams are reported together.
type reportParts []nlp.Span

// parts cuts a text of several reports, one below the other, at the sections that name
// exams. It is one report when a name is followed by no findings or impression of its own.
func (s *study) parts() reportParts {
	var starts []int
	for i := range s.exams {
		dr := &s.exams[i]
		at := s.doc.SectionAt(dr.offset)
		if kind := nlp.SectionKind(dr.section); at < 0 || kind != nlp.SectionExam && kind != nlp.SectionProcedure {
			return nil
		}
		sec := s.doc.Sections[at]
		if sec.Heading.Len() == 0 {
			sec.Heading = sec.Body
		}
		starts = append(starts, sec.Heading.Start)
	}
	cuts := slices.Clone(starts)
	sort.Ints(cuts)
	cuts = append(slices.Compact(cuts), len(s.doc.Text))
	if len(cuts) < 3 {
		return nil
	}
	for k := range len(cuts) - 1 {
		if !s.tellsIn(nlp.Span{Start: cuts[k], End: cuts[k+1]}, nlp.SectionFindings, nlp.SectionImpression) {
			return nil
		}
	}
	out := make(reportParts, len(starts))
	for i, start := range starts {
		out[i] = nlp.Span{Start: start, End: cuts[slices.Index(cuts, start)+1]}
	}
	return out
}

// tellsIn reports whether a section of one of the kinds, with something in it, begins in a stretch of text.
func (s *study) tellsIn(span nlp.Span, kinds ...nlp.SectionKind) bool {
	return slices.ContainsFunc(s.doc.Sections, func(sec nlp.Section) bool {
		return sec.Body.Len() > 0 && span.Start <= sec.Body.Start && sec.Body.Start < span.End && slices.Contains(kinds, sec.Kind)
	})
}

// holds reports whether a diagnosis is told in an exam's part, or before all parts. A part without an
// indication of its own shares those of the others.
func (p reportParts) holds(s *study, exam, diagnosis int) bool {
	d := &s.diagnoses[diagnosis]
	if p == nil || len(d.Evidence) == 0 {
		return true
	}
	reason := (isReasonRole(d.Role) || d.Role == RoleExternal) && !s.tellsIn(p[exam], nlp.SectionIndication)
	return slices.ContainsFunc(d.Evidence, func(ev Evidence) bool {
		if ev.Section == "title" || p[exam].Start <= ev.Start && ev.Start < p[exam].End {
			return true
		}
		others := slices.ContainsFunc(p, func(x nlp.Span) bool { return x.Start <= ev.Start && ev.Start < x.End })
		return !others || reason
	})
}

// examined reports whether the place and side of a diagnosis were examined, or it has none.
func (e *Engine) examined(dr *draft, f *found) bool {
	if side := dr.facts.Side; (side == nlp.Right || side == nlp.Left) && f.coded.Side && f.finding.Side != "" && f.finding.Side != nlp.Bilateral.String() && f.finding.Side != side.String() {
		return false
	}
	return e.placeExamined(e.examinedRegions(dr), f)
}

// placeExamined reports whether one of the regions shows the place of a diagnosis, or it has none.
func (e *Engine) placeExamined(regions []lexicon.ConceptID, f *found) bool {
	row := e.lex.PlaceOf(f.coded.Code)
	site := f.site()
	switch {
	case len(regions) == 0:
		return true
	case e.isPrecise(site) && (row != nil || f.coded.Code[0] == 'M' || f.coded.Code[0] == 'S'):
		return slices.ContainsFunc(regions, func(r lexicon.ConceptID) bool { return e.shows(r, site) })
	case row == nil:
		return true
	case site != 0 && e.meet([]lexicon.ConceptID{site}, regions):
		return true
	}
	return e.meet(row.Place, regions)
}

// site is where a diagnosis is, 0 where its code does not depend on it: then it is only where the exam was.
func (f *found) site() lexicon.ConceptID {
	if !f.coded.Sited {
		return 0
	}
	return f.finding.Site
}

// isPrecise tells a part of a limb and a level of the spine, which say better than the code where a diagnosis is.
func (e *Engine) isPrecise(site lexicon.ConceptID) bool {
	return slices.ContainsFunc(skeleton, func(name string) bool {
		whole := e.lex.Lookup(lexicon.Region, name)
		return site != whole && e.lex.Is(site, whole)
	})
}

// skeleton are the body parts whose bones and joints are examined one by one.
var skeleton = []string{"upper_extremity", "lower_extremity", "spine"}

// joints are the parts of the limbs that are told apart: a film of one does not show another. A long
// bone belongs to the joints at both ends.
var joints = [][]string{{"shoulder"}, {"elbow"}, {"wrist", "hand"}, {"hip"}, {"knee"}, {"ankle", "foot"}}

// jointOf returns the parts of a limb among which a site is, nil for long bones and the whole limb.
func (e *Engine) jointOf(site lexicon.ConceptID) []lexicon.ConceptID {
	for _, names := range joints {
		var parts []lexicon.ConceptID
		for _, name := range names {
			parts = append(parts, e.lex.Lookup(lexicon.Region, name))
		}
		if slices.ContainsFunc(parts, func(p lexicon.ConceptID) bool { return e.lex.Is(site, p) }) {
			return parts
		}
	}
	return nil
}

// shows reports whether the study of a body part shows a part of the skeleton.
func (e *Engine) shows(region, site lexicon.ConceptID) bool {
	if e.lex.Is(site, region) || e.lex.Is(region, site) {
		return true
	}
	a, b := e.jointOf(site), e.jointOf(region)
	if a != nil && b != nil {
		return slices.Equal(a, b)
	}
	return slices.ContainsFunc(skeleton[:2], func(name string) bool {
		limb := e.lex.Lookup(lexicon.Region, name)
		return e.lex.Is(site, limb) && e.lex.Is(region, limb)
	})
}

// meet reports whether a body part is, or is part of, another one, in either direction.
func (e *Engine) meet(places, regions []lexicon.ConceptID) bool {
	for _, p := range places {
		for _, r := range regions {
			if e.lex.Is(p, r) || e.lex.Is(r, p) {
				return true
			}
		}
	}
	return false
}

// examinedRegions are the body parts that an exam states, or else those of its code. Tissues (bone, vessel) are
// everywhere and say nothing.
func (e *Engine) examinedRegions(dr *draft) []lexicon.ConceptID {
	regions := dr.facts.Of(lexicon.Region)
	if p := e.best(dr); len(regions) == 0 && p != nil {
		for _, g := range p.Region {
			regions = append(regions, g...)
		}
	}
	return slices.DeleteFunc(slices.Clone(regions), func(r lexicon.ConceptID) bool { return tissueRegions[e.lex.Concept(r).Name] })
}
