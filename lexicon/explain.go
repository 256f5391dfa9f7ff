package lexicon

import "strings"

// An Explanation relates a diagnosis to a symptom by code prefix. Integral: the
// symptom belongs to the diagnosis and is not coded beside it (ICD-10-CM
// guideline I.B.5). Explains: the diagnosis answers for the symptom, which may
// still be coded.
type Explanation struct {
	Diagnosis, Symptom string // code prefixes, with the dot
	Integral           bool
	Source             Source
}

var explanationColumns = []string{"diagnosis", "symptom", "relation"}

func explanations(t table) ([]Explanation, []Problem) {
	var out []Explanation
	var problems []Problem
	for _, r := range t.rows {
		if err := oneOf("relation", r.cells[2], "integral", "explains"); err != nil {
			problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
		}
		out = append(out, Explanation{r.cells[0], r.cells[1], r.cells[2] == "integral", r.src})
	}
	return out, problems
}

// Explains looks up how a diagnosis code relates to a symptom code.
func (l *Lexicon) Explains(diagnosis, symptom string) (explains, integral bool) {
	for i := range l.Explanations {
		x := &l.Explanations[i]
		if strings.HasPrefix(diagnosis, x.Diagnosis) && strings.HasPrefix(symptom, x.Symptom) {
			if x.Integral {
				return true, true
			}
			explains = true
		}
	}
	return explains, false
}
