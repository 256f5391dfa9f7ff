package main

import (
	"os"
	"testing"
)

// TestRulesPage compares docs/rules.md with the rules.
func TestRulesPage(t *testing.T) {
	const file = "../../docs/rules.md"
	rules, err := shownRules()
	if err != nil {
		t.Fatal(err)
	}
	want := rulesMarkdown(rules)
	if *update {
		if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Error("docs/rules.md is not what the rules say: go test ./cmd/radcode -run TestRulesPage -update")
	}
}
