package index

import (
	"iter"
	"slices"
	"sort"
	"strings"
)

// IndexTerm returns the main terms of the alphabetic index that go by a word,
// each followed by everything that stands below it. Case does not matter; of
// "Abdomen, abdominal" either word will do.
func (r *Release) IndexTerm(main string) []Term { return r.tree(Alphabetic, main) }

// ExternalCause is IndexTerm for the index to external causes.
func (r *Release) ExternalCause(main string) []Term { return r.tree(External, main) }

// Drug returns the entries of a substance in the table of drugs and chemicals.
func (r *Release) Drug(substance string) []Term { return r.tree(Drugs, substance) }

// Neoplasm returns the entries of a site in the neoplasm table with what stands
// below them: "lung", or a path from the top, "bone, femur". "" returns the head
// of the table, a neoplasm of no known site.
func (r *Release) Neoplasm(site string) []Term {
	var out []Term
	for _, head := range r.mains(Neoplasms, "neoplasm, neoplastic") {
		if termKey(site) == "" {
			out = append(out, r.term(head))
			continue
		}
		for _, row := range r.below(head, site) {
			out = append(out, r.from(row)...)
		}
	}
	return out
}

// Entries yields the main terms of a table, in order of print.
func (r *Release) Entries(table Table) iter.Seq[Term] {
	return func(yield func(Term) bool) {
		for row := range r.mainRows(table) {
			if !yield(r.term(row)) {
				return
			}
		}
	}
}

func (r *Release) mainRows(table Table) iter.Seq[int] {
	return func(yield func(int) bool) {
		for row := 0; row < r.flat.tables[secTerms].rows(); row = r.end(row) {
			if Table(r.flat.tables[secTerms].at(row, colTable)) == table && !yield(row) {
				return
			}
		}
	}
}

// Below returns the entries directly below a term.
func (r *Release) Below(t Term) []Term {
	var out []Term
	for row := range r.childRows(t.row) {
		out = append(out, r.term(row))
	}
	return out
}

// See follows a reference as the index prints it, "Pain, abdominal": the entry it
// names, with everything below. It returns nil for one that names no entry
// ("condition", "by site").
func (r *Release) See(table Table, target string) []Term {
	if site, _, ok := NeoplasmReference(target); ok {
		return r.Neoplasm(site)
	}
	var out []Term
	for _, row := range r.referred(table, target) {
		out = append(out, r.from(row)...)
	}
	return out
}

// referred returns the rows that a reference to a table other than that of neoplasms
// names.
func (r *Release) referred(table Table, target string) []int {
	parts := strings.Split(target, ",")
	var out []int
	// A title may hold commas itself: the longest one that is a main term wins.
	for n := len(parts); n > 0 && out == nil; n-- {
		for _, main := range r.mains(table, strings.Join(parts[:n], ",")) {
			if n == len(parts) {
				out = append(out, main)
				continue
			}
			out = append(out, r.below(main, strings.Join(parts[n:], ","))...)
		}
	}
	return out
}

// behaviors are the words for the columns of the neoplasm table in references to it.
var behaviors = map[string]Behavior{
	"malignant": MalignantPrimary, "primary": MalignantPrimary, "malignant primary": MalignantPrimary, "secondary": MalignantSecondary,
	"malignant secondary": MalignantSecondary, "in situ": InSitu, "benign": Benign, "uncertain behavior": Uncertain, "unspecified behavior": Unspecified,
}

// NeoplasmReference reads "Neoplasm, skin, benign": the site, "" when it is to be
// found elsewhere ("by site"), and the column, which is the first where none is
// named. ok is false for references to other tables.
func NeoplasmReference(target string) (site string, column Behavior, ok bool) {
	parts := strings.Split(target, ",")
	if termKey(parts[0]) != "neoplasm" {
		return "", 0, false
	}
	var sites []string
	for _, p := range parts[1:] {
		p = termKey(p)
		if b, is := behaviors[p]; is {
			column = b
		} else if p != "by site" {
			sites = append(sites, p)
		}
	}
	return strings.Join(sites, ", "), column, true
}

// Same returns the entries that stand at the place of an entry of another release:
// in the same table under the same titles, endings in brackets aside. What a code of one year was in another
// is what its entries lead to there.
func (r *Release) Same(t Term) []Term {
	var out []Term
	for _, main := range r.mains(t.table, withEndings(t.Path[0], "")) {
		rows := []int{main}
		for _, title := range t.Path[1:] {
			rows = r.titled(rows, bareKey(title))
		}
		for _, row := range rows {
			out = append(out, r.term(row))
		}
	}
	return out
}

// bareKey is a title without endings in brackets: files differ in whether they are
// part of it.
func bareKey(title string) string { return termKey(withEndings(title, "")) }

// titled returns the rows directly below some rows by their full title.
func (r *Release) titled(rows []int, key string) (out []int) {
	for _, row := range rows {
		for child := range r.childRows(row) {
			if bareKey(r.flat.text(secTerms, child, colTitle)) == key {
				out = append(out, child)
			}
		}
	}
	return out
}

// IndexPaths returns the entries of all tables that give a code, or for which it
// is one of several to choose from (an entry S52.5- and the code S52.501A).
func (r *Release) IndexPaths(code string) []Term {
	id, ok := Undotted(code)
	if !ok {
		return nil
	}
	var out []Term
	for n := len(id); n >= 3; n-- {
		for at := range r.rowsOf(secByCode, id[:n]) {
			out = append(out, r.term(int(r.flat.tables[secByCode].at(at, 1))))
		}
	}
	return out
}

func (r *Release) tree(table Table, main string) []Term {
	var out []Term
	for _, row := range r.mains(table, main) {
		out = append(out, r.from(row)...)
	}
	return out
}

// mains returns the rows of the main terms by a key, in order of print.
func (r *Release) mains(table Table, main string) []int {
	key, mains := termKey(main), r.flat.tables[secMains]
	at := sort.Search(mains.rows(), func(row int) bool {
		t := Table(mains.at(row, 0))
		return t > table || t == table && r.flat.text(secMains, row, 1) >= key
	})
	var rows []int
	for ; at < mains.rows() && Table(mains.at(at, 0)) == table && r.flat.text(secMains, at, 1) == key; at++ {
		rows = append(rows, int(mains.at(at, 2)))
	}
	return rows
}

// below walks down from a row by a path of titles with commas between; a title
// may hold commas itself. It returns the last rows.
func (r *Release) below(row int, path string) []int {
	parts := strings.Split(path, ",")
	var out []int
	for n := len(parts); n > 0; n-- {
		want := termKey(strings.Join(parts[:n], ","))
		for child := range r.childRows(row) {
			if !mayHold(r.flat.text(secTerms, child, colTitle), want) || !slices.Contains(mainKeys(r.flat.text(secTerms, child, colTitle)), want) {
				continue
			}
			if n == len(parts) {
				out = append(out, child)
				continue
			}
			out = append(out, r.below(child, strings.Join(parts[n:], ","))...)
		}
		if out != nil {
			return out
		}
	}
	return nil
}

// childRows yields the rows directly below a row of secTerms, in order of print.
func (r *Release) childRows(row int) iter.Seq[int] {
	return func(yield func(int) bool) {
		for child := row + 1; child < r.end(row); child = r.end(child) {
			if !yield(child) {
				return
			}
		}
	}
}

// mayHold asks whether a title has the first letters of a key somewhere: most have not, and their
// keys need not be spelled.
func mayHold(title, key string) bool {
	n := min(len(key), 3)
	for at := range len(title) - n + 1 {
		if strings.EqualFold(title[at:at+n], key[:n]) {
			return true
		}
	}
	return key != "" && (key[0] >= 0x80 || n > 1 && key[1] >= 0x80 || n > 2 && key[2] >= 0x80)
}

// end is the row behind the last one below a row.
func (r *Release) end(row int) int { return int(r.flat.tables[secTerms].at(row, colEnd)) }

// from returns a term and all below it.
func (r *Release) from(row int) []Term {
	out := make([]Term, 0, r.end(row)-row)
	for i := row; i < r.end(row); i++ {
		out = append(out, r.term(i))
	}
	return out
}

func (r *Release) term(row int) Term {
	text := func(column int) string { return r.flat.text(secTerms, row, column) }
	terms := r.flat.tables[secTerms]
	t := Term{
		Nonessential: text(colNonessential), Code: text(colCode), Also: text(colAlso), See: text(colSee), SeeAlso: text(colSeeAlso),
		row: row, table: Table(terms.at(row, colTable)),
	}
	for at := row; ; {
		t.Path = append(t.Path, r.flat.text(secTerms, at, colTitle))
		up := terms.at(at, colParent)
		if up == 0 {
			break
		}
		at = int(up) - 1
	}
	slices.Reverse(t.Path)
	if c := terms.at(row, colCells); c > 0 {
		for column := range numCells {
			t.Cells = append(t.Cells, r.flat.text(secCells, int(c)-1, column))
		}
	}
	return t
}

// Table says which table an entry stands in.
func (t Term) Table() Table { return t.table }
