package coding

import (
	"testing"

	"github.com/radcode/radcode/nlp"
)

func TestIsBrief(t *testing.T) {
	e, err := New(Options{})
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]bool{
		"INDICATION: Cough.\n\nIMPRESSION: Pneumonia.":                                true,
		"INDICATION: Cough.\n\nFINDINGS:\n\nIMPRESSION: Pneumonia.":                   true,
		"INDICATION: Cough.\n\nFINDINGS: Opacity.\n\nIMPRESSION: Pneumonia.":          false,
		"Cough. There is an opacity of the right lower lobe. Pneumonia is suspected.": false,
	} {
		if got := isBrief(e.reader.Read(nlp.Report{Text: text})); got != want {
			t.Errorf("isBrief(%q) = %v", text, got)
		}
	}
}
