package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

func newCodesSearch(a *app) *cobra.Command {
	var f codesFlags
	c := &cobra.Command{
		Long: `Find codes by the words of their titles and terms. What radcode's own tables hold comes
first; then, where an official release of the date of service was imported, the
codes to which its alphabetic index leads, and those that a search of it finds
besides. --limit counts for each; --any searches and does not look up.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.codesSearch(c.Context(), f, strings.Join(args, " "))
		},
	}
	f.add(c)
	c.Flags().IntVar(&f.limit, "limit", 10, "how many codes at most")
	return c
}

func (a *app) codesSearch(ctx context.Context, f codesFlags, words string) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.limit < 1 {
		return fmt.Errorf("--limit %d: want 1 or more", f.limit)
	}
	ix, err := a.openIndex()
	if err != nil {
		return err
	}
	defer ix.Close()
	q := index.Query{Text: words, System: f.system, Date: f.date, Any: f.any, Limit: f.limit}
	hits, err := ix.Search(ctx, q)
	if err != nil {
		return err
	}
	more, err := a.searchRelease(ctx, q, hits)
	if err != nil {
		return err
	}
	hits = append(hits, more...)
	if f.json {
		return a.printJSON(append([]index.Hit{}, hits...))
	}
	p := &page{style: a.style()}
	for _, h := range hits {
		p.codeLine(h.Code)
	}
	return a.print(p)
}

// searchRelease finds codes of the release in force that were not found yet.
func (a *app) searchRelease(ctx context.Context, q index.Query, found []index.Hit) ([]index.Hit, error) {
	if q.System != "" && q.System != lexicon.ICD10CM {
		return nil, nil
	}
	rs, err := a.releases()
	if err != nil {
		return nil, err
	}
	defer rs.Close()
	r, err := rs.On(lexicon.ICD10CM, a.today(q.Date))
	if err != nil || r == nil {
		return nil, err
	}
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	hits, err := lookUp(ctx, r, q, coding.Thesaurus(lex))
	return slices.DeleteFunc(hits, func(h index.Hit) bool {
		return slices.ContainsFunc(found, func(f index.Hit) bool { return f.Code.System == h.Code.System && f.Code.ID == h.Code.ID })
	}), err
}

// lookUp asks the alphabetic tables of a release before its search.
func lookUp(ctx context.Context, r *index.Release, q index.Query, words *index.Thesaurus) ([]index.Hit, error) {
	if q.Any {
		return r.Search(ctx, q)
	}
	found, err := r.Find(ctx, index.Phrase{Text: q.Text, Words: words}, q.Limit)
	var hits []index.Hit
	for _, f := range found {
		if !f.Code.Billable {
			continue
		}
		c := index.Code{
			System: r.System, ID: f.Code.ID, Title: f.Code.Title, Terms: []string{strings.Join(f.Steps, " > ")},
			From: r.From, To: r.To, Billable: true,
		}
		hits = append(hits, index.Hit{Code: &c, Score: float64(f.Score)})
	}
	return hits, err
}
