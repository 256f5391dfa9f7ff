package coding

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/radcode/radcode/nlp"
)

// sessionMinutes is how far apart two times of service of a day are that are two sessions. Studies
// of one visit to the department follow each other faster.
const sessionMinutes = 60

// joinDay makes one claim of the reports of a patient and day.
func (e *Engine) joinDay(day []attended, again bool) Encounter {
	out := Encounter{Claims: map[Policy]Claim{}, Flags: []Flag{}, Reports: []string{}, Results: []Result{}}
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
		claim, of, flags := e.dayClaim(billed, policy, &meta)
		out.Claims[policy] = claim
		if policy == e.policy() {
			out.Claim, out.Flags = claim, append(out.Flags, flags...)
			for _, x := range of {
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

// dayClaim joins the claims of a day's reports, and tells the report of each line.
func (e *Engine) dayClaim(day []attended, policy Policy, meta *nlp.Meta) (claim Claim, of []*attended, flags []Flag) {
	claim = Claim{Policy: policy, Lines: []Line{}, Dx: []string{}}
	full := false
	for i := range day {
		own := day[i].result.Claims[policy]
		for _, l := range own.Lines {
			l.Modifiers, l.Report, l.MPPR = slices.Clone(l.Modifiers), day[i].report.ID, nil
			pointers := l.Dx
			l.Dx = []int{}
			for _, n := range pointers {
				if at := claim.dxPlace(own.Dx[n-1]); at > 0 {
					l.Dx = append(l.Dx, at)
				}
			}
			claim.Lines, of = append(claim.Lines, l), append(of, &day[i])
		}
		for _, code := range own.Dx {
			full = claim.dxPlace(code) == 0 || full
		}
	}
	repeats := e.markRepeats(claim.Lines, of)
	e.markSessions(claim.Lines, of, meta)
	c := e.claimCase(&claim, meta, e.dateOf(meta))
	for i := range c.lines {
		c.lines[i].session = of[i].session
	}
	order := c.inPaymentOrder()
	claim.Lines, c.lines, of = inOrder(claim.Lines, order), inOrder(c.lines, order), inOrder(of, order)
	found := c.check()
	flags = c.flags(found)
	for _, r := range repeats {
		flags = append(flags, encounterFlag(repeatUnconfirmed, r.message, []int{1 + slices.Index(order, r.line)}))
	}
	if full {
		flags = append(flags, encounterFlag(dayDxLimit, "", nil))
	}
	return c.covered(claim, found), of, flags
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

// repeat is a line that repeats an earlier one without times that show it.
type repeat struct {
	line    int
	message string
}

// markRepeats gives 76 or 77 to lines that an earlier report of the day has already.
func (e *Engine) markRepeats(lines []Line, of []*attended) []repeat {
	first := map[string]int{}
	var out []repeat
	for i := range lines {
		l := &lines[i]
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
		if !twice || of[j] == of[i] {
			first[key] = i
			continue
		}
		modifier, who := "76", "the same reader"
		switch {
		case of[i].reader == "" || of[j].reader == "":
			who = "no other reader is named"
		case of[i].reader != of[j].reader:
			modifier, who = "77", "another reader"
		}
		e.addModifier(l, modifier)
		if of[i].minute < 0 || of[j].minute < 0 || of[i].minute == of[j].minute {
			out = append(out, repeat{i, fmt.Sprintf("%s stands in %s and in %s: %s is given (%s), but their times do not show that it was done twice", l.Code, of[j].report.ID, of[i].report.ID, modifier, who)})
		}
	}
	return out
}

// markSessions gives the modifier for another encounter to the column 2 code of a pair whose reports are of
// different sessions.
func (e *Engine) markSessions(lines []Line, of []*attended, meta *nlp.Meta) {
	c := e.claimCase(&Claim{Lines: lines}, meta, e.dateOf(meta))
	for i := range lines {
		for j := range lines {
			p, ok := c.pair(lines[i].Code, lines[j].Code)
			if !ok || p.column1 != lines[i].Code || p.column2 != lines[j].Code || p.modifier != '1' || of[i].session == of[j].session || c.separate(&c.lines[i], &c.lines[j]) {
				continue
			}
			modifier := "59"
			if e.distinctStyle(meta) == DistinctX {
				modifier = "XE"
			}
			e.addModifier(&lines[j], modifier)
			c.lines[j].modifiers = lines[j].Modifiers
		}
	}
}

// addModifier puts a modifier on a line where it belongs, unless the line is full.
func (e *Engine) addModifier(l *Line, modifier string) {
	l.Modifiers = append(l.Modifiers, modifier)
	e.paymentOrder(l.Modifiers)
	l.Modifiers = l.Modifiers[:min(len(l.Modifiers), maxLineModifiers)]
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
	for _, p := range signatureWords {
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
