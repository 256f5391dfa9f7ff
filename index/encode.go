package index

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
)

// Columns of secTerms.
const (
	colTable = iota
	colTitle
	colNonessential
	colParent // row + 1 of the term above
	colEnd    // first row that does not stand below
	colCode
	colAlso
	colSee
	colSeeAlso
	colCells // row + 1 in secCells
)

// encode turns a draft into the flat file and counts what it holds.
func encode(d *Draft) (*flatWriter, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	codes, order, err := d.sorted()
	if err != nil {
		return nil, err
	}
	w := newFlatWriter()
	d.Counts = Counts{Codes: len(codes)}
	e := encoder{d: d, w: w, codes: codes}
	e.blocks()
	e.list(order)
	e.notes()
	e.sevenths()
	e.terms()
	e.changes()
	return w, nil
}

type encoder struct {
	d          *Draft
	w          *flatWriter
	codes      []DraftCode
	sorted     []Block // chapters and blocks as written
	categories map[string]place
}

// place is where a category stands: 1-based rows of secBlocks, 0 = nowhere.
type place struct{ block, chapter uint32 }

func (e *encoder) blocks() {
	e.sorted = e.d.Blocks
	for _, b := range e.sorted {
		e.w.row(secBlocks, e.w.text(b.ID), e.w.text(b.Title), e.w.text(b.First), e.w.text(b.Last))
	}
	e.d.Counts.Blocks = len(e.sorted)
	e.categories = map[string]place{}
	for _, c := range e.codes {
		if len(c.ID) == 3 {
			e.categories[c.ID] = e.placeOf(c.ID)
		}
	}
}

// placeOf finds the narrowest block that a category is said to be in or that its
// place in the alphabet falls into. Categories such as C4A stand where the
// publisher put them, not where the alphabet would: without a word of his they
// are in a chapter, not in a block. QA0 follows Q99 and belongs to its chapter.
func (e *encoder) placeOf(category string) (p place) {
	listed := e.d.InBlock[category]
	for i, b := range e.sorted {
		in := b.First != "" && b.First <= category && category <= b.Last
		switch {
		case b.IsChapter():
			if (in || b.Last != "" && b.Last[:1] == category[:1] && b.Last < category && !isDigit(category[1])) && p.chapter == 0 {
				p.chapter = uint32(i) + 1
			}
		case listed != "" && b.ID == listed:
			p.block = uint32(i) + 1
		case listed == "" && in && (category[2] <= '9' || b.First == category || b.Last == category):
			if p.block == 0 || b.Last <= e.sorted[p.block-1].Last && b.First >= e.sorted[p.block-1].First {
				p.block = uint32(i) + 1
			}
		}
	}
	return p
}

func (e *encoder) list(order []int) {
	row := make(map[string]uint32, len(e.codes)) // 1-based
	for i, c := range e.codes {
		row[c.ID] = uint32(i) + 1
		parent := uint32(0)
		for n := len(c.ID) - 1; n >= 3 && parent == 0; n-- {
			parent = row[c.ID[:n]] // stands before, for it is shorter
		}
		billable := uint32(0)
		if c.Billable {
			billable = 1
			e.d.Counts.Billable++
		}
		at, ok := e.categories[c.ID[:3]]
		if !ok {
			at = e.placeOf(c.ID[:3])
		}
		e.w.row(secCodes, e.w.text(c.ID), e.w.text(c.Short), e.w.text(c.Long), billable, parent, at.block, at.chapter, uint32(order[i]))
	}
}

// owner spells who a note belongs to: codes without their dot.
func owner(s string) string {
	if id, ok := Undotted(s); ok {
		return id
	}
	return s
}

func (e *encoder) notes() {
	notes := slices.Clone(e.d.Notes)
	for i := range notes {
		notes[i].Owner = owner(notes[i].Owner)
	}
	slices.SortStableFunc(notes, func(a, b DraftNote) int { return strings.Compare(a.Owner, b.Owner) })
	for _, n := range notes {
		e.w.row(secNotes, e.w.text(n.Owner), e.w.text(string(n.Kind)), e.w.text(n.Text))
	}
	e.d.Counts.Notes = len(notes)
}

func (e *encoder) sevenths() {
	all := slices.Clone(e.d.Sevenths)
	for i := range all {
		all[i].Owner = owner(all[i].Owner)
	}
	slices.SortStableFunc(all, func(a, b DraftSeventh) int { return strings.Compare(a.Owner, b.Owner) })
	for _, s := range all {
		e.w.row(secSevenths, e.w.text(s.Owner), e.w.text(s.Char), e.w.text(s.Meaning))
	}
	e.d.Counts.Sevenths = len(all)
}

func (e *encoder) changes() {
	for _, c := range e.d.Changes {
		id, billable := owner(c.Code), uint32(0)
		if c.Billable {
			billable = 1
		}
		e.w.row(secChanges, e.w.text(string(c.Kind)), e.w.text(id), e.w.text(c.Title), e.w.text(c.Was), billable)
	}
	e.d.Counts.Changes = len(e.d.Changes)
}

// keyed is a term by a word it is looked up by.
type keyed struct {
	table Table
	key   string
	row   uint32
}

// terms writes the tables with, for each main term, the keys it is found by, and
// for each code the terms that lead to it.
func (e *encoder) terms() {
	ends := termEnds(e.d.Terms)
	var above []uint32 // 1-based rows from the main term down
	var mains, byCode []keyed
	for i, t := range e.d.Terms {
		row := uint32(i)
		above = append(above[:t.Depth], row+1)
		parent := uint32(0)
		if t.Depth > 0 {
			parent = above[t.Depth-1]
		} else {
			for _, k := range mainKeys(t.Title) {
				mains = append(mains, keyed{t.Table, k, row})
			}
		}
		cells := uint32(0)
		if len(t.Cells) > 0 {
			cells = e.cells(t.Cells)
		}
		e.w.row(secTerms, uint32(t.Table), e.w.text(t.Title), e.w.text(t.Nonessential), parent, ends[i],
			e.w.text(t.Code), e.w.text(t.Also), e.w.text(t.See), e.w.text(t.SeeAlso), cells)
		for _, c := range append([]string{t.Code, t.Also}, t.Cells...) {
			if id, ok := Undotted(strings.TrimRight(c, "-.")); ok {
				byCode = append(byCode, keyed{t.Table, id, row})
			}
		}
		*e.d.Counts.of(t.Table)++
	}
	e.keys(mains, byCode)
}

// of returns the count of a table.
func (c *Counts) of(t Table) *int {
	return [...]*int{&c.Index, &c.External, &c.Neoplasms, &c.Drugs}[t]
}

func (e *encoder) cells(cells []string) uint32 {
	row := make([]uint32, numCells)
	for i, c := range cells {
		row[i] = e.w.text(c)
	}
	e.w.row(secCells, row...)
	return uint32(len(e.w.tables[secCells]) / (4 * numCells))
}

func (e *encoder) keys(mains, byCode []keyed) {
	slices.SortStableFunc(mains, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.table, b.table), strings.Compare(a.key, b.key))
	})
	for _, k := range mains {
		e.w.row(secMains, uint32(k.table), e.w.text(k.key), k.row)
	}
	slices.SortStableFunc(byCode, func(a, b keyed) int { return strings.Compare(a.key, b.key) })
	for _, k := range slices.Compact(byCode) {
		e.w.row(secByCode, e.w.text(k.key), k.row)
	}
}

// termEnds says for each term where what stands below it ends.
func termEnds(terms []DraftTerm) []uint32 {
	ends := make([]uint32, len(terms))
	var open []int
	for i, t := range terms {
		for len(open) > t.Depth {
			ends[open[len(open)-1]] = uint32(i)
			open = open[:len(open)-1]
		}
		open = append(open, i)
	}
	for _, i := range open {
		ends[i] = uint32(len(terms))
	}
	return ends
}

// mainKeys are the words a term is looked up by: its title, with endings in
// brackets put on and left off ("Nodule(s)"), and each single word of a title that
// lists several ("Abdomen, abdominal").
func mainKeys(title string) []string {
	keys := []string{termKey(title)}
	add := func(k string) {
		if k != "" && !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	for _, ending := range []string{"", "$1"} {
		plain := withEndings(title, ending)
		add(termKey(plain))
		for part := range strings.SplitSeq(plain, ",") {
			if k := termKey(part); !strings.Contains(k, " ") {
				add(k)
			}
		}
	}
	return keys
}

// withEndings replaces the endings in brackets of a title, "$1" = takes the
// brackets off.
func withEndings(title, ending string) string {
	if !strings.Contains(title, "(") { // most titles; the expression is slow
		return title
	}
	return endings.ReplaceAllString(title, ending)
}

// endings are the letters in brackets behind a word.
var endings = regexp.MustCompile(`\((\w{1,4})\)`)

// termKey folds case and spaces.
func termKey(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
