package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// numbered makes the qualifier "multiple" what the words of a problem say. The
// reader takes a plural and its singular for one word, so that "pulmonary nodule" is found as
// "pulmonary nodules" and the other way round, but one nodule and several have codes of their own.
func (b *binding) numbered(m *nlp.Mention, with []lexicon.ConceptID) []lexicon.ConceptID {
	multiple := b.e.lex.Lookup(lexicon.Qualifier, "multiple")
	said := slices.Contains(with, multiple)
	switch head := b.headNoun(m); {
	case isPlural(head) && !said:
		return append(with, multiple)
	case said && !isPlural(head) && b.isSingularOf(m, head):
		return slices.DeleteFunc(with, func(id lexicon.ConceptID) bool { return id == multiple })
	}
	return with
}

// severalSites takes an injury of "the 5th through 7th ribs" for several. A disease of a paired
// organ is not: "a nodule in the lungs" is one.
func (b *binding) severalSites(f lexicon.Finding, r *nlp.Mention) lexicon.Finding {
	if r == nil || !isPlural(b.doc.Words(r.Last-1)) {
		return f
	}
	several := f
	several.With = append(f.With[:len(f.With):len(f.With)], b.e.lex.Lookup(lexicon.Qualifier, "multiple"))
	if c, ok := b.e.lex.Diagnose(several); ok && c.Row.Kind == "injury" {
		return several
	}
	return f
}

// headNoun is the word that carries the number: the last before a preposition,
// "nodules" in "nodules of the lungs".
func (b *binding) headNoun(m *nlp.Mention) string {
	head := ""
	for k := m.First; k < m.Last; k++ {
		w := b.doc.Words(k)
		if sitePrepositions[w] {
			break
		}
		if b.doc.Tokens[k].Kind == nlp.Word {
			head = w
		}
	}
	return head
}

// isPlural reports a word that ends as plurals do. Words that end so in the
// singular (ascites, biceps) do no harm: nothing is counted of what they name.
func isPlural(word string) bool {
	return strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us") && !strings.HasSuffix(word, "is")
}

// isSingularOf reports whether the lexicon's row has the plural of the word: then it
// is the plural that says "multiple". In "multinodular thyroid" another word does.
func (b *binding) isSingularOf(m *nlp.Mention, word string) bool {
	return slices.ContainsFunc(strings.Fields(m.Problem.Text), func(w string) bool { return w == word+"s" || w == word+"es" })
}
