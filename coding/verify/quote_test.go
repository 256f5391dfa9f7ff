package verify_test

import (
	"fmt"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// quoteAt adds the words of the place that a failure is about; for people who read the
// output of a test.
func quoteAt(r nlp.Report, res *coding.Result, path string) string {
	var i, k, n int
	var list []coding.Evidence
	switch {
	case scan(path, "exams[%d].facts[%d].evidence[%d]", &i, &k, &n):
		list = res.Exams[i].Facts[k].Evidence
	case scan(path, "exams[%d].procedures[%d].evidence[%d]", &i, &k, &n):
		list = res.Exams[i].Procedures[k].Evidence
	case scan(path, "exams[%d].modifiers[%d].evidence[%d]", &i, &k, &n):
		list = res.Exams[i].Modifiers[k].Evidence
	case scan(path, "diagnoses[%d].evidence[%d]", &i, &n):
		list = res.Diagnoses[i].Evidence
	case scan(path, "flags[%d].evidence[%d]", &i, &n):
		list = res.Flags[i].Evidence
	case scan(path, "assessments[%d].evidence[%d]", &i, &n):
		list = res.Assessments[i].Evidence
	case scan(path, "followups[%d].evidence[%d]", &i, &n):
		list = res.Followups[i].Evidence
	default:
		return ""
	}
	e := list[n]
	text := r.Text
	if e.Section == "title" {
		text = r.Exam
	}
	if e.Start < 0 || e.End > len(text) || e.Start > e.End {
		return ""
	}
	before := text[max(0, e.Start-60):e.Start]
	after := text[e.End:min(len(text), e.End+30)]
	return fmt.Sprintf("  %q [%q] %q", before, text[e.Start:e.End], after)
}

func scan(path, layout string, to ...*int) bool {
	args := make([]any, len(to))
	for i := range to {
		args[i] = to[i]
	}
	n, err := fmt.Sscanf(path, layout, args...)
	return err == nil && n == len(to)
}
