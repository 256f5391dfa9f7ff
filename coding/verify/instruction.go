package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// checkInstructions holds each claim against what the tabular list says of two of its codes: a sign gives way to the
// disease that excludes it, and a cause comes before what it caused.
func (s *subject) checkInstructions() {
	for _, p := range policies {
		dx := s.result.Claims[p].Dx
		for i, code := range dx {
			path := fmt.Sprintf("claims.%s.dx[%d]", p, i)
			for k, other := range dx {
				if k > i && s.comesBefore(other, code) {
					s.fail(path, "%s stands before %s, which comes first", code, other)
				}
				if k != i && s.givesWay(code, other, p) {
					s.fail(path, "%s is excluded by %s and gives way", code, other)
				}
			}
		}
	}
}

// comesBefore reports whether a cause comes before a code, and not the other way round too.
func (s *subject) comesBefore(cause, code string) bool {
	return s.asksFirst(code, cause) && !s.asksFirst(cause, code)
}

func (s *subject) asksFirst(code, cause string) bool {
	return slices.ContainsFunc(s.lex.Instructions, func(x lexicon.Instruction) bool {
		return (x.Kind == lexicon.InstructCodeFirst || x.Kind == lexicon.InstructCodeFirstIf) && x.Codes.Holds(code) && x.Others.Holds(cause)
	}) || s.releaseAsksFirst(code, cause)
}

// releaseAsksFirst reads the notes of the imported release; what is a manifestation of any disease comes behind all of them.
func (s *subject) releaseAsksFirst(code, cause string) bool {
	r := s.release()
	if r == nil {
		return false
	}
	c, _ := r.Code(code)
	return slices.ContainsFunc(r.Notes(code), func(n index.Note) bool {
		if n.Kind != index.CodeFirst {
			return false
		}
		any := strings.HasPrefix(n.Text, "Code first underlying") && strings.Contains(c.Title, "classified elsewhere")
		return any && cause != code && (cause[0] < 'R' || cause[0] == 'S' || cause[0] == 'T') ||
			slices.ContainsFunc(n.Codes(), func(x index.CodeRange) bool { return x.Holds(cause) })
	})
}

// givesWay reports whether a code is a sign that a disease of the same claim excludes. Where the indication comes
// first it stays, unless the indication names the disease too.
func (s *subject) givesWay(sign, disease string, p coding.Policy) bool {
	a, b := s.diagnosis(sign), s.diagnosis(disease)
	if a == nil || b == nil || !s.isOfKind(a, "symptom") || !s.isOfKind(b, "disease", "injury", "neoplasm") ||
		b.Role == coding.RoleIncidental || b.Role == coding.RoleHistory ||
		p == coding.Indication && a.Role == coding.RoleIndication && b.Role != coding.RoleIndication {
		return false
	}
	return slices.ContainsFunc(s.lex.Instructions, func(x lexicon.Instruction) bool {
		return x.Kind == lexicon.InstructExcludes1 && (x.Codes.Holds(sign) && x.Others.Holds(disease) || x.Codes.Holds(disease) && x.Others.Holds(sign))
	})
}

// isOfKind reports whether all rows by which the words lead to a code are of one of the kinds.
func (s *subject) isOfKind(d *coding.Diagnosis, kinds ...string) bool {
	n := 0
	for _, e := range d.Evidence {
		for _, x := range s.namings(d, e) {
			for _, w := range x.ways {
				if n++; !slices.Contains(kinds, w.row.Kind) {
					return false
				}
			}
		}
	}
	return n > 0
}
