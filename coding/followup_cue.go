package coding

import (
	"sort"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// cueAt is a cue at tokens [first,last).
type cueAt struct {
	role        lexicon.FollowupRole
	first, last int
}

// advisor finds words of advice. It is built once.
type advisor struct {
	anywhere wordSet // first words of cues that advise wherever they stand
	denying  wordSet // of those that say that nothing is to follow
	atStart  wordSet // of those that advise at the beginning of a statement
	byFirst  map[string][]followupCue
}

type followupCue struct {
	role  lexicon.FollowupRole
	words phrase
}

func newAdvisor(lex *lexicon.Lexicon) *advisor {
	a := &advisor{byFirst: map[string][]followupCue{}}
	for _, row := range lex.FollowupCues {
		c := followupCue{row.Role, phraseOf(row.Text)}
		switch c.role {
		case lexicon.FollowupActive, lexicon.FollowupPassive:
			a.anywhere.add(c.words[0])
		case lexicon.FollowupNone:
			a.denying.add(c.words[0])
		case lexicon.FollowupStart:
			a.atStart.add(c.words[0])
		}
		a.byFirst[c.words[0]] = append(a.byFirst[c.words[0]], c)
	}
	for _, cues := range a.byFirst {
		sort.SliceStable(cues, func(i, j int) bool { return len(cues[i].words) > len(cues[j].words) })
	}
	return a
}

// denies reports whether a sentence may say that nothing is to follow.
func (a *advisor) denies(d *nlp.Document, sentence int) bool {
	s := &d.Sentences[sentence]
	for k := s.First; k < s.Last; k++ {
		if a.denying.mayHold(d.Text, &d.Tokens[k]) && a.holds(d, k, lexicon.FollowupNone) {
			return true
		}
	}
	return false
}

// mayAdvise looks at the words of a sentence without making strings of them. In
// a recommendation section every sentence may.
func (a *advisor) mayAdvise(d *nlp.Document, sentence int) bool {
	s := &d.Sentences[sentence]
	switch kind := d.Sections[s.Section].Kind; {
	case !adviceSections[kind]:
		return false
	case kind == nlp.SectionRecommendation:
		return true
	}
	for k := s.First; k < s.Last; k++ {
		t := &d.Tokens[k]
		if a.anywhere.mayHold(d.Text, t) && a.holds(d, k, lexicon.FollowupActive, lexicon.FollowupPassive) {
			return true
		}
		if k-s.First <= 2*maxLead && a.atStart.mayHold(d.Text, t) && a.holds(d, k, lexicon.FollowupStart) {
			return true
		}
	}
	return false
}

// advises reports whether a sentence recommends something, or begins as advice
// and says when.
func (a *advisor) advises(d *nlp.Document, sentence int) bool {
	s := &d.Sentences[sentence]
	for k := s.First; k < s.Last; k++ {
		if a.anywhere.mayHold(d.Text, &d.Tokens[k]) && a.holds(d, k, lexicon.FollowupActive, lexicon.FollowupPassive) {
			return true
		}
	}
	if !a.mayAdvise(d, sentence) {
		return false
	}
	for _, v := range intervalsIn(d, s.First, s.Last) {
		if v.first > s.First && intervalLead[d.Words(v.first-1)] {
			return true
		}
	}
	return false
}

// intervalLead stands before a time to come.
var intervalLead = map[string]bool{"in": true, "within": true, "at": true, "every": true}

// holds reports whether a cue of one of the roles begins at token i.
func (a *advisor) holds(d *nlp.Document, i int, roles ...lexicon.FollowupRole) bool {
	for _, c := range a.byFirst[d.Words(i)] {
		for _, r := range roles {
			if c.role == r && startsWith(d, i, c.words) {
				return true
			}
		}
	}
	return false
}

// exclusive roles take the words of a cue for themselves: in "was recommended"
// nothing is recommended.
var exclusive = map[lexicon.FollowupRole]bool{
	lexicon.FollowupNone: true, lexicon.FollowupPast: true, lexicon.FollowupConditional: true,
	lexicon.FollowupActive: true, lexicon.FollowupPassive: true, lexicon.FollowupNeutral: true,
}

// cuesIn finds the cues in tokens [first,last). Of the exclusive ones that
// overlap the longest counts.
func (a *advisor) cuesIn(d *nlp.Document, first, last int) []cueAt {
	var out []cueAt
	taken := first // tokens before it belong to an exclusive cue
	for i := first; i < last; i++ {
		claimed := false
		for _, c := range a.byFirst[d.Words(i)] {
			if i+len(c.words) > last || !startsWith(d, i, c.words) || exclusive[c.role] && (claimed || i < taken) {
				continue
			}
			out = append(out, cueAt{c.role, i, i + len(c.words)})
			if exclusive[c.role] {
				claimed, taken = true, i+len(c.words)
			}
		}
	}
	return out
}
