package index

import (
	"math/bits"
	"regexp"
	"slices"
	"strings"
)

// complete finds the billable code that an entry's code stands for, given a phrase:
// at each character the child whose own words the phrase says, else the one child there is, else the
// one that is not specified further; then the side, where it is stated. said are the words of the phrase that decided. Where
// there is no such child, the code stays as far as it came; it is not billable then.
func (r *Release) complete(code string, p *phrase) (c ReleaseCode, said uint64, ok bool) {
	c, ok = r.Code(strings.TrimRight(code, ".-"))
	if !ok {
		return c, 0, false
	}
	for !c.Billable {
		below := r.Children(c.ID)
		if seventh, mask := r.seventhChild(below, p); seventh != nil {
			c, said = *seventh, said|mask
			break
		}
		child, mask, found := pick(c, below, p)
		if !found {
			break
		}
		c, said = child, said|mask
	}
	c, mask := r.sided(c, p)
	return c, said | mask, true
}

// sided exchanges a code for an unspecified side for its twin of the side stated: the code
// whose title is the same but for the side.
func (r *Release) sided(c ReleaseCode, p *phrase) (ReleaseCode, uint64) {
	side := statedSide(p)
	if side == "" || !strings.Contains(strings.ToLower(c.Title), "unspecified") {
		return c, 0
	}
	id, _ := Undotted(c.ID)
	for _, at := range append([]ReleaseCode{c}, r.Ancestors(c.ID)...) {
		up, _ := Undotted(at.ID)
		for _, twin := range r.Children(at.Parent) {
			other, _ := Undotted(twin.ID)
			if other == up || !slices.Contains(wordsOf(twin.Title), side) || bareTitle(twin.Title) != bareTitle(at.Title) {
				continue
			}
			if whole, ok := r.Code(other + id[len(up):]); ok && bareTitle(whole.Title) == bareTitle(c.Title) {
				return whole, p.mask(side)
			}
		}
	}
	return c, 0
}

func statedSide(p *phrase) string {
	for _, side := range []string{"bilateral", "right", "left"} {
		if p.says(side) {
			return side
		}
	}
	return ""
}

// bareTitle is a title without sides and what stands in their place.
func bareTitle(title string) string {
	words := slices.DeleteFunc(contentWords(title), func(w string) bool { return sideWords[w] || w == "unspecified" || w == "side" })
	return strings.Join(words, " ")
}

// pick chooses a child of an incomplete code.
func pick(c ReleaseCode, below []ReleaseCode, p *phrase) (ReleaseCode, uint64, bool) {
	if child, mask, ok := stated(c, below, p); ok {
		return child, mask, true
	}
	if len(below) == 1 {
		return below[0], 0, true
	}
	if child, ok := leastSaid(c, below); ok {
		return child, 0, true
	}
	return ReleaseCode{}, 0, false
}

// ownWords are the words that a child's title has beside its parent's and beside what all its
// siblings say ("ear" of "left ear").
func ownWords(known []string, title string) []string {
	return slices.DeleteFunc(contentWords(title), func(w string) bool {
		return slices.Contains(known, w) || weakWords[w] && w != "unspecified"
	})
}

// knownWords are the words of a code and those that the titles of all its children have.
func knownWords(c ReleaseCode, below []ReleaseCode) []string {
	known := contentWords(c.Title)
	if len(below) < 2 {
		return known
	}
	common := contentWords(below[0].Title)
	for _, child := range below[1:] {
		words := contentWords(child.Title)
		common = slices.DeleteFunc(common, func(w string) bool { return !slices.Contains(words, w) })
	}
	return append(known, common...)
}

// stated returns the child all of whose own words the phrase says, the most of them; among
// equals the one that has more words of the phrase in all.
func stated(c ReleaseCode, below []ReleaseCode, p *phrase) (best ReleaseCode, said uint64, ok bool) {
	known := knownWords(c, below)
	most := 0
	for _, child := range below {
		own := ownWords(known, child.Title)
		mask := p.mask(own...)
		if mask == 0 || slices.ContainsFunc(own, func(w string) bool { return p.bits[w] == 0 }) {
			continue
		}
		n := 100*bits.OnesCount64(mask) + bits.OnesCount64(p.mask(contentWords(child.Title)...))
		if n > most {
			best, said, ok, most = child, mask, true, n
		}
	}
	return best, said, ok
}

// leftOpen is what a title says is not known: "unspecified trimester", "unspecified eye".
var leftOpen = regexp.MustCompile(`\bunspecified( as to [a-z ]+|( [a-z]+)?)`)

// leastSaid returns the one child that says it is not specified further; of several the
// one whose title has the fewest words besides.
func leastSaid(c ReleaseCode, below []ReleaseCode) (best ReleaseCode, ok bool) {
	known := knownWords(c, below)
	least, tied := 1<<10, false
	for _, child := range below {
		title := strings.ToLower(child.Title)
		if !strings.Contains(title, "unspecified") && !strings.Contains(title, "not specified") && !strings.HasSuffix(title, " nos") && !strings.Contains(title, " nos ") {
			continue
		}
		own := ownWords(known, claimed(leftOpen.ReplaceAllString(title, "")))
		switch n := len(own); {
		case n < least:
			best, least, tied, ok = child, n, false, true
		case n == least:
			tied = true
		}
	}
	return best, ok && !tied
}
