package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// misread reports mentions of an exam name that are no statement about the exam: the lateral of "uni-lat", the
// section of the price list in "CH-ABDOMEN" and "LE-PELVIS", the chest of "ribs w/o chest".
func (e *Engine) misread(d *nlp.Document, m nlp.Mention) bool {
	if d.Report.Exam == "" {
		return false
	}
	switch m.Axis {
	case lexicon.View:
		return splitLateral(d, m)
	case lexicon.Region:
		return isSection(d, m) || e.denied(d, m)
	}
	return false
}

// splitLateral tells the end of a "uni-lat" or "bi-lat" from a lateral view.
func splitLateral(d *nlp.Document, m nlp.Mention) bool {
	return m.First > 0 && m.Last == m.First+1 && d.Words(m.First)[0] == 'l' && splitWords[d.Words(m.First-1)]
}

// splitWords are the first halves of unilateral and bilateral.
var splitWords = lexicon.WordList("split")

// isSection reports two letters and a hyphen before a name that has a body part of its own.
func isSection(d *nlp.Document, m nlp.Mention) bool {
	return m.First == 0 && m.Last == 1 && m.Len() == 2 && m.End < len(d.Text) && d.Text[m.End] == '-' && regionAfter(d, m)
}

func regionAfter(d *nlp.Document, m nlp.Mention) bool {
	return slices.ContainsFunc(d.Mentions, func(o nlp.Mention) bool {
		return o.Axis == lexicon.Region && o.First >= m.Last && o.Concept != m.Concept
	})
}

// denied reports a body part that a film leaves out: "ribs without chest", not "hips with or without pelvis". In
// names of other modalities without is about contrast.
func (e *Engine) denied(d *nlp.Document, m nlp.Mention) bool {
	film := e.lex.Lookup(lexicon.Modality, "xr")
	if slices.ContainsFunc(d.Mentions, func(o nlp.Mention) bool { return o.Axis == lexicon.Modality && o.Concept != film }) {
		return false
	}
	i := m.First - 1
	switch {
	case i >= 0 && (d.Words(i) == "wo" || d.Words(i) == "without"):
		i--
	case i >= 2 && d.Words(i) == "o" && d.Words(i-1) == "/" && d.Words(i-2) == "w":
		i -= 3
	default:
		return false
	}
	return i >= 0 && !withWords[d.Words(i)] && d.Words(i) != "or" && d.Words(i) != "/"
}

// leftOut reports whether token i is of a body part that a film leaves out.
func (e *Engine) leftOut(d *nlp.Document, i int) bool {
	return d.Report.Exam != "" && slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool {
		return m.First <= i && i < m.Last && m.Axis == lexicon.Region && e.denied(d, m)
	})
}

// axisConcept names a concept.
type axisConcept struct {
	axis lexicon.Axis
	name string
}

// implied are concepts that two others of an exam name state together.
var implied = []struct {
	a, b, is axisConcept
	replaces bool // b is no fact of its own then
	Doc      string
}{
	{
		axisConcept{lexicon.Region, "rib"}, axisConcept{lexicon.Region, "chest"}, axisConcept{lexicon.Technique, "chest_film"}, false,
		"beside ribs, which are a part of it, the chest is named for a film of its own",
	},
	{
		axisConcept{lexicon.Technique, "nose_to_rectum"}, axisConcept{lexicon.Region, "chest"}, axisConcept{lexicon.Technique, "nose_to_rectum"}, true,
		"the chest lies on the way",
	},
	{
		axisConcept{lexicon.Technique, "nose_to_rectum"}, axisConcept{lexicon.Region, "abdomen"}, axisConcept{lexicon.Technique, "nose_to_rectum"}, true,
		"the abdomen lies on the way",
	},
	{
		axisConcept{lexicon.View, "flexion"}, axisConcept{lexicon.View, "extension"}, axisConcept{lexicon.Technique, "bending"}, false,
		"a spine bent both ways, in whatever words",
	},
	{
		axisConcept{lexicon.Technique, "bending"}, axisConcept{lexicon.View, "oblique"}, axisConcept{lexicon.Extent, "complete"}, false,
		"bending on top of a full study of the spine",
	},
	{
		axisConcept{lexicon.Technique, "bending"}, axisConcept{lexicon.View, "ap"}, axisConcept{lexicon.Extent, "complete"}, false,
		"bending on top of a study of the spine at rest",
	},
	{
		axisConcept{lexicon.Technique, "bone_density"}, axisConcept{lexicon.Technique, "peripheral_site"},
		axisConcept{lexicon.Technique, "appendicular_skeleton"}, true, "the bones of arms and legs",
	},
	{
		axisConcept{lexicon.Technique, "bone_density"}, axisConcept{lexicon.Region, "forearm"},
		axisConcept{lexicon.Technique, "appendicular_skeleton"}, false, "a bone of the arm",
	},
	{
		axisConcept{lexicon.Technique, "bone_density"}, axisConcept{lexicon.Region, "wrist"},
		axisConcept{lexicon.Technique, "appendicular_skeleton"}, false, "a bone of the arm",
	},
	{
		axisConcept{lexicon.Technique, "bone_density"}, axisConcept{lexicon.Region, "calcaneus"},
		axisConcept{lexicon.Technique, "appendicular_skeleton"}, false, "a bone of the leg",
	},
	{
		axisConcept{lexicon.Technique, "ductography"}, axisConcept{lexicon.Technique, "multiple_studies"},
		axisConcept{lexicon.Technique, "multiple_ducts"}, true, "what is multiple in a ductogram are the ducts",
	},
	{
		axisConcept{lexicon.Technique, "ductography"}, axisConcept{lexicon.Technique, "single_study"},
		axisConcept{lexicon.Technique, "single_duct"}, true, "what is single in a ductogram is the duct",
	},
}

// addImplied adds what the facts of an exam name say together.
func (e *Engine) addImplied(f *Facts) {
	for _, r := range implied {
		a, b, is := e.lex.Lookup(r.a.axis, r.a.name), e.lex.Lookup(r.b.axis, r.b.name), e.lex.Lookup(r.is.axis, r.is.name)
		if !f.Has(a) || !f.Has(b) {
			continue
		}
		at := f.evidenceFor(b)
		if r.replaces {
			f.forget(b)
		}
		for _, ev := range at {
			f.add(r.is.axis, is, ev)
		}
	}
}

func (f *Facts) evidenceFor(id lexicon.ConceptID) []Evidence {
	for _, x := range f.Facts {
		if x.Concept == id {
			return x.Evidence
		}
	}
	return nil
}
