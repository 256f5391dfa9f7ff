package codeset

import (
	"regexp"
	"strings"

	"github.com/radcode/radcode/index"
)

// The addenda files of CMS say what changed since the release before. Rows of the
// order addenda have a flag and both titles, those of the codes addenda the long title:
//
//	Add:         1 B8801   short title (60 columns) long title
//	Add:         B8801   long title
//
// A summary follows, from the first line that begins with a blank or a letter.

// addendaRow is the label in 13 columns and the rest.
var addendaRow = regexp.MustCompile(`^(Add|Delete|Revise from|Revise to): +(.*)$`)

// addendaSummary is a line of the counts at the end.
var addendaSummary = regexp.MustCompile(`^\s*($|\d+ |of which|Codes|Headers|Total)`)

func readAddenda(l *lines, p *part) error {
	var was *index.DraftCode
	err := l.each(func(line string) error {
		m := addendaRow.FindStringSubmatch(line)
		if m == nil {
			if addendaSummary.MatchString(line) {
				return nil
			}
			return l.errorf("no row of an addenda file: want Add:, Delete:, Revise from: or Revise to:")
		}
		c, ok := changedCode(m[2])
		if !ok || (m[1] == "Revise to") != (was != nil) || was != nil && was.ID != c.ID {
			return l.errorf("no row of an addenda file: %q", m[1])
		}
		p.rows++
		switch m[1] {
		case "Add":
			p.changes = append(p.changes, change(index.Added, c, ""))
		case "Delete":
			p.changes = append(p.changes, change(index.Deleted, c, ""))
		case "Revise from":
			was = &c
		case "Revise to":
			p.changes = append(p.changes, change(index.Revised, c, was.Long))
			was = nil
		}
		return nil
	})
	if err == nil && was != nil {
		err = l.errorf("ends after \"Revise from\"")
	}
	if err != nil {
		return err
	}
	p.changes = joinFlips(p.changes)
	return nil
}

// changedCode reads the code and titles of either kind of file.
func changedCode(s string) (index.DraftCode, bool) {
	if len(s) > 10 && s[1] == ' ' && (s[0] == '0' || s[0] == '1') {
		code, _, _ := strings.Cut(s[2:], " ")
		id, ok := index.Undotted(code)
		short, long := titles(s[10:])
		return index.DraftCode{ID: id, Short: short, Long: long, Billable: s[0] == '1'}, ok && long != ""
	}
	id, title, ok := listRow(s)
	return index.DraftCode{ID: id, Long: title, Billable: true}, ok
}

func change(kind index.ChangeKind, c index.DraftCode, was string) index.Change {
	return index.Change{Kind: kind, Code: c.ID, Title: c.Long, Was: was, Billable: c.Billable}
}

// joinFlips turns a code that is deleted as billable and added as a header, or
// the other way round, into one change.
func joinFlips(all []index.Change) []index.Change {
	deleted := map[string]bool{} // code to billable
	for _, c := range all {
		if c.Kind == index.Deleted {
			deleted[c.Code] = c.Billable
		}
	}
	flipped := map[string]bool{}
	var out []index.Change
	for _, c := range all {
		if billable, ok := deleted[c.Code]; ok && c.Kind == index.Added && billable != c.Billable {
			flipped[c.Code] = true
			if c.Kind = index.ToHeader; c.Billable {
				c.Kind = index.ToBillable
			}
		}
		out = append(out, c)
	}
	kept := out[:0]
	for _, c := range out {
		if c.Kind != index.Deleted || !flipped[c.Code] {
			kept = append(kept, c)
		}
	}
	return kept
}
