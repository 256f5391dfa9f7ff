package verify_test

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// payerMutations are about what a claim says beyond codes: whose diagnoses a line has, and what is paid.
var payerMutations = []mutation{
	{"a pointer to a diagnosis of the other exam", func(m *mutant) bool {
		return eachPair(m, func(c *coding.Claim, a, b *coding.Line) bool {
			for _, n := range b.Dx {
				if !slices.Contains(a.Dx, n) && m.isElsewhere(c.Dx[n-1], m.lex.Procedure(a.Code)) && len(a.Dx) < 4 {
					a.Dx = append(a.Dx, n)
					slices.Sort(a.Dx)
					return true
				}
			}
			return false
		})
	}},
	{"the pointers of two lines changed about", func(m *mutant) bool {
		return eachPair(m, func(c *coding.Claim, a, b *coding.Line) bool {
			a.Dx, b.Dx = b.Dx, a.Dx
			has := func(l *coding.Line) bool {
				return slices.ContainsFunc(l.Dx, func(n int) bool { return m.isElsewhere(c.Dx[n-1], m.lex.Procedure(l.Code)) })
			}
			return !slices.ContainsFunc(a.Dx, func(n int) bool { return slices.Contains(b.Dx, n) }) && has(a) && has(b)
		})
	}},
	{"a pointer twice", func(m *mutant) bool {
		return line(m, func(l *coding.Line) { l.Dx = append(l.Dx, l.Dx...) }) && len(m.result.Claim.Lines[0].Dx) > 0
	}},
	{"no pointer", func(m *mutant) bool {
		return len(m.result.Claim.Dx) > 0 && line(m, func(l *coding.Line) { l.Dx = []int{} })
	}},
	{"a cause of injury listed first", func(m *mutant) bool {
		at := slices.IndexFunc(m.result.Diagnoses, func(d coding.Diagnosis) bool { return d.Role == coding.RoleExternal })
		if at < 1 || m.result.Diagnoses[0].Role == coding.RoleExternal {
			return false
		}
		d := m.result.Diagnoses[at]
		m.result.Diagnoses = append([]coding.Diagnosis{d}, slices.Delete(m.result.Diagnoses, at, at+1)...)
		m.eachClaim(func(c *coding.Claim) {
			if i := slices.Index(c.Dx, d.Code); i > 0 {
				c.Dx = append([]string{d.Code}, slices.Delete(c.Dx, i, i+1)...)
			}
		})
		m.remark()
		return true
	}},
	{"a cause of injury in another role", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, func(d *coding.Diagnosis) bool { return d.Role == coding.RoleExternal })
		if ok {
			d.Role = []coding.Role{coding.RoleIndication, coding.RoleFinding, coding.RoleHistory}[m.rng.IntN(3)]
		}
		return ok
	}},
	{"covered without a table", func(m *mutant) bool {
		fits := func(l *coding.Line) bool { return l.Coverage.Status == coding.CoverageUnknown }
		if len(m.result.Claim.Lines) == 0 || !fits(&m.result.Claim.Lines[0]) {
			return false
		}
		m.eachClaim(func(c *coding.Claim) {
			c.Lines[0].Coverage.Status = coding.CoverageOK
			if len(c.Lines) == 1 {
				c.Coverage.Status = coding.CoverageOK
			}
		})
		return true
	}},
	{"an edit hushed up", func(m *mutant) bool {
		l, ok := pick(m, m.result.Claim.Lines, func(l *coding.Line) bool { return len(l.Coverage.Edits) > 0 })
		if !ok {
			return false
		}
		kind := l.Coverage.Edits[0].Kind
		drop := func(o coding.Objection) bool { return o.Kind == kind }
		m.eachClaim(func(c *coding.Claim) {
			c.Coverage.Edits = slices.DeleteFunc(c.Coverage.Edits, drop)
			edited, unknown := false, false
			for i := range c.Lines {
				v := &c.Lines[i].Coverage
				if v.Edits = slices.DeleteFunc(v.Edits, drop); len(v.Edits) == 0 && v.Status == coding.CoverageEdit {
					v.Status = coding.CoverageUnknown
				}
				edited, unknown = edited || v.Status == coding.CoverageEdit, unknown || v.Status == coding.CoverageUnknown
			}
			if !edited && unknown {
				c.Coverage.Status = coding.CoverageUnknown
			}
		})
		return true
	}},
	{"an edit that no rule found", func(m *mutant) bool {
		if len(m.result.Claim.Lines) == 0 {
			return false
		}
		o := coding.Objection{Kind: "mue_exceeded", Table: "radcode", Message: "more than is paid"}
		m.eachClaim(func(c *coding.Claim) {
			v := &c.Lines[0].Coverage
			v.Status, v.Edits = coding.CoverageEdit, append(v.Edits, o)
			c.Coverage.Status, c.Coverage.Edits = coding.CoverageEdit, append(c.Coverage.Edits, o)
		})
		return true
	}},
	{"a film paid in part", func(m *mutant) bool {
		l, ok := pick(m, m.result.Claim.Lines, func(l *coding.Line) bool { return isOf(m, l.Code, "xr", "mg", "rf") })
		if !ok {
			return false
		}
		code := l.Code
		m.eachLine(func(l *coding.Line) {
			if l.Code == code {
				l.MPPR = &coding.Reduction{PC: 0.95, TC: 0.5}
			}
		})
		return true
	}},
	{"the only study paid in part", func(m *mutant) bool {
		if len(m.result.Claim.Lines) != 1 {
			return false
		}
		m.eachLine(func(l *coding.Line) { l.MPPR = &coding.Reduction{PC: 0.95, TC: 0.5} })
		return true
	}},
	{"a further study paid in full", func(m *mutant) bool {
		l, ok := pick(m, m.result.Claim.Lines, func(l *coding.Line) bool { return l.MPPR != nil && isOf(m, l.Code, "ct", "mr") })
		if !ok {
			return false
		}
		code := l.Code
		m.eachLine(func(l *coding.Line) {
			if l.Code == code {
				l.MPPR = nil
			}
		})
		return true
	}},
	{"another share of a further study", func(m *mutant) bool {
		_, ok := pick(m, m.result.Claim.Lines, func(l *coding.Line) bool { return l.MPPR != nil })
		m.eachLine(func(l *coding.Line) {
			if l.MPPR != nil {
				l.MPPR.TC = 0.75
			}
		})
		return ok
	}},
	{"prior authorisation turned about", func(m *mutant) bool {
		return line(m, func(l *coding.Line) { l.PriorAuthLikely = !l.PriorAuthLikely })
	}},
	{"modifiers out of the order of payment", func(m *mutant) bool {
		ok := false
		m.eachLine(func(l *coding.Line) {
			if len(l.Modifiers) > 1 {
				slices.Reverse(l.Modifiers)
				ok = true
			}
		})
		return ok
	}},
	{"a flag about a line that the claim has not", func(m *mutant) bool {
		f, ok := pick(m, m.result.Flags, nil)
		if ok {
			f.Lines = append(f.Lines, len(m.result.Claim.Lines)+1)
		}
		return ok
	}},
	{"a flag that leaves out a line it is about", func(m *mutant) bool {
		f, ok := pick(m, m.result.Flags, func(f *coding.Flag) bool { return len(f.Lines) > 0 })
		if ok {
			f.Lines = f.Lines[1:]
		}
		return ok
	}},
}

// remark gives the marks of the first-listed diagnoses anew.
func (m *mutant) remark() {
	for i := range m.result.Diagnoses {
		d := &m.result.Diagnoses[i]
		d.Primary = []coding.Policy{}
		for _, p := range []coding.Policy{coding.Indication, coding.Official} {
			if dx := m.result.Claims[p].Dx; len(dx) > 0 && dx[0] == d.Code {
				d.Primary = append(d.Primary, p)
			}
		}
	}
}

// eachPair changes the first two lines of every claim that are of two exams; both claims must offer it.
func eachPair(m *mutant, change func(c *coding.Claim, a, b *coding.Line) bool) bool {
	ok := len(m.result.Exams) > 1 && len(m.result.Claim.Lines) > 1 && m.result.Claim.Lines[0].Code != m.result.Claim.Lines[1].Code
	if !ok {
		return false
	}
	m.eachClaim(func(c *coding.Claim) { ok = change(c, &c.Lines[0], &c.Lines[1]) && ok })
	return ok
}

// isElsewhere reports whether a diagnosis cannot be at the body part of a procedure code: neither its code nor
// any row that gives it is, and its sentences do not name it.
func (m *mutant) isElsewhere(code string, other *lexicon.Procedure) bool {
	row := m.lex.PlaceOf(code)
	if other == nil || len(other.Region) == 0 || row == nil && code[0] != 'M' && code[0] != 'S' {
		return false
	}
	places := m.sitesBeside(code)
	if row != nil {
		places = slices.Concat(places, row.Place, row.Near)
	}
	for i := range m.lex.Diagnoses {
		if r := &m.lex.Diagnoses[i]; r.Site != 0 && r.Pattern.Fills(code) != nil {
			places = append(places, r.Site)
		}
	}
	return len(places) > 0 && !m.meet(places, groups(other.Region))
}

// sitesBeside are the body parts that the reader finds in the sentences of a diagnosis.
func (m *mutant) sitesBeside(code string) []lexicon.ConceptID {
	at := slices.IndexFunc(m.result.Diagnoses, func(d coding.Diagnosis) bool { return d.Code == code })
	sentences := map[int]bool{}
	for _, x := range m.doc.Mentions {
		if slices.ContainsFunc(m.result.Diagnoses[at].Evidence, func(e coding.Evidence) bool { return e.Start < x.End && x.Start < e.End }) {
			sentences[x.Sentence] = true
		}
	}
	var out []lexicon.ConceptID
	for _, x := range m.doc.Mentions {
		switch {
		case !sentences[x.Sentence]:
		case x.Problem != nil && x.Problem.Site != 0:
			out = append(out, x.Problem.Site)
		case x.Problem == nil && x.Axis == lexicon.Region:
			out = append(out, x.Concept)
		}
	}
	return out
}

func (m *mutant) meet(as, bs []lexicon.ConceptID) bool {
	for _, a := range as {
		for _, b := range bs {
			if m.lex.Is(a, b) || m.lex.Is(b, a) || m.oneLimb(a, b) {
				return true
			}
		}
	}
	return false
}

func (m *mutant) oneLimb(a, b lexicon.ConceptID) bool {
	return slices.ContainsFunc([]string{"upper_extremity", "lower_extremity", "spine"}, func(name string) bool {
		id := m.lex.Lookup(lexicon.Region, name)
		return m.lex.Is(a, id) && m.lex.Is(b, id)
	})
}

func groups(gs []lexicon.Group) []lexicon.ConceptID {
	var out []lexicon.ConceptID
	for _, g := range gs {
		out = append(out, g...)
	}
	return out
}

func isOf(m *mutant, code string, names ...string) bool {
	p := m.lex.Procedure(code)
	return p != nil && slices.ContainsFunc(groups(p.Modality), func(id lexicon.ConceptID) bool { return slices.Contains(names, m.lex.Concept(id).Name) })
}

// encounterMutations are about codes that stand only with others, on some days, or for a number.
var encounterMutations = []mutation{
	{"follow-up after treatment without its history", func(m *mutant) bool {
		return m.without(func(d *coding.Diagnosis) bool {
			return d.Role == coding.RoleHistory && judged(d, "completed_treatment")
		})
	}},
	{"history of what was treated without the follow-up", func(m *mutant) bool {
		return m.without(func(d *coding.Diagnosis) bool {
			return d.Role == coding.RoleIndication && judged(d, "completed_treatment")
		})
	}},
	{"follow-up of a cancer for one of something else", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, func(d *coding.Diagnosis) bool {
			return d.Role == coding.RoleIndication && judged(d, "completed_treatment")
		})
		if ok {
			m.recode(d, map[string]string{"Z08": "Z09", "Z09": "Z08"}[d.Code])
		}
		return ok
	}},
	{"follow-up of what is not gone", func(m *mutant) bool {
		if !slices.ContainsFunc(m.result.Diagnoses, func(d coding.Diagnosis) bool { return judged(&d, "completed_treatment") }) {
			return false
		}
		return m.retold([]string{"no residual", "No residual", "no evidence of", "No evidence of"}, "persistent")
	}},
	{"an observation of what was not denied", func(m *mutant) bool {
		if !slices.ContainsFunc(m.result.Diagnoses, func(d coding.Diagnosis) bool { return judged(&d, "ruled_out") }) {
			return false
		}
		return m.retold([]string{"ruled out", "no evidence of", "No evidence of"}, "present")
	}},
	{"one for several, or several for one", func(m *mutant) bool {
		multiple := m.lex.Lookup(lexicon.Qualifier, "multiple")
		d, row, _, ok := rowOf(m)
		if !ok || strings.Contains(strings.ToLower(m.report.Text+m.report.Exam), "multiple") {
			return false
		}
		other, ok := pick(m, m.lex.Diagnoses, func(r *lexicon.Diagnosis) bool {
			few, many := row, r
			if slices.Contains(row.With, multiple) {
				few, many = r, row
			}
			return r.Concept == row.Concept && r.Site == row.Site && len(many.With) == len(few.With)+1 && slices.Contains(many.With, multiple) &&
				!slices.ContainsFunc(few.With, func(id lexicon.ConceptID) bool { return !slices.Contains(many.With, id) })
		})
		if !ok || !m.numberIsPlain(d) {
			return false
		}
		c := m.lex.Enumerate(other)[0]
		if c.Code == d.Code || hasCode(m, c.Code) {
			return false
		}
		m.recode(d, c.Code)
		return true
	}},
	{"a code that began after the date of service", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, nil)
		if !ok || date(m) == "2004-01-01" {
			return false
		}
		row, ok := pick(m, m.lex.DiagnosisDates, func(r *lexicon.DiagnosisDate) bool { return r.Before == d.Code && r.From > date(m) })
		if !ok {
			return false
		}
		for i := range m.lex.Diagnoses {
			for _, c := range m.lex.Enumerate(&m.lex.Diagnoses[i]) {
				if row.Codes.Holds(c.Code) {
					m.replaceCode(d.Code, c.Code)
					return true
				}
			}
		}
		return false
	}},
	{"a code that had ended on the date of service", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, nil)
		if !ok || date(m) == "2004-01-01" {
			return false
		}
		for _, r := range m.lex.DiagnosisDates {
			if r.From <= date(m) && r.Codes.Holds(d.Code) && strings.HasPrefix(d.Code, r.Before) {
				m.replaceCode(d.Code, r.Before)
				return true
			}
		}
		return false
	}},
}

func judged(d *coding.Diagnosis, judgement string) bool {
	return slices.ContainsFunc(d.Why, func(f coding.Feature) bool { return f.Name == "judgement:"+judgement })
}

// recode gives a diagnosis another code with its title.
func (m *mutant) recode(d *coding.Diagnosis, code string) {
	for i := range m.lex.Diagnoses {
		for _, c := range m.lex.Enumerate(&m.lex.Diagnoses[i]) {
			if c.Code == code {
				m.replaceCode(d.Code, code)
				d.Title = c.Title
				return
			}
		}
	}
}

// without takes one diagnosis out of the result, of its claims and their pointers.
func (m *mutant) without(which func(*coding.Diagnosis) bool) bool {
	at := slices.IndexFunc(m.result.Diagnoses, func(d coding.Diagnosis) bool { return which(&d) })
	if at < 0 || len(m.result.Exams) > 1 {
		return false
	}
	code := m.result.Diagnoses[at].Code
	m.result.Diagnoses = slices.Delete(m.result.Diagnoses, at, at+1)
	m.eachClaim(func(c *coding.Claim) {
		c.Dx = slices.DeleteFunc(c.Dx, func(x string) bool { return x == code })
		for i := range c.Lines {
			trim(c, i)
		}
	})
	m.remark()
	return true
}

// retold writes other words of the same length over some of the report, so that all places stay.
func (m *mutant) retold(old []string, word string) bool {
	was := m.report.Text
	for _, o := range old {
		filled := (word + strings.Repeat(" ", len(o)))[:len(o)]
		m.report.Text = strings.ReplaceAll(m.report.Text, o, filled)
	}
	return m.report.Text != was
}

// numberIsPlain reports whether the words of a diagnosis are one or two, and nothing beside them counts.
func (m *mutant) numberIsPlain(d *coding.Diagnosis) bool {
	return !slices.ContainsFunc(d.Evidence, func(e coding.Evidence) bool {
		return e.Section == "title" || len(words(m.report.Text[e.Start:e.End])) > 2
	})
}
