package index

import (
	"context"
	"fmt"
	"slices"
)

// Found is a code for a phrase, with the way that led to it.
type Found struct {
	Code  ReleaseCode `json:"code"`
	Steps []string    `json:"steps"` // entries and references of the index, from the main term; or the title that holds the words
	// Exact says that every content word of the phrase is explained, that the
	// entry has no words besides, and that no code of another category is as good.
	Exact bool `json:"exact"`
	// Score is ten for each word of the phrase explained, less ten for each word
	// the entry has besides, three where that is a synonym or says "specified".
	Score int `json:"score"`
}

// Find returns codes for a phrase as a coder looks them up: the alphabetic index
// from a main term down to the subterms that the phrase names, following its
// references and the table of neoplasms, an incomplete code completed by what the
// phrase says; the table of drugs and the index of external causes where the phrase asks for them; then what a search over titles, inclusion terms and index
// entries finds besides. Best first.
func (r *Release) Find(ctx context.Context, q Phrase, limit int) ([]Found, error) {
	if limit <= 0 {
		limit = 5
	}
	p := newPhrase(q)
	if len(p.words) == 0 {
		return nil, nil
	}
	found := r.walk(q)
	hits, err := r.Search(ctx, Query{Text: q.Text, Limit: 4 * limit})
	if err != nil {
		return nil, fmt.Errorf("find %q: %w", q.Text, err)
	}
	for _, h := range hits {
		if !slices.ContainsFunc(found, func(f Found) bool { return f.Code.ID == h.Code.ID }) && p.accepts(h.Code.Title) {
			found = append(found, r.worded(p, h))
		}
	}
	slices.SortStableFunc(found, func(a, b Found) int { return b.Score - a.Score })
	return found[:min(limit, len(found))], nil
}

// Walk is Find without the search: what the alphabetic tables alone give.
func (r *Release) Walk(q Phrase, limit int) []Found {
	found := r.walk(q)
	return found[:min(limit, len(found))]
}

// worded judges a hit of a search by the wording that is nearest to the phrase.
func (r *Release) worded(p *phrase, h Hit) Found {
	c, _ := r.Code(h.Code.ID)
	out := Found{Code: c, Score: -1 << 20}
	for _, wording := range append([]string{h.Code.Title}, h.Code.Terms...) {
		var mask uint64
		missing := 0
		for _, w := range contentWords(wording) {
			bit, ok := p.bits[w]
			mask |= bit
			if !ok {
				missing++
			}
		}
		if score := 10*len(p.words) - p.loss(mask) - 10*missing; score > out.Score {
			out.Score, out.Steps, out.Exact = score, []string{wording}, missing == 0 && p.loss(mask) == 0
		}
	}
	return out
}
