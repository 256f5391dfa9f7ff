package index

// Code is one code of a code set, as far as searching needs it.
type Code struct {
	System   string   `json:"system"` // cpt, hcpcs, icd10cm
	ID       string   `json:"code"`
	Title    string   `json:"title"`
	Terms    []string `json:"terms,omitempty"` // further wordings to find it by
	Axes     []string `json:"axes,omitempty"`  // axis=value, for display
	From     string   `json:"from,omitempty"`  // first date of service, YYYY-MM-DD; "" = before the oldest release kept
	To       string   `json:"to,omitempty"`    // last date of service; "" = in force
	Billable bool     `json:"billable"`
}

// InForce reports whether the code is valid on a date of service; an empty date
// asks for codes still in force.
func (c *Code) InForce(date string) bool {
	if date == "" {
		return c.To == ""
	}
	return (c.From == "" || c.From <= date) && (c.To == "" || date <= c.To)
}

// Query asks for codes. Zero fields do not restrict.
type Query struct {
	Text   string
	System string // only codes of this system
	Date   string // only codes valid on this date of service
	Any    bool   // include codes that have ended
	Limit  int    // 0 = 10
	All    bool   // every word must occur, not just some
}

// Hit is a code that was found. Scores of one query compare with each other
// only.
type Hit struct {
	Code  *Code   `json:"code"`
	Score float64 `json:"score"`
}
