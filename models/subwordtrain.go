package models

import (
	"slices"
	"sort"
	"strings"
)

// WordUse is a word and the group (hospital system) that uses it.
type WordUse struct{ Word, Group string }

// SubwordOptions are the settings of TrainSubwords.
type SubwordOptions struct {
	MaxPieces int
	MinGroups int // a piece occurs in the words of this many groups
}

// DefaultSubwordOptions are what the shipped vocabulary was trained with.
var DefaultSubwordOptions = SubwordOptions{MaxPieces: 2000, MinGroups: 3}

// TrainSubwords learns a vocabulary by merging, again and again, the pair of
// neighbouring pieces that occurs most often (Sennrich 2016). A word counts once per group
// that uses it, however often it does, so that a large hospital speaks no louder
// than a small one. Ties go to the pair that sorts first: the same words, in any order,
// give the same vocabulary.
func TrainSubwords(uses []WordUse, opt SubwordOptions) *Subwords {
	t := newPieceTrainer(uses, opt.MinGroups)
	for len(t.pieces) < opt.MaxPieces {
		p, ok := t.best()
		if !ok {
			break
		}
		if t.groupsOf(t.words(p)) < opt.MinGroups {
			t.refused[p] = true
			continue
		}
		t.merge(p)
	}
	return NewSubwords(t.pieces)
}

type piecePair struct{ left, right string }

func (p piecePair) joined() string { return p.left + strings.TrimPrefix(p.right, Continuation) }

func (p piecePair) before(q piecePair) bool {
	return p.left < q.left || p.left == q.left && p.right < q.right
}

// trainedWord is a distinct word as it is cut so far.
type trainedWord struct {
	pieces []string
	groups []string
}

// pieceTrainer keeps the pair counts up to date while words change.
type pieceTrainer struct {
	all     []trainedWord
	counts  map[piecePair]int
	holders map[piecePair]map[int]bool // words that hold, or once held, a pair
	refused map[piecePair]bool         // of too few groups
	pieces  []string
}

func newPieceTrainer(uses []WordUse, minGroups int) *pieceTrainer {
	t := &pieceTrainer{counts: map[piecePair]int{}, holders: map[piecePair]map[int]bool{}, refused: map[piecePair]bool{}}
	groups := map[string][]string{}
	for _, u := range uses {
		for _, w := range strings.FieldsFunc(strings.ToLower(u.Word), separates) {
			groups[w] = append(groups[w], u.Group)
		}
	}
	words := make([]string, 0, len(groups))
	for w := range groups {
		words = append(words, w)
	}
	sort.Strings(words)
	letters := map[string][]int{}
	for i, w := range words {
		g := groups[w]
		slices.Sort(g)
		tw := trainedWord{groups: slices.Compact(g)}
		for _, r := range w {
			p := string(r)
			if len(tw.pieces) > 0 {
				p = Continuation + p
			}
			tw.pieces = append(tw.pieces, p)
			letters[p] = append(letters[p], i)
		}
		t.all = append(t.all, tw)
		t.count(i, 1)
	}
	for p, in := range letters {
		if t.groupsOf(in) >= minGroups {
			t.pieces = append(t.pieces, p)
		}
	}
	return t
}

// count adds the pairs of a word, or takes them away with sign -1.
func (t *pieceTrainer) count(word, sign int) {
	w := &t.all[word]
	for i := 1; i < len(w.pieces); i++ {
		p := piecePair{w.pieces[i-1], w.pieces[i]}
		t.counts[p] += sign * len(w.groups)
		if t.holders[p] == nil {
			t.holders[p] = map[int]bool{}
		}
		t.holders[p][word] = true
	}
}

func (t *pieceTrainer) best() (piecePair, bool) {
	var best piecePair
	most := 0
	for p, n := range t.counts {
		if n > 0 && !t.refused[p] && (n > most || n == most && p.before(best)) {
			best, most = p, n
		}
	}
	return best, most > 0
}

// words lists the words that hold a pair now.
func (t *pieceTrainer) words(p piecePair) []int {
	var out []int
	for i := range t.holders[p] {
		pieces := t.all[i].pieces
		for k := 1; k < len(pieces); k++ {
			if pieces[k-1] == p.left && pieces[k] == p.right {
				out = append(out, i)
				break
			}
		}
	}
	return out
}

func (t *pieceTrainer) groupsOf(words []int) int {
	seen := map[string]bool{}
	for _, i := range words {
		for _, g := range t.all[i].groups {
			seen[g] = true
		}
	}
	return len(seen)
}

func (t *pieceTrainer) merge(p piecePair) {
	for _, i := range t.words(p) {
		t.count(i, -1)
		old := t.all[i].pieces
		pieces := make([]string, 0, len(old))
		for k := 0; k < len(old); k++ {
			if k+1 < len(old) && old[k] == p.left && old[k+1] == p.right {
				pieces = append(pieces, p.joined())
				k++
				continue
			}
			pieces = append(pieces, old[k])
		}
		t.all[i].pieces = pieces
		t.count(i, 1)
	}
	t.pieces = append(t.pieces, p.joined())
	delete(t.counts, p)
	delete(t.holders, p)
}
