package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// ablation is the model less some of its parts.
type ablation struct {
	name    string
	without coding.Parts
}

const learnedBesideAxes = coding.PartWords | coding.PartStatements | coding.PartSpelling

var ablations = []ablation{
	{"axes only, weighed by hand", coding.PartLearning},
	{"axes only, learned weights", learnedBesideAxes},
	{"ranker only: words, spelling", coding.PartAxes | coding.PartStatements},
	{"all but spelling", coding.PartSpelling},
	{"all but words and spelling", coding.PartWords | coding.PartSpelling},
	{"all", 0},
}

// ablate prints what parts of the model reach by themselves on the same folds, and what the search index reaches
// with the titles of the codes.
func (a *app) ablate(ctx context.Context, p *page, engine *coding.Engine, t titleCorpus, f trainFlags, held []coding.Prediction) error {
	p.line("")
	p.line("held-out top-1 without parts of the model:")
	searched, err := a.searchTitles(ctx, held, f.date)
	if err != nil {
		return err
	}
	p.ablated("search in titles only (bleve)", t, searched)
	for _, b := range ablations {
		if err := ctx.Err(); err != nil {
			return err
		}
		answers := held
		if b.without != 0 {
			o := coding.DefaultFitOptions
			o.Without = b.without
			answers = engine.CrossValidate(t.examples, f.date, f.folds, o)
		}
		p.ablated(b.name, t, answers)
	}
	return nil
}

func (p *page) ablated(name string, t titleCorpus, held []coding.Prediction) {
	line := pad(name, 32)
	for _, s := range heldOutSlices {
		if top1, n := s.right(t, held, 1); n > 0 {
			line += fmt.Sprintf("  %s %.4f", s.name, ratio(top1, n))
		}
	}
	p.line("%s", line)
}

// searchTitles asks the index for every exam name, as codes search does.
func (a *app) searchTitles(ctx context.Context, held []coding.Prediction, date string) ([]coding.Prediction, error) {
	ix, err := a.openIndex()
	if err != nil {
		return nil, err
	}
	defer ix.Close()
	out := slices.Clone(held)
	for i := range out {
		out[i].Codes = nil
		hits, err := ix.Search(ctx, index.Query{Text: out[i].Exam, Date: date, Limit: searchedHits})
		if err != nil {
			return nil, err
		}
		for _, h := range hits {
			if h.Code.System != lexicon.ICD10CM {
				out[i].Codes = append(out[i].Codes, h.Code.ID)
			}
		}
	}
	return out, nil
}

// searchedHits leaves room for the diagnoses among the hits.
const searchedHits = 60
