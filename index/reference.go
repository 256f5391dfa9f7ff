package index

import (
	"regexp"
	"strings"
)

// CodeRange is what a note refers to: a code with everything below it, or the
// codes from one to another with everything below those.
type CodeRange struct {
	First string `json:"first"`
	Last  string `json:"last"` // same as First for a single code
}

// referred are the codes in the text of a note: R90, Z22.-, S00-T88, T36.0X5A.
var referred = regexp.MustCompile(`\b([A-Z][0-9A-Z][0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?:\.?-(?:([A-Z][0-9A-Z][0-9A-Z](?:\.[0-9A-Z]{1,4})?)\b)?)?`)

// Codes returns the codes and ranges that a note names, in the order of its
// text. What narrows a range down ("T36-T50 with sixth character 5") is not read.
func (n Note) Codes() []CodeRange {
	var out []CodeRange
	for _, m := range referred.FindAllStringSubmatchIndex(n.Text, -1) {
		first, ok := Undotted(n.Text[m[2]:m[3]])
		if !ok || strings.HasSuffix(n.Text[:m[2]], "vitamin ") {
			continue // a word in capitals, vitamin B12
		}
		last := first
		if m[4] >= 0 {
			if l, ok := Undotted(n.Text[m[4]:m[5]]); ok {
				last = l
			}
		}
		out = append(out, CodeRange{dotted(first), dotted(last)})
	}
	return out
}

// Holds reports whether a code is in the range.
func (r CodeRange) Holds(code string) bool {
	id, ok := Undotted(code)
	first, _ := Undotted(r.First)
	last, _ := Undotted(r.Last)
	if !ok {
		return false
	}
	return first == last && strings.HasPrefix(id, first) || first < last && first <= id && (id <= last || strings.HasPrefix(id, last))
}

// NotesOn returns the notes of a kind that count for a code and name another
// one: with Excludes1, why the two are never coded together; with CodeFirst, why the
// other comes first. What an Excludes1 says counts both ways, so ask it both
// ways.
func (r *Release) NotesOn(kind NoteKind, code, other string) []Note {
	var out []Note
	for _, n := range r.Notes(code) {
		if n.Kind != kind {
			continue
		}
		for _, c := range n.Codes() {
			if c.Holds(other) {
				out = append(out, n)
				break
			}
		}
	}
	return out
}
