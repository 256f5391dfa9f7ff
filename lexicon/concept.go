package lexicon

import (
	"fmt"
	"strings"
)

// Axis is one dimension on which a report and a code are compared.
type Axis uint8

// The axes. Their names are the ones used in the data files and in results.
const (
	Modality Axis = iota
	Region
	Contrast
	Extent
	Technique
	Intent
	Component
	Age
	Qualifier
	View
	Appearance // what the pictures look like, which gives the modality away
	NumAxes
)

var axisNames = [NumAxes]string{
	"modality", "region", "contrast", "extent", "technique", "intent", "component", "age", "qualifier", "view", "appearance",
}

func (a Axis) String() string {
	if a < NumAxes {
		return axisNames[a]
	}
	return fmt.Sprintf("axis(%d)", uint8(a))
}

// ParseAxis returns the axis of that name.
func ParseAxis(name string) (Axis, bool) {
	for i, n := range axisNames {
		if n == name {
			return Axis(i), true
		}
	}
	return 0, false
}

// ConceptID indexes Lexicon.Concepts. The zero value is no concept.
type ConceptID uint16

// A Concept is one value on an axis, such as region:wrist.
type Concept struct {
	ID      ConceptID
	Axis    Axis
	Name    string // lower_snake identifier, unique within the axis
	Title   string // as a person reads it
	Paired  bool   // a right and a left one exist
	Parents []ConceptID
	Source  Source
}

var conceptColumns = []string{"axis", "concept", "parents", "name", "paired"}

// conceptTable resolves names while files are loaded and answers hierarchy
// questions afterwards.
type conceptTable struct {
	all    []Concept // [0] is the absent concept
	byName [NumAxes]map[string]ConceptID
	steps  []int8 // [a*len(all)+b]: steps from a up to b, -1 when b is no ancestor
}

func newConceptTable(t table) (conceptTable, []Problem) {
	ct := conceptTable{all: make([]Concept, 1, len(t.rows)+1)}
	for i := range ct.byName {
		ct.byName[i] = map[string]ConceptID{}
	}
	var problems []Problem
	for _, r := range t.rows {
		axis, ok := ParseAxis(r.cells[0])
		if !ok {
			problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("unknown axis %q", r.cells[0])})
			continue
		}
		name := r.cells[1]
		if _, dup := ct.byName[axis][name]; dup {
			problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("concept %s:%s is defined twice", axis, name)})
			continue
		}
		id := ConceptID(len(ct.all))
		ct.byName[axis][name] = id
		ct.all = append(ct.all, Concept{ID: id, Axis: axis, Name: name, Title: r.cells[3], Paired: r.cells[4] == "y", Source: r.src})
	}
	for _, r := range t.rows {
		axis, _ := ParseAxis(r.cells[0])
		id := ct.byName[axis][r.cells[1]]
		for _, p := range splitList(r.cells[2], ",") {
			pid, ok := ct.byName[axis][p]
			if !ok {
				problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("unknown parent %q", p)})
				continue
			}
			ct.all[id].Parents = append(ct.all[id].Parents, pid)
		}
	}
	ct.measure()
	return ct, problems
}

// measure fills steps. A dense table costs a few megabytes and makes the
// comparison of a report with every code, which asks millions of times, a load.
func (ct *conceptTable) measure() {
	n := len(ct.all)
	ct.steps = make([]int8, n*n)
	for i := range ct.steps {
		ct.steps[i] = -1
	}
	for i := range ct.all {
		for a, d := range ct.climb(ConceptID(i)) {
			ct.steps[i*n+int(a)] = int8(d)
		}
	}
}

// climb returns every concept that id is or is part of, with the number of
// steps to it. Breadth first, so a cycle in bad data still ends.
func (ct *conceptTable) climb(id ConceptID) map[ConceptID]int {
	dist := map[ConceptID]int{id: 0}
	for queue := []ConceptID{id}; len(queue) > 0; queue = queue[1:] {
		for _, p := range ct.all[queue[0]].Parents {
			if _, seen := dist[p]; !seen {
				dist[p] = dist[queue[0]] + 1
				queue = append(queue, p)
			}
		}
	}
	return dist
}

// Concept returns the concept of that id; the zero Concept for 0.
func (l *Lexicon) Concept(id ConceptID) *Concept {
	if int(id) >= len(l.concepts.all) {
		return &l.concepts.all[0]
	}
	return &l.concepts.all[id]
}

// Concepts returns all concepts; index 0 is the absent one. Do not modify.
func (l *Lexicon) Concepts() []Concept { return l.concepts.all }

// Lookup finds a concept by axis and name; 0 when there is none.
func (l *Lexicon) Lookup(axis Axis, name string) ConceptID { return l.concepts.byName[axis][name] }

// Is reports whether a is b, or a kind or part of b.
func (l *Lexicon) Is(a, b ConceptID) bool {
	return l.Distance(a, b) >= 0
}

// Distance returns the steps from a up to its ancestor b, or -1.
func (l *Lexicon) Distance(a, b ConceptID) int {
	n := len(l.concepts.all)
	if int(a) >= n || int(b) >= n {
		return -1
	}
	return int(l.concepts.steps[int(a)*n+int(b)])
}

// Group is a list of alternatives: one of them must hold.
type Group []ConceptID

// parseGroups reads "a|b,c": (a or b) and c.
func (ct *conceptTable) parseGroups(axis Axis, cell string) ([]Group, error) {
	var groups []Group
	for _, part := range splitList(cell, ",") {
		var g Group
		for _, name := range strings.Split(part, "|") {
			id, ok := ct.byName[axis][name]
			if !ok {
				return nil, fmt.Errorf("unknown concept %s:%s", axis, name)
			}
			g = append(g, id)
		}
		groups = append(groups, g)
	}
	return groups, nil
}
