package eval

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Predictions are a coder's answers read from a file: the Coder of a system that
// runs elsewhere.
type Predictions struct {
	name string
	byID map[string]filed
}

type filed struct {
	Prediction
	line int
}

// ReadPredictions reads JSON lines, each a Prediction or a Result as "radcode
// code" writes it. The error joins all faults: lines that are neither, without
// id, with an id that stood before, or with a code that could not exist, each
// "name:line: message".
func ReadPredictions(r io.Reader, name string, lex *lexicon.Lexicon) (*Predictions, error) {
	p := &Predictions{name, map[string]filed{}}
	var faults []error
	for line, err := range exchange.ReadLines(r, name) {
		if err == nil {
			if err = p.add(line.Text, line.Number, lex); err != nil {
				err = fmt.Errorf("%s:%d: %w", name, line.Number, err)
			}
		}
		if err != nil {
			faults = append(faults, err)
		}
		if len(faults) >= maxFaults {
			break
		}
	}
	if len(faults) == 0 && len(p.byID) == 0 {
		faults = append(faults, fmt.Errorf("%s: no predictions", name))
	}
	return p, errors.Join(faults...)
}

func (p *Predictions) add(line []byte, number int, lex *lexicon.Lexicon) error {
	x, err := parsePrediction(line)
	if err != nil {
		return err
	}
	if x.ID == "" {
		return errors.New("a prediction without an id")
	}
	if old, twice := p.byID[x.ID]; twice {
		return fmt.Errorf("id %q stands already in line %d", x.ID, old.line)
	}
	for _, a := range x.CPT {
		if !lex.CouldExist(lexicon.SystemOf(a.Code), a.Code) {
			return fmt.Errorf("cpt: %q is no such code", a.Code)
		}
	}
	for _, a := range x.ICD10CM {
		if !lex.CouldExist(lexicon.ICD10CM, a.Code) {
			return fmt.Errorf("icd10cm: %q is no such code", a.Code)
		}
	}
	p.byID[x.ID] = filed{x, number}
	return nil
}

// parsePrediction tells a Result from a Prediction by the keys that every Result
// has.
func parsePrediction(line []byte) (Prediction, error) {
	var head struct {
		Exams  json.RawMessage `json:"exams"`
		Claims json.RawMessage `json:"claims"`
	}
	if err := json.Unmarshal(line, &head); err != nil {
		return Prediction{}, err
	}
	if head.Exams != nil && head.Claims != nil {
		var r coding.Result
		err := json.Unmarshal(line, &r)
		return FromResult(r, nil), err
	}
	var p Prediction
	err := json.Unmarshal(line, &p)
	if err == nil && p.CPT == nil && p.ICD10CM == nil && p.Flags == nil && p.Sequence == nil && p.Findings == nil {
		err = errors.New(`none of "cpt", "icd10cm", "flags" and "findings" is predicted`)
	}
	return p, err
}

// Check compares the ids with those of a corpus: predictions for other reports
// are an error, and so are labelled reports without prediction, since leaving
// them out would flatter.
func (p *Predictions) Check(c *Corpus) error {
	known := map[string]bool{}
	var faults []error
	for i := range c.Records {
		r := &c.Records[i]
		known[r.ID] = true
		if _, ok := p.byID[r.ID]; !ok && r.Gold != nil {
			faults = append(faults, fmt.Errorf("%s: no prediction for %q (%s:%d)", p.name, r.ID, c.Name, r.Line))
		}
	}
	for _, id := range sortedKeys(p.byID) {
		if !known[id] && !c.left[id] {
			faults = append(faults, fmt.Errorf("%s:%d: %q is not in %s", p.name, p.byID[id].line, id, c.Name))
		}
	}
	if extra := len(faults) - maxFaults; extra > 0 {
		faults = append(faults[:maxFaults], fmt.Errorf("%s: and %d more faults", p.name, extra))
	}
	return errors.Join(faults...)
}

// Code returns what the file says about the report's id.
func (p *Predictions) Code(_ context.Context, report nlp.Report) (Prediction, error) {
	return p.byID[report.ID].Prediction, nil
}
