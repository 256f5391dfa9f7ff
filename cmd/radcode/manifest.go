package main

import (
	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// tableSet is a code set that radcode holds as tables of its own, and the dates
// of service for which it was checked against the official releases.
type tableSet struct {
	system, release, from, to string
	files                     []string
}

var tableSets = []tableSet{
	{lexicon.CPT, "2016-2026", "2016-01-01", "2026-12-31", []string{"procedures.tsv"}},
	{lexicon.HCPCS, "2016-2026", "2016-01-01", "2026-12-31", []string{"procedures.tsv"}},
	{lexicon.ICD10CM, "FY2026-FY2027", "2025-10-01", "2027-09-30", []string{"diagnoses.tsv", "slots.tsv"}},
}

// codesets are the code sets that answers come from.
func codesets() ([]coding.Codeset, error) {
	var out []coding.Codeset
	for _, s := range tableSets {
		sum, err := lexicon.Digest(s.files...)
		if err != nil {
			return nil, err
		}
		out = append(out, coding.Codeset{System: s.system, Release: s.release, From: s.from, To: s.to, SHA256: sum})
	}
	return out, nil
}
