package eval

import (
	"testing"

	"github.com/radcode/radcode/coding/exchange"
)

func TestTally(t *testing.T) {
	for _, c := range []struct {
		name  string
		gold  []exchange.GoldCode
		codes []string
		want  Tally
	}{
		{"one of each", []exchange.GoldCode{{Code: "A00"}, {Code: "B00"}}, []string{"A00", "C00"}, Tally{1, 1, 1}},
		{"an entry is taken once", []exchange.GoldCode{{Code: "A00"}}, []string{"A00", "A00"}, Tally{1, 1, 0}},
		{"an optional entry is neither hit nor miss", []exchange.GoldCode{{Code: "A00", Optional: true}, {Code: "B00", Optional: true}}, []string{"A00"}, Tally{0, 0, 0}},
		{"required before optional", []exchange.GoldCode{{Code: "A00", Optional: true}, {Code: "A00"}}, []string{"A00"}, Tally{1, 0, 0}},
	} {
		var got Tally
		got.Add(c.gold, c.codes)
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	if f := (&Tally{Hit: 2, Extra: 1, Missed: 1}).F1(); f != 4.0/6 {
		t.Errorf("F1 = %v", f)
	}
}
