package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
)

type benchFlags struct {
	engineFlags
	corpus, format, expect string
	limit, rounds          int
	workers                []int
	time                   time.Duration
}

func newBench(a *app) *cobra.Command {
	var f benchFlags
	c := &cobra.Command{
		Long: `Measure how fast and with how much memory reports are coded. First the answers are
checked: 1 worker and several must give the same bytes, and the SHA-256 of all answers
is printed, which is that of "radcode code --format jsonl --date DATE". With --expect
nothing is timed unless it is the one expected. Then come rounds, each of which measures
everything once; the figures are the median, least and most over the rounds.

Reports without a date of service are coded as of ` + selftestDate + `, so that answers do not
age. The output is a page, json (flat keys) or go, the lines that benchstat reads.
What each figure means: docs/bench.md.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.bench(c.Context(), f) },
	}
	f.add(c)
	c.Flags().StringVar(&f.corpus, "corpus", "", "reports in any format that code reads (required)")
	c.Flags().StringVar(&f.format, "format", "text", "output: "+benchFormatNames())
	c.Flags().StringVar(&f.expect, "expect", "", "SHA-256 that the answers must have")
	c.Flags().IntVar(&f.limit, "limit", 0, "use only the first reports; 0: all")
	c.Flags().IntVar(&f.rounds, "rounds", 5, "rounds measured, after one to warm up")
	c.Flags().IntSliceVar(&f.workers, "workers", defaultWorkers(), "numbers of workers to measure throughput with")
	c.Flags().DurationVar(&f.time, "time", time.Second, "least time of one measurement; a short corpus is coded several times in it")
	if err := c.MarkFlagRequired("corpus"); err != nil {
		panic(err) // the flag is defined above
	}
	return c
}

func defaultWorkers() []int { return slices.Compact([]int{1, runtime.GOMAXPROCS(0)}) }

func (f *benchFlags) check() error {
	if _, ok := benchFormat(f.format); !ok {
		return fmt.Errorf("--format %q: want %s", f.format, benchFormatNames())
	}
	f.expect = strings.ToLower(f.expect)
	if raw, err := hex.DecodeString(f.expect); err != nil || f.expect != "" && len(raw) != 32 {
		return fmt.Errorf("--expect %q: want the 64 hexadecimal digits of a SHA-256", f.expect)
	}
	if f.limit < 0 {
		return fmt.Errorf("--limit %d: want 0 or more", f.limit)
	}
	if f.rounds < 1 {
		return fmt.Errorf("--rounds %d: want 1 or more", f.rounds)
	}
	if f.time < 0 {
		return fmt.Errorf("--time %s: want 0 or more", f.time)
	}
	for i, n := range f.workers {
		if n < 1 || slices.Contains(f.workers[:i], n) {
			return fmt.Errorf("--workers %d: want different numbers, 1 or more", n)
		}
	}
	if f.date == "" {
		f.date = selftestDate
	}
	return nil
}

// bench is a run of the command.
type bench struct {
	flags   benchFlags
	options coding.Options
	engine  *coding.Engine
	corpus  benchCorpus
	answers answers
	self    string // path of the program; "": it cannot be started again
	passes  int    // how often a measurement codes the corpus

	built                time.Duration // of the first engine, tables parsed
	peakStart, peakAtEnd memory        // highest resident memory so far
	others               float64       // share of the CPUs that other programs used meanwhile
	othersKnown          bool
	rounds               []round
}

func (a *app) bench(ctx context.Context, f benchFlags) error {
	if err := f.check(); err != nil {
		return err
	}
	b := &bench{flags: f}
	if err := b.start(a); err != nil {
		return err
	}
	var err error
	if b.corpus, err = a.benchCorpus(ctx, f); err != nil {
		return err
	}
	if b.answers, err = b.check(ctx); err != nil {
		return a.tellDifference(err)
	}
	if f.expect != "" && f.expect != b.answers.sha256 {
		a.messages.tell("not timed: the answers have SHA-256 %s, expected %s", b.answers.sha256, f.expect)
		return failed
	}
	if err := b.measure(ctx, a); err != nil {
		return err
	}
	write, _ := benchFormat(f.format) // check has seen the name
	return write(a, b)
}

// start builds the engine before anything else is in memory.
func (b *bench) start(a *app) error {
	began := time.Now()
	var err error
	if b.options, err = a.options(b.flags.engineFlags, b.flags.date); err != nil {
		return err
	}
	if b.engine, err = coding.New(b.options); err != nil {
		return err
	}
	b.built = time.Since(began)
	b.peakStart = peakMemory()
	if a.self != nil {
		b.self, err = a.self()
	}
	return err
}
