package lexicon

import "strconv"

// A PatientLimit says for whom a body part or a code is.
type PatientLimit struct {
	Kind     string    // region, procedure or diagnosis
	What     string    // name of the concept, code, or beginning of a diagnosis code
	Region   ConceptID // of a region, else 0
	Sex      string    // F, M, or "" for both
	From, To int       // years of age, both included; -1 = any
	Source   Source
}

var patientLimitColumns = []string{"kind", "what", "sex", "from", "to"}

func (ct *conceptTable) patientLimits(t table) ([]PatientLimit, []Problem) {
	var out []PatientLimit
	var problems []Problem
	for _, r := range t.rows {
		l := PatientLimit{Kind: r.cells[0], What: r.cells[1], Sex: r.cells[2], From: -1, To: -1, Source: r.src}
		for i, at := range []*int{&l.From, &l.To} {
			if cell := r.cells[3+i]; cell != "" {
				n, err := strconv.Atoi(cell)
				if err != nil {
					problems = append(problems, problemAt(r.src, "%q is no age in years", cell))
				}
				*at = n
			}
		}
		switch l.Kind {
		case "region":
			if l.Region = ct.byName[Region][l.What]; l.Region == 0 {
				problems = append(problems, problemAt(r.src, "unknown concept region:%s", l.What))
			}
		case "procedure", "diagnosis":
		default:
			problems = append(problems, problemAt(r.src, "unknown kind %q", l.Kind))
		}
		if l.Sex != "" && l.Sex != "F" && l.Sex != "M" || l.Sex == "" && l.From < 0 && l.To < 0 || l.To >= 0 && l.From > l.To {
			problems = append(problems, problemAt(r.src, "%s: want a sex (F or M), or ages that do not run backwards", l.What))
		}
		out = append(out, l)
	}
	return out, problems
}
