package index

import (
	"cmp"
	"slices"
)

// Kinds of payment tables.
const (
	PairTable     = "ptp"      // pairs of codes not paid together (NCCI procedure to procedure)
	LimitTable    = "mue"      // most units a day (NCCI medically unlikely edits)
	AddOnTable    = "addon"    // add-on codes and the codes they go with
	FeeTable      = "fee"      // Medicare physician fee schedule, relative value file
	LevelTable    = "hcpcs"    // HCPCS Level II codes
	CoverageTable = "coverage" // diagnoses that a coverage article lists for a procedure
	RuleTable     = "payer"    // rules of one payer
)

// Setting is who bills: NCCI publishes tables for practitioners and for
// hospitals.
type Setting string

// Settings. A table of no setting counts for both.
const (
	AnySetting   Setting = ""
	Practitioner Setting = "practitioner"
	Hospital     Setting = "hospital"
	Supplier     Setting = "supplier" // of durable medical equipment, LimitTable only
)

// PaymentTable is one published payment table as it was read: rows of one kind, and of
// what dates of service it speaks.
type PaymentTable struct {
	Kind    string  `json:"kind"`
	Name    string  `json:"name"`    // of the release: 2026Q4, L33456
	Setting Setting `json:"setting"` // of PairTable and LimitTable
	Payer   string  `json:"payer"`   // whose it is, "" = Medicare and who follows it
	From    string  `json:"from"`    // first date of service, YYYY-MM-DD; "" = as long as its rows say
	To      string  `json:"to"`      // last date of service, "" = until another table of the kind

	History bool `json:"history"` // its rows also say what counted before From

	Pairs   []Pair      `json:"-"` // not of an imported table: ask Pair and PairsOf
	Limits  []Limit     `json:"-"`
	AddOns  []AddOn     `json:"-"`
	Fees    []Fee       `json:"-"`
	Levels  []Level     `json:"-"`
	Covered []CoveredDx `json:"-"`
	Rules   []PayerRule `json:"-"`

	file *tableFile // what the rows are read from at the first use; nil: they are here
}

// Span is first and last date of service of a row, both included; "" = open.
type Span struct{ From, To string }

// Holds reports whether a date of service lies in the span.
func (s Span) Holds(date string) bool {
	return (s.From == "" || s.From <= date) && (s.To == "" || date <= s.To)
}

// Pair is an NCCI edit: column 2 is not paid beside column 1.
type Pair struct {
	Column1, Column2 string
	Modifier         byte // '0' never, '1' with a modifier that says they were separate, '9' deleted on its first day
	Rationale        string
	Span
}

// Limit is the most units of a code that are paid.
type Limit struct {
	Code         string
	Units        int
	Adjudication byte // '1' a line, '2' a day by policy, '3' a day unless the record shows more
	Rationale    string
	Span
}

// AddOn is an add-on code and one code it is billed with. Of Type '1' the published list is
// whole; of '2' there is none (Primary "") and of '3' a part: the payer chooses.
type AddOn struct {
	Code, Primary string
	Type          byte
	Span
}

// Fee is a row of the relative value file. Relative value units are hundredths,
// so that sums are exact.
type Fee struct {
	Code, Modifier              string // modifier "", 26, TC or 53
	Status                      byte   // A active, C by the carrier, I not valid for Medicare, N not covered, R restricted ...
	Work, NonFacility, Facility int    // relative value units: the work, and the totals by setting
	PCTC, Multiple, Bilateral   byte   // indicators as published
	Family                      string // of diagnostic imaging, 88 = subject to the reduction for multiple procedures
	Span
}

// Level is a HCPCS Level II code.
type Level struct {
	Code     string
	Title    string
	Coverage byte
	Span
}

// CoveredDx says that an article lists a diagnosis for a procedure.
type CoveredDx struct {
	Article   string // A52345, or the name of the payer's rule
	Procedure string
	Diagnosis string // a code, or a category that stands for all below it
	Group     string // of the article's lists, "" for the only one
	Excluded  bool   // listed as not supporting the procedure
	Span
}

// PaymentTables answer what payment tables say. nil holds none. Not changed once made;
// safe for concurrent use.
type PaymentTables struct {
	all []*PaymentTable
}

// NewPaymentTables sorts tables for asking: of a kind, the one that began last first, of
// those that began together the one whose name sorts last. It takes the tables over.
func NewPaymentTables(tables []*PaymentTable) *PaymentTables {
	for _, t := range tables {
		t.sort()
	}
	return newestFirst(tables)
}

func newestFirst(tables []*PaymentTable) *PaymentTables {
	slices.SortStableFunc(tables, func(a, b *PaymentTable) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(b.From, a.From), cmp.Compare(b.Name, a.Name), byBiller(a.Setting, b.Setting), cmp.Compare(a.Payer, b.Payer))
	})
	return &PaymentTables{all: tables}
}

// byBiller puts practitioners first: they answer where nobody says who bills.
func byBiller(a, b Setting) int {
	order := []Setting{AnySetting, Practitioner, Hospital, Supplier}
	return slices.Index(order, a) - slices.Index(order, b)
}

// sort orders the rows for looking them up.
func (t *PaymentTable) sort() {
	slices.SortStableFunc(t.Pairs, func(a, b Pair) int {
		return cmp.Or(cmp.Compare(a.Column1, b.Column1), cmp.Compare(a.Column2, b.Column2), cmp.Compare(a.From, b.From))
	})
	slices.SortStableFunc(t.Limits, func(a, b Limit) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From)) })
	slices.SortStableFunc(t.AddOns, func(a, b AddOn) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Primary, b.Primary), cmp.Compare(a.From, b.From))
	})
	slices.SortStableFunc(t.Fees, func(a, b Fee) int {
		return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.Modifier, b.Modifier), cmp.Compare(a.From, b.From))
	})
	slices.SortStableFunc(t.Levels, func(a, b Level) int { return cmp.Or(cmp.Compare(a.Code, b.Code), cmp.Compare(a.From, b.From)) })
	slices.SortStableFunc(t.Covered, func(a, b CoveredDx) int {
		return cmp.Or(cmp.Compare(a.Procedure, b.Procedure), cmp.Compare(a.Article, b.Article), cmp.Compare(a.Diagnosis, b.Diagnosis), cmp.Compare(a.Group, b.Group), cmp.Compare(a.From, b.From))
	})
	slices.SortStableFunc(t.Rules, func(a, b PayerRule) int { return cmp.Compare(a.ID, b.ID) })
}

// All returns the tables, rows included but for the pairs of imported ones. Do not
// modify what they point to.
func (ts *PaymentTables) All() []*PaymentTable {
	if ts == nil {
		return nil
	}
	for _, t := range ts.all {
		t.read()
	}
	return ts.all
}

// With returns the tables with t in the place of all of its kind.
func (ts *PaymentTables) With(t *PaymentTable) *PaymentTables {
	t.sort()
	tables := []*PaymentTable{t}
	if ts != nil {
		for _, other := range ts.all {
			if other.Kind != t.Kind {
				tables = append(tables, other)
			}
		}
	}
	return newestFirst(tables)
}

// On returns the table of a kind that counts for a setting on a date of service:
// the one that began last; where none had begun, the newest whose rows tell of
// earlier dates; nil when there is none.
func (ts *PaymentTables) On(kind string, setting Setting, date string) *PaymentTable {
	if ts == nil {
		return nil
	}
	for _, history := range []bool{false, true} {
		for _, t := range ts.all {
			if t.Kind == kind && (t.Setting == setting || t.Setting == AnySetting || setting == AnySetting) && t.counts(date, history) {
				return t.read()
			}
		}
	}
	return nil
}

// counts reports whether a table holds on a date, by its dates or by those of its rows.
func (t *PaymentTable) counts(date string, history bool) bool {
	if history {
		return t.History && (Span{"", t.To}).Holds(date)
	}
	return (Span{t.From, t.To}).Holds(date)
}

// Limit returns the most units of a code on a date of service.
func (t *PaymentTable) Limit(code, date string) (Limit, bool) {
	if t == nil {
		return Limit{}, false
	}
	return rowOn(t.Limits, code, date, func(l *Limit) (string, Span) { return l.Code, l.Span })
}

// Level returns a HCPCS Level II code on a date of service.
func (t *PaymentTable) Level(code, date string) (Level, bool) {
	if t == nil {
		return Level{}, false
	}
	return rowOn(t.Levels, code, date, func(l *Level) (string, Span) { return l.Code, l.Span })
}

// Fee returns the row of a code and modifier ("" = the whole service) on a date of
// service.
func (t *PaymentTable) Fee(code, modifier, date string) (Fee, bool) {
	if t == nil {
		return Fee{}, false
	}
	return rowOn(t.Fees, code+modifier, date, func(f *Fee) (string, Span) { return f.Code + f.Modifier, f.Span })
}

// Primaries returns the codes that an add-on code is billed with on a date of
// service; none and true when the payer chooses them or may add to the published
// ones, false when it is no add-on code.
func (t *PaymentTable) Primaries(code, date string) ([]string, bool) {
	if t == nil {
		return nil, false
	}
	var out []string
	found, open := false, false
	for at, _ := slices.BinarySearchFunc(t.AddOns, code, func(a AddOn, k string) int { return cmp.Compare(a.Code, k) }); at < len(t.AddOns) && t.AddOns[at].Code == code; at++ {
		if a := t.AddOns[at]; a.Holds(date) {
			found = true
			open = open || a.Primary == "" || a.Type == '2' || a.Type == '3'
			out = append(out, a.Primary)
		}
	}
	if open {
		return nil, found
	}
	return out, found
}

// Coverage returns the rows of the articles that speak of a procedure on a date
// of service.
func (t *PaymentTable) Coverage(procedure, date string) []CoveredDx {
	if t == nil {
		return nil
	}
	var out []CoveredDx
	at, _ := slices.BinarySearchFunc(t.Covered, procedure, func(c CoveredDx, k string) int { return cmp.Compare(c.Procedure, k) })
	for ; at < len(t.Covered) && t.Covered[at].Procedure == procedure; at++ {
		if t.Covered[at].Holds(date) {
			out = append(out, t.Covered[at])
		}
	}
	return out
}

// rowOn finds the row of a key that holds on a date, in rows sorted by key.
func rowOn[R any](rows []R, key, date string, of func(*R) (string, Span)) (R, bool) {
	at, _ := slices.BinarySearchFunc(rows, key, func(r R, k string) int { have, _ := of(&r); return cmp.Compare(have, k) })
	for ; at < len(rows); at++ {
		have, span := of(&rows[at])
		if have != key {
			break
		}
		if span.Holds(date) {
			return rows[at], true
		}
	}
	var none R
	return none, false
}
