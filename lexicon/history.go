package lexicon

// A History says which concepts stand for a diagnosis that is over, and for one
// that a relative has (ICD-10-CM guideline I.C.21.c.4).
type History struct {
	Concept          string
	Personal, Family string // concepts, empty when there is none
	Source           Source
}

var historyColumns = []string{"concept", "personal", "family"}

func histories(t table) []History {
	out := make([]History, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, History{r.cells[0], r.cells[1], r.cells[2], r.src})
	}
	return out
}

// HistoryOf returns the row of a diagnosis concept, nil when there is none.
func (l *Lexicon) HistoryOf(concept string) *History {
	if i, ok := l.byHistory[concept]; ok {
		return &l.Histories[i]
	}
	return nil
}

func lintHistories(l *Lexicon) []Problem {
	var out []Problem
	for _, h := range l.Histories {
		for _, c := range []string{h.Concept, h.Personal, h.Family} {
			if c != "" && len(l.byDiagnosis[c]) == 0 {
				out = append(out, problemAt(h.Source, "unknown diagnosis concept %s", c))
			}
		}
	}
	return out
}
