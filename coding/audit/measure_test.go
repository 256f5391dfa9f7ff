package audit_test

import (
	"context"
	"encoding/json"
	"os"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/audit"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// asBilled makes a claim of what the corpus holds as right: whatever an audit finds there
// is a wrong accusation, or a fault of the corpus.
func asBilled(rec exchange.Record) (exchange.CodedClaim, bool) {
	g := rec.Gold
	if g == nil {
		return exchange.CodedClaim{}, false
	}
	c := exchange.CodedClaim{ID: rec.ID}
	for _, x := range g.CPT {
		if !x.Optional {
			c.Lines = append(c.Lines, exchange.CodedLine{Code: x.Code, Modifiers: x.Modifiers, Units: 1})
		}
	}
	first := g.Primary[coding.Official]
	for _, x := range append(append([]exchange.GoldCode{}, first...), g.ICD10CM...) {
		if !x.Optional && !contains(c.Dx, x.Code) {
			c.Dx = append(c.Dx, x.Code)
		}
	}
	return c, c.Lines != nil || c.Dx != nil
}

func contains(list []string, x string) bool {
	for _, y := range list {
		if x == y {
			return true
		}
	}
	return false
}

// TestWrongAccusations audits corpora with their own gold as the claim.
func TestWrongAccusations(t *testing.T) {
	auditor := newAuditor(t)
	for _, c := range []struct {
		path string
		most float64 // findings per claim
	}{
		{"../../testdata/corpora/demo.jsonl", 0.02},
		{"../../../shared/corpora/reports-dev.jsonl", 0.13},
		{"../../../shared/corpora/cmc2007-dev.jsonl", 0.03},
	} {
		if _, err := os.Stat(c.path); err != nil {
			t.Logf("%s is not there: skipped", c.path)
			continue
		}
		claims, findings := 0, 0
		counts := map[string][2]int{}
		for rec, err := range exchange.OpenCorpus(c.path, exchange.Mapping{}) {
			if err != nil {
				t.Fatal(err)
			}
			claim, ok := asBilled(rec)
			if !ok {
				continue
			}
			x, err := auditor.Audit(context.Background(), audit.Pair{Claim: claim, Report: rec.Report})
			if err != nil {
				t.Fatal(err)
			}
			claims++
			for _, d := range x.Differences {
				n := counts[d.System+" "+d.Type]
				n[1]++
				if d.Finding {
					n[0]++
					findings++
					if testing.Verbose() {
						t.Logf("%s: %s %s %s %s %.3f %s", x.ID, d.Type, d.Coded, d.Supported, d.Basis, d.Confidence, d.Message)
					}
				}
				counts[d.System+" "+d.Type] = n
			}
		}
		text, _ := json.Marshal(counts)
		t.Logf("%s: %d claims, %d wrong findings (findings, differences): %s", c.path, claims, findings, text)
		if rate := float64(findings) / float64(max(claims, 1)); rate > c.most {
			t.Errorf("%s: %.3f findings per right claim, want at most %.3f", c.path, rate, c.most)
		}
	}
}

// TestAgainstCoders audits what three coders of the CMC challenge gave, each alone: a
// missed code that we stand by should be one that the majority gave.
func TestAgainstCoders(t *testing.T) {
	const path = "../../../shared/corpora/cmc2007-dev.jsonl"
	if _, err := os.Stat(path); err != nil {
		t.Skipf("%s is not there", path)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	auditor := newAuditor(t)
	right, wrong, look, lookRight := 0, 0, 0, 0
	for rec, err := range exchange.OpenCorpus(path, exchange.Mapping{}) {
		if err != nil {
			t.Fatal(err)
		}
		var coders map[string][]string
		if json.Unmarshal(rec.Extra["coders_icd9cm"], &coders) != nil {
			continue
		}
		for _, codes := range coders {
			claim := exchange.CodedClaim{ID: rec.ID, Dx: []string{}}
			for _, old := range codes {
				if x := lex.FromICD9CM(old); x != nil {
					claim.Dx = append(claim.Dx, x.Code)
				}
			}
			x, err := auditor.Audit(context.Background(), audit.Pair{Claim: claim, Report: rec.Report})
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range x.Differences {
				if d.Type != audit.Missed {
					continue
				}
				inGold := false
				for _, g := range rec.Gold.ICD10CM {
					inGold = inGold || g.Accepts(d.Supported)
				}
				switch {
				case d.Finding && inGold:
					right++
				case d.Finding:
					wrong++
					t.Logf("%s: %s %.3f; billed %v, the majority %v", rec.ID, d.Supported, d.Confidence, claim.Dx, rec.Gold.ICD10CM)
				case inGold:
					lookRight++
				default:
					look++
				}
			}
		}
	}
	t.Logf("missed diagnoses: %d findings right, %d wrong; worth a look: %d right, %d wrong", right, wrong, lookRight, look)
	if right < 10*wrong {
		t.Errorf("%d right findings and %d wrong ones", right, wrong)
	}
}
