package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// withAddons appends the add-on codes that a stated technique brings along.
func (e *Engine) withAddons(drafts []draft, date string) []draft {
	var addons []draft
	for i := range drafts {
		dr := &drafts[i]
		for _, a := range e.lex.Addons {
			index, ok := e.ranker.codes[a.Addon]
			if !ok || e.best(dr).Code != a.Code || !dr.facts.Has(a.Technique) || !e.lex.Procedures[index].InForce(date) {
				continue
			}
			add := *dr
			add.ranked = []ranked{{index: index, score: dr.ranked[0].score, probability: dr.ranked[0].probability}}
			addons = append(addons, add)
		}
	}
	return append(drafts, addons...)
}

// splitApproaches makes two exams of a pelvic ultrasound done through the
// abdominal wall and through the vagina: each has its code.
func (e *Engine) splitApproaches(drafts []draft) []draft {
	wall, vagina := e.lex.Lookup(lexicon.Technique, "transabdominal"), e.lex.Lookup(lexicon.Technique, "transvaginal")
	var out []draft
	for _, dr := range drafts {
		if !dr.facts.Has(wall) || !dr.facts.Has(vagina) {
			out = append(out, dr)
			continue
		}
		out = append(out, dr.without(vagina), dr.without(wall))
	}
	return out
}

// without copies an exam less one concept; the words speak for both.
func (dr draft) without(id lexicon.ConceptID) draft {
	out := dr
	out.facts.Facts = nil
	for _, f := range dr.facts.Facts {
		if f.Concept != id {
			out.facts.Facts = append(out.facts.Facts, f)
		}
	}
	out.facts.Words = nil
	return out
}

// limitExtent turns a complete abdominal ultrasound into a limited one when the
// text does not describe all organs that complete asks for.
func (e *Engine) limitExtent(d *nlp.Document, dr *draft) {
	if len(e.lackingOrgans(d, &dr.facts)) == 0 {
		return
	}
	complete, limited := e.lex.Lookup(lexicon.Extent, "complete"), e.lex.Lookup(lexicon.Extent, "limited")
	at := dr.facts.evidenceOf(lexicon.Extent)
	*dr = dr.without(complete)
	for _, ev := range at {
		dr.facts.add(lexicon.Extent, limited, ev)
	}
	dr.limitedFrom = at
}

// completeAbdomen are the organs that a complete abdominal ultrasound must
// describe (CPT ultrasound guidelines). The great vessels are named together
// or as "aorta".
var completeAbdomen = []string{"liver", "gallbladder", "bile_duct", "pancreas", "spleen", "kidney", "aorta", "inferior_vena_cava"}

// lackingOrgans lists what a report titled as a complete abdominal ultrasound
// does not describe. A text that describes no organ at all says nothing.
func (e *Engine) lackingOrgans(d *nlp.Document, f *Facts) []string {
	if !f.Has(e.lex.Lookup(lexicon.Extent, "complete")) || !f.Has(e.lex.Lookup(lexicon.Modality, "us")) || !f.Has(e.lex.Lookup(lexicon.Region, "abdomen")) {
		return nil
	}
	var lacking []string
	for _, organ := range completeAbdomen {
		if id := e.lex.Lookup(lexicon.Region, organ); !e.described(d, id) {
			lacking = append(lacking, e.lex.Concept(id).Title)
		}
	}
	if len(lacking) == len(completeAbdomen) {
		return nil
	}
	return lacking
}

func (e *Engine) described(d *nlp.Document, organ lexicon.ConceptID) bool {
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Region && e.lex.Is(m.Concept, organ) {
			return true
		}
	}
	return false
}

// preferCPT puts the best CPT code before a HCPCS variant of it. Price lists
// carry the variants for some payers, and exam names alone cannot tell; a report is
// coded with CPT unless a payer asks otherwise.
func (e *Engine) preferCPT(top []ranked) {
	variant := e.lex.Lookup(lexicon.Technique, "hcpcs_variant")
	if len(top) == 0 || !mentionsConcept(e.lex.Procedures[top[0].index].Technique, variant) {
		return
	}
	region := e.lex.Procedures[top[0].index].Region
	for i := 1; i < len(top); i++ {
		p := &e.lex.Procedures[top[i].index]
		if p.System != lexicon.CPT || !sameGroups(p.Region, region) {
			continue
		}
		cpt := top[i]
		cpt.probability += top[0].probability // one study, two names
		copy(top[1:i+1], top[:i])
		top[0] = cpt
		return
	}
}

// preferCPTName does the same for an exam name that came without a report, for
// the MR codes that Medicare splits by contrast and CPT does not (C8900-C8936).
// Hospitals charge the same words with either; two of three times with CPT. The
// place changes, the probabilities stay: the words do not tell.
func (e *Engine) preferCPTName(top []ranked) {
	if len(top) == 0 {
		return
	}
	first := &e.lex.Procedures[top[0].index]
	variant, mr := e.lex.Lookup(lexicon.Technique, "hcpcs_variant"), e.lex.Lookup(lexicon.Modality, "mr")
	if !mentionsConcept(first.Technique, variant) || !mentionsConcept(first.Modality, mr) {
		return
	}
	for i := 1; i < len(top); i++ {
		p := &e.lex.Procedures[top[i].index]
		if p.System != lexicon.CPT || !mentionsConcept(p.Modality, mr) || !sameGroups(p.Region, first.Region) || p.Side != first.Side ||
			p.Contrast != "any" && p.Contrast != first.Contrast {
			continue
		}
		top[0].index, top[i].index = top[i].index, top[0].index
		return
	}
}

// sameGroups compares body parts of two codes loosely: they share one, or neither has any.
func sameGroups(a, b []lexicon.Group) bool { return shareConcept(a, b) || len(a)+len(b) == 0 }

func shareConcept(a, b []lexicon.Group) bool {
	for _, g := range a {
		if slices.ContainsFunc(g, func(id lexicon.ConceptID) bool { return mentionsConcept(b, id) }) {
			return true
		}
	}
	return false
}

// onlyView reads "only an AP view was obtained": what was done is less than
// what the name says.
func (e *Engine) onlyView(d *nlp.Document) (Views, bool) {
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		kind := d.Sections[sent.Section].Kind
		if kind != nlp.SectionTechnique && kind != nlp.SectionFindings && kind != nlp.SectionBody {
			continue
		}
		only := -1
		for k := sent.First; k < sent.Last; k++ {
			if w := d.Words(k); w == "only" || strings.HasPrefix(w, "limited") {
				only = k
			}
		}
		if only < 0 {
			continue
		}
		v := e.sentenceViews(d, s)
		if v.Stated() && sentenceSays(d, sent, performedWords) {
			return v, true
		}
	}
	return Views{}, false
}

func sentenceSays(d *nlp.Document, s *nlp.Sentence, words map[string]bool) bool {
	for k := s.First; k < s.Last; k++ {
		if words[d.Words(k)] {
			return true
		}
	}
	return false
}
