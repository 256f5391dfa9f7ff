package nlp

import (
	"fmt"
	"strings"
	"sync"

	"github.com/jdkato/prose/v2"

	"github.com/radcode/radcode/lexicon"
)

// Stage is one step of reading. Needs and Adds name the parts of a Document it
// uses and fills; New checks that every need is filled by an earlier stage.
type Stage struct {
	Name  string
	Doc   string
	Needs []string
	Adds  []string
	Run   func(*Reader, *Document)
}

// Stages returns the steps of reading, in order.
func Stages() []Stage {
	return []Stage{
		{"tokens", "cuts the text into words, numbers and marks with byte offsets", nil, []string{"tokens"}, (*Reader).tokens},
		{"sections", "finds headings in every style and the bodies under them", []string{"tokens"}, []string{"sections"}, (*Reader).sections},
		{"sentences", "cuts bodies into sentences, surviving abbreviations, measurements and missing stops", []string{"tokens", "sections"}, []string{"sentences"}, (*Reader).sentences},
		{"mentions", "finds lexicon terms, longest first: axis concepts and diagnosis concepts", []string{"tokens", "sentences"}, []string{"mentions"}, (*Reader).mentions},
		{"assertions", "decides per mention what is negated, uncertain, historical, hypothetical or about the family", []string{"mentions"}, []string{"assertions"}, (*Reader).assertions},
		{"sides", "binds right, left and both to the thing they belong to", []string{"mentions"}, []string{"sides"}, (*Reader).sides},
	}
}

// Reader turns reports into documents.
type Reader struct {
	Lexicon *lexicon.Lexicon

	vocabulary *vocabulary
	terms      *trie   // entries index Lexicon.Terms
	layers     []layer // what is matched in running text, each on its own
	problems   *trie   // entries index Lexicon.DiagnosisTerms
	cues       *trie   // entries index Lexicon.Cues
	headings   *trie   // entries index Lexicon.Headings
	grammar    *grammar
	speller    *speller
	senses     *senses
	stages     []Stage
	tagger     func() *prose.Model // loaded at the first call
}

// New builds a reader. The error says which stage needs what no earlier stage
// adds; it can only come from a change to Stages.
func New(lex *lexicon.Lexicon) (*Reader, error) {
	r := &Reader{
		Lexicon: lex, vocabulary: newVocabulary(), terms: newTrie(), problems: newTrie(), cues: newTrie(), headings: newTrie(),
		stages: Stages(), tagger: sync.OnceValue(loadTagger),
	}
	have := map[string]bool{}
	for _, s := range r.stages {
		for _, n := range s.Needs {
			if !have[n] {
				return nil, fmt.Errorf("nlp: stage %s needs %s, which no earlier stage adds", s.Name, n)
			}
		}
		for _, a := range s.Adds {
			have[a] = true
		}
	}
	r.vocabulary.fill(lex)
	examWords := map[string]bool{}
	for i, t := range lex.Terms {
		words := r.vocabulary.phrase(t.Text)
		r.terms.add(words, i)
		for _, w := range words {
			examWords[r.vocabulary.words[w]] = true
		}
	}
	r.speller = newSpeller(r.vocabulary, examWords)
	r.senses = newSenses(lex, r.vocabulary)
	r.layers = []layer{
		{ExamLayer, r.terms, lex.Terms},
		{QualifierLayer, r.trieOf(lex.Qualifiers), lex.Qualifiers},
		{PictureLayer, r.trieOf(lex.Appearances), lex.Appearances},
	}
	for i, t := range lex.DiagnosisTerms {
		r.problems.add(r.vocabulary.phrase(t.Text), i)
	}
	r.addAbbreviated(lex)
	for i, c := range lex.Cues {
		r.cues.add(r.vocabulary.phrase(c.Text), i)
	}
	for i, h := range lex.Headings {
		r.headings.add(r.vocabulary.phrase(h.Text), i)
	}
	r.grammar = newGrammar(lex, r.vocabulary)
	r.vocabulary.done()
	return r, nil
}

// addAbbreviated makes diagnosis terms findable by the short forms of their
// first words. A term of its own always wins: it was added before.
func (r *Reader) addAbbreviated(lex *lexicon.Lexicon) {
	v := r.vocabulary
	words := make([]WordID, 0, 32)
	for _, a := range lex.Abbreviations {
		prefix, short, n := a.Phrase+" ", v.phrase(a.Short), len(v.phrase(a.Phrase))
		for i, t := range lex.DiagnosisTerms {
			if strings.HasPrefix(t.Text, prefix) {
				words = append(append(words[:0], short...), v.phrase(t.Text)[n:]...)
				r.problems.add(words, i)
			}
		}
	}
}

// Read runs all stages over a report.
func (r *Reader) Read(report Report) *Document {
	d := NewDocument(report)
	for _, s := range r.stages {
		s.Run(r, d)
	}
	return d
}

func (r *Reader) tokens(d *Document) {
	d.Tokens = Scan(d.Text)
	r.vocabulary.number(d.Text, d.Tokens)
}

// layer is a set of terms that is matched on its own: a word may stand in
// several ("lateral" is a view, and a part of a bone).
type layer struct {
	name  Layer
	trie  *trie
	terms []lexicon.Term
}

func (r *Reader) trieOf(terms []lexicon.Term) *trie {
	t := newTrie()
	for i, term := range terms {
		t.add(r.vocabulary.phrase(term.Text), i)
	}
	return t
}

// mentions finds terms sentence by sentence, the longest first within each
// layer; problems are a layer of their own: "chest pain" is a problem and also
// names the chest.
func (r *Reader) mentions(d *Document) {
	next := make([]int, len(r.layers)+1)
	problems := len(r.layers)
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		tokens := d.Tokens[sent.First:sent.Last]
		clear(next)
		for i := range tokens {
			if tokens[i].Word == 0 {
				continue
			}
			at := Mention{Section: sent.Section, Sentence: s, First: sent.First + i}
			for n, l := range r.layers {
				if i < next[n] {
					continue
				}
				if entry, length := l.trie.match(tokens[i:]); length > 0 {
					next[n] = i + length
					if length == 1 && r.isShorthand(d, tokens[i], &l.terms[entry]) {
						continue
					}
					at.Layer = l.name
					r.addTerm(d, at, &l.terms[entry], length)
				}
			}
			if i < next[problems] {
				continue
			}
			if entry, length := r.problems.match(tokens[i:]); length > 0 {
				next[problems] = i + length
				t := &r.Lexicon.DiagnosisTerms[entry]
				at.Layer, at.Problem, at.Source = ProblemLayer, t, t.Source
				d.addMention(at, length)
			}
		}
	}
}

// shorthandLetters is the longest abbreviation that could as well be an English
// word: be (barium enema), us, or, it.
const shorthandLetters = 3

// isShorthand tells the word "be" from the abbreviation BE: in running text a
// short term stands for itself only in capitals. Three letters that name a body
// part and nothing else (hip, rib, toe) are words.
func (r *Reader) isShorthand(d *Document, t Token, term *lexicon.Term) bool {
	if t.Kind != Word || t.Len() > shorthandLetters || isUpper(t.Of(d.Text)) {
		return false
	}
	if t.Len() < shorthandLetters {
		return true
	}
	for _, id := range term.Emits {
		if r.Lexicon.Concept(id).Axis != lexicon.Region {
			return true
		}
	}
	return false
}

func (r *Reader) addTerm(d *Document, at Mention, t *lexicon.Term, n int) {
	at.Source = t.Source
	for _, id := range t.Emits {
		at.Concept, at.Axis = id, r.Lexicon.Concept(id).Axis
		d.addMention(at, n)
	}
}

func (d *Document) addMention(m Mention, n int) {
	m.Last = m.First + n
	m.Span = Span{d.Tokens[m.First].Start, d.Tokens[m.Last-1].End}
	d.Mentions = append(d.Mentions, m)
}
