package index

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// tableKind says how the rows of a kind of table are written as texts: the first
// columns are the key, then come first and last date, then what the row says.
type tableKind struct {
	kind, rows string // rows: what people call them
	key        int
	columns    []string
	count      func(*PaymentTable) int
	row        func(t *PaymentTable, i int) []string
	add        func(t *PaymentTable, cells []string) error // nil: rows stay in the file
}

var tableKinds = []tableKind{
	{
		kind: PairTable, rows: "pairs", key: 2, columns: []string{"column 1", "column 2", "from", "to", "modifier", "rationale"},
		count: func(t *PaymentTable) int { return t.pairs().count },
		row: func(t *PaymentTable, i int) []string {
			p := t.pairs().at(i)
			return []string{p.Column1, p.Column2, p.From, p.To, mark(p.Modifier), p.Rationale}
		},
	},
	{
		kind: LimitTable, rows: "limits", key: 1, columns: []string{"code", "from", "to", "units", "adjudication", "rationale"},
		count: func(t *PaymentTable) int { return len(t.Limits) },
		row: func(t *PaymentTable, i int) []string {
			l := &t.Limits[i]
			return []string{l.Code, l.From, l.To, strconv.Itoa(l.Units), mark(l.Adjudication), l.Rationale}
		},
		add: func(t *PaymentTable, c []string) error {
			units, err := strconv.Atoi(c[3])
			t.Limits = append(t.Limits, Limit{Code: c[0], Span: Span{c[1], c[2]}, Units: units, Adjudication: marked(c[4]), Rationale: c[5]})
			return err
		},
	},
	{
		kind: AddOnTable, rows: "add-on codes", key: 2, columns: []string{"add-on code", "primary code", "from", "to", "type"},
		count: func(t *PaymentTable) int { return len(t.AddOns) },
		row: func(t *PaymentTable, i int) []string {
			a := &t.AddOns[i]
			return []string{a.Code, a.Primary, a.From, a.To, mark(a.Type)}
		},
		add: func(t *PaymentTable, c []string) error {
			t.AddOns = append(t.AddOns, AddOn{Code: c[0], Primary: c[1], Span: Span{c[2], c[3]}, Type: marked(c[4])})
			return nil
		},
	},
	{
		kind: FeeTable, rows: "fee rows", key: 2,
		columns: []string{"code", "modifier", "from", "to", "status", "work RVU", "non-facility RVU", "facility RVU", "PC/TC", "multiple", "bilateral", "imaging family"},
		count:   func(t *PaymentTable) int { return len(t.Fees) }, row: feeCells, add: addFee,
	},
	{
		kind: LevelTable, rows: "HCPCS codes", key: 1, columns: []string{"code", "from", "to", "title", "coverage"},
		count: func(t *PaymentTable) int { return len(t.Levels) },
		row: func(t *PaymentTable, i int) []string {
			l := &t.Levels[i]
			return []string{l.Code, l.From, l.To, l.Title, mark(l.Coverage)}
		},
		add: func(t *PaymentTable, c []string) error {
			t.Levels = append(t.Levels, Level{Code: c[0], Span: Span{c[1], c[2]}, Title: c[3], Coverage: marked(c[4])})
			return nil
		},
	},
	{
		kind: CoverageTable, rows: "diagnoses of articles", key: 4, columns: []string{"procedure", "article", "diagnosis", "group", "from", "to", "listed"},
		count: func(t *PaymentTable) int { return len(t.Covered) }, row: coveredCells, add: addCovered,
	},
	{
		kind: RuleTable, rows: "rules", key: 1, columns: []string{"id", "from", "to", "rule"},
		count: func(t *PaymentTable) int { return len(t.Rules) }, row: ruleCells, add: addRule,
	},
}

func feeCells(t *PaymentTable, i int) []string {
	f := &t.Fees[i]
	return []string{
		f.Code, f.Modifier, f.From, f.To, mark(f.Status), strconv.Itoa(f.Work), strconv.Itoa(f.NonFacility), strconv.Itoa(f.Facility),
		mark(f.PCTC), mark(f.Multiple), mark(f.Bilateral), f.Family,
	}
}

func addFee(t *PaymentTable, c []string) error {
	f := Fee{
		Code: c[0], Modifier: c[1], Span: Span{c[2], c[3]}, Status: marked(c[4]),
		PCTC: marked(c[8]), Multiple: marked(c[9]), Bilateral: marked(c[10]), Family: c[11],
	}
	for i, to := range []*int{&f.Work, &f.NonFacility, &f.Facility} {
		n, err := strconv.Atoi(c[5+i])
		if err != nil {
			return err
		}
		*to = n
	}
	t.Fees = append(t.Fees, f)
	return nil
}

const (
	listedCovered  = "covered"
	listedExcluded = "excluded"
)

func coveredCells(t *PaymentTable, i int) []string {
	c := &t.Covered[i]
	listed := listedCovered
	if c.Excluded {
		listed = listedExcluded
	}
	return []string{c.Procedure, c.Article, c.Diagnosis, c.Group, c.From, c.To, listed}
}

func addCovered(t *PaymentTable, c []string) error {
	t.Covered = append(t.Covered, CoveredDx{
		Procedure: c[0], Article: c[1], Diagnosis: c[2], Group: c[3], Span: Span{c[4], c[5]}, Excluded: c[6] == listedExcluded,
	})
	return nil
}

func ruleCells(t *PaymentTable, i int) []string {
	r := t.Rules[i]
	text, _ := json.Marshal(r) // texts, numbers and lists of them do not fail
	return []string{r.ID, r.From, r.To, string(text)}
}

func addRule(t *PaymentTable, c []string) error {
	var r PayerRule
	if err := json.Unmarshal([]byte(c[3]), &r); err != nil {
		return err
	}
	t.Rules = append(t.Rules, r)
	return nil
}

// mark writes an indicator of one character, 0 = none.
func mark(b byte) string {
	if b == 0 {
		return ""
	}
	return string(rune(b))
}

func marked(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// kindOf finds a kind of table.
func kindOf(kind string) (*tableKind, error) {
	i := slices.IndexFunc(tableKinds, func(k tableKind) bool { return k.kind == kind })
	if i < 0 {
		return nil, fmt.Errorf("index: %q is no kind of payment table", kind)
	}
	return &tableKinds[i], nil
}

// TableRows says what the rows of a kind of table are called.
func TableRows(kind string) string {
	if k, err := kindOf(kind); err == nil {
		return k.rows
	}
	return "rows"
}

// keyOf joins the cells that a row is known by.
func (k *tableKind) keyOf(cells []string) string { return strings.Join(cells[:k.key], " ") }

// Len counts the rows of a table.
func (t *PaymentTable) Len() int {
	t.read()
	k, err := kindOf(t.Kind)
	if err != nil {
		return 0
	}
	return k.count(t)
}

// RowKey names a row by its codes, for people.
func (t *PaymentTable) RowKey(row int) string {
	k, err := kindOf(t.Kind)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(k.keyOf(k.row(t, row)))
}

// Append adds the rows of another table of the kind; dates are those of the first.
func (t *PaymentTable) Append(other *PaymentTable) {
	t.History = t.History || other.History
	t.Pairs = append(t.Pairs, other.Pairs...)
	t.Limits = append(t.Limits, other.Limits...)
	t.AddOns = append(t.AddOns, other.AddOns...)
	t.Fees = append(t.Fees, other.Fees...)
	t.Levels = append(t.Levels, other.Levels...)
	t.Covered = append(t.Covered, other.Covered...)
	t.Rules = append(t.Rules, other.Rules...)
}
