package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// FeatureID numbers the features of a comparison between a report and a code.
type FeatureID uint16

// Feature is one result of that comparison with its share of the score.
type Feature struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// features names every comparison feature. The first block is fixed, the
// second has one entry per relation and concept: hit (stated and part of the code), miss (part of the
// code, not stated), extra (stated, not part of the code).
type features struct {
	names []string
	ids   map[string]FeatureID
	base  [3]FeatureID // hit, miss, extra: add the ConceptID
}

const (
	hit = iota
	miss
	extra
)

var relationNames = [3]string{"hit", "miss", "extra"}

// axisFeatures are the features with a name of their own, and what they mean.
var axisFeatures = []struct{ Name, Doc string }{
	{"modality:agree", "the modality stated is the code's"},
	{"modality:conflict", "another modality is stated"},
	{"modality:silent", "the code has a modality, none is stated"},
	{"modality:silent_plain", "no modality is stated, the code is a plain film: what people mean when they say nothing"},
	{"modality:none", "a modality is stated, the code has none"},
	{"region:exact", "the body part stated is the code's"},
	{"region:part", "a part of the code's body part is stated"},
	{"region:small_part", "a part of a part of the code's body part is stated"},
	{"region:whole", "only something larger than the code's body part is stated"},
	{"region:missing", "the code's body part is not stated though others are"},
	{"region:silent", "no body part is stated"},
	{"region:extra", "a body part is stated that the code does not cover"},
	{"region:none", "a body part is stated, the code has none"},
	{"views:equal", "the number of views is the code's"},
	{"views:within", "the range of views stated lies within the code's"},
	{"views:overlap", "the ranges of views overlap"},
	{"views:conflict", "the ranges of views do not meet"},
	{"views:near", "the ranges of views do not meet, they miss each other by one"},
	{"views:from", "the least number of views stated is the code's, which has an upper bound as well"},
	{"views:silent_low", "the code counts views, none are stated; the family's smallest study"},
	{"views:silent", "the code counts views, none are stated"},
	{"views:none", "views are stated, the code does not count them"},
	{"contrast:none", "contrast is stated, the code has no contrast axis"},
	{"contrast:any", "contrast is stated, the code takes any state"},
	{"contrast:silent_without", "nothing stated, the code is without contrast"},
	{"contrast:silent_with", "nothing stated, the code is with contrast"},
	{"contrast:silent_without_with", "nothing stated, the code is without, then with"},
	{"contrast:agree", "the contrast state is the code's"},
	{"contrast:with/without", "with stated, the code is without"},
	{"contrast:with/without_with", "with stated, the code is without, then with"},
	{"contrast:without/with", "without stated, the code is with"},
	{"contrast:without/without_with", "without stated, the code is without, then with"},
	{"contrast:without_with/without", "both stated, the code is without"},
	{"contrast:without_with/with", "both stated, the code is with"},
	{"side:bilateral/bi", "both sides stated, the code is both sides"},
	{"side:bilateral/uni", "both sides stated, the code is one side"},
	{"side:one/bi", "one side stated, the code is both sides"},
	{"side:silent/bi", "no side stated, the code is both sides"},
	{"side:bilateral/none", "both sides stated, the code has no side"},
	{"side:one/none", "one side stated, the code has no side"},
	{"side:one/uni", "one side stated, the code is one side"},
	{"technique:all", "what is stated of the technique is all that the code asks for, and nothing else"},
	{"technique:short", "the code asks for a technique that is not stated"},
	{"technique:over", "a technique is stated that is not the code's"},
	{"technique:clash", "one technique is stated, the code asks for another"},
}

// The fixed features by number, in the order of axisFeatures.
const (
	modalityAgree FeatureID = iota
	modalityConflict
	modalitySilent
	modalitySilentPlain
	modalityNone
	regionExact
	regionPart
	regionSmallPart
	regionWhole
	regionMissing
	regionSilent
	regionExtra
	regionNone
	viewsEqual
	viewsWithin
	viewsOverlap
	viewsConflict
	viewsNear
	viewsFrom
	viewsSilentLow
	viewsSilent
	viewsNone
	contrastNone
	contrastAny
	contrastSilentWithout
	contrastSilentWith
	contrastSilentBoth
	contrastAgree
	contrastWithVsWithout
	contrastWithVsBoth
	contrastWithoutVsWith
	contrastWithoutVsBoth
	contrastBothVsWithout
	contrastBothVsWith
	sideBothBi
	sideBothUni
	sideOneBi
	sideSilentBi
	sideBothNone
	sideOneNone
	sideOneUni
	techniqueAll
	techniqueShort
	techniqueOver
	techniqueClash
	numAxisFeatures
)

// setAxes are compared concept by concept.
var setAxes = []lexicon.Axis{lexicon.Technique, lexicon.Extent, lexicon.Intent, lexicon.Component, lexicon.Age}

func newFeatures(lex *lexicon.Lexicon) *features {
	fs := &features{ids: map[string]FeatureID{}}
	for _, f := range axisFeatures {
		fs.names = append(fs.names, f.Name)
	}
	for rel, relName := range relationNames {
		fs.base[rel] = FeatureID(len(fs.names))
		for _, c := range lex.Concepts() {
			fs.names = append(fs.names, relName+":"+c.Axis.String()+":"+c.Name)
		}
	}
	for i, n := range fs.names {
		fs.ids[n] = FeatureID(i)
	}
	return fs
}

// question is a set of facts prepared for comparison with many codes.
type question struct {
	facts    *Facts
	modality []lexicon.ConceptID
	region   []lexicon.ConceptID // without those that only repeat a larger part of another
	sets     [lexicon.NumAxes][]lexicon.ConceptID
}

func (e *Engine) question(f *Facts) question {
	q := question{facts: f, modality: f.Of(lexicon.Modality)}
	all := e.limbs(f, f.Of(lexicon.Region))
	for i, a := range all {
		redundant := false
		for j, b := range all {
			if i != j && e.lex.Is(b, a) && a != b {
				redundant = true
			}
		}
		if !redundant {
			q.region = append(q.region, a)
		}
	}
	for _, axis := range setAxes {
		q.sets[axis] = f.Of(axis)
	}
	return q
}

// compare appends the features that hold between what is stated and a code.
func (e *Engine) compare(dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
	for i := range comparisons {
		dst = comparisons[i].compare(e, dst, q, p)
	}
	return dst
}

// noFeature is the answer of a comparison with nothing to say.
const noFeature = FeatureID(1<<16 - 1)

func appendIf(dst []FeatureID, id FeatureID) []FeatureID {
	if id == noFeature {
		return dst
	}
	return append(dst, id)
}

func (e *Engine) compareModality(q *question, p *lexicon.Procedure) FeatureID {
	switch {
	case len(p.Modality) == 0 && !e.intolerable(p, q.modality):
		return noFeature
	case len(p.Modality) == 0:
		return modalityNone
	case len(q.modality) == 0 && e.lex.Concept(p.Modality[0][0]).Name == "xr":
		return modalitySilentPlain
	case len(q.modality) == 0:
		return modalitySilent
	}
	for _, g := range p.Modality {
		for _, want := range g {
			for _, have := range q.modality {
				if have == want {
					return modalityAgree
				}
			}
		}
	}
	return modalityConflict
}

// regionRank orders how well a stated body part meets a code's: the better, the
// lower.
func (e *Engine) regionRank(have, want lexicon.ConceptID) FeatureID {
	switch d := e.lex.Distance(have, want); {
	case d == 0:
		return regionExact
	case d == 1:
		return regionPart
	case d > 1:
		return regionSmallPart
	}
	if e.lex.Distance(want, have) > 0 {
		return regionWhole
	}
	return regionMissing
}

func (e *Engine) compareRegion(dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
	if len(p.Region) == 0 {
		if e.intolerable(p, q.region) {
			dst = append(dst, regionNone)
		}
		return dst
	}
	if len(q.region) == 0 {
		return append(dst, regionSilent)
	}
	var used uint64 // stated regions that some group accounts for
	for _, g := range p.Region {
		best := regionMissing
		for _, want := range g {
			for i, have := range q.region {
				rank := e.regionRank(have, want)
				if rank < regionMissing && i < 64 {
					used |= 1 << i
				}
				best = min(best, rank)
			}
		}
		dst = append(dst, best)
	}
	for i, have := range q.region {
		if used&(1<<i) == 0 && !e.tolerates(p, have) {
			dst = append(dst, regionExtra, e.features.base[extra]+FeatureID(q.region[i]))
		}
	}
	return dst
}

// contrastFeatures holds the answer for a stated and a code's contrast, by
// contrastIndex; the zero value of a cell is no answer, since the feature 0 is about modality.
var contrastFeatures = func() (t [6][6]FeatureID) {
	for _, row := range []struct {
		stated, code string
		id           FeatureID
	}{
		{"", "without", contrastSilentWithout}, {"", "with", contrastSilentWith}, {"", "without_with", contrastSilentBoth},
		{"with", "with", contrastAgree}, {"without", "without", contrastAgree}, {"without_with", "without_with", contrastAgree},
		{"with", "without", contrastWithVsWithout}, {"with", "without_with", contrastWithVsBoth},
		{"without", "with", contrastWithoutVsWith}, {"without", "without_with", contrastWithoutVsBoth},
		{"without_with", "without", contrastBothVsWithout}, {"without_with", "with", contrastBothVsWith},
		{"", "with+", contrastSilentWith}, {"with", "with+", contrastAgree}, {"without_with", "with+", contrastAgree}, {"without", "with+", contrastWithoutVsWith},
		{"with", "any", contrastAny}, {"without", "any", contrastAny}, {"without_with", "any", contrastAny},
		{"with", "", contrastNone}, {"without", "", contrastNone}, {"without_with", "", contrastNone},
	} {
		t[contrastIndex(row.stated)][contrastIndex(row.code)] = row.id
	}
	return t
}()

// contrastIndex numbers the contrast states; the lengths of their names differ.
func contrastIndex(state string) int {
	switch len(state) {
	case len("any"):
		return 1
	case len("with"):
		return 2
	case len("without"):
		return 3
	case len("without_with"):
		return 4
	case len("with+"):
		return 5
	}
	return 0
}

func compareContrast(stated, code string) FeatureID {
	if id := contrastFeatures[contrastIndex(stated)][contrastIndex(code)]; id != 0 {
		return id
	}
	return noFeature
}

func compareSide(f *Facts, code string) FeatureID {
	both := f.Side == nlp.Bilateral
	one := f.Side == nlp.Left || f.Side == nlp.Right || f.Side == nlp.Unstated && f.OneSided
	switch {
	case both && code == "bi":
		return sideBothBi
	case both && code == "uni":
		return sideBothUni
	case both:
		return sideBothNone
	case one && code == "bi":
		return sideOneBi
	case one && code == "uni":
		return sideOneUni
	case one:
		return sideOneNone
	case code == "bi":
		return sideSilentBi
	}
	return noFeature
}

// compareSet compares an axis concept by concept. A stated concept that is a
// kind of a wanted one counts as a hit of the wanted one.
func (e *Engine) compareSet(dst []FeatureID, have []lexicon.ConceptID, want []lexicon.Group, p *lexicon.Procedure) []FeatureID {
	var used uint64
	for _, g := range want {
		found := lexicon.ConceptID(0)
		for _, w := range g {
			for i, h := range have {
				if e.lex.Is(h, w) && i < 64 {
					found = w
					used |= 1 << i
				}
			}
		}
		if found != 0 {
			dst = append(dst, e.features.base[hit]+FeatureID(found))
		} else {
			dst = append(dst, e.features.base[miss]+FeatureID(g[0]))
		}
	}
	for i, h := range have {
		if (i >= 64 || used&(1<<i) == 0) && !e.tolerates(p, h) {
			dst = append(dst, e.features.base[extra]+FeatureID(h))
		}
	}
	return dst
}

// compareTechnique adds to the comparison concept by concept what it comes to: many concepts are
// too rare for a weight of their own.
func (e *Engine) compareTechnique(dst []FeatureID, q *question, p *lexicon.Procedure) []FeatureID {
	from := len(dst)
	dst = e.compareSet(dst, q.sets[lexicon.Technique], p.Groups(lexicon.Technique), p)
	short, over := false, false
	for _, id := range dst[from:] {
		short = short || id >= e.features.base[miss] && id < e.features.base[extra]
		over = over || id >= e.features.base[extra]
	}
	switch {
	case short && over:
		return append(dst, techniqueClash)
	case short:
		return append(dst, techniqueShort)
	case over:
		return append(dst, techniqueOver)
	case len(dst) > from:
		return append(dst, techniqueAll)
	}
	return dst
}

// intolerable reports whether something is stated that the code does not allow.
func (e *Engine) intolerable(p *lexicon.Procedure, have []lexicon.ConceptID) bool {
	return slices.ContainsFunc(have, func(id lexicon.ConceptID) bool { return !e.tolerates(p, id) })
}

// tolerates reports whether a stated concept is allowed by the code without
// being asked for.
func (e *Engine) tolerates(p *lexicon.Procedure, have lexicon.ConceptID) bool {
	for _, t := range p.Tolerated {
		if e.lex.Is(have, t) {
			return true
		}
	}
	return false
}
