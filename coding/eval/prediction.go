package eval

import (
	"bytes"
	"encoding/json"

	"github.com/radcode/radcode/coding"
)

// Prediction is what a coder says of one report, and one line of a predictions
// file. A nil list was not predicted and is not scored; an empty one says that
// nothing applies.
type Prediction struct {
	ID       string                     `json:"id"`
	CPT      []Answer                   `json:"cpt,omitzero"`      // procedure codes, one entry per exam
	ICD10CM  []Answer                   `json:"icd10cm,omitzero"`  // the claim under coding.Official, in its order
	Sequence map[coding.Policy][]string `json:"sequence,omitzero"` // the diagnoses under each policy, the first-listed first
	Flags    []string                   `json:"flags,omitzero"`    // flag ids
	Findings []string                   `json:"findings,omitzero"` // what a chest film shows, normal when nothing

	// Considered are the codes that reached the last decision, assigned or not,
	// with the confidence in each; for procedures RunnersUp says it per exam.
	Considered struct {
		ICD10CM []coding.Candidate `json:"icd10cm,omitzero"`
	} `json:"considered,omitzero"`

	// Retrieved are the codes that the first stage proposed, best first.
	Retrieved struct {
		CPT     []string `json:"cpt,omitzero"`
		ICD10CM []string `json:"icd10cm,omitzero"`
	} `json:"retrieved,omitzero"`

	Disposition coding.Disposition `json:"disposition,omitempty"`
}

// Answer is an assigned code.
type Answer struct {
	Code       string             `json:"code"`
	Confidence float64            `json:"confidence,omitzero"` // probability that it is right; 0: none was stated
	Modifiers  []string           `json:"modifiers,omitzero"`
	RunnersUp  []coding.Candidate `json:"runners_up,omitzero"` // codes ranked behind it, best first
	Evidence   []coding.Evidence  `json:"evidence,omitzero"`
}

// UnmarshalJSON reads an answer, or a bare code: {"cpt": ["71046"]} is a
// prediction, too.
func (a *Answer) UnmarshalJSON(data []byte) error {
	if bytes.HasPrefix(data, []byte(`"`)) {
		*a = Answer{}
		return json.Unmarshal(data, &a.Code)
	}
	type plain Answer // without this method
	*a = Answer{}
	return json.Unmarshal(data, (*plain)(a))
}
