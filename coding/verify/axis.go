package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// claimOfScore is what a named part of a code's score says about exam and code.
type claimOfScore struct {
	name  string
	holds func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool
}

// scoreClaims are the parts that a row of the tables can bear out. Weights are
// the engine's; what they are for can be looked up.
var scoreClaims = []claimOfScore{
	{"modality:agree", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool { return s.shares(x, lexicon.Modality, p) }},
	{"modality:conflict", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return len(s.stated(x, lexicon.Modality)) > 0 && len(p.Modality) > 0 && !s.shares(x, lexicon.Modality, p)
	}},
	{"modality:silent", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return len(s.stated(x, lexicon.Modality)) == 0 && len(p.Modality) > 0 && !s.isFilm(p)
	}},
	{"modality:silent_plain", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return len(s.stated(x, lexicon.Modality)) == 0 && s.isFilm(p)
	}},
	{"modality:none", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool { return len(p.Modality) == 0 }},
	{"region:exact", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool { return s.sharesRegion(x, p) }},
	{"region:silent", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return len(s.stated(x, lexicon.Region)) == 0 && len(p.Region) > 0
	}},
	{"region:none", func(s *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return len(s.stated(x, lexicon.Region)) > 0 && len(p.Region) == 0
	}},
	{"views:equal", views(func(lo, hi, least, most int) bool { return lo == least && hi == most })},
	{"views:within", views(func(lo, hi, least, most int) bool { return lo >= least && (most == 0 || hi > 0 && hi <= most) })},
	{"views:conflict", views(func(lo, hi, least, most int) bool { return most > 0 && lo > most || hi > 0 && hi < least })},
	{"views:silent_low", func(_ *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return factNamed(x, viewsFact) == "" && p.ViewsMin > 0
	}},
	{"views:silent", func(_ *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return factNamed(x, viewsFact) == "" && p.ViewsMin > 0
	}},
	{"views:none", func(_ *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return factNamed(x, viewsFact) != "" && p.ViewsMin == 0
	}},
	{"contrast:none", contrast("")},
	{"contrast:any", contrast("any")},
	{"contrast:agree", contrast("with", "without", "without_with", "with+")},
	{"contrast:silent_without", contrast("without")},
	{"contrast:silent_with", contrast("with", "with+")},
	{"contrast:silent_without_with", contrast("without_with")},
	{"contrast:with/without", contrast("without")},
	{"contrast:with/without_with", contrast("without_with")},
	{"contrast:without/with", contrast("with", "with+")},
	{"contrast:without/without_with", contrast("without_with")},
	{"contrast:without_with/without", contrast("without")},
	{"contrast:without_with/with", contrast("with")},
	{"side:bilateral/bi", side("bi", "bilateral")},
	{"side:bilateral/uni", side("uni", "bilateral")},
	{"side:bilateral/none", side("", "bilateral")},
	{"side:one/bi", side("bi", "right", "left", "")},
	{"side:one/uni", side("uni", "right", "left", "")},
	{"side:one/none", side("", "right", "left", "")},
	{"side:silent/bi", side("bi", "")},
}

// views compares the views of the exam with those of the code.
func views(holds func(lo, hi, least, most int) bool) func(*subject, *coding.Exam, *lexicon.Procedure) bool {
	return func(_ *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		lo, hi, ok := viewsOf(factNamed(x, viewsFact))
		return ok && p.ViewsMin > 0 && holds(lo, hi, p.ViewsMin, p.ViewsMax)
	}
}

// contrast asks for one of the states in the code's row.
func contrast(states ...string) func(*subject, *coding.Exam, *lexicon.Procedure) bool {
	return func(_ *subject, _ *coding.Exam, p *lexicon.Procedure) bool {
		return slices.Contains(states, p.Contrast)
	}
}

// side asks for the side of the code's row, and one of the sides stated.
func side(code string, stated ...string) func(*subject, *coding.Exam, *lexicon.Procedure) bool {
	return func(_ *subject, x *coding.Exam, p *lexicon.Procedure) bool {
		return p.Side == code && slices.Contains(stated, factNamed(x, lateralityFact))
	}
}

func (s *subject) isFilm(p *lexicon.Procedure) bool {
	return len(p.Modality) > 0 && s.lex.Concept(p.Modality[0][0]).Name == "xr"
}

func (s *subject) shares(x *coding.Exam, axis lexicon.Axis, p *lexicon.Procedure) bool {
	stated := s.stated(x, axis)
	return slices.ContainsFunc(p.Groups(axis), func(g lexicon.Group) bool {
		return slices.ContainsFunc(g, func(id lexicon.ConceptID) bool { return slices.Contains(stated, id) })
	})
}

// sharesRegion also takes the joint or other part of a limb for the limb with
// that part: "lower extremity" and "joint" stand apart in names.
func (s *subject) sharesRegion(x *coding.Exam, p *lexicon.Procedure) bool {
	if s.shares(x, lexicon.Region, p) {
		return true
	}
	for _, g := range p.Region {
		for _, id := range g {
			limb := s.lex.Concept(id).Name
			for _, part := range []string{"_joint", "_nonjoint"} {
				if base, ok := strings.CutSuffix(limb, part); ok && slices.Contains(s.stated(x, lexicon.Region), s.lex.Lookup(lexicon.Region, base)) {
					return true
				}
			}
		}
	}
	return false
}

// checkAxes holds the named parts of every code's score against its row.
func (s *subject) checkAxes() {
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		for k, c := range x.Procedures {
			p := s.lex.Procedure(c.Code)
			if p == nil {
				continue
			}
			path := fmt.Sprintf("exams[%d].procedures[%d]", i, k)
			for _, f := range c.Why {
				if !s.bearsOut(x, p, f.Name) {
					s.fail(path, "%s is not true of %s", f.Name, c.Code)
				}
			}
		}
	}
}

func (s *subject) bearsOut(x *coding.Exam, p *lexicon.Procedure, feature string) bool {
	for _, c := range scoreClaims {
		if c.name == feature {
			return c.holds(s, x, p)
		}
	}
	relation, rest, _ := strings.Cut(feature, ":")
	name, concept, ok := strings.Cut(rest, ":")
	axis, known := lexicon.ParseAxis(name)
	if !ok || !known || relation != "hit" && relation != "miss" && relation != "extra" {
		return true // a weight of the engine that says nothing of the row
	}
	id := s.lex.Lookup(axis, concept)
	asked := slices.ContainsFunc(p.Groups(axis), func(g lexicon.Group) bool { return slices.Contains(g, id) })
	stated := slices.ContainsFunc(s.stated(x, axis), func(c lexicon.ConceptID) bool { return s.lex.Is(c, id) })
	switch relation {
	case "hit":
		return asked && stated
	case "miss":
		return asked
	}
	return stated
}
