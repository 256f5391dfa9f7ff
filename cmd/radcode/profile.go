package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/radcode/radcode/coding"
)

// profileNames are the names of the built-in profiles.
func profileNames() []string {
	var out []string
	profiles, err := coding.Profiles()
	if err != nil {
		return nil // the command that uses one says why
	}
	for _, p := range profiles {
		out = append(out, p.Name)
	}
	return out
}

// profileOption returns the profile that --payer names, or reads it; nil for "".
func profileOption(name string) (*coding.Profile, error) {
	if name == "" {
		return nil, nil
	}
	profiles, err := coding.Profiles()
	if err != nil {
		return nil, err
	}
	for i := range profiles {
		if strings.EqualFold(profiles[i].Name, name) {
			return &profiles[i], nil
		}
	}
	data, err := os.ReadFile(name)
	if os.IsNotExist(err) {
		return nil, fmt.Errorf("--payer %q: want %s or a file", name, strings.Join(profileNames(), ", "))
	}
	if err != nil {
		return nil, fmt.Errorf("--payer: %w", err)
	}
	p, err := coding.ParseProfile(name, data)
	return &p, err
}
