package verify

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// release returns the imported release of the date of service, nil without one.
func (s *subject) release() *index.Release {
	if s.options.Release == nil {
		return nil
	}
	return s.options.Release(s.date)
}

// checkDiagnoses looks every diagnosis code up: in the release of the date of
// service, or in what the lexicon's patterns can become, all of which are whole codes.
func (s *subject) checkDiagnoses() {
	seen := map[string]bool{}
	for i, d := range s.result.Diagnoses {
		path := fmt.Sprintf("diagnoses[%d]", i)
		if seen[d.Code] {
			s.fail(path, "%s stands twice", d.Code)
		}
		seen[d.Code] = true
		if r := s.release(); r != nil {
			c, ok := r.Code(d.Code)
			switch {
			case !ok:
				s.fail(path, "%s is not in the release of %s", d.Code, s.date)
			case !c.Billable:
				s.fail(path, "%s is a header and not billable on %s", d.Code, s.date)
			case c.ID != d.Code || c.Title != d.Title:
				s.fail(path, "code or title is not as the release writes %s", d.Code)
			}
			continue
		}
		switch {
		case !s.lex.CouldExist(lexicon.ICD10CM, d.Code):
			s.fail(path, "%q is no ICD-10-CM code", d.Code)
		case !s.isWhole(d.Code):
			s.fail(path, "%s is no whole code of the tables on %s", d.Code, s.date)
		}
	}
}

// way is a row of the lexicon that gives a code, and what it fills its slots with.
type way struct {
	row  *lexicon.Diagnosis
	fill []lexicon.Fill
}

// waysTo returns every way from a concept to a code.
func (v *Verifier) waysTo(concept, code string) []way {
	var out []way
	for _, row := range v.lex.DiagnosisRows(concept) {
		for _, fill := range row.Pattern.Fills(code) {
			out = append(out, way{row, fill})
		}
	}
	return out
}

// checkDiagnosisWords asks of every place whether it names the diagnosis.
func (s *subject) checkDiagnosisWords() {
	s.eachDiagnosisPlace(func(path string, d *coding.Diagnosis, e coding.Evidence) {
		if len(s.namings(d, e)) == 0 && !s.isRetrieved(d, e) {
			s.fail(path, "[%d,%d) holds no term that leads to %s", e.Start, e.End, d.Code)
		}
	})
	for i, d := range s.result.Diagnoses {
		if len(d.Evidence) == 0 {
			s.fail(fmt.Sprintf("diagnoses[%d]", i), "%s has no place in the report", d.Code)
		}
	}
}

func (s *subject) eachDiagnosisPlace(f func(path string, d *coding.Diagnosis, e coding.Evidence)) {
	for i := range s.result.Diagnoses {
		d := &s.result.Diagnoses[i]
		for k, e := range d.Evidence {
			f(fmt.Sprintf("diagnoses[%d].evidence[%d]", i, k), d, e)
		}
	}
}

// naming is a concept that the words of a place name, and how it leads to the code.
type naming struct {
	term *lexicon.DiagnosisTerm // nil for a category or a week of pregnancy
	ways []way
}

// namings returns the readings of a place that lead to the code of a diagnosis. Where
// a release moved the code, its neighbours under one category count as well.
func (s *subject) namings(d *coding.Diagnosis, e coding.Evidence) []naming {
	key := namingKey{d, e}
	out, known := s.named[key]
	if !known {
		out = s.readNamings(d, e)
		s.named[key] = out
	}
	return out
}

// namingKey is a place of a diagnosis of the result.
type namingKey struct {
	diagnosis *coding.Diagnosis
	place     coding.Evidence
}

func (s *subject) readNamings(d *coding.Diagnosis, e coding.Evidence) []naming {
	var out []naming
	add := func(t *lexicon.DiagnosisTerm, concept string) {
		if ways := s.waysToAny(concept, d.Code); len(ways) > 0 {
			out = append(out, naming{t, ways})
		}
	}
	words := s.words(e)
	others := s.diagnosesIn(s.sentence(e))
	for _, t := range s.diagnosesIn(words) {
		add(t, t.Concept)
		if h := s.lex.HistoryOf(t.Concept); h != nil {
			add(t, h.Personal)
			add(t, h.Family)
		}
		if t.Concept == "screening_unspecified" {
			for i := range s.result.Exams {
				if p := s.best(&s.result.Exams[i]); p != nil {
					add(t, s.lex.ScreeningWith(p.Code))
				}
			}
		}
		for _, o := range append(others, s.meantBySystems()...) {
			if c := s.lex.Combine(t.Concept, o.Concept); c != nil {
				add(&lexicon.DiagnosisTerm{Concept: c.Concept, Site: t.Site, With: slices.Concat(t.With, o.With, c.With)}, c.Concept)
			}
		}
	}
	for _, t := range append(s.meant(d, e, words), s.meantAsReason(d, words)...) {
		add(t, t.Concept)
	}
	return out
}

// waysToAny also looks for codes of today that had another one on the date of service, and for those that the
// release put in the place of the lexicon's.
func (s *subject) waysToAny(concept, code string) []way {
	if concept == "" {
		return nil
	}
	out := s.waysTo(concept, code)
	for _, later := range s.laterCodes(code) {
		out = append(out, s.waysTo(concept, later)...)
	}
	if len(out) > 0 || s.release() == nil || len(code) < 3 {
		return out
	}
	for _, row := range s.lex.DiagnosisRows(concept) {
		if strings.HasPrefix(row.Pattern.Text, code[:3]) {
			out = append(out, way{row: row})
		}
	}
	return out
}

func (s *subject) diagnosesIn(words []word) []*lexicon.DiagnosisTerm {
	var out []*lexicon.DiagnosisTerm
	for _, t := range s.terms.in(words) {
		if t.diagnosis != nil {
			out = append(out, t.diagnosis)
		}
	}
	return out
}

// boneConcepts are what a T-score means.
var boneConcepts = []string{"osteopenia", "osteoporosis"}

// gestationConcept is the week of a pregnancy.
const gestationConcept = "gestational_age"

// meant returns what a place means without naming it: a category of a reporting
// system, a T-score, the week of a pregnancy.
func (s *subject) meant(d *coding.Diagnosis, e coding.Evidence, words []word) []*lexicon.DiagnosisTerm {
	var out []*lexicon.DiagnosisTerm
	for i := range s.lex.AssessmentDiagnoses {
		a := &s.lex.AssessmentDiagnoses[i]
		if has(d.Why, judgementPrefix+"assessment:"+a.System) && s.isAssessed(e) {
			out = append(out, &lexicon.DiagnosisTerm{Concept: a.Concept, Site: a.Site, With: a.With})
		}
	}
	if s.isAssessed(e) && slices.ContainsFunc(d.Why, func(f coding.Feature) bool { return strings.HasPrefix(f.Name, judgementPrefix+"assessment:") }) {
		for _, c := range boneConcepts {
			out = append(out, &lexicon.DiagnosisTerm{Concept: c})
		}
	}
	if has(d.Why, judgementPrefix+"gestation") && weeksIn(words, 0, 45) {
		out = append(out, &lexicon.DiagnosisTerm{Concept: gestationConcept})
	}
	return out
}

// isAssessed reports whether a place is that of an assessment of the result.
func (s *subject) isAssessed(e coding.Evidence) bool {
	return slices.ContainsFunc(s.result.Assessments, func(a coding.Assessment) bool {
		return slices.ContainsFunc(a.Evidence, func(x coding.Evidence) bool {
			return x.Section == e.Section && x.Start < e.End && e.Start < x.End
		})
	})
}

// meantBySystems is what assessments may add to a diagnosis of the report: low
// bone density to a fracture.
func (s *subject) meantBySystems() []*lexicon.DiagnosisTerm {
	if len(s.result.Assessments) == 0 {
		return nil
	}
	var out []*lexicon.DiagnosisTerm
	for _, c := range boneConcepts {
		out = append(out, &lexicon.DiagnosisTerm{Concept: c})
	}
	return out
}

// isRetrieved reports whether a diagnosis was looked up in the release, and its title or
// an entry of the index shares the words.
func (s *subject) isRetrieved(d *coding.Diagnosis, e coding.Evidence) bool {
	r := s.release()
	if r == nil || !has(d.Why, retrievedPart) {
		return false
	}
	said := texts(s.words(e))
	for _, entry := range append([]string{d.Title}, pathsOf(r, d.Code)...) {
		for _, w := range texts(wordsOf(entry)) {
			if len(w) > 3 && slices.Contains(said, w) {
				return true
			}
		}
	}
	return false
}

func pathsOf(r *index.Release, code string) []string {
	var out []string
	for _, t := range r.IndexPaths(code) {
		out = append(out, strings.Join(t.Path, " "))
	}
	return out
}
