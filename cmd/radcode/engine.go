package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding"
)

// engineFlags are the flags of all commands that code reports.
type engineFlags struct {
	policy, date, bilateral, models string
}

func (f *engineFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.policy, "policy", string(coding.Indication), "which diagnosis is listed first: indication or official")
	c.Flags().StringVar(&f.bilateral, "bilateral", string(coding.OneLine), "a study of both sides: one-line (modifier 50) or two-line (RT and LT)")
	c.Flags().StringVar(&f.models, "models", "", "folder with procedure.tsv, calibration.tsv or subword.txt from train or calibrate, instead of the built-in ones")
	c.Flags().StringVar(&f.date, "date", "", "date of service, YYYY-MM-DD, of reports whose metadata has none")
}

var bilaterals = []string{string(coding.OneLine), string(coding.TwoLines)}

var policies = []string{string(coding.Indication), string(coding.Official)}

// engine builds an engine; without dates of service it answers as of today.
func (a *app) engine(f engineFlags) (*coding.Engine, error) {
	o, err := f.options(a.today(""))
	if err != nil {
		return nil, err
	}
	return coding.New(o)
}

// options checks the flags and says what engine they ask for.
func (f *engineFlags) options(today string) (coding.Options, error) {
	if !slices.Contains(policies, f.policy) {
		return coding.Options{}, fmt.Errorf("--policy %q: want %s", f.policy, strings.Join(policies, " or "))
	}
	if !slices.Contains(bilaterals, f.bilateral) {
		return coding.Options{}, fmt.Errorf("--bilateral %q: want %s", f.bilateral, strings.Join(bilaterals, " or "))
	}
	if err := checkDate("--date", f.date); err != nil {
		return coding.Options{}, err
	}
	sets, err := codesets()
	if err != nil {
		return coding.Options{}, err
	}
	o := coding.Options{Today: today, Policy: coding.Policy(f.policy), Bilateral: coding.Bilateral(f.bilateral), Codesets: sets}
	return o, useModels(&o, f.models)
}

// checkDate accepts days of the calendar, and nothing.
func checkDate(flag, date string) error {
	if date == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return fmt.Errorf("%s %q: want a date of service as YYYY-MM-DD", flag, date)
	}
	return nil
}
