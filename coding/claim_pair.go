package coding

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/radcode/radcode/lexicon"
)

// pairEdit is an edit between the codes of two lines.
type pairEdit struct {
	column1, column2 string
	modifier         byte // '0' never paid together, '1' with a modifier that says they were separate
	why, table       string
}

// pair finds the edit between two codes: in the table in force, and where none was
// imported among our own.
func (c *claimCase) pair(a, b string) (pairEdit, bool) {
	known := cmp.Or(c.e.lex.Edit(a, b), c.e.lex.Edit(b, a))
	if c.pairs != nil {
		p, ok := c.pairs.Pair(a, b, c.date)
		out := pairEdit{p.Column1, p.Column2, p.Modifier, p.Rationale, tableName(c.pairs)}
		if known != nil && known.Code == p.Column1 {
			out.why = known.Relation.Doc
		}
		return out, ok
	}
	if known == nil {
		return pairEdit{}, false
	}
	out := pairEdit{known.Code, known.Includes, '1', known.Relation.Doc, ourTable}
	if known.Never {
		out.modifier = '0'
	}
	return out, true
}

// pairEdits finds lines that are not paid beside each other.
func (c *claimCase) pairEdits() []objection {
	var out []objection
	for i := range c.lines {
		for j := i + 1; j < len(c.lines); j++ {
			a, b := &c.lines[i], &c.lines[j]
			p, ok := c.pair(a.code, b.code)
			if !ok || a.code == b.code || p.modifier == '1' && c.separate(a, b) {
				continue
			}
			out = append(out, objection{lines: []int{i, j}, table: p.table, message: p.String()})
		}
	}
	return out
}

func (p pairEdit) String() string {
	why := ""
	if p.why != "" {
		why = ": " + p.why
	}
	payable := "with 59, XE, XS, XP or XU when the report says that they were separate sessions, sites or physicians"
	if p.modifier == '0' {
		payable = "never"
	}
	return fmt.Sprintf("%s (column 2) is not paid beside %s (column 1)%s; modifier indicator %c, %s; both are payable: %s", p.column2, p.column1, why, p.modifier, p.table, payable)
}

// separate reports whether modifiers say that two lines were separate services: one that lifts the edit, or
// different sides or sites.
func (c *claimCase) separate(a, b *caseLine) bool {
	if len(c.modifiersOf(a, "distinct", "separate")) > 0 || len(c.modifiersOf(b, "distinct", "separate")) > 0 {
		return true
	}
	return c.apart(a, b)
}

// apart reports whether modifiers put two lines at different sides or sites.
func (c *claimCase) apart(a, b *caseLine) bool {
	x, y := c.modifiersOf(a, "side", "site"), c.modifiersOf(b, "side", "site")
	return len(x) > 0 && len(y) > 0 && !slices.ContainsFunc(x, func(m string) bool { return slices.Contains(y, m) })
}

// bundles finds lines that one code pays together.
func (c *claimCase) bundles() []objection {
	var out []objection
	for i := range c.lines {
		for j := i + 1; j < len(c.lines); j++ {
			a, b := &c.lines[i], &c.lines[j]
			x := c.e.lex.Bundle(a.code, b.code)
			if x == nil || len(c.modifiersOf(a, "distinct", "repeat")) > 0 || len(c.modifiersOf(b, "distinct", "repeat")) > 0 || x.BothSides != c.apart(a, b) {
				continue
			}
			if p := c.e.lex.Procedure(x.Combined); !p.InForce(c.date) {
				continue
			}
			out = append(out, objection{lines: []int{i, j}, table: "CPT", message: fmt.Sprintf("%s and %s of one session are %s (%s)", a, b, x.Combined, c.e.lex.Procedure(x.Combined).Title)})
		}
	}
	return out
}

// publishedRelation is the relation of pairs that stand in an imported table alone: nothing is known of
// them but that they are not paid together.
var publishedRelation = lexicon.Relation{Name: "published", Doc: "the table in force does not pay both"}

// pairInForce returns the edit under which a code includes another one on a date of service. What a code holds it
// holds whether a table says so or not; of the other pairs the table in force knows best.
func (c *claimCase) pairInForce(code, other string) *lexicon.Edit {
	known := c.e.lex.Edit(code, other)
	if c.pairs == nil || known != nil && known.Relation.Held {
		return known
	}
	p, ok := c.pairs.Pair(code, other, c.date)
	switch {
	case !ok || p.Column1 != code:
		return nil
	case known != nil:
		return known
	}
	return &lexicon.Edit{Code: code, Includes: other, Relation: &publishedRelation}
}
