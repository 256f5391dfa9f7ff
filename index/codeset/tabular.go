package codeset

import (
	"regexp"
	"strings"

	"github.com/radcode/radcode/index"
)

// The tabular list of CDC, icd10cm_tabular_2026.xml: chapters, blocks (section) and
// codes (diag) nested as in print, with notes and the seventh characters that
// complete the codes below. It lists codes up to the sixth character; the complete
// ones are spelled here, for whoever imports it without an order file.

type tabular struct {
	part   *part
	owners []ownerFrame // chapter, section and diags around the current element
	char   string       // of the current extension
}

// ownerFrame is a chapter, block or code whose elements are being read.
type ownerFrame struct {
	element  string
	id, desc string
	sevenths []index.DraftSeventh
	parent   bool // of other codes
	at       int  // in part.blocks
}

// titleRange is the range at the end of a title: "(A00-B99)", "(B20)".
var titleRange = regexp.MustCompile(`\(([A-Z][0-9A-Z]{2})(?:-([A-Z][0-9A-Z]{2}))?\)$`)

// blockOf makes a block of an id and the title that says its range.
func blockOf(id, title string) index.Block {
	b := index.Block{ID: id, Title: title}
	if m := titleRange.FindStringSubmatch(title); m != nil {
		b.First, b.Last = m[1], m[2]
	} else if m := titleRange.FindStringSubmatch("(" + id + ")"); m != nil {
		b.First, b.Last = m[1], m[2]
	}
	if b.Last == "" {
		b.Last = b.First
	}
	return b
}

func (t *tabular) start(e *elements, name string, attr func(string) string) error {
	switch name {
	case "chapter":
		t.owners = append(t.owners, ownerFrame{element: name})
	case "section":
		t.owners = append(t.owners, ownerFrame{element: name, id: attr("id")})
	case "diag":
		if n := len(t.owners); n > 0 {
			t.owners[n-1].parent = true
		}
		t.owners = append(t.owners, ownerFrame{element: name})
	case "extension":
		t.char = strings.ToUpper(strings.TrimSpace(attr("char")))
		if len(t.char) != 1 || !strings.Contains("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", t.char) {
			return e.errorf("extension %q is no seventh character", t.char)
		}
	}
	return nil
}

func (t *tabular) end(e *elements, name, text string) error {
	if name == "version" {
		t.part.yearOf(text)
		return nil
	}
	if len(t.owners) == 0 {
		return nil
	}
	o := &t.owners[len(t.owners)-1]
	switch name {
	case "name":
		return t.named(e, o, text)
	case "desc":
		if e.within() == o.element {
			t.described(o, text)
		}
	case "note":
		if k := index.NoteKind(e.within()); index.KnownNote(k) && text != "" {
			t.part.notes = append(t.part.notes, index.DraftNote{Owner: o.id, Kind: k, Text: text})
			t.part.rows++
		}
	case "extension":
		s := index.DraftSeventh{Owner: o.id, Char: t.char, Meaning: text}
		o.sevenths = append(o.sevenths, s)
		t.part.sevenths = append(t.part.sevenths, s)
		t.part.rows++
	case "chapter", "section", "diag":
		return t.close(e, o)
	}
	return nil
}

// named takes the name of a chapter or code.
func (t *tabular) named(e *elements, o *ownerFrame, text string) error {
	switch {
	case e.within() != o.element:
		return nil
	case o.element == "chapter":
		o.id = "chapter " + text
	case o.element == "diag":
		id, ok := index.Undotted(text)
		if !ok {
			return e.errorf("%q is no code", text)
		}
		o.id = id
		if n := len(t.owners); len(id) == 3 && n > 1 && t.owners[n-2].element == "section" {
			t.part.inBlock[id] = t.owners[n-2].id
		}
		o.at = len(t.part.codes)
		t.part.codes = append(t.part.codes, index.DraftCode{ID: id})
		t.part.rows++
	}
	return nil
}

func (t *tabular) described(o *ownerFrame, text string) {
	o.desc = text
	if o.element != "diag" {
		t.part.blocks = append(t.part.blocks, blockOf(o.id, text))
		t.part.rows++
	}
}

// close ends a chapter, block or code; a code that holds no other is billable as
// it is or with each of its seventh characters.
func (t *tabular) close(e *elements, o *ownerFrame) error {
	done := *o
	if done.element == "diag" {
		if done.id == "" || done.desc == "" {
			return e.errorf("a code without name or title")
		}
		sevenths := t.inEffect()
		c := &t.part.codes[done.at]
		c.Long, c.Billable = done.desc, !done.parent && sevenths == nil
		if !done.parent {
			t.complete(done.id, done.desc, sevenths)
		}
	}
	t.owners = t.owners[:len(t.owners)-1]
	return nil
}

// inEffect returns the seventh characters of the nearest code around.
func (t *tabular) inEffect() []index.DraftSeventh {
	for i := len(t.owners) - 1; i >= 0; i-- {
		if t.owners[i].sevenths != nil {
			return t.owners[i].sevenths
		}
	}
	return nil
}

// complete spells a code with its seventh characters, X standing in for missing
// ones.
func (t *tabular) complete(id, desc string, sevenths []index.DraftSeventh) {
	if len(id) > 6 {
		return
	}
	stem := id + strings.Repeat("X", 6-len(id))
	for _, s := range sevenths {
		t.part.codes = append(t.part.codes, index.DraftCode{ID: stem + s.Char, Long: desc + ", " + s.Meaning, Billable: true})
	}
}
