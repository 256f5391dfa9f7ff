package exchange

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// columnNames says which headers mean a thing; letters and digits count, and a number
// behind a name makes it one of several (dx1, dx2).
type columnNames struct{ key, names string }

// claimColumns are those of a table of claims.
var claimColumns = []columnNames{
	{"id", "id claimid claim claimno claimnumber accession accessionnumber patientcontrolnumber reportid encounter"},
	{"code", "code cpt cptcode hcpcs hcpcscode procedure procedurecode proc"},
	{"modifiers", "modifiers modifier mod mods"},
	{"units", "units unit qty quantity"},
	{"dx", "dx icd icd10 icd10cm diagnosis diagnoses diag dxcode diagnosiscode icdcode"},
	{"coder", "coder codername coderid codedby user"},
	{"facility", "facility site hospital"},
	{"payer", "payer insurance payor"},
	{"pos", "pos placeofservice"},
	{"date", "date dos dateofservice servicedate"},
}

// columnsNamed finds columns by their headers. Several columns may have one key.
func columnsNamed(header []string, known []columnNames) map[string][]int {
	out := map[string][]int{}
	for i, h := range header {
		name := strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
				return r
			}
			return -1
		}, strings.ToLower(h))
		for _, k := range known {
			names := strings.Fields(k.names)
			if slices.Contains(names, name) || slices.Contains(names, strings.TrimRight(name, "0123456789")) {
				out[k.key] = append(out[k.key], i)
				break
			}
		}
	}
	return out
}

// cellsOf are the filled cells of a key.
func cellsOf(cells []string, columns []int) []string {
	var out []string
	for _, i := range columns {
		if i < len(cells) {
			if s := strings.TrimSpace(cells[i]); s != "" {
				out = append(out, s)
			}
		}
	}
	return out
}

func cellOf(cells []string, columns []int) string {
	return strings.Join(cellsOf(cells, columns), " ")
}

// claimTable gathers rows into claims.
type claimTable struct {
	columns map[string][]int
	claims  []*CodedClaim
	byID    map[string]int
	broken  map[string]bool // claims of which a row could not be read
}

// readClaimTable reads one service per row; rows of one id are one claim.
func readClaimTable(r io.Reader, name string, yield func(CodedClaim, error) bool) {
	t, err := openColumns(r, name)
	if err == io.EOF {
		return
	}
	if err == nil {
		err = wantColumns(t, claimColumns[:1], name)
	}
	if err != nil {
		yield(CodedClaim{}, err)
		return
	}
	g := claimTable{columns: columnsNamed(t.header, claimColumns), byID: map[string]int{}, broken: map[string]bool{}}
	for {
		cells, err := t.row()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = g.row(cells, t.line)
			if err != nil {
				err = &ItemError{name, t.line, err}
			}
		}
		if err != nil && (!yield(CodedClaim{}, err) || fatal(err)) {
			return
		}
	}
	g.yield(name, yield)
}

// wantColumns refuses a table without the first keys of a list.
func wantColumns(t *table, keys []columnNames, name string) error {
	have := columnsNamed(t.header, keys)
	for _, k := range keys {
		if have[k.key] == nil {
			return &ItemError{name, t.line, fmt.Errorf("no column for %s (any of %s); the table has %s", k.key, k.names, strings.Join(t.header, ", "))}
		}
	}
	return nil
}

func (g *claimTable) row(cells []string, line int) error {
	id := cellOf(cells, g.columns["id"])
	if id == "" {
		return errors.New("a row without an id")
	}
	at, known := g.byID[id]
	if !known {
		at = len(g.claims)
		g.byID[id] = at
		g.claims = append(g.claims, &CodedClaim{ID: id, Line: line})
	}
	err := g.service(g.claims[at], cells)
	if err != nil {
		g.broken[id] = true
		return fmt.Errorf("claim %s is not compared: %w", id, err)
	}
	return nil
}

// service adds what a row says to its claim.
func (g *claimTable) service(c *CodedClaim, cells []string) error {
	for _, f := range []struct {
		to  *string
		key string
	}{{&c.Coder, "coder"}, {&c.Facility, "facility"}, {&c.Payer, "payer"}, {&c.PlaceOfService, "pos"}} {
		*f.to = first(*f.to, cellOf(cells, g.columns[f.key]))
	}
	if s := cellOf(cells, g.columns["date"]); s != "" {
		if err := setDay(&c.DateOfService, s); err != nil {
			return err
		}
	}
	var pointers []int
	if g.columns["dx"] != nil && c.Dx == nil {
		c.Dx = []string{}
	}
	for _, cell := range cellsOf(cells, g.columns["dx"]) {
		for _, word := range list(cell) {
			p, err := c.addDx(word)
			if err != nil {
				return err
			}
			pointers = append(pointers, p)
		}
	}
	return g.line(c, cells, pointers)
}

func (g *claimTable) line(c *CodedClaim, cells []string, pointers []int) error {
	if g.columns["code"] != nil && c.Lines == nil {
		c.Lines = []CodedLine{}
	}
	code := cellOf(cells, g.columns["code"])
	if code == "" {
		return nil // a row of diagnoses
	}
	var modifiers []string
	for _, cell := range cellsOf(cells, g.columns["modifiers"]) {
		modifiers = append(modifiers, list(strings.NewReplacer("-", " ", ":", " ").Replace(cell))...)
	}
	l, err := codedLine(code, modifiers)
	if err != nil {
		return err
	}
	if s := cellOf(cells, g.columns["units"]); s != "" {
		n, err := strconv.ParseFloat(s, 64)
		if err != nil || n != float64(int(n)) || n < 1 {
			return fmt.Errorf("%q is no number of units", s)
		}
		l.Units = int(n)
	}
	l.Dx = pointers
	c.NoModifiers = g.columns["modifiers"] == nil && len(l.Modifiers) == 0 && (len(c.Lines) == 0 || c.NoModifiers)
	c.Lines = append(c.Lines, l)
	return nil
}

// yield gives the claims in the order of their first rows.
func (g *claimTable) yield(name string, yield func(CodedClaim, error) bool) {
	for _, c := range g.claims {
		if g.broken[c.ID] {
			continue
		}
		if err := c.check(); err != nil {
			if !yield(CodedClaim{}, &ItemError{name, c.Line, fmt.Errorf("claim %s: %w", c.ID, err)}) {
				return
			}
			continue
		}
		if !yield(*c, nil) {
			return
		}
	}
}
