package verify

import (
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
)

// cueTerm is a cue of the lexicon that is made of words alone.
type cueTerm struct {
	words []string
	*lexicon.Cue
}

func cueTerms(lex *lexicon.Lexicon) map[string][]cueTerm {
	out := map[string][]cueTerm{}
	for i := range lex.Cues {
		c := &lex.Cues[i]
		if words := texts(wordsOf(c.Text)); len(words) > 0 && !strings.ContainsAny(c.Text, ".,:;?=/()") {
			out[words[0]] = append(out[words[0]], cueTerm{words, c})
		}
	}
	return out
}

// cueAt is a cue in words [first, last) of a stretch of text.
type cueAt struct {
	*lexicon.Cue
	first, last int
}

func (t *tables) cuesIn(words []word) []cueAt {
	var out []cueAt
	for i := range words {
		for _, c := range t.cues[words[i].text] {
			if startWith(words[i:], c.words) {
				out = append(out, cueAt{c.Cue, i, i + len(c.words)})
			}
		}
	}
	return out
}

// How many words may stand between a cue and what it denies or doubts. The engine
// reaches farther; here only what is beyond doubt counts.
const (
	maxBefore = 2
	maxBehind = 1
)

// Categories of cues that a diagnosis must not stand under, and whether a status,
// a history or a screening may.
var barred = []struct {
	category string
	status   bool
}{{"negated", false}, {"uncertain", true}, {"hypothetical", true}}

// checkAssertions looks for a cue directly before or behind the words of a
// diagnosis.
func (s *subject) checkAssertions() {
	s.eachDiagnosisPlace(func(path string, d *coding.Diagnosis, e coding.Evidence) {
		for _, b := range barred {
			if b.status && s.isStatus(d, e) {
				continue
			}
			if c := s.cueBeside(e, b.category); c != nil {
				s.fail(path, "%s stands beside a cue that makes it %s (%s)", d.Code, b.category, c.Source)
			}
		}
	})
}

// isStatus reports a diagnosis that is true of the patient whatever is certain: a history,
// device, screening or reason for an encounter.
func (s *subject) isStatus(d *coding.Diagnosis, e coding.Evidence) bool {
	for _, n := range s.namings(d, e) {
		for _, w := range n.ways {
			switch w.row.Kind {
			case "history", "status", "device", "screening", "followup", "aftercare", "reason":
				return true
			}
		}
	}
	return strings.HasPrefix(d.Code, "Z")
}

// cueBeside returns a cue of a category that acts on the place, nil without one.
func (s *subject) cueBeside(e coding.Evidence, category string) *lexicon.Cue {
	text := s.textOf(e)
	start, end := s.sentenceBounds(e)
	before, behind := wordsOf(text[start:e.Start]), wordsOf(text[e.End:end])
	all := wordsOf(text[start:end])
	cues := s.tables.cuesIn(all)
	span := [2]int{len(before), len(all) - len(behind)}
	for _, c := range cues {
		if c.Category != category || masked(cues, c, span) {
			continue
		}
		from, to, reach := c.last, span[0], maxBefore
		switch {
		case c.Role == "pre" && c.last <= span[0]:
		case c.Role == "post" && c.first >= span[1]:
			from, to, reach = span[1], c.first, maxBehind
		default:
			continue
		}
		if to-from > reach || s.stops(cues, category, from, to) {
			continue
		}
		between := text[start+endOf(all, from) : start+startOf(all, to, end-start)]
		if !strings.ContainsAny(between, ".,;:()\n") {
			return c.Cue
		}
	}
	return nil
}

func endOf(words []word, i int) int {
	if i == 0 {
		return 0
	}
	return words[i-1].end
}

func startOf(words []word, i, end int) int {
	if i == len(words) {
		return end
	}
	return words[i].start
}

// masked reports whether a longer cue holds this one: what only looks like a cue, or one of
// another kind. A cue that takes words of the diagnosis is none: "no enlargement" before "of the artery".
func masked(cues []cueAt, c cueAt, span [2]int) bool {
	for _, o := range cues {
		inside := o.first < span[1] && o.last > span[0]
		if !inside && o.first <= c.first && c.last <= o.last && o.last-o.first > c.last-c.first && (o.Category != c.Category || o.Role != c.Role) {
			return true
		}
	}
	return false
}

// stops reports whether a cue between two words ends the scope.
func (s *subject) stops(cues []cueAt, category string, from, to int) bool {
	for _, c := range cues {
		if c.Role == "stop" && (c.Category == category || c.Category == "all") && c.first < to && c.last > from {
			return true
		}
	}
	return false
}
