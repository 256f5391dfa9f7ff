package nlp

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
)

// senses holds the rows of the lexicon's senses by phrase: the entry of the trie
// is the place in phrases.
type senses struct {
	trie    *trie
	phrases [][]*lexicon.Sense
}

func newSenses(lex *lexicon.Lexicon, v *vocabulary) *senses {
	s := &senses{trie: newTrie()}
	at := map[string]int{}
	for i := range lex.Senses {
		row := &lex.Senses[i]
		n, seen := at[row.Text]
		if !seen {
			n = len(s.phrases)
			at[row.Text] = n
			s.trie.add(v.phrase(row.Text), n)
			s.phrases = append(s.phrases, nil)
		}
		s.phrases[n] = append(s.phrases[n], row)
	}
	return s
}

// resense gives the words of an exam name the meaning they have beside what the
// rest of the name states. Of several rows of a phrase that hold the most specific
// one counts; a longer term that the phrase is part of stays.
func (r *Reader) resense(d *Document) {
	stated := slices.Clone(d.Mentions)
	for i := 0; i < len(d.Tokens); {
		entry, n := r.senses.trie.match(d.Tokens[i:])
		if n == 0 || r.withinTerm(d, i, i+n) {
			i++
			continue
		}
		s := r.holdingSense(stated, r.senses.phrases[entry], i, i+n)
		if s == nil {
			i++
			continue
		}
		d.Mentions = slices.DeleteFunc(d.Mentions, func(m Mention) bool { return m.First < i+n && m.Last > i })
		at := Mention{Section: 1, First: i, Layer: ExamLayer, Source: s.Source}
		for _, id := range s.Emits {
			at.Concept, at.Axis = id, r.Lexicon.Concept(id).Axis
			d.addMention(at, n)
		}
		i += n
	}
	slices.SortStableFunc(d.Mentions, func(a, b Mention) int { return a.First - b.First })
}

// withinTerm reports whether a term reaches beyond the tokens [first, last) on
// either side.
func (r *Reader) withinTerm(d *Document, first, last int) bool {
	for _, m := range d.Mentions {
		if m.First < last && m.Last > first && (m.First < first || m.Last > last) {
			return true
		}
	}
	return false
}

// holdingSense returns the row that asks for most of those that hold, or nil.
func (r *Reader) holdingSense(stated []Mention, rows []*lexicon.Sense, first, last int) *lexicon.Sense {
	var best *lexicon.Sense
	for _, s := range rows {
		holds := !r.statedBeside(stated, s.Unless, first, last)
		for _, g := range s.Given {
			holds = holds && r.statedBeside(stated, g, first, last)
		}
		if holds && (best == nil || s.Conditions() > best.Conditions()) {
			best = s
		}
	}
	return best
}

// statedBeside reports whether a mention outside the tokens [first, last) names
// one of the concepts.
func (r *Reader) statedBeside(stated []Mention, any lexicon.Group, first, last int) bool {
	for _, m := range stated {
		if m.First < last && m.Last > first {
			continue
		}
		for _, id := range any {
			if r.Lexicon.Is(m.Concept, id) {
				return true
			}
		}
	}
	return false
}
