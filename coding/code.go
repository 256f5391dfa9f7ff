package coding

import (
	"context"

	"github.com/radcode/radcode/nlp"
)

// study is one report on its way through the engine.
type study struct {
	doc           *nlp.Document
	lower         string // the text in lower case, byte for byte, once a rule asked for it
	date          string // date of service that chooses the code sets
	dateAt        []Evidence
	dateDefaulted bool
	exams         []draft
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
	s := &study{doc: e.reader.Read(report)}
	e.dateStudy(s)
	s.exams = e.exams(s.doc, s.date)
	e.diagnose(s)
	e.bill(s)
	e.check(s)
	return e.result(s), nil
}
