package index

import (
	"slices"
	"strings"
)

// PayerRule is what one payer asks of a claim line, in force on the dates of its
// span. It concerns lines whose procedure is one of Procedures, which are codes or
// beginnings of codes that end in a star (7107*).
type PayerRule struct {
	ID         string        `json:"id"` // unique among the payer's rules of a table
	Payer      string        `json:"payer"`
	Procedures []string      `json:"cpt"`
	Require    RuleCondition `json:"require"` // each of its fields must hold on the line
	Forbid     RuleCondition `json:"forbid"`  // none of its fields may hold on the line
	Message    string        `json:"message"` // for the coder, in the payer's words
	Source     string        `json:"source"`  // of the rule: a policy's number or address
	Span
}

// RuleCondition is what a rule looks for on a claim line. Fields left empty ask
// nothing.
type RuleCondition struct {
	Dx        []string `json:"dx"`         // one of these diagnoses, or one below these categories, is pointed to
	Modifiers []string `json:"modifiers"`  // required: every one of them; forbidden: any of them
	PriorAuth bool     `json:"prior_auth"` // the claim has a prior authorisation
	Age       AgeRange `json:"age"`        // of the patient in years
}

// AgeRange is an age in years, both ends included; 0 = open.
type AgeRange struct {
	Min int `json:"min"`
	Max int `json:"max"`
}

// Holds reports whether an age in years lies in the range.
func (a AgeRange) Holds(years int) bool {
	return years >= a.Min && (a.Max == 0 || years <= a.Max)
}

// Empty reports whether the range asks nothing.
func (a AgeRange) Empty() bool { return a == AgeRange{} }

// Empty reports whether the condition asks nothing.
func (c *RuleCondition) Empty() bool {
	return len(c.Dx) == 0 && len(c.Modifiers) == 0 && !c.PriorAuth && c.Age.Empty()
}

// Concerns reports whether a rule speaks of a procedure code.
func (r *PayerRule) Concerns(procedure string) bool {
	return slices.ContainsFunc(r.Procedures, func(pattern string) bool {
		if beginning, ok := strings.CutSuffix(pattern, "*"); ok {
			return strings.HasPrefix(procedure, beginning)
		}
		return pattern == procedure
	})
}

// HoldsDx reports whether a diagnosis is one of the condition's, or lies below a
// category of it.
func (c *RuleCondition) HoldsDx(diagnosis string) bool {
	id, _ := Undotted(diagnosis)
	return slices.ContainsFunc(c.Dx, func(want string) bool {
		w, ok := Undotted(want)
		return ok && strings.HasPrefix(id, w)
	})
}

// Rules returns the rules of a payer that concern a procedure on a date of service, by
// payer and id. The payer is as a report or claim names it: a table counts when its
// payer's words stand in that name ("Aetna" counts for "AETNA PPO", "Medicare"
// for "Medicare Part B"), and the payer "*" counts for all. Where two tables of a payer
// hold on the date, the one that began last counts.
func (ts *PaymentTables) Rules(payer, procedure, date string) []PayerRule {
	var out []PayerRule
	seen := map[string]bool{}
	for _, t := range ts.on(RuleTable, payer, date) {
		if seen[t.Payer] {
			continue
		}
		seen[t.Payer] = true
		for i := range t.Rules {
			if r := &t.Rules[i]; r.Holds(date) && r.Concerns(procedure) {
				out = append(out, *r)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b PayerRule) int {
		return strings.Compare(a.Payer+"\x00"+a.ID, b.Payer+"\x00"+b.ID)
	})
	return out
}

// Coverage returns the rows that speak of a procedure on a date of service, of all
// coverage tables of no payer or of the one named (as with Rules). Of an article that several tables
// hold, the table that began last counts.
func (ts *PaymentTables) Coverage(payer, procedure, date string) []CoveredDx {
	var out []CoveredDx
	from := map[string]*PaymentTable{}
	for _, t := range ts.on(CoverageTable, payer, date) {
		for _, row := range t.Coverage(procedure, date) {
			if first, ok := from[row.Article]; ok && first != t {
				continue
			}
			from[row.Article] = t
			out = append(out, row)
		}
	}
	return out
}

// on returns the tables of a kind that hold on a date for a payer, newest first.
func (ts *PaymentTables) on(kind, payer, date string) []*PaymentTable {
	if ts == nil {
		return nil
	}
	var out []*PaymentTable
	for _, t := range ts.all {
		if t.Kind == kind && (Span{t.From, t.To}).Holds(date) && (t.Payer == "" || namesPayer(payer, t.Payer)) {
			out = append(out, t.read())
		}
	}
	return out
}

// namesPayer reports whether a payer's name holds the words of another one.
func namesPayer(name, payer string) bool {
	if payer == "*" {
		return true
	}
	words := strings.Fields(strings.ToLower(payer))
	in := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune(" \t-/,.;:()", r) })
	if len(words) == 0 {
		return false
	}
	for i := 0; i+len(words) <= len(in); i++ {
		if slices.Equal(in[i:i+len(words)], words) {
			return true
		}
	}
	return false
}
