package verify

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// term is a phrase of the lexicon and what it means: concepts of axes, or a
// diagnosis.
type term struct {
	words     []string
	concepts  []lexicon.ConceptID
	diagnosis *lexicon.DiagnosisTerm
	source    lexicon.Source
}

// terms finds phrases of the lexicon in text: all of them, overlapping ones too.
// The engine takes the longest in each place; what it took is among these.
type terms struct {
	canonical canonical
	byFirst   map[string][]term // of exam terms, qualifiers, appearances and diagnoses
	single    []term            // exam terms of one word, long enough to be misspelt
}

func newTerms(lex *lexicon.Lexicon) *terms {
	t := &terms{canonical: canonical{}, byFirst: map[string][]term{}}
	for _, v := range lex.Variants {
		if len(v.Word) <= len(v.Phrase) {
			t.canonical.add(v.Phrase, v.Word)
		} else {
			t.canonical.add(v.Word, v.Phrase)
		}
	}
	for _, list := range [][]lexicon.Term{lex.Terms, lex.Qualifiers, lex.Appearances} {
		for _, x := range list {
			t.add(x.Text, term{concepts: x.Emits, source: x.Source})
		}
	}
	for _, x := range lex.Senses {
		t.add(x.Text, term{concepts: x.Emits, source: x.Source})
	}
	for i := range lex.DiagnosisTerms {
		d := &lex.DiagnosisTerms[i]
		t.add(d.Text, term{diagnosis: d, source: d.Source})
		for _, a := range lex.Abbreviations {
			if rest, ok := strings.CutPrefix(d.Text, a.Phrase); ok {
				t.add(a.Short+rest, term{diagnosis: d, source: d.Source})
			}
		}
	}
	return t
}

func (t *terms) add(text string, x term) {
	x.words = texts(t.canonical.of(wordsOf(text)))
	if len(x.words) == 0 {
		return
	}
	t.byFirst[x.words[0]] = append(t.byFirst[x.words[0]], x)
	if len(x.words) == 1 && x.diagnosis == nil && len(x.words[0]) >= minMisspelt {
		t.single = append(t.single, x)
	}
}

// read cuts text into words as terms are written.
func (t *terms) read(text string) []word { return t.canonical.of(wordsOf(text)) }

// found is a term in the text.
type found struct {
	*term
	start, end int
}

// in returns the terms that stand in the words.
func (t *terms) in(words []word) []found {
	var out []found
	for i := range words {
		list := t.byFirst[words[i].text]
		for k := range list {
			x := &list[k]
			if startWith(words[i:], x.words) {
				out = append(out, found{x, words[i].start, words[i+len(x.words)-1].end})
			}
		}
	}
	return out
}

// emits reports whether a term means a concept.
func (t *term) emits(id lexicon.ConceptID) bool { return slices.Contains(t.concepts, id) }

// minMisspelt is the length from which on a word of an exam name may be a slip of
// the pen for a term.
const minMisspelt = 5

// misspelt reports whether a word is one slip away from a term of the concept:
// a letter missing, added, changed or two changed about.
func (t *terms) misspelt(words []word, id lexicon.ConceptID) bool {
	for i := range t.single {
		x := &t.single[i]
		if x.emits(id) && slices.ContainsFunc(words, func(w word) bool { return oneSlip(w.text, x.words[0]) }) {
			return true
		}
	}
	return false
}

func oneSlip(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(b)-len(a) > 1:
		return false
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return true
	}
	return a[i+1:] == b[i+1:] || i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
}
