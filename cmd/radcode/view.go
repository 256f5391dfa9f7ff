package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/radcode/radcode/coding"
)

// page collects the lines of a view.
type page struct {
	style
	strings.Builder
}

func (p *page) line(format string, args ...any) {
	p.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
}

// heading starts a block.
func (p *page) heading(text string) {
	p.line("")
	p.line("%s", p.paint(bold, text))
}

// wrapped prints text under an indent, in one ink.
func (p *page) wrapped(i ink, indent int, text string) {
	for _, l := range wrap(text, pageWidth-indent) {
		p.line("%s%s", strings.Repeat(" ", indent), p.paint(i, l))
	}
}

// reportView is the page of one report.
func reportView(s style, x answer) string {
	p := &page{style: s}
	p.title(x.ID)
	for i := range x.result.Exams {
		p.exam(x, &x.result.Exams[i])
	}
	if len(x.result.Exams) == 0 {
		p.line("")
		p.line("No imaging exam was recognised in this report.")
	}
	p.diagnoses(x)
	p.claims(&x.result)
	p.flags(x)
	p.assessments(x.result.Assessments)
	p.followups(x.result.Followups)
	p.disposition(&x.result)
	return p.String()
}

// title is a rule with the report's name in it.
func (p *page) title(id string) {
	if id == "" {
		id = "report"
	}
	head := strings.Repeat(p.rule, 2) + " " + p.cut(printable(id), pageWidth-8) + " "
	p.line("%s", p.paint(dim, head+strings.Repeat(p.rule, pageWidth-utf8.RuneCountInString(head))))
}

// shownRunnersUp and shownFrom bound what the page shows besides the best code;
// explain shows all.
const (
	shownRunnersUp = 2
	shownFrom      = 0.01
)

func (p *page) exam(x answer, e *coding.Exam) {
	p.heading(p.cut(printable(e.Title), pageWidth))
	if len(e.Procedures) == 0 {
		p.line("  no code fits what is stated")
		return
	}
	best := e.Procedures[0]
	p.procedure(best, bold)
	p.wrapped(cyan, codeIndent, p.quotes(x, best.Evidence))
	for _, m := range e.Modifiers {
		p.wrapped("", codeIndent, strings.TrimSpace("-"+m.Code+"  "+m.Reason+" "+p.quotes(x, m.Evidence)))
	}
	for i, c := range e.Procedures[1:] {
		if i < shownRunnersUp && c.Confidence >= shownFrom {
			p.procedure(c, dim)
		}
	}
}

// codeIndent is where text below a code begins.
const codeIndent = 11

func (p *page) procedure(c coding.ProcedureCode, i ink) {
	const titleWidth = pageWidth - codeIndent - barCells - 7
	title := pad(p.cut(c.Title, titleWidth), titleWidth)
	bar := p.paint(confidenceInk(c.Confidence, i), p.barOf(c.Confidence))
	p.line("  %s%s %s %s", p.paint(i, pad(c.Code, codeIndent-2)), p.paint(i, title), bar, p.paint(i, percent(c.Confidence)))
}

// confidenceInk colours the bar of an answer; runners-up keep theirs.
func confidenceInk(p float64, i ink) ink {
	switch {
	case i == dim:
		return dim
	case p >= 0.9:
		return green
	case p >= 0.6:
		return yellow
	}
	return red
}

func percent(p float64) string { return fmt.Sprintf("%3.0f %%", p*100) }

// quotesShown is how many places are quoted for one code.
const quotesShown = 5

// quotes are the different words at the places, in order.
func (p *page) quotes(x answer, places []coding.Evidence) string {
	var out []string
	seen := map[string]bool{}
	for _, e := range places {
		q := p.quote(x.at(e))
		if key := strings.ToLower(q); !seen[key] {
			seen[key] = true
			out = append(out, q)
		}
	}
	if extra := len(out) - quotesShown; extra > 0 {
		out = append(out[:quotesShown], fmt.Sprintf("and %d more", extra))
	}
	return strings.Join(out, " ")
}

// titleSection marks evidence in the exam name instead of the text.
const titleSection = "title"

// at returns the words of a place.
func (x answer) at(e coding.Evidence) string {
	text := x.Text
	if e.Section == titleSection {
		text = x.Exam
	}
	return text[e.Start:e.End]
}

func (p *page) diagnoses(x answer) {
	p.heading("Diagnoses")
	if len(x.result.Diagnoses) == 0 {
		p.line("  none is supported by the text")
	}
	for _, d := range x.result.Diagnoses {
		const roleWidth = 11
		const titleWidth = pageWidth - codeIndent - roleWidth - 1
		role := p.paint(dim, pad(string(d.Role), roleWidth))
		p.line("  %s%s %s", p.paint(bold, pad(d.Code, codeIndent-2)), pad(p.cut(d.Title, titleWidth), titleWidth), role)
		p.wrapped(cyan, codeIndent, p.quotes(x, d.Evidence))
		if len(d.Primary) > 0 {
			p.line("%s%s", strings.Repeat(" ", codeIndent), p.paint(bold, "first-listed: "+policyNames(d.Primary)))
		}
	}
}

func policyNames(policies []coding.Policy) string {
	names := make([]string, len(policies))
	for i, p := range policies {
		names[i] = string(p)
	}
	return strings.Join(names, ", ")
}

// claims prints the claim of each policy, the chosen one first.
func (p *page) claims(r *coding.Result) {
	if len(r.Claim.Lines) == 0 {
		return
	}
	p.heading("Claim")
	p.claim(r.Claim, "")
	for _, policy := range []coding.Policy{coding.Indication, coding.Official} {
		if policy != r.Claim.Policy {
			p.claim(r.Claims[policy], dim)
		}
	}
}

func (p *page) claim(c coding.Claim, i ink) {
	for n, l := range c.Lines {
		name := ""
		if n == 0 {
			name = string(c.Policy)
		}
		dx := make([]string, len(l.Dx))
		for k, pointer := range l.Dx {
			dx[k] = c.Dx[pointer-1]
		}
		code := strings.Join(append([]string{l.Code}, l.Modifiers...), "-")
		p.line("  %s", p.paint(i, fmt.Sprintf("%-12s%-16s x%d   %s", name, code, l.Units, strings.Join(dx, " "))))
	}
}

func (p *page) flags(x answer) {
	if len(x.result.Flags) == 0 {
		return
	}
	p.heading("Flags")
	for _, f := range x.result.Flags {
		p.flag(x, f)
	}
}

// flagLook is how a severity is shown.
func (p *page) flagLook(s coding.Severity) (mark string, i ink) {
	looks := map[coding.Severity]struct {
		mark string
		ink
	}{coding.SeverityError: {p.error_, red}, coding.SeverityWarning: {p.warn, yellow}, coding.SeverityInfo: {p.info, dim}}
	l := looks[s]
	return l.mark, l.ink
}

func (p *page) flag(x answer, f coding.Flag) {
	const idWidth = 26
	mark, i := p.flagLook(f.Severity)
	text := strings.TrimSpace(f.Message + " " + p.quotes(x, f.Evidence))
	for n, l := range wrap(text, pageWidth-idWidth-5) {
		head := strings.Repeat(" ", idWidth+5)
		if n == 0 {
			head = "  " + p.paint(i, mark+" "+pad(f.ID, idWidth)) + " "
			if len(f.ID) > idWidth { // a long name takes a line of its own
				p.line("%s", head)
				head = strings.Repeat(" ", idWidth+5)
			}
		}
		p.line("%s%s", head, l)
	}
	if f.Query != "" {
		p.question(4, f.Query)
	}
}

// question prints what to ask, later lines under the first word.
func (p *page) question(indent int, text string) {
	lead := p.ask + " "
	for n, l := range wrap(text, pageWidth-indent-len(lead)) {
		if n > 0 {
			lead = strings.Repeat(" ", utf8.RuneCountInString(p.ask)+1)
		}
		p.line("%s%s", strings.Repeat(" ", indent), p.paint(bold, lead+l))
	}
}

func (p *page) followups(all []coding.Followup) {
	if len(all) == 0 {
		return
	}
	p.heading("Recommended")
	for _, f := range all {
		words := []string{f.Modality, f.Side, f.Region, f.Interval, f.Code, f.Dx}
		if f.Action != "imaging" {
			words = append([]string{f.Action}, words...)
		}
		if f.Conditional {
			words = append(words, "if its condition holds")
		}
		if f.Implied {
			words = append(words, "(not stated; "+f.Reason+")")
		}
		p.wrapped("", 2, strings.Join(strings.Fields(strings.Join(words, " ")), " "))
	}
}

// assessments lists the categories of reporting systems.
func (p *page) assessments(all []coding.Assessment) {
	if len(all) == 0 {
		return
	}
	p.heading("Assessments")
	for _, a := range all {
		words := []string{a.System, a.Category, a.Side, a.Site}
		if a.Prior {
			words = append(words, "(of an earlier study)")
		}
		p.wrapped("", 2, strings.Join(strings.Fields(strings.ReplaceAll(strings.Join(words, " "), "_", " ")), " "))
	}
}

// dispositions in words.
var dispositions = map[coding.Disposition]struct {
	ink
	text string
}{
	coding.Auto:   {green, "every code is certain enough to be billed as it is"},
	coding.Review: {yellow, "a coder should look before this is billed"},
	coding.Query:  {red, "ask the radiologist first"},
}

func (p *page) disposition(r *coding.Result) {
	d := dispositions[r.Disposition]
	p.line("")
	p.line("%s  %s", p.paint(d.ink, strings.ToUpper(string(r.Disposition))), d.text)
}
