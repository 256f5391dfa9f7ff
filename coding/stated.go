package coding

import (
	"strconv"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// statements numbers what an exam can state, for weights that are about a
// statement as such: concepts, the state of contrast, the side and the number of views.
type statements struct {
	names                 []string       // by number; "" for none
	ids                   map[string]int // by name
	contrast, side, views int            // number of the first of each
}

func newStatements(lex *lexicon.Lexicon) *statements {
	s := &statements{ids: map[string]int{}}
	for _, c := range lex.Concepts() {
		name := c.Axis.String() + ":" + c.Name
		if c.ID == 0 || c.Axis == lexicon.Contrast {
			name = ""
		}
		s.names = append(s.names, name)
	}
	s.contrast = len(s.names)
	for _, state := range contrastNames {
		s.names = append(s.names, contrastName(state))
	}
	s.side = len(s.names)
	for side := range nlp.Side(numSides) {
		s.names = append(s.names, "side:"+side.String())
	}
	s.views = len(s.names)
	for least := range maxViews + 1 {
		for most := range maxViews + 1 {
			s.names = append(s.names, viewsName(least, most))
		}
	}
	for i, n := range s.names {
		if n != "" {
			s.ids[n] = i
		}
	}
	return s
}

// contrastNames are in the order of contrastIndex.
var contrastNames = [...]string{"", "any", "with", "without", "without_with"}

func contrastName(state string) string { return "contrast:" + state }

func viewsName(least, most int) string {
	return "views:" + strconv.Itoa(least) + "-" + strconv.Itoa(most)
}

// of appends the numbers of what is stated; contrast, side and views have a
// number for silence, too.
func (s *statements) of(dst []int, f *Facts) []int {
	for _, x := range f.Facts {
		if s.names[x.Concept] != "" {
			dst = append(dst, int(x.Concept))
		}
	}
	dst = append(dst, s.contrast+contrastIndex(f.Contrast), s.side+int(f.Side))
	if n, ok := viewsNumber(f.Views); ok {
		dst = append(dst, s.views+n)
	}
	return dst
}

// axisValues names what a code asks for, in the names of what is stated.
func axisValues(lex *lexicon.Lexicon, p *lexicon.Procedure) []string {
	var out []string
	for axis := range lexicon.NumAxes {
		for _, g := range p.Groups(axis) {
			for _, id := range g {
				out = append(out, axis.String()+":"+lex.Concept(id).Name)
			}
		}
	}
	if p.Contrast != "" {
		out = append(out, contrastName(p.Contrast))
	}
	if p.ViewsMin > 0 {
		out = append(out, viewsName(p.ViewsMin, p.ViewsMax))
	}
	if p.Side != "" {
		out = append(out, "side:"+p.Side)
	}
	return out
}
