package nlp

import (
	"fmt"

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
	terms      *trie // entries index Lexicon.Terms
	problems   *trie // entries index Lexicon.DiagnosisTerms
	looks      *trie // entries index Lexicon.Appearances
	cues       *trie // entries index Lexicon.Cues
	headings   *trie // entries index Lexicon.Headings
	grammar    *grammar
	speller    *speller
	stages     []Stage
}

// New builds a reader. The error says which stage needs what no earlier stage
// adds; it can only come from a change to Stages.
func New(lex *lexicon.Lexicon) (*Reader, error) {
	r := &Reader{
		Lexicon: lex, vocabulary: newVocabulary(), terms: newTrie(), problems: newTrie(), looks: newTrie(), cues: newTrie(), headings: newTrie(),
		stages: Stages(),
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
	for i, t := range lex.Appearances {
		r.looks.add(r.vocabulary.phrase(t.Text), i)
	}
	for i, t := range lex.DiagnosisTerms {
		r.problems.add(r.vocabulary.phrase(t.Text), i)
	}
	for i, c := range lex.Cues {
		r.cues.add(r.vocabulary.phrase(c.Text), i)
	}
	for i, h := range lex.Headings {
		r.headings.add(r.vocabulary.phrase(h.Text), i)
	}
	r.grammar = newGrammar(lex, r.vocabulary)
	return r, nil
}

// Read runs all stages over a report.
func (r *Reader) Read(report Report) *Document {
	d := &Document{Report: report, Text: report.Text}
	for _, s := range r.stages {
		s.Run(r, d)
	}
	return d
}

func (r *Reader) tokens(d *Document) {
	d.Tokens = Scan(d.Text)
	r.vocabulary.number(d.Text, d.Tokens)
}

// mentions finds axis terms and problem terms sentence by sentence. The two are
// matched independently: "chest pain" is a problem and also names the chest.
func (r *Reader) mentions(d *Document) {
	for s := range d.Sentences {
		sent := &d.Sentences[s]
		tokens := d.Tokens[sent.First:sent.Last]
		nextTerm, nextProblem, nextLook := 0, 0, 0
		for i := range tokens {
			if tokens[i].Word == 0 {
				continue
			}
			at := Mention{Section: sent.Section, Sentence: s, First: sent.First + i}
			if i >= nextTerm {
				if entry, n := r.terms.match(tokens[i:]); n > 0 {
					nextTerm = i + n
					r.addTerm(d, at, &r.Lexicon.Terms[entry], n)
				}
			}
			if i >= nextLook {
				if entry, n := r.looks.match(tokens[i:]); n > 0 {
					nextLook = i + n
					r.addTerm(d, at, &r.Lexicon.Appearances[entry], n)
				}
			}
			if i >= nextProblem {
				if entry, n := r.problems.match(tokens[i:]); n > 0 {
					nextProblem = i + n
					t := &r.Lexicon.DiagnosisTerms[entry]
					at.Problem, at.Source = t, t.Source
					d.addMention(at, n)
				}
			}
		}
	}
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
