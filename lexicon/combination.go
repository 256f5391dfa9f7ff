package lexicon

// A Combination joins two diagnosis concepts of one sentence into one with
// qualifiers (ICD-10-CM guideline I.B.9): a stone and hydronephrosis have a
// code together.
type Combination struct {
	First, Second string // concepts, in either order
	Concept       string
	With          []ConceptID
	Source        Source
}

var combinationColumns = []string{"first", "second", "concept", "with"}

func (ct *conceptTable) combinations(t table) ([]Combination, []Problem) {
	var out []Combination
	var problems []Problem
	for _, r := range t.rows {
		with, err := ct.qualifiers(r.cells[3])
		if err != nil {
			problems = append(problems, problemAt(r.src, "%v", err))
		}
		out = append(out, Combination{r.cells[0], r.cells[1], r.cells[2], with, r.src})
	}
	return out, problems
}

// Combine returns the combination of two concepts, nil when there is none.
func (l *Lexicon) Combine(a, b string) *Combination {
	if i, ok := l.byPair[[2]string{a, b}]; ok {
		return &l.Combinations[i]
	}
	return nil
}
