package lexicon

// A Screening names the diagnosis concept for a screening done with a
// procedure.
type Screening struct {
	Procedure, Concept string
	Source             Source
}

var screeningColumns = []string{"procedure", "concept"}

func screenings(t table) []Screening {
	out := make([]Screening, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Screening{r.cells[0], r.cells[1], r.src})
	}
	return out
}

// ScreeningWith returns the diagnosis concept of a screening done with a
// procedure code, "" when there is none.
func (l *Lexicon) ScreeningWith(code string) string {
	for _, s := range l.Screenings {
		if s.Procedure == code {
			return s.Concept
		}
	}
	return ""
}
