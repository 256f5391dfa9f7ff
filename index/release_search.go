package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"
)

// releaseSearch is the bleve index of a release, opened with the first search.
type releaseSearch struct {
	path  string
	once  sync.Once
	index bleve.Index
	err   error
}

func (s *releaseSearch) open() (bleve.Index, error) {
	s.once.Do(func() {
		if s.index, s.err = bleve.OpenUsing(s.path, map[string]any{"read_only": true}); s.err != nil {
			s.err = fmt.Errorf("open %s: %w", s.path, s.err)
		}
	})
	return s.index, s.err
}

func (s *releaseSearch) close() error {
	s.once.Do(func() { s.err = os.ErrClosed })
	if s.index == nil {
		return nil
	}
	return s.index.Close()
}

// Search returns the codes whose title, inclusion terms or index entries hold
// the words, best first, headers among them. Of the query, System and Date do
// not count: a release has one system and its own dates.
func (r *Release) Search(ctx context.Context, q Query) ([]Hit, error) {
	b, err := r.search.open()
	if err != nil {
		return nil, fmt.Errorf("index: release %s: %w", r.Release, err)
	}
	if q.Limit <= 0 {
		q.Limit = 10
	}
	if strings.TrimSpace(q.Text) == "" {
		return nil, nil
	}
	req := bleve.NewSearchRequestOptions(releaseQuery(q), q.Limit, 0, false)
	req.SortBy([]string{"-_score", "_id"})
	res, err := b.SearchInContext(ctx, req)
	if err != nil {
		return nil, fmt.Errorf("index: search %q in release %s: %w", q.Text, r.Release, err)
	}
	var hits []Hit
	for _, h := range res.Hits {
		if row, ok := r.row(h.ID); ok {
			c := r.described(row)
			hits = append(hits, Hit{Code: &c, Score: h.Score})
		}
	}
	return hits, nil
}

// releaseQuery is the query of an Index, of billable codes only unless q.Any.
func releaseQuery(q Query) query.Query {
	text := textQuery(q)
	if q.Any {
		return text
	}
	billable := bleve.NewTermQuery(billableMark)
	billable.SetField(fieldSystem)
	billable.SetBoost(0)
	return bleve.NewConjunctionQuery(text, billable)
}

// billableMark and headerMark stand in the system field of a release's
// documents: there is one system, and searches want billable codes.
const (
	billableMark = "billable"
	headerMark   = "header"
)

// described is a code as searches return it, with all wordings it goes by.
func (r *Release) described(row int) Code {
	c := r.code(row)
	return Code{System: r.System, ID: c.ID, Title: c.Title, Terms: r.wordings(r.id(row)), From: r.From, To: r.To, Billable: c.Billable}
}

// wordings are the further names of a code: its inclusion terms and the index
// entries that give just this code, in the words of their titles.
func (r *Release) wordings(id string) []string {
	var out []string
	for _, n := range r.ownNotes(id) {
		if n.Kind == Inclusion {
			out = append(out, n.Text)
		}
	}
	for _, t := range r.entries(id) {
		out = append(out, t.wording())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// entries are the terms of the alphabetic index that give just this code.
func (r *Release) entries(id string) []Term {
	var out []Term
	for at := range r.rowsOf(secByCode, id) {
		if t := r.term(int(r.flat.tables[secByCode].at(at, 1))); t.table == Alphabetic && t.See == "" {
			out = append(out, t)
		}
	}
	return out
}

// wording says a path as a phrase: "Nodule(s), nodular > lung" is "Nodule lung".
func (t Term) wording() string {
	main := withEndings(t.Path[0], "")
	if first, rest, several := strings.Cut(main, ","); several && !strings.Contains(strings.TrimSpace(rest), " ") {
		main = first
	}
	return withEndings(strings.Join(append([]string{main}, t.Path[1:]...), " "), "")
}

// searched are the words a code is found by: its wordings and the entries as
// printed, with all variants of their titles.
func (r *Release) searched(id string) string {
	words := r.wordings(id)
	for _, t := range r.entries(id) {
		words = append(words, strings.Join(t.Path, " "), t.Nonessential)
	}
	return strings.Join(words, " ; ")
}

// buildSearch writes the bleve index of a release.
func (r *Release) buildSearch(ctx context.Context, path string, progress func(codes int)) (err error) {
	im, err := descriptorMapping()
	if err != nil {
		return err
	}
	tmp := filepath.Join(filepath.Dir(path), "building")
	if err := os.Mkdir(tmp, 0o755); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(tmp)) }()
	b, err := bleve.NewBuilder(path, im, map[string]any{"buildPathPrefix": tmp, "batchSize": 5000})
	if err != nil {
		return err
	}
	all := r.flat.tables[secCodes].rows()
	for row := range all {
		if err := ctx.Err(); err != nil {
			return errors.Join(err, b.Close())
		}
		c := r.code(row)
		mark := headerMark
		if c.Billable {
			mark = billableMark
		}
		doc := map[string]any{fieldTitle: c.Title, fieldTerms: r.searched(r.id(row)), fieldSystem: mark}
		if err := b.Index(r.id(row), doc); err != nil {
			return errors.Join(err, b.Close())
		}
		if progress != nil && row%1000 == 0 {
			progress(row)
		}
	}
	return b.Close()
}
