package codeset

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/radcode/radcode/index"
)

// Rules of a payer, as JSON that a practice writes down from the payer's policies.
// docs/codes.md describes the fields.

const formatRules = "payer rules"

var rulesShape = regexp.MustCompile(`^\s*\{\s*"(?:payer|rules|from|to)"\s*:`)

// readRules reads a file of rules and tells all that is wrong with it, as far as
// maxProblems.
func readRules(in *bufio.Reader, p *part) error {
	data, err := io.ReadAll(in)
	at := place{p.name, 1}
	if err != nil {
		return at.errorf("%w", err)
	}
	data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if i := bytes.IndexByte(data, 0); i >= 0 || !utf8.Valid(data) {
		return at.errorf("want JSON in UTF-8")
	}
	root, line, err := parseJSON(data)
	if err != nil {
		return place{p.name, line}.errorf("no JSON: %w", err)
	}
	r := &ruleFile{jsonFile: jsonFile{name: p.name}, part: p}
	r.read(root)
	return errors.Join(r.problems...)
}

type ruleFile struct {
	jsonFile
	part *part
}

func (r *ruleFile) read(root *node) {
	s := r.part.sheet(index.RuleTable, index.AnySetting)
	var rules *node
	t := &s.table
	r.object(root, "file", []field{
		{"payer", r.jsonFile.text(&t.Payer)}, {"from", r.date(&t.From)}, {"to", r.date(&t.To)},
		{"rules", func(n *node, _ string) { rules = n }},
	})
	if t.Payer == "" {
		r.problem(root.line, `file: no payer; "*" is every payer`)
	}
	if t.To != "" && t.To < t.From {
		r.problem(root.line, "file: ends %s, before it begins %s", t.To, t.From)
	}
	if rules == nil || rules.value != json.Delim('[') {
		r.problem(root.line, "file: no list of rules")
		return
	}
	ids := map[string]int{}
	for i, n := range rules.items {
		rule := r.rule(n, fmt.Sprintf("rules[%d]", i))
		rule.Payer = t.Payer
		if first, again := ids[rule.ID]; again && rule.ID != "" {
			r.problem(n.line, "rules[%d]: rule %q stands in line %d already", i, rule.ID, first)
		}
		ids[rule.ID] = n.line
		s.at = append(s.at, place{r.part.name, n.line})
		t.Rules = append(t.Rules, rule)
		r.part.rows++
	}
}

func (r *ruleFile) rule(n *node, what string) index.PayerRule {
	var rule index.PayerRule
	before := len(r.problems)
	r.object(n, what, []field{
		{"id", r.jsonFile.text(&rule.ID)}, {"cpt", r.texts(&rule.Procedures, r.procedure)},
		{"require", r.condition(&rule.Require)}, {"forbid", r.condition(&rule.Forbid)},
		{"message", r.jsonFile.text(&rule.Message)}, {"source", r.jsonFile.text(&rule.Source)},
		{"from", r.date(&rule.From)}, {"to", r.date(&rule.To)},
	})
	if len(r.problems) > before {
		return rule
	}
	for _, x := range []struct {
		wrong bool
		text  string
	}{
		{rule.ID == "", "no id"},
		{len(rule.Procedures) == 0, "no procedures in cpt"},
		{rule.Require.Empty() && rule.Forbid.Empty(), "it requires and forbids nothing"},
		{rule.Message == "", "no message for the coder"},
		{rule.Source == "", "no source"},
		{rule.To != "" && rule.To < rule.From, "ends before it begins"},
	} {
		if x.wrong {
			r.problem(n.line, "%s: %s", what, x.text)
		}
	}
	return rule
}

func (r *ruleFile) condition(to *index.RuleCondition) func(*node, string) {
	return func(n *node, what string) {
		r.object(n, what, []field{
			{"dx", r.texts(&to.Dx, r.diagnosis)}, {"modifiers", r.texts(&to.Modifiers, modifier)},
			{"prior_auth", r.flag(&to.PriorAuth)},
			{"age", func(n *node, what string) {
				r.object(n, what, []field{{"min", r.years(&to.Age.Min)}, {"max", r.years(&to.Age.Max)}})
				if to.Age.Max != 0 && to.Age.Max < to.Age.Min {
					r.problem(n.line, "%s: max is below min", what)
				}
			}},
		})
	}
}

var (
	procedurePattern = regexp.MustCompile(`^[0-9A-Z][0-9]{0,3}\*$`)
	modifierShape    = regexp.MustCompile(`^[0-9A-Z]{2}$`)
)

// procedure checks a code, or a beginning of codes with a star.
func (r *ruleFile) procedure(s string) (string, error) {
	code := strings.ToUpper(s)
	switch {
	case !isProcedure(code) && !procedurePattern.MatchString(code):
		return "", fmt.Errorf("%q is no CPT or HCPCS code, nor the beginning of one with a star", s)
	case !r.part.knows(code):
		return "", fmt.Errorf("procedure %s is not known to radcode", code)
	}
	return code, nil
}

func (r *ruleFile) diagnosis(s string) (string, error) {
	code, ok := dottedCode(s)
	switch {
	case !ok:
		return "", fmt.Errorf("%q is no ICD-10-CM code or category", s)
	case !r.part.knowsDx(code):
		return "", fmt.Errorf("diagnosis %s is in no list of codes radcode has; is the ICD-10-CM release imported?", code)
	}
	return code, nil
}

func modifier(s string) (string, error) {
	code := strings.ToUpper(s)
	if !modifierShape.MatchString(code) {
		return "", fmt.Errorf("%q is no modifier", s)
	}
	return code, nil
}
