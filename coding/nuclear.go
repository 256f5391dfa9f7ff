package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
)

// compounds are pairs of statements of an exam name that together say a third
// thing. What the compound replaces goes.
var compounds = []struct {
	axis                  lexicon.Axis
	first, second, states string
	replaces              string
	Doc                   string
}{
	{lexicon.Technique, "rest", "stress", "rest_stress", "rest", "a study at rest and one under stress, named apart: rest thallium, stress Myoview"},
	{lexicon.Technique, "rest", "exercise", "rest_stress", "rest", "the same with exercise"},
	{lexicon.Modality, "pet", "nm", "pet", "nm", "PET is nuclear medicine: a name that says both is about PET"},
}

// compound replaces pairs of statements by what they say together.
func (e *Engine) compound(f *Facts) {
	for _, c := range compounds {
		first, second := e.lex.Lookup(c.axis, c.first), e.lex.Lookup(c.axis, c.second)
		if !f.Has(first) || !f.Has(second) {
			continue
		}
		states := e.lex.Lookup(c.axis, c.states)
		for _, x := range f.Facts {
			if x.Concept != states && (x.Concept == first || x.Concept == second) {
				for _, ev := range x.Evidence {
					f.add(c.axis, states, ev)
				}
			}
		}
		f.forget(e.lex.Lookup(c.axis, c.replaces))
	}
}

// nuclearRules are what the statements of an exam name of nuclear medicine say
// together. A rule holds beside a body part, or a part of it, when all of Stated and nothing of Unsaid is there.
var nuclearRules = []struct {
	Part                          string
	Stated, Unsaid, Says, Forgets []string
	Doc                           string
}{
	{Part: "heart", Stated: []string{"single_study", "rest_stress"}, Unsaid: []string{"multiple_studies"}, Says: []string{"rest_or_stress"}, Forgets: []string{"rest_stress"},
		Doc: "one study is at rest or under stress"},
	{Part: "heart", Stated: []string{"blood_pool", "wall_motion"}, Unsaid: []string{"first_pass"}, Says: []string{"gated"}, Doc: "the motion of the wall is seen in gated pictures"},
	{Part: "kidney", Stated: []string{"single_study"}, Says: []string{"function_study"}, Doc: "kidney studies are counted where function is measured"},
	{Part: "thyroid", Stated: []string{"single_study", "multiple_studies"}, Says: []string{"uptake"}, Doc: "what is single or multiple are measurements of the uptake"},
	{Part: "thyroid", Stated: []string{"quantitative"}, Says: []string{"uptake"}, Forgets: []string{"quantitative"}, Doc: "the uptake is what is measured"},
	{Part: "bile_duct", Stated: []string{"quantitative"}, Says: []string{"hepatobiliary", "pharmacologic"}, Forgets: []string{"quantitative"},
		Doc: "what is measured is how a drug empties the gallbladder"},
	{Part: "csf_space", Stated: []string{"csf_leak"}, Forgets: []string{"cisternography"}, Doc: "a search for a leak is done by cisternography"},
}

// readNuclear completes the name of a study of nuclear medicine.
func (e *Engine) readNuclear(f *Facts) {
	has := func(name string) bool { return f.Has(e.lex.Lookup(lexicon.Technique, name)) }
	e.readTracerStudy(f, has)
	e.readPET(f, has)
	if !f.Has(e.lex.Lookup(lexicon.Modality, "nm")) && !f.Has(e.lex.Lookup(lexicon.Modality, "pet")) {
		return
	}
	e.readSPECT(f, has)
	for _, r := range nuclearRules {
		if !e.hasRegion(f, r.Part) || slices.ContainsFunc(r.Unsaid, has) ||
			slices.ContainsFunc(r.Stated, func(name string) bool { return !has(name) }) {
			continue
		}
		at := f.evidenceFor(e.lex.Lookup(lexicon.Technique, r.Stated[0]))[0]
		for _, name := range r.Forgets {
			f.forget(e.lex.Lookup(lexicon.Technique, name))
		}
		for _, name := range r.Says {
			f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, name), at)
		}
	}
}

// readTracerStudy adds nuclear medicine to a study that only it does; other
// departments name the machine. A cystogram or swallow of nuclear medicine takes no x-rays.
func (e *Engine) readTracerStudy(f *Facts, has func(string) bool) {
	nm := e.lex.Lookup(lexicon.Modality, "nm")
	if len(f.Of(lexicon.Modality)) == 0 && (slices.ContainsFunc(nuclearStudies, has) || e.hasRegion(f, "heart") && slices.ContainsFunc(heartStudies, has)) {
		f.add(lexicon.Modality, nm, f.Facts[0].Evidence[0])
	}
	if f.Has(nm) {
		f.forget(e.lex.Lookup(lexicon.Modality, "fl"))
	}
}

// readPET reads "PET skull to thigh without contrast": the contrast is the CT's.
func (e *Engine) readPET(f *Facts, has func(string) bool) {
	pet := e.lex.Lookup(lexicon.Modality, "pet")
	if f.Has(pet) && f.Contrast != "" && (has("whole_body") || has("skull_to_thigh")) {
		f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, "pet_ct"), f.evidenceFor(pet)[0])
	}
}

// readSPECT makes a localization of a tracer of SPECT: since 2020 only that of
// heart and parathyroid glands has codes of its own.
func (e *Engine) readSPECT(f *Facts, has func(string) bool) {
	if !has("spect") && !has("spect_ct") || len(f.Of(lexicon.Region)) == 0 || e.hasRegion(f, "heart") || e.hasRegion(f, "parathyroid") {
		return
	}
	at := f.evidenceOf(lexicon.Technique)[0]
	f.forget(e.lex.Lookup(lexicon.Technique, "bone_scan"))
	f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, "tracer_localization"), at)
}

// nuclearStudies are done in nuclear medicine alone.
var nuclearStudies = []string{"non_imaging", "inflammation_localization", "tracer_localization", "thyroid_mets", "infarct_avid", "blood_pool", "gastric_emptying", "hepatobiliary", "bone_scan"}

// heartStudies are studies of the heart whose names go without a machine in
// nuclear medicine alone.
var heartStudies = []string{"perfusion", "first_pass", "rest_stress", "rest_or_stress"}
