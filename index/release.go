package index

import (
	"iter"
	"slices"
	"sort"
	"strings"
)

// Release is one imported release of a code system: codes, notes, alphabetic
// tables. It is immutable, kept in memory, and safe for concurrent use. Codes may
// be given with or without their dot.
type Release struct {
	Manifest
	flat   *flat
	search *releaseSearch
	heads  [Drugs + 1]mainWords // by Table
}

// Code returns a code.
func (r *Release) Code(id string) (ReleaseCode, bool) {
	row, ok := r.row(id)
	if !ok {
		return ReleaseCode{}, false
	}
	return r.code(row), true
}

// Billable reports whether a code may be billed on the release's dates.
func (r *Release) Billable(id string) bool {
	row, ok := r.row(id)
	return ok && r.flat.tables[secCodes].at(row, 3) == 1
}

// Codes yields all codes, headers included, in the order of the code.
func (r *Release) Codes() iter.Seq[ReleaseCode] {
	return func(yield func(ReleaseCode) bool) {
		for row := range r.flat.tables[secCodes].rows() {
			if !yield(r.code(row)) {
				return
			}
		}
	}
}

// Children returns the codes directly below a code, in official order.
func (r *Release) Children(id string) []ReleaseCode {
	row, ok := r.row(id)
	if !ok {
		return nil
	}
	codes := r.flat.tables[secCodes]
	var rows []int
	for below := row + 1; below < codes.rows() && strings.HasPrefix(r.id(below), r.id(row)); below++ {
		if int(codes.at(below, 4)) == row+1 {
			rows = append(rows, below)
		}
	}
	slices.SortStableFunc(rows, func(a, b int) int { return int(codes.at(a, 7)) - int(codes.at(b, 7)) })
	out := make([]ReleaseCode, len(rows))
	for i, row := range rows {
		out[i] = r.code(row)
	}
	return out
}

// Ancestors returns the codes above a code, the nearest first.
func (r *Release) Ancestors(id string) []ReleaseCode {
	row, ok := r.row(id)
	if !ok {
		return nil
	}
	var out []ReleaseCode
	for up := r.flat.tables[secCodes].at(row, 4); up > 0; up = r.flat.tables[secCodes].at(int(up)-1, 4) {
		out = append(out, r.code(int(up)-1))
	}
	return out
}

// Block returns a block or chapter by its id.
func (r *Release) Block(id string) (Block, bool) {
	for row := range r.flat.tables[secBlocks].rows() {
		if r.flat.text(secBlocks, row, 0) == id {
			return r.block(row), true
		}
	}
	return Block{}, false
}

// Blocks returns all chapters and blocks in the order of their publisher.
func (r *Release) Blocks() []Block {
	out := make([]Block, r.flat.tables[secBlocks].rows())
	for row := range out {
		out[row] = r.block(row)
	}
	return out
}

// Notes returns what counts for a code: its own notes first, then those of the
// codes above it, its block and its chapter. Names of a code above are not names
// of the code and are left out.
func (r *Release) Notes(id string) []Note {
	c, ok := r.Code(id)
	if !ok {
		return nil
	}
	own, _ := Undotted(c.ID)
	out := r.ownNotes(own)
	above := make([]string, 0, 6)
	for _, a := range r.Ancestors(own) {
		above = append(above, a.ID)
	}
	for _, o := range append(above, c.Block, c.Chapter) {
		for _, n := range r.ownNotes(owner(o)) {
			if n.Kind != Inclusion {
				out = append(out, n)
			}
		}
	}
	return out
}

// ownNotes returns the notes that stand at a code, block or chapter, by kind.
func (r *Release) ownNotes(at string) []Note {
	if at == "" {
		return nil
	}
	var out []Note
	for row := range r.rowsOf(secNotes, at) {
		out = append(out, Note{NoteKind(r.flat.text(secNotes, row, 1)), r.flat.text(secNotes, row, 2), shown(at)})
	}
	slices.SortStableFunc(out, func(a, b Note) int {
		return slices.Index(noteKinds, a.Kind) - slices.Index(noteKinds, b.Kind)
	})
	return out
}

// SeventhCharacters returns the characters that complete a code: those of the
// nearest code above that has any. They are none for a code complete without.
func (r *Release) SeventhCharacters(id string) []Seventh {
	id, _ = Undotted(id)
	for n := len(id); n >= 3; n-- {
		var out []Seventh
		for row := range r.rowsOf(secSevenths, id[:n]) {
			out = append(out, Seventh{r.flat.text(secSevenths, row, 1), r.flat.text(secSevenths, row, 2)})
		}
		if out != nil {
			return out
		}
	}
	return nil
}

// Changes returns what the publisher says changed since the release before.
func (r *Release) Changes() []Change {
	out := make([]Change, r.flat.tables[secChanges].rows())
	for row := range out {
		text := func(column int) string { return r.flat.text(secChanges, row, column) }
		out[row] = Change{ChangeKind(text(0)), dotted(text(1)), text(2), text(3), r.flat.tables[secChanges].at(row, 4) == 1}
	}
	return out
}

func (r *Release) row(id string) (int, bool) {
	id, ok := Undotted(id)
	if !ok {
		return 0, false
	}
	row := r.firstRow(secCodes, id)
	return row, row < r.flat.tables[secCodes].rows() && r.id(row) == id
}

func (r *Release) id(row int) string { return r.flat.text(secCodes, row, 0) }

// firstRow finds the first row of a key in a section sorted by its first column, or
// where it would stand.
func (r *Release) firstRow(section int, key string) int {
	return sort.Search(r.flat.tables[section].rows(), func(row int) bool { return r.flat.text(section, row, 0) >= key })
}

// rowsOf yields the rows of a key in a section sorted by its first column.
func (r *Release) rowsOf(section int, key string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for row := r.firstRow(section, key); row < r.flat.tables[section].rows() && r.flat.text(section, row, 0) == key; row++ {
			if !yield(row) {
				return
			}
		}
	}
}

func (r *Release) code(row int) ReleaseCode {
	codes := r.flat.tables[secCodes]
	c := ReleaseCode{
		ID: dotted(r.id(row)), Short: r.flat.text(secCodes, row, 1), Title: r.flat.text(secCodes, row, 2), Billable: codes.at(row, 3) == 1,
	}
	if up := codes.at(row, 4); up > 0 {
		c.Parent = dotted(r.id(int(up) - 1))
	}
	if b := codes.at(row, 5); b > 0 {
		c.Block = r.flat.text(secBlocks, int(b)-1, 0)
	}
	if b := codes.at(row, 6); b > 0 {
		c.Chapter = r.flat.text(secBlocks, int(b)-1, 0)
	}
	return c
}

func (r *Release) block(row int) Block {
	text := func(column int) string { return r.flat.text(secBlocks, row, column) }
	return Block{text(0), text(1), text(2), text(3)}
}

// shown spells an owner for people: codes with their dot.
func shown(owner string) string {
	if _, ok := Undotted(owner); ok {
		return dotted(owner)
	}
	return owner
}
