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
	sum := sha256.New()
	if f.corpus != "-" {
		if err := hashPath(sum, f.corpus); err != nil {
			return eval.Corpus{}, err
		}
	}
	records, err := a.openCorpus(f, io.TeeReader(a.in, sum))
	if err != nil {
		return eval.Corpus{}, err
	}
	corpus, err := eval.ReadCorpus(f.corpus, records, lex)
	corpus.SHA256 = hex.EncodeToString(sum.Sum(nil))
	return corpus, err
}

// openCorpus reads the reports of --corpus, and those of in where it is "-".
func (a *app) openCorpus(f evalFlags, in io.Reader) (iter.Seq2[exchange.Record, error], error) {
	columns, err := exchange.ParseMapping(f.columns)
	if err != nil {
		return nil, fmt.Errorf("--map: %w", err)
	}
	if f.corpus == "-" {
		return a.dated(exchange.ReadMapped(in, f.corpus, columns), f.date), nil
	}
	return a.dated(exchange.OpenCorpus(f.corpus, columns), f.date), nil
}

// dated gives reports without a date of service the one of the command line, and
// tells the notes of the readers.
func (a *app) dated(records iter.Seq2[exchange.Record, error], date string) iter.Seq2[exchange.Record, error] {
	return func(yield func(exchange.Record, error) bool) {
		n := 0 // an id may be the number of a patient, so that it is not told
		for r, err := range records {
			n++
			for _, note := range r.Notes {
				a.messages.tell("record %d: %s", n, note)
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
