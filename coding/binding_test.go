package coding

import (
	"testing"

	"github.com/radcode/radcode/nlp"
)

// TestInContext: a problem that has no code without a site takes it from what the report describes, also where the kidneys stand
// within the words of another finding or beside a body part that the problem has no code for.
func TestInContext(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ text, want string }{
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Normal kidneys.", "N13.70"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Interval growth of the kidneys.", "N13.70"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Interval growth of normal kidneys.", "N13.70"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Normal esophagus.", "K21.9"},
		{"CLINICAL HISTORY: Reflux.\n\nIMPRESSION: Normal.", ""},
	} {
		s := &study{doc: e.reader.Read(nlp.Report{Text: c.text})}
		got := ""
		for _, f := range e.foundIn(s) {
			got = f.coded.Code
		}
		if got != c.want {
			t.Errorf("%q: %q, want %q", c.text, got, c.want)
		}
	}
}
