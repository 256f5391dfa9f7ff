package eval

import (
	"encoding/json"
	"slices"

	"github.com/radcode/radcode/coding/exchange"
)

// Human is how well one coder agrees with the gold that was made of several, in
// the same metric as the machine: the line it has to be compared with.
type Human struct {
	Coder  string
	Metric string // name of the metric it stands beside
	Tally
}

// coderKeys are the keys of a corpus line that hold each coder's own codes, as
// {"coder": ["code", ...]}, the metric they belong to, and what they are
// compared with.
var coderKeys = []struct {
	key, metric string
	gold        func(*exchange.Gold) []exchange.GoldCode
}{
	{"coders_cpt", "cpt.micro.f1", goldProcedures},
	{"coders_icd10cm", "icd10cm.micro.f1", goldDiagnoses},
	{"coders_icd9cm", "icd10cm.micro.f1", goldAsICD9},
}

// goldAsICD9 is gold in the code system it was translated from. Codes that have
// no ICD-9-CM code leave it empty and cannot be compared.
func goldAsICD9(g *exchange.Gold) []exchange.GoldCode {
	var out []exchange.GoldCode
	for _, x := range g.ICD10CM {
		if x.ICD9CM != "" && !slices.ContainsFunc(out, func(y exchange.GoldCode) bool { return y.Code == x.ICD9CM }) {
			out = append(out, exchange.GoldCode{Code: x.ICD9CM, Optional: x.Optional})
		}
	}
	return out
}

// humans counts every coder against the gold, sorted by metric and coder. A key
// that does not hold lists of codes is no coder.
func humans(cases []*Case) []Human {
	var out []Human
	for _, k := range coderKeys {
		tallies := map[string]*Tally{}
		for _, c := range cases {
			var coders map[string][]string
			if c.Gold == nil || json.Unmarshal(c.Extra[k.key], &coders) != nil {
				continue
			}
			for _, name := range sortedKeys(coders) {
				if tallies[name] == nil {
					tallies[name] = &Tally{}
				}
				tallies[name].Add(k.gold(c.Gold), coders[name])
			}
		}
		for _, name := range sortedKeys(tallies) {
			out = append(out, Human{name, k.metric, *tallies[name]})
		}
	}
	return out
}
