package lexicon

// A Cue is a phrase that changes what is asserted about the mentions around it,
// in the manner of ConText (Harkema et al. 2009).
type Cue struct {
	Text     string
	Category string // negated, uncertain, historical, hypothetical, family
	Role     string // pre: acts forward; post: acts backward; pseudo: looks like a cue, is none; stop: ends every scope
	Source   Source
}

// A Heading is a phrase that opens a section of a kind.
type Heading struct {
	Text   string
	Kind   string
	Source Source
}

var (
	cueColumns     = []string{"cue", "category", "role"}
	headingColumns = []string{"heading", "kind"}

	cueCategories = []string{"negated", "uncertain", "historical", "hypothetical", "family", "all"}
	cueRoles      = []string{"pre", "post", "pseudo", "stop"}
)

func cues(t table) ([]Cue, []Problem) {
	var out []Cue
	var problems []Problem
	for _, r := range t.rows {
		c := Cue{r.cells[0], r.cells[1], r.cells[2], r.src}
		for _, err := range []error{
			oneOf("category", c.Category, cueCategories...), oneOf("role", c.Role, cueRoles...),
		} {
			if err != nil {
				problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
			}
		}
		out = append(out, c)
	}
	return out, problems
}

func headings(t table) ([]Heading, []Problem) {
	out := make([]Heading, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Heading{r.cells[0], r.cells[1], r.src})
	}
	return out, nil
}
