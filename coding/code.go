package coding

import (
	"context"
	"unicode/utf8"

	"github.com/radcode/radcode/nlp"
)

// study is one report on its way through the engine.
type study struct {
	doc           *nlp.Document
	cut           bool   // the text is longer than maxText; the rest was not read
	lower         string // the text in lower case, byte for byte, once a rule asked for it
	date          string // date of service that chooses the code sets
	dateAt        []Evidence
	dateDefaulted bool
	exams         []draft
	problems      []problem   // all that were found, with what became of them
	diagnoses     []Diagnosis // in order of the default policy
	first         map[Policy][]int
	uncertain     []nlp.Mention // named but not certain enough to be coded
	claims        map[Policy]Claim
	flags         []Flag
	followups     []Followup
}

// Code codes one report. Any bytes are a report: the error is only ever the
// context's. "No code" is a result with flags.
func (e *Engine) Code(ctx context.Context, report nlp.Report) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return e.result(e.study(report)), nil
}

func (e *Engine) study(report nlp.Report) *study {
	s := &study{cut: len(report.Text) > maxText}
	report.Text = cutAtRune(report.Text, maxText)
	s.doc = e.reader.Read(report)
	e.dateStudy(s)
	s.exams = e.exams(s.doc, s.date)
	e.diagnose(s)
	e.bill(s)
	e.check(s)
	return s
}

// maxText is how much of a text is read, in bytes. The longest dictated reports
// are a few ten thousand; what is longer is a whole record or a mistake.
const maxText = 256 << 10

// cutAtRune keeps at most n bytes of a text and never half a rune.
func cutAtRune(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}
