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

// A Bundle says that a code already holds another one of the same session
// (CMS NCCI policy manual, chapter 9).
type Bundle struct {
	Code, Includes string
	Source         Source
}

var bundleColumns = []string{"code", "includes"}

func bundles(t table) []Bundle {
	out := make([]Bundle, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Bundle{r.cells[0], r.cells[1], r.src})
	}
	return out
}

// Includes reports whether a procedure code holds another one.
func (l *Lexicon) Includes(code, other string) bool {
	for _, b := range l.Bundles {
		if b.Code == code && b.Includes == other {
			return true
		}
	}
	return false
}

func lintBundles(l *Lexicon) []Problem {
	var out []Problem
	for _, b := range l.Bundles {
		for _, code := range []string{b.Code, b.Includes} {
			if l.Procedure(code) == nil {
				out = append(out, problemAt(b.Source, "%s has no row", code))
			}
		}
	}
	return out
}
