package coding

import (
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/radcode/radcode/index"
)

// codeOn returns the billable code of a release that says what a code says, which may be older
// or younger than the release: the code itself or what it was split from or into; else what
// became of it by the nearest release that has it: the code of the same title, or the one to which the
// same entries of the alphabetic index lead.
func (e *Engine) codeOn(r *index.Release, code string) (index.ReleaseCode, bool) {
	c, ok := billableOn(r, code)
	if ok {
		return c, true
	}
	for other := range e.around(r) {
		if !other.Billable(code) {
			continue
		}
		if c, ok := titledAs(other, r, code); ok {
			return c, true
		}
		was, _ := other.Code(code)
		if c, ok := indexedAs(other, r, code); ok && !denies(c.Title, was.Title) {
			return c, true
		}
	}
	return c, false
}

// denies asks whether a title says "without" something that another one says: the index leads from a
// wound with a foreign body to wounds, and from there to those without.
func denies(title, other string) bool {
	_, denied, ok := strings.Cut(strings.ToLower(title), " without ")
	said, _, _ := strings.Cut(strings.ToLower(other), " without ")
	words := contentWords(said)
	denied, _, _ = strings.Cut(denied, ",")
	return ok && slices.ContainsFunc(contentWords(denied), func(w string) bool { return slices.Contains(words, w) })
}

// maxYears is how far before and after a release others are asked.
const maxYears = 15

// around yields the imported releases before and after one, the nearest first and of two as near
// the older one. Each is read when its turn comes.
func (e *Engine) around(r *index.Release) iter.Seq[*index.Release] {
	return func(yield func(*index.Release) bool) {
		seen := []*index.Release{r}
		for years := range maxYears {
			for _, next := range []*index.Release{e.beside(r.From, -1, -years), e.beside(r.To, 1, years)} {
				if next == nil || slices.Contains(seen, next) {
					continue
				}
				if seen = append(seen, next); !yield(next) {
					return
				}
			}
		}
	}
}

// beside is the release in force some days and years from a date; nil when there is none, or the date is
// open.
func (e *Engine) beside(date string, days, years int) *index.Release {
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return nil
	}
	return e.releaseOn(day.AddDate(years, 0, days).Format(time.DateOnly))
}

// billableOn returns the billable code of a release that a code stands for: the
// code itself; when it has become a header, its code for what is not specified
// further, with the same seventh character; when the release is older, the code that was split into it later.
func billableOn(r *index.Release, code string) (index.ReleaseCode, bool) {
	c, ok := r.Code(code)
	if !ok {
		seventh := ""
		if c, seventh, ok = stem(r, code); ok {
			return described(r, c, seventh)
		}
		c, ok = nearest(r, code)
		return c, ok && c.Billable
	}
	return described(r, c, "")
}

// described goes down from a header to the code that says no more, in the last step to that
// with a seventh character.
func described(r *index.Release, c index.ReleaseCode, seventh string) (index.ReleaseCode, bool) {
	for !c.Billable {
		children := r.Children(c.ID)
		below, one := unspecified(children)
		if !one && seventh != "" {
			below, one = withSeventh(children, seventh)
		}
		if !one {
			return c, false
		}
		c = below
	}
	return c, true
}

// stem takes the seventh character and its placeholders off a code that a release has not: S30.1XXA
// when S30.1 is divided now.
func stem(r *index.Release, code string) (c index.ReleaseCode, seventh string, ok bool) {
	id, _ := index.Undotted(code)
	if len(id) != 7 {
		return c, "", false
	}
	c, ok = r.Code(strings.TrimRight(id[:6], "X"))
	return c, id[6:], ok && !c.Billable
}

func withSeventh(children []index.ReleaseCode, seventh string) (index.ReleaseCode, bool) {
	for _, c := range children {
		if id, _ := index.Undotted(c.ID); len(id) == 7 && strings.HasSuffix(id, seventh) {
			return c, true
		}
	}
	return index.ReleaseCode{}, false
}

// titledAs finds a code that was renumbered: the one billable code of its category that has its title.
func titledAs(from, r *index.Release, code string) (found index.ReleaseCode, ok bool) {
	was, ok := from.Code(code)
	if !ok || len(code) < 3 {
		return found, false
	}
	var below func(id string) int
	below = func(id string) int {
		n := 0
		for _, c := range r.Children(id) {
			if c.Billable && strings.EqualFold(c.Title, was.Title) {
				found, n = c, n+1
			}
			n += below(c.ID)
		}
		return n
	}
	n := below(code[:3])
	return found, n == 1
}

// indexedAs finds what a code of one release is in another: the billable code to which the
// same entries of the alphabetic index lead there. Entries
// that lead to several give none.
func indexedAs(from, r *index.Release, code string) (index.ReleaseCode, bool) {
	var found index.ReleaseCode
	for _, entry := range from.IndexPaths(code) {
		if found.ID != "" && !gives(entry, code) {
			break // entries of the code itself come first, and have answered
		}
		for _, e := range entriesAs(r, entry) {
			c, ok := completed(r, e.Code, code)
			switch {
			case !ok || !c.Billable || c.ID == found.ID:
			case found.ID != "":
				return index.ReleaseCode{}, false
			default:
				found = c
			}
		}
	}
	return found, found.ID != ""
}

// completed is the code of an entry with the seventh character of another code, where it lacks
// one.
func completed(r *index.Release, entry, code string) (index.ReleaseCode, bool) {
	c, ok := r.Code(strings.TrimRight(entry, ".-"))
	of, _ := index.Undotted(code)
	if !ok || c.Billable || len(of) != 7 {
		return c, ok
	}
	id, _ := index.Undotted(c.ID)
	return r.Code((id + "XXX")[:6] + of[6:])
}

// entriesAs finds an entry in another release, or the one above it that was there:
// "Pain > flank > right" is younger than "Pain > flank". A main term alone says too
// little.
func entriesAs(r *index.Release, entry index.Term) []index.Term {
	for n := len(entry.Path); n > 1; n-- {
		entry.Path = entry.Path[:n]
		if same := r.Same(entry); same != nil {
			return same
		}
	}
	return nil
}

// gives asks whether an entry gives just this code.
func gives(entry index.Term, code string) bool {
	a, _ := index.Undotted(entry.Code)
	b, _ := index.Undotted(code)
	return a == b
}

// nearest returns the longest beginning of a code that the release holds.
func nearest(r *index.Release, code string) (index.ReleaseCode, bool) {
	id, _ := index.Undotted(code)
	for n := len(id) - 1; n >= 3; n-- {
		if c, ok := r.Code(strings.TrimRight(id[:n], "X")); ok {
			return c, true
		}
	}
	return index.ReleaseCode{}, false
}

// unspecified picks the one code that says no more than the code above. Seventh
// characters say more.
func unspecified(below []index.ReleaseCode) (index.ReleaseCode, bool) {
	var found []index.ReleaseCode
	for _, c := range below {
		title := strings.ToLower(c.Title)
		if strings.Contains(title, "unspecified") && len(c.ID) < len("S52.501A") {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return index.ReleaseCode{}, false
	}
	return found[0], true
}
