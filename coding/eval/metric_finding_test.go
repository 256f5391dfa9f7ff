package eval

import (
	"testing"

	"github.com/radcode/radcode/coding/exchange"
)

// TestFindings: normal is no finding, and what gold does not label is not scored.
func TestFindings(t *testing.T) {
	c := func(gold, predicted []string) *Case {
		return &Case{Record: exchange.Record{Gold: &exchange.Gold{Findings: gold}}, Prediction: Prediction{Findings: predicted}}
	}
	cases := []*Case{
		c([]string{"normal"}, []string{"normal"}),
		c([]string{"normal"}, []string{"Edema"}),
		c([]string{"Edema", "Mass"}, []string{"Edema"}),
		c([]string{}, []string{"normal"}),
		c(nil, []string{"Mass"}),
	}
	want := map[string][2]float64{
		"findings.micro.p": {1, 2}, "findings.micro.r": {1, 2}, "findings.micro.f1": {2, 4}, "findings.normal.accuracy": {2, 4},
	}
	for _, m := range findingMetrics() {
		num, den := m.prepare(cases)(nil)
		if got := [2]float64{num, den}; got != want[m.Name] {
			t.Errorf("%s is %v, want %v", m.Name, got, want[m.Name])
		}
	}
}
