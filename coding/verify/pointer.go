package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// checkPointers asks that each line points to diagnoses of its exam. What is certain is checked: nothing of the other
// side, of a place that was not examined, or told in another exam's part; and nothing left out that is of the exam beyond doubt.
func (s *subject) checkPointers() {
	for _, p := range policies {
		c := s.result.Claims[p]
		exams := s.examsOfLines(c)
		for i := range c.Lines {
			if exams[i] >= 0 {
				s.checkLinePointers(fmt.Sprintf("claims.%s.lines[%d]", p, i), c, i, exams[i])
			}
		}
	}
}

func (s *subject) checkLinePointers(path string, c coding.Claim, line, exam int) {
	dx := c.Lines[line].Dx
	for i, n := range dx {
		if n < 1 || n > len(c.Dx) || i > 0 && n <= dx[i-1] {
			s.fail(path, "pointer %d is to no diagnosis of the claim, or out of order", n)
			return
		}
	}
	if len(dx) > maxPointers || len(dx) == 0 && len(c.Dx) > 0 {
		s.fail(path, "%d pointers, a line has 1 to %d", len(dx), maxPointers)
		return
	}
	fits := make([]fit, len(c.Dx))
	for i, code := range c.Dx {
		fits[i] = s.fitOf(exam, s.diagnosis(code))
	}
	for i, fit := range fits {
		points := slices.Contains(dx, i+1)
		full := len(dx) == maxPointers && i+1 > dx[maxPointers-1]
		switch {
		case points && fit == foreign && (len(dx) > 1 || slices.Contains(fits, native) || i != s.fallback(exam, c)):
			s.fail(path, "%s is not of exam %d: its side, place or part of the report is another", c.Dx[i], exam+1)
		case !points && fit == native && !full:
			s.fail(path, "%s is of exam %d and not pointed to", c.Dx[i], exam+1)
		}
	}
}

// fallback is the diagnosis that a line points to when none fits: the first that is told of its exam, else the first of the claim.
func (s *subject) fallback(exam int, c coding.Claim) int {
	return max(0, slices.IndexFunc(c.Dx, func(code string) bool {
		d := s.diagnosis(code)
		return d != nil && s.partFit(exam, d) != foreign
	}))
}

// fit is what can be told of a diagnosis and an exam. Most are in doubt: the sites of words are
// also taken from elsewhere.
type fit int

const (
	doubtful fit = iota
	foreign
	native
)

// fitOf compares part, side and place of a diagnosis with those of an exam. All that a report of one
// exam tells is of that exam.
func (s *subject) fitOf(exam int, d *coding.Diagnosis) fit {
	if len(s.result.Exams) == 1 {
		return native
	}
	if d == nil {
		return doubtful
	}
	x := &s.result.Exams[exam]
	kinds := []fit{s.partFit(exam, d), s.sideFit(x, d), s.placeFit(x, d)}
	switch {
	case slices.Contains(kinds, foreign):
		return foreign
	case slices.Contains(kinds, doubtful):
		return doubtful
	}
	return native
}

// sideFit compares the side in the code with that of the exam.
func (s *subject) sideFit(x *coding.Exam, d *coding.Diagnosis) fit {
	side := factNamed(x, lateralityFact)
	if side != "right" && side != "left" {
		return native
	}
	sides := s.sidesOfCode(d)
	switch {
	case len(sides) == 0:
		return native
	case !slices.ContainsFunc(sides, func(x string) bool { return x != side }):
		return native
	case slices.Contains(sides, side) || slices.Contains(sides, "bilateral") || slices.Contains(sides, "unspecified"):
		return doubtful
	}
	return foreign
}

// sidesOfCode are the sides that the code may say, by the ways to it.
func (s *subject) sidesOfCode(d *coding.Diagnosis) []string {
	var out []string
	s.eachWay(d, func(w way) {
		for _, f := range w.fill {
			if f.Dimension == "side" && !slices.Contains(out, f.Value) {
				out = append(out, f.Value)
			}
		}
	})
	return out
}

func (s *subject) eachWay(d *coding.Diagnosis, f func(way)) {
	for _, e := range d.Evidence {
		for _, n := range s.namings(d, e) {
			for _, w := range n.ways {
				f(w)
			}
		}
	}
}

// placeFit compares the places of a diagnosis, all that its code, its words and their sentence name, with the body parts
// of the exam.
func (s *subject) placeFit(x *coding.Exam, d *coding.Diagnosis) fit {
	regions := s.regionsOf(x)
	table := s.placeRow(d.Code)
	said := s.sitesSaid(d)
	skeletal := d.Code[0] == 'M' || d.Code[0] == 'S'
	if len(regions) == 0 || table == nil && !skeletal {
		return native
	}
	places := said
	if table != nil {
		places = slices.Concat(said, table.Place, table.Near)
	}
	if len(places) == 0 {
		return doubtful
	}
	if !slices.ContainsFunc(places, func(p lexicon.ConceptID) bool {
		return slices.ContainsFunc(regions, func(r lexicon.ConceptID) bool { return s.related(p, r) })
	}) {
		return foreign
	}
	within := func(p lexicon.ConceptID) bool {
		return slices.ContainsFunc(regions, func(r lexicon.ConceptID) bool { return s.lex.Is(p, r) })
	}
	if len(said) == 0 || slices.ContainsFunc(said, func(p lexicon.ConceptID) bool { return !within(p) }) || table != nil && !slices.ContainsFunc(table.Place, within) {
		return doubtful
	}
	return native
}

// sitesSaid are the sites of the ways to a code, and all that the sentences of its words name.
func (s *subject) sitesSaid(d *coding.Diagnosis) []lexicon.ConceptID {
	var out []lexicon.ConceptID
	add := func(id lexicon.ConceptID) {
		if id != 0 && s.lex.Concept(id).Axis == lexicon.Region && !slices.Contains(out, id) {
			out = append(out, id)
		}
	}
	s.eachWay(d, func(w way) {
		add(w.row.Site)
		for _, f := range w.fill {
			add(f.Concept)
		}
	})
	for _, e := range d.Evidence {
		for _, id := range s.conceptsIn(s.sentence(e)) {
			add(id)
		}
	}
	return out
}

// related reports whether one body part holds the other, or both are of one limb or of the spine.
func (s *subject) related(a, b lexicon.ConceptID) bool {
	if s.lex.Is(a, b) || s.lex.Is(b, a) {
		return true
	}
	return slices.ContainsFunc([]string{"upper_extremity", "lower_extremity", "spine"}, func(name string) bool {
		whole := s.lex.Lookup(lexicon.Region, name)
		return s.lex.Is(a, whole) && s.lex.Is(b, whole)
	})
}

// regionsOf are the body parts that an exam states, else those of its first code.
func (s *subject) regionsOf(x *coding.Exam) []lexicon.ConceptID {
	regions := s.stated(x, lexicon.Region)
	if p := s.best(x); len(regions) == 0 && p != nil {
		for _, g := range p.Region {
			regions = append(regions, g...)
		}
	}
	return regions
}

// placeRow is the row that says where a code is, the narrowest one.
func (s *subject) placeRow(code string) *lexicon.CodePlace {
	var best *lexicon.CodePlace
	widest := 0
	for i := range s.lex.CodePlaces {
		for _, part := range strings.Fields(s.lex.CodePlaces[i].Codes.Text) {
			if n := narrowness(part, code); n > widest {
				best, widest = &s.lex.CodePlaces[i], n
			}
		}
	}
	return best
}

// partFit tells in whose part of a text of several reports a diagnosis stands.
func (s *subject) partFit(exam int, d *coding.Diagnosis) fit {
	parts, ok := s.partsOfExams()
	switch {
	case !ok && s.headingsOfExams() < 2:
		return native
	case !ok:
		return doubtful
	}
	in := func(at int, p [2]int) bool { return p[0] <= at && at < p[1] }
	other := 0
	for _, e := range d.Evidence {
		if e.Section == titleSection || in(e.Start, parts[exam]) {
			return native
		}
		if slices.ContainsFunc(parts, func(p [2]int) bool { return in(e.Start, p) }) {
			other++
		}
	}
	reason := d.Role == coding.RoleIndication || d.Role == coding.RoleScreening || d.Role == coding.RoleExternal
	if other < len(d.Evidence) || other == 0 || reason && !s.hasSection(parts[exam], nlp.SectionIndication) {
		return doubtful
	}
	return foreign
}

// partsOfExams cuts a text at the headings under which the exams are named. It is false unless each
// exam has a heading of that kind, and each part its own findings or impression.
func (s *subject) partsOfExams() (parts [][2]int, ok bool) {
	var starts []int
	for i := range s.result.Exams {
		at := s.nameAt(&s.result.Exams[i])
		if at < 0 {
			return nil, false
		}
		starts = append(starts, at)
	}
	cuts := slices.Clone(starts)
	slices.Sort(cuts)
	cuts = append(slices.Compact(cuts), len(s.report.Text))
	for _, start := range starts {
		parts = append(parts, [2]int{start, cuts[slices.Index(cuts, start)+1]})
	}
	for _, p := range parts {
		if !s.hasSection(p, nlp.SectionFindings, nlp.SectionImpression) {
			return nil, false
		}
	}
	return parts, len(cuts) > 2
}

// nameAt is where the certain heading stands under which an exam is named; -1 without one.
func (s *subject) nameAt(x *coding.Exam) int {
	for _, f := range x.Facts {
		for _, e := range f.Evidence {
			if e.Section != string(nlp.SectionExam) && e.Section != string(nlp.SectionProcedure) {
				continue
			}
			for _, h := range slices.Backward(s.headings) {
				if h.start <= e.Start && h.certain && h.kind != "" {
					if h.kind != e.Section {
						return -1
					}
					return h.start
				}
			}
			return -1
		}
	}
	return -1
}

func (s *subject) headingsOfExams() int {
	n := 0
	for _, h := range s.headings {
		if h.kind == string(nlp.SectionExam) || h.kind == string(nlp.SectionProcedure) {
			n++
		}
	}
	return n
}

func (s *subject) hasSection(part [2]int, kinds ...nlp.SectionKind) bool {
	return slices.ContainsFunc(s.headings, func(h heading) bool {
		return h.certain && part[0] <= h.start && h.start < part[1] && slices.Contains(kinds, nlp.SectionKind(h.kind))
	})
}
