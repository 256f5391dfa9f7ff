package eval

import (
	"strings"

	"github.com/radcode/radcode/coding/exchange"
)

// Matching says which predicted codes took which gold entries. All are indexes
// into the lists that were matched, ascending.
type Matching struct {
	Hits     []Pair // required entries that were predicted
	Missed   []int  // required gold entries that nothing took
	Extra    []int  // predicted codes that took nothing
	Optional []Pair // optional entries that were predicted: neither hit nor miss
}

// Pair is a gold entry and the predicted code that took it.
type Pair struct{ Gold, Predicted int }

// Match pairs predicted codes with gold entries so that as many required entries
// as possible are taken, each code taking at most one entry; codes left over
// may take optional ones. Of two ways the one with more exact codes is preferred,
// then the earlier entry. Maximum bipartite matching by augmenting paths (Kuhn
// 1955); a greedy pass would let "R05.9" take the place of the entry that lists
// it as acceptable and leave the entry it is for empty.
func Match(gold []exchange.GoldCode, codes []string) Matching {
	return match(gold, codes, exchange.GoldCode.Accepts)
}

// match is Match with another idea of what an entry accepts.
func match(gold []exchange.GoldCode, codes []string, accepts func(exchange.GoldCode, string) bool) Matching {
	m := matcher{gold: gold, codes: codes, accepts: accepts, takenBy: filled(len(gold), -1), takes: filled(len(codes), -1)}
	m.exact(false)
	m.augment(false)
	m.exact(true)
	m.augment(true)
	return m.result()
}

type matcher struct {
	gold           []exchange.GoldCode
	codes          []string
	accepts        func(exchange.GoldCode, string) bool
	takenBy, takes []int // entry -> code, code -> entry; -1 is none
}

func filled(n, value int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = value
	}
	return out
}

// exact pairs entries with their own codes: always a part of some best matching
// among equals, and the one a reader expects.
func (m *matcher) exact(optional bool) {
	for i, g := range m.gold {
		if g.Optional != optional || m.takenBy[i] >= 0 {
			continue
		}
		for k, code := range m.codes {
			if m.takes[k] < 0 && sameCode(g.Code, code) {
				m.takenBy[i], m.takes[k] = k, i
				break
			}
		}
	}
}

// augment lets every free entry look for a code, moving others aside.
func (m *matcher) augment(optional bool) {
	for i, g := range m.gold {
		if g.Optional == optional && m.takenBy[i] < 0 {
			m.find(i, optional, make([]bool, len(m.codes)))
		}
	}
}

func (m *matcher) find(entry int, optional bool, visited []bool) bool {
	for k, code := range m.codes {
		if visited[k] || !m.accepts(m.gold[entry], code) {
			continue
		}
		visited[k] = true
		holder := m.takes[k]
		if holder >= 0 && (m.gold[holder].Optional != optional || !m.find(holder, optional, visited)) {
			continue
		}
		m.takenBy[entry], m.takes[k] = k, entry
		return true
	}
	return false
}

func (m *matcher) result() Matching {
	var out Matching
	for i, g := range m.gold {
		k := m.takenBy[i]
		switch {
		case k >= 0 && g.Optional:
			out.Optional = append(out.Optional, Pair{i, k})
		case k >= 0:
			out.Hits = append(out.Hits, Pair{i, k})
		case !g.Optional:
			out.Missed = append(out.Missed, i)
		}
	}
	for k := range m.codes {
		if m.takes[k] < 0 {
			out.Extra = append(out.Extra, k)
		}
	}
	return out
}

// sameCode compares codes without their dots.
func sameCode(a, b string) bool { return a == b || bare(a) == bare(b) }

func bare(code string) string { return strings.ReplaceAll(code, ".", "") }
