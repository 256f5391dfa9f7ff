package main

import (
	"fmt"
	"strings"

	"github.com/radcode/radcode/coding/audit"
)

// Lines of a list on the page; the files have all.
const (
	maxShownFindings = 40
	maxShownRows     = 15
)

// view is the audit as a page for people.
func (r *auditRun) view() string {
	p := &page{style: r.app.style()}
	s := &r.results.Summary
	p.line("%s  %d claims: %d agree in all, %d with a finding", p.paint(bold, printable(r.results.Source)), s.Claims, s.Agreeing, s.WithFinding)
	p.line("")
	p.auditTypes(s)
	p.auditRates("Claims with", classRates(s))
	p.auditRates("Agreement", s.Agreement)
	p.auditMoney(s)
	p.auditMissed(s)
	p.auditEdits(s, r.results.Cases)
	p.auditGroups(s)
	p.auditFindings(r.results.Cases)
	if r.results.Denials != nil {
		p.auditDenials(r.results.Denials)
	}
	if n := len(s.NotJudged); n > 0 {
		var names []string
		for _, c := range s.NotJudged[:min(n, maxShownRows)] {
			names = append(names, fmt.Sprintf("%s (%d)", printable(c.Name), c.N))
		}
		p.line("Not judged, for the engine knows nothing of them: %s", strings.Join(names, ", "))
	}
	return p.String()
}

func (p *page) auditTypes(s *audit.Summary) {
	p.line("%s", p.paint(dim, fmt.Sprintf("%-24s %7s %12s %9s  %s", "difference", "claims", "differences", "findings", "meaning")))
	for _, t := range shown(s.Types) {
		p.line("%-24s %7d %12d %9d  %s", t.ID, t.Claims, t.Differences, t.Findings, t.Doc)
	}
	p.line("")
}

func classRates(s *audit.Summary) []audit.Rate {
	var out []audit.Rate
	for _, c := range s.Classes {
		r := c.Claims
		r.Name = c.ID
		out = append(out, r)
	}
	return out
}

func (p *page) auditRates(title string, rates []audit.Rate) {
	p.line("%s", p.paint(bold, title))
	for _, r := range rates {
		p.line("  %-24s %9s  %-20s %8s  %s", r.Name, audit.Percent(r.Value), audit.Between(r), fmt.Sprintf("%d/%d", r.Num, r.Den), r.Doc)
	}
	p.line("")
}

func (p *page) auditMoney(s *audit.Summary) {
	e := s.Effect
	if e.Findings == (audit.Money{}) && e.WorthLook == (audit.Money{}) {
		if e.Unpriced > 0 {
			p.line("Money: unknown, no fee table prices the %d differences between services (--fees, or import one)", e.Unpriced)
			p.line("")
		}
		return
	}
	p.line("%s  findings %s under and %s over; worth a look %s under and %s over; %d differences not priced", p.paint(bold, "Relative value units"),
		audit.RVU(e.Findings.Under.Total), audit.RVU(e.Findings.Over.Total), audit.RVU(e.WorthLook.Under.Total), audit.RVU(e.WorthLook.Over.Total), e.Unpriced)
	p.line("")
}

func (p *page) auditMissed(s *audit.Summary) {
	if len(s.MissedCodes) == 0 {
		return
	}
	p.line("%s", p.paint(bold, "Most missed codes"))
	for _, m := range s.MissedCodes[:min(len(s.MissedCodes), maxShownRows)] {
		p.line("  %-10s %4d (%d findings)  %s", m.Code, m.Differences, m.Findings, m.Title)
	}
	p.line("")
}

// auditEdits prints what stands against claims as billed: how often, then each.
func (p *page) auditEdits(s *audit.Summary, cases []audit.Case) {
	if len(s.Edits) == 0 {
		return
	}
	var names []string
	for _, c := range s.Edits {
		names = append(names, fmt.Sprintf("%s (%d)", c.Name, c.N))
	}
	p.line("%s  %s", p.paint(bold, "Edits of the claims as billed"), strings.Join(names, ", "))
	n := 0
	for i := range cases {
		for _, e := range cases[i].Edits {
			if n++; n <= maxShownRows {
				p.line("  %s  %s: %s", printable(cases[i].ID), p.paint(red, e.Flag), printable(e.Message))
			}
		}
	}
	if n > maxShownRows {
		p.line("  and %d more (--out has all)", n-maxShownRows)
	}
	p.line("")
}

func (p *page) auditGroups(s *audit.Summary) {
	for i, g := range s.Groups {
		if i == 0 || s.Groups[i-1].By != g.By {
			p.line("%s", p.paint(bold, "By "+g.By))
		}
		p.line("  %-24s %5d claims  with a finding %8s  %-20s  in agreement %8s", p.cut(printable(g.Name), 24), g.Claims, audit.Percent(g.WithFinding.Value), audit.Between(g.WithFinding), audit.Percent(g.Agreement.Value))
		if i == len(s.Groups)-1 || s.Groups[i+1].By != g.By {
			p.line("")
		}
	}
}

func (p *page) auditFindings(cases []audit.Case) {
	n := 0
	for i := range cases {
		for _, d := range cases[i].Differences {
			if !d.Finding {
				continue
			}
			if n++; n > maxShownFindings {
				continue
			}
			if n == 1 {
				p.line("%s", p.paint(bold, "Findings"))
			}
			p.line("  %s  %s: %s", printable(cases[i].ID), p.paint(red, d.Type), printable(d.Message))
			for _, q := range d.Words {
				p.line("      %s: \"%s\"", q.Section, printable(q.Text))
			}
		}
	}
	if n > maxShownFindings {
		p.line("  and %d more (--out has all)", n-maxShownFindings)
	}
	if n > 0 {
		p.line("")
	}
}

func (p *page) auditDenials(d *audit.Denials) {
	p.line("%s  %d of %d claims (%s); %d adjustments read, %d of them no denials, %d not audited", p.paint(bold, "Denials"),
		d.Denied.Num, d.Denied.Den, audit.Percent(d.Denied.Value), d.Rows, d.Paid, d.Unmatched)
	p.line("%s", p.paint(dim, fmt.Sprintf("  %-26s %7s %8s %9s %9s %6s  %-16s %7s", "flag or difference", "claims", "denied", "rate", "without", "lift", "interval", "p (BH)")))
	for _, f := range d.Flags[:min(len(d.Flags), maxShownRows)] {
		p.line("  %-26s %7d %8d %9s %9s %6s  %-16s %7s", f.Signal, f.Claims, f.Denied.Num, audit.Percent(f.Denied.Value), audit.Percent(f.Without), audit.Ratio(f.Lift),
			audit.Ratio(f.LiftCI[0])+" to "+audit.Ratio(f.LiftCI[1]), pValue(float64(f.Adjusted)))
	}
	for _, x := range d.Reasons[:min(len(d.Reasons), maxShownRows)] {
		flags := strings.Join(x.Flags, ", ")
		if flags == "" {
			flags = "no flag is known to go before it"
		}
		p.line("  CARC %-4s %d claims, %d flagged: %s", x.CARC, x.Claims, x.Flagged, flags)
	}
	for _, x := range d.Predicts[:min(len(d.Predicts), maxShownRows)] {
		p.line("  %s before CARC %s: precision %s, recall %s, lift %s, p %s", x.Signal, x.CARC, audit.Percent(x.Precision.Value), audit.Percent(x.Recall.Value), audit.Ratio(x.Lift), pValue(float64(x.Adjusted)))
	}
	p.line("")
}

// lessonView is a training list for people.
func lessonView(s style, lessons []audit.Lesson) string {
	p := &page{style: s}
	if len(lessons) == 0 {
		p.line("Nothing to teach: no difference was found.")
	}
	for _, l := range lessons {
		p.line("%s %s: %d cases, %d findings", p.paint(bold, l.Rule), printable(l.Topic), l.Cases, l.Surely)
		if l.Doc != "" {
			p.line("  %s", l.Doc)
		}
		p.line("  for example %s: billed %s, right is %s", printable(l.Example), orDash(l.Coded), orDash(l.Right))
		for _, w := range l.Words {
			p.line("    \"%s\"", printable(w))
		}
		if len(l.Coders) > 0 {
			p.line("  coders: %s", printable(strings.Join(l.Coders, ", ")))
		}
	}
	return p.String()
}
