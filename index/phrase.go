package index

import (
	"math/bits"
	"slices"
)

// Phrase is what is looked up, with what the report says around it.
type Phrase struct {
	Text string
	// Words says what clinicians' words are in the index; nil: the index's own words alone.
	Words *Thesaurus
	// Context are words that the report says elsewhere, "left", "subsequent", "female",
	// "adult": they decide among codes, and need not be explained.
	Context []string
}

// phrase is one reading of a Phrase: its content words, each a bit, with what else they
// are called, and the small words between them, which break ties. Words of
// the context have the bits behind.
type phrase struct {
	words  []string
	bits   map[string]uint64
	small  map[string]bool
	others map[string]bool // words that stand for one of the phrase
	said   []string        // the phrase as it stood
	cost   int             // one for each group that gave words, less one for each wording
	denied uint64          // the words behind "without"
}

// maxWords is how many words of a phrase count; the bits left are for the context.
const maxWords = 48

// newPhrase reads a phrase as it stands.
func newPhrase(q Phrase) *phrase {
	var said []string
	small := map[string]bool{}
	for _, w := range wordsOf(q.Text) {
		if smallWords[w] {
			small[w] = true
		} else {
			said = append(said, w)
		}
	}
	p := reading(said[:min(len(said), maxWords)], q)
	p.small = small
	return p
}

// reading gives every word of a phrase its bit.
func reading(words []string, q Phrase) *phrase {
	p := &phrase{bits: map[string]uint64{}, others: map[string]bool{}, said: words}
	for _, w := range words {
		if p.bits[w] != 0 || len(p.words) >= maxWords {
			continue
		}
		p.bits[w] = 1 << len(p.words)
		if w != "without" && p.bits["without"] != 0 {
			p.denied |= p.bits[w]
		}
		p.words = append(p.words, w)
	}
	for _, w := range p.words {
		for _, other := range q.Words.same(w) {
			if p.bits[other] == 0 || p.others[other] {
				p.bits[other] |= p.bits[w]
				p.others[other] = true
			}
		}
	}
	for i, w := range contextWords(q.Context) {
		if p.bits[w] == 0 && len(p.words)+i < 64 {
			p.bits[w] = 1 << (len(p.words) + i)
		}
	}
	if p.bits["right"] != 0 && p.bits["left"] != 0 && p.bits["bilateral"] == 0 {
		p.bits["bilateral"] = p.bits["right"] | p.bits["left"]
	}
	return p
}

func contextWords(context []string) []string {
	var out []string
	for _, c := range context {
		out = append(out, contentWords(c)...)
	}
	return out
}

func (p *phrase) all() uint64 { return 1<<len(p.words) - 1 }

func (p *phrase) mask(words ...string) (mask uint64) {
	for _, w := range words {
		mask |= p.bits[w]
	}
	return mask
}

// says asks for a word that is not denied.
func (p *phrase) says(word string) bool { return p.bits[word]&^p.denied != 0 }

// loss is ten for each word of the phrase that is not covered.
func (p *phrase) loss(covered uint64) int { return 10 * bits.OnesCount64(p.all()&^covered) }

// readings are the ways to say a phrase in the index's words: first with what
// stands for its words put in their place, last as it stands.
func (r *Release) readings(q Phrase, table Table) []*phrase {
	plain := newPhrase(q)
	if len(plain.words) == 0 {
		return nil
	}
	var out []*phrase
	for _, wording := range q.Words.rewordings(r, plain.said, table) {
		p := reading(wording.words, q)
		p.small, p.said, p.cost = plain.small, plain.said, wording.cost
		if !slices.ContainsFunc(out, func(o *phrase) bool { return slices.Equal(o.words, p.words) }) {
			out = append(out, p)
		}
	}
	if table == Alphabetic {
		out = append(out, plain)
	}
	return out
}
