package lexicon

import (
	"fmt"
	"strings"
)

// A Sense is what a word or phrase of an exam name means beside certain concepts
// and nowhere else: "fl" is fluoroscopy, but the flow phase of a nuclear scan.
type Sense struct {
	Text   string
	Given  []Group     // concepts stated elsewhere in the name: one of each group
	Unless Group       // concepts of which none is stated elsewhere in the name
	Emits  []ConceptID // what the words then name; empty = nothing
	Source Source
}

// Conditions counts what a sense asks of the rest of the name: the more, the
// more specific it is.
func (s *Sense) Conditions() int {
	n := len(s.Given)
	if len(s.Unless) > 0 {
		n++
	}
	return n
}

var senseColumns = []string{"term", "given", "emits"}

// silentSense is the cell of a sense that names nothing.
const silentSense = "-"

func (ct *conceptTable) senses(t table) ([]Sense, []Problem) {
	var out []Sense
	var problems []Problem
	for _, r := range t.rows {
		s := Sense{Text: r.cells[0], Source: r.src}
		named := func(name string) ConceptID {
			id := ct.named(name)
			if id == 0 {
				problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("unknown concept %q", name)})
			}
			return id
		}
		for _, all := range splitList(r.cells[1], ",") {
			names, unless := strings.CutPrefix(all, "!")
			var g Group
			for _, name := range splitList(names, "|") {
				g = append(g, named(name))
			}
			if unless {
				s.Unless = append(s.Unless, g...)
			} else {
				s.Given = append(s.Given, g)
			}
		}
		if len(s.Given)+len(s.Unless) == 0 {
			problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("sense %q is given nothing: it is a term", s.Text)})
		}
		if r.cells[2] != silentSense {
			for _, name := range strings.Fields(r.cells[2]) {
				s.Emits = append(s.Emits, named(name))
			}
		}
		out = append(out, s)
	}
	return out, problems
}

// named finds a concept by axis and name, as in "modality:nm"; 0 when there is
// none.
func (ct *conceptTable) named(name string) ConceptID {
	axisName, id, _ := strings.Cut(name, ":")
	axis, ok := ParseAxis(axisName)
	if !ok {
		return 0
	}
	return ct.byName[axis][id]
}

// lintSenses wants lower case and one row per phrase and condition.
func lintSenses(l *Lexicon) []Problem {
	var out []Problem
	type key struct{ text, given string }
	seen := map[key]Source{}
	for i := range l.Senses {
		s := &l.Senses[i]
		if s.Text != strings.ToLower(s.Text) {
			out = append(out, problemAt(s.Source, "sense %q is not lower case", s.Text))
		}
		k := key{s.Text, fmt.Sprint(s.Given, s.Unless)}
		if at, twice := seen[k]; twice {
			out = append(out, problemAt(s.Source, "sense %q stands already at %s", s.Text, at))
		}
		seen[k] = s.Source
	}
	return out
}
