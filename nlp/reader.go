package nlp

import (
	"fmt"
	"slices"
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
	exams := make([]phrase, len(lex.Terms))
	for i, t := range lex.Terms {
		exams[i] = phrase{r.vocabulary.phrase(t.Text), i}
		for _, w := range exams[i].words {
			examWords[r.vocabulary.words[w]] = examWords[r.vocabulary.words[w]] || len(exams[i].words) == 1
		}
	}
	r.terms.addAll(r.varied(exams, "exam"))
	r.speller = newSpeller(r.vocabulary, examWords)
	r.senses = newSenses(lex, r.vocabulary)
	r.layers = []layer{
		{ExamLayer, r.terms, lex.Terms},
		{QualifierLayer, r.trieOf(lex.Qualifiers), lex.Qualifiers},
		{PictureLayer, r.trieOf(lex.Appearances), lex.Appearances},
	}
	r.problems.addAll(r.varied(r.problemPhrases(lex), "problem"))
	cues := make([]phrase, len(lex.Cues))
	for i, c := range lex.Cues {
		cues[i] = phrase{r.vocabulary.phrase(c.Text), i}
	}
	r.cues.addAll(r.varied(cues, "cue"))
	for i, h := range lex.Headings {
		r.headings.add(r.vocabulary.phrase(h.Text), i)
	}
	r.grammar = newGrammar(lex, r.vocabulary)
	r.vocabulary.done()
	return r, nil
}

// phrase is how a term is written and its entry in a trie.
type phrase struct {
	words []WordID
	entry int
}

// problemPhrases returns the diagnosis terms, and behind them the same with the
// short forms of their first words.
func (r *Reader) problemPhrases(lex *lexicon.Lexicon) []phrase {
	v := r.vocabulary
	out := make([]phrase, len(lex.DiagnosisTerms), 2*len(lex.DiagnosisTerms))
	for i, t := range lex.DiagnosisTerms {
		out[i] = phrase{v.phrase(t.Text), i}
	}
	for _, a := range lex.Abbreviations {
		prefix, short, n := a.Phrase+" ", v.phrase(a.Short), len(v.phrase(a.Phrase))
		for i, t := range lex.DiagnosisTerms {
			if strings.HasPrefix(t.Text, prefix) {
				out = append(out, phrase{slices.Concat(short, out[i].words[n:]), i})
			}
		}
	}
	return out
}

// varied adds, behind the phrases, the same with words written in another way.
func (r *Reader) varied(phrases []phrase, layer string) []phrase {
	for _, x := range r.Lexicon.Variants {
		if x.Layer != layer {
			continue
		}
		word, other := r.vocabulary.phrase(x.Word)[0], r.vocabulary.phrase(x.Phrase)
		for _, p := range phrases {
			if at := slices.Index(p.words, word); at >= 0 {
				phrases = append(phrases, phrase{slices.Concat(p.words[:at], other, p.words[at+1:]), p.entry})
			}
		}
	}
	return phrases
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
	d.letters = lettersOf(d.Text)
	d.Tokens = Scan(d.Text)
	r.vocabulary.number(d.Text, d.Tokens)
	r.joinMisread(d)
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
				if r.endsInSide(tokens, i+length) {
					continue
				}
				t := &r.Lexicon.DiagnosisTerms[entry]
				at.Layer, at.Problem, at.Source = ProblemLayer, t, t.Source
				d.addMention(at, length)
			}
		}
	}
}

// endsInSide reports a phrase that ends before token end with a word for a side
// that belongs to what follows: "history of rt" is radiotherapy, "history of rt
// ureteral stone" is not.
func (r *Reader) endsInSide(tokens []Token, end int) bool {
	return end < len(tokens) && r.is(tokens[end-1], toRight|toLeft) && tokens[end].Kind == Word &&
		!r.is(tokens[end], preposition|conjunction|verb|participle)
}

// shorthandLetters is the longest abbreviation that could as well be an English
// word: be (barium enema), us, or, it.
const shorthandLetters = 3

// isShorthand tells the word "be" from the abbreviation BE: in running text a
// short term stands for itself only in capitals. Three letters that name a body
// part and nothing else (hip, rib, toe) are words. Where capitals tell nothing, only terms that are
// common words are words.
func (r *Reader) isShorthand(d *Document, t Token, term *lexicon.Term) bool {
	if t.Kind != Word || t.Len() > shorthandLetters {
		return false
	}
	if d.letters != mixedLetters {
		return d.isWord(strings.ToLower(t.Of(d.Text)))
	}
	if isUpper(t.Of(d.Text)) {
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
