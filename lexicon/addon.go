package lexicon

// An Addon is billed beside a code when the technique is stated: tomosynthesis
// beside a mammogram.
type Addon struct {
	Code      string
	Technique ConceptID
	Addon     string
	Source    Source
}

var addonColumns = []string{"code", "technique", "addon"}

func (ct *conceptTable) addons(t table) ([]Addon, []Problem) {
	var out []Addon
	var problems []Problem
	for _, r := range t.rows {
		id := ct.byName[Technique][r.cells[1]]
		if id == 0 {
			problems = append(problems, problemAt(r.src, "unknown concept technique:%s", r.cells[1]))
		}
		out = append(out, Addon{r.cells[0], id, r.cells[2], r.src})
	}
	return out, problems
}
