package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// departments are the short forms that price lists put before the names of a
// department's exams. They mean so only there: "SP" is the spine anywhere else.
var departments = map[string]string{
	"sp": "xa", // special procedures
	"cl": "xa", // catheter laboratory
	"ma": "mg", "mm": "mg",
}

// readDepartment takes the modality from the department when the name says none.
func (e *Engine) readDepartment(d *nlp.Document, f *Facts, section, source string) {
	if len(d.Tokens) < 2 || len(f.Of(lexicon.Modality)) > 0 {
		return
	}
	if modality, ok := departments[d.Words(0)]; ok {
		s := d.Tokens[0].Span
		f.add(lexicon.Modality, e.lex.Lookup(lexicon.Modality, modality), Evidence{s.Start, s.End, section, source})
	}
}
