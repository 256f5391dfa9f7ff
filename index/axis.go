package index

import (
	"slices"
	"strings"
)

// axis is a dimension on which codes differ: what a title says of it must not
// contradict the phrase or its context.
type axis struct {
	values []string
	// asked are values that a code may only have where they are said; the others are
	// what the index takes for granted ("acute" of a pancreatitis).
	asked []string
	of    string // how a title begins for which the axis counts; "": any
}

var axes = []axis{
	{values: []string{"right", "left", "bilateral", "unilateral"}, asked: []string{"right", "left", "bilateral"}},
	{values: []string{"acute", "subacute", "chronic"}},
	{values: []string{"male", "female"}},
	{values: []string{"newborn", "neonatal", "liveborn", "child", "juvenile", "infantile", "adult", "senile"}, asked: []string{"newborn", "neonatal", "liveborn"}},
	{values: []string{"personal", "family"}, asked: []string{"personal", "family"}},
	{values: []string{"displaced", "nondisplaced"}},
	{values: []string{"initial", "subsequent", "sequela"}, asked: []string{"subsequent", "sequela"}},
	{values: []string{"benign", "malignant"}},
	{values: []string{"accidental", "self", "assault", "undetermined"}, asked: []string{"self", "assault", "undetermined"}, of: "Poisoning"},
	{values: []string{"accidental", "self", "assault", "undetermined"}, asked: []string{"self", "assault", "undetermined"}, of: "Toxic effect"},
}

// accepts asks whether the title of a code contradicts a phrase on no axis, and claims
// nothing that has to be said.
func (p *phrase) accepts(title string) bool {
	words := wordsOf(claimed(title))
	for _, a := range axes {
		if !strings.HasPrefix(title, a.of) {
			continue
		}
		var has, says, both bool
		for _, v := range a.values {
			claims, said := slices.Contains(words, v), p.says(v) || p.implies(v)
			has, says, both = has || claims, says || said, both || claims && said
			if claims && !said && slices.Contains(a.asked, v) && !p.oneOfMany(words, a.values) {
				return false
			}
		}
		if has && says && !both {
			return false
		}
	}
	return true
}

// implied are the words that say a value of an axis in other words.
var implied = map[string][]string{
	"unilateral": {"right", "left"},
	"newborn":    {"neonatal", "neonate", "perinatal", "birth"},
	"neonatal":   {"newborn", "neonate", "perinatal", "birth"},
	"personal":   {"history"},
	"congenital": {"anomaly", "malformation", "developmental", "birth"},
}

// unless are the values that take a word's implication away: a family history is no personal one.
var unless = map[string]string{"unilateral": "bilateral", "personal": "family"}

func (p *phrase) implies(value string) bool {
	return slices.ContainsFunc(implied[value], p.says) && !p.says(unless[value])
}

// presumes asks for a title that presumes what the phrase does not say: many references of
// the index from an "abnormality" lead to one that is congenital.
func (p *phrase) presumes(title string) bool {
	return slices.Contains(wordsOf(claimed(title)), "congenital") && !p.says("congenital") && !p.implies("congenital")
}

// oneOfMany asks for a title that names several values of an axis, one of which is said:
// "acute on chronic".
func (p *phrase) oneOfMany(title, values []string) bool {
	n, said := 0, false
	for _, v := range values {
		if slices.Contains(title, v) {
			n++
			said = said || p.says(v)
		}
	}
	return n > 1 && said
}

// claimed is what a title says, without what it denies or leaves open.
func claimed(title string) string {
	title = strings.ToLower(title)
	for _, but := range []string{" without ", " except ", " excluding ", "unspecified as to", "unspecified whether", "not specified as"} {
		title, _, _ = strings.Cut(title, but)
	}
	return title
}
