package main

import (
	"encoding/json"
	"fmt"
	"os"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/index"
)

// concerned is a change that touches reports: their ids, "line 3" for those
// without.
type concerned struct {
	index.Change
	Reports []string `json:"reports"`
}

// claimLine is a corpus line or a result, as far as it lists diagnoses.
type claimLine struct {
	ID        string                         `json:"id"`
	Gold      *exchange.Gold                 `json:"gold"`
	Diagnoses []coding.Diagnosis             `json:"diagnoses"`
	Claims    map[coding.Policy]coding.Claim `json:"claims"`
}

// codes are the ICD-10-CM codes of the line, each once, without dots.
func (l *claimLine) codes() []string {
	var all []string
	if l.Gold != nil {
		for _, c := range l.Gold.ICD10CM {
			all = append(all, c.Code)
		}
		for _, codes := range l.Gold.Primary {
			for _, c := range codes {
				all = append(all, c.Code)
			}
		}
	}
	for _, d := range l.Diagnoses {
		all = append(all, d.Code)
	}
	for _, c := range l.Claims {
		all = append(all, c.Dx...)
	}
	for i := range all {
		all[i], _ = index.Undotted(all[i])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// concernedClaims finds the reports with codes that may no longer be billed or
// mean something else. Added codes concern nobody yet.
func (a *app) concernedClaims(path string, changes []index.Change) ([]concerned, error) {
	byCode := map[string][]int{}
	var out []concerned
	for _, c := range changes {
		if c.Kind == index.Added || c.Kind == index.ToBillable {
			continue
		}
		id, _ := index.Undotted(c.Code)
		byCode[id] = append(byCode[id], len(out))
		out = append(out, concerned{Change: c})
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	for line, err := range exchange.ReadLines(file, path) {
		if err != nil {
			return nil, err
		}
		var l claimLine
		if err := json.Unmarshal(line.Text, &l); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, line.Number, err)
		}
		if l.ID == "" {
			l.ID = fmt.Sprintf("line %d", line.Number)
		}
		for _, code := range l.codes() {
			for _, i := range byCode[code] {
				out[i].Reports = append(out[i].Reports, l.ID)
			}
		}
	}
	return slices.DeleteFunc(out, func(c concerned) bool { return c.Reports == nil }), nil
}
