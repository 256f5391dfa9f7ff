package coding_test

import (
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
)

// An option that is misspelt must not build an engine with an empty claim.
func TestNewRefusesUnknownOptions(t *testing.T) {
	for _, c := range []struct {
		name string
		o    coding.Options
		says []string // words of the error, nil = none
	}{
		{"nothing set", coding.Options{}, nil},
		{"all set", coding.Options{Policy: coding.Official, Today: "2026-02-28", Bilateral: coding.TwoLines, Distinct: coding.DistinctX}, nil},
		{"policy that is none", coding.Options{Policy: "indicated"}, []string{`policy "indicated"`, "indication", "official"}},
		{"policy in capitals", coding.Options{Policy: "Official"}, []string{"indication, official"}},
		{"day that is none", coding.Options{Today: "2026-02-30"}, []string{"2026-02-30", "YYYY-MM-DD"}},
		{"date of another order", coding.Options{Today: "02/03/2026"}, []string{"YYYY-MM-DD"}},
		{"sides", coding.Options{Bilateral: "two-lines"}, []string{"one-line, two-line"}},
		{"separate services", coding.Options{Distinct: "XU"}, []string{`"XU"`, "59, x"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			e, err := coding.New(c.o)
			if (err != nil) != (c.says != nil) || (e == nil) != (err != nil) {
				t.Fatalf("New: engine %v, error %v", e != nil, err)
			}
			for _, w := range c.says {
				if !strings.Contains(err.Error(), w) {
					t.Errorf("error %q does not say %q", err, w)
				}
			}
		})
	}
}
