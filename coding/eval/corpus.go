package eval

import (
	"errors"
	"fmt"
	"iter"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// Corpus is labelled reports. Reports without gold are coded, but nothing is
// scored on them.
type Corpus struct {
	Name    string // path of the file, for messages
	SHA256  string // of the file's bytes, in hexadecimal
	Records []exchange.Record

	Repeated int // records that repeat an earlier one, id, report and gold alike

	left map[string]bool // ids of records that Tagged left out
}

// Tagged is the part of the corpus with a tag. Its name says so; the SHA-256 is
// still that of the whole file.
func (c Corpus) Tagged(tag string) Corpus {
	part := Corpus{Name: c.Name + "#" + tag, SHA256: c.SHA256, left: map[string]bool{}}
	seen := map[string]bool{}
	for _, r := range c.Records {
		if !slices.Contains(r.Tags, tag) {
			part.left[r.ID] = true
			continue
		}
		if seen[r.ID] {
			part.Repeated++
		}
		seen[r.ID] = true
		part.Records = append(part.Records, r)
	}
	return part
}

// base is the name that tables show, without folders.
func (c *Corpus) base() string { return filepath.Base(c.Name) }

// ReadCorpus collects the records of a reader and checks what can be scored:
// there is gold, every labelled report has an id, no id names two different reports, every gold
// code could exist. A record that repeats an earlier one is counted, as price lists hold
// the same name twice, and remains. The error joins all faults, each "name:line: message".
func ReadCorpus(name string, records iter.Seq2[exchange.Record, error], lex *lexicon.Lexicon) (Corpus, error) {
	c := Corpus{Name: name}
	var faults []error
	for r, err := range records {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		c.Records = append(c.Records, r)
	}
	if len(c.Records) > 0 || len(faults) == 0 {
		faults = append(faults, c.faults(lex)...)
	}
	if extra := len(faults) - maxFaults; extra > 0 {
		faults = append(faults[:maxFaults], fmt.Errorf("%s: and %d more faults", name, extra))
	}
	return c, errors.Join(faults...)
}

// maxFaults is how many faults are told one by one.
const maxFaults = 20

func (c *Corpus) faults(lex *lexicon.Lexicon) []error {
	if len(c.Records) == 0 {
		return []error{fmt.Errorf("%s: no reports", c.Name)}
	}
	var out []error
	first := map[string]*exchange.Record{}
	gold := false
	for i := range c.Records {
		r := &c.Records[i]
		labelled := (&Case{Record: *r}).scored()
		gold = gold || labelled
		twin := first[r.ID]
		switch {
		case r.ID == "" && labelled:
			out = append(out, c.fault(r, "gold without an id"))
		case twin != nil && repeats(r, twin):
			c.Repeated++
		case twin != nil:
			out = append(out, c.fault(r, "id %q stands already in line %d, with another report or other gold", r.ID, twin.Line))
		case r.ID != "":
			first[r.ID] = r
		}
		for _, err := range goldFaults(lex, r.Gold) {
			out = append(out, c.fault(r, "%w", err))
		}
	}
	if !gold {
		out = append(out, fmt.Errorf("%s: no report has gold codes, first-listed diagnoses, flags or findings to score", c.Name))
	}
	return out
}

// repeats reports whether two records with one id say the same.
func repeats(a, b *exchange.Record) bool {
	return a.Exam == b.Exam && a.Text == b.Text && a.Group == b.Group && reflect.DeepEqual(a.Meta, b.Meta) && reflect.DeepEqual(a.Gold, b.Gold)
}

func (c *Corpus) fault(r *exchange.Record, format string, args ...any) error {
	return fmt.Errorf("%s:%d: "+format, append([]any{c.Name, r.Line}, args...)...)
}

// goldFaults finds gold codes that cannot be codes.
func goldFaults(lex *lexicon.Lexicon, g *exchange.Gold) []error {
	if g == nil {
		return nil
	}
	var out []error
	check := func(list string, codes []exchange.GoldCode, exists func(string) bool) {
		for _, x := range codes {
			if !exists(x.Code) {
				out = append(out, fmt.Errorf("gold.%s: %q is no such code", list, x.Code))
			}
		}
	}
	procedure := func(code string) bool { return lex.CouldExist(lexicon.SystemOf(code), code) }
	diagnosis := func(code string) bool { return lex.CouldExist(lexicon.ICD10CM, code) }
	check("cpt", g.CPT, procedure)
	check("icd10cm", g.ICD10CM, diagnosis)
	for _, p := range policies {
		check("primary."+string(p), g.Primary[p], diagnosis)
	}
	return out
}

// clusters numbers the groups of the cases; nil when no case has one.
func clusters(cases []*Case) []int {
	groups := make([]string, len(cases))
	for i, c := range cases {
		groups[i] = c.Group
	}
	return numbered(groups)
}

// numbered gives each group a number, in the order in which they first stand; a
// report without group is a group of its own. nil when none has one.
func numbered(groups []string) []int {
	out, number := make([]int, len(groups)), map[string]int{}
	next, grouped := 0, false
	for i, g := range groups {
		n, known := number[g]
		if !known || g == "" {
			n = next
			next++
			number[g] = n
		}
		grouped = grouped || g != ""
		out[i] = n
	}
	if !grouped {
		return nil
	}
	return out
}
