package coding

import (
	"fmt"

	"github.com/radcode/radcode/lexicon"
)

// comparison is one axis on which what is stated is held against a code. Codes
// whose part is the same get the same features, and most questions state one thing or nothing on an
// axis: tally keeps the sums of both.
type comparison struct {
	Name, Doc string
	compare   func(e *Engine, dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID

	// part prints all that compare reads of a code.
	part func(p *lexicon.Procedure) string
	// stated numbers what compare reads of a question, 0 for silence; ok is false
	// for a question that has no number below size.
	stated func(q *question) (number int, ok bool)
	size   func(lex *lexicon.Lexicon) int
	// concepts is what compare reads of a question when it is a list; nil else.
	concepts func(q *question) []lexicon.ConceptID
}

// comparisons are in the order in which the features of a code are listed.
var comparisons = []comparison{
	{
		Name: "modality", Doc: "the way the pictures were made",
		compare: func(e *Engine, dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
			return appendIf(dst, e.compareModality(q, p))
		},
		part:   func(p *lexicon.Procedure) string { return fmt.Sprint(p.Modality, p.Tolerated) },
		stated: func(q *question) (int, bool) { return single(q.modality) },
		size:   numConcepts, concepts: func(q *question) []lexicon.ConceptID { return q.modality },
	},
	{
		Name: "region", Doc: "the body parts",
		compare: (*Engine).compareRegion,
		part:    func(p *lexicon.Procedure) string { return fmt.Sprint(p.Region, p.Tolerated) },
		stated:  func(q *question) (int, bool) { return single(q.region) },
		size:    numConcepts, concepts: func(q *question) []lexicon.ConceptID { return q.region },
	},
	{
		Name: "views", Doc: "the number of projections",
		compare: func(_ *Engine, dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
			dst = appendIf(dst, compareViews(q.facts.Views, p))
			return appendIf(dst, refineViews(q.facts.Views, p))
		},
		part:   func(p *lexicon.Procedure) string { return fmt.Sprint(p.ViewsMin, p.ViewsMax) },
		stated: func(q *question) (int, bool) { return viewsNumber(q.facts.Views) },
		size:   func(*lexicon.Lexicon) int { return (maxViews + 1) * (maxViews + 1) },
	},
	{
		Name: "contrast", Doc: "with, without or both",
		compare: func(_ *Engine, dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
			return appendIf(dst, compareContrast(q.facts.Contrast, p.Contrast))
		},
		part:   func(p *lexicon.Procedure) string { return p.Contrast },
		stated: func(q *question) (int, bool) { return contrastIndex(q.facts.Contrast), true },
		size:   func(*lexicon.Lexicon) int { return len(contrastFeatures) },
	},
	{
		Name: "side", Doc: "left, right or both",
		compare: func(_ *Engine, dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
			return appendIf(dst, compareSide(q.facts, p.Side))
		},
		part:   func(p *lexicon.Procedure) string { return p.Side },
		stated: func(q *question) (int, bool) { return sideNumber(q.facts), int(q.facts.Side) < numSides },
		size:   func(*lexicon.Lexicon) int { return 2 * numSides },
	},
	techniqueComparison(),
	setComparison(lexicon.Extent, "how much of it"),
	setComparison(lexicon.Intent, "what for"),
	setComparison(lexicon.Component, "which part of the service"),
	setComparison(lexicon.Age, "for patients of which age"),
}

// techniqueComparison compares how it was done.
func techniqueComparison() comparison {
	c := setComparison(lexicon.Technique, "how it was done")
	c.compare = (*Engine).compareTechnique
	return c
}

// setComparison compares an axis concept by concept.
func setComparison(axis lexicon.Axis, doc string) comparison {
	return comparison{
		Name: axis.String(), Doc: doc,
		compare: func(e *Engine, dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
			return e.compareSet(dst, q.sets[axis], p.Groups(axis), p)
		},
		part:   func(p *lexicon.Procedure) string { return fmt.Sprint(p.Groups(axis), p.Tolerated) },
		stated: func(q *question) (int, bool) { return single(q.sets[axis]) },
		size:   numConcepts, concepts: func(q *question) []lexicon.ConceptID { return q.sets[axis] },
	}
}

func numConcepts(lex *lexicon.Lexicon) int { return len(lex.Concepts()) }

// single numbers a list of at most one concept.
func single(ids []lexicon.ConceptID) (int, bool) {
	switch len(ids) {
	case 0:
		return 0, true
	case 1:
		return int(ids[0]), true
	}
	return 0, false
}

// maxViews is the largest number of views whose comparison is kept; nobody
// takes more of one body part.
const maxViews = 20

func viewsNumber(v Views) (int, bool) {
	if !v.Stated() {
		return 0, true
	}
	return v.Min*(maxViews+1) + v.Max, v.Min <= maxViews && v.Max <= maxViews
}

// sideNumber numbers a side, and whether a name says that it is one of the two.
func sideNumber(f *Facts) int {
	n := 2 * int(f.Side)
	if f.OneSided {
		n++
	}
	return n
}

// numSides is the number of values of nlp.Side.
const numSides = 4
