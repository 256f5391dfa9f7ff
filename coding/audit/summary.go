package audit

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"github.com/radcode/radcode/coding/eval"
)

// Figure is a number in JSON: rounded to six places, null where it is not defined.
type Figure float64

// MarshalJSON writes NaN and infinity as null.
func (f Figure) MarshalJSON() ([]byte, error) {
	x := float64(f)
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, math.Round(x*1e6)/1e6, 'f', -1, 64), nil
}

// Summary is what all audited claims say together.
type Summary struct {
	Claims      int           `json:"claims"`
	Agreeing    int           `json:"agreeing"`     // without any difference
	WithFinding int           `json:"with_finding"` // with a difference that we stand by
	Types       []TypeCount   `json:"types"`        // all, in the order of the table
	Classes     []ClassCount  `json:"classes"`      // the three of R163
	Agreement   []Rate        `json:"agreement"`
	Groups      []Group       `json:"groups"` // by coder, facility and modality, where the claims name them
	MissedCodes []MissedCode  `json:"missed_codes"`
	Effect      EffectSummary `json:"effect"`
	Edits       []Count       `json:"edits"` // claims by what stands against them as billed, the most frequent first
	NotJudged   []Count       `json:"not_judged"`
	Lessons     []Lesson      `json:"training"`
}

// TypeCount is how often a type was found.
type TypeCount struct {
	ID          string `json:"id"`
	Doc         string `json:"doc"`
	Differences int    `json:"differences"`
	Findings    int    `json:"findings"`
	Claims      int    `json:"claims"` // with a difference of the type
}

// ClassCount is how many claims belong to one of the three classes.
type ClassCount struct {
	ID     string `json:"id"`
	Doc    string `json:"doc"`
	Claims Rate   `json:"claims"`
}

// Rate is a share with its 95 % interval.
type Rate struct {
	Name   string `json:"name"`
	Doc    string `json:"doc"`
	Num    int    `json:"num"`
	Den    int    `json:"den"`
	Value  Figure `json:"value"`
	Low    Figure `json:"low"`
	High   Figure `json:"high"`
	Method string `json:"method"` // wilson: claims are counted; bootstrap: services, resampled by claim
}

// Group is the claims of one coder, facility or modality.
type Group struct {
	By          string `json:"by"`
	Name        string `json:"name"`
	Claims      int    `json:"claims"`
	Differences int    `json:"differences"`
	Findings    int    `json:"findings"`
	WithFinding Rate   `json:"with_finding"`
	Agreement   Rate   `json:"agreement"` // claims without any difference
}

// MissedCode is a code that reports support and claims lack.
type MissedCode struct {
	System      string `json:"system"`
	Code        string `json:"code"`
	Title       string `json:"title"`
	Differences int    `json:"differences"`
	Findings    int    `json:"findings"`
	Total       *int   `json:"total_rvu"` // hundredths, null: unknown
}

// EffectSummary adds up what differences are worth, in hundredths of relative value units.
type EffectSummary struct {
	Findings  Money `json:"findings"`     // of differences that we stand by
	WorthLook Money `json:"worth_a_look"` // of the others
	Unpriced  int   `json:"unpriced"`     // differences between services that no fee table prices
}

// Money is what was left and what was asked for beyond the report.
type Money struct {
	Under Effect `json:"under"` // negative
	Over  Effect `json:"over"`
}

// Count is a name and how often it occurs.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// level is that of all intervals.
const level = 0.95

// Summarize adds up cases. The result depends on nothing else, the order included.
func (a *Auditor) Summarize(cases []Case) Summary {
	s := Summary{Claims: len(cases), Groups: []Group{}, MissedCodes: []MissedCode{}, NotJudged: []Count{}, Edits: []Count{}}
	for i := range cases {
		if len(cases[i].Differences) == 0 {
			s.Agreeing++
		}
		if cases[i].findings() > 0 {
			s.WithFinding++
		}
		s.Effect.add(&cases[i])
	}
	s.Types = countTypes(cases)
	for _, c := range classes {
		n := 0
		for i := range cases {
			if c.holds(&cases[i]) {
				n++
			}
		}
		s.Classes = append(s.Classes, ClassCount{c.ID, c.Doc, wilson("claims", c.Doc, n, len(cases))})
	}
	s.Agreement = agreement(cases)
	s.Groups = append(s.Groups, groups(cases)...)
	s.MissedCodes = append(s.MissedCodes, a.missedCodes(cases)...)
	s.NotJudged = append(s.NotJudged, counted(cases, func(c *Case) []string { return c.NotJudged })...)
	s.Edits = append(s.Edits, counted(cases, (*Case).editFlags)...)
	s.Lessons = a.lessons(cases)
	return s
}

func (c *Case) findings() int {
	n := 0
	for _, d := range c.Differences {
		if d.Finding {
			n++
		}
	}
	return n
}

func countTypes(cases []Case) []TypeCount {
	out := make([]TypeCount, len(types))
	last := make([]int, len(types))
	for i, t := range types {
		out[i].ID, out[i].Doc = t.ID, t.Doc
	}
	for i := range cases {
		for _, d := range cases[i].Differences {
			k := typeRank(d.Type)
			out[k].Differences++
			if d.Finding {
				out[k].Findings++
			}
			if last[k] != i+1 {
				last[k] = i + 1
				out[k].Claims++
			}
		}
	}
	return out
}

func wilson(name, doc string, num, den int) Rate {
	in := eval.Wilson(num, den, level)
	return Rate{name, doc, num, den, Figure(float64(num) / float64(den)), Figure(in.Low), Figure(in.High), "wilson"}
}

// agreements are the shares of a case.
var agreements = []struct {
	name, doc string
	of        func(*Agreement) Share
	perClaim  bool
}{
	{"claims", "claims without any difference", func(a *Agreement) Share { return a.Claim }, true},
	{"procedures", "claims whose services agree in code, modifiers and units", func(a *Agreement) Share { return a.Procedures }, true},
	{"first_listed", "claims whose first-listed diagnosis is that of either policy", func(a *Agreement) Share { return a.FirstDx }, true},
	{"services", "services with the code that the report supports, of all that were billed or supported", func(a *Agreement) Share { return a.Lines }, false},
	{"services_exact", "the same with modifiers and units", func(a *Agreement) Share { return a.Exact }, false},
	{"diagnoses", "diagnoses that agree, of all that were billed or supported", func(a *Agreement) Share { return a.Diagnoses }, false},
}

func agreement(cases []Case) []Rate {
	var out []Rate
	for _, x := range agreements {
		num, den := 0, 0
		for i := range cases {
			s := x.of(&cases[i].Agreement)
			num, den = num+s.Num, den+s.Den
		}
		r := wilson(x.name, x.doc, num, den)
		if !x.perClaim && num > 0 && num < den { // where all say the same resamples do not differ
			in := eval.Bootstrap{}.Intervals(len(cases), nil, 1, func(w, to []float64) {
				n, d := 0.0, 0.0
				for i := range cases {
					s := x.of(&cases[i].Agreement)
					n, d = n+w[i]*float64(s.Num), d+w[i]*float64(s.Den)
				}
				to[0] = n / d
			}, level, 1)[0]
			r.Low, r.High, r.Method = Figure(in.Low), Figure(in.High), "bootstrap"
		}
		out = append(out, r)
	}
	return out
}

// groupings are what claims are told apart by.
var groupings = []struct {
	name string
	of   func(*Case) string
}{
	{"coder", func(c *Case) string { return c.Coder }},
	{"facility", func(c *Case) string { return c.Facility }},
	{"modality", func(c *Case) string { return c.Modality }},
}

func groups(cases []Case) []Group {
	var out []Group
	for _, by := range groupings {
		parts := map[string][]int{}
		for i := range cases {
			if name := by.of(&cases[i]); name != "" {
				parts[name] = append(parts[name], i)
			}
		}
		for _, name := range sortedKeys(parts) {
			g, with, agreeing := Group{By: by.name, Name: name, Claims: len(parts[name])}, 0, 0
			for _, i := range parts[name] {
				c := &cases[i]
				g.Differences += len(c.Differences)
				g.Findings += c.findings()
				if c.findings() > 0 {
					with++
				}
				if len(c.Differences) == 0 {
					agreeing++
				}
			}
			g.WithFinding = wilson("with_finding", "claims with a finding", with, g.Claims)
			g.Agreement = wilson("agreement", "claims without any difference", agreeing, g.Claims)
			out = append(out, g)
		}
	}
	return out
}

func sortedKeys[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// add takes the differences of a case in.
func (s *EffectSummary) add(c *Case) {
	for _, d := range c.Differences {
		if d.System != systemCPT {
			continue
		}
		if d.Effect == nil {
			s.Unpriced++
			continue
		}
		m := &s.WorthLook
		if d.Finding {
			m = &s.Findings
		}
		to := &m.Over
		if d.Effect.Total < 0 || d.Effect.Total == 0 && d.Effect.Work < 0 {
			to = &m.Under
		}
		to.Work += d.Effect.Work
		to.Total += d.Effect.Total
	}
}

// missedCodes are the codes that claims lack, the most frequent first (requirement R164):
// those that are missing altogether and those in whose place another one was billed.
func (a *Auditor) missedCodes(cases []Case) []MissedCode {
	number := map[[2]string]int{}
	var out []MissedCode
	for i := range cases {
		for _, d := range cases[i].Differences {
			code := codeOf(d.Supported)
			if code == "" || codeOf(d.Coded) == code || d.Type == WrongOrder {
				continue
			}
			key := [2]string{d.System, code}
			at, known := number[key]
			if !known {
				at = len(out)
				number[key] = at
				out = append(out, MissedCode{System: d.System, Code: code, Title: a.Title(code)})
			}
			m := &out[at]
			m.Differences++
			if d.Finding {
				m.Findings++
			}
			if d.Effect != nil {
				if m.Total == nil {
					m.Total = new(int)
				}
				*m.Total += d.Effect.Total
			}
		}
	}
	slices.SortFunc(out, func(x, y MissedCode) int {
		return cmp.Or(cmp.Compare(y.Differences, x.Differences), cmp.Compare(y.Findings, x.Findings), cmp.Compare(x.System, y.System), cmp.Compare(x.Code, y.Code))
	})
	return out
}

// codeOf is a line's code without modifiers.
func codeOf(name string) string {
	for i := range len(name) {
		if name[i] == '-' {
			return name[:i]
		}
	}
	return name
}

// editFlags are the flags against a claim as billed, each once.
func (c *Case) editFlags() []string {
	var out []string
	for _, e := range c.Edits {
		if !slices.Contains(out, e.Flag) {
			out = append(out, e.Flag)
		}
	}
	return out
}

// counted counts names over cases, the most frequent first.
func counted(cases []Case, names func(*Case) []string) []Count {
	n := map[string]int{}
	for i := range cases {
		for _, name := range names(&cases[i]) {
			n[name]++
		}
	}
	var out []Count
	for _, name := range sortedKeys(n) {
		out = append(out, Count{name, n[name]})
	}
	slices.SortStableFunc(out, func(a, b Count) int { return b.N - a.N })
	return out
}
