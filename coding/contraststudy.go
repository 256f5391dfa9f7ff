package coding

import "github.com/radcode/radcode/lexicon"

// contrastStudies say what a film of a part is when contrast was given and
// nothing else is said of what was done: "contrast x-ray of the bladder" is a cystogram.
var contrastStudies = []partStudy{
	{"bladder", "cystography"},
	{"urethra", "urethrography"},
	{"urinary_tract", "urography"},
	{"gallbladder", "cholecystography"},
	{"bile_duct", "cholangiography"},
	{"salivary_gland", "sialography"},
	{"larynx", "laryngography"},
	{"uterus", "hysterosalpingography"},
	{"colon", "enema"},
	{"shoulder", "arthrography"}, {"elbow", "arthrography"}, {"wrist", "arthrography"},
	{"hip", "arthrography"}, {"knee", "arthrography"}, {"ankle", "arthrography"},
	{"spine", "myelography"},
}

// readContrastStudy completes the name of a study of a hollow part on film.
func (e *Engine) readContrastStudy(f *Facts) {
	if f.Contrast != "with" || len(f.Of(lexicon.Modality)) == 0 || !e.onFilm(f) {
		return
	}
	if len(f.Of(lexicon.Technique)) > 0 || len(f.Of(lexicon.Region)) != 1 {
		return
	}
	e.addStudy(f, contrastStudies)
}

// partStudy names the study that a picture of a part is.
type partStudy struct{ Part, Technique string }

// addStudy adds the technique of the first row whose part is stated.
func (e *Engine) addStudy(f *Facts, rows []partStudy) {
	for _, row := range rows {
		part := e.lex.Lookup(lexicon.Region, row.Part)
		for _, x := range f.Facts {
			if x.Axis == lexicon.Region && e.lex.Is(x.Concept, part) {
				f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, row.Technique), x.Evidence[0])
				return
			}
		}
	}
}

// spineParts are the regions a myelogram may show.
var spineParts = []string{"cervical_spine", "thoracic_spine", "lumbar_spine"}

// readMyelogram makes one study of a myelogram of two regions: it has a code of
// its own on film; the CT or MR after it is one study per region.
func (e *Engine) readMyelogram(f *Facts) {
	if !e.onFilm(f) || !f.Has(e.lex.Lookup(lexicon.Technique, "myelography")) {
		return
	}
	n := 0
	for _, part := range spineParts {
		if f.Has(e.lex.Lookup(lexicon.Region, part)) {
			n++
		}
	}
	if n < 2 {
		return
	}
	entire := e.lex.Lookup(lexicon.Region, "entire_spine")
	for _, part := range spineParts {
		id := e.lex.Lookup(lexicon.Region, part)
		for _, x := range f.Facts {
			if x.Concept == id {
				f.add(lexicon.Region, entire, x.Evidence[0])
			}
		}
		f.forget(id)
	}
}

// onFilm reports whether no modality but x-ray, fluoroscopy or angiography is
// stated.
func (e *Engine) onFilm(f *Facts) bool {
	for _, m := range f.Of(lexicon.Modality) {
		if name := e.lex.Concept(m).Name; name != "xr" && name != "fl" && name != "xa" {
			return false
		}
	}
	return true
}
