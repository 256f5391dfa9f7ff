package coding

import (
	"github.com/radcode/radcode/lexicon"
)

// vesselStudies say what a picture of a vessel is when a name gives the vessel
// and nothing of what was done: "XR vein arm" is a venogram.
var vesselStudies = []partStudy{
	{"vein", "venography"},
	{"artery", "angiography"},
	{"lymphatic", "lymphangiography"},
	{"lymph_node", "lymphangiography"},
}

// vesselsOf name the vessel that a part of the body and a kind of vessel make
// together: "vein x-ray liver", "lung artery", "aortogram abdomen". The first row that holds counts.
var vesselsOf = []struct{ Part, Kind, Vessel string }{
	{"thoracic_spine", "aorta", "thoracic_aorta"}, // "thoracic" alone is read as the spine
	{"chest", "aorta", "thoracic_aorta"},
	{"abdomen", "aorta", "abdominal_aorta"},
	{"spleen", "vein", "splenic_vein"},
	{"liver", "vein", "hepatic_vein"},
	{"kidney", "vein", "renal_vein"},
	{"sinus", "vein", "dural_sinus"},
	{"neck", "vein", "jugular_vein"},
	{"skull", "vein", "superior_sagittal_sinus"},
	{"head", "vein", "dural_sinus"},
	{"lung", "artery", "pulmonary_artery"},
	{"breast", "artery", "internal_mammary_artery"},
	{"spine", "artery", "spinal_artery"},
	{"liver", "artery", "hepatic_artery"},
	{"spleen", "artery", "splenic_artery"},
	{"stomach", "artery", "gastric_artery"},
	{"pancreas", "artery", "visceral_artery"},
	{"mesentery", "artery", "mesenteric_artery"},
	{"gi_tract", "artery", "mesenteric_artery"},
	{"kidney", "artery", "renal_artery"},
	{"femur", "artery", "femoral_artery"},
	{"humerus", "artery", "upper_extremity_artery"},
	{"abdomen", "artery", "visceral_artery"},
}

// impliedVessels are the kinds of vessel that a technique is about.
var impliedVessels = map[string]string{"venography": "vein", "angiography": "artery", "endovascular_repair": "aorta"}

// manners are techniques that say how a vessel was filmed, not what was done.
var manners = lexicon.WordList("vessel_manners")

// readVessels completes what an exam name says of a study of vessels on film.
// Other ways to see vessels have names of their own (CT angiography, duplex).
func (e *Engine) readVessels(f *Facts) {
	if !e.filmsVessels(f) {
		return
	}
	e.nameVessel(f)
	e.readCatheter(f)
	e.readPressures(f)
	e.dropStudied(f)
	for _, t := range f.Of(lexicon.Technique) {
		if !manners[e.lex.Concept(t).Name] {
			return
		}
	}
	e.addStudy(f, vesselStudies)
}

// filmsVessels reports whether the name is about x-ray pictures, or names the
// reading of a catheter study.
func (e *Engine) filmsVessels(f *Facts) bool {
	if !e.onFilm(f) || f.Has(e.lex.Lookup(lexicon.Component, "guidance")) {
		return false
	}
	return len(f.Of(lexicon.Modality)) > 0 || f.Has(e.lex.Lookup(lexicon.Component, "supervision_interpretation")) ||
		f.Has(e.lex.Lookup(lexicon.Technique, "venography")) || f.Has(e.lex.Lookup(lexicon.Technique, "angiography")) ||
		f.Has(e.lex.Lookup(lexicon.Technique, "endovascular_repair"))
}

// nameVessel replaces a part of the body and a kind of vessel by the vessel.
func (e *Engine) nameVessel(f *Facts) {
	for _, row := range vesselsOf {
		part, kind := e.lex.Lookup(lexicon.Region, row.Part), e.lex.Lookup(lexicon.Region, row.Kind)
		aorta := row.Part == "abdomen" && row.Kind == "artery" // an angiogram of the abdomen is one of the aorta before one of its branches
		if f.Has(part) && (f.Has(kind) || !aorta && e.implies(f, row.Kind)) {
			f.rename(part, e.lex.Lookup(lexicon.Region, row.Vessel))
			f.forget(kind)
			return
		}
	}
}

// readCatheter takes a study of vessels that names no modality for one by catheter: those by CT, MR or ultrasound
// say what they are, or what contrast they are done with.
func (e *Engine) readCatheter(f *Facts) {
	if len(f.Of(lexicon.Modality)) > 0 || f.Contrast != "" {
		return
	}
	for _, t := range f.Facts {
		if t.Axis == lexicon.Technique && impliedVessels[e.lex.Concept(t.Concept).Name] != "" {
			f.add(lexicon.Modality, e.lex.Lookup(lexicon.Modality, "xa"), t.Evidence[0])
			return
		}
	}
}

// readPressures reads "with" and "without" on a venogram of the liver: they are
// about pressures, since a venogram without contrast there is none.
func (e *Engine) readPressures(f *Facts) {
	if !f.Has(e.lex.Lookup(lexicon.Region, "hepatic_vein")) && !f.Has(e.lex.Lookup(lexicon.Region, "portal_vein")) {
		return
	}
	with, without := e.lex.Lookup(lexicon.Technique, "hemodynamics"), e.lex.Lookup(lexicon.Technique, "without_hemodynamics")
	said := map[string]lexicon.ConceptID{"with": with, "without": without}[f.Contrast]
	if said == 0 || f.Has(with) || f.Has(without) {
		return
	}
	f.add(lexicon.Technique, said, f.evidenceOf(lexicon.Contrast)[0])
	f.drop(lexicon.Contrast)
	f.Contrast = ""
}

// dropStudied forgets which vessel "each additional vessel" was: the code for a
// further arteriogram is the same everywhere below the head.
func (e *Engine) dropStudied(f *Facts) {
	more, angiography := e.lex.Lookup(lexicon.Component, "each_additional"), e.lex.Lookup(lexicon.Technique, "angiography")
	if !f.Has(more) || !f.Has(angiography) || e.hasRegion(f, "head") || e.hasRegion(f, "carotid_artery") {
		return
	}
	f.drop(lexicon.Region)
}

func (e *Engine) implies(f *Facts, kind string) bool {
	for _, t := range f.Of(lexicon.Technique) {
		if impliedVessels[e.lex.Concept(t).Name] == kind {
			return true
		}
	}
	return false
}

// rename puts one concept in the place of another of the same axis.
func (f *Facts) rename(from, to lexicon.ConceptID) {
	for i := range f.Facts {
		if f.Facts[i].Concept == from {
			f.Facts[i].Concept = to
		}
	}
}
