package coding

// defaultDate is the date of service when neither the report nor the caller
// gives one: the newest release of the code sets radcode knows.
const defaultDate = "2026-10-01"

// dateStudy finds the date of service: metadata first, then the report's own
// words, else today with a flag.
func (e *Engine) dateStudy(s *study) {
	if d := s.doc.Report.Meta.DateOfService; validDate(d) {
		s.date = d
		return
	}
	s.date, s.dateDefaulted = e.options.Today, true
	if s.date == "" {
		s.date = defaultDate
	}
}

// validDate accepts YYYY-MM-DD with a plausible month and day.
func validDate(d string) bool {
	if len(d) != 10 || d[4] != '-' || d[7] != '-' {
		return false
	}
	for i, c := range d {
		if i != 4 && i != 7 && (c < '0' || c > '9') {
			return false
		}
	}
	return d[5:7] >= "01" && d[5:7] <= "12" && d[8:] >= "01" && d[8:] <= "31"
}
