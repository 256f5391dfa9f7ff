package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"github.com/radcode/radcode/coding/exchange"
)

// input reads the reports of all paths named on the command line, in order.
// What cannot be read is told and counted; the rest goes on.
type input struct {
	app    *app
	files  []string
	date   string             // for reports that state none
	redact *exchange.Redactor // notes are told without identifiers; nil: as they are
	copy   io.Writer          // gets all that is read; nil: nobody does

	faults atomic.Int64 // things that could not be read
	bytes  atomic.Int64 // read so far, for the progress bar
	total  int64        // of all files, -1 when stdin is one of them
}

// openInput expands folders. A path that does not exist is told now, so that a
// typing mistake shows before hours of work.
func (a *app) openInput(paths []string, date string) *input {
	in := &input{app: a, date: date}
	for _, p := range paths {
		if p == "-" {
			in.files, in.total = append(in.files, p), -1
			continue
		}
		in.expand(p)
	}
	return in
}

// expand adds a file, or all files of a folder in the order of their names but
// for hidden ones.
func (in *input) expand(path string) {
	err := filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			in.fault(err)
			return nil
		}
		hidden := p != path && strings.HasPrefix(d.Name(), ".")
		switch {
		case d.IsDir() && hidden:
			return fs.SkipDir
		case d.IsDir() || hidden:
			return nil
		}
		in.files = append(in.files, p)
		if info, err := d.Info(); err == nil && in.total >= 0 {
			in.total += info.Size()
		}
		return nil
	})
	if err != nil {
		in.fault(err)
	}
}

// fault tells what could not be read, without the name of the system call.
func (in *input) fault(err error) {
	in.faults.Add(1)
	var path *fs.PathError
	if errors.As(err, &path) {
		err = fmt.Errorf("%s: %w", path.Path, path.Err)
	}
	in.app.messages.tell("%v", err)
}

// records yields what can be read.
func (in *input) records(ctx context.Context) iter.Seq[exchange.Record] {
	return func(yield func(exchange.Record) bool) {
		for _, name := range in.files {
			if ctx.Err() != nil || !in.file(ctx, name, yield) {
				return
			}
		}
	}
}

// file yields the records of one file and reports whether to go on.
func (in *input) file(ctx context.Context, name string, yield func(exchange.Record) bool) bool {
	r, err := in.open(ctx, name)
	if err != nil {
		in.fault(err)
		return true
	}
	defer r.Close()
	var all io.Reader = counter{r, &in.bytes}
	if in.copy != nil {
		all = io.TeeReader(all, in.copy)
	}
	for rec, err := range exchange.Read(all, name) {
		if ctx.Err() != nil {
			return false
		}
		if err != nil {
			in.fault(nameError(err, name))
			continue
		}
		notes := rec.Notes
		if in.redact != nil {
			notes = in.redact.Record(rec).Notes
		}
		for _, note := range notes {
			in.app.messages.tell("%s: %s", name, note)
		}
		if rec.Meta.DateOfService == "" {
			rec.Meta.DateOfService = in.date
		}
		if !yield(rec) {
			return false
		}
	}
	return true
}

// nameError puts the file's name before an error that does not hold it.
func nameError(err error, name string) error {
	var item *exchange.ItemError
	var path *fs.PathError
	if errors.As(err, &item) || errors.As(err, &path) {
		return err
	}
	return fmt.Errorf("%s: %w", name, err)
}

func (in *input) open(ctx context.Context, name string) (io.ReadCloser, error) {
	if name != "-" {
		return os.Open(name)
	}
	// A read of a terminal or pipe cannot be interrupted; the copy can be left
	// behind when the person presses Ctrl-C.
	r, w := io.Pipe()
	context.AfterFunc(ctx, func() { r.CloseWithError(ctx.Err()) })
	go func() {
		_, err := io.Copy(w, in.app.in)
		w.CloseWithError(err)
	}()
	return r, nil
}

// counter counts the bytes read.
type counter struct {
	io.Reader
	n *atomic.Int64
}

func (c counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n.Add(int64(n))
	return n, err
}
