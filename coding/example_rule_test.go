package coding_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
)

// needOther are the rules whose example takes more than a report: what it is, is
// said here and tested elsewhere.
var needOther = map[string]string{
	"text_truncated":    "a text of 256 KiB: TestHugeText",
	"dx_not_in_force":   "an imported release: TestRelease",
	"code_not_in_force": "a claim given for checking: TestCheckClaim",
	"mue_exceeded":      "an imported table: TestClaimTables",
	"lcd_not_covered":   "an imported table: TestClaimTables",
	"payer_rule":        "rules of a payer: TestClaimTables",
}

// TestRuleExamples: every rule has an example that raises it and a near miss that does not.
func TestRuleExamples(t *testing.T) {
	rules := coding.Rules()
	for _, r := range rules {
		t.Run(r.ID, func(t *testing.T) {
			x, ok := coding.ExampleOf(r.ID)
			if !ok || x.Why == "" {
				t.Fatalf("coding/examples/%s.txtar is missing or does not say why", r.ID)
			}
			if needOther[r.ID] != "" {
				return
			}
			if flags := flagIDs(answerOf(t, x.Raises).Result); !slices.Contains(flags, r.ID) {
				t.Errorf("the example does not raise it, only %v", flags)
			}
			if x.NearMiss == nil {
				t.Fatal("no near miss")
			}
			if flags := flagIDs(answerOf(t, *x.NearMiss).Result); slices.Contains(flags, r.ID) {
				t.Error("the near miss raises it as well")
			}
		})
	}
	files, err := os.ReadDir("examples")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		id := strings.TrimSuffix(f.Name(), ".txtar")
		if !slices.ContainsFunc(rules, func(r coding.Rule) bool { return r.ID == id }) {
			t.Errorf("examples/%s: no such rule", f.Name())
		}
	}
}
