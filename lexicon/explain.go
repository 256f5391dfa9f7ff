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

// An Addon is billed beside a code when the technique is stated: tomosynthesis
// beside a mammogram.
type Addon struct {
	Code      string
	Technique ConceptID
	Addon     string
	Source    Source
}

var addonColumns = []string{"code", "technique", "addon"}

func (ct *conceptTable) addons(t table) ([]Addon, []Problem) {
	var out []Addon
	var problems []Problem
	for _, r := range t.rows {
		id := ct.byName[Technique][r.cells[1]]
		if id == 0 {
			problems = append(problems, problemAt(r.src, "unknown concept technique:%s", r.cells[1]))
		}
		out = append(out, Addon{r.cells[0], id, r.cells[2], r.src})
	}
	return out, problems
}

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

// A Combination joins two diagnosis concepts of one sentence into one with
// qualifiers (ICD-10-CM guideline I.B.9): a stone and hydronephrosis have a
// code together.
type Combination struct {
	First, Second string // concepts, in either order
	Concept       string
	With          []ConceptID
	Source        Source
}

var combinationColumns = []string{"first", "second", "concept", "with"}

func (ct *conceptTable) combinations(t table) ([]Combination, []Problem) {
	var out []Combination
	var problems []Problem
	for _, r := range t.rows {
		with, err := ct.qualifiers(r.cells[3])
		if err != nil {
			problems = append(problems, problemAt(r.src, "%v", err))
		}
		out = append(out, Combination{r.cells[0], r.cells[1], r.cells[2], with, r.src})
	}
	return out, problems
}

// Combine returns the combination of two concepts, nil when there is none.
func (l *Lexicon) Combine(a, b string) *Combination {
	if i, ok := l.byPair[[2]string{a, b}]; ok {
		return &l.Combinations[i]
	}
	return nil
}

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

// A Bundle says that a code already holds another one of the same session
// (CMS NCCI policy manual, chapter 9).
type Bundle struct {
	Code, Includes string
	Source         Source
}

var bundleColumns = []string{"code", "includes"}

func bundles(t table) []Bundle {
	out := make([]Bundle, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Bundle{r.cells[0], r.cells[1], r.src})
	}
	return out
}

// Includes reports whether a procedure code holds another one.
func (l *Lexicon) Includes(code, other string) bool {
	for _, b := range l.Bundles {
		if b.Code == code && b.Includes == other {
			return true
		}
	}
	return false
}
