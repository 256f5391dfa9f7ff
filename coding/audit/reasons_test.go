package audit_test

import (
	"slices"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/audit"
	"github.com/radcode/radcode/lexicon"
)

// TestDenialReasons wants every id in the table of reasons to be a flag of the engine or a type of difference, and
// a flag before each reason that requirement R166 names.
func TestDenialReasons(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	flags := coding.EncounterFlags()
	for _, r := range coding.Rules() {
		flags = append(flags, r.ID)
	}
	known := slices.Clone(flags)
	for _, x := range audit.Types() {
		known = append(known, x.ID)
	}
	leadsTo := map[string]bool{}
	for _, r := range lex.DenialReasons {
		if r.Flag != "" && !slices.Contains(known, r.Flag) {
			t.Errorf("%s: %s is no flag and no type of difference", r.Source, r.Flag)
		}
		leadsTo[r.CARC] = leadsTo[r.CARC] || slices.Contains(flags, r.Flag)
	}
	for _, carc := range []string{"4", "11", "16", "18", "50", "97", "197"} {
		if !leadsTo[carc] {
			t.Errorf("no flag leads to CARC %s", carc)
		}
	}
}
