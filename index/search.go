package index

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// Lookup returns a code by system and ID; system "" tries all.
func (ix *Index) Lookup(system, id string) (*Code, bool) {
	id = strings.ToUpper(strings.TrimSpace(id))
	systems := []string{system}
	if system == "" {
		systems = []string{"cpt", "hcpcs", "icd10cm"}
	}
	for _, s := range systems {
		for _, candidate := range []string{id, dotted(id)} {
			if i, ok := ix.byID[key(s, candidate)]; ok {
				return &ix.codes[i], true
			}
		}
	}
	return nil, false
}

// dotted puts the dot of an ICD-10-CM code in place: R918 is R91.8.
func dotted(id string) string {
	if len(id) > 3 && !strings.Contains(id, ".") {
		return id[:3] + "." + id[3:]
	}
	return id
}

// Codes returns all codes, by system and ID. Do not modify.
func (ix *Index) Codes() []Code { return ix.codes }

// Search returns the codes whose title or terms hold the words, best first,
// ties by code.
func (ix *Index) Search(ctx context.Context, q Query) ([]Hit, error) {
	if q.Limit <= 0 {
		q.Limit = 10
	}
	if strings.TrimSpace(q.Text) == "" {
		return nil, nil
	}
	// Dates are checked on the hits: a code's dates are in memory, and few codes
	// of a page have ended, so asking for some more is cheaper than a range query.
	req := bleve.NewSearchRequestOptions(ix.query(q), q.Limit*3+20, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := ix.search.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("index: search %q: %w", q.Text, err)
	}
	var hits []Hit
	for _, h := range res.Hits {
		c := &ix.codes[ix.byID[h.ID]]
		if q.Any || c.InForce(q.Date) {
			hits = append(hits, Hit{Code: c, Score: h.Score})
		}
	}
	sort.SliceStable(hits, func(i, j int) bool {
		return hits[i].Score > hits[j].Score || hits[i].Score == hits[j].Score && hits[i].Code.ID < hits[j].Code.ID
	})
	if len(hits) > q.Limit {
		hits = hits[:q.Limit]
	}
	return hits, nil
}

// searchedFields in the order in which their scores are added.
var searchedFields = []struct {
	name  string
	boost float64
}{{fieldTitle, 1.5}, {fieldTerms, 1}}

// completeBoost puts a code whose title or terms hold every word of the query
// before codes that hold some of the words often.
const completeBoost = 4

func (ix *Index) query(q Query) query.Query {
	text := textQuery(q)
	if q.System == "" {
		return text
	}
	system := bleve.NewTermQuery(q.System)
	system.SetField(fieldSystem)
	system.SetBoost(0)
	return bleve.NewConjunctionQuery(text, system)
}

// textQuery asks for the words of a query in titles and terms.
func textQuery(q Query) query.Query {
	text := bleve.NewDisjunctionQuery()
	add := func(field string, boost float64, operator query.MatchQueryOperator) {
		m := bleve.NewMatchQuery(q.Text)
		m.SetField(field)
		m.SetBoost(boost)
		m.SetOperator(operator)
		text.AddQuery(m)
	}
	for _, f := range searchedFields {
		add(f.name, f.boost*completeBoost, query.MatchQueryOperatorAnd)
		if !q.All {
			add(f.name, f.boost, query.MatchQueryOperatorOr)
		}
	}
	return text
}
