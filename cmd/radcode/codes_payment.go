package main

import (
	"fmt"
	"strings"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// shownPayment is what the payment tables of a date say about a procedure.
type shownPayment struct {
	Title    string         `json:"official_title,omitempty"` // of HCPCS Level II
	Coverage string         `json:"coverage_code,omitempty"`
	Fees     []index.Fee    `json:"fees,omitempty"`
	FeeTable string         `json:"fee_table,omitempty"`
	Limits   []shownLimit   `json:"limits,omitempty"`
	Pairs    []shownPairs   `json:"pairs,omitempty"`
	AddOnTo  []string       `json:"add_on_to,omitempty"`
	AddOn    bool           `json:"add_on,omitempty"`
	Articles []shownArticle `json:"articles,omitempty"`
}

// shownLimit is a limit of units and the table that has it.
type shownLimit struct {
	Table string `json:"table"`
	index.Limit
}

// shownPairs counts the pairs of a code in a table.
type shownPairs struct {
	Table   string `json:"table"`
	Column1 int    `json:"column1"`
	Column2 int    `json:"column2"`
}

// shownArticle counts the diagnoses that an article lists for a code.
type shownArticle struct {
	Article  string `json:"article"`
	Covered  int    `json:"covered"`
	Excluded int    `json:"excluded"`
}

// showPayment gathers what tables say; nil when none speaks of the code.
func showPayment(ts *index.PaymentTables, code, date string) *shownPayment {
	code = strings.ToUpper(code)
	s := &shownPayment{Articles: showArticles(ts, code, date)}
	found := s.Articles != nil
	if l, ok := ts.On(index.LevelTable, index.AnySetting, date).Level(code, date); ok {
		found, s.Title = true, l.Title
		if l.Coverage != 0 {
			s.Coverage = string(rune(l.Coverage))
		}
	}
	if fees := ts.On(index.FeeTable, index.AnySetting, date); fees != nil {
		for _, modifier := range []string{"", "26", "TC", "53"} {
			if f, ok := fees.Fee(code, modifier, date); ok {
				found, s.FeeTable, s.Fees = true, fees.Name, append(s.Fees, f)
			}
		}
	}
	for _, setting := range []index.Setting{index.Practitioner, index.Hospital, index.Supplier} {
		limits := ts.On(index.LimitTable, setting, date)
		if l, ok := limits.Limit(code, date); ok {
			found, s.Limits = true, append(s.Limits, shownLimit{string(setting) + " " + limits.Name, l})
		}
		if pairs := ts.On(index.PairTable, setting, date); pairs != nil {
			if n := countPairs(pairs, code, date); n.Column1+n.Column2 > 0 {
				n.Table = string(setting) + " " + pairs.Name
				found, s.Pairs = true, append(s.Pairs, n)
			}
		}
	}
	if s.AddOnTo, s.AddOn = ts.On(index.AddOnTable, index.AnySetting, date).Primaries(code, date); s.AddOn {
		found = true
	}
	if !found {
		return nil
	}
	return s
}

func countPairs(t *index.PaymentTable, code, date string) (n shownPairs) {
	for _, p := range t.PairsOf(code, date) {
		if p.Column1 == code {
			n.Column1++
		} else {
			n.Column2++
		}
	}
	return n
}

func showArticles(ts *index.PaymentTables, code, date string) []shownArticle {
	var out []shownArticle
	for _, row := range ts.Coverage("", code, date) {
		if len(out) == 0 || out[len(out)-1].Article != row.Article {
			out = append(out, shownArticle{Article: row.Article})
		}
		if row.Excluded {
			out[len(out)-1].Excluded++
		} else {
			out[len(out)-1].Covered++
		}
	}
	return out
}

// codeOfPayment is a code that only payment tables know.
func codeOfPayment(s *shownPayment, id string) *index.Code {
	id = strings.ToUpper(id)
	return &index.Code{System: lexicon.SystemOf(id), ID: id, Title: s.Title, Billable: true}
}

// payment prints what the payment tables say.
func (p *page) payment(s *shownPayment) {
	p.line("")
	if s.Title != "" {
		p.wrapped("", 2, "HCPCS: "+s.Title)
	}
	for _, f := range s.Fees {
		modifier := ""
		if f.Modifier != "" {
			modifier = "-" + f.Modifier
		}
		p.line("  fee %s%s: status %c, work %s, total %s, in a facility %s RVU", s.FeeTable, modifier, f.Status, hundredths(f.Work), hundredths(f.NonFacility), hundredths(f.Facility))
		p.line("    %s", p.paint(dim, fmt.Sprintf("PC/TC %s, multiple %s, bilateral %s, imaging family %s", indicator(f.PCTC), indicator(f.Multiple), indicator(f.Bilateral), blankNone(f.Family))))
	}
	for _, l := range s.Limits {
		p.line("  at most %s, %s (%s; %s)", plural(l.Units, "unit"), adjudications[l.Adjudication], l.Table, l.Rationale)
	}
	for _, n := range s.Pairs {
		p.line("  NCCI pairs (%s): %d as column 1, %d as column 2", n.Table, n.Column1, n.Column2)
	}
	if s.AddOn {
		p.wrapped("", 2, "add-on code, billed with "+primaries(s.AddOnTo))
	}
	for _, a := range s.Articles {
		p.line("  article %s: %d diagnoses covered, %d excluded", a.Article, a.Covered, a.Excluded)
	}
}

// adjudications say what a limit counts for, by the MUE adjudication indicator.
var adjudications = map[byte]string{'1': "a line", '2': "a day by policy", '3': "a day unless the record shows more"}

func primaries(codes []string) string {
	if len(codes) == 0 {
		return "codes that the payer chooses"
	}
	return strings.Join(codes, ", ")
}

func hundredths(n int) string { return fmt.Sprintf("%.2f", float64(n)/100) }

func indicator(b byte) string {
	if b == 0 {
		return "none"
	}
	return string(rune(b))
}
