package index

import "strings"

// walkCauses walks the index to external causes where the phrase has words that ask for
// it ("fell", "hit by"): those that the thesaurus has for that table.
func (r *Release) walkCauses(q Phrase, best map[string]candidate) {
	for _, p := range r.readings(q, External) {
		w := &walker{r: r, p: p, table: External, best: best}
		w.enter(spot{})
	}
}

// walkDrugs walks the table of drugs and chemicals where the phrase says a
// circumstance ("overdose", "adverse effect of"): the substance is looked up by the words left, its
// column is the circumstance, of several the one of most meaning.
func (r *Release) walkDrugs(q Phrase, best map[string]candidate) {
	plain := newPhrase(q)
	column, cues, rest, ok := q.Words.circumstance(plain.said)
	if !ok || len(rest) == 0 {
		return
	}
	p := reading(plain.said, q)
	p.small, p.cost = plain.small, 1
	for _, word := range strings.Fields(intents[column]) {
		if p.bits[word] == 0 {
			p.bits[word] = p.mask(cues...) // what the title of the code will say
		}
	}
	w := &walker{r: r, p: p, table: Drugs, best: best}
	w.enter(spot{covered: p.mask(cues...), column: int(column)})
}

// intents are the words for a circumstance in the titles of codes.
var intents = [...]string{"accidental", "self", "assault", "undetermined", "", ""}

// circumstance finds what happened with a substance, and the words that do not say it.
func (t *Thesaurus) circumstance(said []string) (column Circumstance, cues, rest []string, ok bool) {
	if t == nil {
		return 0, nil, nil, false
	}
	for i := 0; i < len(said); {
		n := min(t.longest, len(said)-i)
		for ; n > 0; n-- {
			if c, is := t.column(strings.Join(said[i:i+n], " ")); is {
				column, ok = max(column, c), true
				cues = append(cues, said[i:i+n]...)
				break
			}
		}
		if n == 0 {
			rest, n = append(rest, said[i]), 1
		}
		i += n
	}
	return column, cues, rest, ok
}

// column is the circumstance that a phrase says.
func (t *Thesaurus) column(key string) (Circumstance, bool) {
	for _, w := range t.phrases[key] {
		if w.Table == Drugs {
			c, ok := Circumstances[w.Index]
			return c, ok
		}
	}
	return 0, false
}
