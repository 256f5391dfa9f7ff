package codeset

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
)

// Alphabetic tables as rows spell the way down: "Main term > sub > sub", with
// nonessential modifiers in brackets. Terms that only hold others have no row.

const pathSeparator = " > "

func indexRow(table index.Table) func(*part, row) error {
	return func(p *part, r row) error {
		t := index.DraftTerm{Table: table, Code: r.get("code"), Also: r.get("manifestation"), See: r.get("see"), SeeAlso: r.get("see_also")}
		return p.addPath(r, r.get("term_path"), t)
	}
}

func neoplasmRow(p *part, r row) error {
	t := index.DraftTerm{Table: index.Neoplasms, See: r.get("see")}
	for _, column := range neoplasmColumns {
		t.Cells = append(t.Cells, r.get(column))
	}
	if strings.Join(t.Cells, "") == "" {
		t.Cells = nil
	}
	return p.addPath(r, r.get("site_path"), t)
}

// addPath adds a term below the last one that it shares the beginning of its path
// with.
func (p *part) addPath(r row, path string, t index.DraftTerm) error {
	titles := strings.Split(path, pathSeparator)
	if len(titles) > maxDepth || slices.Contains(titles, "") {
		return r.errorf("%q is no path of terms", path)
	}
	shared := 0
	for shared < min(len(titles)-1, len(p.path)) && titles[shared] == p.path[shared] {
		shared++
	}
	for depth := shared; depth < len(titles); depth++ {
		at := index.DraftTerm{Table: t.Table}
		if depth == len(titles)-1 {
			at = t
		}
		at.Depth = depth
		at.Title, at.Nonessential = essential(titles[depth])
		p.terms = append(p.terms, at)
	}
	p.path = titles
	return nil
}

// essential cuts the nonessential modifiers from a title: what stands in brackets
// after a blank. "cusp(s), heart valve" has none.
func essential(title string) (essential, modifiers string) {
	var keep, cut strings.Builder
	for rest := title; rest != ""; {
		i := strings.IndexByte(rest, '(')
		end := strings.IndexByte(rest, ')')
		if i < 0 || end < i {
			keep.WriteString(rest)
			break
		}
		if i > 0 && rest[i-1] != ' ' {
			keep.WriteString(rest[:end+1])
		} else {
			keep.WriteString(rest[:i])
			cut.WriteString(" " + rest[i:end+1])
		}
		rest = rest[end+1:]
	}
	if clean(keep.String()) == "" {
		return title, ""
	}
	return clean(keep.String()), clean(cut.String())
}
