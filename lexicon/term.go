package lexicon

import (
	"fmt"
	"strings"
)

// A Term is a phrase and the concepts it names.
type Term struct {
	Text   string
	Emits  []ConceptID
	Source Source
}

var termColumns = []string{"term", "emits"}

// termFiles are the files of exam terms. The file a term stands in is for
// the reader's benefit: what it emits decides.
var termFiles = []string{
	"anatomy.tsv", "modality.tsv", "contrast.tsv", "technique.tsv", "views.tsv", "intent.tsv",
}

func (ct *conceptTable) terms(t table) ([]Term, []Problem) {
	var terms []Term
	var problems []Problem
	for _, r := range t.rows {
		term := Term{Text: r.cells[0], Source: r.src}
		for _, e := range strings.Fields(r.cells[1]) {
			id := ct.named(e)
			if id == 0 {
				problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("unknown concept %q", e)})
				continue
			}
			term.Emits = append(term.Emits, id)
		}
		terms = append(terms, term)
	}
	return terms, problems
}
