package coding

import (
	"strconv"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// viewWords end a count of projections: "3 views", "2v", "four vws".
var viewWords = lexicon.WordList("view")

// numberWords are the counts that reports spell out.
var numberWords = map[string]int{
	"single": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "dual": 2,
}

// boundWords turn the number beside them into a bound.
var (
	atLeast  = lexicon.WordList("at_least")
	atMost   = lexicon.WordList("at_most")
	orMore   = lexicon.WordList("or_more")
	lessThan = lexicon.WordList("less_than")
	moreThan = lexicon.WordList("more_than")
)

// countViews finds "3 views", "2-3 v", "3+ vws", "min 4 views", "< 4 views", "4 or 5 views",
// "more than 3 views" in tokens [first, last). ok is false when no number stands before a view word.
func countViews(d *nlp.Document, first, last int) (v Views, span nlp.Span, ok bool) {
	for i := first; i < last; i++ {
		if v, from, ok := viewsAt(d, first, i); ok {
			return v, nlp.Span{Start: d.Tokens[from].Start, End: d.Tokens[i].End}, true
		}
	}
	return Views{}, nlp.Span{}, false
}

// viewsAt reads the count that ends at token i; from is its first token.
func viewsAt(d *nlp.Document, first, i int) (v Views, from int, ok bool) {
	if d.Tokens[i].Kind != nlp.Word || !viewWords[d.Words(i)] {
		return Views{}, 0, false
	}
	return viewsBefore(d, first, i)
}

// numberAt reads a small count; "3rd digit" and "10 cm" are no counts because a
// view word has to follow.
func numberAt(d *nlp.Document, i int) (int, bool) {
	t := d.Tokens[i]
	if t.Kind == nlp.Number {
		n, err := strconv.Atoi(t.Of(d.Text))
		return n, err == nil && n > 0 && n <= 20 && !isDimension(d, i)
	}
	n, ok := numberWords[d.Words(i)]
	return n, ok
}

// isDimension tells the 3 of "3D images" from a count.
func isDimension(d *nlp.Document, i int) bool {
	return i+1 < len(d.Tokens) && d.Words(i+1) == "d" && d.Tokens[i+1].Start == d.Tokens[i].End
}

// viewsBefore reads the count that ends at the view word i, going left.
func viewsBefore(d *nlp.Document, first, i int) (v Views, from int, ok bool) {
	j := i - 1
	plus := false
	for j >= first && i-j <= 5 { // adjectives may stand between: "3 weight bearing views", "2 or more views", "5/> views"
		w := d.Words(j)
		if w == "+" || orMore[w] || w == ">" {
			plus = true
		} else if _, isNumber := numberAt(d, j); isNumber {
			break
		} else if d.Tokens[j].Kind == nlp.Punct && w != "/" && w != "(" && w != "=" && w != "-" {
			return Views{}, 0, false
		}
		j--
	}
	if j < first || i-j > 5 {
		return Views{}, 0, false
	}
	n, _ := numberAt(d, j)
	v = Views{Min: n, Max: n}
	from = j
	if plus {
		v.Max = 0
	}
	if j-2 >= first { // "2-3 views", "2 to 3 views", "4 or 5 views", "2/3 views"
		if lo, isNumber := numberAt(d, j-2); isNumber && lo < n && joinsRange(d.Words(j-1)) {
			v.Min, from = lo, j-2
		}
	}
	for k, steps := from-1, 0; k >= first && steps < 3; k, steps = k-1, steps+1 {
		w := d.Words(k)
		switch {
		case atLeast[w]:
			return Views{Min: v.Min}, k, true
		case atMost[w]:
			return Views{Min: 1, Max: n}, k, true
		case w == "<" || lessThan[w]:
			return Views{Min: 1, Max: max(n-1, 1)}, k, true
		case w == ">" || moreThan[w] || w == "more":
			if k+1 < from && d.Words(k+1) == "=" {
				return Views{Min: v.Min}, k, true
			}
			return Views{Min: n + 1}, k, true
		case w == "=" || w == "than" || w == "of" || w == "at":
			continue
		}
		break
	}
	return v, from, true
}

func joinsRange(w string) bool { return w == "-" || w == "to" || w == "or" || w == "/" || w == "&" }
