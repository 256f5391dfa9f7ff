package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// modifierRule adds one modifier to an exam's line when it applies. A modifier
// that the code forbids never does.
type modifierRule struct {
	Code, Reason, Source string
	Applies              func(e *Engine, s *study, dr *draft, p *lexicon.Procedure) (evidence []Evidence, ok bool)
}

// modifierRules in the order in which modifiers stand on a line: what changes
// payment first, then the side.
var modifierRules = []modifierRule{
	{"26", "professional component: the interpretation is billed apart from the equipment", "CMS Claims Processing Manual ch. 13 s. 20", func(e *Engine, s *study, _ *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		c := s.doc.Report.Meta.Component
		return nil, e.lex.SplitsComponents(p.Code) && (c == "professional" || c == "" && facilitySetting[s.doc.Report.Meta.PlaceOfService])
	}},
	{"TC", "technical component: the equipment is billed apart from the interpretation", "CMS Claims Processing Manual ch. 13 s. 20", func(e *Engine, s *study, _ *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		return nil, e.lex.SplitsComponents(p.Code) && s.doc.Report.Meta.Component == "technical"
	}},
	{"50", "both sides were examined and the code is for one", "CMS bilateral indicator 1 or 3", func(_ *Engine, _ *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		return dr.facts.SideAt, dr.facts.Side == nlp.Bilateral && p.Side == "uni" && (p.Bilateral == "1" || p.Bilateral == "3")
	}},
	{"53", "the study was given up for the patient's sake", "CPT appendix A", func(_ *Engine, s *study, dr *draft, _ *lexicon.Procedure) ([]Evidence, bool) {
		return s.saysOf(discontinuedPhrases)
	}},
	{"52", "less was done than the code describes", "CPT appendix A", func(e *Engine, s *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		_, given := s.saysOf(discontinuedPhrases)
		if e.hasFewerViews(s, dr, p) {
			return dr.facts.Views.Evidence, !given
		}
		at, reduced := s.saysOf(reducedPhrases)
		if !reduced {
			return nil, false
		}
		_, fewer := e.onlyView(s.doc) // then the code for fewer views says it
		return at, !given && !fewer
	}},
	{"76", "the same study was repeated the same day by the same physician", "CPT appendix A", func(_ *Engine, s *study, dr *draft, _ *lexicon.Procedure) ([]Evidence, bool) {
		if dr.repeatedAt == nil {
			return nil, false
		}
		_, other := s.find(otherReaderPhrases)
		return dr.repeatedAt, !other
	}},
	{"77", "the same study was repeated the same day by another physician", "CPT appendix A", func(_ *Engine, s *study, dr *draft, _ *lexicon.Procedure) ([]Evidence, bool) {
		if dr.repeatedAt == nil {
			return nil, false
		}
		at, other := s.find(otherReaderPhrases)
		return append(slices.Clone(dr.repeatedAt), at...), other
	}},
	{"GH", "a screening mammogram became a diagnostic one the same day", "CMS Claims Processing Manual ch. 18 s. 20", func(e *Engine, s *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		if !e.isMammogram(p, "diagnostic") {
			return nil, false
		}
		return s.saysOf(convertedPhrases)
	}},
	{"GG", "screening and diagnostic mammogram of one patient the same day", "CMS Claims Processing Manual ch. 18 s. 20", func(e *Engine, s *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		if !e.isMammogram(p, "diagnostic") {
			return nil, false
		}
		both := slices.ContainsFunc(s.exams, func(x draft) bool { q := e.best(&x); return q != nil && e.isMammogram(q, "screening") })
		_, converted := s.saysOf(convertedPhrases)
		return nil, both && !converted
	}},
	separateRule("XE", "a service of another encounter of the same day"),
	separateRule("XS", "a service of another organ or structure"),
	separateRule("XP", "a service of another physician"),
	separateRule("XU", "a service that does not overlap the usual parts of the other"),
	separateRule("59", "a separate service that the other code else includes"),
	{"RT", "the right side was examined", "CPT appendix A; HCPCS", func(_ *Engine, _ *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		return dr.facts.SideAt, dr.facts.Side == nlp.Right && p.Side == "uni"
	}},
	{"LT", "the left side was examined", "CPT appendix A; HCPCS", func(_ *Engine, _ *study, dr *draft, p *lexicon.Procedure) ([]Evidence, bool) {
		return dr.facts.SideAt, dr.facts.Side == nlp.Left && p.Side == "uni"
	}},
}

// separateRule is for a service that counts beside another one whose code includes
// it. A code that needs none of these modifiers gets none.
func separateRule(code, reason string) modifierRule {
	return modifierRule{code, reason, "CMS NCCI policy manual ch. 1 E", func(e *Engine, s *study, dr *draft, _ *lexicon.Procedure) ([]Evidence, bool) {
		if dr.separate == nil || e.distinct(s, dr.separate) != code {
			return nil, false
		}
		return dr.separate.at, true
	}}
}

// facilitySetting are the CMS places of service whose equipment belongs to a
// hospital: the radiologist bills the reading only.
var facilitySetting = map[string]bool{"19": true, "21": true, "22": true, "23": true}

// Phrases that say how far a study got, and who read it.
var (
	discontinuedPhrases = phrasesOf(lexicon.Phrases("discontinued"))
	reducedPhrases      = phrasesOf(lexicon.Phrases("reduced"))
	convertedPhrases    = phrasesOf(lexicon.Phrases("converted"))
	otherReaderPhrases  = phrasesOf(lexicon.Phrases("other_reader"))
)

// modifiers returns the modifiers of an exam's first code.
func (e *Engine) modifiers(s *study, dr *draft) []Modifier {
	out := []Modifier{}
	if len(dr.ranked) == 0 {
		return out
	}
	p := &e.lex.Procedures[dr.ranked[0].index]
	for _, r := range modifierRules {
		if at, ok := r.Applies(e, s, dr, p); ok {
			if at == nil {
				at = []Evidence{}
			}
			out = append(out, Modifier{r.Code, r.Reason, at})
		}
	}
	return out
}

// hasFewerViews reports whether a film of a limb has fewer views than any code for
// that part of it: one view of a wrist, where 73100 is two.
func (e *Engine) hasFewerViews(s *study, dr *draft, p *lexicon.Procedure) bool {
	film, v := e.lex.Lookup(lexicon.Modality, "xr"), dr.facts.Views
	if v.Max == 0 || v.Max >= p.ViewsMin || p.Side != "uni" || !mentionsConcept(p.Modality, film) || !e.isLimb(p) {
		return false
	}
	return !slices.ContainsFunc(e.lex.Procedures, func(x lexicon.Procedure) bool {
		return x.ViewsMin < p.ViewsMin && x.InForce(s.date) && mentionsConcept(x.Modality, film) && shareConcept(x.Region, p.Region) && x.ViewsMin > 0
	})
}

func (e *Engine) isLimb(p *lexicon.Procedure) bool {
	arm, leg := e.lex.Lookup(lexicon.Region, "upper_extremity"), e.lex.Lookup(lexicon.Region, "lower_extremity")
	return len(p.Region) > 0 && !slices.ContainsFunc(p.Region[0], func(r lexicon.ConceptID) bool { return !e.lex.Is(r, arm) && !e.lex.Is(r, leg) })
}

// isMammogram reports whether a code is a mammogram with that intent.
func (e *Engine) isMammogram(p *lexicon.Procedure, intent string) bool {
	return mentionsConcept(p.Modality, e.lex.Lookup(lexicon.Modality, "mg")) && mentionsConcept(p.Intent, e.lex.Lookup(lexicon.Intent, intent))
}

// saysOf finds a phrase about how an exam went. In a report of several exams it
// would be guesswork which one is meant.
func (s *study) saysOf(phrases []phrase) ([]Evidence, bool) {
	if len(s.exams) != 1 {
		return nil, false
	}
	return s.find(phrases)
}

// find looks for a phrase where a report tells what was done. Hardly any report
// holds one, so phrases with a word that stands nowhere are left out first.
func (s *study) find(phrases []phrase) ([]Evidence, bool) {
	var possible []phrase
	for _, p := range phrases {
		if !slices.ContainsFunc(p, func(word string) bool { return !strings.Contains(s.lowerText(), word) }) {
			possible = append(possible, p)
		}
	}
	if len(possible) == 0 {
		return nil, false
	}
	for _, sent := range s.doc.Sentences {
		section := s.doc.Sections[sent.Section]
		if !reportsDone[section.Kind] && section.Kind != nlp.SectionExam && section.Kind != nlp.SectionAddendum {
			continue
		}
		for _, p := range possible {
			if containsPhrase(s.doc, sent.First, sent.Last, p) {
				return []Evidence{{Start: s.doc.Tokens[sent.First].Start, End: s.doc.Tokens[sent.Last-1].End, Section: string(section.Kind)}}, true
			}
		}
	}
	return nil, false
}
