package coding

import (
	"sort"

	"github.com/radcode/radcode/models"
)

// EngineVersion is the version that results carry.
const EngineVersion = "0.1.0"

// proceduresKept is how many ranked codes an exam shows.
const proceduresKept = 5

// assemble lays the study out as the JSON contract wants it.
func (e *Engine) assemble(s *study) {
	r := Result{
		ID: s.doc.Report.ID, Version: e.Version(s.date),
		Exams: []Exam{}, Diagnoses: s.diagnoses, Claim: s.claims[e.policy()], Claims: s.claims,
		Flags: s.flags, Followups: s.followups,
	}
	for i := range s.assessments {
		r.Assessments = append(r.Assessments, s.assessments[i].Assessment)
	}
	for i := range s.exams {
		r.Exams = append(r.Exams, e.exam(s, &s.exams[i]))
	}
	if r.Diagnoses == nil {
		r.Diagnoses = []Diagnosis{}
	}
	if r.Flags == nil {
		r.Flags = []Flag{}
	}
	if r.Followups == nil {
		r.Followups = []Followup{}
	}
	r.Documentation = documentation(r.Flags)
	r.Disposition = e.disposition(&r)
	s.result = r
}

func (e *Engine) policy() Policy {
	if e.options.Policy == "" {
		return Indication
	}
	return e.options.Policy
}

// Version returns the engine and the code sets in force on a date of service.
func (e *Engine) Version(date string) Version {
	return Version{Engine: EngineVersion, Codesets: e.codesets(date)}
}

func (e *Engine) exam(s *study, dr *draft) Exam {
	x := Exam{Title: cleanTitle(dr.text), Facts: e.examFacts(&dr.facts), Procedures: []ProcedureCode{}, Modifiers: []Modifier{}}
	q := e.question(&dr.facts)
	confidence := e.confidences(dr, e.isOperativeNote(s.doc))
	for i, r := range dr.ranked {
		if i == proceduresKept {
			break
		}
		x.Procedures = append(x.Procedures, e.procedure(&q, dr, r, confidence[i]))
	}
	if len(x.Procedures) > 0 {
		x.Modifiers = dr.modifiers
	}
	return x
}

func (e *Engine) examFacts(f *Facts) []ExamFact {
	out := []ExamFact{}
	for _, x := range f.Facts {
		out = append(out, ExamFact{x.Axis.String(), e.lex.Concept(x.Concept).Name, x.Evidence})
	}
	if f.Views.Stated() {
		out = append(out, ExamFact{"views", f.Views.String(), f.Views.Evidence})
	}
	if f.Side != 0 {
		out = append(out, ExamFact{"laterality", f.Side.String(), f.SideAt})
	}
	return out
}

func (e *Engine) procedure(q *question, dr *draft, r ranked, confidence float64) ProcedureCode {
	p := &e.lex.Procedures[r.index]
	out := ProcedureCode{System: p.System, Code: p.Code, Title: p.Title, Confidence: round(confidence, 4), Why: []Feature{}, Evidence: []Evidence{}}
	compared := e.compare(nil, q, p)
	for _, id := range compared {
		if w := e.ranker.axis[e.ranker.layout.classOf[r.index]][id]; w != 0 {
			out.Why = append(out.Why, Feature{e.features.names[id], round(w, 3)})
		}
	}
	if w := e.unsaid(compared); dr.facts.Narrated && w != 0 {
		out.Why = append(out.Why, Feature{"unsaid", round(w, 3)})
	}
	if w := e.ranker.prior[r.index]; w != 0 {
		out.Why = append(out.Why, Feature{"prior", round(w, 3)})
	}
	if r.learned != 0 {
		out.Why = append(out.Why, Feature{"words", round(r.learned, 3)})
	}
	if r.taken != 0 {
		out.Why = append(out.Why, Feature{"contradicts_statement", -round(r.taken, 3)})
	}
	if dr.followed && r.index == dr.ranked[0].index {
		out.Why = append(out.Why, Feature{featureCharged, chargedOdds})
	}
	out.Evidence = append(out.Evidence, e.evidenceFor(&dr.facts, p)...)
	return out
}

func (e *Engine) wordScore(f *Facts, index int) float64 {
	sum := 0.0
	e.ranker.speaking(f, func(weights []codeWeight) {
		for _, cw := range weights {
			if int(cw.code) == index {
				sum += float64(cw.weight)
			}
		}
	})
	return sum
}

// noteDiscount halves the confidence in codes read from an operative note: the
// calibration knows exam names only, and surgery has codes that radcode lacks.
const noteDiscount = 0.5

// confidences are the calibrated probabilities of the ranked codes.
func (e *Engine) confidences(dr *draft, note bool) []float64 {
	out := make([]float64, len(dr.ranked))
	for i, r := range dr.ranked {
		out[i] = Confidence(e.calibration, r.probability)
		if note {
			out[i] *= noteDiscount
		}
	}
	return out
}

// Keys of the calibration of procedures: Platt's intercept and slope over the
// logit of the ranker's probability.
const (
	CalibrationIntercept = "procedure:intercept"
	CalibrationLogit     = "procedure:logit"
)

// Confidence calibrates the ranker's probability of a procedure code.
func Confidence(calibration models.Weights, probability float64) float64 {
	return models.Sigmoid(calibration[CalibrationIntercept] + calibration[CalibrationLogit]*models.Logit(probability))
}

// codesets lists the code sets radcode answers from on a date of service.
func (e *Engine) codesets(date string) []Codeset {
	out := append([]Codeset(nil), e.options.Codesets...)
	if r := e.releaseOn(date); r != nil {
		out = append(out, CodesetOf(r.Manifest))
	}
	sort.SliceStable(out, func(i, j int) bool { return out[i].System < out[j].System })
	if out == nil {
		out = []Codeset{}
	}
	return out
}
