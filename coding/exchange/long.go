package exchange

import (
	"fmt"
	"io"
	"slices"

	"github.com/radcode/radcode/coding"
)

// joiner makes one record of the rows that follow each other and share an id.
type joiner struct {
	name  string
	yield func(Record, error) bool
	begun map[string]int // ids and the lines where their rows began

	run   Record // in the making; its Line is 0 before the first
	fault error  // why it cannot be given, nil when it can
}

// joined yields one record per run of rows with the same id.
func (t *table) joined(yield func(Record, error) bool) {
	j := joiner{name: t.name, yield: yield, begun: map[string]int{}}
	for {
		rec, err := t.next()
		if err == io.EOF || fatal(err) {
			if j.end() && err != io.EOF {
				yield(Record{}, err)
			}
			return
		}
		if err != nil && !yield(Record{}, err) {
			return
		}
		unknown := err != nil && rec.ID == "" // of the run at hand, as far as anyone can tell
		if !unknown && (j.run.Line == 0 || rec.ID != j.run.ID) {
			if !j.end() {
				return
			}
			j.begin(rec)
		}
		if err != nil {
			j.fault = fmt.Errorf("line %d could not be read", t.line)
			continue
		}
		j.add(rec)
	}
}

func (j *joiner) begin(rec Record) {
	j.run, j.fault = Record{Line: rec.Line}, nil
	j.run.ID = rec.ID
	if line, again := j.begun[rec.ID]; again {
		j.fault = fmt.Errorf("it had rows at line %d already; sort the table by id", line)
		return
	}
	j.begun[rec.ID] = rec.Line
}

// end yields the run, or why it is left out, and reports whether to go on.
func (j *joiner) end() bool {
	switch {
	case j.run.Line == 0:
		return true
	case j.fault != nil:
		return j.yield(Record{}, &ItemError{j.name, j.run.Line, fmt.Errorf("id %q left out: %w", j.run.ID, j.fault)})
	}
	return j.yield(j.run, nil)
}

// add joins a row: codes, flags and tags are collected, of everything else the
// first row counts, and no two texts may differ.
func (j *joiner) add(rec Record) {
	r := &j.run
	if rec.Line == r.Line {
		*r = rec
		return
	}
	if rec.Text != "" && rec.Text != r.Text {
		j.fault = fmt.Errorf("line %d has another text", rec.Line)
	}
	r.Notes = union(r.Notes, rec.Notes)
	r.Tags = union(r.Tags, rec.Tags)
	if rec.Gold != nil {
		r.gold().join(rec.Gold)
	}
}

func (g *Gold) join(o *Gold) {
	joinCodes(&g.CPT, o.CPT)
	joinCodes(&g.ICD10CM, o.ICD10CM)
	for _, policy := range []coding.Policy{coding.Indication, coding.Official} {
		if codes := g.Primary[policy]; o.Primary[policy] != nil {
			joinCodes(&codes, o.Primary[policy])
			g.setPrimary(policy, codes)
		}
	}
	g.Flags = union(g.Flags, o.Flags)
	g.FlagsOptional = union(g.FlagsOptional, o.FlagsOptional)
}

func joinCodes(to *[]GoldCode, codes []GoldCode) {
	if *to == nil {
		*to = codes
		return
	}
	for _, c := range codes {
		addCode(to, c)
	}
}

// union appends what is not there yet; nil with nil stays nil.
func union(a, b []string) []string {
	if a == nil {
		return b
	}
	for _, s := range b {
		if !slices.Contains(a, s) {
			a = append(a, s)
		}
	}
	return a
}
