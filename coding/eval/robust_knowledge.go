package eval

import (
	"strings"
	"sync"

	"github.com/radcode/radcode/lexicon"
)

// knowledge is what operators look up in the lexicon, read once.
type knowledge struct {
	lex      *lexicon.Lexicon
	headings map[string]string   // heading words to section kind
	mirrors  map[string]string   // diagnosis code to the code of the other side
	concepts map[string][]string // diagnosis code to the concepts that it codes
	kinds    map[string]string   // diagnosis concept to the kind of its rows
	phrases  map[string][]string // diagnosis concept to the phrases that name it
	words    map[string]bool     // words that mean something to somebody
}

// known reads the embedded lexicon at the first call.
var known = sync.OnceValues(func() (*knowledge, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	return learn(lex), nil
})

func learn(lex *lexicon.Lexicon) *knowledge {
	k := &knowledge{
		lex: lex, headings: map[string]string{}, mirrors: readMirrors(lex), concepts: map[string][]string{},
		kinds: map[string]string{}, phrases: map[string][]string{}, words: map[string]bool{},
	}
	for _, h := range lex.Headings {
		k.headings[h.Text] = h.Kind
		k.learnWords(h.Text)
	}
	for i := range lex.Diagnoses {
		d := &lex.Diagnoses[i]
		k.kinds[d.Concept] = d.Kind
		for _, c := range lex.Enumerate(d) {
			if cs := k.concepts[c.Code]; len(cs) == 0 || cs[len(cs)-1] != d.Concept {
				k.concepts[c.Code] = append(cs, d.Concept)
			}
		}
	}
	for _, t := range lex.DiagnosisTerms {
		k.phrases[t.Concept] = append(k.phrases[t.Concept], t.Text)
		k.learnWords(t.Text)
	}
	for _, terms := range [][]lexicon.Term{lex.Terms, lex.Qualifiers, lex.Appearances} {
		for _, t := range terms {
			k.learnWords(t.Text)
		}
	}
	for _, c := range lex.Cues {
		k.learnWords(c.Text)
	}
	for _, w := range lexicon.ListedWords() {
		k.learnWords(w)
	}
	for _, a := range lex.Abbreviations {
		k.learnWords(a.Short)
		k.learnWords(a.Phrase)
	}
	return k
}

// means reports whether a word in small letters, or its singular, stands in the
// lexicon.
func (k *knowledge) means(word string) bool {
	return k.words[word] || k.words[strings.TrimSuffix(word, "s")] || k.words[strings.TrimSuffix(word, "es")]
}

func (k *knowledge) learnWords(phrase string) {
	for _, w := range strings.Fields(phrase) {
		k.words[w] = true
	}
}
