package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// silentSections tell nothing of what the patient has.
var silentSections = map[string]bool{"technique": true, "comparison": true, "signature": true, "header": true, "recommendation": true}

// checkRoles compares the role of a diagnosis with where its words stand.
func (s *subject) checkRoles() {
	s.eachDiagnosisPlace(func(path string, d *coding.Diagnosis, e coding.Evidence) {
		if silentSections[e.Section] {
			s.fail(path, "section %s states no diagnosis", e.Section)
		}
	})
	for i := range s.result.Diagnoses {
		d := &s.result.Diagnoses[i]
		if len(d.Evidence) > 0 && !s.roleFits(d) {
			s.fail(fmt.Sprintf("diagnoses[%d]", i), "%s is no %s: its section, its kind or how it was judged say otherwise", d.Code, d.Role)
		}
	}
}

// rolesOfJudgement are the roles that a judgement can give; a diagnosis has that of
// one of its places, or of a less specific one that it took in.
var rolesOfJudgement = map[string][]coding.Role{
	"status":     {coding.RoleScreening, coding.RoleHistory, coding.RoleIndication},
	"reason":     {coding.RoleIndication},
	"finding":    {coding.RoleFinding},
	"incidental": {coding.RoleIncidental}, "nonspecific": {coding.RoleIncidental},
	"gestation":           {coding.RoleHistory},
	"completed_treatment": {coding.RoleIndication, coding.RoleHistory}, // checkReasons tells which
	"ruled_out":           {coding.RoleIndication},
}

func (s *subject) roleFits(d *coding.Diagnosis) bool {
	if external := isExternal(d.Code); external || d.Role == coding.RoleExternal {
		return external && d.Role == coding.RoleExternal // whatever the section
	}
	for _, f := range d.Why {
		reason, judged := strings.CutPrefix(f.Name, judgementPrefix)
		if !judged {
			continue
		}
		roles, known := rolesOfJudgement[reason]
		if strings.HasPrefix(reason, "assessment:") {
			roles, known = []coding.Role{coding.RoleFinding, coding.RoleIncidental}, true
		}
		if !known {
			return false
		}
		for _, r := range roles {
			if r == d.Role {
				return true
			}
		}
	}
	return d.Role == coding.RoleIndication && s.isAsked(d)
}

// isAsked reports whether the indication, or the name of the exam, names the same concept less
// precisely, or something generic: the diagnosis has taken it in, and its role.
func (s *subject) isAsked(d *coding.Diagnosis) bool {
	concepts := map[string]bool{}
	for _, e := range d.Evidence {
		for _, n := range s.namings(d, e) {
			if n.term != nil {
				concepts[n.term.Concept] = true
			}
		}
	}
	for _, t := range s.terms.in(s.terms.read(s.report.Text)) {
		if t.diagnosis == nil || !s.mayStandIn(t.start, string(nlp.SectionIndication)) && !s.mayStandIn(t.start, string(nlp.SectionBody)) {
			continue
		}
		if concepts[t.diagnosis.Concept] || s.isGeneric(t.diagnosis.Concept) {
			return true
		}
	}
	return false
}

// isGeneric reports a concept whose code says too little beside any other.
func (s *subject) isGeneric(concept string) bool {
	return slices.ContainsFunc(s.lex.DiagnosisRows(concept), func(row *lexicon.Diagnosis) bool { return s.lex.RelevanceOf(row.Pattern.Text).Generic })
}
