package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// Denial is one adjustment of a payer.
type Denial struct {
	Claim  string // the claim's id
	Code   string // of the service, "" = of the whole claim
	CARC   string // claim adjustment reason code without group and leading zeros
	RARC   []string
	Amount int // cents
	Date   string
	Paid   bool // something was paid for the service: an adjustment, no denial
	Line   int  // of the file
}

// denialColumns are those of a table of denials, the needed ones first.
var denialColumns = []columnNames{
	{"id", claimColumns[0].names},
	{"carc", "carc reason reasoncode adjustmentreason adjustmentreasoncode denialcode claimadjustmentreasoncode"},
	{"code", claimColumns[1].names},
	{"rarc", "rarc remark remarkcode"},
	{"amount", "amount denied deniedamount adjustment adjustmentamount"},
	{"paid", "paid paidamount payment"},
	{"date", "date denialdate remitdate checkdate dos dateofservice servicedate"},
}

// ReadDenials reads what payers did not pay: a table with one adjustment per row, or
// X12 835 remittances. What cannot be read is an *ItemError and reading goes on; any
// other error is the reader's and comes last.
func ReadDenials(r io.Reader, name string) iter.Seq2[Denial, error] {
	return func(yield func(Denial, error) bool) {
		raw := bufio.NewReaderSize(r, headSize)
		if err := notText(head(raw)); err != nil {
			yield(Denial{}, &ItemError{name, 1, err})
			return
		}
		in := unwrap(raw)
		if bytes.HasPrefix(bytes.TrimLeft(head(in), " \t\r\n"), []byte("ISA")) {
			readRemittances(in, name, yield)
			return
		}
		readDenialTable(in, name, yield)
	}
}

func readDenialTable(r io.Reader, name string, yield func(Denial, error) bool) {
	t, err := openColumns(r, name)
	if err == io.EOF {
		return
	}
	if err == nil {
		err = wantColumns(t, denialColumns[:2], name)
	}
	if err != nil {
		yield(Denial{}, err)
		return
	}
	columns := columnsNamed(t.header, denialColumns)
	for {
		cells, err := t.row()
		if err == io.EOF {
			return
		}
		var d Denial
		if err == nil {
			if d, err = denialOf(cells, columns); err != nil {
				d, err = Denial{}, &ItemError{name, t.line, err}
			}
		}
		d.Line = t.line
		if !yield(d, err) || fatal(err) {
			return
		}
	}
}

func denialOf(cells []string, columns map[string][]int) (Denial, error) {
	at := func(key string) string { return cellOf(cells, columns[key]) }
	d := Denial{Claim: at("id"), CARC: lexicon.BareCARC(at("carc"))}
	for _, cell := range cellsOf(cells, columns["rarc"]) {
		d.RARC = append(d.RARC, list(cell)...)
	}
	if d.Claim == "" {
		return d, errors.New("a row without an id")
	}
	if !isCARC(d.CARC) {
		return d, fmt.Errorf("%q is no adjustment reason code (16, CO-16)", at("carc"))
	}
	if s := at("code"); s != "" {
		l, err := codedLine(strings.Fields(s)[0], nil)
		if err != nil {
			return d, err
		}
		d.Code = l.Code
	}
	if s := at("date"); s != "" {
		if err := setDay(&d.Date, s); err != nil {
			return d, err
		}
	}
	var err error
	if d.Amount, err = cents(at("amount")); err != nil {
		return d, err
	}
	paid, err := cents(at("paid"))
	d.Paid = paid > 0
	return d, err
}

// isCARC holds for one to three characters of letters and digits.
func isCARC(s string) bool {
	return len(s) > 0 && len(s) <= 3 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") == ""
}

// cents reads an amount of money: 120, $1,204.50, (12.00) or -12. "" is 0.
func cents(s string) (int, error) {
	text := strings.NewReplacer("$", "", ",", "", " ", "", "(", "-", ")", "").Replace(s)
	if text == "" {
		return 0, nil
	}
	whole, part, _ := strings.Cut(text, ".")
	if len(part) > 2 {
		return 0, fmt.Errorf("%q is no amount", s)
	}
	n, err := strconv.Atoi(whole + (part + "00")[:2])
	if err != nil || n > 1e12 || n < -1e12 {
		return 0, fmt.Errorf("%q is no amount", s)
	}
	return n, nil
}

// remittances reads 835 transactions (005010X221A1).
type remittances struct {
	name  string
	yield func(Denial, error) bool
	claim string // CLP01
	paid  bool   // of the claim, or of the service that is open
	code  string // of the service that is open
	date  string
	held  []Denial // adjustments whose remarks may follow
	done  bool
}

func readRemittances(r io.Reader, name string, yield func(Denial, error) bool) {
	x := &remittances{name: name, yield: yield}
	in := newX12Reader(r, name)
	for !x.done {
		s, err := in.next()
		if err == io.EOF {
			x.flush()
			return
		}
		if err == nil {
			err = x.segment(s)
		}
		if err != nil {
			x.flush()
			if cut := s.elements == nil; x.done || !yield(Denial{}, err) || cut {
				return
			}
		}
	}
}

func (x *remittances) segment(s x12Segment) error {
	switch s.name() {
	case "ST":
		if s.element(1) != "835" {
			return s.errorf(x.name, "transaction %s is no remittance (835)", s.element(1))
		}
	case "CLP":
		x.flush()
		paid, err := cents(s.element(4))
		if err != nil || s.element(1) == "" {
			return s.errorf(x.name, "a claim without an id or paid amount")
		}
		x.claim, x.paid, x.code, x.date = s.element(1), paid > 0, "", ""
	case "SVC":
		x.flush()
		paid, err := cents(s.element(3))
		if err != nil {
			return s.errorf(x.name, "%w", err)
		}
		x.paid, x.code = paid > 0, s.component(1, 1)
	case "DTM":
		x.dated(s)
	case "CAS":
		return x.adjustments(s)
	case "LQ":
		for i := range x.held {
			x.held[i].RARC = append(x.held[i].RARC, s.element(2))
		}
	case "SE":
		x.flush()
	}
	return nil
}

// dated takes the date of service of a service (472) or claim (232).
func (x *remittances) dated(s x12Segment) {
	if q := s.element(1); q == "472" || q == "232" || q == "150" {
		x.date = x12Date(s.element(2))
		for i := range x.held {
			x.held[i].Date = x.date
		}
	}
}

// adjustments reads a CAS: a group and up to six reasons with amount and quantity.
func (x *remittances) adjustments(s x12Segment) error {
	if x.claim == "" {
		return s.errorf(x.name, "an adjustment outside a claim")
	}
	for i := 2; i < len(s.elements); i += 3 {
		d := Denial{Claim: x.claim, Code: x.code, CARC: lexicon.BareCARC(s.element(i)), Date: x.date, Paid: x.paid, Line: s.line}
		if s.element(i) == "" {
			continue
		}
		var err error
		if d.Amount, err = cents(s.element(i + 1)); err != nil || !isCARC(d.CARC) {
			return s.errorf(x.name, "claim %s: %q with %q is no adjustment", x.claim, s.element(i), s.element(i+1))
		}
		if !slices.ContainsFunc(x.held, func(h Denial) bool { return h.CARC == d.CARC }) {
			x.held = append(x.held, d)
		}
	}
	return nil
}

// flush yields the adjustments of the service that is complete.
func (x *remittances) flush() {
	for _, d := range x.held {
		if !x.done {
			x.done = !x.yield(d, nil)
		}
	}
	x.held = nil
}
