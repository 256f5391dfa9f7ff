package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/radcode/radcode/coding"
)

// codedJSON is how a line holds what was coded, below "coded" or beside the id.
type codedJSON struct {
	Lines   []codedLineJSON `json:"lines"`
	Dx      []string        `json:"dx"`
	CPT     []codedCode     `json:"cpt"`
	ICD10CM []codedCode     `json:"icd10cm"`
	Coder   string          `json:"coder"`
}

type codedLineJSON struct {
	Code      string            `json:"code"`
	Modifiers []string          `json:"modifiers"`
	Units     int               `json:"units"`
	Dx        []json.RawMessage `json:"dx"` // codes, or pointers into the claim's list
}

// codedCode is a code as a string or as gold has it.
type codedCode struct {
	Code      string   `json:"code"`
	Modifiers []string `json:"modifiers"`
	Units     int      `json:"units"`
}

func (c *codedCode) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		return json.Unmarshal(b, &c.Code)
	}
	type plain codedCode
	return json.Unmarshal(b, (*plain)(c))
}

// readClaimLines reads one claim per line of JSON.
func readClaimLines(r io.Reader, name string, yield func(CodedClaim, error) bool) {
	lines := lineReader{r: unwrap(r)}
	for {
		line, err := lines.next()
		if err == io.EOF {
			return
		}
		if err != nil && !errors.Is(err, errTooLong) {
			yield(CodedClaim{}, err)
			return
		}
		if line = bytes.TrimSpace(line); len(line) == 0 && err == nil {
			continue
		}
		var c CodedClaim
		if err == nil {
			c, err = claimOfLine(line)
		}
		c.Line = lines.line
		if err != nil {
			c, err = CodedClaim{}, &ItemError{name, lines.line, explain(err)}
		}
		if !yield(c, err) {
			return
		}
	}
}

// claimOfLine reads a corpus line with its codes.
func claimOfLine(line []byte) (CodedClaim, error) {
	text, note := decode(line)
	line = []byte(text)
	var rec Record
	if err := json.Unmarshal(line, &rec); err != nil {
		return CodedClaim{}, err
	}
	coded, beside := rec.Extra["coded"]
	if !beside {
		coded = line
	}
	var x codedJSON
	if err := json.Unmarshal(coded, &x); err != nil {
		return CodedClaim{}, fmt.Errorf("coded: %w", explain(err))
	}
	if !beside && x.CPT == nil && x.ICD10CM == nil && x.Lines == nil && x.Dx == nil && rec.Gold != nil {
		x.gold(rec.Gold)
	}
	c := CodedClaim{
		ID: rec.ID, Coder: x.Coder, Facility: rec.Meta.Facility, Payer: rec.Meta.Payer,
		PlaceOfService: rec.Meta.PlaceOfService, DateOfService: rec.Meta.DateOfService,
	}
	if c.Coder == "" {
		_ = json.Unmarshal(rec.Extra["coder"], &c.Coder) // something else than a name is none
	}
	if note != "" {
		c.Notes = append(c.Notes, note)
	}
	if rec.Text != "" || rec.Exam != "" {
		rec.Gold, rec.Extra = nil, nil
		c.Report = &rec
	}
	if err := c.fill(x); err != nil {
		return c, err
	}
	return c, c.check()
}

// gold takes the codes of a labelled line as billed: required ones, what is first-listed under
// the official policy first.
func (x *codedJSON) gold(g *Gold) {
	codes := func(list []GoldCode) []codedCode {
		if list == nil {
			return nil
		}
		out := []codedCode{}
		for _, c := range list {
			if !c.Optional {
				out = append(out, codedCode{Code: c.Code, Modifiers: c.Modifiers})
			}
		}
		return out
	}
	x.CPT, x.ICD10CM = codes(g.CPT), codes(g.ICD10CM)
	if first := g.Primary[coding.Official]; len(first) > 0 && slices.ContainsFunc(x.ICD10CM, func(c codedCode) bool { return c.Code == first[0].Code }) {
		x.Dx = []string{first[0].Code}
	}
}

// fill takes over diagnoses first: lines point to them.
func (c *CodedClaim) fill(x codedJSON) error {
	if x.Dx != nil || x.ICD10CM != nil {
		c.Dx = []string{}
	}
	for _, code := range x.Dx {
		if _, err := c.addDx(code); err != nil {
			return err
		}
	}
	for _, code := range x.ICD10CM {
		if _, err := c.addDx(code.Code); err != nil {
			return err
		}
	}
	if x.Lines != nil || x.CPT != nil {
		c.Lines = []CodedLine{}
	}
	for _, code := range x.CPT {
		x.Lines = append(x.Lines, codedLineJSON{Code: code.Code, Modifiers: code.Modifiers, Units: code.Units})
	}
	bare := len(x.Lines) > 0
	for _, from := range x.Lines {
		l, err := codedLine(from.Code, from.Modifiers)
		if err != nil {
			return err
		}
		l.Units = from.Units
		bare = bare && from.Modifiers == nil && l.Modifiers == nil
		for _, raw := range from.Dx {
			p, err := c.pointer(raw)
			if err != nil {
				return err
			}
			l.Dx = append(l.Dx, p)
		}
		c.Lines = append(c.Lines, l)
	}
	c.NoModifiers = bare
	return nil
}

// pointer reads what a line says of a diagnosis: its place or its code.
func (c *CodedClaim) pointer(raw json.RawMessage) (int, error) {
	var n int
	if json.Unmarshal(raw, &n) == nil {
		return n, nil
	}
	var code string
	if err := json.Unmarshal(raw, &code); err != nil {
		return 0, fmt.Errorf("dx of a line: want a code or its place, not %s", raw)
	}
	return c.addDx(code)
}
