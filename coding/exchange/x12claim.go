package exchange

import (
	"fmt"
	"io"
	"strconv"
)

// x12Claims reads the claims of 837 professional transactions (005010X222A1).
type x12Claims struct {
	name  string
	yield func(CodedClaim, error) bool
	done  bool // nobody wants more

	claim     *CodedClaim // that is being read
	bad       bool        // a part of it could not be read
	inLine    bool        // behind an LX: segments speak of the service line
	facility  string      // of the billing provider
	payer     string      // of the subscriber
	open      string      // ST control number of the transaction that is open, "" = none
	segments  int         // of the open transaction
	skipped   bool        // the transaction is no 837: nothing of it is read
	positions x12Segment  // the last segment, for what a file's end has to say
}

// x12ClaimSegments says what is read of each segment; all others are passed over.
var x12ClaimSegments = map[string]func(*x12Claims, x12Segment) error{
	"ST": (*x12Claims).begin, "SE": (*x12Claims).end, "NM1": (*x12Claims).name1, "HL": (*x12Claims).level,
	"CLM": (*x12Claims).newClaim, "HI": (*x12Claims).diagnoses, "LX": (*x12Claims).newLine, "SV1": (*x12Claims).service, "DTP": (*x12Claims).date,
}

func readX12Claims(r io.Reader, name string, yield func(CodedClaim, error) bool) {
	x := &x12Claims{name: name, yield: yield}
	in := newX12Reader(r, name)
	for !x.done {
		s, err := in.next()
		if err == io.EOF {
			x.finish()
			return
		}
		if err != nil {
			x.cut(err)
			return
		}
		x.positions = s
		x.segments++
		read := x12ClaimSegments[s.name()]
		if read == nil || x.skipped && s.name() != "ST" && s.name() != "SE" {
			continue
		}
		if err := read(x, s); err != nil {
			x.tell(err)
		}
	}
}

// tell yields an error; the claim that is open is spoilt by it, and what else is wrong with it is not told.
func (x *x12Claims) tell(err error) {
	x.bad, x.claim = true, nil
	x.done = x.done || !x.yield(CodedClaim{}, err)
}

// finish ends the file; a transaction that is open was cut off.
func (x *x12Claims) finish() {
	if x.open != "" && !x.done {
		x.cut(x.positions.errorf(x.name, "the file ends inside transaction %s: no SE follows", x.open))
		return
	}
	x.flush()
}

// cut ends the file behind an error: the claim that is open may lack lines.
func (x *x12Claims) cut(err error) {
	if x.claim != nil {
		err = fmt.Errorf("%w; claim %s is not compared", err, x.claim.ID)
	}
	x.tell(err)
}

// flush yields the claim that was read.
func (x *x12Claims) flush() {
	c := x.claim
	x.claim, x.inLine = nil, false
	if c == nil || x.done {
		return
	}
	if err := c.check(); err != nil {
		x.done = !x.yield(CodedClaim{}, &ItemError{x.name, c.Line, fmt.Errorf("claim %s: %w", c.ID, err)})
		return
	}
	x.done = !x.yield(*c, nil)
}

func (x *x12Claims) begin(s x12Segment) error {
	x.flush()
	x.open, x.segments, x.bad = first(s.element(2), "?"), 1, false
	x.skipped = s.element(1) != "837"
	if x.skipped {
		return s.errorf(x.name, "transaction %s is no claim (837)", s.element(1))
	}
	return nil
}

func (x *x12Claims) end(s x12Segment) error {
	x.flush()
	x.open = ""
	if n, err := strconv.Atoi(s.element(1)); err != nil || n != x.segments {
		return s.errorf(x.name, "the transaction says that it has %q segments, and %d were read: claims may be missing", s.element(1), x.segments)
	}
	return nil
}

// level begins a billing provider, subscriber or patient: the claim before it is complete.
func (x *x12Claims) level(s x12Segment) error {
	x.flush()
	switch s.element(3) {
	case "20":
		x.facility, x.payer = "", ""
	case "22":
		x.payer = ""
	}
	return nil
}

// name1 takes the names of the billing provider, the service facility and the payer.
func (x *x12Claims) name1(s x12Segment) error {
	switch {
	case s.element(1) == "85":
		x.facility = s.element(3)
	case s.element(1) == "77" && x.claim != nil && !x.inLine:
		x.claim.Facility = s.element(3)
	case s.element(1) == "PR" && x.claim == nil:
		x.payer = s.element(3)
	}
	return nil
}

// voidClaim is the frequency code (CLM05-3) of a claim that takes back another one.
const voidClaim = "8"

func (x *x12Claims) newClaim(s x12Segment) error {
	x.flush()
	x.bad = false
	x.claim = &CodedClaim{
		ID: s.element(1), Lines: []CodedLine{}, Dx: []string{}, Line: s.line,
		Facility: x.facility, Payer: x.payer, PlaceOfService: s.component(5, 0),
	}
	switch {
	case x.claim.ID == "":
		return s.errorf(x.name, "no patient control number: the claim cannot be joined")
	case s.component(5, 2) == voidClaim:
		return s.errorf(x.name, "claim %s takes back an earlier one (frequency 8): not compared", x.claim.ID)
	}
	return nil
}

// diagnosisQualifiers are those of ICD-10-CM diagnoses in HI: first-listed and others.
var diagnosisQualifiers = map[string]bool{"ABK": true, "ABF": true}

func (x *x12Claims) diagnoses(s x12Segment) error {
	if x.claim == nil || x.inLine {
		return nil
	}
	for i := 1; i < len(s.elements); i++ {
		switch q := s.component(i, 0); {
		case q == "":
		case q == "BK" || q == "BF":
			return s.errorf(x.name, "an ICD-9-CM diagnosis (%s): claim %s is not compared", q, x.claim.ID)
		case diagnosisQualifiers[q]:
			if _, err := x.claim.addDx(s.component(i, 1)); err != nil {
				return s.errorf(x.name, "claim %s is not compared: %w", x.claim.ID, err)
			}
		}
	}
	return nil
}

func (x *x12Claims) newLine(x12Segment) error {
	x.inLine = x.claim != nil
	return nil
}

func (x *x12Claims) service(s x12Segment) error {
	if x.claim == nil && x.bad {
		return nil
	}
	if x.claim == nil {
		return s.errorf(x.name, "a service line outside a claim")
	}
	if q := s.component(1, 0); q != "HC" {
		return s.errorf(x.name, "claim %s is not compared: a code of kind %q, not HC (CPT, HCPCS)", x.claim.ID, q)
	}
	var modifiers []string
	for i := 2; i <= 5; i++ {
		modifiers = append(modifiers, s.component(1, i))
	}
	l, err := codedLine(s.component(1, 1), modifiers)
	if err != nil {
		return s.errorf(x.name, "claim %s is not compared: %w", x.claim.ID, err)
	}
	if l.Units, err = x12Units(s); err != nil {
		return s.errorf(x.name, "claim %s is not compared: %w", x.claim.ID, err)
	}
	x.claim.PlaceOfService = first(x.claim.PlaceOfService, s.element(5))
	for _, p := range s.components(7) {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > len(x.claim.Dx) {
			return s.errorf(x.name, "claim %s is not compared: a pointer to diagnosis %q, and there are %d", x.claim.ID, p, len(x.claim.Dx))
		}
		l.Dx = append(l.Dx, n)
	}
	x.claim.Lines = append(x.claim.Lines, l)
	return nil
}

// x12Units reads SV103 and SV104. Minutes are of anaesthesia and count no studies.
func x12Units(s x12Segment) (int, error) {
	text := first(s.element(4), "1")
	n, err := strconv.ParseFloat(text, 64)
	if unit := s.element(3); unit != "" && unit != "UN" || err != nil || n < 1 || n > 9999 || n != float64(int(n)) {
		return 0, fmt.Errorf("%q %s is no number of units", s.element(4), s.element(3))
	}
	return int(n), nil
}

// date takes the first date of service of a claim's lines.
func (x *x12Claims) date(s x12Segment) error {
	if x.claim == nil || s.element(1) != "472" || x.claim.DateOfService != "" {
		return nil
	}
	x.claim.DateOfService = x12Date(s.element(3))
	if x.claim.DateOfService == "" {
		return s.errorf(x.name, "claim %s is not compared: %q is no date", x.claim.ID, s.element(3))
	}
	return nil
}
