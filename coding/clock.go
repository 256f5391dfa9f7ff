package coding

import (
	"slices"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// hasClockTime looks for 14:35 or 2:35 pm, and not for a dilution, a ratio or the
// place of a finding on the face of a clock.
func hasClockTime(d *nlp.Document) bool {
	for i := 0; i+2 < len(d.Tokens); i++ {
		a, colon, b := d.Tokens[i], d.Tokens[i+1], d.Tokens[i+2]
		if a.Kind != nlp.Number || b.Kind != nlp.Number || colon.Of(d.Text) != ":" || a.End != colon.Start || colon.End != b.Start || a.Len() > 2 || b.Len() != 2 {
			continue
		}
		if b.Of(d.Text) < "60" && (a.Len() == 2 && a.Of(d.Text) < "24" || isTime(d, i)) && !isOtherClock(d, i) {
			return true
		}
	}
	return false
}

// isTime reports whether what stands beside an hour of one digit at token i makes
// it one: the half of the day, seconds, a date, "time:".
func isTime(d *nlp.Document, i int) bool {
	if slices.ContainsFunc(clockHalves, func(p phrase) bool { return startsWith(d, i+3, p) }) {
		return true
	}
	for k := max(i-clockReach, 0); k < i; k++ {
		if clockBefore[d.Words(k)] || d.Tokens[k].Kind == nlp.Number && d.Tokens[k].Len() == 4 {
			return true
		}
	}
	return false
}

// isOtherClock looks in the same line for a word that makes the numbers at token
// i something else.
func isOtherClock(d *nlp.Document, i int) bool {
	for k := i; k > 0 && k > i-clockReach && !d.Tokens[k].Newline; k-- {
		if ratioWords[d.Words(k-1)] {
			return true
		}
	}
	for k := i + 3; k < len(d.Tokens) && k < i+3+2*clockReach && !d.Tokens[k].Newline; k++ {
		w := d.Words(k)
		if w == "." {
			return false
		}
		if ratioWords[w] || clockFaceWords[w] {
			return true
		}
	}
	return false
}

// clockReach is how many tokens before a time a word still belongs to it. Twice
// as many do behind it: "12:30, 4 cm from the nipple".
const clockReach = 3

var (
	clockHalves    = phrasesOf(lexicon.Phrases("clock_half"))
	clockBefore    = lexicon.WordList("clock_before")
	ratioWords     = lexicon.WordList("ratio")
	clockFaceWords = lexicon.WordList("clock_face")
)
