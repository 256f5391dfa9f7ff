package lexicon

import (
	"slices"
	"strings"
	"testing"
)

// notFollowed are mappings that the table leaves out, with the reason.
var notFollowed = map[string]string{
	"487.0 J12.9":   "influenza is not stated",
	"511.0 J86.9":   "pus is an effusion, which 511.0 excludes",
	"596.8 N99.51":  "a complication of a cystostomy has a code of its own since 2011",
	"745.4 I27.83":  "a sequel of the defect",
	"756.71 Q79.51": "another malformation",
	"780.6 R68.83":  "chills are no fever",
	"780.6 R68.0":   "hypothermia is no fever",
}

// TestConversionsFollowTheMappings looks every conversion up in the General
// Equivalence Mappings: the code must be billable, and every target must be
// accepted but for those that a reason rules out.
func TestConversionsFollowTheMappings(t *testing.T) {
	var billable []string
	reference(t, "icd10cm_codes.tsv.gz", func(r map[string]string) {
		if r["billable"] == "1" {
			billable = append(billable, r["code"])
		}
	})
	targets := map[string][]string{}
	reference(t, "gem_icd9_full.tsv.gz", func(r map[string]string) { targets[r["icd9"]] = append(targets[r["icd9"]], r["icd10"]) })
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	under := func(prefix string) []string {
		return slices.DeleteFunc(slices.Clone(billable), func(c string) bool { return !strings.HasPrefix(c, prefix) })
	}
	checked := 0
	for _, c := range lex.Conversions {
		accepts := func(code string) bool {
			return code == c.Code || slices.ContainsFunc(c.Accept, func(p string) bool { return strings.HasPrefix(code, p) })
		}
		if !slices.Contains(billable, c.Code) {
			t.Errorf("%s: %s is not billable", c.Source, c.Code)
		}
		for _, p := range c.Accept {
			if len(under(p)) == 0 {
				t.Errorf("%s: no code begins with %s", c.Source, p)
			}
		}
		for _, target := range targetsOf(targets, c.ICD9CM) {
			checked++
			if !slices.ContainsFunc(under(target), accepts) && !ruledOut(c.ICD9CM, target) {
				t.Errorf("%s: %s maps to %s, which is not accepted", c.Source, c.ICD9CM, target)
			}
		}
	}
	t.Logf("%d conversions, %d mappings", len(lex.Conversions), checked)
	if checked < len(lex.Conversions) {
		t.Errorf("%d mappings for %d conversions: a code is unknown to the mappings", checked, len(lex.Conversions))
	}
}

// targetsOf are the targets of a code, or of those it was divided into later.
func targetsOf(targets map[string][]string, code string) []string {
	if own := targets[code]; own != nil {
		return own
	}
	var out []string
	for c, list := range targets {
		if strings.HasPrefix(c, code) {
			out = append(out, list...)
		}
	}
	slices.Sort(out)
	return out
}

func ruledOut(code, target string) bool {
	for pair := range notFollowed {
		from, to, _ := strings.Cut(pair, " ")
		if from == code && strings.HasPrefix(target, to) {
			return true
		}
	}
	return false
}

func TestFromICD9CM(t *testing.T) {
	lex, err := Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ code, want string }{
		{"786.2", "R05.9"}, {"7862", "R05.9"}, {"v13.02", "Z87.440"}, {"486", "J18.9"}, {"E999.9", ""}, {"", ""},
	} {
		got := ""
		if x := lex.FromICD9CM(c.code); x != nil {
			got = x.Code
		}
		if got != c.want {
			t.Errorf("%q is %q, want %q", c.code, got, c.want)
		}
	}
}
