package verify

import (
	"fmt"
	"math"
	"regexp"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

var (
	roles = []coding.Role{
		coding.RoleIndication, coding.RoleFinding, coding.RoleIncidental, coding.RoleScreening, coding.RoleHistory, coding.RoleExternal,
	}
	severities   = []coding.Severity{coding.SeverityError, coding.SeverityWarning, coding.SeverityInfo}
	policies     = []coding.Policy{coding.Indication, coding.Official}
	dispositions = []coding.Disposition{coding.Auto, coding.Review, coding.Query}
	sections     = []nlp.SectionKind{
		titleSection, nlp.SectionBody, nlp.SectionExam, nlp.SectionIndication, nlp.SectionTechnique, nlp.SectionComparison, nlp.SectionFindings,
		nlp.SectionImpression, nlp.SectionRecommendation, nlp.SectionSignature, nlp.SectionHeader, nlp.SectionAddendum, nlp.SectionProcedure, nlp.SectionOther,
	}
)

// checkValues asks that whatever has a fixed list of values holds one of them.
func (s *subject) checkValues() {
	r := s.result
	s.places(func(path string, e coding.Evidence) {
		if !slices.Contains(sections, nlp.SectionKind(e.Section)) {
			s.fail(path, "unknown section %q", e.Section)
		}
	})
	for i, x := range r.Exams {
		for k, f := range x.Facts {
			s.checkFactName(fmt.Sprintf("exams[%d].facts[%d]", i, k), f)
		}
		for k, p := range x.Procedures {
			s.checkFeatures(fmt.Sprintf("exams[%d].procedures[%d]", i, k), p.Why)
		}
	}
	for i, d := range r.Diagnoses {
		path := fmt.Sprintf("diagnoses[%d]", i)
		if d.System != lexicon.ICD10CM {
			s.fail(path, "unknown system %q", d.System)
		}
		if !slices.Contains(roles, d.Role) {
			s.fail(path, "unknown role %q", d.Role)
		}
		for _, p := range d.Primary {
			s.checkPolicyName(path, p)
		}
		s.checkFeatures(path, d.Why)
	}
	for i, f := range r.Flags {
		if !slices.Contains(severities, f.Severity) {
			s.fail(fmt.Sprintf("flags[%d]", i), "unknown severity %q", f.Severity)
		}
	}
	s.checkPolicyName("claim", r.Claim.Policy)
	if !slices.Contains(dispositions, r.Disposition) {
		s.fail("disposition", "unknown disposition %q", r.Disposition)
	}
}

func (s *subject) checkPolicyName(path string, p coding.Policy) {
	if !slices.Contains(policies, p) {
		s.fail(path, "unknown policy %q", p)
	}
}

// checkFactName knows the axes, and the values of those that have concepts.
func (s *subject) checkFactName(path string, f coding.ExamFact) {
	switch f.Axis {
	case viewsFact:
		if _, _, ok := viewsOf(f.Concept); !ok {
			s.fail(path, "views are %q", f.Concept)
		}
	case lateralityFact:
		if sideNames[f.Concept] == 0 {
			s.fail(path, "unknown side %q", f.Concept)
		}
	default:
		if axis, ok := lexicon.ParseAxis(f.Axis); !ok || s.lex.Lookup(axis, f.Concept) == 0 {
			s.fail(path, "unknown concept %s:%s", f.Axis, f.Concept)
		}
	}
}

func (s *subject) checkFeatures(path string, why []coding.Feature) {
	for _, f := range why {
		if f.Name == "" || math.IsNaN(f.Value) || math.IsInf(f.Value, 0) {
			s.fail(path, "a part of the score has no name or is no number")
		}
	}
}

// checkReport asks that report and result have one name.
func (s *subject) checkReport() {
	if s.result.ID != s.report.ID {
		s.fail("id", "the result is of another report")
	}
}

var sha256Hex = regexp.MustCompile(`^[0-9a-f]{64}$`)

// checkVersion holds the code sets against those that the verifier answers for.
func (s *subject) checkVersion() {
	if v := s.result.Version.Engine; v != coding.EngineVersion {
		s.fail("version.engine", "results of engine %q are not known here, this is %s", v, coding.EngineVersion)
	}
	for i, c := range s.result.Version.Codesets {
		path := fmt.Sprintf("version.codesets[%d]", i)
		switch {
		case !sha256Hex.MatchString(c.SHA256) || c.Release == "" || c.To != "" && c.To < c.From:
			s.fail(path, "%s %s has no release, checksum or dates", c.System, c.Release)
		case s.options.Codesets != nil && !slices.Contains(s.options.Codesets, c):
			s.fail(path, "%s %s with this checksum is not known here", c.System, c.Release)
		}
	}
	for _, c := range s.options.Codesets {
		if !slices.ContainsFunc(s.result.Version.Codesets, func(o coding.Codeset) bool { return o.System == c.System }) {
			s.fail("version.codesets", "no code set of %s is named", c.System)
		}
	}
}

var sourceRow = regexp.MustCompile(`^[a-z0-9_]+\.tsv:[0-9]+$`)

// checkSources holds the row of the lexicon that read a place against its
// words. Rows of diagnoses have no words: a category or a week of pregnancy gave them.
func (s *subject) checkSources() {
	s.places(func(path string, e coding.Evidence) {
		if e.Source == "" {
			return
		}
		if !sourceRow.MatchString(e.Source) {
			s.fail(path, "%q is no row of the lexicon", e.Source)
			return
		}
		if s.tables.wordless[e.Source] {
			return
		}
		if !slices.ContainsFunc(s.terms.in(s.words(e)), func(t found) bool { return t.source.String() == e.Source }) {
			s.fail(path, "[%d,%d) does not hold the words of %s", e.Start, e.End, e.Source)
		}
	})
}
