package coding

import (
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Words of obstetric exam names. Most mean something else in other names ("lt
// 14 wks" is no left side), so they are lists of this rule and no terms.
var (
	pregnancyUnder   = lexicon.WordList("pregnancy_under")
	pregnancyOver    = lexicon.WordList("pregnancy_over")
	pregnancyBetween = lexicon.WordList("pregnancy_between")
	furtherFetus     = lexicon.WordList("further_fetus")
	fetalDetail      = lexicon.WordList("fetal_detail")
	ordinals         = map[string]int{"1": 1, "2": 2, "3": 3, "first": 1, "second": 2, "third": 3, "1st": 1, "2nd": 2, "3rd": 3}
)

// readPregnancy reads the shorthand in which price lists tell the obstetric
// ultrasound codes apart (CPT obstetric ultrasound guidelines): before or after
// 14 weeks 0 days, one fetus or each further one, the detailed anatomy or not.
// What it finds wins over single terms, which do not see that "1st tri" stands
// behind "after".
func (e *Engine) readPregnancy(d *nlp.Document, f *Facts, section, source string) {
	evidence := func(s nlp.Span) Evidence { return Evidence{s.Start, s.End, section, source} }
	first, later := e.lex.Lookup(lexicon.Technique, "first_trimester"), e.lex.Lookup(lexicon.Technique, "second_third_trimester")
	if after, at, ok := trimesterOf(d); ok {
		f.forget(first)
		f.forget(later)
		if after {
			f.add(lexicon.Technique, later, evidence(at))
		} else {
			f.add(lexicon.Technique, first, evidence(at))
		}
	}
	e.impliesPregnancy(f)
	if e.isObstetric(f) {
		e.readFetalWords(d, f, evidence)
		e.readStressTest(f)
		e.readEarlyAnatomy(f)
	}
}

// readFetalWords reads single words that mean something of their own in the name
// of an obstetric exam.
func (e *Engine) readFetalWords(d *nlp.Document, f *Facts, evidence func(nlp.Span) Evidence) {
	for i, t := range d.Tokens {
		switch w := d.Words(i); {
		case furtherFetus[w] || w == "+" && i+1 < len(d.Tokens) && strings.HasPrefix(d.Words(i+1), "g"):
			f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, "additional_fetus"), evidence(t.Span))
			f.add(lexicon.Component, e.lex.Lookup(lexicon.Component, "each_additional"), evidence(t.Span))
		case fetalDetail[w]:
			f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, "detailed_fetal"), evidence(t.Span))
		case fetalVessel(w) != "":
			f.add(lexicon.Region, e.lex.Lookup(lexicon.Region, fetalVessel(w)), evidence(t.Span))
		}
	}
}

// fetalVessel returns the artery, of those of which Doppler studies of a fetus
// are made, that a word names however short it is cut.
func fetalVessel(w string) string {
	switch {
	case w == "ua" || strings.HasPrefix(w, "umb"):
		return "umbilical_artery"
	case w == "mca" || w == "cer" || strings.HasPrefix(w, "cere"):
		return "cerebral_artery"
	}
	return ""
}

// readEarlyAnatomy takes a first-trimester ultrasound through the abdomen or the
// vagina for the measurement of the nuchal translucency: of the obstetric codes
// only those let the way in be chosen.
func (e *Engine) readEarlyAnatomy(f *Facts) {
	through, vaginal := e.lex.Lookup(lexicon.Technique, "transabdominal"), e.lex.Lookup(lexicon.Technique, "transvaginal")
	if !f.Has(through) || !f.Has(vaginal) || !f.Has(e.lex.Lookup(lexicon.Technique, "first_trimester")) {
		return
	}
	for _, x := range f.Facts {
		if x.Concept == vaginal {
			f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, "nuchal_translucency"), x.Evidence[0])
			return
		}
	}
}

// readStressTest takes "w/o stress", or "w/o" where the field ends, beside a
// biophysical profile for the non-stress test: elsewhere stress is a load on a
// joint or a heart, and with or without is about contrast.
func (e *Engine) readStressTest(f *Facts) {
	if !f.Has(e.lex.Lookup(lexicon.Technique, "biophysical_profile")) {
		return
	}
	f.Contrast = ""
	if f.Has(e.lex.Lookup(lexicon.Contrast, "without")) { // "w/o stres/n" is what is left out
		f.forget(e.lex.Lookup(lexicon.Technique, "non_stress"), e.lex.Lookup(lexicon.Technique, "stress"))
	}
	for _, x := range stressTests {
		said := e.lex.Lookup(x.axis, x.said)
		for _, g := range f.Facts {
			if g.Concept == said {
				f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, x.means), g.Evidence[0])
				f.forget(said)
				break
			}
		}
	}
}

var stressTests = []struct {
	axis        lexicon.Axis
	said, means string
}{
	{lexicon.Technique, "stress", "non_stress"},
	{lexicon.Technique, "static", "without_non_stress"},
	{lexicon.Contrast, "without", "without_non_stress"},
	{lexicon.Contrast, "with", "non_stress"},
}

// impliesPregnancy adds the body part where the name gives only what pregnancies
// have ("2nd tri detailed").
func (e *Engine) impliesPregnancy(f *Facts) {
	for _, x := range f.Facts {
		if x.Axis == lexicon.Technique && obstetricTechniques[e.lex.Concept(x.Concept).Name] && !e.isObstetric(f) {
			f.add(lexicon.Region, e.lex.Lookup(lexicon.Region, "pregnancy"), x.Evidence[0])
		}
	}
}

var obstetricTechniques = map[string]bool{
	"first_trimester": true, "second_third_trimester": true, "detailed_fetal": true, "nuchal_translucency": true, "additional_fetus": true,
}

// trimesterOf finds the first phrase that puts a pregnancy before or after the
// limit of the first trimester.
func trimesterOf(d *nlp.Document) (after bool, at nlp.Span, ok bool) {
	for i := range d.Tokens {
		if after, at, ok = weeksLimit(d, i); ok {
			return after, at, true
		}
		if after, at, ok = trimesterAt(d, i); ok {
			return after, at, true
		}
	}
	return false, nlp.Span{}, false
}

// limitReach is how many tokens may stand between a number and what compares it:
// "greater than or equal to 14".
const limitReach = 5

// weeksLimit reads "< 14 wks", "over 14 weeks", "14 wks or more" at the number.
// The number must be the limit, or 13 for those who write "up to 13 weeks".
func weeksLimit(d *nlp.Document, i int) (after bool, at nlp.Span, ok bool) {
	if d.Tokens[i].Kind != nlp.Number {
		return false, nlp.Span{}, false
	}
	n, err := strconv.Atoi(d.Words(i))
	if err != nil || n != firstTrimesterWeeks && n != firstTrimesterWeeks-1 {
		return false, nlp.Span{}, false
	}
	for j := i - 1; j >= 0 && j >= i-limitReach; j-- {
		if over, under := pregnancyOver[d.Words(j)], pregnancyUnder[d.Words(j)]; over || under {
			return over, nlp.Span{Start: d.Tokens[j].Start, End: d.Tokens[i].End}, true
		}
		if !pregnancyBetween[d.Words(j)] {
			break
		}
	}
	for j := i + 1; j < len(d.Tokens) && j <= i+limitReach; j++ {
		w := d.Words(j)
		if over, under := pregnancyOver[w], pregnancyUnder[w]; over || under {
			return over, nlp.Span{Start: d.Tokens[i].Start, End: d.Tokens[j].End}, true
		}
		if !pregnancyBetween[w] && !weekWords[w] {
			break
		}
	}
	return false, nlp.Span{}, false
}

// trimesterAt reads "1st tri", "after 1 trimester", "2nd/3rd trim", "2-3 tri" at
// the number.
func trimesterAt(d *nlp.Document, i int) (after bool, at nlp.Span, ok bool) {
	n := ordinals[d.Words(i)]
	if n == 0 {
		return false, nlp.Span{}, false
	}
	j := i + 1
	for ; j < len(d.Tokens) && j <= i+limitReach && !isTrimester(d.Words(j)); j++ {
		w := d.Words(j)
		if ordinals[w] == 0 && !pregnancyBetween[w] && w != "st" && w != "nd" && w != "rd" && w != "&" && w != "-" {
			return false, nlp.Span{}, false
		}
	}
	if j >= len(d.Tokens) || !isTrimester(d.Words(j)) {
		return false, nlp.Span{}, false
	}
	if n > 1 {
		return true, nlp.Span{Start: d.Tokens[i].Start, End: d.Tokens[j].End}, true
	}
	start := i
	for start > 0 && pregnancyBetween[d.Words(start-1)] {
		start--
	}
	if start > 0 && pregnancyOver[d.Words(start-1)] {
		return true, nlp.Span{Start: d.Tokens[start-1].Start, End: d.Tokens[j].End}, true
	}
	return false, nlp.Span{Start: d.Tokens[i].Start, End: d.Tokens[j].End}, true
}

// isTrimester knows the word in all the lengths to which fields cut it, and
// "trmstr".
func isTrimester(w string) bool {
	return w == "tri" || strings.HasPrefix(w, "trim") || strings.HasPrefix(w, "trm")
}
