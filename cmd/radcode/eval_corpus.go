package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"

	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// readCorpus reads and checks labelled reports. Part of a corpus is another
// corpus: what cannot be read ends the run.
func (a *app) readCorpus(f evalFlags, lex *lexicon.Lexicon) (eval.Corpus, error) {
	columns, err := exchange.ParseMapping(f.columns)
	if err != nil {
		return eval.Corpus{}, fmt.Errorf("--map: %w", err)
	}
	sum := sha256.New()
	var records iter.Seq2[exchange.Record, error]
	if f.corpus == "-" {
		records = exchange.ReadMapped(io.TeeReader(a.in, sum), f.corpus, columns)
	} else {
		if err := hashPath(sum, f.corpus); err != nil {
			return eval.Corpus{}, err
		}
		records = exchange.OpenCorpus(f.corpus, columns)
	}
	corpus, err := eval.ReadCorpus(f.corpus, a.dated(records, f.date), lex)
	corpus.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return corpus, err
}

// dated gives reports without a date of service the one of the command line, and
// tells the notes of the readers.
func (a *app) dated(records iter.Seq2[exchange.Record, error], date string) iter.Seq2[exchange.Record, error] {
	return func(yield func(exchange.Record, error) bool) {
		for r, err := range records {
			for _, note := range r.Notes {
				a.messages.tell("%s: %s", r.ID, note)
			}
			if r.Meta.DateOfService == "" {
				r.Meta.DateOfService = date
			}
			if !yield(r, err) {
				return
			}
		}
	}
}

// hashPath adds the bytes of a file. Of a folder it adds every file in the order
// of the names, each behind its name, so that a renamed file is another corpus.
func hashPath(sum io.Writer, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return hashFile(sum, path)
	}
	return filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(path, p)
		if err != nil {
			return err
		}
		fmt.Fprintf(sum, "%s\x00", filepath.ToSlash(name))
		return hashFile(sum, p)
	})
}

func hashFile(sum io.Writer, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(sum, f)
	return err
}
