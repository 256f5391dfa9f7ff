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
	policy, date, payer, bilateral, distinct, models string
}

func (f *engineFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.policy, "policy", string(coding.Indication), "which diagnosis is listed first: indication or official")
	c.Flags().StringVar(&f.payer, "payer", "", "how the payer wants claims: "+strings.Join(profileNames(), ", ")+" or a profile in JSON; without it by the payer in the metadata")
	c.Flags().StringVar(&f.bilateral, "bilateral", byPayer, "a study of both sides: one-line (modifier 50), two-line (RT and LT) or payer")
	c.Flags().StringVar(&f.distinct, "distinct", byPayer, "a separate service that another code else includes: 59, x (XE, XS, XP, XU) or payer")
	c.Flags().StringVar(&f.models, "models", "", "folder with procedure.tsv, calibration.tsv or subword.txt from train or calibrate, instead of the built-in ones")
	c.Flags().StringVar(&f.date, "date", "", "date of service, YYYY-MM-DD, of reports whose metadata has none")
}

// byPayer is how people write that the payer's profile decides.
const byPayer = "payer"

var bilaterals = map[string]coding.Bilateral{byPayer: "", string(coding.OneLine): coding.OneLine, string(coding.TwoLines): coding.TwoLines}

var distincts = map[string]coding.Distinct{byPayer: coding.DistinctByPayer, "59": coding.Distinct59, "x": coding.DistinctX}

var policies = []string{string(coding.Indication), string(coding.Official)}

// engine builds an engine; without dates of service it answers as of today.
func (a *app) engine(f engineFlags) (*coding.Engine, error) {
	o, err := a.options(f, a.today(""))
	if err != nil {
		return nil, err
	}
	return coding.New(o)
}

// options checks the flags and says what engine they ask for, with the releases
// that were imported.
func (a *app) options(f engineFlags, today string) (coding.Options, error) {
	if !slices.Contains(policies, f.policy) {
		return coding.Options{}, fmt.Errorf("--policy %q: want %s", f.policy, strings.Join(policies, " or "))
	}
	bilateral, ok := bilaterals[f.bilateral]
	if !ok {
		return coding.Options{}, fmt.Errorf("--bilateral %q: want payer, one-line or two-line", f.bilateral)
	}
	distinct, ok := distincts[f.distinct]
	if !ok {
		return coding.Options{}, fmt.Errorf("--distinct %q: want payer, 59 or x", f.distinct)
	}
	if err := checkDate("--date", f.date); err != nil {
		return coding.Options{}, err
	}
	sets, err := codesets()
	if err != nil {
		return coding.Options{}, err
	}
	o := coding.Options{Today: today, Policy: coding.Policy(f.policy), Bilateral: bilateral, Distinct: distinct, Codesets: sets}
	if o.Profile, err = profileOption(f.payer); err != nil {
		return coding.Options{}, err
	}
	if o.Release, err = a.releaseOption(); err != nil {
		return coding.Options{}, err
	}
	if o.Tables, err = a.paymentTables(); err != nil {
		a.messages.tell("warning: coding without payment tables: %v", err)
	}
	err = useModels(&o, f.models)
	return o, err
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
