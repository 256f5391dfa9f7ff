package audit

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/radcode/radcode/coding/eval"
)

// Results is all that an audit says.
type Results struct {
	Source  string   `json:"source"` // names of the files, for people
	Engine  string   `json:"engine"` // name and version of what read the reports
	Summary Summary  `json:"summary"`
	Denials *Denials `json:"denials,omitempty"` // nil: none were given
	Cases   []Case   `json:"-"`
}

// Limits of what the page lists; the files have all.
const (
	maxPageRows    = 1000
	maxPageLessons = 200
)

// WriteHTML writes the results as one file that needs no network. The same results
// give the same bytes.
func (r *Results) WriteHTML(w io.Writer) error {
	p := &eval.Page{
		Title: "Audit of " + r.Source, Corpus: r.Source, Engine: r.Engine, Reports: r.Summary.Claims,
		Note: fmt.Sprintf("%d claims compared with their reports; %d agree in all, %d have a finding. A finding is a difference that we would bill by ourselves: "+
			"its confidence is certified and the report says it in words. All else is worth a look, and no accusation.", r.Summary.Claims, r.Summary.Agreeing, r.Summary.WithFinding),
	}
	for _, a := range r.Summary.Agreement {
		p.Metrics = append(p.Metrics, metricOf("Agreement", a.Name, a))
	}
	for _, c := range r.Summary.Classes {
		p.Metrics = append(p.Metrics, metricOf("Claims with", c.ID, c.Claims))
	}
	if r.Denials != nil {
		p.Metrics = append(p.Metrics, metricOf("Denials", "denied", r.Denials.Denied))
	}
	for _, t := range pageTables {
		if rows := t.rows(r); len(rows) > 0 {
			p.Tables = append(p.Tables, eval.PageTable{Title: t.title, Doc: t.doc, Columns: pageColumns(t.columns), Rows: rows})
		}
	}
	for _, t := range types {
		p.Definitions = append(p.Definitions, eval.PageDefinition{Term: t.ID, Doc: t.Doc})
	}
	return eval.WritePage(w, p)
}

func metricOf(group, name string, r Rate) eval.PageMetric {
	return eval.PageMetric{
		Group: group, Name: name, Doc: r.Doc, Value: float64(r.Value), Num: float64(r.Num), Den: float64(r.Den),
		Interval: eval.PageInterval{Low: float64(r.Low), High: float64(r.High)},
	}
}

// pageColumns names columns; those with numbers end in #.
func pageColumns(names string) []eval.PageColumn {
	var out []eval.PageColumn
	for _, n := range strings.Split(names, ", ") {
		name, number := strings.CutSuffix(n, "#")
		out = append(out, eval.PageColumn{Name: name, Number: number})
	}
	return out
}

// pageTables are the tables of the page in their order.
var pageTables = []struct {
	title, doc, columns string
	rows                func(*Results) [][]string
}{
	{"Types of differences", "every type, also those that did not occur", "type, meaning, claims#, differences#, findings#", typeRows},
	{"Findings", "differences that we stand by", differenceColumns, func(r *Results) [][]string { return differenceRows(r, true) }},
	{"Worth a look", "differences that a person should judge, and why we do not", differenceColumns + ", why not sure", func(r *Results) [][]string { return differenceRows(r, false) }},
	{"Edits", "what stands against claims as they were billed, by the tables and the payer's rules in force", "claim, flag, lines, message", editRows},
	{"Most missed codes", "codes that reports support and claims lack, also where another one was billed in their place", "system, code, title, differences#, findings#, RVU#", missedRows},
	{"Coders, facilities, modalities", "with 95 % Wilson intervals; a small group says little", "by, name, claims#, differences#, findings#, claims with a finding#, interval, claims that agree#", groupRows},
	{"Money", "relative value units beyond what the reports support; negative: left on the table", "of, claims ask for too little: work#, total#, too much: work#, total#, not priced#", moneyRows},
	{"Denials by flag", "signals of reports and claims, and how often such claims are denied; p adjusted by Benjamini and Hochberg", "signal, kind, claims#, denied#, rate#, interval, rate without#, lift#, lift interval, p#", flagRateRows},
	{"Reasons of denials", "CARC, what goes before it, and how many of the denied claims were flagged for it", "CARC, claims#, amount#, flagged#, flags, remarks", reasonRows},
	{"Which flags predict which denials", "only pairs that the table of reasons lays together", "signal, CARC, both#, precision#, recall#, lift#, lift interval, p#", predictorRows},
	{"Training", "what was done wrong how often, with an example", "rule, about, cases#, findings#, coders, example, billed, right, why", lessonRows},
	{"Not judged", "billed codes and modifiers that the engine knows nothing of", "code, lines#", notJudgedRows},
}

const differenceColumns = "claim, type, billed, supported, confidence#, RVU#, message, words of the report"

func typeRows(r *Results) [][]string {
	var out [][]string
	for _, t := range r.Summary.Types {
		out = append(out, []string{t.ID, t.Doc, strconv.Itoa(t.Claims), strconv.Itoa(t.Differences), strconv.Itoa(t.Findings)})
	}
	return out
}

func differenceRows(r *Results, findings bool) [][]string {
	var out [][]string
	for i := range r.Cases {
		c := &r.Cases[i]
		for _, d := range c.Differences {
			if d.Finding != findings || len(out) == maxPageRows {
				continue
			}
			row := []string{c.ID, d.Type, dash(d.Coded), dash(d.Supported), confidenceText(&d), effectText(d.Effect), d.Message, words(d.Words)}
			if !findings {
				row = append(row, d.Doubt)
			}
			out = append(out, row)
		}
	}
	return out
}

func editRows(r *Results) [][]string {
	var out [][]string
	for i := range r.Cases {
		for _, e := range r.Cases[i].Edits {
			if len(out) < maxPageRows {
				out = append(out, []string{r.Cases[i].ID, e.Flag, strings.Trim(fmt.Sprint(e.Lines), "[]"), e.Message})
			}
		}
	}
	return out
}

func confidenceText(d *Difference) string {
	switch {
	case d.Basis == Rule:
		return "by the tables"
	case d.Confidence == 0:
		return "–"
	}
	return strconv.FormatFloat(d.Confidence, 'f', 3, 64)
}

func dash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// RVU writes hundredths of relative value units.
func RVU(hundredths int) string { return strconv.FormatFloat(float64(hundredths)/100, 'f', 2, 64) }

func effectText(e *Effect) string {
	if e == nil {
		return "–"
	}
	return RVU(e.Total)
}

func missedRows(r *Results) [][]string {
	var out [][]string
	for _, m := range r.Summary.MissedCodes {
		rvu := "–"
		if m.Total != nil {
			rvu = RVU(*m.Total)
		}
		out = append(out, []string{m.System, m.Code, m.Title, strconv.Itoa(m.Differences), strconv.Itoa(m.Findings), rvu})
	}
	return out[:min(len(out), maxPageRows)]
}

func groupRows(r *Results) [][]string {
	var out [][]string
	for _, g := range r.Summary.Groups {
		out = append(out, []string{
			g.By, g.Name, strconv.Itoa(g.Claims), strconv.Itoa(g.Differences), strconv.Itoa(g.Findings), Percent(g.WithFinding.Value), Between(g.WithFinding), Percent(g.Agreement.Value),
		})
	}
	return out
}

func moneyRows(r *Results) [][]string {
	e := r.Summary.Effect
	if e.Findings == (Money{}) && e.WorthLook == (Money{}) {
		return nil
	}
	row := func(name string, m Money, unpriced string) []string {
		return []string{name, RVU(m.Under.Work), RVU(m.Under.Total), RVU(m.Over.Work), RVU(m.Over.Total), unpriced}
	}
	return [][]string{row("findings", e.Findings, ""), row("worth a look", e.WorthLook, strconv.Itoa(e.Unpriced))}
}

// Percent writes a share, a dash where it is not defined.
func Percent(f Figure) string {
	if math.IsNaN(float64(f)) {
		return "–"
	}
	return strconv.FormatFloat(float64(f)*100, 'f', 1, 64) + " %"
}

// Between writes an interval of a share.
func Between(r Rate) string {
	if math.IsNaN(float64(r.Low)) {
		return "–"
	}
	return Percent(r.Low) + " to " + Percent(r.High)
}

// Ratio writes a number with two decimals, a dash where it is not defined.
func Ratio(f Figure) string {
	if x := float64(f); math.IsNaN(x) || math.IsInf(x, 0) {
		return "–"
	}
	return strconv.FormatFloat(float64(f), 'f', 2, 64)
}

func flagRateRows(r *Results) [][]string {
	if r.Denials == nil {
		return nil
	}
	var out [][]string
	for _, f := range r.Denials.Flags {
		out = append(out, []string{
			f.Signal, f.Kind, strconv.Itoa(f.Claims), strconv.Itoa(f.Denied.Num), Percent(f.Denied.Value), Between(f.Denied), Percent(f.Without),
			Ratio(f.Lift), Ratio(f.LiftCI[0]) + " to " + Ratio(f.LiftCI[1]), pText(f.Adjusted),
		})
	}
	return out
}

func pText(f Figure) string { return strconv.FormatFloat(float64(f), 'f', 4, 64) }

func reasonRows(r *Results) [][]string {
	if r.Denials == nil {
		return nil
	}
	var out [][]string
	for _, x := range r.Denials.Reasons {
		var remarks []string
		for _, c := range x.Remarks {
			remarks = append(remarks, fmt.Sprintf("%s %d", c.Name, c.N))
		}
		out = append(out, []string{x.CARC, strconv.Itoa(x.Claims), RVU(x.Amount), strconv.Itoa(x.Flagged), strings.Join(x.Flags, " "), strings.Join(remarks, ", ")})
	}
	return out
}

func predictorRows(r *Results) [][]string {
	if r.Denials == nil {
		return nil
	}
	var out [][]string
	for _, p := range r.Denials.Predicts {
		out = append(out, []string{
			p.Signal, p.CARC, strconv.Itoa(p.Both), Percent(p.Precision.Value), Percent(p.Recall.Value), Ratio(p.Lift),
			Ratio(p.LiftCI[0]) + " to " + Ratio(p.LiftCI[1]), pText(p.Adjusted),
		})
	}
	return out
}

func lessonRows(r *Results) [][]string {
	var out [][]string
	for _, l := range r.Summary.Lessons {
		if len(out) == maxPageLessons {
			break
		}
		out = append(out, []string{l.Rule, l.Topic, strconv.Itoa(l.Cases), strconv.Itoa(l.Surely), strings.Join(l.Coders, ", "), l.Example, dash(l.Coded), dash(l.Right), l.Message})
	}
	return out
}

func notJudgedRows(r *Results) [][]string {
	var out [][]string
	for _, c := range r.Summary.NotJudged {
		out = append(out, []string{c.Name, strconv.Itoa(c.N)})
	}
	return out
}
