package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// readName completes the facts of an exam name with what only the name as a
// whole says.
func (e *Engine) readName(d *nlp.Document, f *Facts, section, source string) {
	e.readPregnancy(d, f, section, source)
	e.readOneKidney(d, f, section, source)
}

// readOneKidney takes an ultrasound of one kidney for a limited one: a complete
// retroperitoneal ultrasound shows both (CPT ultrasound guidelines). A
// transplanted kidney has its own code.
func (e *Engine) readOneKidney(d *nlp.Document, f *Facts, section, source string) {
	ultrasound, kidney := e.lex.Lookup(lexicon.Modality, "us"), e.lex.Lookup(lexicon.Region, "kidney")
	if !f.Has(ultrasound) || !f.Has(kidney) || len(f.Of(lexicon.Extent)) > 0 || len(f.Of(lexicon.Technique)) > 0 {
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
