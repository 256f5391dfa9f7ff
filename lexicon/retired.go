package lexicon

import "slices"

// A Retired code ended long ago or names what no exam can be told by, so it has no
// axes; charge lists still carry it.
type Retired struct {
	Code       string
	To         string // last day in force, YYYY-MM-DD
	Successors []string
	Title      string // radcode's own wording
	Note       string // why nothing follows, where there are no Successors
	Source     Source
}

var retiredColumns = []string{"code", "to", "successor", "title", "note"}

func retiredRows(t table) []Retired {
	out := make([]Retired, 0, len(t.rows))
	for _, r := range t.rows {
		c := r.cells
		out = append(out, Retired{Code: c[0], To: c[1], Successors: splitList(c[2], "|"), Title: c[3], Note: c[4], Source: r.src})
	}
	return out
}

// An Ended code is one that was in force before a date of service and is not on
// it, with what to use instead.
type Ended struct {
	Code, Title, To string
	Successors      []string // in force on the date; nil where nothing follows
	Note            string   // why nothing follows
	Source          Source
}

// EndedBefore looks up a code that ended before a date of service, whether it has
// axes or not. Successors that have ended as well are followed to their own.
func (l *Lexicon) EndedBefore(code, date string) (Ended, bool) {
	e := Ended{Code: code}
	if p := l.Procedure(code); p != nil {
		e.Title, e.To, e.Source = p.Title, p.To, p.Source
	} else if r := l.RetiredCode(code); r != nil {
		e.Title, e.To, e.Note, e.Source = r.Title, r.To, r.Note, r.Source
	}
	if e.To == "" || date <= e.To {
		return Ended{}, false
	}
	e.Successors = l.inForceAfter(code, date, nil)
	return e, true
}

// inForceAfter appends the codes in force on a date that follow a code.
func (l *Lexicon) inForceAfter(code, date string, found []string) []string {
	for _, s := range l.successors(code) {
		switch p := l.Procedure(s); {
		case slices.Contains(found, s):
		case p != nil && p.InForce(date):
			found = append(found, s)
		default:
			found = l.inForceAfter(s, date, found)
		}
	}
	return found
}

func (l *Lexicon) successors(code string) []string {
	if p := l.Procedure(code); p != nil {
		return p.Successors
	}
	if r := l.RetiredCode(code); r != nil {
		return r.Successors
	}
	return nil
}

// RetiredCode returns the row of a code in retired.tsv, or nil.
func (l *Lexicon) RetiredCode(code string) *Retired {
	if i, ok := l.byRetired[code]; ok {
		return &l.Retired[i]
	}
	return nil
}

// lintRetired wants codes that can exist and stand once, a last day, and
// successors whose chain ends in codes in force, or a note that says why not.
func lintRetired(l *Lexicon) []Problem {
	var out []Problem
	for i := range l.Retired {
		r := &l.Retired[i]
		fail := func(format string, args ...any) { out = append(out, problemAt(r.Source, format, args...)) }
		if !l.CouldExist(SystemOf(r.Code), r.Code) {
			fail("%s is no code", r.Code)
		}
		if p := l.Procedure(r.Code); p != nil {
			fail("code %s has a row already at %s", r.Code, p.Source)
		}
		if len(r.To) != len("2006-01-02") {
			fail("%s ended on %q, want a day", r.Code, r.To)
		}
		if r.Title == "" || len(r.Title) > 70 {
			fail("title of %s is empty or longer than 70 characters", r.Code)
		}
		if (len(r.Successors) == 0) == (r.Note == "") {
			fail("%s wants either a successor or a note that says why there is none", r.Code)
		}
		out = append(out, l.lintSuccessors(r.Code, r.To, r.Successors, r.Source)...)
	}
	for i := range l.Procedures {
		if p := &l.Procedures[i]; p.To != "" {
			if len(p.Successors) == 0 {
				out = append(out, problemAt(p.Source, "%s has ended and has no successor", p.Code))
			}
			out = append(out, l.lintSuccessors(p.Code, p.To, p.Successors, p.Source)...)
		}
	}
	return out
}

// never is later than any date of service.
const never = "9999-12-31"

func (l *Lexicon) lintSuccessors(code, to string, successors []string, at Source) []Problem {
	var out []Problem
	for _, s := range successors {
		p, r := l.Procedure(s), l.RetiredCode(s)
		switch {
		case p == nil && r == nil:
			out = append(out, problemAt(at, "successor %s of %s has no row", s, code))
		case p != nil && p.To != "" && p.To <= to || p == nil && r.To <= to:
			out = append(out, problemAt(at, "successor %s of %s ended no later", s, code))
		case p == nil || p.To != "":
			if len(l.inForceAfter(s, never, nil)) == 0 {
				out = append(out, problemAt(at, "nothing in force follows %s, successor of %s", s, code))
			}
		}
	}
	return out
}
