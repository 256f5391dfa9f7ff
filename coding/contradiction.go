package coding

import (
	"fmt"
	"math"

	"github.com/radcode/radcode/lexicon"
)

// contradictions is the set of axes on which a code says otherwise than what is stated.
type contradictions uint8

const (
	contrastContradicted contradictions = 1 << iota
	bothSidesForOne
	oneSideForBoth
	viewsContradicted
)

// contradicting names the comparison features that are contradictions of a statement; all others only make a
// code more or less likely.
var contradicting = [numAxisFeatures]contradictions{
	contrastWithVsWithout: contrastContradicted, contrastWithVsBoth: contrastContradicted,
	contrastWithoutVsWith: contrastContradicted, contrastWithoutVsBoth: contrastContradicted,
	contrastBothVsWithout: contrastContradicted, contrastBothVsWith: contrastContradicted,
	sideOneBi: bothSidesForOne, sideBothUni: oneSideForBoth,
	viewsConflict: viewsContradicted,
}

func contradictionsOf(f *Facts, p *lexicon.Procedure) contradictions {
	return compareContrast(f.Contrast, p.Contrast).contradictions() | compareSide(f, p.Side).contradictions() |
		compareViews(f.Views, p).contradictions()
}

// contradictions are those that a feature tells of: none for noFeature and the features of concepts.
func (id FeatureID) contradictions() contradictions {
	if id >= numAxisFeatures {
		return 0
	}
	return contradicting[id]
}

// strictlyWithin reports whether c holds less than d and nothing that d does not hold.
func (c contradictions) strictlyWithin(d contradictions) bool { return c != d && c&^d == 0 }

// contradictionGap is how far below a sibling that contradicts less a code is put at least, in units of the score.
const contradictionGap = 1.0

// obeyStatements keeps what was learned from overriding what is stated: a code that contradicts stated contrast,
// side or views scores below every sibling, a code for the same study, that contradicts less. A code without
// such a sibling keeps its score: "one view" of a part that has no code for one is still an examination of that part.
// It returns what was taken from scores, by procedure index. Only codes in ranked are looked at; a code that contradicts
// and is not among the best anyway needs no rule.
func (e *Engine) obeyStatements(scores []float64, ranked []ranked, f *Facts) map[int]float64 {
	if f.Contrast == "" && !f.Views.Stated() && f.Side == 0 && !f.OneSided {
		return nil
	}
	var taken map[int]float64
	for _, r := range ranked {
		c := contradictionsOf(f, &e.lex.Procedures[r.index])
		if c == 0 {
			continue
		}
		best := math.Inf(-1)
		for _, i := range e.ranker.layout.siblings[r.index] {
			if contradictionsOf(f, &e.lex.Procedures[i]).strictlyWithin(c) {
				best = math.Max(best, scores[i])
			}
		}
		over := scores[r.index] - (best - contradictionGap)
		if over <= 0 || math.IsInf(over, 1) {
			continue
		}
		if taken == nil {
			taken = map[int]float64{}
		}
		taken[r.index] = over
		scores[r.index] -= over
	}
	return taken
}

// siblingsOf lists for every code the other codes for the same study: of the same code system, and with the same
// modality, body part, technique, intent and component. They differ in contrast, side, views, extent or age.
func siblingsOf(lex *lexicon.Lexicon) [][]int {
	alike := map[string][]int{}
	key := func(p *lexicon.Procedure) string {
		return fmt.Sprint(p.System, p.Modality, p.Region, p.Technique, p.Intent, p.Component)
	}
	for i := range lex.Procedures {
		k := key(&lex.Procedures[i])
		alike[k] = append(alike[k], i)
	}
	out := make([][]int, len(lex.Procedures))
	for i := range lex.Procedures {
		for _, j := range alike[key(&lex.Procedures[i])] {
			if j != i {
				out[i] = append(out[i], j)
			}
		}
	}
	return out
}
