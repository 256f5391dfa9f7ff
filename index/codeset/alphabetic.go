package codeset

import (
	"strconv"
	"strings"

	"github.com/radcode/radcode/index"
)

// The alphabetic tables of CDC share one layout: letters hold main terms, these
// hold nested terms; a term has a title with nonessential modifiers (nemod) and a
// code, references, or, in the tables of neoplasms and drugs, a cell per column.
// The head of the file says which table it is.

type alphabetic struct {
	part  *part
	table index.Table
	open  []int // in part.terms, from the main term down
	nemod []string
	col   int
}

func (a *alphabetic) start(e *elements, name string, attr func(string) string) error {
	switch name {
	case "mainTerm", "term":
		if (name == "mainTerm") != (len(a.open) == 0) {
			return e.errorf("<%s> in the wrong place", name)
		}
		a.part.terms = append(a.part.terms, index.DraftTerm{Table: a.table, Depth: len(a.open)})
		a.open = append(a.open, len(a.part.terms)-1)
		a.part.rows++
	case "title":
		a.nemod = nil
	case "cell", "head":
		n, err := strconv.Atoi(attr("col"))
		if err != nil || n < 1 || n > 7 {
			return e.errorf("<%s> column %q: want 1 to 7", name, attr("col"))
		}
		a.col = n
	}
	return nil
}

func (a *alphabetic) end(e *elements, name, text string) error {
	if len(a.open) == 0 {
		return a.head(e, name, text)
	}
	t := &a.part.terms[a.open[len(a.open)-1]]
	switch name {
	case "mainTerm", "term":
		if t.Title == "" && t.Nonessential == "" {
			return e.errorf("a term without title")
		}
		a.open = a.open[:len(a.open)-1]
	case "nemod":
		a.nemod = append(a.nemod, text)
	case "title":
		t.Title, t.Nonessential = text, strings.Join(a.nemod, " ")
	case "code":
		t.Code = joined(t.Code, text)
	case "manif":
		t.Also = joined(t.Also, text)
	case "see":
		t.See = joined(t.See, text)
	case "subcat":
		t.See = joined(t.See, "subcategory "+text)
	case "seecat":
		t.See = joined(t.See, "category "+text)
	case "seeAlso":
		t.SeeAlso = joined(t.SeeAlso, text)
	case "cell":
		return a.cell(e, t, text)
	}
	return nil
}

// head reads what stands outside of terms: release and table.
func (a *alphabetic) head(e *elements, name, text string) error {
	switch {
	case name == "version":
		a.part.yearOf(text)
	case name == "head" && a.col == 1 && text == "Neoplasm":
		a.table = index.Neoplasms
	case name == "head" && a.col == 1 && text == "Substance":
		a.table = index.Drugs
	case name == "title" && strings.Contains(strings.ToLower(text), "external cause"):
		a.table = index.External
	}
	a.part.format = formatOfTable[a.table]
	return nil
}

// formatOfTable names the formats that only their head tells apart.
var formatOfTable = [...]string{index.Alphabetic: formatIndex, index.External: formatExternal, index.Neoplasms: formatNeoplasm, index.Drugs: formatDrug}

// cell puts a code into its column; the first one is the title's.
func (a *alphabetic) cell(e *elements, t *index.DraftTerm, text string) error {
	if a.col == 1 {
		return e.errorf("a code in the column of titles")
	}
	if t.Cells == nil {
		t.Cells = make([]string, 6)
	}
	if strings.Trim(text, "-") != "" {
		t.Cells[a.col-2] = text
	}
	return nil
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "; " + b
}
