package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

//go:embed selftest
var selftestFiles embed.FS

// selftestDate is the day of the self-test: the samples do not age.
const selftestDate = "2026-03-02"

func newSelftest(a *app) *cobra.Command {
	return &cobra.Command{
		Long: `Code the samples in the binary and compare with the answers shipped beside them, byte
for byte. The exit code is 1 when one differs.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return a.selftest(c.Context()) },
	}
}

func (a *app) selftest(ctx context.Context) error {
	samples, err := replay(ctx)
	if err != nil {
		return err
	}
	p := &page{style: a.style()}
	bad := 0
	for _, s := range samples {
		if bytes.Equal(s.got, s.want) {
			p.line("ok    %s", s.name)
			continue
		}
		bad++
		p.line("FAIL  %s: line %s", s.name, firstDifference(s.got, s.want))
	}
	p.line("%d passed, %d failed", len(samples)-bad, bad)
	if err := a.print(p); err != nil {
		return err
	}
	if bad > 0 {
		return failed
	}
	return nil
}

// lexiconRow is where evidence names the row that read it.
var lexiconRow = regexp.MustCompile(`"source": "[a-z_]+\.tsv:\d+"`)

// sample is a report of the self-test with its answer now and as shipped.
type sample struct {
	name      string
	got, want []byte
}

// replay codes the samples. Checksums of code sets and rows of the lexicon are
// left out: a new term that changes no answer is no failure.
func replay(ctx context.Context) ([]sample, error) {
	engine, err := coding.New(coding.Options{Today: selftestDate})
	if err != nil {
		return nil, err
	}
	reports, err := fs.Glob(selftestFiles, "selftest/*.txt")
	if err != nil {
		return nil, err
	}
	var out []sample
	for _, file := range reports {
		text, err := selftestFiles.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(path.Base(file), ".txt")
		want, err := selftestFiles.ReadFile("selftest/" + name + ".json")
		if err != nil {
			return nil, err
		}
		res, err := engine.Code(ctx, nlp.Report{ID: name, Text: string(text)})
		if err != nil {
			return nil, err
		}
		got, err := json.MarshalIndent(res, "", " ")
		if err != nil {
			return nil, err
		}
		got = append(lexiconRow.ReplaceAll(got, []byte(`"source": ""`)), '\n')
		out = append(out, sample{name, got, want})
	}
	return out, nil
}

// firstDifference shows where two texts part.
func firstDifference(got, want []byte) string {
	g, w := strings.Split(string(got), "\n"), strings.Split(string(want), "\n")
	for i := range g {
		if i >= len(w) {
			return fmt.Sprintf("%d: got %q behind the end", i+1, g[i])
		}
		if g[i] != w[i] {
			return fmt.Sprintf("%d: got %q, want %q", i+1, g[i], w[i])
		}
	}
	return fmt.Sprintf("%d: ends early", len(g))
}
