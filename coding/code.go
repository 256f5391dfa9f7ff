package coding

import (
	"context"
	"unicode/utf8"

	"github.com/radcode/radcode/nlp"
)

// study is one report on its way through the stages.
type study struct {
	doc           *nlp.Document
	cut           bool   // the text is longer than maxText; the rest was not read
	lower         string // the text in lower case, byte for byte, once a rule asked for it
	date          string // date of service that chooses the code sets
	dateAt        []Evidence
	dateDefaulted bool
	exams         []draft
	bundled       []Finding   // codes left out because another code of the report holds them
	problems      []problem   // all that were found, with what became of them
	diagnoses     []Diagnosis // in order of the default policy
	found         []*found    // what each of them was made of
	first         map[Policy][]int
	uncertain     []nlp.Mention // named but not certain enough to be coded
	notInForce    []problem     // without a billable code on the date of service
	claims        map[Policy]Claim
	lineExam      []int                // of Result.Claim: the exam of each line
	objections    map[string][]Finding // of the checks of claim and charges, by flag
	flags         []Flag
	assessments   []assessed // in the order of the text
	followups     []Followup
	noFollowup    []Evidence // where the report says that nothing is to follow
	result        Result     // what is answered, laid out by the last stage
}

// Stage is one step of coding a report. Values come from Stages.
type Stage struct {
	Name string
	Doc  string // what it does
	run  func(*Engine, *study)
}

// Stages returns the steps of coding in the order in which they run: those of
// nlp.Stages, then the engine's own. The slice is the caller's.
func Stages() []Stage {
	var out []Stage
	for _, read := range nlp.Stages() {
		out = append(out, Stage{read.Name, read.Doc, func(e *Engine, s *study) { read.Run(e.reader, s.doc) }})
	}
	return append(out,
		Stage{"date", "finds the date of service, which chooses the code sets", (*Engine).dateStudy},
		Stage{"exams", "makes exams of the mentions and ranks procedure codes for each", func(e *Engine, s *study) { s.exams = e.exams(s) }},
		Stage{"assessments", "reads the categories of reporting systems and T-scores: whose they are, and of which study", (*Engine).assess},
		Stage{"diagnoses", "decides which problems become diagnoses, in which role and order", (*Engine).diagnose},
		Stage{"followups", "reads what the report advises, and what its assessments ask for", (*Engine).follow},
		Stage{"claim", "builds the claim lines of each first-listed policy", (*Engine).bill},
		Stage{"rules", "checks the documentation and raises flags", (*Engine).check},
		Stage{"result", "lays out the answer with evidence, confidence and disposition", (*Engine).assemble},
	)
}

// Code codes one report. Any bytes are a report: the error is only ever the
// context's. "No code" is a result with flags.
func (e *Engine) Code(ctx context.Context, report nlp.Report) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return e.study(report, nil).result, nil
}

// CodeStaged codes a report as Code does and calls done after each stage with its
// index in Stages, from the calling goroutine: whoever wants to know what a stage
// costs reads the clock there. The result is that of Code.
func (e *Engine) CodeStaged(ctx context.Context, report nlp.Report, done func(stage int)) (Result, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, err
	}
	return e.study(report, done).result, nil
}

// study takes a report through all stages.
func (e *Engine) study(report nlp.Report, done func(stage int)) *study {
	s := newStudy(report)
	for i := range e.stages {
		e.stages[i].run(e, s)
		if done != nil {
			done(i)
		}
	}
	return s
}

func newStudy(report nlp.Report) *study {
	s := &study{cut: len(report.Text) > maxText}
	report.Text = cutAtRune(report.Text, maxText)
	s.doc = nlp.NewDocument(report)
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
