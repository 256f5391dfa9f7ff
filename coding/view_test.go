package coding

import (
	"testing"

	"github.com/radcode/radcode/nlp"
)

func TestCountViews(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"CHEST 2 VIEWS", "2"},
		{"2V", "2"},
		{"KNEE 3VWS", "3"},
		{"two-view chest", "2"},
		{"single view", "1"},
		{"SPINE 2-3 VIEWS", "2-3"},
		{"2 or 3 views", "2-3"},
		{"2 TO 3 VIEWS", "2-3"},
		{"4+ VIEWS", "4+"},
		{"3 OR MORE VIEWS", "3+"},
		{"MIN 4 VIEWS", "4+"},
		{"minimum of 3 views", "3+"},
		{"at least 2 views", "2+"},
		{"< 4 VIEWS", "1-3"},
		{"LESS THAN 3 VIEWS", "1-2"},
		{"> 2 VIEWS", "3+"},
		{">= 4 VIEWS", "4+"},
		{"more than 3 views", "4+"},
		{"3 weight bearing views", "3"},
		{"five views of the right knee", "5"},
		{"10 cm mass, no views", ""},
		{"viewed 3 times", ""},
		{"3rd digit", ""},
		{"MRI 2026", ""},
		{"2 VIEWS MIN", "2+"},
		{"3V+ LEFT", "3+"},
		{"4 VWS OR MORE", "4+"},
		{"2 views max", "1-2"},
		{"3VPLS", "3+"},
		{"2V PLUS", "2+"},
		{"L/T 3 VIEWS", "1-2"},
		{"13 VIEWS", "1-3"},
		{"23 VIEWS", "2-3"},
		{"14 FILMS", "14"},
	} {
		d := &nlp.Document{Text: c.text, Tokens: nlp.Scan(c.text)}
		v, _ := countViews(d, 0, len(d.Tokens))
		if got := v.String(); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}

func TestStatedDate(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"DATE OF SERVICE: 11/02/2026", "2026-11-02"},
		{"Exam date 2026-11-02", "2026-11-02"},
		{"Date of exam: 3-9-26", "2026-03-09"},
		{"STUDY DATE: November 2, 2026", "2026-11-02"},
		{"DOS: Nov 2 2026", "2026-11-02"},
		{"DOB: 01/02/1950", ""},
		{"Comparison 10/01/2025", ""},
		{"Date of exam: 13/45/2026", ""},
		{"Date of service: pending", ""},
	} {
		d := &nlp.Document{Text: c.text, Tokens: nlp.Scan(c.text), Sections: []nlp.Section{{Kind: nlp.SectionBody}}}
		if got, _, _ := statedDate(d); got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
