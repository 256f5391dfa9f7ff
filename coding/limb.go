package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
)

// limbParts are the parts that codes for an arm or a leg ask for. Names give
// them in two words that need not stand together: "MRI jnt of lwr extre".
var limbParts = []struct{ limb, part, both string }{
	{"upper_extremity", "joint", "upper_extremity_joint"},
	{"upper_extremity", "nonjoint", "upper_extremity_nonjoint"},
	{"lower_extremity", "joint", "lower_extremity_joint"},
	{"lower_extremity", "nonjoint", "lower_extremity_nonjoint"},
}

// limbs puts a limb and its part together. An MRI of an arm or a leg that names
// no joint is the one "other than joint" (CPT 73218-73220, 73718-73720): in an exam name silence
// means that; running text may name the joint elsewhere.
func (e *Engine) limbs(f *Facts, regions []lexicon.ConceptID) []lexicon.ConceptID {
	for _, l := range limbParts {
		limb, part := e.lex.Lookup(lexicon.Region, l.limb), e.lex.Lookup(lexicon.Region, l.part)
		i, j := slices.Index(regions, limb), slices.Index(regions, part)
		if i < 0 || j < 0 && (l.part != "nonjoint" || !e.silentLimb(f, regions)) {
			continue
		}
		regions = slices.Clone(regions)
		regions[i] = e.lex.Lookup(lexicon.Region, l.both)
		if j >= 0 {
			regions = slices.Delete(regions, j, j+1)
		}
	}
	return regions
}

// silentLimb reports whether an exam name is that of an MRI which names no
// joint, no bone of its own and no vessels.
func (e *Engine) silentLimb(f *Facts, regions []lexicon.ConceptID) bool {
	if f.Narrated || !f.Has(e.lex.Lookup(lexicon.Modality, "mr")) {
		return false
	}
	for _, t := range []string{"angiography", "venography", "arthrography"} {
		if f.Has(e.lex.Lookup(lexicon.Technique, t)) {
			return false
		}
	}
	joint := e.lex.Lookup(lexicon.Region, "joint")
	return !slices.ContainsFunc(regions, func(r lexicon.ConceptID) bool { return e.lex.Is(r, joint) })
}
