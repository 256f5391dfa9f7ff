package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
)

// disposition decides what to do with a result: query when an error flag asks
// the radiologist something, auto when every assigned code clears its threshold
// and nothing stands against it, neither an error flag nor an edit of the claim, else review.
func (e *Engine) disposition(r *Result) Disposition {
	auto := r.Claim.Coverage.Status != CoverageEdit && len(r.Exams) > 0 && len(r.Diagnoses) > 0 && documentation(r.Flags).Complete
	for _, f := range r.Flags {
		if f.Severity != SeverityError {
			continue
		}
		if f.Query != "" {
			return Query
		}
		auto = false
	}
	for _, x := range r.Exams {
		auto = auto && len(x.Procedures) > 0 && x.Procedures[0].Confidence >= e.automaticFrom(x.Procedures[0].Code)
	}
	for _, d := range r.Diagnoses {
		auto = auto && !d.isRetrieved() && d.Confidence >= e.calibration[AutoThreshold]
	}
	if auto {
		return Auto
	}
	return Review
}

// AutoProcedure is the key of the calibration file for the confidence from which
// on a procedure code is billed without a look. `radcode train` and `radcode calibrate` certify it; modalities that
// were certified apart have a key of their own: AutoKey.
const AutoProcedure = "procedure:auto"

// AutoKey is the key of the calibration file that may hold a threshold for codes
// of the same modality as code.
func (e *Engine) AutoKey(code string) string {
	i, ok := e.ranker.codes[code]
	if !ok {
		return AutoProcedure
	}
	return AutoProcedure + classMark + e.ranker.layout.classes[e.ranker.layout.classOf[i]].modality
}

// Certified is the confidence from which on a code of a system (lexicon.CPT, HCPCS or
// ICD10CM) is billed without a look; above 1 where nothing is certified.
func (e *Engine) Certified(system, code string) float64 {
	if system == lexicon.ICD10CM {
		return e.calibration[AutoThreshold]
	}
	return e.automaticFrom(code)
}

func (e *Engine) automaticFrom(code string) float64 {
	return AutomaticFrom(e.calibration, e.AutoKey(code))
}

// AutomaticFrom is the threshold of a calibration for answers of a key: their
// own, or else that of all procedures.
func AutomaticFrom(calibration models.Weights, key string) float64 {
	if v, own := calibration[key]; own {
		return v
	}
	return calibration[AutoProcedure]
}

// completenessFlags bar coding until the report says more: patient, indication,
// technique, impression and signature (coding guide 000, completeness gate).
var completenessFlags = map[string]bool{
	"missing_demographics": true, "missing_indication": true, "missing_technique": true, "missing_impression": true,
	"missing_signature": true, "missing_findings": true,
}

// documentation sums up the completeness gate.
func documentation(flags []Flag) Documentation {
	d := Documentation{Missing: []string{}}
	for _, f := range flags {
		if completenessFlags[f.ID] {
			d.Missing = append(d.Missing, f.ID)
		}
	}
	d.Complete = len(d.Missing) == 0
	return d
}
