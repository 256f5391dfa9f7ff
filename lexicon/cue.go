package lexicon

import "fmt"

// A Cue is a phrase that changes what is asserted about the mentions around it,
// in the manner of ConText (Harkema et al. 2009).
type Cue struct {
	Text     string
	Category string // negated, uncertain, historical, hypothetical, family; all for a pseudo or stop cue
	Role     string // pre: acts forward; post: acts backward; pseudo: looks like a cue, is none; stop: ends every scope
	Source   Source
}

// A Heading is a phrase that opens a section of a kind.
type Heading struct {
	Text   string
	Kind   string // the names of nlp.SectionKind
	Source Source
}

// An Abbreviation is a short form of the words that diagnosis terms begin with:
// a term "history of asthma" is also found as "h/o asthma".
type Abbreviation struct {
	Short, Phrase string
	Source        Source
}

func abbreviations(t table) []Abbreviation {
	out := make([]Abbreviation, 0, len(t.rows))
	for _, r := range t.rows {
		out = append(out, Abbreviation{r.cells[0], r.cells[1], r.src})
	}
	return out
}

var (
	abbreviationColumns = []string{"short", "phrase"}

	cueColumns     = []string{"cue", "category", "role"}
	headingColumns = []string{"heading", "kind"}

	cueCategories = []string{"negated", "uncertain", "historical", "hypothetical", "family", "all"}
	cueRoles      = []string{"pre", "post", "pseudo", "stop"}

	headingKinds = []string{
		"body", "exam", "indication", "technique", "comparison", "findings", "impression", "recommendation", "signature",
		"header", "addendum", "procedure", "other",
	}
)

func cues(t table) ([]Cue, []Problem) {
	var out []Cue
	var problems []Problem
	for _, r := range t.rows {
		c := Cue{r.cells[0], r.cells[1], r.cells[2], r.src}
		for _, err := range []error{
			oneOf("category", c.Category, cueCategories...), oneOf("role", c.Role, cueRoles...), actingOnAll(c),
		} {
			if err != nil {
				problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
			}
		}
		out = append(out, c)
	}
	return out, problems
}

// actingOnAll wants a cue that acts to name what it does: only a stop or a
// pseudo cue may be of category all.
func actingOnAll(c Cue) error {
	if c.Category == "all" && (c.Role == "pre" || c.Role == "post") {
		return fmt.Errorf("cue %q acts on category all", c.Text)
	}
	return nil
}

func headings(t table) ([]Heading, []Problem) {
	out := make([]Heading, 0, len(t.rows))
	var problems []Problem
	for _, r := range t.rows {
		if err := oneOf("kind", r.cells[1], headingKinds...); err != nil {
			problems = append(problems, Problem{r.src.File, r.src.Line, err.Error()})
		}
		out = append(out, Heading{r.cells[0], r.cells[1], r.src})
	}
	return out, problems
}
