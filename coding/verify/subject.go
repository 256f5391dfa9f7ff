package verify

import (
	"fmt"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// subject is one result under verification, with the report as the verifier
// reads it.
type subject struct {
	*Verifier
	report   nlp.Report
	result   *coding.Result
	headings []heading
	date     string // date of service; the day of the options when the report has none
	dated    bool
	check    string // the one that is running
	failures []Failure
	named    map[namingKey][]naming // what namings has read
}

func newSubject(v *Verifier, report nlp.Report, result *coding.Result) *subject {
	s := &subject{Verifier: v, report: report, result: result, named: map[namingKey][]naming{}}
	s.headings = v.headings(report.Text)
	s.date, s.dated = dateOf(report)
	if !s.dated {
		s.date = v.options.Today
	}
	return s
}

// fail records what is wrong at a place of the result. Messages hold codes, names of
// concepts and numbers, never words of the report.
func (s *subject) fail(path, format string, args ...any) {
	s.failures = append(s.failures, Failure{s.check, path, fmt.Sprintf(format, args...)})
}

// titleSection marks places in the exam name that came beside the text.
const titleSection = "title"

// textOf is what the offsets of a place refer to.
func (s *subject) textOf(e coding.Evidence) string {
	if e.Section == titleSection {
		return s.report.Exam
	}
	return s.report.Text
}

// words are those of a place.
func (s *subject) words(e coding.Evidence) []word {
	return s.terms.read(s.textOf(e)[e.Start:e.End])
}

// places calls f for every place of the result.
func (s *subject) places(f func(path string, e coding.Evidence)) {
	list := func(path string, es []coding.Evidence) {
		for i, e := range es {
			f(fmt.Sprintf("%s.evidence[%d]", path, i), e)
		}
	}
	r := s.result
	for i, x := range r.Exams {
		for k, y := range x.Facts {
			list(fmt.Sprintf("exams[%d].facts[%d]", i, k), y.Evidence)
		}
		for k, y := range x.Procedures {
			list(fmt.Sprintf("exams[%d].procedures[%d]", i, k), y.Evidence)
		}
		for k, y := range x.Modifiers {
			list(fmt.Sprintf("exams[%d].modifiers[%d]", i, k), y.Evidence)
		}
	}
	for i, x := range r.Diagnoses {
		list(fmt.Sprintf("diagnoses[%d]", i), x.Evidence)
	}
	for i, x := range r.Flags {
		list(fmt.Sprintf("flags[%d]", i), x.Evidence)
	}
	for i, x := range r.Assessments {
		list(fmt.Sprintf("assessments[%d]", i), x.Evidence)
	}
	for i, x := range r.Followups {
		list(fmt.Sprintf("followups[%d]", i), x.Evidence)
	}
}

// best returns the row of an exam's first code, nil without one.
func (s *subject) best(x *coding.Exam) *lexicon.Procedure {
	if len(x.Procedures) == 0 {
		return nil
	}
	return s.lex.Procedure(x.Procedures[0].Code)
}

// stated returns the concepts of an exam's facts on an axis.
func (s *subject) stated(x *coding.Exam, axis lexicon.Axis) []lexicon.ConceptID {
	var out []lexicon.ConceptID
	for _, f := range x.Facts {
		if f.Axis == axis.String() {
			out = append(out, s.lex.Lookup(axis, f.Concept))
		}
	}
	return out
}

// factNamed returns the value of an exam's only fact on an axis that has one value: views, laterality.
func factNamed(x *coding.Exam, axis string) string {
	if i := slices.IndexFunc(x.Facts, func(f coding.ExamFact) bool { return f.Axis == axis }); i >= 0 {
		return x.Facts[i].Concept
	}
	return ""
}
