package coding

import (
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// assessmentReader reads the categories behind the names of systems.
type assessmentReader struct {
	*assessor
	e    *Engine
	s    *study
	d    *nlp.Document
	out  []assessed
	next int // tokens before it are read
}

// Words around a category. What is filler may stand between a name and the
// category; numbers before a unit are measurements.
var (
	assessmentFillers   = lexicon.WordList("assessment_filler")
	assessmentExplained = lexicon.WordList("assessment_explained")
	numberUnits         = lexicon.WordList("number_unit")
)

// maxFiller is how many tokens may stand between a name and its category.
const maxFiller = 10

// scored is a category as it is written: the value, for a range its upper end as
// well, at tokens [first,last).
type scored struct {
	low, high   string
	first, last int
	side        nlp.Side
}

// readCategories reads the category of a name, and the further ones of a list by
// side ("right 2, left 4A").
func (r *assessmentReader) readCategories(n nameAt) {
	if n.Value != "" {
		if !r.explainsNumber(n.first) {
			r.add(n, scored{low: n.Value, high: n.Value, first: n.first, last: n.last})
		}
		return
	}
	v, ok := r.category(n.System, n.last, n.digits)
	if !ok || r.isExplained(v) {
		return
	}
	listed := v.side != nlp.Unstated
	if !listed {
		v.side, v.last = r.sideAfter(v.last)
	}
	r.add(n, v)
	if to, ok := r.movedTo(n.System, v); ok {
		r.add(n, to)
		return
	}
	for {
		more, ok := r.listed(n.System, v.last, listed)
		if !ok {
			return
		}
		r.add(n, more)
		v = more
	}
}

// explainsNumber reports whether words stand behind a number that they explain:
// "5 = highly suggestive of malignancy".
func (r *assessmentReader) explainsNumber(i int) bool {
	return i > 1 && strings.Contains("=-:(,", r.d.Words(i-1)) && r.d.Tokens[i-2].Kind == nlp.Number
}

// category reads over fillers and sides to a category; digits are those written
// together with the name.
func (r *assessmentReader) category(system string, i int, digits string) (scored, bool) {
	if digits != "" {
		v := scored{first: i - 1}
		v.low, v.last = r.withSuffix(system, digits, i)
		v.high = v.low
		return v, r.values[system][v.low]
	}
	v := scored{}
	for steps := 0; steps < maxFiller && i < len(r.d.Tokens); steps++ {
		if r.d.Tokens[i].Blank && (i == 0 || r.d.Tokens[i-1].Of(r.d.Text) != ":") {
			return v, false
		}
		if low, last, ok := r.value(system, i); ok {
			v.first, v.low, v.high, v.last = i, low, low, last
			r.readRange(system, &v)
			return v, true
		}
		if side, last := r.sideAt(i); side != nlp.Unstated && v.side == nlp.Unstated {
			v.side, i = side, last
			continue
		}
		last := r.filler(system, i)
		if last == i {
			return v, false
		}
		i = last
	}
	return v, false
}

// filler returns the token after a filler at i, or i when there is none: words
// such as category and version with their number, brackets, colons.
func (r *assessmentReader) filler(system string, i int) int {
	d := r.d
	w := d.Words(i)
	switch {
	case d.Tokens[i].Kind == nlp.Punct:
		if strings.Contains(":-=([|\"*#,", w) || w == "." && i > 0 && d.Words(i-1) == "cat" {
			return i + 1
		}
		return i
	case d.Tokens[i].Kind == nlp.Number:
		if i > 0 && d.Words(i-1) == "version" || r.isYear(i) || strings.Contains(w, ".") {
			return i + 1
		}
		if i+1 < len(d.Tokens) && ordinalEnds[d.Words(i+1)] && d.Tokens[i].End == d.Tokens[i+1].Start {
			return i + 2 // 5th edition
		}
		return i
	}
	letters, digits := lettersAndDigits(w)
	switch {
	case letters == "v" && digits != "":
		return r.afterVersion(i + 1)
	case letters == "v" || w == "breast" || w == "breasts" || w == r.prefix[system] || assessmentFillers[w]:
		return i + 1
	}
	return i
}

var ordinalEnds = map[string]bool{"st": true, "nd": true, "rd": true, "th": true}

// afterVersion reads the rest of "v2.1", which is cut behind the first number.
func (r *assessmentReader) afterVersion(i int) int {
	t := r.d.Tokens
	if i+1 < len(t) && t[i].Of(r.d.Text) == "." && t[i+1].Kind == nlp.Number && t[i].End == t[i+1].Start && t[i-1].End == t[i].Start {
		return i + 2
	}
	return i
}

func (r *assessmentReader) isYear(i int) bool {
	w := r.d.Tokens[i].Of(r.d.Text)
	return len(w) == 4 && (w[:2] == "20" || w[:2] == "19")
}

// value reads one category of a system at token i.
func (r *assessmentReader) value(system string, i int) (value string, last int, ok bool) {
	if i >= len(r.d.Tokens) {
		return "", 0, false
	}
	t := r.d.Tokens[i]
	w := r.d.Words(i)
	letters, digits := lettersAndDigits(w)
	switch {
	case t.Kind == nlp.Number:
		value, last = r.withSuffix(system, w, i+1)
	case digits != "" && letters == r.prefix[system]:
		value, last = r.withSuffix(system, digits, i+1)
	case digits != "":
		return "", 0, false
	default:
		value, last = r.word(system, w, i), i+1
	}
	if !r.known(system, value) || r.isMeasure(last) || t.Kind == nlp.Number && r.isListNumber(i) {
		return "", 0, false
	}
	return value, last, true
}

// known reports whether a system has a category; S marks another finding beside
// a Lung-RADS category.
func (r *assessmentReader) known(system, value string) bool {
	return r.values[system][strings.TrimSuffix(value, lungModifier)] || value != "" && r.values[system][value]
}

// lungModifier is the S of "2S": a clinically significant finding that is no
// nodule (Lung-RADS v2022).
const lungModifier = "S"

// withSuffix adds the letter behind a number, if there is one: 4A, "4 A", "4-A".
func (r *assessmentReader) withSuffix(system, number string, i int) (string, int) {
	t := r.d.Tokens
	if i >= len(t) || t[i].Newline {
		return number, i
	}
	k := i
	if t[k].Of(r.d.Text) == "-" && k+1 < len(t) && t[k].End == t[k+1].Start && t[k].Start == t[k-1].End {
		k++
	}
	w := t[k].Of(r.d.Text)
	joined := t[k].Start == t[k-1].End
	long := strings.ToUpper(number + w)
	if t[k].Kind != nlp.Word || !r.known(system, long) || strings.HasSuffix(long, lungModifier) && system != "lung_rads" {
		return number, i
	}
	if joined || len(w) == 1 && w == strings.ToUpper(w) && !r.lowerAt(k+1) {
		if n := len(t); system == "lung_rads" && k+1 < n && r.known(system, long+lungModifier) && t[k+1].Start == t[k].End && r.d.Words(k+1) == "s" {
			return long + lungModifier, k + 2
		}
		return long, k + 1
	}
	return number, i
}

// lowerAt reports whether a word in small letters stands at token i: "4 A mass".
func (r *assessmentReader) lowerAt(i int) bool {
	t := r.d.Tokens
	return i < len(t) && t[i].Kind == nlp.Word && !t[i].Newline && t[i].Of(r.d.Text)[0] >= 'a'
}

// romanNumerals are the categories that are written so: I to VI, with the letter
// of Bosniak IIF.
var romanNumerals = map[string]string{"i": "1", "ii": "2", "iii": "3", "iv": "4", "v": "5", "vi": "6"}

var numeralWords = map[string]string{"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}

// word reads a category that is a word: a Roman numeral, a number spelled out, a
// letter of its own ("density C", "LR-M").
func (r *assessmentReader) word(system, w string, i int) string {
	if v := numeralWords[w]; v != "" {
		return v
	}
	if v := romanNumerals[w]; v != "" && (w != "i" || r.d.Tokens[i].Of(r.d.Text) == "I") && r.values[system]["1"] {
		return v
	}
	if n := len(w); n > 1 && romanNumerals[w[:n-1]] != "" {
		if v := romanNumerals[w[:n-1]] + strings.ToUpper(w[n-1:]); r.values[system][v] {
			return v
		}
		return "" // "is", "ix"
	}
	v := strings.ToUpper(w)
	if w == "a" && !r.endsAfter(i) || len(w) > 1 && r.d.Tokens[i].Of(r.d.Text) != v {
		return ""
	}
	return v
}

// endsAfter reports whether a mark, a line end or the end follows token i: the
// letter A, not the article.
func (r *assessmentReader) endsAfter(i int) bool {
	t := r.d.Tokens
	return i+1 >= len(t) || t[i+1].Newline || t[i+1].Kind == nlp.Punct
}

// isMeasure reports whether a unit stands behind a number.
func (r *assessmentReader) isMeasure(i int) bool {
	t := r.d.Tokens
	if i >= len(t) || t[i].Newline {
		return false
	}
	w := r.d.Words(i)
	return w == "%" || numberUnits[w] || i+1 < len(t) && w == "-" && t[i].Start == t[i-1].End && numberUnits[r.d.Words(i+1)] || ordinalEnds[w] && t[i].Start == t[i-1].End
}

// isListNumber tells "1." at the beginning of a line from a category.
func (r *assessmentReader) isListNumber(i int) bool {
	t := r.d.Tokens
	if !t[i].Newline || i+1 >= len(t) {
		return false
	}
	w := t[i+1].Of(r.d.Text)
	return (w == "." || w == ")") && i+2 < len(t) && !t[i+2].Newline
}

// readRange reads "4A-4B", "3 to 4", "III/IV"; "4/5" of a scale of five is no
// range. What was "upgraded from 3 to 4" is none either.
func (r *assessmentReader) readRange(system string, v *scored) {
	if v.last >= len(r.d.Tokens) || r.d.Tokens[v.last].Newline {
		return
	}
	mark, at := r.d.Words(v.last), v.last+1
	if r.d.Text[r.d.Tokens[v.last-1].End:r.d.Tokens[v.last].Start] == "-" {
		mark, at = "-", v.last // the scanner skips a hyphen between letters: II-III
	}
	high, last, ok := r.value(system, at)
	if !ok {
		return
	}
	switch {
	case mark == "/" && r.lex.AssessmentSystem(system).Of == high:
		v.last = last
	case mark == "-" || mark == "/" || mark == "or" || mark == "through" || mark == "to" && !r.movesFrom(v.first):
		if high > v.low {
			v.high, v.last = high, last
		}
	}
}

// movesFrom reports "from" before a category: it is the old one.
func (r *assessmentReader) movesFrom(i int) bool {
	for k := i - 1; k >= 0 && i-k <= 5; k-- {
		switch r.d.Words(k) {
		case "from":
			return true
		case "to":
			return false
		}
	}
	return false
}

// movedTo reads the new category of "upgraded from 3 to 4A".
func (r *assessmentReader) movedTo(system string, v scored) (scored, bool) {
	if v.last >= len(r.d.Tokens) || r.d.Words(v.last) != "to" || !r.movesFrom(v.first) {
		return scored{}, false
	}
	low, last, ok := r.value(system, v.last+1)
	return scored{low: low, high: low, first: v.last + 1, last: last, side: v.side}, ok
}

// isExplained tells "BI-RADS 3 means ..." and "0 = incomplete" from a result.
func (r *assessmentReader) isExplained(v scored) bool {
	if v.last >= len(r.d.Tokens) {
		return false
	}
	w := r.d.Words(v.last)
	return w == "=" || assessmentExplained[w] && !r.d.Tokens[v.last].Newline || r.countsOn(v)
}

// maxCount is how many tokens the explanation of one category may have in a
// list of all.
const maxCount = 14

// countsOn finds the next two categories of a legend behind one: "0 -
// incomplete, 1 - negative, 2 - benign".
func (r *assessmentReader) countsOn(v scored) bool {
	n, err := strconv.Atoi(v.low)
	if err != nil || v.low != v.high {
		return false
	}
	at := v.last
	for want := n + 1; want <= n+2; want++ {
		found := false
		for k := at; k+1 < len(r.d.Tokens) && k < at+maxCount && !found; k++ {
			if r.d.Tokens[k].Of(r.d.Text) == strconv.Itoa(want) && strings.Contains("-=:(", r.d.Words(k+1)) {
				found, at = true, k+1
			}
		}
		if !found {
			return false
		}
	}
	return true
}

// sideAt reads a side at token i: "right", "left breast", "R:", and returns the
// token after it.
func (r *assessmentReader) sideAt(i int) (nlp.Side, int) {
	t := r.d.Tokens
	if i >= len(t) || t[i].Kind != nlp.Word {
		return nlp.Unstated, i
	}
	w := r.d.Words(i)
	side := sideWords[w]
	if letter := t[i].Of(r.d.Text); letter == "R" || letter == "L" {
		side = map[string]nlp.Side{"R": nlp.Right, "L": nlp.Left}[letter]
	}
	if side == nlp.Unstated {
		return side, i
	}
	i++
	if i < len(t) && (r.d.Words(i) == "breast" || r.d.Words(i) == "breasts") {
		i++
	}
	return side, i
}

// sideLead may stand between a category and its side: "2 (right)", "4 on the left".
var sideLead = map[string]bool{"(": true, "on": true, "for": true, "in": true, "of": true, "the": true}

const maxSideLead = 3

// sideAfter reads a side behind a category, and returns the token after it.
func (r *assessmentReader) sideAfter(i int) (nlp.Side, int) {
	k := i
	for n := 0; n < maxSideLead && k < len(r.d.Tokens) && sideLead[r.d.Words(k)] && !r.d.Tokens[k].Newline; n++ {
		k++
	}
	if k >= len(r.d.Tokens) || r.d.Tokens[k].Newline {
		return nlp.Unstated, i
	}
	side, last := r.sideAt(k)
	if side == nlp.Unstated {
		return side, i
	}
	if last < len(r.d.Tokens) && r.d.Tokens[last].Of(r.d.Text) == ")" {
		last++
	}
	if last < len(r.d.Tokens) && r.d.Tokens[last].Of(r.d.Text) == ":" {
		return nlp.Unstated, i // it begins the next entry
	}
	return side, last
}

// maxListGap is how many tokens may stand between two entries of a list by side:
// ", suspicious abnormality. Left breast:".
const maxListGap = 9

// listed reads a further entry of a list by side. Where the first entry has its
// side in front, so have the others.
func (r *assessmentReader) listed(system string, i int, inFront bool) (scored, bool) {
	for k := i; k < len(r.d.Tokens) && k < i+maxListGap && !r.d.Tokens[k].Blank; k++ {
		if side, _ := r.sideAt(k); side != nlp.Unstated && inFront {
			v, ok := r.category(system, k, "")
			return v, ok && !r.isExplained(v)
		}
		if w := r.d.Words(k); !inFront && w != "and" && w != "," && w != ";" && w != "&" {
			v, ok := r.category(system, k, "")
			if !ok || v.side != nlp.Unstated {
				return v, false
			}
			v.side, v.last = r.sideAfter(v.last)
			return v, v.side != nlp.Unstated
		}
	}
	return scored{}, false
}

func spanOf(d *nlp.Document, first, last int) nlp.Span {
	return nlp.Span{Start: d.Tokens[first].Start, End: d.Tokens[last-1].End}
}
