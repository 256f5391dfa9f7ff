package lexicon

import (
	"fmt"
	"regexp"
	"strings"
)

// An Instruction is a rule of the tabular list of ICD-10-CM about two codes of one
// claim, in our own words.
type Instruction struct {
	Codes  CodeSet
	Kind   string // one of InstructionKinds
	Others CodeSet
	Reason string // completes a sentence: "S09.90 beside S06.0: ..."
	Source Source
}

// Kinds of instructions. Code_first and use_additional always hold for the code;
// those with _if only order two codes that are both documented.
const (
	InstructExcludes1     = "excludes1"      // never together
	InstructExcludes2     = "excludes2"      // neither includes the other: both may be coded
	InstructCodeFirst     = "code_first"     // a manifestation: one of the others always comes before it
	InstructCodeFirstIf   = "code_first_if"  // one of the others comes before it where it is documented
	InstructUseAdditional = "use_additional" // one of the others always follows
	InstructAdditionalIf  = "additional_if"  // one of the others follows where it is documented
)

// InstructionKinds are what instructions.tsv may name.
var InstructionKinds = []string{InstructExcludes1, InstructExcludes2, InstructCodeFirst, InstructCodeFirstIf, InstructUseAdditional, InstructAdditionalIf}

var instructionColumns = []string{"codes", "kind", "others", "reason"}

func instructions(t table) ([]Instruction, []Problem) {
	out := make([]Instruction, 0, len(t.rows))
	var problems []Problem
	for _, r := range t.rows {
		codes, err := parseCodeSet(r.cells[0])
		others, err2 := parseCodeSet(r.cells[2])
		for _, err := range []error{err, err2, oneOf("kind", r.cells[1], InstructionKinds...)} {
			if err != nil {
				problems = append(problems, problemAt(r.src, "%v", err))
			}
		}
		out = append(out, Instruction{codes, r.cells[1], others, r.cells[3], r.src})
	}
	return out, problems
}

// A CodeSet is a list of ICD-10-CM codes with all that stands below them, and of
// ranges of codes: "S06", "R00-R94", "I50.1 J81". The zero value is empty.
type CodeSet struct {
	Text  string
	parts []codeSpan
}

// A codeSpan runs from one beginning of a code to another, both without dot.
type codeSpan struct{ first, last string }

// codePrefix is the beginning of a code: a category, or more.
var codePrefix = regexp.MustCompile(`^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$`)

func parseCodeSet(text string) (CodeSet, error) {
	set := CodeSet{Text: text}
	for _, part := range strings.Fields(text) {
		first, last, ranged := strings.Cut(part, "-")
		if !ranged {
			last = first
		}
		if !codePrefix.MatchString(first) || !codePrefix.MatchString(last) || first > last {
			return set, fmt.Errorf("no code or range of codes: %q", part)
		}
		set.parts = append(set.parts, codeSpan{bareCode(first), bareCode(last)})
	}
	if set.parts == nil {
		return set, fmt.Errorf("no codes in %q", text)
	}
	return set, nil
}

// Holds reports whether a code, with its dot, is one of the set or stands below one.
func (s CodeSet) Holds(code string) bool { return s.narrowness(code) > 0 }

// narrowness is how precisely the set names a code that it holds, 0 for others: a
// longer beginning is narrower, and a range is wider than a single beginning of its length.
func (s CodeSet) narrowness(code string) int {
	code = bareCode(code)
	best := 0
	for _, p := range s.parts {
		switch {
		case p.first == p.last && strings.HasPrefix(code, p.first):
			best = max(best, 2*len(p.first)+1)
		case p.first < p.last && (strings.HasPrefix(code, p.last) || p.first <= code && code < p.last):
			best = max(best, 2*len(p.first))
		}
	}
	return best
}

// InstructionsOf returns the rows that speak of a code, in file order.
func (l *Lexicon) InstructionsOf(code string) []*Instruction {
	var out []*Instruction
	for i := range l.Instructions {
		if l.Instructions[i].Codes.Holds(code) {
			out = append(out, &l.Instructions[i])
		}
	}
	return out
}

func lintInstructions(l *Lexicon) []Problem {
	var out []Problem
	for i := range l.Instructions {
		x := &l.Instructions[i]
		if x.Reason == "" {
			out = append(out, problemAt(x.Source, "%s %s %s has no reason", x.Codes.Text, x.Kind, x.Others.Text))
		}
		out = append(out, lintCategories(l, x.Codes, x.Source)...)
		out = append(out, lintCategories(l, x.Others, x.Source)...)
	}
	return out
}

// lintCategories finds codes of a set whose category ICD-10-CM does not have.
func lintCategories(l *Lexicon, set CodeSet, at Source) []Problem {
	var out []Problem
	for _, p := range set.parts {
		if !l.CouldExist(ICD10CM, p.first) || !l.CouldExist(ICD10CM, p.last) {
			out = append(out, problemAt(at, "%s: ICD-10-CM has no such category", set.Text))
		}
	}
	return out
}
