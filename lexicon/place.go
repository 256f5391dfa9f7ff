package lexicon

// A CodePlace says where the diseases and signs of diagnosis codes are.
type CodePlace struct {
	Codes  CodeSet
	Place  []ConceptID // body parts
	Near   []ConceptID // body parts that are examined for them as well
	Source Source
}

// An ExamPurpose lists the located codes for which a modality of one purpose is used.
type ExamPurpose struct {
	Modality ConceptID
	Codes    CodeSet
	Source   Source
}

var (
	codePlaceColumns   = []string{"codes", "place", "near"}
	examPurposeColumns = []string{"modality", "codes"}
)

func (ct *conceptTable) codePlaces(t table) ([]CodePlace, []Problem) {
	var out []CodePlace
	var problems []Problem
	for _, r := range t.rows {
		p := CodePlace{Source: r.src}
		var errs [3]error
		p.Codes, errs[0] = parseCodeSet(r.cells[0])
		p.Place, errs[1] = ct.sites(r.cells[1])
		p.Near, errs[2] = ct.sites(r.cells[2])
		for _, err := range errs {
			if err != nil {
				problems = append(problems, problemAt(r.src, "%v", err))
			}
		}
		out = append(out, p)
	}
	return out, problems
}

func (ct *conceptTable) sites(cell string) ([]ConceptID, error) {
	var out []ConceptID
	for _, name := range splitList(cell, ",") {
		id, err := ct.site(name)
		if err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, nil
}

func (ct *conceptTable) examPurposes(t table) ([]ExamPurpose, []Problem) {
	var out []ExamPurpose
	var problems []Problem
	for _, r := range t.rows {
		codes, err := parseCodeSet(r.cells[1])
		if err != nil {
			problems = append(problems, problemAt(r.src, "%v", err))
		}
		id := ct.byName[Modality][r.cells[0]]
		if id == 0 {
			problems = append(problems, problemAt(r.src, "unknown concept modality:%s", r.cells[0]))
		}
		out = append(out, ExamPurpose{id, codes, r.src})
	}
	return out, problems
}

// PlaceOf returns the row that says where a diagnosis code is, the narrowest one; nil for
// codes that may be anywhere.
func (l *Lexicon) PlaceOf(code string) *CodePlace {
	var best *CodePlace
	narrowest := 0
	for i := range l.CodePlaces {
		if n := l.CodePlaces[i].Codes.narrowness(code); n > narrowest {
			best, narrowest = &l.CodePlaces[i], n
		}
	}
	return best
}

// PurposeOf returns what a modality is used for, nil for those that are used for anything.
func (l *Lexicon) PurposeOf(modality ConceptID) *ExamPurpose {
	for i := range l.ExamPurposes {
		if l.ExamPurposes[i].Modality == modality {
			return &l.ExamPurposes[i]
		}
	}
	return nil
}

func lintCodePlaces(l *Lexicon) []Problem {
	var out []Problem
	for _, p := range l.CodePlaces {
		if len(p.Place) == 0 {
			out = append(out, problemAt(p.Source, "%s has no place", p.Codes.Text))
		}
		out = append(out, lintCategories(l, p.Codes, p.Source)...)
	}
	for _, p := range l.ExamPurposes {
		out = append(out, lintCategories(l, p.Codes, p.Source)...)
	}
	return out
}
