package lexicon

// A Bundle is two codes of one patient and session that have a code together.
type Bundle struct {
	Code, Other string // the same code where it is once for each side
	BothSides   bool
	Combined    string
	Source      Source
}

var bundleColumns = []string{"code", "other", "sides", "combined"}

func bundles(t table) ([]Bundle, []Problem) {
	var out []Bundle
	var problems []Problem
	for _, r := range t.rows {
		if err := oneOf("sides", r.cells[2], "", "both"); err != nil {
			problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
		}
		out = append(out, Bundle{r.cells[0], r.cells[1], r.cells[2] == "both", r.cells[3], r.src})
	}
	return out, problems
}

// Bundle returns what is billed for two codes together, given in any order, or
// nil.
func (l *Lexicon) Bundle(code, other string) *Bundle {
	if i, ok := l.byBundle[[2]string{min(code, other), max(code, other)}]; ok {
		return &l.Bundles[i]
	}
	return nil
}

func lintBundles(l *Lexicon) []Problem {
	var out []Problem
	for i := range l.Bundles {
		b := &l.Bundles[i]
		for _, code := range []string{b.Code, b.Other, b.Combined} {
			if l.Procedure(code) == nil {
				out = append(out, problemAt(b.Source, "%s has no row", code))
			}
		}
		if b.Code > b.Other {
			out = append(out, problemAt(b.Source, "%s stands before %s", b.Code, b.Other))
		}
		if (b.Code == b.Other) != b.BothSides {
			out = append(out, problemAt(b.Source, "one code twice is a code for each side, and nothing else is"))
		}
		if l.byBundle[[2]string{b.Code, b.Other}] != i {
			out = append(out, problemAt(b.Source, "%s and %s stand twice", b.Code, b.Other))
		}
	}
	return out
}
