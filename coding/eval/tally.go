// Package eval measures codes against gold. It holds the count that calibrate
// and the corpus tests share; metrics, statistics and comparison are to come.
package eval

import "github.com/radcode/radcode/coding/exchange"

// Tally counts predicted codes against gold, over any number of reports. A code
// takes at most one gold entry, required ones first; an optional entry is
// neither hit nor miss. The zero Tally is ready; it is not safe for concurrent use.
type Tally struct{ Hit, Extra, Missed int }

// Add counts the codes of one report.
func (t *Tally) Add(gold []exchange.GoldCode, codes []string) {
	used := make([]bool, len(gold))
	take := func(code string, optional bool) bool {
		for i, g := range gold {
			if !used[i] && g.Optional == optional && g.Accepts(code) {
				used[i] = true
				return true
			}
		}
		return false
	}
	for _, c := range codes {
		switch {
		case take(c, false):
			t.Hit++
		case take(c, true):
		default:
			t.Extra++
		}
	}
	for i, g := range gold {
		if !used[i] && !g.Optional {
			t.Missed++
		}
	}
}

// F1 is the micro-averaged F1 of what was added: 2 hit / (2 hit + extra +
// missed). It is NaN when nothing was added.
func (t *Tally) F1() float64 { return 2 * float64(t.Hit) / float64(2*t.Hit+t.Extra+t.Missed) }
