package coding

import (
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// What a report codes beside, or in place of, the study that its words rank
// first. Names from price lists are left as they are: there every code is charged on
// a line of its own.
func (e *Engine) withProcedures(d *nlp.Document, drafts []draft, date string) []draft {
	if strings.TrimSpace(d.Text) == "" {
		return drafts
	}
	for i := range drafts {
		e.preferGuided(d, &drafts[i], date)
	}
	drafts = e.withBiopsies(d, drafts, date)
	drafts = e.withLevels(drafts, date)
	return e.withBiophysicalProfile(d, drafts, date)
}

// preferGuided puts a procedure in the place of its guidance where its code holds
// the guidance: ultrasound for a paracentesis is part of 49083 (CMS NCCI policy
// manual, chapter 9). So it does where the pictures taken on the way look like a study of their own: "facet
// injections L4-5, interpretation of radiograph". A biopsy of which the report does not say that it was one by core
// stays guidance, and is flagged: by fine needle it has another code.
func (e *Engine) preferGuided(d *nlp.Document, dr *draft, date string) {
	best := e.best(dr)
	biopsy := e.isBiopsied(dr)
	if best == nil || biopsy && !e.isCore(d, dr) {
		return
	}
	q := e.question(&dr.facts)
	top, found := guidedFit{}, -1
	for _, i := range e.instead(&q, best) {
		p := &e.lex.Procedures[i]
		if len(p.Technique) == 0 || !p.InForce(date) {
			continue
		}
		if fit, ok := e.fits(&q, p); ok && fit.better(top) && (!biopsy || fit.regions > 0) {
			top, found = fit, i
		}
	}
	if found < 0 {
		return
	}
	r := dr.ranked[0]
	r.index, r.learned = found, e.wordScore(&dr.facts, found)
	kept := slices.DeleteFunc(slices.Clone(dr.ranked), func(x ranked) bool { return x.index == found })
	dr.ranked = append([]ranked{r}, kept...)
}

// instead lists the procedures, by index, that may stand in the place of the best code: those that hold it where
// it is guidance, and where it is pictures taken on the way, or guidance is named besides, those that hold guidance and name a technique it leaves out.
func (e *Engine) instead(q *question, best *lexicon.Procedure) []int {
	var out []int
	if e.isGuidance(best) {
		for i := range e.lex.Procedures {
			if holds(e.lex, e.lex.Procedures[i].Code, best.Code) {
				out = append(out, i)
			}
		}
		return out
	}
	guidance := e.lex.Lookup(lexicon.Component, "guidance")
	if !slices.Contains(q.sets[lexicon.Component], guidance) && !slices.ContainsFunc(onTheWay, func(name string) bool { return mentionsConcept(best.Modality, e.lex.Lookup(lexicon.Modality, name)) }) {
		return nil
	}
	left := e.unmet(q, best)
	for _, i := range e.guided {
		if slices.ContainsFunc(left, func(id lexicon.ConceptID) bool { return mentionsConcept(e.lex.Procedures[i].Technique, id) }) {
			out = append(out, i)
		}
	}
	return out
}

// onTheWay are the modalities of pictures that are taken while a needle is placed.
var onTheWay = []string{"xr", "fl", "xa"}

// imagingGuidance are the codes of guidance that procedures include: fluoroscopy of a needle and of the spine,
// CT, ultrasound.
var imagingGuidance = []string{"77002", "77003", "77012", "76942"}

// guidedProcedures lists the procedures whose code holds one of them, by index. It is asked for with every film,
// and the same for all.
func guidedProcedures(lex *lexicon.Lexicon) []int {
	var out []int
	for i := range lex.Procedures {
		if slices.ContainsFunc(imagingGuidance, func(code string) bool { return holds(lex, lex.Procedures[i].Code, code) }) {
			out = append(out, i)
		}
	}
	return out
}

// holds reports whether a code holds another, which is never billed beside it then.
func holds(lex *lexicon.Lexicon, code, other string) bool {
	x := lex.Edit(code, other)
	return x != nil && x.Relation.Held
}

// unmet returns the stated techniques that are none of a code's. A code that only tolerates one, and asks for
// more than is stated, leaves it out as well.
func (e *Engine) unmet(q *question, p *lexicon.Procedure) []lexicon.ConceptID {
	stated := q.sets[lexicon.Technique]
	if len(stated) == 0 {
		return nil
	}
	_, fits := e.fits(q, p)
	return slices.DeleteFunc(slices.Clone(stated), func(id lexicon.ConceptID) bool {
		return mentionsConcept(p.Technique, id) || fits && e.tolerates(p, id)
	})
}

// guidedFit says how well a procedure is told: the more techniques and the
// closer the body part, the better.
type guidedFit struct{ techniques, regions int }

func (f guidedFit) better(than guidedFit) bool {
	return f.techniques > than.techniques || f.techniques == than.techniques && f.regions > than.regions
}

// fits asks that everything a procedure needs is stated; a body part may be left
// out, but none may be named that it does not cover.
func (e *Engine) fits(q *question, p *lexicon.Procedure) (f guidedFit, ok bool) {
	for _, axis := range []lexicon.Axis{lexicon.Technique, lexicon.Component} {
		for _, g := range p.Groups(axis) {
			if !slices.ContainsFunc(g, func(want lexicon.ConceptID) bool {
				return slices.ContainsFunc(q.sets[axis], func(have lexicon.ConceptID) bool { return e.lex.Is(have, want) })
			}) {
				return f, false
			}
			f.techniques++
		}
	}
	if len(q.region) == 0 {
		return f, true
	}
	for _, id := range e.compareRegion(nil, q, p) {
		switch id {
		case regionMissing, regionWhole:
			return f, false
		case regionExact:
			f.regions += 3
		case regionPart:
			f.regions += 2
		case regionSmallPart:
			f.regions++
		}
	}
	return f, true
}

// spineLevel is a motion segment: "L4-5", "L4-L5", "L45", "L5S1", "C5/6".
var spineLevel = regexp.MustCompile(`\b([CTL])(\d{1,2})\s*[-–/]?\s*([CTLS]?)(\d{1,2})\b`)

// levels counts the different segments named. "L12" may be one vertebra or two:
// both digits must follow each other.
func levels(text string) int {
	seen := map[string]bool{}
	for _, m := range spineLevel.FindAllStringSubmatch(strings.ToUpper(text), -1) {
		seen[m[1]+m[2]+"-"+m[4]] = true
	}
	return len(seen)
}

// levelTechniques are the concepts of codes for further levels, by the number of
// levels from which on they are billed.
var levelTechniques = []struct {
	concept string
	from    int
}{{"second_level", 2}, {"third_level", 3}}

// withLevels adds the codes for further levels of a spine injection: 64493 for
// three levels brings 64494 and 64495 along.
func (e *Engine) withLevels(drafts []draft, date string) []draft {
	var out []draft
	for _, dr := range drafts {
		out = append(out, dr)
		n := levels(dr.text)
		for _, l := range levelTechniques {
			if i := e.furtherLevel(&dr, l.concept, date); i >= 0 && n >= l.from {
				add := dr
				add.ranked = []ranked{{index: i, score: dr.ranked[0].score, probability: dr.ranked[0].probability, learned: e.wordScore(&dr.facts, i)}}
				out = append(out, add)
			}
		}
	}
	return out
}

// furtherLevel finds the code for a further level of an exam's best code: the
// same technique at the same body part; -1 when there is none.
func (e *Engine) furtherLevel(dr *draft, concept, date string) int {
	best, level := e.best(dr), e.lex.Lookup(lexicon.Technique, concept)
	if best == nil || level == 0 || mentionsConcept(best.Technique, level) || len(best.Technique) != 1 {
		return -1
	}
	for i := range e.lex.Procedures {
		p := &e.lex.Procedures[i]
		if p.InForce(date) && mentionsConcept(p.Technique, level) && mentionsConcept(p.Technique, best.Technique[0][0]) && shareConcept(p.Region, best.Region) {
			return i
		}
	}
	return -1
}

// withBiophysicalProfile adds the profile that the text of an obstetric
// ultrasound reports: it has a code of its own beside the survey.
func (e *Engine) withBiophysicalProfile(d *nlp.Document, drafts []draft, date string) []draft {
	profile := e.lex.Lookup(lexicon.Technique, "biophysical_profile")
	at := slices.IndexFunc(drafts, func(dr draft) bool { return e.isObstetric(&dr.facts) && !dr.facts.Has(profile) })
	if at < 0 || slices.ContainsFunc(drafts, func(dr draft) bool { return dr.facts.Has(profile) }) {
		return drafts
	}
	for _, m := range d.Mentions {
		if m.Problem != nil || m.Axis != lexicon.Technique || m.Concept != profile || !reportsDone[d.Sections[m.Section].Kind] || !m.Assertion.Affirmed() || !givesResult(d, &m) {
			continue
		}
		add := draft{segment: segment{text: m.Span.Of(d.Text), offset: m.Span.Start, section: string(d.Sections[m.Section].Kind)}}
		ev := Evidence{Start: m.Span.Start, End: m.Span.End, Section: add.section, Source: m.Source.String()}
		add.facts.add(lexicon.Modality, e.lex.Lookup(lexicon.Modality, "us"), ev)
		add.facts.add(lexicon.Region, e.lex.Lookup(lexicon.Region, "fetus"), ev)
		add.facts.add(lexicon.Technique, profile, ev)
		if add.ranked = e.rank(&add.facts, date, rankedKept); len(add.ranked) > 0 && mentionsConcept(e.best(&add).Technique, profile) {
			return append(drafts, add)
		}
	}
	return drafts
}

// givesResult asks that the sentence says how something came out, and not only
// that it should be done.
func givesResult(d *nlp.Document, m *nlp.Mention) bool {
	return sentenceHas(d, m, resultWords)
}

var resultWords = lexicon.WordList("result")

// reportsDone are the sections that tell what was done or found.
var reportsDone = map[nlp.SectionKind]bool{
	nlp.SectionBody: true, nlp.SectionTechnique: true, nlp.SectionFindings: true, nlp.SectionImpression: true, nlp.SectionProcedure: true,
}
