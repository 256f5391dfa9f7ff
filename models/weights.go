package models

import (
	"bufio"
	"embed"
	"fmt"
	"io"
	"sort"
	"strconv"
	"strings"
)

//go:embed data/*.tsv
var embedded embed.FS

// Weights are named numbers: a linear model as a person can read it.
type Weights map[string]float64

// LoadWeights reads an embedded weight file by its name without extension.
func LoadWeights(name string) (Weights, error) {
	f, err := embedded.Open("data/" + name + ".tsv")
	if err != nil {
		return nil, fmt.Errorf("models: %w", err)
	}
	defer f.Close()
	return ReadWeights(f, name+".tsv")
}

// ReadWeights parses name<TAB>weight lines; # starts a comment line.
func ReadWeights(r io.Reader, file string) (Weights, error) {
	w := Weights{}
	s := bufio.NewScanner(r)
	for n := 1; s.Scan(); n++ {
		line := s.Text()
		if line == "" || line[0] == '#' {
			continue
		}
		name, value, ok := strings.Cut(line, "\t")
		v, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("models: %s:%d: want name<TAB>number, got %q", file, n, line)
		}
		w[name] = v
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("models: %s: %w", file, err)
	}
	return w, nil
}

// Write prints the weights sorted by name, three decimals; weights that round
// to zero are left out.
func (w Weights) Write(out io.Writer, comment string) error {
	names := make([]string, 0, len(w))
	for n := range w {
		names = append(names, n)
	}
	sort.Strings(names)
	b := bufio.NewWriter(out)
	for _, line := range strings.Split(strings.TrimSpace(comment), "\n") {
		fmt.Fprintf(b, "# %s\n", line)
	}
	for _, n := range names {
		if v := strconv.FormatFloat(w[n], 'f', 3, 64); v != "0.000" && v != "-0.000" {
			fmt.Fprintf(b, "%s\t%s\n", n, v)
		}
	}
	return b.Flush()
}
