package coding

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// sessionMinutes is how far apart two times of service of a day are that are two sessions. Studies
// of one visit to the department follow each other faster.
const sessionMinutes = 60

// joinDay makes one claim of the reports of a patient and day.
func (e *Engine) joinDay(day []attended, again bool) Encounter {
	out := Encounter{Claims: map[Policy]Claim{}, Modifiers: []DayModifier{}, Flags: []Flag{}, Reports: []string{}, Results: []Result{}}
	for i := range day {
		out.Reports = append(out.Reports, day[i].report.ID)
		out.Results = append(out.Results, day[i].result)
	}
	if len(day) > 0 {
		out.Patient, out.Date = day[0].report.Meta.Patient, day[0].report.Meta.DateOfService
	}
	if again || len(day) == maxEncounter {
		out.Flags = append(out.Flags, encounterFlag(splitDay, "", nil))
	}
	billed, left := e.billedOf(day)
	out.Flags = append(out.Flags, left...)
	inSessions(billed)
	meta := metaOf(billed)
	for _, policy := range []Policy{Indication, Official} {
		d := e.dayClaim(billed, policy, &meta)
		out.Claims[policy] = d.claim
		if policy == e.policy() {
			out.Claim, out.Flags, out.Modifiers = d.claim, append(out.Flags, d.flags...), append(out.Modifiers, d.modifiers...)
			for _, x := range d.of {
				out.Sources = append(out.Sources, Source{x.report, x.result})
			}
		}
	}
	sortFlags(out.Flags)
	out.Disposition = dayDisposition(&out)
	return out
}

// billedOf leaves out what came twice: the same text, and a preliminary report beside the final one.
func (e *Engine) billedOf(day []attended) (billed []attended, left []Flag) {
	for i := range day {
		x := &day[i]
		switch twin := slices.IndexFunc(billed, func(o attended) bool {
			return o.report.Text == x.report.Text && o.report.Exam == x.report.Exam && o.minute == x.minute
		}); {
		case twin >= 0 && strings.TrimSpace(x.report.Text) != "":
			left = append(left, encounterFlag(sameReport, fmt.Sprintf("%s is %s once more and is billed once", x.report.ID, billed[twin].report.ID), nil))
		case x.isPreliminary() && slices.ContainsFunc(day, func(o attended) bool { return !o.isPreliminary() && o.sameLines(x) }):
			left = append(left, encounterFlag(supersededReport, x.report.ID+" is preliminary; the final report of the same study is billed", nil))
		default:
			billed = append(billed, *x)
		}
	}
	if !slices.ContainsFunc(billed, func(x attended) bool { return x.minute < 0 }) {
		slices.SortStableFunc(billed, func(a, b attended) int { return a.minute - b.minute })
	}
	return billed, left
}

func (x *attended) isPreliminary() bool {
	return slices.ContainsFunc(x.result.Flags, func(f Flag) bool { return f.ID == "preliminary_report" })
}

// sameLines reports whether two reports bill the same.
func (x *attended) sameLines(o *attended) bool {
	return len(x.result.Claim.Lines) > 0 && slices.EqualFunc(x.result.Claim.Lines, o.result.Claim.Lines, func(a, b Line) bool {
		return a.Code == b.Code && slices.Equal(a.Modifiers, b.Modifiers)
	})
}

// inSessions numbers the sessions of a day. A report without a time belongs to the first.
func inSessions(day []attended) {
	var order []int
	for i := range day {
		if day[i].minute >= 0 {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return day[a].minute - day[b].minute })
	for n, i := range order {
		if n > 0 {
			before := &day[order[n-1]]
			day[i].session = before.session
			if day[i].minute-before.minute >= sessionMinutes {
				day[i].session++
			}
		}
	}
}

// metaOf is what the claim of a day is checked with: what the first report says, and what it leaves open
// from the others.
func metaOf(day []attended) nlp.Meta {
	var m nlp.Meta
	for i := range day {
		o := &day[i].report.Meta
		for _, field := range []struct{ to, from *string }{
			{&m.DateOfService, &o.DateOfService}, {&m.Payer, &o.Payer}, {&m.PlaceOfService, &o.PlaceOfService},
			{&m.Component, &o.Component}, {&m.PriorAuth, &o.PriorAuth}, {&m.Patient, &o.Patient},
		} {
			if *field.to == "" {
				*field.to = *field.from
			}
		}
		if m.Age == nil {
			m.Age = o.Age
		}
	}
	return m
}

// dayClaim is the claim of a day under one policy.
type dayClaim struct {
	claim     Claim
	of        []*attended // the report of each line
	modifiers []DayModifier
	flags     []Flag
}

// dayClaim joins the claims of a day's reports.
func (e *Engine) dayClaim(day []attended, policy Policy, meta *nlp.Meta) dayClaim {
	d := dayClaim{claim: Claim{Policy: policy, Lines: []Line{}, Dx: []string{}}}
	full := false
	for i := range day {
		full = d.add(&day[i], policy) || full
	}
	e.markRepeats(&d)
	e.markSessions(&d, meta)
	c := e.claimCase(&d.claim, meta, e.dateOf(meta))
	for i := range c.lines {
		c.lines[i].session = d.of[i].session
	}
	d.inOrder(c)
	found := c.check()
	d.flags = append(c.flags(found), d.flags...)
	if full {
		d.flags = append(d.flags, encounterFlag(dayDxLimit, "", nil))
	}
	d.claim = c.covered(d.claim, found)
	return d
}

// add puts the lines of a report behind those before, and reports whether a diagnosis found no place.
func (d *dayClaim) add(x *attended, policy Policy) (full bool) {
	own := x.result.Claims[policy]
	for _, l := range own.Lines {
		pointers := l.Dx
		l.Modifiers, l.Report, l.MPPR, l.Dx = slices.Clone(l.Modifiers), x.report.ID, nil, []int{}
		for _, n := range pointers {
			if at := d.claim.dxPlace(own.Dx[n-1]); at > 0 {
				l.Dx = append(l.Dx, at)
			}
		}
		d.claim.Lines, d.of = append(d.claim.Lines, l), append(d.of, x)
	}
	for _, code := range own.Dx {
		full = d.claim.dxPlace(code) == 0 || full
	}
	return full
}

// inOrder puts the lines into the order of payment, and what speaks of them with them.
func (d *dayClaim) inOrder(c *claimCase) {
	order := c.inPaymentOrder()
	d.claim.Lines, c.lines, d.of = inOrder(d.claim.Lines, order), inOrder(c.lines, order), inOrder(d.of, order)
	place := func(line int) int { return 1 + slices.Index(order, line-1) }
	for i := range d.modifiers {
		d.modifiers[i].Line = place(d.modifiers[i].Line)
	}
	for i := range d.flags {
		for k, line := range d.flags[i].Lines {
			d.flags[i].Lines[k] = place(line)
		}
	}
}

// dxPlace is the pointer to a diagnosis, which is added unless the claim is full: then 0.
func (c *Claim) dxPlace(code string) int {
	at := slices.Index(c.Dx, code)
	if at < 0 {
		if len(c.Dx) == maxClaimDx {
			return 0
		}
		at = len(c.Dx)
		c.Dx = append(c.Dx, code)
	}
	return at + 1
}

// markRepeats gives 76 or 77 to lines that an earlier report of the day has already.
func (e *Engine) markRepeats(d *dayClaim) {
	first := map[string]int{}
	for i := range d.claim.Lines {
		l := &d.claim.Lines[i]
		if e.hasClass(l, "repeat", "distinct") {
			continue
		}
		key := l.Code
		for _, m := range l.Modifiers {
			if row := e.lex.Modifier(m); row != nil && slices.Contains([]string{"component", "bilateral", "side", "site"}, row.Class) {
				key += "-" + m
			}
		}
		j, twice := first[key]
		if !twice || d.of[j] == d.of[i] {
			first[key] = i
			continue
		}
		d.repeats(e, i, j)
	}
}

// repeats marks a line as the repetition of an earlier one, and asks where times do not show it.
func (d *dayClaim) repeats(e *Engine, line, earlier int) {
	a, b := d.of[earlier], d.of[line]
	modifier, who := "76", "by the same reader"
	switch {
	case a.reader == "" || b.reader == "":
		who = "no other reader is named"
	case a.reader != b.reader:
		modifier, who = "77", "by another reader"
	}
	reason := fmt.Sprintf("%s stands in %s and again in %s, %s", d.claim.Lines[line].Code, a.report.ID, b.report.ID, who)
	d.mark(e, line, modifier, reason)
	if a.minute < 0 || b.minute < 0 || a.minute == b.minute {
		d.flags = append(d.flags, encounterFlag(repeatUnconfirmed, fmt.Sprintf("%s: %s is given, but their times do not show that it was done twice", reason, modifier), []int{line + 1}))
	}
}

// markSessions gives the modifier for another encounter to the column 2 code of a pair whose reports are of
// different sessions.
func (e *Engine) markSessions(d *dayClaim, meta *nlp.Meta) {
	c := e.claimCase(&d.claim, meta, e.dateOf(meta))
	lines := d.claim.Lines
	for i := range lines {
		for j := range lines {
			p, ok := c.pair(lines[i].Code, lines[j].Code)
			if !ok || p.column1 != lines[i].Code || p.column2 != lines[j].Code || p.modifier != '1' || !d.of[i].inAnotherSession(d.of[j]) || c.separate(&c.lines[i], &c.lines[j]) {
				continue
			}
			modifier := "59"
			if e.distinctStyle(meta) == DistinctX {
				modifier = "XE"
			}
			d.mark(e, j, modifier, fmt.Sprintf("%s and %s are of sessions of their own: %s, %s", lines[i].Code, lines[j].Code, d.of[i].report.Meta.TimeOfService, d.of[j].report.Meta.TimeOfService))
			c.lines[j].modifiers = lines[j].Modifiers
		}
	}
}

// inAnotherSession reports whether the times of two reports show that they are of different sessions.
func (x *attended) inAnotherSession(o *attended) bool {
	return x.minute >= 0 && o.minute >= 0 && x.session != o.session
}

// mark puts a modifier on a line, where it belongs unless the line is full.
func (d *dayClaim) mark(e *Engine, line int, modifier, reason string) {
	l := &d.claim.Lines[line]
	l.Modifiers = append(l.Modifiers, modifier)
	e.paymentOrder(l.Modifiers)
	l.Modifiers = l.Modifiers[:min(len(l.Modifiers), maxLineModifiers)]
	d.modifiers = append(d.modifiers, DayModifier{line + 1, modifier, reason})
}

func (e *Engine) hasClass(l *Line, classes ...string) bool {
	return slices.ContainsFunc(l.Modifiers, func(m string) bool {
		row := e.lex.Modifier(m)
		return row != nil && slices.Contains(classes, row.Class)
	})
}

// dayDisposition is the worst of the reports; a claim with an edit or a warning of its own is looked at.
func dayDisposition(x *Encounter) Disposition {
	out := Auto
	for i := range x.Results {
		out = worse(out, x.Results[i].Disposition)
	}
	for _, f := range x.Flags {
		if f.Severity != SeverityInfo {
			out = worse(out, Review)
		}
	}
	return out
}

func worse(a, b Disposition) Disposition {
	order := []Disposition{Auto, Review, Query}
	return order[max(slices.Index(order, a), slices.Index(order, b))]
}

// minuteOf reads a time of day, 14:05, 1405 or 14:05:30, in minutes; -1 where it is none.
func minuteOf(time string) int {
	var digits []int
	for _, r := range time {
		if r >= '0' && r <= '9' {
			digits = append(digits, int(r-'0'))
		} else if r != ':' {
			return -1
		}
	}
	if at := strings.IndexByte(time, ':'); at == 1 { // 8:05
		digits = append([]int{0}, digits...)
	}
	if len(digits) != 4 && len(digits) != 6 {
		return -1
	}
	hour, minute := 10*digits[0]+digits[1], 10*digits[2]+digits[3]
	if hour > 23 || minute > 59 {
		return -1
	}
	return 60*hour + minute
}

// signer is the name behind the last signature of a report, in small letters, "" where none stands.
func signer(text string) string {
	lower := strings.ToLower(text)
	at, end := -1, 0
	for _, p := range lexicon.Phrases("signature") {
		if i := strings.LastIndex(lower, p); i >= 0 && i+len(p) > end {
			at, end = i, i+len(p)
		}
	}
	if at < 0 {
		return ""
	}
	name := strings.TrimPrefix(strings.TrimLeft(lower[end:], " :"), "by ")
	if stop := strings.IndexFunc(name, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(",\n\r(;", r) }); stop >= 0 {
		name = name[:stop]
	}
	return strings.Join(strings.Fields(strings.TrimSuffix(strings.TrimSpace(name), " on")), " ")
}
