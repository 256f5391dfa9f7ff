package coding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// patientRules compare the patient with what was examined and coded.
var patientRules = []Rule{
	{
		ID: "sex_conflict", Doc: "the patient's sex contradicts the metadata, an organ or a code", Source: "coding guide 000, discrepancies; CMS Medicare Code Editor, sex conflict", Severity: SeverityWarning,
		Query: "Is this the right patient: which sex is meant?",
		Check: func(e *Engine, s *study) []Finding { return e.sexConflicts(s) },
	},
	{
		ID: "age_conflict", Doc: "the patient's age contradicts the metadata or a code", Source: "coding guide 000, discrepancies; CMS Medicare Code Editor, age conflict", Severity: SeverityWarning,
		Query: "Is this the right patient: how old is the patient?",
		Check: func(e *Engine, s *study) []Finding { return e.ageConflicts(s) },
	},
}

var spokenSex = map[string]string{"F": "female", "M": "male"}

func (e *Engine) sexConflicts(s *study) []Finding {
	p := s.patient()
	if p.sex == "" {
		return nil
	}
	if p.otherSex != "" {
		return []Finding{{Message: fmt.Sprintf("the metadata say %s, the report says %s", spokenSex[p.sex], spokenSex[p.otherSex]), Evidence: p.sexAt}}
	}
	for _, l := range e.lex.PatientLimits {
		if l.Sex == "" || l.Sex == p.sex {
			continue
		}
		if what, at, ok := e.concernsPatient(s, &l); ok {
			return []Finding{{Message: fmt.Sprintf("the patient is %s, %s is of %s patients", spokenSex[p.sex], what, spokenSex[l.Sex]), Evidence: append(slices.Clone(p.sexAt), at...)}}
		}
	}
	return nil
}

func (e *Engine) ageConflicts(s *study) []Finding {
	p := s.patient()
	if !p.aged {
		return nil
	}
	if p.otherAge >= 0 {
		return []Finding{{Message: fmt.Sprintf("the metadata say %g years, the report says %g", p.age, p.otherAge), Evidence: p.ageAt}}
	}
	for _, l := range e.lex.PatientLimits {
		young, old := l.From >= 0 && p.age < float64(l.From), l.To >= 0 && p.age >= float64(l.To)+1
		if !young && !old {
			continue
		}
		if what, at, ok := e.concernsPatient(s, &l); ok {
			return []Finding{{Message: fmt.Sprintf("the patient is %.3g years old, %s is for %d to %d", p.age, what, l.From, l.To), Evidence: append(slices.Clone(p.ageAt), at...)}}
		}
	}
	return nil
}

// concernsPatient looks for what a limit is about: an organ examined, a code of the claim, a
// diagnosis of the present. Of history and relatives nothing counts.
func (e *Engine) concernsPatient(s *study, l *lexicon.PatientLimit) (what string, at []Evidence, ok bool) {
	switch l.Kind {
	case "region":
		for i := range s.exams {
			f := &s.exams[i].facts
			for _, x := range f.Facts {
				if x.Axis == lexicon.Region && e.lex.Is(x.Concept, l.Region) {
					return "the " + e.lex.Concept(l.Region).Title, x.Evidence, true
				}
			}
		}
	case "procedure":
		for i := range s.exams {
			if p := e.best(&s.exams[i]); p != nil && p.Code == l.What {
				return p.Code + " (" + p.Title + ")", nil, true
			}
		}
	case "diagnosis":
		for i := range s.diagnoses {
			d := &s.diagnoses[i]
			if d.Role != RoleHistory && strings.HasPrefix(d.Code, l.What) {
				return d.Code + " (" + d.Title + ")", d.Evidence, true
			}
		}
	}
	return "", nil, false
}
