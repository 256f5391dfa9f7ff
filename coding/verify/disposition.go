package verify

import (
	"fmt"
	"slices"

	"github.com/radcode/radcode/coding"
)

// checkFlags holds every flag against its rule.
func (s *subject) checkFlags() {
	last := 0
	for i, f := range s.result.Flags {
		path := fmt.Sprintf("flags[%d]", i)
		r, ok := s.tables.rules[f.ID]
		if !ok {
			s.fail(path, "no rule is called %q", f.ID)
			continue
		}
		severity := s.severity(r)
		if f.Severity != severity || f.Axis != r.Axis || f.Query != r.Query {
			s.fail(path, "severity, axis or question is not that of the rule %s", f.ID)
		}
		if f.Message == "" {
			s.fail(path, "%s says nothing", f.ID)
		}
		s.checkFlagLines(path, f)
		// Among flags that a payer's profile made equally grave, those that are so by themselves go first.
		at := (slices.Index(severities, severity)*len(severities)+slices.Index(severities, r.Severity))*len(s.tables.rules) + s.tables.ruleOrder[f.ID]
		if at < last {
			s.fail(path, "%s stands behind a flag that it goes before", f.ID)
		}
		last = max(last, at)
	}
	s.checkDateFlag()
}

const defaultedFlag = "codeset_date_defaulted"

// checkDateFlag asks for the flag when no date can be found, and for none when
// the metadata give one.
func (s *subject) checkDateFlag() {
	stands := slices.ContainsFunc(s.result.Flags, func(f coding.Flag) bool { return f.ID == defaultedFlag })
	if !stands && !s.dated {
		s.fail("flags", "the report has no date of service, and %s does not say so", defaultedFlag)
	}
	if stands && s.report.Meta.DateOfService != "" && s.dated {
		s.fail("flags", "%s stands though the date of service is known", defaultedFlag)
	}
}

// gateFlags bar coding until the report says more.
var gateFlags = []string{
	"missing_demographics", "missing_indication", "missing_technique", "missing_impression", "missing_signature", "missing_findings",
}

// checkDocumentation sums the flags up again.
func (s *subject) checkDocumentation() {
	missing := []string{}
	for _, f := range s.result.Flags {
		if slices.Contains(gateFlags, f.ID) {
			missing = append(missing, f.ID)
		}
	}
	if !slices.Equal(missing, s.result.Documentation.Missing) || s.result.Documentation.Complete != (len(missing) == 0) {
		s.fail("documentation", "what is missing is not what the flags say")
	}
}

// checkDisposition decides again.
func (s *subject) checkDisposition() {
	want := coding.Review
	if s.mayBeBilled() {
		want = coding.Auto
	}
	for _, f := range s.result.Flags {
		if f.Severity == coding.SeverityError && f.Query != "" {
			want = coding.Query
		}
	}
	if s.result.Disposition != want {
		s.fail("disposition", "flags and confidences ask for %s", want)
	}
}

// mayBeBilled reports that nothing stands against billing without a look.
func (s *subject) mayBeBilled() bool {
	r, c := s.result, s.options.Calibration
	if len(r.Exams) == 0 || len(r.Diagnoses) == 0 || !r.Documentation.Complete {
		return false
	}
	for _, f := range r.Flags {
		if f.Severity == coding.SeverityError {
			return false
		}
	}
	for i := range r.Exams {
		x := &r.Exams[i]
		if len(x.Procedures) == 0 || x.Procedures[0].Confidence < coding.AutomaticFrom(c, s.autoKey(x)) {
			return false
		}
	}
	return !slices.ContainsFunc(r.Diagnoses, func(d coding.Diagnosis) bool {
		return has(d.Why, retrievedPart) || d.Confidence < c[coding.AutoThreshold]
	})
}

// autoKey is the key of the threshold of codes of one modality.
func (s *subject) autoKey(x *coding.Exam) string {
	modality := "none"
	if p := s.best(x); p != nil && len(p.Modality) > 0 {
		modality = s.lex.Concept(p.Modality[0][0]).Name
	}
	return coding.AutoProcedure + "@" + modality
}
