package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime"
	"sync"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/nlp"
)

type codeFlags struct {
	engineFlags
	redaction
	format  string
	groupBy string
	workers int
}

func newCode(a *app) *cobra.Command {
	var f codeFlags
	c := &cobra.Command{
		Long: `Code reports: plain text, corpus lines (JSONL), JSON, tables (CSV, TSV), HL7 v2 or
FHIR R4, told apart by their content. A folder stands for all its files; - is
stdin.

The output is text for one report and jsonl for several, in the order of the
input, unless --format says otherwise:
` + formatHelp() + `
With --group-by patient the reports of one patient and day (metadata patient and
date_of_service) make one claim: repeated studies get 76 or 77, pairs and reductions are
looked for across reports. The input is sorted by patient and date of service. Formats
text, json and jsonl show the claim of the day with the results of its reports.

A line or file that cannot be read is told on stderr with file and line; the
rest is coded, and the exit code is 2.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error { return a.code(c.Context(), f, args) },
	}
	f.engineFlags.add(c)
	f.redaction.add(c)
	c.Flags().StringVar(&f.format, "format", "", "output: "+formatNames())
	addGroupBy(c, &f.groupBy)
	c.Flags().IntVar(&f.workers, "workers", runtime.GOMAXPROCS(0), "reports coded at the same time")
	return c
}

// code streams reports through the engine to stdout.
func (a *app) code(ctx context.Context, f codeFlags, paths []string) error {
	if err := checkFormat(f.format); err != nil {
		return err
	}
	if err := checkGroupBy(f.groupBy); err != nil {
		return err
	}
	engine, err := a.engine(f.engineFlags)
	if err != nil {
		return err
	}
	hide, err := a.redactor(f.redaction)
	if err != nil {
		return err
	}
	if f.groupBy != "" {
		return a.codeDays(ctx, engine, f, paths)
	}
	in := a.openInput(paths, f.date)
	in.redact = hide
	next, stop := iter.Pull(in.records(ctx))
	defer stop()
	ahead, several := lookAhead(next, f.format == "")
	if f.format == "" {
		f.format = defaultFormat(several)
	}
	done := a.progress(in, several)
	defer done()
	b := batch{engine: engine, workers: f.workers}
	out := bufio.NewWriterSize(a.out, 1<<16)
	write := formats[formatIndex(f.format)].write(a, out)
	for pair, err := range b.run(ctx, rest(ahead, next)) {
		if err != nil {
			return errors.Join(err, out.Flush())
		}
		if err := write(redacted(hide, pair)); err != nil {
			return err
		}
		if pair.last { // nothing else is waiting: let the reader have it
			if err := out.Flush(); err != nil {
				return err
			}
		}
	}
	return in.finish(out.Flush())
}

// finish turns faults that were told into the exit code.
func (in *input) finish(err error) error {
	if err == nil && in.faults.Load() > 0 {
		return reported
	}
	return err
}

// lookAhead reads up to two records to learn whether there are several; not
// when nobody asks, so that a slow stream is answered line by line.
func lookAhead(next func() (exchange.Record, bool), wanted bool) (ahead []exchange.Record, several bool) {
	for wanted && len(ahead) < 2 {
		rec, ok := next()
		if !ok {
			return ahead, false
		}
		ahead = append(ahead, rec)
	}
	return ahead, true
}

func rest(ahead []exchange.Record, next func() (exchange.Record, bool)) iter.Seq[exchange.Record] {
	return func(yield func(exchange.Record) bool) {
		for _, rec := range ahead {
			if !yield(rec) {
				return
			}
		}
		for rec, ok := next(); ok; rec, ok = next() {
			if !yield(rec) {
				return
			}
		}
	}
}

// answer is a report with its result.
type answer struct {
	exchange.Record
	result coding.Result
	number int  // 1-based
	last   bool // no other report is being coded
}

// batch codes records with all workers and keeps each record beside its result.
type batch struct {
	engine  *coding.Engine
	workers int
}

func (b batch) run(ctx context.Context, records iter.Seq[exchange.Record]) iter.Seq2[answer, error] {
	return func(yield func(answer, error) bool) {
		var q queue
		feed := func(yield func(nlp.Report) bool) {
			for rec := range records {
				q.push(rec)
				if !yield(rec.Report) {
					return
				}
			}
		}
		n := 0
		for res, err := range b.engine.CodeAll(ctx, feed, b.workers) {
			if err != nil {
				yield(answer{}, err)
				return
			}
			n++
			rec, empty := q.pop()
			if !yield(answer{rec, res, n, empty}, nil) {
				return
			}
		}
		if err := ctx.Err(); err != nil { // the records ended early
			yield(answer{}, err)
		}
	}
}

// queue holds the records that are being coded; the engine bounds its length.
type queue struct {
	mu      sync.Mutex
	records []exchange.Record
}

func (q *queue) push(r exchange.Record) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.records = append(q.records, r)
}

func (q *queue) pop() (r exchange.Record, empty bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	r = q.records[0]
	q.records[0] = exchange.Record{}
	q.records = q.records[1:]
	return r, len(q.records) == 0
}

// one reads the single report that a command is about.
func (a *app) one(ctx context.Context, f engineFlags, path string, hide *exchange.Redactor) (exchange.Record, error) {
	in := a.openInput([]string{path}, f.date)
	in.redact = hide
	next, stop := iter.Pull(in.records(ctx))
	defer stop()
	rec, ok := next()
	switch {
	case !ok && in.faults.Load() > 0:
		return rec, reported
	case !ok:
		return rec, fmt.Errorf("%s: no report in it", path)
	}
	if _, more := next(); more {
		return rec, fmt.Errorf("%s holds several reports; give one (radcode code codes them all)", path)
	}
	return rec, nil
}
