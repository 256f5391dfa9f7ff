package lexicon

import "strings"

// A ChestFinding says which of the findings that collections of chest films are
// labelled with (the 14 of ChestX-ray14: Wang et al. 2017) a mention of a diagnosis concept is.
// Infiltrate and consolidation are one code and two findings, so the words may decide.
type ChestFinding struct {
	Finding string
	Concept string
	Word    string // what the mention must hold, empty for any
	Source  Source
}

var chestFindingColumns = []string{"finding", "concept", "word"}

func chestFindings(t table) []ChestFinding {
	out := make([]ChestFinding, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, ChestFinding{r.cells[0], r.cells[1], r.cells[2], r.src})
	}
	return out
}

// ChestFindingsOf returns the findings that a mention of a concept in these words
// is: "atelectasis versus infiltrate" is two.
func (l *Lexicon) ChestFindingsOf(concept, words string) []string {
	var out []string
	for _, f := range l.ChestFindings {
		if f.Concept == concept && strings.Contains(words, f.Word) {
			out = append(out, f.Finding)
		}
	}
	return out
}

func lintChestFindings(l *Lexicon) []Problem {
	var out []Problem
	for _, f := range l.ChestFindings {
		if len(l.byDiagnosis[f.Concept]) == 0 {
			out = append(out, problemAt(f.Source, "unknown diagnosis concept %s", f.Concept))
		}
	}
	return out
}
