package eval

import (
	"encoding/json"
	"io"

	"github.com/radcode/radcode/coding/exchange"
)

func newLineEncoder(w io.Writer) *json.Encoder {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc
}

func writePredictions(r *Run, _ *Manifest, w io.Writer) error {
	enc := newLineEncoder(w)
	for _, c := range r.Cases {
		if err := enc.Encode(c.Prediction); err != nil {
			return err
		}
	}
	return nil
}

// wrongReport is a line of errors.jsonl. It holds no report text.
type wrongReport struct {
	ID        string         `json:"id"`
	Line      int            `json:"line"`
	Group     string         `json:"group,omitempty"`
	Exam      string         `json:"exam,omitempty"`
	Gold      *exchange.Gold `json:"gold"`
	Predicted struct {
		CPT     []Answer `json:"cpt"`
		ICD10CM []Answer `json:"icd10cm"`
	} `json:"predicted"`
	Errors []CodeError `json:"errors"`
}

func writeErrors(r *Run, _ *Manifest, w io.Writer) error {
	enc := newLineEncoder(w)
	for _, c := range r.Cases {
		if len(c.Errors) == 0 {
			continue
		}
		x := wrongReport{ID: c.ID, Line: c.Line, Group: c.Group, Exam: c.Exam, Gold: c.Gold, Errors: c.Errors}
		x.Predicted.CPT, x.Predicted.ICD10CM = brief(c.Prediction.CPT), brief(c.Prediction.ICD10CM)
		if err := enc.Encode(x); err != nil {
			return err
		}
	}
	return nil
}

// brief leaves out where answers come from.
func brief(answers []Answer) []Answer {
	out := []Answer{}
	for _, a := range answers {
		out = append(out, Answer{Code: a.Code, Confidence: a.Confidence, Modifiers: a.Modifiers, RunnersUp: a.RunnersUp[:min(2, len(a.RunnersUp))]})
	}
	return out
}
