package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
)

// CodedClaim is what a person or another program billed for one report.
type CodedClaim struct {
	ID    string
	Lines []CodedLine // nil: procedures were not coded; empty: none applies
	Dx    []string    // with dots, first-listed first; nil: diagnoses were not coded

	NoModifiers bool // modifiers were not coded: bare codes say nothing of sides

	Coder, Facility, Payer string // "" when not known
	PlaceOfService         string // CMS two digits
	DateOfService          string // YYYY-MM-DD

	Report *Record // the report, where it stands beside the codes
	Line   int     // of the file, where the claim begins
	Notes  []string
}

// CodedLine is one billed service.
type CodedLine struct {
	Code      string
	Modifiers []string
	Units     int
	Dx        []int // 1-based into the claim's Dx; empty: not said
}

// Name writes a line as people do: 73110-RT.
func (l CodedLine) Name() string { return strings.Join(append([]string{l.Code}, l.Modifiers...), "-") }

// Limits of what is taken for one claim: an 837P holds 50 lines and 12 diagnoses
// (X12 005010X222A1, loops 2400 and 2300 HI); others may hold a few more.
const (
	maxCodedLines = 100
	maxCodedDx    = 50
)

// ReadClaims reads coded claims: JSON lines, a table (CSV, TSV), or X12 837
// professional claims, told apart by their content; docs/audit.md says what each
// may hold. What cannot be read is an *ItemError and reading goes on; a claim of which
// a part cannot be read is not yielded, for half a claim would be compared wrongly. Any other error is
// the reader's and comes last. Memory is bounded by the longest line of JSON or claim of X12; a table is
// held, since rows of a claim may stand anywhere in it.
func ReadClaims(r io.Reader, name string) iter.Seq2[CodedClaim, error] {
	return func(yield func(CodedClaim, error) bool) {
		raw := bufio.NewReaderSize(r, headSize)
		if err := notText(head(raw)); err != nil {
			yield(CodedClaim{}, &ItemError{name, 1, err})
			return
		}
		in := unwrap(raw)
		begin := bytes.TrimLeft(head(in), " \t\r\n")
		switch {
		case bytes.HasPrefix(begin, []byte("ISA")):
			readX12Claims(in, name, yield)
		case bytes.HasPrefix(begin, []byte("{")):
			readClaimLines(in, name, yield)
		default:
			readClaimTable(in, name, yield)
		}
	}
}

// check refuses a claim that cannot be compared.
func (c *CodedClaim) check() error {
	switch {
	case c.ID == "":
		return errors.New("a claim without an id cannot be joined with its report")
	case c.Lines == nil && c.Dx == nil:
		return errors.New("no codes")
	case len(c.Lines) > maxCodedLines:
		return fmt.Errorf("%d lines: no claim has more than %d", len(c.Lines), maxCodedLines)
	case len(c.Dx) > maxCodedDx:
		return fmt.Errorf("%d diagnoses: no claim has more than %d", len(c.Dx), maxCodedDx)
	}
	for i := range c.Lines {
		l := &c.Lines[i]
		if l.Units == 0 {
			l.Units = 1
		}
		if l.Units < 0 || l.Units > 9999 {
			return fmt.Errorf("line %d: %d units", i+1, l.Units)
		}
		for _, p := range l.Dx {
			if p < 1 || p > len(c.Dx) {
				return fmt.Errorf("line %d points to diagnosis %d, and there are %d", i+1, p, len(c.Dx))
			}
		}
	}
	return nil
}

// codedLine reads a procedure code with what may stand behind it (73110-RT) and
// further modifiers.
func codedLine(code string, modifiers []string) (CodedLine, error) {
	g, err := procedure(strings.TrimSpace(code))
	if err != nil {
		return CodedLine{}, err
	}
	l := CodedLine{Code: g.Code, Modifiers: g.Modifiers, Units: 1}
	for _, m := range modifiers {
		if m = strings.ToUpper(strings.TrimSpace(m)); m == "" {
			continue
		}
		if len(m) != 2 || strings.Trim(m, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != "" {
			return CodedLine{}, fmt.Errorf("%q is no modifier", m)
		}
		if !slices.Contains(l.Modifiers, m) {
			l.Modifiers = append(l.Modifiers, m)
		}
	}
	return l, nil
}

// addDx adds a diagnosis that is not there yet and returns its pointer.
func (c *CodedClaim) addDx(word string) (int, error) {
	code, err := diagnosis(strings.TrimSpace(word))
	if err != nil {
		return 0, err
	}
	if at := slices.Index(c.Dx, code); at >= 0 {
		return at + 1, nil
	}
	c.Dx = append(c.Dx, code)
	return len(c.Dx), nil
}
