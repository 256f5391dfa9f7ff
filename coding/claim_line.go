package coding

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// notInForce finds codes that are not valid on the date of service.
func (c *claimCase) notInForce() []objection {
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		message := ""
		if ended, ok := c.e.lex.EndedBefore(l.code, c.date); ok {
			message = fmt.Sprintf("%s ended %s", l.code, ended.To)
			if len(ended.Successors) > 0 {
				message += "; after that " + strings.Join(ended.Successors, " or ")
			}
		} else if l.procedure != nil && !l.procedure.InForce(c.date) {
			message = fmt.Sprintf("%s is valid from %s on", l.code, l.procedure.From)
		}
		if message != "" {
			out = append(out, objection{lines: []int{i}, table: ourTable, message: message})
		}
	}
	return out
}

// units finds codes billed more often than is paid, on a line or on the day.
func (c *claimCase) units() []objection {
	if c.limits == nil {
		return nil
	}
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		limit, ok := c.limits.Limit(l.code, c.date)
		if !ok {
			continue
		}
		table := tableName(c.limits)
		if limit.Adjudication == '1' {
			if l.units > limit.Units {
				out = append(out, objection{lines: []int{i}, table: table, message: fmt.Sprintf("%s: %d units on the line, %d are paid (%s)", l.code, l.units, limit.Units, table)})
			}
			continue
		}
		if lines, sum := c.unitsOfDay(l.code); lines[0] == i && sum > limit.Units {
			out = append(out, objection{lines: lines, table: table, message: fmt.Sprintf("%s: %d units on the day, %d are paid (%s)%s", l.code, sum, limit.Units, table, appeal[limit.Adjudication])})
		}
	}
	return out
}

// appeal says what may still be done, by adjudication indicator.
var appeal = map[byte]string{'2': "; no record changes that", '3': "; more when the record shows that they were needed"}

// unitsOfDay sums the units of a code. The two components of one service are one.
func (c *claimCase) unitsOfDay(code string) (lines []int, sum int) {
	technical := 0
	for i := range c.lines {
		if c.lines[i].code != code {
			continue
		}
		lines = append(lines, i)
		if c.lines[i].has("TC") {
			technical += c.lines[i].units
		} else {
			sum += c.lines[i].units
		}
	}
	return lines, max(sum, technical)
}

// orphans finds add-on codes whose primary code is not on the claim.
func (c *claimCase) orphans() []objection {
	var out []objection
	for i := range c.lines {
		primaries, table := c.primaries(c.lines[i].code)
		if len(primaries) == 0 || slices.ContainsFunc(c.lines, func(l caseLine) bool { return slices.Contains(primaries, l.code) }) {
			continue
		}
		shown := primaries
		if len(shown) > maxShown {
			shown = append(slices.Clone(shown[:maxShown]), fmt.Sprintf("%d others", len(primaries)-maxShown))
		}
		out = append(out, objection{lines: []int{i}, table: table, message: fmt.Sprintf("%s is billed only beside %s (%s)", c.lines[i].code, strings.Join(shown, ", "), table)})
	}
	return out
}

// maxShown is how many codes of a list a message names.
const maxShown = 6

// primaries are the codes that an add-on code goes with; none where the payer chooses, or it is no
// add-on code.
func (c *claimCase) primaries(code string) (primaries []string, table string) {
	if c.addons != nil {
		primaries, _ = c.addons.Primaries(code, c.date)
		return primaries, tableName(c.addons)
	}
	p := c.e.lex.Procedure(code)
	if p == nil || !mentionsConcept(p.Component, c.e.lex.Lookup(lexicon.Component, "add_on")) {
		return nil, ourTable
	}
	for _, a := range c.e.lex.Addons {
		if a.Addon == code {
			primaries = append(primaries, a.Code)
		}
	}
	if code == tomosynthesisMedicare {
		primaries = diagnosticMammograms
	}
	return primaries, ourTable
}

// diagnosticMammograms are the codes beside which Medicare pays tomosynthesis.
var diagnosticMammograms = []string{"77065", "77066"}

// duplicates finds lines that nothing tells apart.
func (c *claimCase) duplicates() []objection {
	first := map[string]int{}
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		if len(c.modifiersOf(l, "repeat", "distinct", "separate")) > 0 {
			continue
		}
		place := c.modifiersOf(l, "component", "bilateral", "side", "site")
		slices.Sort(place)
		key := l.code + strings.Join(place, "-")
		if j, twice := first[key]; twice {
			out = append(out, objection{lines: []int{j, i}, table: ourTable, message: fmt.Sprintf("%s stands twice; a second study of the day needs 76 or 77, a separate one 59, the other side RT or LT", l)})
			continue
		}
		first[key] = i
	}
	return out
}

// conflicts finds modifiers of one line that exclude each other.
func (c *claimCase) conflicts() []objection {
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		for n, a := range l.modifiers {
			row := c.e.lex.Modifier(a)
			for _, b := range l.modifiers[n+1:] {
				if a == b {
					out = append(out, objection{lines: []int{i}, table: ourTable, message: fmt.Sprintf("%s: modifier %s stands twice", l, a)})
				} else if row != nil && slices.Contains(row.Excludes, b) {
					out = append(out, objection{lines: []int{i}, table: ourTable, message: fmt.Sprintf("%s: %s (%s) and %s (%s) exclude each other", l, a, row.Title, b, c.e.lex.Modifier(b).Title)})
				}
			}
		}
	}
	return out
}

// bilaterals finds modifier 50 on codes that are not for one side of two.
func (c *claimCase) bilaterals() []objection {
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		if !l.has("50") {
			continue
		}
		indicator, table := c.bilateralIndicator(l)
		if why, wrong := notBilateral[indicator]; wrong {
			out = append(out, objection{lines: []int{i}, table: table, message: fmt.Sprintf("%s: %s (bilateral indicator %s)", l, why, indicator)})
		}
	}
	return out
}

// notBilateral says why a code takes no modifier 50, by bilateral indicator.
var notBilateral = map[string]string{
	"0": "the code is not of one side", "2": "the code is for both sides already", "9": "sides do not apply to the code",
}

// bilateralIndicator is that of the fee schedule in force, else our own.
func (c *claimCase) bilateralIndicator(l *caseLine) (indicator, table string) {
	if f, ok := c.fees.Fee(l.code, "", c.date); ok && f.Bilateral != 0 {
		return string(rune(f.Bilateral)), tableName(c.fees)
	}
	if l.procedure == nil {
		return "", ourTable
	}
	if l.procedure.Bilateral == "" && l.procedure.Side == "bi" {
		return "2", ourTable
	}
	return l.procedure.Bilateral, ourTable
}

// inapplicable finds modifiers that a code cannot carry.
func (c *claimCase) inapplicable() []objection {
	var out []objection
	for i := range c.lines {
		l := &c.lines[i]
		for _, code := range l.modifiers {
			m := c.e.lex.Modifier(code)
			if m == nil {
				continue
			}
			if why, wrong := c.inapplicableModifier(l, m); wrong {
				out = append(out, objection{lines: []int{i}, table: ourTable, message: fmt.Sprintf("%s: %s does not apply: %s", l, code, why)})
			}
		}
	}
	return out
}

func (c *claimCase) inapplicableModifier(l *caseLine, m *lexicon.Modifier) (why string, wrong bool) {
	switch m.Class {
	case "component":
		if f, ok := c.fees.Fee(l.code, "", c.date); ok && f.PCTC != 0 {
			return "its components are not billed apart (PC/TC indicator " + string(rune(f.PCTC)) + ")", f.PCTC != '1' && f.PCTC != '6'
		}
		return "its components are not billed apart", l.procedure != nil && !c.e.lex.SplitsComponents(l.code)
	case "mammogram":
		return "the code is no diagnostic mammogram", l.procedure != nil && !c.e.isMammogram(l.procedure, "diagnostic")
	case "side":
		return "the code is not of one side", l.procedure != nil && c.e.hasNoSide(l.procedure)
	}
	return "", false
}

// hasNoSide reports whether RT and LT say nothing about a code: it is for both sides, or for a
// part of the body of which there is one. Guidance is of the side of what it guides.
func (e *Engine) hasNoSide(p *lexicon.Procedure) bool {
	if p.Side == "bi" {
		return true
	}
	if p.Side == "uni" || p.Bilateral != "0" && p.Bilateral != "2" || len(p.Region) == 0 || len(p.Component) > 0 {
		return false
	}
	paired := func(id lexicon.ConceptID) bool { return e.lex.Concept(id).Paired }
	for _, g := range p.Region {
		if !slices.ContainsFunc(g, func(id lexicon.ConceptID) bool { return !paired(id) }) {
			return false
		}
	}
	return true
}

// paymentOrder sorts modifiers: what changes payment before what informs.
func (e *Engine) paymentOrder(modifiers []string) {
	rank := func(code string) int {
		if m := e.lex.Modifier(code); m != nil {
			return m.Rank
		}
		return maxRank
	}
	slices.SortStableFunc(modifiers, func(a, b string) int { return cmp.Compare(rank(a), rank(b)) })
}

// maxRank places modifiers that the table does not hold behind all others.
const maxRank = 1000
