package lexicon

import (
	"slices"
	"strconv"
)

// A Modifier is a two-character CPT or HCPCS modifier of a claim line.
type Modifier struct {
	Code      string
	Class     string   // component, bilateral, reduced, payment, repeat, mammogram, distinct, separate, side, site, information
	Rank      int      // place on the line, the smallest first: what changes payment before what informs
	Separates bool     // NCCI lifts a pair with indicator 1 beside it
	Excludes  []string // never on the same line
	Title     string
	Source    Source
}

var modifierColumns = []string{"modifier", "class", "rank", "separates", "excludes", "title"}

var modifierClasses = []string{"component", "bilateral", "reduced", "payment", "repeat", "mammogram", "distinct", "separate", "side", "site", "information"}

func modifiers(t table) ([]Modifier, []Problem) {
	var out []Modifier
	var problems []Problem
	for _, r := range t.rows {
		c := r.cells
		rank, err := strconv.Atoi(c[2])
		for _, err := range []error{err, oneOf("class", c[1], modifierClasses...), oneOf("separates", c[3], "0", "1")} {
			if err != nil {
				problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
			}
		}
		out = append(out, Modifier{c[0], c[1], rank, c[3] == "1", splitList(c[4], "|"), c[5], r.src})
	}
	return out, problems
}

// Modifier returns the row of a modifier, or nil.
func (l *Lexicon) Modifier(code string) *Modifier {
	if i, ok := l.byModifier[code]; ok {
		return &l.Modifiers[i]
	}
	return nil
}

// lintModifiers wants exclusions said on both sides.
func lintModifiers(l *Lexicon) []Problem {
	var out []Problem
	for i := range l.Modifiers {
		m := &l.Modifiers[i]
		if len(m.Code) != 2 || m.Title == "" {
			out = append(out, problemAt(m.Source, "modifier %q lacks two characters or a title", m.Code))
		}
		for _, other := range m.Excludes {
			switch o := l.Modifier(other); {
			case o == nil:
				out = append(out, problemAt(m.Source, "%s has no row", other))
			case !slices.Contains(o.Excludes, m.Code):
				out = append(out, problemAt(m.Source, "%s does not exclude %s in turn", other, m.Code))
			}
		}
	}
	return out
}
