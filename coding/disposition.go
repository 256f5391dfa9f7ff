package coding

// disposition decides what to do with a result: query when an error flag asks
// the radiologist something, auto when every assigned code clears its threshold
// and nothing stands against it, else review.
func (e *Engine) disposition(r *Result) Disposition {
	auto := len(r.Exams) > 0 && len(r.Diagnoses) > 0
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
		auto = auto && !d.isRetrieved() && d.Confidence >= e.calibration["diagnosis:auto"]
	}
	if auto {
		return Auto
	}
	return Review
}
