package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// modifierRule adds one modifier to an exam's line when it applies.
type modifierRule struct {
	Code, Reason, Source string
	Applies              func(s *study, dr *draft, p *lexicon.Procedure) (evidence []Evidence, ok bool)
}

// modifierRules in the order in which modifiers stand on a line: what changes
// payment first, then the side.
var modifierRules = []modifierRule{
	{"26", "professional component: the interpretation is billed apart from the equipment", "CMS Claims Processing Manual ch. 13 s. 20", func(s *study, _ *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		c := s.doc.Report.Meta.Component
		return nil, c == "professional" || c == "" && facilitySetting[s.doc.Report.Meta.PlaceOfService]
	}},
	{"TC", "technical component: the equipment is billed apart from the interpretation", "CMS Claims Processing Manual ch. 13 s. 20", func(s *study, _ *draft, _ *lexicon.Procedure) ([]Evidence, bool) {
		return nil, s.doc.Report.Meta.Component == "technical"
	}},
	{"50", "both sides were examined and the code is for one", "CMS bilateral indicator 1 or 3", func(_ *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		return dr.facts.SideAt, dr.facts.Side == nlp.Bilateral && p.Side == "uni" && (p.Bilateral == "1" || p.Bilateral == "3")
	}},
	{"RT", "the right side was examined", "CPT appendix A; HCPCS", func(_ *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		return dr.facts.SideAt, dr.facts.Side == nlp.Right && p.Side == "uni"
	}},
	{"LT", "the left side was examined", "CPT appendix A; HCPCS", func(_ *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		return dr.facts.SideAt, dr.facts.Side == nlp.Left && p.Side == "uni"
	}},
}

// facilitySetting are the CMS places of service whose equipment belongs to a
// hospital: the radiologist bills the reading only.
var facilitySetting = map[string]bool{"19": true, "21": true, "22": true, "23": true}

// modifiers returns the modifiers of an exam's first code.
func (e *Engine) modifiers(s *study, dr *draft) []Modifier {
	out := []Modifier{}
	if len(dr.ranked) == 0 {
		return out
	}
	p := &e.lex.Procedures[dr.ranked[0].index]
	for _, r := range modifierRules {
		if at, ok := r.Applies(s, dr, p); ok {
			if at == nil {
				at = []Evidence{}
			}
			out = append(out, Modifier{r.Code, r.Reason, at})
		}
	}
	return out
}
