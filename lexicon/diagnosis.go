package lexicon

import (
	"fmt"
	"strings"
)

// A Diagnosis row says which ICD-10-CM code a concept is at a site with
// qualifiers. Several rows share a concept; the most specific one that applies
// wins (see Lexicon.Diagnose).
type Diagnosis struct {
	Concept string
	Kind    string
	Site    ConceptID   // 0 = anywhere
	With    []ConceptID // qualifiers that must all be stated
	Pattern Pattern     // zero for kind variant: never coded
	Title   string      // may hold {side}
	Source  Source
}

// A DiagnosisTerm is a phrase that names a diagnosis concept and what the
// phrase itself says about site and qualifiers.
type DiagnosisTerm struct {
	Text    string
	Concept string
	Site    ConceptID
	With    []ConceptID
	Source  Source
}

// Pattern is an ICD-10-CM code with slots, S52.50{side129}{encfx}.
type Pattern struct {
	Text  string
	parts []patternPart
}

type patternPart struct {
	literal string
	slot    *Slot // nil for a literal
}

// A Fill is one slot of a pattern as a code fills it: the row of the slot that
// gives the code's characters.
type Fill struct {
	Dimension string // of the slot: side, encounter, site, qualifier
	SlotValue
}

// Fills returns every way in which the pattern gives a code, each with the
// slots from left to right; nil when it does not give it. A pattern without slots gives its
// code in one way, with nothing to fill.
func (p Pattern) Fills(code string) [][]Fill {
	return fillsOf(p.parts, code, nil)
}

func fillsOf(parts []patternPart, code string, before []Fill) [][]Fill {
	if len(parts) == 0 {
		if code != "" || before == nil {
			return nil
		}
		return [][]Fill{before}
	}
	if before == nil {
		before = []Fill{}
	}
	part := parts[0]
	if part.slot == nil {
		rest, ok := strings.CutPrefix(code, part.literal)
		if !ok {
			return nil
		}
		return fillsOf(parts[1:], rest, before)
	}
	var out [][]Fill
	for _, v := range part.slot.Values {
		if rest, ok := strings.CutPrefix(code, v.Chars); ok {
			out = append(out, fillsOf(parts[1:], rest, append(before[:len(before):len(before)], Fill{part.slot.Dimension, v}))...)
		}
	}
	return out
}

// A Slot is a table of code characters chosen by what a report says.
type Slot struct {
	Name      string
	Dimension string // side, encounter, site, qualifier
	Values    []SlotValue
}

// A SlotValue is one row of a slot. Concept is set for the dimensions site and
// qualifier; Value holds the word for side and encounter.
type SlotValue struct {
	Value   string
	Concept ConceptID
	Chars   string
}

var (
	diagnosisColumns     = []string{"concept", "kind", "site", "with", "pattern", "title"}
	diagnosisTermColumns = []string{"term", "concept", "site", "with"}
	slotColumns          = []string{"slot", "dimension", "value", "chars"}

	diagnosisKinds = []string{
		"symptom", "finding", "disease", "injury", "neoplasm", "history", "status", "device", "screening", "followup",
		"aftercare", "pregnancy", "external", "reason", "variant",
	}
)

func (ct *conceptTable) slots(t table) (map[string]*Slot, []Problem) {
	slots := map[string]*Slot{}
	var problems []Problem
	for _, r := range t.rows {
		name, dim, value, chars := r.cells[0], r.cells[1], r.cells[2], r.cells[3]
		s := slots[name]
		if s == nil {
			s = &Slot{Name: name, Dimension: dim}
			slots[name] = s
		}
		v := SlotValue{Value: value, Chars: chars}
		if axis, ok := slotAxis[dim]; ok && value != "unspecified" {
			if v.Concept = ct.byName[axis][value]; v.Concept == 0 {
				problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("unknown concept %s:%s", axis, value)})
			}
		}
		if s.Dimension != dim {
			problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("slot %s has two dimensions", name)})
		}
		s.Values = append(s.Values, v)
	}
	return slots, problems
}

// slotAxis maps the slot dimensions whose values are concepts to their axis.
var slotAxis = map[string]Axis{"site": Region, "qualifier": Qualifier}

func parsePattern(text string, slots map[string]*Slot) (Pattern, error) {
	p := Pattern{Text: text}
	if text == "-" {
		return p, nil
	}
	for rest := text; rest != ""; {
		lit, after, ok := strings.Cut(rest, "{")
		if lit != "" {
			p.parts = append(p.parts, patternPart{literal: lit})
		}
		if !ok {
			break
		}
		name, tail, ok := strings.Cut(after, "}")
		if !ok {
			return p, fmt.Errorf("pattern %q: unclosed slot", text)
		}
		s := slots[name]
		if s == nil {
			return p, fmt.Errorf("pattern %q: unknown slot %q", text, name)
		}
		p.parts = append(p.parts, patternPart{slot: s})
		rest = tail
	}
	return p, nil
}

func (ct *conceptTable) qualifiers(cell string) ([]ConceptID, error) {
	var out []ConceptID
	for _, w := range splitList(cell, ",") {
		id := ct.byName[Qualifier][w]
		if id == 0 {
			return nil, fmt.Errorf("unknown concept qualifier:%s", w)
		}
		out = append(out, id)
	}
	return out, nil
}

func (ct *conceptTable) site(cell string) (ConceptID, error) {
	if cell == "" {
		return 0, nil
	}
	if id := ct.byName[Region][cell]; id != 0 {
		return id, nil
	}
	return 0, fmt.Errorf("unknown concept region:%s", cell)
}

func (ct *conceptTable) diagnoses(t table, slots map[string]*Slot) ([]Diagnosis, []Problem) {
	var out []Diagnosis
	var problems []Problem
	for _, r := range t.rows {
		d := Diagnosis{Concept: r.cells[0], Kind: r.cells[1], Title: r.cells[5], Source: r.src}
		var errs [4]error
		d.Site, errs[0] = ct.site(r.cells[2])
		d.With, errs[1] = ct.qualifiers(r.cells[3])
		d.Pattern, errs[2] = parsePattern(r.cells[4], slots)
		errs[3] = oneOf("kind", d.Kind, diagnosisKinds...)
		for _, err := range errs {
			if err != nil {
				problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
			}
		}
		out = append(out, d)
	}
	return out, problems
}

func (ct *conceptTable) diagnosisTerms(t table) ([]DiagnosisTerm, []Problem) {
	var out []DiagnosisTerm
	var problems []Problem
	for _, r := range t.rows {
		d := DiagnosisTerm{Text: r.cells[0], Concept: r.cells[1], Source: r.src}
		var errs [2]error
		d.Site, errs[0] = ct.site(r.cells[2])
		d.With, errs[1] = ct.qualifiers(r.cells[3])
		for _, err := range errs {
			if err != nil {
				problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
			}
		}
		out = append(out, d)
	}
	return out, problems
}
