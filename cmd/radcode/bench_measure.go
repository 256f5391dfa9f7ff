package main

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/radcode/radcode/coding"
)

// measurement is one line of the Go benchmark format.
type measurement struct {
	name   string // without "Benchmark"
	n      int    // reports coded, engines built, processes started
	values []value
}

// value is a figure with its unit in the Go benchmark format: per operation, or
// as it stands.
type value struct {
	unit string
	v    float64
}

// round is everything measured once.
type round []measurement

// probe measures one thing. Its Doc stands in docs/bench.md.
type probe struct {
	name, doc string
	run       func(*bench, context.Context) (round, error)
}

// probes in the order of a round. Taking turns, they share what disturbs the
// machine for a while.
var probes = []probe{
	{"Code", "throughput of CodeAll: wall time of the whole corpus, once per number of workers", (*bench).throughput},
	{"Report", "latency and allocations of Code, one report after the other on one goroutine", (*bench).latency},
	{"Stage", "time of each stage of a report, on one goroutine", (*bench).stages},
	{"Engine", "building an engine in a process that has parsed its tables", (*bench).construction},
	{"Process", "a fresh process of this program that codes the first report", (*bench).process},
}

// measure takes the rounds and finds out how quiet the machine was.
func (b *bench) measure(ctx context.Context, a *app) error {
	b.passes = 1
	trial, err := b.codeAll(ctx, 1)
	if err != nil {
		return err
	}
	b.passes = passesFor(b.flags.time, trial.took)
	before, own := cpuTicks(), ownTime()
	if err := b.measureRounds(ctx, a); err != nil {
		return err
	}
	b.others, b.othersKnown = others(before, cpuTicks(), ownTime()-own)
	b.peakAtEnd = peakMemory()
	return nil
}

// ownTime is the CPU time of this process and the ones it started.
func ownTime() time.Duration {
	u, _ := processUsage()
	return u.self + u.children
}

// measureRounds does not keep the first round. The progress bar stands still
// while something is measured.
func (b *bench) measureRounds(ctx context.Context, a *app) error {
	set, done := a.bar("measuring", int64((b.flags.rounds+1)*len(probes)))
	defer done()
	for i := range b.flags.rounds + 1 {
		var all round
		for k, p := range probes {
			set(int64(i*len(probes) + k))
			runtime.GC() // what came before is not charged to this
			some, err := p.run(b, ctx)
			if err != nil {
				return err
			}
			all = append(all, some...)
		}
		if i > 0 {
			b.rounds = append(b.rounds, all)
		}
	}
	return nil
}

// passesFor is how often something that takes so long is done for the least
// time to pass.
func passesFor(least, took time.Duration) int {
	took = max(took, 1)
	return max(1, int((least+took-1)/took))
}

// cost is what some work took.
type cost struct {
	took          time.Duration // wall time
	cpu           time.Duration // of all threads; not known everywhere
	cpuKnown      bool
	bytes, allocs uint64
}

// costOf runs work. CPU time and allocations are those of the whole process
// meanwhile, the garbage collector with it.
func costOf(work func() error) (cost, error) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	used, known := processUsage()
	began := time.Now()
	err := work()
	took := time.Since(began)
	usedAfter, _ := processUsage()
	runtime.ReadMemStats(&after)
	return cost{took, usedAfter.self - used.self, known, after.TotalAlloc - before.TotalAlloc, after.Mallocs - before.Mallocs}, err
}

// per spreads a cost over n operations.
func (c cost) per(n int) []value {
	out := []value{
		{"ns/op", float64(c.took.Nanoseconds()) / float64(n)},
		{"B/op", float64(c.bytes) / float64(n)},
		{"allocs/op", float64(c.allocs) / float64(n)},
	}
	if c.cpuKnown {
		out = append(out, value{"cpu-ns/op", float64(c.cpu.Nanoseconds()) / float64(n)})
	}
	return out
}

// coded is how many reports a measurement codes.
func (b *bench) coded() int { return b.passes * len(b.corpus.records) }

func (b *bench) throughput(ctx context.Context) (round, error) {
	var out round
	for _, workers := range b.flags.workers {
		runtime.GC()
		c, err := b.codeAll(ctx, workers)
		if err != nil {
			return nil, err
		}
		seconds := c.took.Seconds()
		values := append(c.per(b.coded()),
			value{"reports/s", float64(b.coded()) / seconds},
			value{"MB/s", float64(b.passes*b.corpus.bytes) / seconds / 1e6})
		out = append(out, measurement{codeName(workers), b.coded(), values})
	}
	return out, nil
}

func codeName(workers int) string { return fmt.Sprintf("Code/workers=%d", workers) }

func (b *bench) codeAll(ctx context.Context, workers int) (cost, error) {
	return costOf(func() error {
		for _, err := range b.engine.CodeAll(ctx, b.reports(b.passes), workers) {
			if err != nil {
				return err
			}
		}
		return ctx.Err()
	})
}

// percentiles of the latency: the hundredth is the most.
var percentiles = []struct {
	p           int
	unit, label string
}{{50, "p50-ns", "latency p50"}, {95, "p95-ns", "latency p95"}, {99, "p99-ns", "latency p99"}, {100, "max-ns", "latency max"}}

// latency times every report singly. The next one starts when the last is done:
// these are service times, in which nothing waits in a queue.
func (b *bench) latency(ctx context.Context) (round, error) {
	times := make([]time.Duration, 0, b.coded())
	c, err := costOf(func() error {
		for report := range b.reports(b.passes) {
			began := time.Now()
			if _, err := b.engine.Code(ctx, report); err != nil {
				return err
			}
			times = append(times, time.Since(began))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	slices.Sort(times)
	values := c.per(len(times))
	for _, p := range percentiles {
		values = append(values, value{p.unit, float64(percentile(times, p.p).Nanoseconds())})
	}
	return round{{"Report", len(times), values}}, nil
}

// stages reads the clock after each stage; what happens between two reports
// counts to none.
func (b *bench) stages(ctx context.Context) (round, error) {
	stages := coding.Stages()
	took := make([]time.Duration, len(stages))
	var last time.Time
	done := func(stage int) {
		now := time.Now()
		took[stage] += now.Sub(last)
		last = now
	}
	for report := range b.reports(b.passes) {
		last = time.Now()
		if _, err := b.engine.CodeStaged(ctx, report, done); err != nil {
			return nil, err
		}
	}
	var out round
	for i, s := range stages {
		out = append(out, measurement{stageName(s), b.coded(), []value{{"ns/op", float64(took[i].Nanoseconds()) / float64(b.coded())}}})
	}
	return out, nil
}

func stageName(s coding.Stage) string { return "Stage/" + s.Name }

func (b *bench) construction(context.Context) (round, error) {
	c, err := costOf(func() error {
		_, err := coding.New(b.options)
		return err
	})
	return round{{"Engine", 1, c.per(1)}}, err
}
