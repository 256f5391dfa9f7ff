package audit_test

import (
	"slices"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/audit"
	"github.com/radcode/radcode/lexicon"
)

// ofClaims are flags of the checks of claims, as the requirements name them.
var ofClaims = []string{"duplicate_line", "dx_cpt_mismatch", "modifier50_not_allowed", "modifier_conflict", "modifier_not_applicable", "ncci_pair"}

// TestDenialReasons wants every id in the table of reasons to be a flag of the engine, a
// type of difference, or a flag of the checks of claims.
func TestDenialReasons(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	known := slices.Clone(ofClaims)
	for _, r := range coding.Rules() {
		known = append(known, r.ID)
	}
	for _, x := range audit.Types() {
		known = append(known, x.ID)
	}
	for _, r := range lex.DenialReasons {
		if r.Flag != "" && !slices.Contains(known, r.Flag) {
			t.Errorf("%s: %s is no flag and no type of difference", r.Source, r.Flag)
		}
	}
}
