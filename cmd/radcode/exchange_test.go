package main

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestR176_SameCodes: a report has the same codes as plain text, as HL7 message and as FHIR resource.
func TestR176_SameCodes(t *testing.T) {
	var want string
	for _, name := range []string{"report.txt", "report.hl7", "report.fhir.json"} {
		stdout, stderr, code := runWith(t, "", "code", "--date", "2024-03-12", "--format", "jsonl", "../../coding/exchange/testdata/"+name)
		if code != exitDone {
			t.Fatalf("%s: exit code %d: %s", name, code, stderr)
		}
		var r struct {
			Claim struct {
				Lines []struct{ Code string }
				Dx    []string
			}
		}
		if err := json.Unmarshal([]byte(stdout), &r); err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, l := range r.Claim.Lines {
			codes = append(codes, l.Code)
		}
		got := strings.Join(append(append(codes, "|"), r.Claim.Dx...), " ")
		if want == "" {
			want = got
		}
		if got != want || len(codes) == 0 || len(r.Claim.Dx) == 0 {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}
