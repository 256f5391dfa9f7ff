package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

var rulesCommands = []command{
	{"list", "List the rules: what each checks and how grave it is", newRulesList},
	{"show RULE...", "Show rules: what is checked, why, the source, an example, what settles it", newRulesShow},
}

func newRules(a *app) *cobra.Command {
	c := &cobra.Command{
		Long: `The rules behind the flags. Each is named by the flag it raises; docs/rules.md holds
them all.`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	for _, sub := range rulesCommands {
		c.AddCommand(sub.build(a))
	}
	return c
}

// shownRule is a rule as JSON.
type shownRule struct {
	ID       string          `json:"id"`
	Doc      string          `json:"doc"`
	Why      string          `json:"why"`
	Source   string          `json:"source"`
	Severity coding.Severity `json:"severity"`
	Axis     string          `json:"axis"`
	Query    string          `json:"query"`
	Raises   *shownReport    `json:"raises,omitempty"`
	NearMiss *shownReport    `json:"near_miss,omitempty"`
	Denials  []shownDenial   `json:"denials"` // with what a payer answers; empty: no payer sees it
	Settle   []string        `json:"settle"`  // wordings, or why there is none
}

// shownDenial is a claim adjustment reason code and why the flag leads to it.
type shownDenial struct {
	CARC string `json:"carc"`
	Doc  string `json:"doc"`
}

func (d shownDenial) String() string { return "denied with CARC " + d.CARC + ": " + d.Doc }

type shownReport struct {
	Exam string   `json:"exam"`
	Meta nlp.Meta `json:"meta,omitzero"`
	Text string   `json:"text"`
}

// lines are the exam's name, what the metadata say, and the text.
func (r *shownReport) lines() []string {
	var out []string
	if r.Exam != "" {
		out = append(out, r.Exam, "")
	}
	if meta, err := json.Marshal(r.Meta); err == nil && string(meta) != "{}" {
		out = append(out, "metadata "+string(meta), "")
	}
	for line := range strings.Lines(r.Text) {
		out = append(out, strings.TrimRight(line, "\r\n"))
	}
	return out
}

func showRule(lex *lexicon.Lexicon, r coding.Rule) shownRule {
	out := shownRule{ID: r.ID, Doc: r.Doc, Source: r.Source, Severity: r.Severity, Axis: r.Axis, Query: r.Query, Denials: []shownDenial{}, Settle: []string{}}
	for _, d := range lex.DenialsOf(r.ID) {
		out.Denials = append(out.Denials, shownDenial{d.CARC, d.Doc})
	}
	if x, ok := coding.ExampleOf(r.ID); ok {
		out.Why, out.Raises = x.Why, showReport(&x.Raises)
		if x.NearMiss != nil {
			out.NearMiss = showReport(x.NearMiss)
		}
	}
	for _, m := range lex.RemediesOf(r.ID) {
		if m.Place == lexicon.NoRemedy {
			out.Settle = append(out.Settle, "no wording settles it: "+m.If)
			continue
		}
		out.Settle = append(out.Settle, fmt.Sprintf("if %s: %q (%s)", m.If, m.Wording, m.Place))
	}
	return out
}

func showReport(r *nlp.Report) *shownReport {
	if r.Exam == "" && strings.TrimSpace(r.Text) == "" {
		return nil
	}
	return &shownReport{r.Exam, r.Meta, strings.TrimSpace(r.Text)}
}

func newRulesList(a *app) *cobra.Command {
	var format string
	c := &cobra.Command{
		Long: `List the rules in the order in which their flags stand in an answer.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return a.rulesList(format) },
	}
	c.Flags().StringVar(&format, "format", "text", "text, json or markdown (which is docs/rules.md)")
	return c
}

func (a *app) rulesList(format string) error {
	rules, err := shownRules()
	if err != nil {
		return err
	}
	switch format {
	case "json":
		return a.printJSON(rules)
	case "markdown":
		_, err := fmt.Fprint(a.out, rulesMarkdown(rules))
		return err
	case "text":
	default:
		return fmt.Errorf("--format %q: want text, json or markdown", format)
	}
	p := &page{style: a.style()}
	for _, r := range rules {
		mark, ink := p.flagLook(r.Severity)
		p.line("%s", p.paint(ink, mark+" "+r.ID))
		p.wrapped("", 4, r.Doc)
	}
	return a.print(p)
}

func shownRules() ([]shownRule, error) {
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	var out []shownRule
	for _, r := range coding.Rules() {
		out = append(out, showRule(lex, r))
	}
	return out, nil
}

func newRulesShow(a *app) *cobra.Command {
	var asJSON bool
	c := &cobra.Command{
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.rulesShow(asJSON, args) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return c
}

func (a *app) rulesShow(asJSON bool, ids []string) error {
	all, err := shownRules()
	if err != nil {
		return err
	}
	var found []shownRule
	missing := false
	for _, id := range ids {
		known := false
		for _, r := range all {
			if r.ID == id {
				found, known = append(found, r), true
			}
		}
		if !known {
			missing = true
			a.messages.tell("%s: no such rule; `radcode rules list` names them", id)
		}
	}
	if err := a.printRules(asJSON, found); err != nil {
		return err
	}
	if missing {
		return failed
	}
	return nil
}

func (a *app) printRules(asJSON bool, rules []shownRule) error {
	if asJSON {
		return a.printJSON(rules)
	}
	p := &page{style: a.style()}
	for i, r := range rules {
		if i > 0 {
			p.line("")
		}
		p.ruleText(r)
	}
	return a.print(p)
}

func (p *page) ruleText(r shownRule) {
	mark, ink := p.flagLook(r.Severity)
	p.line("%s  %s", p.paint(ink, mark+" "+r.ID), p.paint(dim, string(r.Severity)))
	p.wrapped("", 2, r.Doc)
	if r.Why != "" {
		p.wrapped("", 2, "why: "+r.Why)
	}
	p.wrapped(dim, 2, "source: "+r.Source)
	for _, d := range r.Denials {
		p.wrapped(dim, 2, d.String())
	}
	if r.Query != "" {
		p.question(2, r.Query)
	}
	for _, s := range r.Settle {
		p.wrapped("", 2, s)
	}
	p.exampleReport("raised by", r.Raises)
	p.exampleReport("not raised by", r.NearMiss)
}

func (p *page) exampleReport(what string, r *shownReport) {
	if r == nil {
		return
	}
	p.line("  %s", p.paint(bold, what))
	for _, line := range r.lines() {
		if line != "" {
			p.wrapped("", 4, line)
		}
	}
}

// rulesMarkdown is docs/rules.md.
func rulesMarkdown(rules []shownRule) string {
	var b strings.Builder
	b.WriteString("# Rules\n\nEvery flag of an answer is raised by the rule of its name. This page is written by\n`radcode rules list --format markdown`; a test compares the two. A payer profile may change\na rule's severity or turn it off.\n")
	for _, r := range rules {
		fmt.Fprintf(&b, "\n## %s\n\n%s: %s.\n\n%s\n\nSource: %s.\n", r.ID, r.Severity, r.Doc, r.Why, r.Source)
		for _, d := range r.Denials {
			fmt.Fprintf(&b, "\nD%s.\n", strings.TrimPrefix(d.String(), "d"))
		}
		if r.Query != "" {
			fmt.Fprintf(&b, "\nAsks: %s\n", r.Query)
		}
		for _, s := range r.Settle {
			fmt.Fprintf(&b, "\n- %s\n", s)
		}
		markdownReport(&b, "Raised by", r.Raises)
		markdownReport(&b, "Not raised by", r.NearMiss)
	}
	return b.String()
}

func markdownReport(b *strings.Builder, what string, r *shownReport) {
	if r == nil {
		return
	}
	fmt.Fprintf(b, "\n%s:\n\n", what)
	for _, line := range r.lines() {
		if line != "" {
			line = "    " + line
		}
		b.WriteString(line + "\n")
	}
}

// ruleNamed finds a rule by its flag id; a file of that name goes first.
func ruleNamed(id string) bool {
	if _, err := os.Stat(id); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	for _, r := range coding.Rules() {
		if r.ID == id {
			return true
		}
	}
	return false
}
