package verify

import (
	"cmp"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// Limits of the CMS-1500 form.
const (
	maxDx        = 12
	maxPointers  = 4
	maxModifiers = 4
)

// checkClaims compares the claim of each policy with exams and diagnoses.
func (s *subject) checkClaims() {
	r := s.result
	if !reflect.DeepEqual(r.Claim, r.Claims[r.Claim.Policy]) {
		s.fail("claim", "it is not the claim of policy %s", r.Claim.Policy)
	}
	if len(r.Claims) != len(policies) {
		s.fail("claims", "%d policies have a claim, want %d", len(r.Claims), len(policies))
	}
	for _, p := range policies {
		c, ok := r.Claims[p]
		path := fmt.Sprintf("claims.%s", p)
		if !ok || c.Policy != p {
			s.fail(path, "it is missing or of another policy")
			continue
		}
		s.checkDx(path, c)
		s.checkLines(path, c)
	}
}

func (s *subject) checkDx(path string, c coding.Claim) {
	if len(c.Dx) > maxDx {
		s.fail(path, "%d diagnoses, a claim takes %d", len(c.Dx), maxDx)
	}
	seen := map[string]bool{}
	for _, code := range c.Dx {
		if s.diagnosis(code) == nil || seen[code] {
			s.fail(path, "%s is no diagnosis of the result, or stands twice", code)
		}
		seen[code] = true
	}
	left := func(d coding.Diagnosis) bool { return !s.options.OmitExternalCauses || !isExternal(d.Code) }
	if len(c.Dx) == 0 && slices.ContainsFunc(s.result.Diagnoses, left) {
		s.fail(path, "no diagnosis is listed")
	}
}

func (s *subject) diagnosis(code string) *coding.Diagnosis {
	for i := range s.result.Diagnoses {
		if s.result.Diagnoses[i].Code == code {
			return &s.result.Diagnoses[i]
		}
	}
	return nil
}

// checkLines builds the lines again: one per exam with a code, or one per side
// where both sides are billed apart. Without a fee schedule they stand in the order of the exams.
func (s *subject) checkLines(path string, c coding.Claim) {
	exams := s.examsOfLines(c)
	last := 0
	for n, exam := range exams {
		at := fmt.Sprintf("%s.lines[%d]", path, n)
		switch {
		case exam < 0:
			s.fail(at, "code or modifiers are not those of an exam that has no line yet")
			continue
		case exam < last && s.options.Payments == nil:
			s.fail(at, "exam %d stands behind exam %d", exam+1, last+1)
		case c.Lines[n].Units != 1:
			s.fail(at, "%d units of one study", c.Lines[n].Units)
		}
		last = max(last, exam)
	}
	for i := range s.result.Exams {
		if len(s.result.Exams[i].Procedures) > 0 && !slices.Contains(exams, i) {
			s.fail(path, "exam %d has no line", i+1)
		}
	}
}

// examsOfLines finds the exam of each line, -1 for a line that bills none. Two exams of one code and the same
// modifiers have a line each, in their order.
func (s *subject) examsOfLines(c coding.Claim) []int {
	exams := make([]int, len(c.Lines))
	for n := range exams {
		exams[n] = -1
	}
	take := func(exam int, modifiers []string) bool {
		for n, l := range c.Lines {
			if exams[n] < 0 && l.Code == s.result.Exams[exam].Procedures[0].Code && slices.Equal(l.Modifiers, modifiers) {
				exams[n] = exam
				return true
			}
		}
		return false
	}
	for i := range s.result.Exams {
		x := &s.result.Exams[i]
		if len(x.Procedures) == 0 {
			continue
		}
		if modifiers := s.lineModifiers(x); !take(i, modifiers) && slices.Contains(modifiers, "50") {
			for _, one := range bySides(modifiers) {
				take(i, one)
			}
		}
	}
	return exams
}

// lineModifiers are those of an exam as they stand on a line: what changes payment first, at most four.
func (s *subject) lineModifiers(x *coding.Exam) []string {
	out := []string{}
	for _, m := range x.Modifiers {
		out = append(out, m.Code)
	}
	slices.SortStableFunc(out, func(a, b string) int { return cmp.Compare(s.modifierRank(a), s.modifierRank(b)) })
	return out[:min(len(out), maxModifiers)]
}

func (s *subject) modifierRank(code string) int {
	for _, m := range s.lex.Modifiers {
		if m.Code == code {
			return m.Rank
		}
	}
	return math.MaxInt
}

func bySides(modifiers []string) [][]string {
	var out [][]string
	for _, side := range []string{"RT", "LT"} {
		one := slices.DeleteFunc(slices.Clone(modifiers), func(m string) bool { return m == "50" })
		out = append(out, append(one, side))
	}
	return out
}

// checkPrimary asks that the mark of the first-listed diagnosis and the claims
// agree.
func (s *subject) checkPrimary() {
	for _, p := range policies {
		first := ""
		if dx := s.result.Claims[p].Dx; len(dx) > 0 {
			first = dx[0]
		}
		for i, d := range s.result.Diagnoses {
			marks := 0
			for _, q := range d.Primary {
				if q == p {
					marks++
				}
			}
			if want := d.Code == first; marks > 1 || want != (marks == 1) {
				s.fail(fmt.Sprintf("diagnoses[%d].primary", i), "%s and the claim of policy %s disagree", d.Code, p)
			}
		}
	}
	for i, d := range s.result.Diagnoses {
		if !slices.IsSorted(d.Primary) {
			s.fail(fmt.Sprintf("diagnoses[%d].primary", i), "the policies are out of order")
		}
	}
}

// checkPolicies asks that both policies bill the same services, that each diagnosis
// is listed by one of them, and that they stand in the order of the default one.
func (s *subject) checkPolicies() {
	r := s.result
	a, b := r.Claims[coding.Indication], r.Claims[coding.Official]
	if len(a.Lines) != len(b.Lines) {
		s.fail("claims", "the policies bill different services")
	}
	var order []string
	full := false
	if s.options.OmitExternalCauses {
		s.checkOmitted()
	}
	for _, p := range []coding.Policy{r.Claim.Policy, coding.Indication, coding.Official} {
		for _, code := range r.Claims[p].Dx {
			if !slices.Contains(order, code) {
				order = append(order, code)
			}
		}
		full = full || len(r.Claims[p].Dx) == maxDx
	}
	if full {
		return // what did not fit on the form is listed by none
	}
	for i, d := range r.Diagnoses {
		if s.options.OmitExternalCauses && isExternal(d.Code) {
			order = slices.Insert(order, min(i, len(order)), d.Code) // wherever it stands among the diagnoses
		}
		if i >= len(order) || order[i] != d.Code {
			s.fail(fmt.Sprintf("diagnoses[%d]", i), "%s is not where the claims list it", d.Code)
		}
	}
}

// checkOmitted asks that no claim lists the cause of an injury.
func (s *subject) checkOmitted() {
	for _, p := range policies {
		for _, code := range s.result.Claims[p].Dx {
			if isExternal(code) {
				s.fail(fmt.Sprintf("claims.%s", p), "%s is listed though causes of injuries are left off", code)
			}
		}
	}
}

// checkSequence asks that the reason comes first and history last, as the
// policies want it.
func (s *subject) checkSequence() {
	for _, p := range policies {
		last := 0
		for n, code := range s.result.Claims[p].Dx {
			d := s.diagnosis(code)
			if d == nil {
				continue
			}
			rank := s.rank(d, p)
			if rank == explaining && last > rank && !s.explainsListed(d) {
				rank = findingRank // what it would have answered for was never said
			}
			if rank < last {
				s.fail(fmt.Sprintf("claims.%s.dx[%d]", p, n), "%s (%s) stands behind a diagnosis that it goes before", code, d.Role)
			}
			if !s.isCause(p, code) { // a cause stands before what it caused, whatever its role
				last = max(last, rank)
			}
		}
	}
}

// isCause reports whether an instruction puts a code before another one of the claim.
func (s *subject) isCause(p coding.Policy, code string) bool {
	return slices.ContainsFunc(s.result.Claims[p].Dx, func(other string) bool { return s.comesBefore(code, other) })
}

// Places of findings: those that answer for the reason of the study, and others.
const (
	explaining  = 1
	findingRank = 3
)

// rank is where a diagnosis belongs under a policy.
func (s *subject) rank(d *coding.Diagnosis, p coding.Policy) int {
	switch {
	case d.Role == coding.RoleScreening:
		return 0
	case p == coding.Official && d.Role == coding.RoleFinding && (s.explainsListed(d) || s.takesSymptomsAlong(d)):
		return explaining
	case d.Role == coding.RoleIndication && !isExternal(d.Code):
		return 2
	case d.Role == coding.RoleFinding:
		return findingRank
	case d.Role == coding.RoleIncidental:
		return 4
	case d.Role == coding.RoleHistory:
		return 5
	}
	return 6
}

// explainsListed reports whether a finding answers for a reason that the result lists.
func (s *subject) explainsListed(finding *coding.Diagnosis) bool {
	return slices.ContainsFunc(s.result.Diagnoses, func(d coding.Diagnosis) bool {
		explains, _ := s.lex.Explains(finding.Code, d.Code)
		return d.Role == coding.RoleIndication && d.Code != finding.Code && explains
	})
}

// takesSymptomsAlong reports whether a finding answers for a symptom that belongs to a
// diagnosis of the result, itself or another one: such a symptom may have been the reason, but is not listed, and cannot
// be seen here.
func (s *subject) takesSymptomsAlong(finding *coding.Diagnosis) bool {
	for _, x := range s.lex.Explanations {
		if strings.HasPrefix(finding.Code, x.Diagnosis) && (x.Integral || s.isTakenAlong(x.Symptom)) {
			return true
		}
	}
	return false
}

func (s *subject) isTakenAlong(symptom string) bool {
	return slices.ContainsFunc(s.lex.Explanations, func(x lexicon.Explanation) bool {
		return x.Integral && (strings.HasPrefix(symptom, x.Symptom) || strings.HasPrefix(x.Symptom, symptom)) &&
			slices.ContainsFunc(s.result.Diagnoses, func(d coding.Diagnosis) bool { return strings.HasPrefix(d.Code, x.Diagnosis) })
	})
}

// isExternal reports a code of the chapter of external causes.
func isExternal(code string) bool { return code != "" && code[0] >= 'V' && code[0] <= 'Y' }
