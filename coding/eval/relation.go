package eval

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// Relation says how a wrong code is related to the right one: what a coder would
// have to correct. The first row that holds names the pair, so rows go from
// nearly right to unrelated.
type Relation struct {
	Name, Doc string
	System    string  // lexicon.CPT (HCPCS as well) or lexicon.ICD10CM
	Credit    float64 // what the pair is worth where partial credit is given
	Holds     func(b *Codebook, gold, predicted string) bool
}

// Relations in order. Missed and extra codes that no pair explains are "missed"
// and "extra".
func Relations() []Relation { return relations }

// Names of what is left without a partner.
const (
	relationMissed = "missed"
	relationExtra  = "extra"
)

var relations = []Relation{
	{"contrast", "right study, other contrast state", lexicon.CPT, 0.5, onlyDiffers("contrast")},
	{"views", "right study, other number of views", lexicon.CPT, 0.5, onlyDiffers("views")},
	{"side", "right study, one side instead of both or the reverse", lexicon.CPT, 0.5, onlyDiffers("side")},
	{"extent", "right study, limited instead of complete or the reverse", lexicon.CPT, 0.5, onlyDiffers("extent")},
	{"intent", "right study, screening instead of diagnostic or the reverse", lexicon.CPT, 0.5, onlyDiffers("intent")},
	{"component", "right study, another component of it: add-on, further vessel, supervision", lexicon.CPT, 0.5, onlyDiffers("component")},
	{"technique", "right study, other technique", lexicon.CPT, 0.25, onlyDiffers("technique")},
	{"details", "right modality and body part, several details wrong", lexicon.CPT, 0.25, sameStudy},
	{"region", "right modality, other body part", lexicon.CPT, 0, meetOn(lexicon.Modality)},
	{"modality", "right body part, other modality", lexicon.CPT, 0, meetOn(lexicon.Region)},
	{"study", "another study", lexicon.CPT, 0, always},
	{"side", "right diagnosis, other or no side", lexicon.ICD10CM, 0.5, differsInSide},
	{"encounter", "right diagnosis, other encounter", lexicon.ICD10CM, 0.5, differsInEncounter},
	{"specificity", "one code is the other said with more or less detail", lexicon.ICD10CM, 0.5, saysMoreOrLess},
	{"category", "same three-character category", lexicon.ICD10CM, 0.25, func(_ *Codebook, g, p string) bool { return Category(g) == Category(p) }},
}

// Relate names the relation of two codes of a system (lexicon.CPT, HCPCS as well, or
// lexicon.ICD10CM); ok is false when the two have nothing to do with each other. Two
// procedures always have one, "study" at the last.
func (b *Codebook) Relate(system, gold, predicted string) (Relation, bool) {
	for _, r := range relations {
		if r.System == system && r.Holds(b, gold, predicted) {
			return r, true
		}
	}
	return Relation{}, false
}

func always(*Codebook, string, string) bool { return true }

// onlyDiffers holds when the rows of two procedure codes are of one study and
// equal but for one axis. Beside the number of views the extent may differ: a complete film
// is one of more views.
func onlyDiffers(axis string) func(*Codebook, string, string) bool {
	return func(b *Codebook, gold, predicted string) bool {
		if !sameStudy(b, gold, predicted) {
			return false
		}
		g, p := b.lex.Procedure(gold), b.lex.Procedure(predicted)
		for _, a := range detailAxes {
			if a.name == "extent" && axis == "views" {
				continue
			}
			if equal := a.of(b, g) == a.of(b, p); equal == (a.name == axis) {
				return false
			}
		}
		return true
	}
}

// detailAxes are what distinguishes the codes of one study.
var detailAxes = []struct {
	name string
	of   func(*Codebook, *lexicon.Procedure) string
}{
	{"contrast", func(_ *Codebook, p *lexicon.Procedure) string { return p.Contrast }},
	{"views", func(_ *Codebook, p *lexicon.Procedure) string {
		return fmt.Sprint(p.ViewsMin, "-", p.ViewsMax)
	}},
	{"side", func(_ *Codebook, p *lexicon.Procedure) string { return p.Side }},
	{"extent", func(b *Codebook, p *lexicon.Procedure) string { return b.groups(p.Extent) }},
	{"intent", func(b *Codebook, p *lexicon.Procedure) string { return b.groups(p.Intent) }},
	{"component", func(b *Codebook, p *lexicon.Procedure) string { return b.groups(p.Component) }},
	{"technique", func(b *Codebook, p *lexicon.Procedure) string { return b.groups(p.Technique) }},
}

// sameStudy holds for two codes of one modality and body part.
func sameStudy(b *Codebook, gold, predicted string) bool {
	return b.lex.Procedure(gold) != nil && b.lex.Procedure(predicted) != nil && b.Family(gold) == b.Family(predicted)
}

// meetOn holds for two codes that have a concept of an axis in common.
func meetOn(axis lexicon.Axis) func(*Codebook, string, string) bool {
	return func(b *Codebook, gold, predicted string) bool {
		g, p := b.lex.Procedure(gold), b.lex.Procedure(predicted)
		if g == nil || p == nil {
			return false
		}
		has := slices.Concat(p.Groups(axis)...)
		return slices.ContainsFunc(slices.Concat(g.Groups(axis)...), func(c lexicon.ConceptID) bool { return slices.Contains(has, c) })
	}
}

// siblings returns the forms of two diagnosis codes that one row of the lexicon
// produces.
func (b *Codebook) siblings(gold, predicted string) (g, p diagnosisForm, ok bool) {
	g, known := b.diagnoses[bare(gold)]
	p, both := b.diagnoses[bare(predicted)]
	return g, p, known && both && g.row == p.row
}

func differsInSide(b *Codebook, gold, predicted string) bool {
	g, p, ok := b.siblings(gold, predicted)
	return ok && g.side != p.side && g.encounter == p.encounter && g.rest == p.rest
}

func differsInEncounter(b *Codebook, gold, predicted string) bool {
	g, p, ok := b.siblings(gold, predicted)
	return ok && g.encounter != p.encounter && g.side == p.side && g.rest == p.rest
}

func saysMoreOrLess(b *Codebook, gold, predicted string) bool {
	_, _, siblings := b.siblings(gold, predicted)
	g, p := bare(gold), bare(predicted)
	return siblings || strings.HasPrefix(g, p) || strings.HasPrefix(p, g)
}
