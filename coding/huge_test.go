package coding_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// TestHugeText reads ten megabytes by mistake: an answer with a flag, from the
// first part; a long report is read whole.
func TestHugeText(t *testing.T) {
	one := "EXAM: CT HEAD WITHOUT CONTRAST\n\nINDICATION: Headache.\n\nFINDINGS: No hemorrhage. Ünremarkable.\n\nIMPRESSION: Normal.\n\n"
	for _, c := range []struct {
		name      string
		text      string
		truncated bool
	}{
		{"ten megabytes", strings.Repeat(one, 10<<20/len(one)), true},
		{"one long word", strings.Repeat("ä", 5<<20), true},
		{"no line end", strings.Repeat("mass, ", 300000), true},
		{"a long report", strings.Repeat(one, 100), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			res, err := engine(t).Code(context.Background(), nlp.Report{Text: c.text})
			if err != nil {
				t.Fatal(err)
			}
			got := slices.ContainsFunc(res.Flags, func(f coding.Flag) bool { return f.ID == "text_truncated" })
			if got != c.truncated {
				t.Errorf("text_truncated is %v, want %v", got, c.truncated)
			}
		})
	}
}
