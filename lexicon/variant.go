package lexicon

// A Variant is another way to write one word of a term, wherever in it the word
// stands: a diagnosis term "left lower quadrant pain" is also found as "lt lower
// quadrant pain", an exam term "ct kub" as "computed tomography kub".
type Variant struct {
	Word, Phrase string
	Layer        string // of the terms: cue, exam, problem
	Source       Source
}

var (
	variantColumns = []string{"word", "phrase", "layer"}
	variantLayers  = []string{"cue", "exam", "problem"}
)

func variants(t table) ([]Variant, []Problem) {
	var out []Variant
	var problems []Problem
	for _, r := range t.rows {
		v := Variant{r.cells[0], r.cells[1], r.cells[2], r.src}
		if err := oneOf("layer", v.Layer, variantLayers...); err != nil {
			problems = append(problems, problemAt(r.src, "%v", err))
		}
		out = append(out, v)
	}
	return out, problems
}
