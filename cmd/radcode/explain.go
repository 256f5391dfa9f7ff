package main

import (
	"context"
	"fmt"
	"math"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

func newExplain(a *app) *cobra.Command {
	var f engineFlags
	var hide redaction
	var code string
	var rules bool
	var part explainPart
	c := &cobra.Command{
		Long: `Show why a report got its codes: what it states and where, the score parts of each
code, why the runners-up lost, and the rules that fired. --code picks one code.
The name of a flag in place of a file explains that rule; --rules lists them all.
--steps tells the decisions in the seven steps of the coding guides, --checklist goes
through their best practices; --json prints either as JSON.`,
		Args: func(c *cobra.Command, args []string) error {
			if rules {
				return cobra.NoArgs(c, args)
			}
			return cobra.ExactArgs(1)(c, args)
		},
		RunE: func(c *cobra.Command, args []string) error {
			if rules {
				return a.rulesList("text")
			}
			if ruleNamed(args[0]) {
				return a.rulesShow(false, args)
			}
			if part.steps || part.checklist {
				return a.explainPart(c.Context(), f, hide, part, args[0])
			}
			return a.explain(c.Context(), f, hide, code, args[0])
		},
	}
	f.add(c)
	hide.add(c)
	c.Flags().StringVar(&code, "code", "", "explain this code only")
	part.add(c)
	c.Flags().BoolVar(&rules, "rules", false, "list all rules with their sources")
	return c
}

func (a *app) explain(ctx context.Context, f engineFlags, r redaction, code, path string) error {
	x, err := a.codedReport(ctx, f, r, path)
	if err != nil {
		return err
	}
	res := x.result
	if code != "" {
		return a.explainCode(x, strings.ToUpper(code))
	}
	p := &page{style: a.style()}
	p.title(x.ID)
	for i := range res.Exams {
		p.explainExam(x, &res.Exams[i])
	}
	p.heading("Diagnoses")
	for _, d := range res.Diagnoses {
		p.explainDiagnosis(x, d)
	}
	p.heading("Rules that fired")
	for _, fl := range res.Flags {
		p.explainFlag(x, fl)
	}
	p.disposition(&res)
	return a.print(p)
}

// codedReport codes the one report that a command is about.
func (a *app) codedReport(ctx context.Context, f engineFlags, r redaction, path string) (answer, error) {
	engine, err := a.engine(f)
	if err != nil {
		return answer{}, err
	}
	hide, err := a.redactor(r)
	if err != nil {
		return answer{}, err
	}
	rec, err := a.one(ctx, f, path, hide)
	if err != nil {
		return answer{}, err
	}
	res, err := engine.Code(ctx, rec.Report)
	if err != nil {
		return answer{}, err
	}
	return redacted(hide, answer{Record: rec, result: res, number: 1}), nil
}

// explainCode is about one code of the answer.
func (a *app) explainCode(x answer, code string) error {
	p := &page{style: a.style()}
	p.title(x.ID)
	found := false
	for _, e := range x.result.Exams {
		for n, c := range e.Procedures {
			if c.Code == code {
				found = true
				p.heading(p.cut(printable(e.Title), pageWidth))
				p.explainProcedure(x, e.Procedures, n)
			}
		}
	}
	for _, d := range x.result.Diagnoses {
		if strings.ReplaceAll(d.Code, ".", "") == strings.ReplaceAll(code, ".", "") {
			found = true
			p.line("")
			p.explainDiagnosis(x, d)
		}
	}
	if !found {
		a.messages.tell("%s is not among the answers to this report%s", code, a.knownAs(code))
		return failed
	}
	return a.print(p)
}

// knownAs adds what the lexicon says about a procedure code that was not
// proposed.
func (a *app) knownAs(code string) string {
	lex, err := lexicon.Default()
	if err != nil {
		return ""
	}
	if p := lex.Procedure(code); p != nil {
		return fmt.Sprintf(" (%s: %s; %s)", code, p.Title, validity(p.From, p.To))
	}
	return ""
}

func (p *page) explainExam(x answer, e *coding.Exam) {
	p.heading(p.cut(printable(e.Title), pageWidth))
	for _, f := range e.Facts {
		p.wrapped("", 2, fmt.Sprintf("%s: %s  %s  %s", f.Axis, f.Concept, p.quotes(x, f.Evidence), p.sources(f.Evidence)))
	}
	for n := range e.Procedures {
		p.line("")
		p.explainProcedure(x, e.Procedures, n)
	}
	for _, m := range e.Modifiers {
		p.line("")
		p.wrapped("", 2, fmt.Sprintf("modifier %s: %s  %s", m.Code, m.Reason, p.quotes(x, m.Evidence)))
	}
}

// sources are the rows of the lexicon that read the words.
func (p *page) sources(places []coding.Evidence) string {
	var out []string
	seen := map[string]bool{"": true}
	for _, e := range places {
		if !seen[e.Source] {
			seen[e.Source] = true
			out = append(out, e.Source)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return "(" + strings.Join(out, ", ") + ")"
}

// explainProcedure lists the score parts of the best code, and of another code
// the parts in which it differs from the best.
func (p *page) explainProcedure(x answer, ranked []coding.ProcedureCode, n int) {
	c, best := ranked[n], ranked[0]
	if n == 0 {
		p.procedure(c, bold)
		p.wrapped(cyan, codeIndent, p.quotes(x, c.Evidence))
		for _, part := range parts(c.Why, nil) {
			p.part(part)
		}
		p.line("%s%s  total", strings.Repeat(" ", codeIndent), p.number(total(c.Why)))
		return
	}
	p.procedure(c, "")
	p.wrapped("", codeIndent, fmt.Sprintf("lost to %s by %.3f:", best.Code, total(best.Why)-total(c.Why)))
	for _, part := range parts(c.Why, best.Why) {
		p.part(part)
	}
}

func (p *page) part(f coding.Feature) {
	p.line("%s%s  %s", strings.Repeat(" ", codeIndent), p.number(f.Value), f.Name)
}

func (p *page) number(v float64) string {
	return strings.ReplaceAll(fmt.Sprintf("%+7.3f", v), "-", p.minus)
}

func total(why []coding.Feature) float64 {
	sum := 0.0
	for _, f := range why {
		sum += f.Value
	}
	return sum
}

// parts sums features of one name and subtracts those of another code, the
// heaviest first.
func parts(why, other []coding.Feature) []coding.Feature {
	sums := map[string]float64{}
	for _, f := range why {
		sums[f.Name] += f.Value
	}
	for _, f := range other {
		sums[f.Name] -= f.Value
	}
	var out []coding.Feature
	for name, v := range sums {
		if math.Abs(v) >= 0.0005 {
			out = append(out, coding.Feature{Name: name, Value: v})
		}
	}
	sort.Slice(out, func(i, j int) bool {
		a, b := math.Abs(out[i].Value), math.Abs(out[j].Value)
		return a > b || a == b && out[i].Name < out[j].Name
	})
	return out
}

func (p *page) explainDiagnosis(x answer, d coding.Diagnosis) {
	p.line("  %s%s  %s", p.paint(bold, pad(d.Code, codeIndent-2)), d.Title, p.paint(dim, fmt.Sprintf("%s, %s", d.Role, strings.TrimSpace(percent(d.Confidence)))))
	for _, e := range d.Evidence {
		p.wrapped("", codeIndent, fmt.Sprintf("%s in %s %s", p.paint(cyan, p.quote(x.at(e))), e.Section, p.sources([]coding.Evidence{e})))
	}
	for _, part := range parts(d.Why, nil) {
		p.part(part)
	}
	if len(d.Primary) > 0 {
		p.line("%sfirst-listed: %s", strings.Repeat(" ", codeIndent), policyNames(d.Primary))
	}
}

func (p *page) explainFlag(x answer, f coding.Flag) {
	p.flag(x, f)
	for _, r := range coding.Rules() {
		if r.ID == f.ID {
			p.wrapped(dim, 4, "source: "+r.Source)
		}
	}
}
