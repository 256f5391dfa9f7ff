package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// readUltrasound completes the facts of an ultrasound's name with what only the
// name as a whole says.
func (e *Engine) readUltrasound(d *nlp.Document, f *Facts, section, source string) {
	e.readPregnancy(d, f, section, source)
	e.readOneSidedDuplex(f)
	e.dropMeasured(f)
	if e.isPlainUltrasound(f) {
		e.readOneKidney(d, f, section, source)
		e.readProstate(f)
		e.readSingleOrgans(f)
	}
}

// readOneSidedDuplex takes a duplex study of the vessels of one side for a
// limited one, which is what the code for "one side or limited" is for. A transplant
// is one kidney however much of it is seen.
func (e *Engine) readOneSidedDuplex(f *Facts) {
	if e.hasRegion(f, "transplant_kidney") {
		return
	}
	oneSided := f.Side == nlp.Left || f.Side == nlp.Right
	if !oneSided || !f.Has(e.lex.Lookup(lexicon.Technique, "duplex")) || len(f.Of(lexicon.Extent)) > 0 {
		return
	}
	for _, at := range f.SideAt {
		f.add(lexicon.Extent, e.lex.Lookup(lexicon.Extent, "limited"), at)
	}
}

// wherever are the techniques whose ultrasound codes are the same for all parts of
// the body but the heart, with those that may be named beside them.
var wherever = map[string]bool{"elastography": true, "contrast_us": true, "parenchyma": true, "target_lesion": true, "dynamic": true, "quantitative": true}

// dropMeasured forgets where elastography or microbubbles were used. A name that
// says complete is about the study that they go with.
func (e *Engine) dropMeasured(f *Facts) {
	if !f.Has(e.lex.Lookup(lexicon.Technique, "elastography")) && !f.Has(e.lex.Lookup(lexicon.Technique, "contrast_us")) {
		return
	}
	other := slices.ContainsFunc(f.Of(lexicon.Technique), func(t lexicon.ConceptID) bool { return !wherever[e.lex.Concept(t).Name] })
	if other || !f.Has(e.lex.Lookup(lexicon.Modality, "us")) || e.hasRegion(f, "heart") || f.Has(e.lex.Lookup(lexicon.Extent, "complete")) {
		return
	}
	f.drop(lexicon.Region)
	f.drop(lexicon.Extent)
}

// isPlainUltrasound leaves out studies whose code a technique or a guided
// procedure decides, and names that tell their extent themselves.
func (e *Engine) isPlainUltrasound(f *Facts) bool {
	return f.Has(e.lex.Lookup(lexicon.Modality, "us")) &&
		len(f.Of(lexicon.Extent)) == 0 && len(f.Of(lexicon.Technique)) == 0 && len(f.Of(lexicon.Component)) == 0 && len(f.Of(lexicon.Intent)) == 0
}

// readOneKidney takes an ultrasound of one kidney for a limited one: a complete
// retroperitoneal ultrasound shows both (CPT ultrasound guidelines).
func (e *Engine) readOneKidney(d *nlp.Document, f *Facts, section, source string) {
	if !f.Has(e.lex.Lookup(lexicon.Region, "kidney")) {
		return
	}
	limited := e.lex.Lookup(lexicon.Extent, "limited")
	if f.Side == nlp.Left || f.Side == nlp.Right {
		for _, at := range f.SideAt {
			f.add(lexicon.Extent, limited, at)
		}
		return
	}
	for i, t := range d.Tokens {
		if unilateralWords[d.Words(i)] {
			f.add(lexicon.Extent, limited, Evidence{t.Start, t.End, section, source})
		}
	}
}

// readProstate takes an ultrasound of the prostate alone for the transrectal one,
// which shows it; through the abdomen it is a part of the pelvis, and names say so.
func (e *Engine) readProstate(f *Facts) {
	if regions := f.Of(lexicon.Region); len(regions) == 1 && regions[0] == e.lex.Lookup(lexicon.Region, "prostate") {
		f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, "transrectal"), f.evidenceOf(lexicon.Region)[0])
	}
}

// singleOrgans are parts of the abdomen and pelvis whose ultrasound alone is a
// limited one (CPT ultrasound guidelines: "single organ, quadrant"), and of limbs
// between the joints: a complete one there shows a joint. The abdomen may be named
// beside them.
var singleOrgans = map[string]bool{
	"abdominal_aorta": true, "adrenal": true, "aorta": true, "appendix": true, "bile_duct": true, "bladder": true, "gallbladder": true, "liver": true, "pancreas": true, "spleen": true, "stomach": true,
	"calf": true, "femur": true, "forearm": true, "humerus": true, "tibia_fibula": true,
	"left_lower_quadrant": true, "left_upper_quadrant": true, "right_lower_quadrant": true, "right_upper_quadrant": true,
}

func (e *Engine) readSingleOrgans(f *Facts) {
	var organs []Fact
	for _, x := range f.Facts {
		name := e.lex.Concept(x.Concept).Name
		switch {
		case x.Axis != lexicon.Region || name == "abdomen":
		case singleOrgans[name]:
			organs = append(organs, x)
		default:
			return
		}
	}
	for _, x := range organs {
		f.add(lexicon.Extent, e.lex.Lookup(lexicon.Extent, "limited"), x.Evidence[0])
	}
}
