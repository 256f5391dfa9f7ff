package index

import (
	"math/bits"
	"slices"
	"strings"
)

// complete finds the billable code that an entry's code stands for, given a phrase:
// at each character the child whose own words the phrase says, else the one for what is not
// specified. said are the words of the phrase that decided. A code without such
// children stays as it is.
func (r *Release) complete(code string, p *phrase) (c ReleaseCode, said uint64, ok bool) {
	c, ok = r.Code(strings.TrimRight(code, ".-"))
	if !ok {
		return c, 0, false
	}
	if c.Billable {
		return r.sided(c, p)
	}
	for !c.Billable {
		below := r.Children(c.ID)
		if sevenths := r.seventhChild(below, p); sevenths != nil {
			return *sevenths, said, true
		}
		child, mask, found := pick(c, below, p)
		if !found {
			break
		}
		c, said = child, said|mask
	}
	return c, said, true
}

// sided exchanges a code for an unspecified side for that of the side stated.
func (r *Release) sided(c ReleaseCode, p *phrase) (ReleaseCode, uint64, bool) {
	up, ok := r.Code(c.Parent)
	if !ok || p.mask("right", "left", "bilateral") == 0 || !strings.Contains(strings.ToLower(c.Title), "unspecified") {
		return c, 0, true
	}
	side, mask, ok := stated(up, r.Children(up.ID), p)
	if !ok {
		return c, 0, true
	}
	for !side.Billable {
		child, more, found := pick(side, r.Children(side.ID), p)
		if !found {
			return c, 0, true
		}
		side, mask = child, mask|more
	}
	return side, mask, true
}

// pick chooses a child of an incomplete code.
func pick(c ReleaseCode, below []ReleaseCode, p *phrase) (ReleaseCode, uint64, bool) {
	if child, mask, ok := stated(c, below, p); ok {
		return child, mask, true
	}
	if len(below) == 1 {
		return below[0], 0, true
	}
	for _, word := range []string{"unspecified", "NOS", "not specified"} {
		for _, child := range below {
			if strings.Contains(strings.ToLower(child.Title), strings.ToLower(word)) {
				return child, 0, true
			}
		}
	}
	// The last resort of the tabular list: 9 is what is not specified.
	for _, child := range below {
		if strings.HasSuffix(child.ID, "9") {
			return child, 0, true
		}
	}
	return ReleaseCode{}, 0, false
}

// stated returns the child all of whose own words the phrase says, the most of them.
func stated(c ReleaseCode, below []ReleaseCode, p *phrase) (best ReleaseCode, said uint64, ok bool) {
	known := contentWords(c.Title)
	for _, child := range below {
		own := slices.DeleteFunc(contentWords(child.Title), func(w string) bool { return slices.Contains(known, w) || weakWords[w] && w != "unspecified" })
		mask := p.mask(own...)
		missing := slices.ContainsFunc(own, func(w string) bool { return p.bits[w] == 0 })
		if !missing && bits.OnesCount64(mask) > bits.OnesCount64(said) {
			best, said, ok = child, mask, true
		}
	}
	return best, said, ok
}

// seventhChild chooses among children that differ in the seventh character alone: the
// first encounter unless the phrase says another.
func (r *Release) seventhChild(below []ReleaseCode, p *phrase) *ReleaseCode {
	want := []string{"A", "0", "9"}
	switch {
	case p.mask("subsequent") != 0:
		want = []string{"D"}
	case p.mask("sequela", "sequelae") != 0:
		want = []string{"S"}
	case p.mask("open") != 0:
		want = []string{"B", "A"}
	}
	for _, char := range want {
		for _, c := range below {
			if len(c.ID) == len("S52.501A") && strings.HasSuffix(c.ID, char) {
				return &c
			}
		}
	}
	return nil
}
