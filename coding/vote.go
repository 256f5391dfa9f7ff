package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// tissueRegions are body parts by kind, not by place: they say nothing about
// where the pictures were taken.
var tissueRegions = lexicon.WordList("tissue_regions")

// vesselVotes is how many mentions of arteries or veins make an ultrasound a
// vascular one.
const vesselVotes = 3

// votedRegion finds what was examined from what is described: of the body
// parts that codes of the modality name, the one with most mentions; then down to a part of it
// that holds at least a third of them.
func (e *Engine) votedRegion(d *nlp.Document, modality []lexicon.ConceptID) []Fact {
	if len(modality) == 0 {
		return nil
	}
	votes := e.regionVotes(d, modality[0])
	best := lexicon.ConceptID(0)
	for _, r := range e.codeable[modality[0]] {
		if !tissueRegions[e.lex.Concept(r).Name] && votes[r] > votes[best] {
			best = r
		}
	}
	for part := best; part != 0; {
		part = 0
		for _, r := range e.codeable[modality[0]] {
			if r != best && e.lex.Is(r, best) && votes[r]*3 >= votes[best] && votes[r] > votes[part] {
				part = r
			}
		}
		if part != 0 {
			best = part
		}
	}
	var out []Fact
	if best != 0 {
		out = append(out, e.regionFact(d, best))
	}
	if e.lex.Concept(modality[0]).Name == "us" {
		for _, name := range []string{"artery", "vein"} {
			if v := e.lex.Lookup(lexicon.Region, name); votes[v] >= vesselVotes && !e.lex.Is(best, v) {
				return append(out, e.regionFact(d, v))
			}
		}
	}
	return out
}

// regionVotes counts, for every body part that codes of the modality name, the
// mentions of it and its parts.
func (e *Engine) regionVotes(d *nlp.Document, modality lexicon.ConceptID) map[lexicon.ConceptID]int {
	votes := map[lexicon.ConceptID]int{}
	for _, m := range d.Mentions {
		if m.Axis != lexicon.Region || m.Problem != nil || !describes(d.Sections[m.Section].Kind) || e.ofOtherStudy(d, &m) {
			continue
		}
		for _, r := range e.codeable[modality] {
			if e.lex.Is(m.Concept, r) {
				votes[r]++
			}
		}
	}
	return votes
}

// ofOtherStudy reports a body part that a study is named with which is not the
// one reported: "CT of the abdomen is recommended".
func (e *Engine) ofOtherStudy(d *nlp.Document, m *nlp.Mention) bool {
	for _, o := range d.InSentence(m.Sentence) {
		if o.Axis == lexicon.Modality && o.Layer == nlp.PictureLayer && o.First <= m.First && m.First-o.Last <= regionGap &&
			!e.performed(d, o, d.Sections[m.Section].Kind == nlp.SectionTechnique) {
			return true
		}
	}
	return false
}

func describes(kind nlp.SectionKind) bool {
	return kind != nlp.SectionComparison && kind != nlp.SectionRecommendation && kind != nlp.SectionHeader && kind != nlp.SectionSignature
}

// regionFact is a body part with its first mention as evidence.
func (e *Engine) regionFact(d *nlp.Document, region lexicon.ConceptID) Fact {
	f := Fact{Axis: lexicon.Region, Concept: region}
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Region && m.Problem == nil && e.lex.Is(m.Concept, region) && describes(d.Sections[m.Section].Kind) {
			f.Evidence = []Evidence{e.evidence(d, m)}
			break
		}
	}
	return f
}

// codeableRegions lists, per modality, the body parts its codes name, by id.
func codeableRegions(lex *lexicon.Lexicon) map[lexicon.ConceptID][]lexicon.ConceptID {
	out := map[lexicon.ConceptID][]lexicon.ConceptID{}
	for i := range lex.Procedures {
		p := &lex.Procedures[i]
		for _, mg := range p.Modality {
			for _, m := range mg {
				for _, rg := range p.Region {
					for _, r := range rg {
						if !slices.Contains(out[m], r) {
							out[m] = append(out[m], r)
						}
					}
				}
			}
		}
	}
	return out
}

// describedSide is the side on which the exam's body part, when there is a right
// and a left one, is described: both when both are.
func (e *Engine) describedSide(d *nlp.Document, f *Facts) (nlp.Side, []Evidence) {
	side := nlp.Unstated
	var at []Evidence
	for _, m := range d.Mentions {
		if m.Axis != lexicon.Region || m.Side == nlp.Unstated || !describes(d.Sections[m.Section].Kind) || !e.belongsTo(m.Concept, f) {
			continue
		}
		switch {
		case side == nlp.Unstated:
			side = m.Side
		case side != m.Side:
			side = nlp.Bilateral
		default:
			continue
		}
		at = append(at, e.sideEvidence(d, m))
	}
	return side, at
}

func (e *Engine) belongsTo(region lexicon.ConceptID, f *Facts) bool {
	for _, r := range f.Of(lexicon.Region) {
		if e.lex.Concept(r).Paired && e.lex.Is(region, r) {
			return true
		}
	}
	return false
}
