package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"

	"github.com/radcode/radcode/coding/exchange"
)

// benchCorpus is what a benchmark codes, held in memory so that reading and
// parsing files is not measured.
type benchCorpus struct {
	name    string
	sha256  string // of the bytes of all files, in order, also beyond the limit
	records []exchange.Record
	bytes   int // of texts and exam names
}

// benchCorpus loads the corpus. Part of a corpus is another corpus: what cannot
// be read ends the run.
func (a *app) benchCorpus(ctx context.Context, f benchFlags) (benchCorpus, error) {
	sum := sha256.New()
	c := benchCorpus{name: filepath.Base(f.corpus)}
	in := a.openInput([]string{f.corpus}, f.date)
	in.copy = sum
	for rec := range in.records(ctx) {
		if f.limit == 0 || len(c.records) < f.limit {
			c.records = append(c.records, rec)
			c.bytes += len(rec.Text) + len(rec.Exam)
		}
	}
	if err := in.finish(ctx.Err()); err != nil {
		return c, err
	}
	if len(c.records) == 0 {
		return c, fmt.Errorf("%s: no report in it", f.corpus)
	}
	c.sha256 = hex.EncodeToString(sum.Sum(nil))
	return c, nil
}
