package index

import (
	"regexp"
	"slices"
	"strings"
)

// CodeRange is what a note refers to: a code with everything below it, or the
// codes from one to another with everything below those.
type CodeRange struct {
	First string `json:"first"`
	Last  string `json:"last"` // same as First for a single code

	// At and Characters narrow the range down to the codes with one of the
	// characters at one of the places, counted from 1: "T36-T50 with fifth or sixth
	// character 5". At is empty for all codes, 0 in it the last character of a code.
	At         []int  `json:"at,omitempty"`
	Characters string `json:"characters,omitempty"`
}

// referred are the codes in the text of a note: R90, Z22.-, S00-T88, T36.0X5A,
// B65.0 -B83.9, S32.1--S32.9.
var referred = regexp.MustCompile(`\b([A-Z][0-9A-Z][0-9A-Z](?:\.[0-9A-Z]{1,4})?)(?:\.?-(?:-?([A-Z][0-9A-Z][0-9A-Z](?:\.[0-9A-Z]{1,4})?)\b)?| -([A-Z][0-9][0-9A-Z](?:\.[0-9A-Z]{1,4})?)\b)?`)

// narrowed is what follows codes to leave only some of them: "with fifth or sixth
// character 1-4", "with 7th character B or C".
var narrowed = regexp.MustCompile(`^[-,]*\s*with ([a-z0-9 ]+?) characters?\b\s*(.*)$`)

// Codes returns the codes and ranges that a note names, in the order of its
// text. A range that is narrowed down in words that are not understood ("with open
// fracture 7th character") is left out: it would hold too much.
func (n Note) Codes() []CodeRange {
	var out []CodeRange
	for _, group := range groups(n.Text) {
		out = append(out, codesIn(group)...)
	}
	return out
}

// groups cuts a note at its parentheses: what narrows codes down stands in the
// same ones.
func groups(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == '(' || r == ')' })
}

func codesIn(text string) []CodeRange {
	var out []CodeRange
	end := 0
	for _, m := range referred.FindAllStringSubmatchIndex(text, -1) {
		first, ok := Undotted(text[m[2]:m[3]])
		if !ok || strings.HasSuffix(text[:m[2]], "vitamin ") {
			continue // a word in capitals, vitamin B12
		}
		last := first
		for _, at := range []int{4, 6} {
			if m[at] >= 0 {
				if l, ok := Undotted(text[m[at]:m[at+1]]); ok {
					last = l
				}
			}
		}
		out, end = append(out, CodeRange{First: dotted(first), Last: dotted(last)}), m[1]
	}
	with := narrowed.FindStringSubmatch(text[end:])
	if with == nil || out == nil {
		return out
	}
	at, characters := places(with[1]), characters(with[2])
	if at == nil || characters == "" {
		return nil
	}
	for i := range out {
		out[i].At, out[i].Characters = at, characters
	}
	return out
}

// placeNames are the places of a character in a code. "Six" is how one note spells it.
var placeNames = map[string]int{
	"fourth": 4, "4th": 4, "fifth": 5, "5th": 5, "sixth": 6, "six": 6, "6th": 6, "seventh": 7, "7th": 7, "final": 0,
}

func places(words string) []int {
	var out []int
	for w := range strings.FieldsSeq(words) {
		at, known := placeNames[w]
		switch {
		case known:
			out = append(out, at)
		case w != "or":
			return nil
		}
	}
	return out
}

// characters reads "5", "1-4 or 6" and "B or C"; "" is anything else.
func characters(words string) string {
	var out strings.Builder
	for w := range strings.FieldsSeq(words) {
		w = strings.TrimRight(w, ".,;")
		switch {
		case len(w) == 1:
			out.WriteString(w)
		case len(w) == 3 && w[1] == '-' && w[0] < w[2]:
			for c := w[0]; c <= w[2]; c++ {
				out.WriteByte(c)
			}
		case w == "or":
		default:
			return out.String()
		}
	}
	return out.String()
}

// Holds reports whether a code is in the range.
func (r CodeRange) Holds(code string) bool {
	id, ok := Undotted(code)
	first, _ := Undotted(r.First)
	last, _ := Undotted(r.Last)
	if !ok || !r.admits(id) {
		return false
	}
	return first == last && strings.HasPrefix(id, first) || first < last && first <= id && (id <= last || strings.HasPrefix(id, last))
}

// admits asks what narrows the range down.
func (r CodeRange) admits(id string) bool {
	return len(r.At) == 0 || slices.ContainsFunc(r.At, func(at int) bool {
		if at == 0 {
			at = len(id)
		}
		return at <= len(id) && strings.IndexByte(r.Characters, id[at-1]) >= 0
	})
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
