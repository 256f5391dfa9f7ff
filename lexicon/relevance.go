package lexicon

import "strings"

// Relevance says what matters about a code when its mention is judged. Acute:
// the condition passes, so "history of" it is not current. Nonspecific: an
// abnormal finding that names no condition, coded only when nothing better is
// known. Generic: it says only that something is there.
type Relevance struct {
	Code        string // prefix, with the dot
	Acute       bool
	Nonspecific bool
	Generic     bool // says only that something is there: dropped beside a diagnosis of the same place
	Source      Source
}

var relevanceColumns = []string{"code", "relevance"}

func relevances(t table) ([]Relevance, []Problem) {
	var out []Relevance
	var problems []Problem
	for _, r := range t.rows {
		if err := oneOf("relevance", r.cells[1], "acute", "nonspecific", "generic"); err != nil {
			problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
		}
		out = append(out, Relevance{r.cells[0], r.cells[1] == "acute", r.cells[1] == "nonspecific", r.cells[1] == "generic", r.src})
	}
	return out, problems
}

// RelevanceOf returns the row with the longest prefix of a code, or the zero
// Relevance.
func (l *Lexicon) RelevanceOf(code string) Relevance {
	var best Relevance
	for _, r := range l.Relevances {
		if len(r.Code) > len(best.Code) && strings.HasPrefix(code, r.Code) {
			best = r
		}
	}
	return best
}
