package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// readViews reads how many projections an exam name asks for: a stated count and what is added to it ("2 views
// and obliques"), else a bound without a word for views ("hand - 3 or more"), else the named projections, each once.
func (e *Engine) readViews(d *nlp.Document, f *Facts, first, last int, named []nlp.Mention, evidence func(nlp.Span) Evidence) {
	c, counted := countViews(d, first, last)
	if !counted && d.Report.Exam != "" && e.mayCountFilms(f) {
		c, counted = e.bareCount(d, f, first, last)
	}
	if counted {
		c.Views = e.withAdded(d, e.leftOrLess(d, f, c), named)
		if f.Views = e.withChest(d, f, c); f.Views.Stated() {
			f.Views.Evidence = []Evidence{evidence(c.span(d))}
		}
		return
	}
	if d.Report.Exam != "" && e.bendingSpine(f, named) {
		return
	}
	seen := map[lexicon.ConceptID]bool{}
	idle := e.idleViews(f)
	for _, m := range named {
		if idle[e.lex.Concept(m.Concept).Name] {
			continue
		}
		if !seen[m.Concept] && !(m.First > first && d.Words(m.First-1) == "or") { // "decubitus or erect" is one
			seen[m.Concept] = true
			f.Views.Min += 1 + obliques(d, m)
			f.Views.Evidence = append(f.Views.Evidence, evidence(m.Span))
		}
	}
	if f.Views.Min > 0 && d.Report.Exam != "" {
		f.Views.Min += e.unnamedViews(d, f, named)
	}
	f.Views.Max = f.Views.Min
}

// bendingSpine reports that nothing but flexion and extension is named of a spine: they are what the study is known
// by, not how many films it takes. The lumbar spine has codes for bending alone and on top of a full study.
func (e *Engine) bendingSpine(f *Facts, named []nlp.Mention) bool {
	if f.Has(e.lex.Lookup(lexicon.Technique, "bending")) && e.hasRegion(f, "lumbar_spine") {
		return true
	}
	return e.hasRegion(f, "spine") &&
		!slices.ContainsFunc(named, func(m nlp.Mention) bool { return !bendingViews[e.lex.Concept(m.Concept).Name] })
}

var bendingViews = map[string]bool{"flexion": true, "extension": true}

// idleViews are the names of projections that are no film of their own: breathing in and out is how the frontal film was
// taken, so that "chest PA, inspiration and expiration" is two, and so is standing or lying for a film of the chest. Of
// the abdomen the flat and the upright film show different things.
func (e *Engine) idleViews(f *Facts) map[string]bool {
	stated := func(name string) bool { return f.Has(e.lex.Lookup(lexicon.View, name)) }
	switch {
	case stated("inspiration") && stated("expiration"):
		return frontalViews
	case (stated("ap") || stated("pa")) && e.hasRegion(f, "chest"):
		return postures
	}
	return nil
}

var (
	frontalViews = map[string]bool{"ap": true, "pa": true}
	postures     = map[string]bool{"supine": true, "upright": true}
)

// leftOrLess reads "lt 4 views" as fewer than four where no body part has a left one.
func (e *Engine) leftOrLess(d *nlp.Document, f *Facts, c viewCount) viewCount {
	if c.from == 0 || d.Words(c.from-1) != "lt" || c.Min != c.Max || c.Min < 2 {
		return c
	}
	for _, r := range f.Of(lexicon.Region) {
		if e.lex.Concept(r).Paired {
			return c
		}
	}
	c.Min, c.Max = 1, c.Max-1
	return c
}

// mayCountFilms reports whether a bare number can be one of films: a body part, and nothing but plain films.
func (e *Engine) mayCountFilms(f *Facts) bool {
	film := e.lex.Lookup(lexicon.Modality, "xr")
	for _, m := range f.Of(lexicon.Modality) {
		if m != film {
			return false
		}
	}
	return len(f.Of(lexicon.Region)) > 0 && len(f.Of(lexicon.Component)) == 0
}

// bareCount finds a bounded number that nothing else follows: "3 or more", "4+", "less than 3 lt", "limited 1-3", and
// a plain one at the very end. Names are cut off at a field's length, the word for views first.
func (e *Engine) bareCount(d *nlp.Document, f *Facts, first, last int) (c viewCount, ok bool) {
	for i := first; i < last; i++ {
		n, isNumber := numberAt(d, i)
		if !isNumber || d.Tokens[i].Kind != nlp.Number || n > 9 {
			continue
		}
		v, from, _ := viewsBefore(d, first, i+1)
		end := i + 1
		if b := boundAfter(d, i); b != exactly && v.Min == v.Max {
			v = boundedBy(v, b)
			end = afterBound(d, i+1, last)
		}
		if (v.Min != v.Max || i == last-1 && saysSomething(d, from-1) && !e.numbersPart(f)) && endsViews(d, end, last) && !followsLetter(d, first, from) {
			return viewCount{v, from, i}, true
		}
	}
	return viewCount{}, false
}

// followsLetter reports a single letter before token i: "L 4-5" is a level of the spine.
func followsLetter(d *nlp.Document, first, i int) bool {
	return i > first && d.Tokens[i-1].Kind == nlp.Word && d.Tokens[i-1].Len() == 1
}

// saysSomething reports whether token i is part of what the name states: the five of "day 5" counts days.
func saysSomething(d *nlp.Document, i int) bool {
	if i < 0 {
		return false
	}
	w := d.Words(i)
	return sideOf(w) != nlp.Unstated || isUnilateral(w) || slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool { return m.First <= i && i < m.Last })
}

// numbersPart reports whether the parts of a body part go by numbers: the third finger, the fifth lumbar vertebra.
func (e *Engine) numbersPart(f *Facts) bool {
	return slices.ContainsFunc(f.Of(lexicon.Region), func(r lexicon.ConceptID) bool {
		return slices.ContainsFunc(numberedParts, func(n string) bool { return e.lex.Is(r, e.lex.Lookup(lexicon.Region, n)) })
	})
}

var numberedParts = []string{"finger", "toe", "thumb", "hand", "foot", "teeth"}

// afterBound returns the first token from i on that is no word of a bound.
func afterBound(d *nlp.Document, i, last int) int {
	for i < last {
		w := d.Words(i)
		if w != "or" && w != "/" && w != "+" && w != ">" && w != "&" && w != "and" && !atLeast[w] && !atMost[w] && !orMore[w] && !lessThan[w] && !plusWords[w] {
			break
		}
		i++
	}
	return i
}

// endsViews reports whether nothing follows token i, or a side, who bills, or a mark.
func endsViews(d *nlp.Document, i, last int) bool {
	if i >= last {
		return true
	}
	w := d.Words(i)
	return sideOf(w) != nlp.Unstated || ledgerWords[w] || d.Tokens[i].Kind == nlp.Punct && w != "-" && w != "/" && w != "."
}

// usualViews are the projections that a plain count already means; addedViews are never part of the two views that
// a body part is first filmed in.
var (
	usualViews = lexicon.WordList("usual_view")
	addedViews = lexicon.WordList("added_view")
)

// withAdded adds the projections that stand behind a count: "2 views + sunrise" are three. With "with" only two views
// are added to, "knee 4 views w sunrise" has the sunrise among its four.
func (e *Engine) withAdded(d *nlp.Document, c viewCount, named []nlp.Mention) Views {
	v := c.Views
	next := c.to + 1
	if next < len(d.Tokens) && (d.Words(next) == ";" || d.Words(next) == ",") {
		next++
	}
	if next >= len(d.Tokens) {
		return v
	}
	w := d.Words(next)
	with := withWords[w]
	if !with && !plusWords[w] && w != "+" && w != "&" && w != "and" || with && (v.Min != 2 || v.Max != 2) {
		return v
	}
	seen := map[lexicon.ConceptID]bool{}
	for _, m := range named {
		name := e.lex.Concept(m.Concept).Name
		if m.First < next || seen[m.Concept] || usualViews[name] || with && !addedViews[name] {
			continue
		}
		seen[m.Concept] = true
		n := 1 + e.otherOblique(d, m)
		v.Min += n
		if v.Max > 0 {
			v.Max += n
		}
	}
	return v
}

// obliques is one more where obliques are named in the plural: they are two.
func obliques(d *nlp.Document, m nlp.Mention) int {
	w := strings.ToLower(m.Of(d.Text))
	if m.Last == m.First+1 && strings.HasPrefix(w, "obl") && strings.HasSuffix(w, "s") {
		return 1
	}
	return 0
}

// otherOblique is one more where an oblique is added to the films of what is not paired: there are a right and a left.
func (e *Engine) otherOblique(d *nlp.Document, m nlp.Mention) int {
	if e.lex.Concept(m.Concept).Name != "oblique" {
		return 0
	}
	if n := obliques(d, m); n > 0 {
		return n
	}
	for _, o := range d.Mentions {
		if o.Axis == lexicon.Region && e.lex.Concept(o.Concept).Paired {
			return 0
		}
	}
	return 1
}

// withChest counts the chest film in: "ribs 2 views w/ chest" are three. The one view of "ribs w/ 1 view chest" is the
// chest's own, how many there are of the ribs is not said.
func (e *Engine) withChest(d *nlp.Document, f *Facts, c viewCount) Views {
	v := c.Views
	if !f.Has(e.lex.Lookup(lexicon.Technique, "chest_film")) || c.to+1 >= len(d.Tokens) {
		return v
	}
	next := d.Tokens[c.to+1].Start
	for _, ev := range f.evidenceFor(e.lex.Lookup(lexicon.Region, "chest")) {
		if ev.Start == next && v.Max == 1 {
			return Views{}
		}
		if ev.Start >= next {
			v.Min++
			if v.Max > 0 {
				v.Max++
			}
			return v
		}
	}
	return v
}

// withWords introduce a further projection.
var withWords = lexicon.WordList("with")

// unnamedViews are the views that a name takes for granted when it names only what comes on top: "lumbar spine with
// obliques" is a frontal and a lateral film and the obliques; of the abdomen it is the frontal film alone.
func (e *Engine) unnamedViews(d *nlp.Document, f *Facts, named []nlp.Mention) int {
	for _, m := range named {
		if !addedViews[e.lex.Concept(m.Concept).Name] {
			return 0
		}
	}
	i := named[0].First
	if !introduces(d, i) && (i == 0 || !introduces(d, i-1)) && (i < 2 || d.Words(i-1) != "/" || !introduces(d, i-2)) {
		return 0
	}
	n := 2
	for _, r := range f.Of(lexicon.Region) {
		if e.lex.Is(r, e.lex.Lookup(lexicon.Region, "abdomen")) {
			n = 1
		}
	}
	return n + e.otherOblique(d, named[0]) - obliques(d, named[0])
}

// introduces reports whether the word at token i says that something comes on top.
func introduces(d *nlp.Document, i int) bool {
	w := d.Words(i)
	return i > 0 && (withWords[w] || plusWords[w] || w == "+" || w == "&" || w == "and")
}
