package verify_test

import (
	"bytes"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// mutations are the ways to be wrong, in the order of the parts of a result.
var mutations = slices.Concat(placeMutations, examMutations, diagnosisMutations, claimMutations, payerMutations, encounterMutations, flagMutations, shapeMutations)

var placeMutations = []mutation{
	{"a place shifted into a word", func(m *mutant) bool {
		e, ok := m.evidence(func(e *coding.Evidence) bool { return !isName(e.Section) })
		if !ok {
			return false
		}
		by := 1 + m.rng.IntN(3)
		e.Start, e.End = e.Start+by, e.End+by
		t := m.report.Text
		return e.End <= len(t) && e.Start < e.End && isSmall(t[e.Start-1]) && isSmall(t[e.Start])
	}},
	{"a place outside of the text", func(m *mutant) bool {
		e, ok := m.evidence(nil)
		if ok {
			e.End = len(m.report.Text) + len(m.report.Exam) + 1 + m.rng.IntN(50)
		}
		return ok
	}},
	{"a negative place", func(m *mutant) bool {
		e, ok := m.evidence(nil)
		if ok {
			e.Start = -1 - m.rng.IntN(9)
		}
		return ok
	}},
	{"a place turned round", func(m *mutant) bool {
		e, ok := m.evidence(nil)
		if ok {
			e.Start, e.End = e.End, e.Start
		}
		return ok
	}},
	{"a place moved to a word that means nothing", func(m *mutant) bool {
		e, ok := m.evidence(func(e *coding.Evidence) bool { return e.Section != "title" })
		if !ok {
			return false
		}
		words := []string{" the ", " is ", " are ", " was ", " were ", " there "}
		at := strings.Index(m.report.Text, words[m.rng.IntN(len(words))])
		if at < 0 {
			return false
		}
		e.Start = at + 1
		e.End = e.Start + strings.IndexByte(m.report.Text[e.Start:], ' ')
		return true
	}},
	{"the text of another report", func(m *mutant) bool {
		other := m.others[m.rng.IntN(len(m.others))]
		for _, d := range m.result.Diagnoses {
			for _, e := range d.Evidence {
				if e.Section == "title" || e.End > len(other.Text) {
					continue
				}
				was, is := words(m.report.Text[e.Start:e.End]), words(other.Text[e.Start:e.End])
				if !slices.ContainsFunc(was, func(w string) bool { return slices.Contains(is, w) }) && !isDiagnosis(m, other.Text[e.Start:e.End]) {
					id := m.report.ID
					m.report = other
					m.report.ID = id
					return true
				}
			}
		}
		return false
	}},
	{"a section that the report does not have", func(m *mutant) bool {
		kinds := []string{"technique", "comparison", "recommendation", "addendum", "signature", "impression", "indication"}
		kind := kinds[m.rng.IntN(len(kinds))]
		e, ok := m.evidence(func(e *coding.Evidence) bool { return e.Section != "title" && e.Section != kind })
		if !ok {
			return false
		}
		all := m.everything()
		for _, h := range m.lex.Headings {
			if h.Kind == kind && strings.Contains(all, stem(h.Text)) {
				return false
			}
		}
		e.Section = kind
		return true
	}},
	{"a section that does not exist", func(m *mutant) bool {
		e, ok := m.evidence(nil)
		if ok {
			e.Section = "conclusion"
		}
		return ok
	}},
	{"a row of the lexicon with other words", func(m *mutant) bool {
		e, ok := m.evidence(func(e *coding.Evidence) bool { return strings.HasPrefix(e.Source, "diagnosis_terms.tsv") })
		if !ok {
			return false
		}
		t := m.lex.DiagnosisTerms[m.rng.IntN(len(m.lex.DiagnosisTerms))]
		e.Source = t.Source.String()
		return !strings.Contains(m.everything(), stem(t.Text)) && !abbreviates(m, t.Text)
	}},
}

func isSmall(c byte) bool { return c >= 'a' && c <= 'z' }

func words(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
}

// isDiagnosis reports whether the letters of a term stand in a text.
func isDiagnosis(m *mutant, text string) bool {
	all := squashed(text)
	for _, terms := range m.terms.byDiagnosis {
		if slices.ContainsFunc(terms, func(t string) bool { return strings.Contains(all, t) }) {
			return true
		}
	}
	return false
}

// abbreviates reports a term whose first words have a short form.
func abbreviates(m *mutant, text string) bool {
	return slices.ContainsFunc(m.lex.Abbreviations, func(a lexicon.Abbreviation) bool { return strings.HasPrefix(text, a.Phrase) })
}

var examMutations = []mutation{
	{"a sibling in the place of the first procedure code", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool { return len(x.Procedures) > 0 })
		if !ok {
			return false
		}
		p := m.lex.Procedure(x.Procedures[0].Code)
		q, ok := pick(m, m.lex.Procedures, func(q *lexicon.Procedure) bool { return isSibling(m, x, p, q) })
		if ok {
			m.replaceProcedure(x, q.Code, q.Title)
		}
		return ok
	}},
	{"an expired procedure code", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool { return len(x.Procedures) > 0 })
		if !ok {
			return false
		}
		q, ok := pick(m, m.lex.Procedures, func(q *lexicon.Procedure) bool {
			return q.To != "" && q.To < "2010-01-01" || q.From > "2026-12-31" || q.To != "" && q.To < date(m)
		})
		if ok {
			m.replaceProcedure(x, q.Code, q.Title)
		}
		return ok
	}},
	{"a procedure code that does not exist", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool { return len(x.Procedures) > 0 })
		if ok {
			m.replaceProcedure(x, "7"+x.Procedures[0].Code[1:4]+"X", x.Procedures[0].Title)
		}
		return ok
	}},
	{"the title of another code", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool { return len(x.Procedures) > 1 })
		if ok {
			x.Procedures[0].Title = x.Procedures[1].Title
		}
		return ok && x.Procedures[0].Title != m.lex.Procedure(x.Procedures[0].Code).Title
	}},
	{"two ranks changed about", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool {
			return len(x.Procedures) > 1 && x.Procedures[0].Confidence > x.Procedures[1].Confidence
		})
		if ok {
			x.Procedures[0], x.Procedures[1] = x.Procedures[1], x.Procedures[0]
		}
		return ok
	}},
	{"the side modifier flipped", func(m *mutant) bool {
		return flipModifier(m, map[string]string{"RT": "LT", "LT": "RT"})
	}},
	{"a modifier for both sides in the place of one", func(m *mutant) bool {
		return flipModifier(m, map[string]string{"RT": "50", "LT": "50"})
	}},
	{"a side modifier left out", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool {
			return slices.ContainsFunc(x.Modifiers, func(c coding.Modifier) bool { return isOneOf(c.Code, "RT", "LT", "50") })
		})
		if !ok {
			return false
		}
		drop := func(code string) bool { return isOneOf(code, "RT", "LT", "50") }
		x.Modifiers = slices.DeleteFunc(x.Modifiers, func(c coding.Modifier) bool { return drop(c.Code) })
		m.eachLine(func(l *coding.Line) {
			if l.Code == x.Procedures[0].Code {
				l.Modifiers = slices.DeleteFunc(l.Modifiers, drop)
			}
		})
		return true
	}},
	{"a modifier that nothing bears out", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool { return len(x.Procedures) > 0 && len(x.Modifiers) < 4 })
		if !ok {
			return false
		}
		code := []string{"TC", "52", "53", "59", "XS", "76", "GG", "22"}[m.rng.IntN(8)]
		if len(m.result.Exams) > 1 || m.report.Meta.Component == "technical" || slices.ContainsFunc(x.Modifiers, func(c coding.Modifier) bool { return c.Code == code }) {
			return false
		}
		x.Modifiers = append(x.Modifiers, coding.Modifier{Code: code, Reason: "so it is", Evidence: []coding.Evidence{}})
		m.eachLine(func(l *coding.Line) { l.Modifiers = append(l.Modifiers, code) })
		return true
	}},
	{"the side of an exam flipped", func(m *mutant) bool {
		f, ok := fact(m, func(f *coding.ExamFact) bool { return f.Axis == "laterality" })
		if ok {
			f.Concept = map[string]string{"right": "left", "left": "right", "bilateral": "left"}[f.Concept]
		}
		return ok
	}},
	{"another number of views", func(m *mutant) bool {
		f, ok := fact(m, func(f *coding.ExamFact) bool { return f.Axis == "views" })
		if ok {
			f.Concept = "17"
		}
		return ok
	}},
	{"a fact of another concept", func(m *mutant) bool {
		f, ok := fact(m, func(f *coding.ExamFact) bool { return f.Axis == "region" || f.Axis == "technique" })
		if !ok {
			return false
		}
		axis, _ := lexicon.ParseAxis(f.Axis)
		c, ok := pick(m, m.lex.Concepts(), func(c *lexicon.Concept) bool { return c.ID != 0 && c.Axis == axis })
		if !ok || m.names(c.ID) || isDerived[c.Name] {
			return false
		}
		f.Concept = c.Name
		return true
	}},
	{"a fact without a place", func(m *mutant) bool {
		f, ok := fact(m, nil)
		if ok {
			f.Evidence = []coding.Evidence{}
		}
		return ok
	}},
	{"the words of a procedure code left out", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool {
			if len(x.Procedures) == 0 {
				return false
			}
			p := m.lex.Procedure(x.Procedures[0].Code)
			return len(x.Procedures[0].Evidence) > 0 && slices.ContainsFunc(x.Facts, func(f coding.ExamFact) bool { return asked(m, p, f) })
		})
		if ok {
			x.Procedures[0].Evidence = []coding.Evidence{}
		}
		return ok
	}},
	{"a name that the exam does not have", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, nil)
		if ok {
			x.Title = "Ultrasound of the zebra"
		}
		return ok
	}},
}

// isDerived are concepts that other words than their terms give.
var isDerived = map[string]bool{
	"first_trimester": true, "second_third_trimester": true, "detailed_fetal": true, "chest_film": true, "appendicular_skeleton": true,
}

// isSibling picks codes that differ from the first one in what its score says of
// views, contrast or side.
func isSibling(m *mutant, x *coding.Exam, p, q *lexicon.Procedure) bool {
	if q.Code == p.Code || !q.InForce(date(m)) || len(q.Region) == 0 || len(p.Region) == 0 || !slices.Equal(p.Region[0], q.Region[0]) {
		return false
	}
	for _, f := range x.Procedures[0].Why {
		switch {
		case f.Name == "views:equal" && (q.ViewsMin != p.ViewsMin || q.ViewsMax != p.ViewsMax),
			f.Name == "contrast:agree" && (q.Contrast == "" || q.Contrast == "any"), // with+ agrees with several
			f.Name == "side:one/uni" && q.Side != "uni":
			return true
		}
	}
	return false
}

func date(m *mutant) string {
	if d := m.report.Meta.DateOfService; d != "" {
		return d
	}
	return "2004-01-01" // before anything that could be stated in the text
}

func isOneOf(s string, list ...string) bool { return slices.Contains(list, s) }

func flipModifier(m *mutant, to map[string]string) bool {
	x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool {
		return slices.ContainsFunc(x.Modifiers, func(c coding.Modifier) bool { return to[c.Code] != "" })
	})
	if !ok {
		return false
	}
	for i := range x.Modifiers {
		if n := to[x.Modifiers[i].Code]; n != "" {
			x.Modifiers[i].Code = n
		}
	}
	m.eachLine(func(l *coding.Line) {
		for i := range l.Modifiers {
			if n := to[l.Modifiers[i]]; n != "" && l.Code == x.Procedures[0].Code {
				l.Modifiers[i] = n
			}
		}
	})
	return true
}

func fact(m *mutant, fits func(*coding.ExamFact) bool) (*coding.ExamFact, bool) {
	x, ok := pick(m, m.result.Exams, nil)
	if !ok {
		return nil, false
	}
	return pick(m, x.Facts, fits)
}

func asked(m *mutant, p *lexicon.Procedure, f coding.ExamFact) bool {
	axis, ok := lexicon.ParseAxis(f.Axis)
	return ok && slices.ContainsFunc(p.Groups(axis), func(g lexicon.Group) bool { return slices.Contains(g, m.lex.Lookup(axis, f.Concept)) })
}

var claimMutations = []mutation{
	{"a pointer to no diagnosis", func(m *mutant) bool {
		return line(m, func(l *coding.Line) { l.Dx = append(l.Dx, 13) })
	}},
	{"a pointer changed", func(m *mutant) bool {
		if len(m.result.Claim.Lines) == 0 || len(m.result.Claim.Lines[0].Dx) < 2 || len(m.result.Claims[coding.Official].Lines[0].Dx) < 2 {
			return false
		}
		return line(m, func(l *coding.Line) { l.Dx[0], l.Dx[1] = l.Dx[1], l.Dx[0] })
	}},
	{"two units", func(m *mutant) bool { return line(m, func(l *coding.Line) { l.Units = 2 }) }},
	{"a line for a code of no exam", func(m *mutant) bool {
		ok := false
		m.eachClaim(func(c *coding.Claim) {
			if len(c.Lines) > 0 {
				c.Lines = append(c.Lines, c.Lines[0])
				ok = true
			}
		})
		return ok
	}},
	{"a line left out", func(m *mutant) bool {
		ok := len(m.result.Claim.Lines) > 0
		if ok {
			m.eachClaim(func(c *coding.Claim) { c.Lines = c.Lines[1:] })
		}
		return ok
	}},
	{"the runner-up on the line", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool { return len(x.Procedures) > 1 })
		if ok {
			m.eachLine(func(l *coding.Line) {
				if l.Code == x.Procedures[0].Code {
					l.Code = x.Procedures[1].Code
				}
			})
		}
		return ok
	}},
	{"a modifier left out of the line", func(m *mutant) bool {
		ok := false
		m.eachLine(func(l *coding.Line) {
			ok = ok || len(l.Modifiers) > 0
			l.Modifiers = []string{}
		})
		return ok
	}},
	{"the first-listed diagnosis not the one marked", func(m *mutant) bool {
		if len(m.result.Claim.Dx) < 2 {
			return false
		}
		m.eachClaim(func(c *coding.Claim) {
			if len(c.Dx) > 1 {
				c.Dx[0], c.Dx[1] = c.Dx[1], c.Dx[0]
			}
		})
		return true
	}},
	{"the mark of the first-listed diagnosis moved", func(m *mutant) bool {
		d := m.result.Diagnoses
		if len(d) < 2 || len(d[0].Primary) == 0 {
			return false
		}
		d[1].Primary = append(d[1].Primary, d[0].Primary[0])
		d[0].Primary = d[0].Primary[1:]
		slices.Sort(d[1].Primary)
		return true
	}},
	{"history listed before the reason, marks and all", func(m *mutant) bool {
		if len(m.result.Claims[coding.Indication].Dx) < 2 {
			return false
		}
		byCode := map[string]*coding.Diagnosis{}
		for i := range m.result.Diagnoses {
			byCode[m.result.Diagnoses[i].Code] = &m.result.Diagnoses[i]
			m.result.Diagnoses[i].Primary = []coding.Policy{}
		}
		last := map[coding.Role]int{coding.RoleScreening: 0, coding.RoleIndication: 1, coding.RoleFinding: 2, coding.RoleIncidental: 3, coding.RoleHistory: 4}
		dx := m.result.Claims[coding.Indication].Dx
		a, b := byCode[dx[0]], byCode[dx[len(dx)-1]]
		if last[a.Role] >= last[b.Role] || last[b.Role] < 3 {
			return false
		}
		m.eachClaim(func(c *coding.Claim) { slices.Reverse(c.Dx) })
		for p, c := range m.result.Claims {
			if len(c.Dx) > 0 {
				byCode[c.Dx[0]].Primary = append(byCode[c.Dx[0]].Primary, p)
			}
		}
		for _, d := range byCode {
			slices.Sort(d.Primary)
		}
		slices.Reverse(m.result.Diagnoses)
		return true
	}},
	{"the claim of the other policy", func(m *mutant) bool {
		m.result.Claim.Policy = coding.Official
		return !slices.Equal(m.result.Claim.Dx, m.result.Claims[coding.Official].Dx)
	}},
	{"a policy without a claim", func(m *mutant) bool {
		delete(m.result.Claims, coding.Official)
		return true
	}},
	{"a diagnosis on the claim that is none of the result", func(m *mutant) bool {
		if len(m.result.Claim.Dx) > 11 {
			return false
		}
		m.eachClaim(func(c *coding.Claim) { c.Dx = append(c.Dx, "A15.0") })
		return !slices.ContainsFunc(m.result.Diagnoses, func(d coding.Diagnosis) bool { return d.Code == "A15.0" })
	}},
}

// line changes the first line of every claim.
func line(m *mutant, change func(*coding.Line)) bool {
	if len(m.result.Claim.Lines) == 0 || len(m.result.Claims[coding.Official].Dx) < min(2, len(m.result.Claim.Dx)) {
		return false
	}
	m.eachClaim(func(c *coding.Claim) { change(&c.Lines[0]) })
	return true
}

var flagMutations = []mutation{
	{"another severity", func(m *mutant) bool {
		f, ok := pick(m, m.result.Flags, nil)
		if ok {
			f.Severity = map[coding.Severity]coding.Severity{coding.SeverityError: "warning", coding.SeverityWarning: "info", coding.SeverityInfo: "error"}[f.Severity]
		}
		return ok
	}},
	{"a flag of no rule", func(m *mutant) bool {
		f, ok := pick(m, m.result.Flags, nil)
		if ok {
			f.ID += "_perhaps"
		}
		return ok
	}},
	{"the question of another rule", func(m *mutant) bool {
		f, ok := pick(m, m.result.Flags, nil)
		if ok {
			f.Query += " Really?"
		}
		return ok
	}},
	{"flags out of order", func(m *mutant) bool {
		f := m.result.Flags
		if len(f) < 2 || f[0].ID == f[len(f)-1].ID {
			return false
		}
		f[0], f[len(f)-1] = f[len(f)-1], f[0]
		return true
	}},
	{"a gap in the documentation hushed up", func(m *mutant) bool {
		d := &m.result.Documentation
		if len(d.Missing) == 0 {
			return false
		}
		d.Missing, d.Complete = d.Missing[1:], len(d.Missing) == 1
		return true
	}},
	{"another disposition", func(m *mutant) bool {
		m.result.Disposition = map[coding.Disposition]coding.Disposition{coding.Auto: "review", coding.Review: "auto", coding.Query: "auto"}[m.result.Disposition]
		return true
	}},
	{"an error that asks hushed up", func(m *mutant) bool {
		asks := func(f coding.Flag) bool { return f.Severity == coding.SeverityError && f.Query != "" }
		if !slices.ContainsFunc(m.result.Flags, asks) {
			return false
		}
		m.result.Flags = slices.DeleteFunc(m.result.Flags, asks)
		return true
	}},
	{"another category of an assessment", func(m *mutant) bool {
		a, ok := pick(m, m.result.Assessments, func(a *coding.Assessment) bool {
			return a.System == "birads" || a.System == "lung_rads" || strings.Contains(a.System, "rads")
		})
		if ok {
			a.Category = "9Z"
		}
		return ok
	}},
	{"a follow-up with a code that does not exist", func(m *mutant) bool {
		f, ok := pick(m, m.result.Followups, nil)
		if ok {
			f.Code = "7999X"
		}
		return ok
	}},
}

var shapeMutations = []mutation{
	{"a key that no result has", bytesOf(func(m *mutant, b []byte) []byte {
		return bytes.Replace(b, []byte(`"claim":`), []byte(`"notes":"","claim":`), 1)
	})},
	{"a key left out", bytesOf(func(m *mutant, b []byte) []byte { return bytes.Replace(b, []byte(`"units":1,`), nil, 1) })},
	{"null for a list", bytesOf(func(m *mutant, b []byte) []byte {
		return bytes.Replace(b, []byte(`"modifiers":[]`), []byte(`"modifiers":null`), 1)
	})},
	{"words for a number", bytesOf(func(m *mutant, b []byte) []byte {
		return bytes.Replace(b, []byte(`"units":1`), []byte(`"units":"one"`), 1)
	})},
	{"half of a result", bytesOf(func(m *mutant, b []byte) []byte { return b[:len(b)/2] })},
	{"two results in one", bytesOf(func(m *mutant, b []byte) []byte { return append(bytes.Clone(b), b...) })},
	{"the id of another report", func(m *mutant) bool { m.result.ID += "0"; return true }},
	{"an engine of another version", func(m *mutant) bool { m.result.Version.Engine = "9.9.9"; return true }},
	{"a confidence above one", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool { return len(x.Procedures) > 0 })
		if ok {
			x.Procedures[0].Confidence = 1 + m.rng.Float64()
		}
		return ok
	}},
	{"a negative confidence", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, nil)
		if ok {
			d.Confidence = -d.Confidence - 0.01
		}
		return ok
	}},
	{"more confidence than the parts give", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, func(d *coding.Diagnosis) bool { return d.Confidence < 0.95 })
		if ok {
			d.Confidence = math.Round((d.Confidence+0.04)*1e4) / 1e4
		}
		return ok
	}},
	{"less confidence in a runner-up", func(m *mutant) bool {
		x, ok := pick(m, m.result.Exams, func(x *coding.Exam) bool {
			charged := slices.ContainsFunc(x.Procedures, func(p coding.ProcedureCode) bool {
				return slices.ContainsFunc(p.Why, func(f coding.Feature) bool { return f.Name == "charged" })
			})
			return !charged && len(x.Procedures) > 2 && x.Procedures[1].Confidence > 0.1 && x.Procedures[2].Confidence > 0.01
		})
		if ok { // the others then have too much beside it
			for i := range x.Procedures[2:] {
				x.Procedures[2+i].Confidence = math.Round(x.Procedures[2+i].Confidence*0.5e4) / 1e4
			}
		}
		return ok
	}},
}

func bytesOf(change func(*mutant, []byte) []byte) func(*mutant) bool {
	return func(m *mutant) bool {
		b, err := json.Marshal(m.result)
		if err != nil {
			return false
		}
		m.data = change(m, b)
		return !bytes.Equal(m.data, b)
	}
}
