package index

import (
	"slices"
	"strings"
)

// Wording says what a word or phrase of clinicians is called in a table of a release.
// A hyphen at one end of both makes them endings or beginnings of words ("-otic",
// "-osis"). In the table of drugs Index is one of the circumstances of
// Circumstances.
type Wording struct {
	Said, Index string
	Table       Table
}

// Circumstances are the columns of the table of drugs and chemicals as a Wording
// names them. Poisoning of no stated intent is accidental (ICD-10-CM guideline I.C.19.e.5).
var Circumstances = map[string]Circumstance{
	"poisoning": PoisoningAccidental, "accidental": PoisoningAccidental, "self_harm": PoisoningSelfHarm, "assault": PoisoningAssault,
	"undetermined": PoisoningUndetermined, "adverse_effect": AdverseEffect, "underdosing": Underdosing,
}

// Group are phrases that mean the same, and the code of their meaning: where the index
// leads from one of them to another category, the two are not of one mind, and it is
// not used.
type Group struct {
	Terms []string
	Code  string // with or without dot
}

// Thesaurus knows what clinicians' words are called in the index. It is
// immutable and safe for concurrent use; nil knows nothing.
type Thesaurus struct {
	words               map[string][]string  // one word for another
	phrases             map[string][]Wording // by key
	endings, beginnings []Wording
	groups              []Group
	byKey               map[string][]int32 // groups by the keys of their members
	longest             int                // words of the longest phrase
}

// NewThesaurus makes a thesaurus of wordings and of groups of phrases that mean the same.
// Of a group, those are used that the index has as a main term. The slices must
// not change afterwards.
func NewThesaurus(wordings []Wording, groups []Group) *Thesaurus {
	t := &Thesaurus{words: map[string][]string{}, phrases: map[string][]Wording{}, groups: groups, byKey: map[string][]int32{}}
	for _, w := range wordings {
		said, called := contentWords(w.Said), contentWords(w.Index)
		switch {
		case strings.HasPrefix(w.Said, "-"):
			t.endings = append(t.endings, Wording{Said: w.Said[1:], Index: w.Index[1:]})
		case strings.HasSuffix(w.Said, "-"):
			t.beginnings = append(t.beginnings, Wording{Said: strings.TrimSuffix(w.Said, "-"), Index: strings.TrimSuffix(w.Index, "-")})
		case w.Table == Alphabetic && len(said) == 1 && len(called) == 1:
			t.words[said[0]] = append(t.words[said[0]], called[0])
		default:
			t.know(said)
			key := strings.Join(said, " ")
			t.phrases[key] = append(t.phrases[key], w)
		}
	}
	for g, members := range groups {
		for _, m := range members.Terms {
			words := contentWords(m)
			t.know(words)
			key := strings.Join(words, " ")
			if len(words) > 0 && !slices.Contains(t.byKey[key], int32(g)) {
				t.byKey[key] = append(t.byKey[key], int32(g))
			}
		}
	}
	return t
}

func (t *Thesaurus) know(words []string) { t.longest = max(t.longest, min(len(words), maxSaid)) }

// maxSaid bounds the words of a phrase that are looked for together, maxReadings the ways to
// say one, maxMembers the members of a group that are tried.
const (
	maxSaid     = 6
	maxReadings = 24
	maxMembers  = 3

	maxAbbreviation = 5 // letters
)

// same returns what else a word may be called in the index.
func (t *Thesaurus) same(word string) []string {
	if t == nil {
		return nil
	}
	out := slices.Clone(t.words[word])
	for _, e := range t.endings {
		if stem, ok := strings.CutSuffix(word, e.Said); ok && len(stem) > 2 {
			out = append(out, stem+e.Index)
		}
	}
	for _, b := range t.beginnings {
		if rest, ok := strings.CutPrefix(word, b.Said); ok {
			out = append(out, b.Index+rest)
		}
	}
	return out
}

// reworded is a phrase in other words.
type reworded struct {
	words []string
	cost  int
	other bool // than as it stood
}

// rewordings puts what words are called in a table in their place, in every way that there is up
// to a bound. What is as it stood is left out.
func (t *Thesaurus) rewordings(r *Release, said []string, table Table) []reworded {
	if t == nil {
		return nil
	}
	var out []reworded
	var at func(i int, done reworded)
	at = func(i int, done reworded) {
		if len(out) >= maxReadings {
			return
		}
		if i == len(said) {
			if done.other {
				out = append(out, done)
			}
			return
		}
		for n := min(t.longest+1, len(said)-i); n > 0; n-- { // a side may stand between
			key, sides := unsided(said[i : i+n])
			called, cost := t.called(r, key, table)
			for _, words := range called {
				at(i+n, reworded{slices.Concat(done.words, words, sides), done.cost + cost, true})
			}
			if sides == nil {
				continue
			}
			called, cost = t.called(r, strings.Join(said[i:i+n], " "), table)
			for _, words := range called {
				at(i+n, reworded{slices.Concat(done.words, words), done.cost + cost, true})
			}
		}
		at(i+1, reworded{append(slices.Clip(done.words), said[i]), done.cost, done.other})
	}
	at(0, reworded{})
	return out
}

// unsided takes the sides out of words, unless they are at either end.
func unsided(words []string) (key string, sides []string) {
	kept := make([]string, 0, len(words))
	for i, w := range words {
		if i > 0 && i < len(words)-1 && sideWords[w] {
			sides = append(sides, w)
		} else {
			kept = append(kept, w)
		}
	}
	return strings.Join(kept, " "), sides
}

var sideWords = set("right left bilateral both")

// called returns what the phrase of a key is called in a table, and what that costs: a wording,
// which somebody wrote for it, is better than the phrase as it stands, a member of its
// group worse.
func (t *Thesaurus) called(r *Release, key string, table Table) (out [][]string, cost int) {
	for _, w := range t.phrases[key] {
		if w.Table == table {
			out = append(out, contentWords(w.Index))
		}
	}
	if out != nil || table != Alphabetic {
		return out, -1
	}
	for _, g := range t.byKey[key] {
		out = append(out, r.mainAmong(t.groups[g], key)...)
	}
	return out, 1
}

// mainAmong returns the members of a group that are main terms of the index; for an
// abbreviation that is spelled out by none, the shortest phrase with a main term in it.
func (r *Release) mainAmong(group Group, key string) [][]string {
	var out [][]string
	for _, m := range group.Terms {
		words := contentWords(m)
		if strings.Join(words, " ") != key && len(out) < maxMembers && len(r.mains(Alphabetic, m)) > 0 && r.agrees(m, group.Code) {
			out = append(out, words)
		}
	}
	if out != nil || strings.Contains(key, " ") || len(key) > maxAbbreviation {
		return out
	}
	var best []string
	for _, m := range group.Terms {
		words := contentWords(m)
		if len(words) > 1 && (best == nil || len(words) < len(best)) && slices.ContainsFunc(words, func(w string) bool { return len(r.mains(Alphabetic, w)) > 0 }) {
			best = words
		}
	}
	if best != nil && r.agrees(strings.Join(best, " "), group.Code) {
		out = append(out, best)
	}
	return out
}

// agrees asks whether the index leads from a phrase to the category of a code.
func (r *Release) agrees(phrase, code string) bool {
	found := r.Walk(Phrase{Text: phrase}, 1)
	return len(found) > 0 && found[0].Exact && len(code) > 2 && found[0].Code.ID[:3] == code[:3]
}
