package lexicon

import (
	"fmt"
	"regexp"
	"strings"
)

// A CodeRange is a run of numbers that a code system uses, both ends inclusive:
// whole codes of CPT and HCPCS, three-character categories of ICD-10-CM.
type CodeRange struct {
	System, From, To string
	Source           Source
}

var codeRangeColumns = []string{"system", "from", "to"}

func codeRanges(t table) ([]CodeRange, []Problem) {
	var out []CodeRange
	var problems []Problem
	for _, r := range t.rows {
		c := CodeRange{r.cells[0], r.cells[1], r.cells[2], r.src}
		switch {
		case codeShapes[c.System] == nil:
			problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("unknown system %q", c.System)})
		case len(c.From) != len(c.To) || c.From > c.To:
			problems = append(problems, Problem{r.src.File, r.src.Line, fmt.Sprintf("no range from %q to %q", c.From, c.To)})
		}
		out = append(out, c)
	}
	return out, problems
}

// codeShapes are the characters of a code without its dot.
var codeShapes = map[string]*regexp.Regexp{
	CPT:     regexp.MustCompile(`^[0-9]{4}[0-9FMTU]$`),
	HCPCS:   regexp.MustCompile(`^[A-Z][0-9]{4}$`),
	ICD10CM: regexp.MustCompile(`^[A-Z][0-9][0-9A-Z][0-9A-Z]{0,4}$`),
}

// CouldExist tells a code from a typing mistake: it has the shape of its system's
// codes and stands where the system has numbers. It need not be in force, or
// known to the lexicon. The dot of an ICD-10-CM code may be missing.
func (l *Lexicon) CouldExist(system, code string) bool {
	if system == ICD10CM {
		if i := strings.IndexByte(code, '.'); i >= 0 && (i != 3 || i == len(code)-1) {
			return false
		}
		code = strings.Replace(code, ".", "", 1)
	}
	shape := codeShapes[system]
	if shape == nil || !shape.MatchString(code) {
		return false
	}
	if system == ICD10CM {
		code = code[:3]
	}
	for _, r := range l.CodeSpace {
		inside := r.System == system && r.From <= code && code <= r.To
		if inside && (system != CPT || r.From[4] == code[4] || isDigit(r.From[4]) && isDigit(code[4])) {
			return true
		}
	}
	return false
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }
