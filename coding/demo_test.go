package coding_test

import (
	"os"
	"slices"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// beyondLexicon are labels of the demo corpus that no row of the diagnosis
// table can produce. They are right, so they stay; the list may only shrink.
var beyondLexicon = []string{"I25.84", "O20.8", "Y92.009", "Y92.129"}

func TestDemoCorpus(t *testing.T) {
	f, err := os.Open("../testdata/corpora/demo.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	reachable := reachableDiagnoses(lex)
	rules := ruleIDs()

	ids := map[string]bool{}
	for rec, err := range exchange.ReadCorpus(f, "demo.jsonl") {
		if err != nil {
			t.Fatal(err)
		}
		if ids[rec.ID] || rec.ID == "" {
			t.Errorf("id %q is empty or stands twice", rec.ID)
		}
		ids[rec.ID] = true
		if n := len(rec.Text); n < 500 || n > 1900 {
			t.Errorf("%s: %d bytes", rec.ID, n)
		}
		if rec.Gold == nil || rec.Group == "" || len(rec.Tags) == 0 || len(rec.Extra) > 0 {
			t.Errorf("%s: gold, group or tags are missing, or a key is unknown: %v", rec.ID, rec.Extra)
			continue
		}
		for _, c := range rec.Gold.CPT {
			for _, code := range append([]string{c.Code}, c.Accept...) {
				if p := lex.Procedure(code); p == nil || !p.InForce(rec.Meta.DateOfService) {
					t.Errorf("%s: %s is no procedure code on %s", rec.ID, code, rec.Meta.DateOfService)
				}
			}
		}
		diagnoses := slices.Clone(rec.Gold.ICD10CM)
		for _, policy := range []coding.Policy{coding.Indication, coding.Official} {
			if len(rec.Gold.Primary[policy]) == 0 {
				t.Errorf("%s: no primary diagnosis for %s", rec.ID, policy)
			}
			diagnoses = append(diagnoses, rec.Gold.Primary[policy]...)
		}
		for _, d := range diagnoses {
			if !reachable[d.Code] && !slices.Contains(beyondLexicon, d.Code) {
				t.Errorf("%s: %s is no diagnosis code of the lexicon", rec.ID, d.Code)
			}
		}
		for _, id := range slices.Concat(rec.Gold.Flags, rec.Gold.FlagsOptional) {
			if !rules[id] {
				t.Errorf("%s: no rule raises %s", rec.ID, id)
			}
		}
	}
	if len(ids) != 60 {
		t.Errorf("%d reports, the README says 60", len(ids))
	}
	for _, code := range beyondLexicon {
		if reachable[code] {
			t.Errorf("%s can be produced now: remove it from beyondLexicon", code)
		}
	}
}

func reachableDiagnoses(lex *lexicon.Lexicon) map[string]bool {
	out := map[string]bool{}
	for i := range lex.Diagnoses {
		for _, c := range lex.Enumerate(&lex.Diagnoses[i]) {
			out[c.Code] = true
		}
	}
	return out
}

func ruleIDs() map[string]bool {
	out := map[string]bool{}
	for _, r := range coding.Rules() {
		out[r.ID] = true
	}
	return out
}

// TestEveryFlagHasReports asks that each flag stands in one golden report and
// is expected not to stand in another: a rule that always fires helps nobody.
func TestEveryFlagHasReports(t *testing.T) {
	fires, silent := map[string]bool{}, map[string]bool{}
	for _, g := range readGoldens(t) {
		lines, _ := g.section("flags")
		for _, l := range lines {
			if field(l, 0) == "no" {
				silent[field(l, 1)] = true
			} else {
				fires[field(l, 1)] = true
			}
		}
	}
	// A report that is too long would be a golden file of a quarter megabyte;
	// TestHugeText has the case and its near miss.
	fires["text_truncated"], silent["text_truncated"] = true, true
	// Golden reports know no imported payment table and no claims of others; TestClaimTables and TestCheckClaim have both.
	for _, id := range []string{"code_not_in_force", "lcd_not_covered", "mue_exceeded", "payer_rule"} {
		fires[id], silent[id] = true, true
	}
	// Golden reports know no imported release; TestRelease has both.
	fires["dx_not_in_force"], silent["dx_not_in_force"] = true, true
	for id := range ruleIDs() {
		if !fires[id] {
			t.Errorf("no report in testdata/reports raises %s", id)
		}
		if !silent[id] {
			t.Errorf("no report in testdata/reports is a near miss of %s", id)
		}
	}
}
