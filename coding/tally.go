package coding

import (
	"strconv"
	"sync/atomic"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/radcode/radcode/lexicon"
)

// layout says which codes an axis cannot tell apart: same part, same class. It
// depends on the lexicon alone.
type layout struct {
	classes  []codeClass // distinct, in the order of the codes
	classOf  []int       // by procedure index
	kinds    [][]int     // per comparison, one procedure of each kind
	kindOf   [][]uint16  // per comparison, by procedure index: small, since every ranking reads all of it
	siblings [][]int     // other codes for the same study, by procedure index
}

// codeClass is what weights of axes are learned apart for: the modality and the
// family (first three digits) of a code. A view too many means little in fluoroscopy and much in films.
type codeClass struct{ modality, family string }

// familyDigits is how much of a code names its family.
const familyDigits = 3

func classOf(lex *lexicon.Lexicon, p *lexicon.Procedure) codeClass {
	c := codeClass{modality: "none", family: p.Code[:min(familyDigits, len(p.Code))]}
	if len(p.Modality) > 0 {
		c.modality = lex.Concept(p.Modality[0][0]).Name
	}
	return c
}

func newLayout(lex *lexicon.Lexicon) *layout {
	l := &layout{kinds: make([][]int, len(comparisons)), kindOf: make([][]uint16, len(comparisons)), siblings: siblingsOf(lex)}
	classes := map[codeClass]int{}
	for i := range lex.Procedures {
		c := classOf(lex, &lex.Procedures[i])
		if _, seen := classes[c]; !seen {
			classes[c] = len(l.classes)
			l.classes = append(l.classes, c)
		}
		l.classOf = append(l.classOf, classes[c])
	}
	for n := range comparisons {
		kinds := map[string]uint16{}
		for i := range lex.Procedures {
			k := strconv.Itoa(l.classOf[i]) + " " + comparisons[n].part(&lex.Procedures[i])
			if _, seen := kinds[k]; !seen {
				kinds[k] = uint16(len(l.kinds[n]))
				l.kinds[n] = append(l.kinds[n], i)
			}
			l.kindOf[n] = append(l.kindOf[n], kinds[k])
		}
	}
	return l
}

// tally remembers what an axis adds to the score of every kind of code: for
// the questions that have a number for good, for those that state several things for a while.
// It is filled as questions come and is safe for concurrent use: whoever computes an entry twice
// computes the same.
type tally struct {
	numbered [2][]atomic.Pointer[[]float64] // by narrated, then by number
	several  *lru.Cache[severalStated, []float64]
}

// severalStated is a question on one axis, zeros after the last concept.
type severalStated struct {
	narrated bool
	concepts [maxSeveral]lexicon.ConceptID
}

// Lists of more than maxSeveral concepts are compared anew each time. An entry
// takes up to 3 kB.
const (
	maxSeveral  = 4
	keptSeveral = 512
)

func newTallies(lex *lexicon.Lexicon) []tally {
	t := make([]tally, len(comparisons))
	for n := range t {
		for narrated := range t[n].numbered {
			t[n].numbered[narrated] = make([]atomic.Pointer[[]float64], comparisons[n].size(lex))
		}
		t[n].several = newCache[severalStated, []float64](keptSeveral)
	}
	return t
}

// newCache makes a cache that is safe for concurrent use.
func newCache[K comparable, V any](size int) *lru.Cache[K, V] {
	c, err := lru.New[K, V](size)
	if err != nil {
		panic(err) // only a size below one is refused
	}
	return c
}

// sums returns what comparison n adds to the score, by kind.
func (e *Engine) sums(n int, q *question) []float64 {
	number, ok := comparisons[n].stated(q)
	if !ok {
		return e.sumsOfSeveral(n, q)
	}
	narrated := 0
	if q.facts.Narrated {
		narrated = 1
	}
	entry := &e.ranker.tallies[n].numbered[narrated][number]
	if kept := entry.Load(); kept != nil {
		return *kept
	}
	sums := e.computeSums(n, q)
	entry.Store(&sums)
	return sums
}

func (e *Engine) sumsOfSeveral(n int, q *question) []float64 {
	concepts := comparisons[n].concepts
	if concepts == nil || len(concepts(q)) > maxSeveral {
		return e.computeSums(n, q)
	}
	key := severalStated{narrated: q.facts.Narrated}
	copy(key.concepts[:], concepts(q))
	kept := e.ranker.tallies[n].several
	if sums, ok := kept.Get(key); ok {
		return sums
	}
	sums := e.computeSums(n, q)
	kept.Add(key, sums)
	return sums
}

func (e *Engine) computeSums(n int, q *question) []float64 {
	kinds := e.ranker.layout.kinds[n]
	sums := make([]float64, len(kinds))
	buf := make([]FeatureID, 0, 16)
	for k, index := range kinds {
		buf = comparisons[n].compare(e, buf[:0], q, &e.lex.Procedures[index])
		sums[k] = e.axisScore(buf, index, q.facts.Narrated)
	}
	return sums
}

// axisScore sums the weights of features of a code.
func (e *Engine) axisScore(features []FeatureID, index int, narrated bool) float64 {
	weights := e.ranker.axis[e.ranker.layout.classOf[index]]
	sum := 0.0
	for _, id := range features {
		sum += weights[id]
	}
	if narrated {
		sum += e.unsaid(features)
	}
	return sum
}
