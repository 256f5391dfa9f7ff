package coding

// disposition decides what to do with a result: query when an error flag asks
// the radiologist something, auto when every assigned code clears its threshold
// and nothing stands against it, else review.
func (e *Engine) disposition(r *Result) Disposition {
	auto := len(r.Exams) > 0 && len(r.Diagnoses) > 0 && documentation(r.Flags).Complete
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
		auto = auto && len(x.Procedures) > 0 && x.Procedures[0].Confidence >= e.calibration["procedure:auto"]
	}
	for _, d := range r.Diagnoses {
		auto = auto && !d.isRetrieved() && d.Confidence >= e.calibration[AutoThreshold]
	}
	if auto {
		return Auto
	}
	return Review
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
