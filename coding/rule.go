package coding

import (
	"cmp"
	"fmt"
	"slices"
)

// Rule is one check of a coded report. Rules are values in one ordered slice;
// their ids are the stable flag ids.
type Rule struct {
	ID       string
	Doc      string // what is wrong when the flag stands
	Source   string // where the rule comes from
	Severity Severity
	Axis     string // the axis concerned, "" for the report as a whole
	Query    string // one plain question for the radiologist, "" when there is nothing to ask
	Check    func(*Engine, *study) []Finding
}

// Finding is one violation. The zero value stands for the rule's Doc without
// evidence.
type Finding struct {
	Message  string // "" = the rule's Doc
	Exam     string // the exam concerned where a report has several, "" = the report as a whole
	Evidence []Evidence
	Lines    []int // of Result.Claim, from 1
}

// Rules returns all rules, grouped by what they look at. An engine runs the errors
// first, then the warnings, then the notes, each in this order: so it lists its flags.
func Rules() []Rule {
	var out []Rule
	for _, group := range [][]Rule{administrativeRules, documentationRules, examRules, patientRules, diagnosisRules, orderRules, instructionRules, claimRules, assessmentRules} {
		out = append(out, group...)
	}
	return out
}

// checkRules is the promise of New: every rule has an id of its own, a
// doc, a source and a check.
func checkRules(rules []Rule) error {
	seen := map[string]bool{}
	for _, r := range rules {
		if r.ID == "" || r.Doc == "" || r.Source == "" || r.Severity == "" || r.Check == nil {
			return fmt.Errorf("rule %q lacks id, doc, source, severity or check", r.ID)
		}
		if seen[r.ID] {
			return fmt.Errorf("rule %s stands twice", r.ID)
		}
		seen[r.ID] = true
	}
	return nil
}

// check runs all rules; errors come first, then warnings, then notes, each in
// the order of the rules.
func (e *Engine) check(s *study) {
	profile := e.profile(&s.doc.Report.Meta)
	note := e.isClinicalNote(s.doc) && len(s.exams) == 0
	for _, r := range e.rules {
		if note && r.Severity == SeverityError && r.Query != "" {
			continue // nothing was imaged, so there is nothing to ask the radiologist
		}
		severity := profile.severity(r.ID, r.Severity)
		if severity == RuleOff {
			continue
		}
		found := r.Check(e, s)
		if len(found) > 0 && e.confirmed(s, r.ID) {
			continue
		}
		for _, f := range found {
			flag := Flag{ID: r.ID, Severity: severity, Axis: r.Axis, Message: r.Doc, Query: r.Query, Evidence: f.Evidence, Lines: f.Lines}
			if f.Message != "" {
				flag.Message = f.Message
			}
			if f.Exam != "" {
				flag.Message = f.Exam + ": " + flag.Message
			}
			if flag.Evidence == nil {
				flag.Evidence = []Evidence{}
			}
			s.flags = append(s.flags, flag)
		}
	}
	if len(profile.Rules) > 0 {
		sortFlags(s.flags)
	}
}

// bySeverity returns the rules in the order in which their flags are listed: errors first.
func bySeverity(rules []Rule) []Rule {
	sorted := slices.Clone(rules)
	slices.SortStableFunc(sorted, func(a, b Rule) int { return cmp.Compare(severityRank[a.Severity], severityRank[b.Severity]) })
	return sorted
}

var severityRank = map[Severity]int{SeverityError: 0, SeverityWarning: 1, SeverityInfo: 2}

// eachExam asks a rule about every exam. Where there are several, a finding says
// which one it is about.
func (s *study) eachExam(ask func(*draft) *Finding) []Finding {
	var out []Finding
	for i := range s.exams {
		f := ask(&s.exams[i])
		if f == nil {
			continue
		}
		if len(s.exams) > 1 {
			f.Exam = cleanTitle(s.exams[i].text)
		}
		// The words of one name may have made two exams.
		if !slices.ContainsFunc(out, func(x Finding) bool { return x.Exam == f.Exam && slices.Equal(x.Evidence, f.Evidence) }) {
			out = append(out, *f)
		}
	}
	return out
}

// when turns a condition into a finding without evidence.
func when(wrong bool) []Finding {
	if wrong {
		return []Finding{{}}
	}
	return nil
}
