package eval

import "github.com/radcode/radcode/coding/exchange"

// Tally counts predicted codes against gold, over any number of reports, as
// Match pairs them. The zero Tally is ready; it is not safe for concurrent use.
type Tally struct{ Hit, Extra, Missed int }

// Add counts the codes of one report.
func (t *Tally) Add(gold []exchange.GoldCode, codes []string) {
	m := Match(gold, codes)
	t.Hit += len(m.Hits)
	t.Extra += len(m.Extra)
	t.Missed += len(m.Missed)
}

// F1 is the micro-averaged F1 of what was added: 2 hit / (2 hit + extra +
// missed). It is NaN when nothing was added.
func (t *Tally) F1() float64 { return 2 * float64(t.Hit) / float64(2*t.Hit+t.Extra+t.Missed) }
