package index

import (
	"fmt"
	"slices"
	"strings"
)

// Draft is what readers of published files gather and Releases.Import writes:
// one release of a code system, in the order of its publisher.
type Draft struct {
	Manifest
	Codes    []DraftCode
	Blocks   []Block
	InBlock  map[string]string // category to block id, where the publisher says so; others go by range
	Notes    []DraftNote
	Sevenths []DraftSeventh
	Terms    []DraftTerm // every table, each main term followed by what stands below it
	Changes  []Change    // against the release before, as published
}

// DraftCode is a row of a list of codes.
type DraftCode struct {
	ID          string // the dot may be absent
	Short, Long string // Short "" = as Long
	Billable    bool
}

// DraftNote is an instruction at a code, a block or a chapter.
type DraftNote struct {
	Owner string // code, block id, or "chapter N"
	Kind  NoteKind
	Text  string
}

// DraftSeventh is a seventh character of all codes below its owner.
type DraftSeventh struct{ Owner, Char, Meaning string }

// DraftTerm is an entry of one of the alphabetic tables.
type DraftTerm struct {
	Table        Table
	Depth        int // 0 = main term
	Title        string
	Nonessential string // "(acute) (chronic)": words that may be absent
	Code         string // a dash at the end: more characters are needed
	Also         string // manifestation code, in brackets in print
	See, SeeAlso string
	Cells        []string // codes by column, of Neoplasms and Drugs
}

// Undotted returns a code in capitals without its dot, and whether it has the
// shape of an ICD-10-CM code: a letter, two characters with a digit among them
// (A00, C7A, QA0), up to four more.
func Undotted(id string) (string, bool) {
	id = strings.ToUpper(strings.TrimSpace(id))
	if len(id) > 3 && id[3] == '.' {
		id = id[:3] + id[4:]
	}
	if len(id) < 3 || len(id) > 7 || id[0] < 'A' || id[0] > 'Z' || !isDigit(id[1]) && !isDigit(id[2]) {
		return id, false
	}
	for i := 1; i < len(id); i++ {
		if !isDigit(id[i]) && (id[i] < 'A' || id[i] > 'Z') {
			return id, false
		}
	}
	return id, true
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

// check refuses a draft that no release can be made of.
func (d *Draft) check() error {
	if err := d.Manifest.check(); err != nil {
		return err
	}
	if len(d.Codes) == 0 {
		return fmt.Errorf("release %s holds no codes: a list of codes is needed beside notes and indexes", d.Release)
	}
	depth := 0
	for i, t := range d.Terms {
		if t.Depth < 0 || t.Depth > depth || len(t.Cells) > numCells {
			return fmt.Errorf("release %s: term %d %q has no place below the one before it", d.Release, i+1, t.Title)
		}
		depth = t.Depth + 1
	}
	return nil
}

// sorted returns the codes by ID, each once; two rows of a code must agree.
func (d *Draft) sorted() (codes []DraftCode, order []int, err error) {
	type placed struct {
		DraftCode
		at int
	}
	all := make([]placed, len(d.Codes))
	for i, c := range d.Codes {
		id, ok := Undotted(c.ID)
		if !ok {
			return nil, nil, fmt.Errorf("release %s: %q is no code", d.Release, c.ID)
		}
		c.ID = id
		if c.Short == "" {
			c.Short = c.Long
		}
		all[i] = placed{c, i}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return strings.Compare(a.ID, b.ID) })
	for i, c := range all {
		if i > 0 && all[i-1].ID == c.ID {
			if all[i-1].DraftCode != c.DraftCode {
				return nil, nil, fmt.Errorf("release %s: code %s stands twice and differs: %q, %q", d.Release, c.ID, all[i-1].Long, c.Long)
			}
			continue
		}
		codes, order = append(codes, c.DraftCode), append(order, c.at)
	}
	return codes, order, nil
}
