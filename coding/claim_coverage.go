package coding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
)

// article is what one coverage article says of a procedure.
type article struct {
	name            string
	listed, refused []string // diagnoses that support the procedure, and that do not
}

// articles returns what coverage articles say of a code, in the order of their names. Those of
// Medicare bind only where the payer follows them.
func (c *claimCase) articles(code string) []article {
	var medicare []index.CoveredDx
	if !c.profile.Medicare {
		medicare = c.e.options.Tables.Coverage("", code, c.date)
	}
	var out []article
	for _, row := range c.e.options.Tables.Coverage(c.meta.Payer, code, c.date) {
		if slices.ContainsFunc(medicare, func(m index.CoveredDx) bool { return m.Article == row.Article }) {
			continue
		}
		at := slices.IndexFunc(out, func(a article) bool { return a.name == row.Article })
		if at < 0 {
			at = len(out)
			out = append(out, article{name: row.Article})
		}
		if row.Excluded {
			out[at].refused = append(out[at].refused, row.Diagnosis)
		} else {
			out[at].listed = append(out[at].listed, row.Diagnosis)
		}
	}
	slices.SortStableFunc(out, func(a, b article) int { return strings.Compare(a.name, b.name) })
	return out
}

// supports reports whether one of the diagnoses supports the procedure.
func (a *article) supports(dx []string) bool {
	return slices.ContainsFunc(dx, func(code string) bool {
		in := func(list []string) bool {
			return slices.ContainsFunc(list, func(category string) bool { return dxBelow(code, category) })
		}
		return !in(a.refused) && (len(a.listed) == 0 || in(a.listed))
	})
}

// notCovered finds lines whose diagnoses no article lists for the procedure.
func (c *claimCase) notCovered() []objection {
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		for _, a := range c.articles(l.code) {
			if !a.supports(l.dx) {
				out = append(out, objection{lines: []int{i}, table: a.name, message: fmt.Sprintf("%s: coverage article %s supports it with none of %s", l.code, a.name, listOr(l.dx, "no diagnosis"))})
			}
		}
	}
	return out
}

func listOr(list []string, none string) string {
	if len(list) == 0 {
		return none
	}
	return strings.Join(list, ", ")
}

// supported reports whether a table speaks of a line's code and its diagnoses meet it.
func (c *claimCase) supported(l *caseLine) bool {
	spoken := false
	for _, a := range c.articles(l.code) {
		if !a.supports(l.dx) {
			return false
		}
		spoken = true
	}
	for _, r := range c.rulesOf(l) {
		spoken = spoken || len(r.Require.Dx) > 0 && slices.ContainsFunc(l.dx, r.Require.HoldsDx)
	}
	return spoken
}

// lungScreeningCode is CT for lung cancer screening, lungScreeningDx what Medicare wants with it: former and
// present dependence on cigarettes (NCD 210.14, claims instructions).
const lungScreeningCode = "71271"

var lungScreeningDx = []string{"Z87.891", "F17.21"}

// lungScreening finds lung cancer screening without the diagnosis that Medicare's determination
// asks for.
func (c *claimCase) lungScreening() []objection {
	if !c.profile.Medicare {
		return nil
	}
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		if l.code == lungScreeningCode && !slices.ContainsFunc(l.dx, func(code string) bool { return wantedPlace(lungScreeningDx, code) < len(lungScreeningDx) }) {
			out = append(out, objection{lines: []int{i}, table: "NCD 210.14", message: fmt.Sprintf("%s is denied with %s: NCD 210.14 wants Z87.891 (quit) or F17.21- (smokes)", l.code, listOr(l.dx, "no diagnosis"))})
		}
	}
	return out
}

// rulesOf returns the payer's rules about a line: those imported, then those of the profile.
func (c *claimCase) rulesOf(l *caseLine) []index.PayerRule {
	out := c.e.options.Tables.Rules(c.meta.Payer, l.code, c.date)
	for _, r := range c.profile.PayerRules {
		if r.Holds(c.date) && r.Concerns(l.code) {
			if r.Payer == "" {
				r.Payer = c.profile.Name
			}
			out = append(out, r)
		}
	}
	return out
}

// payerRules finds lines that do not meet a rule of the payer.
func (c *claimCase) payerRules() []objection {
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		for _, r := range c.rulesOf(l) {
			wrong := append(c.unmet(l, &r.Require), c.met(l, &r.Forbid)...)
			if len(wrong) == 0 {
				continue
			}
			message := fmt.Sprintf("%s: rule %s of %s: %s", l.code, r.ID, r.Payer, strings.Join(wrong, ", "))
			if r.Message != "" {
				message += " (" + r.Message + ")"
			}
			out = append(out, objection{lines: []int{i}, table: strings.TrimSpace("rules of " + r.Payer + " " + r.Source), message: message})
		}
	}
	return out
}

// unmet says what a line lacks of a required condition.
func (c *claimCase) unmet(l *caseLine, want *index.RuleCondition) []string {
	var out []string
	if len(want.Dx) > 0 && !slices.ContainsFunc(l.dx, want.HoldsDx) {
		out = append(out, "needs one of "+strings.Join(want.Dx, ", "))
	}
	for _, m := range want.Modifiers {
		if !l.has(m) {
			out = append(out, "needs modifier "+m)
		}
	}
	if want.PriorAuth && c.meta.PriorAuth == "" {
		out = append(out, "needs prior authorisation")
	}
	switch age := c.meta.Age; {
	case want.Age.Empty():
	case age == nil:
		out = append(out, "depends on the patient's age, which is not stated")
	case !want.Age.Holds(int(*age)):
		out = append(out, fmt.Sprintf("not at %d years of age", int(*age)))
	}
	return out
}

// met says what a line has of a forbidden condition.
func (c *claimCase) met(l *caseLine, not *index.RuleCondition) []string {
	var out []string
	for _, code := range l.dx {
		if not.HoldsDx(code) {
			out = append(out, "not with "+code)
		}
	}
	for _, m := range not.Modifiers {
		if l.has(m) {
			out = append(out, "not with modifier "+m)
		}
	}
	if not.PriorAuth && c.meta.PriorAuth != "" {
		out = append(out, "not with prior authorisation")
	}
	if age := c.meta.Age; !not.Age.Empty() && age != nil && not.Age.Holds(int(*age)) {
		out = append(out, fmt.Sprintf("not at %d years of age", int(*age)))
	}
	return out
}
