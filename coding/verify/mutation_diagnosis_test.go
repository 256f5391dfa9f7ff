package verify_test

import (
	"math"
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

var diagnosisMutations = []mutation{
	{"the words of a diagnosis left out", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, nil)
		if ok {
			d.Evidence = d.Evidence[1:]
		}
		return ok
	}},
	{"the other side of a diagnosis", func(m *mutant) bool {
		d, row, own, ok := rowOf(m)
		if !ok || own.Side != "right" && own.Side != "left" {
			return false
		}
		other := map[string]string{"right": "left", "left": "right"}[own.Side]
		for _, c := range m.lex.Enumerate(row) {
			if c.Side == other && c.Encounter == own.Encounter && c.Rest == own.Rest && !m.namesSide(other) && !hasCode(m, c.Code) {
				m.replaceCode(d.Code, c.Code)
				d.Title = strings.ReplaceAll(d.Title, own.Side, other)
				return true
			}
		}
		return false
	}},
	{"another site of a diagnosis", func(m *mutant) bool {
		d, row, _, ok := rowOf(m)
		if !ok {
			return false
		}
		other, ok := pick(m, m.lex.Diagnoses, func(r *lexicon.Diagnosis) bool {
			return r.Concept == row.Concept && r.Site != 0 && r != row && r.Pattern.Text != "-"
		})
		if !ok || m.names(other.Site) || factSays(m, other.Site) {
			return false
		}
		c := m.lex.Enumerate(other)[0]
		if hasCode(m, c.Code) || reachedOtherwise(m, row.Concept, c.Code, other.Site) {
			return false
		}
		m.replaceCode(d.Code, c.Code)
		d.Title = c.Title
		return true
	}},
	{"a diagnosis of something else", func(m *mutant) bool {
		d, _, _, ok := rowOf(m)
		if !ok {
			return false
		}
		row, ok := pick(m, m.lex.Diagnoses, func(r *lexicon.Diagnosis) bool { return r.Pattern.Text != "-" })
		if !ok {
			return false
		}
		c := m.lex.Enumerate(row)[0]
		if hasCode(m, c.Code) || namesDiagnosis(m, c.Code) {
			return false
		}
		m.replaceCode(d.Code, c.Code)
		d.Title = c.Title
		return true
	}},
	{"a code cut short", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, func(d *coding.Diagnosis) bool { return len(d.Code) > 5 })
		if !ok {
			return false
		}
		short := d.Code[:len(d.Code)-1]
		for i := range m.lex.Diagnoses {
			for _, f := range m.lex.Diagnoses[i].Pattern.Fills(short) {
				_ = f
				return false
			}
		}
		m.replaceCode(d.Code, short)
		return true
	}},
	{"a code without its seventh character", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, func(d *coding.Diagnosis) bool { return len(d.Code) == len("S52.501A") })
		if ok {
			m.replaceCode(d.Code, d.Code[:len(d.Code)-1])
		}
		return ok
	}},
	{"another role", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, nil)
		if !ok {
			return false
		}
		d.Role = map[coding.Role]coding.Role{
			coding.RoleIndication: coding.RoleFinding, coding.RoleFinding: coding.RoleHistory, coding.RoleIncidental: coding.RoleScreening,
			coding.RoleHistory: coding.RoleFinding, coding.RoleScreening: coding.RoleIncidental,
		}[d.Role]
		return !slices.ContainsFunc(d.Why, func(f coding.Feature) bool { // a diagnosis judged in several places has several roles
			return f.Name == "judgement:finding" && d.Role == coding.RoleFinding || strings.Contains(f.Name, "assessment") || f.Name == "judgement:gestation" && d.Role == coding.RoleHistory
		})
	}},
	{"a role that does not exist", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, nil)
		if ok {
			d.Role = "complaint"
		}
		return ok
	}},
	{"a diagnosis that is denied", func(m *mutant) bool { return addStated(m, deniedWords) }},
	{"a diagnosis that is only possible", func(m *mutant) bool { return addStated(m, possibleWords) }},
	{"a diagnosis listed twice", func(m *mutant) bool {
		d, ok := pick(m, m.result.Diagnoses, nil)
		if ok {
			m.result.Diagnoses = append(m.result.Diagnoses, *d)
		}
		return ok
	}},
	{"a diagnosis that no claim lists", func(m *mutant) bool {
		if len(m.result.Claim.Dx) > 11 || len(m.result.Diagnoses) < 2 {
			return false
		}
		code := m.result.Diagnoses[len(m.result.Diagnoses)-1].Code
		m.eachClaim(func(c *coding.Claim) { c.Dx = slices.DeleteFunc(c.Dx, func(x string) bool { return x == code }) })
		for i := range m.result.Claim.Lines {
			trim(&m.result.Claim, i)
		}
		for p, c := range m.result.Claims {
			for i := range c.Lines {
				trim(&c, i)
			}
			m.result.Claims[p] = c
		}
		return true
	}},
}

// trim takes pointers behind the end away.
func trim(c *coding.Claim, i int) {
	c.Lines[i].Dx = slices.DeleteFunc(c.Lines[i].Dx, func(n int) bool { return n > len(c.Dx) })
}

// rowOf picks a diagnosis and finds a row that gives its code and title.
func rowOf(m *mutant) (*coding.Diagnosis, *lexicon.Diagnosis, lexicon.DiagnosisCode, bool) {
	d, ok := pick(m, m.result.Diagnoses, nil)
	if !ok {
		return nil, nil, lexicon.DiagnosisCode{}, false
	}
	for i := range m.lex.Diagnoses {
		row := &m.lex.Diagnoses[i]
		if row.Pattern.Fills(d.Code) == nil {
			continue
		}
		for _, c := range m.lex.Enumerate(row) {
			if c.Code == d.Code && (c.Title == d.Title || strings.HasPrefix(c.Title, d.Title)) {
				return d, row, c, true
			}
		}
	}
	return nil, nil, lexicon.DiagnosisCode{}, false
}

func hasCode(m *mutant, code string) bool {
	return slices.ContainsFunc(m.result.Diagnoses, func(d coding.Diagnosis) bool { return d.Code == code })
}

// factSays reports whether an exam's fact is at or in a site.
func factSays(m *mutant, site lexicon.ConceptID) bool {
	return slices.ContainsFunc(m.result.Exams, func(x coding.Exam) bool {
		return slices.ContainsFunc(x.Facts, func(f coding.ExamFact) bool {
			id := m.lex.Lookup(lexicon.Region, f.Concept)
			return f.Axis == "region" && id != 0 && m.lex.Is(id, site)
		})
	})
}

// reachedOtherwise reports whether rows of the concept, or of one that a history or combination makes of
// it, give a code without the site.
func reachedOtherwise(m *mutant, concept, code string, site lexicon.ConceptID) bool {
	for i := range m.lex.Diagnoses {
		r := &m.lex.Diagnoses[i]
		if r.Pattern.Fills(code) != nil && r.Site != site && (r.Site == 0 || m.names(r.Site) || factSays(m, r.Site)) {
			return true
		}
	}
	return false
}

// namesDiagnosis reports whether a term of any concept that can become a code may
// stand in the report, by itself, as a history, or combined.
func namesDiagnosis(m *mutant, code string) bool {
	concepts := map[string]bool{}
	for i := range m.lex.Diagnoses {
		if m.lex.Diagnoses[i].Pattern.Fills(code) != nil {
			concepts[m.lex.Diagnoses[i].Concept] = true
		}
	}
	for _, h := range m.lex.Histories {
		if concepts[h.Personal] || concepts[h.Family] {
			concepts[h.Concept] = true
		}
	}
	for _, c := range m.lex.Combinations {
		if concepts[c.Concept] {
			concepts[c.First], concepts[c.Second] = true, true
		}
	}
	for _, s := range m.lex.Screenings {
		if concepts[s.Concept] {
			concepts["screening_unspecified"] = true
		}
	}
	for _, a := range m.lex.AssessmentDiagnoses {
		if concepts[a.Concept] && len(m.result.Assessments) > 0 {
			return true
		}
	}
	if concepts["gestational_age"] || (concepts["osteopenia"] || concepts["osteoporosis"]) && len(m.result.Assessments) > 0 {
		return true
	}
	all := m.everything()
	for c := range concepts {
		if slices.ContainsFunc(m.terms.byDiagnosis[c], func(t string) bool { return strings.Contains(all, t) }) {
			return true
		}
	}
	return slices.ContainsFunc(m.lex.DiagnosisTerms, func(t lexicon.DiagnosisTerm) bool { return concepts[t.Concept] && abbreviates(m, t.Text) })
}

// Words directly before a term that make it denied, or only possible.
var (
	deniedWords   = regexp.MustCompile(`(?i)\b(?:no|without|no evidence of|negative for|denies) $`)
	possibleWords = regexp.MustCompile(`(?i)\b(?:possible|probable|suspected|questionable|rule out|suspicious for|likely) $`)
)

// addStated adds a diagnosis for a term that stands behind such words, whole in everything
// else: place, section, sums, claims.
func addStated(m *mutant, before *regexp.Regexp) bool {
	for _, mention := range m.doc.Mentions {
		if mention.Problem == nil || !before.MatchString(m.report.Text[:mention.Start]) || len(m.result.Claim.Dx) > 10 {
			continue
		}
		t := mention.Problem
		c, ok := m.lex.Diagnose(lexicon.Finding{Concept: t.Concept, Site: t.Site, With: t.With})
		if !ok || c.Code == "" || hasCode(m, c.Code) || isStatusKind(c.Row.Kind) || strings.HasPrefix(c.Code, "Z") || len(m.result.Diagnoses) == 0 {
			continue
		}
		m.result.Diagnoses = append(m.result.Diagnoses, coding.Diagnosis{
			System: lexicon.ICD10CM, Code: c.Code, Title: c.Title, Role: coding.RoleFinding, Confidence: 0.6225, Primary: []coding.Policy{},
			Why: []coding.Feature{{Name: "bias", Value: math.Round(math.Log(0.6225/0.3775)*1000) / 1000}, {Name: "judgement:finding", Value: 1}},
			Evidence: []coding.Evidence{{
				Start: mention.Start, End: mention.End, Section: string(m.doc.Sections[mention.Section].Kind), Source: mention.Source.String(),
			}},
		})
		m.eachClaim(func(cl *coding.Claim) {
			cl.Dx = append(cl.Dx, c.Code)
			for i := range cl.Lines {
				if len(cl.Dx) <= 4 {
					cl.Lines[i].Dx = append(cl.Lines[i].Dx, len(cl.Dx))
				}
			}
		})
		return true
	}
	return false
}

func isStatusKind(kind string) bool {
	return slices.Contains([]string{"history", "status", "device", "screening", "followup", "aftercare", "reason"}, kind)
}
