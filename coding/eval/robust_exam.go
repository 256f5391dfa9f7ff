package eval

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

var examOperators = []Operator{
	{
		ID: "add_contrast", Kind: Directional,
		Doc:   "every statement of no contrast becomes one of contrast: the code becomes the one with contrast",
		Apply: func(p *Perturbation) { changeContrast(p, "without", "with") },
	},
	{
		ID: "remove_contrast", Kind: Directional,
		Doc:   "every statement of contrast becomes one of none: the code becomes the one without contrast",
		Apply: func(p *Perturbation) { changeContrast(p, "with", "without") },
	},
	{
		ID: "change_views", Kind: Directional,
		Doc:   "the number of views is stated otherwise, once for each code of the family: the code becomes the one for that number",
		Apply: changeViews,
	},
	{
		ID: "limit_ultrasound", Kind: Directional,
		Doc:   "an ultrasound is titled limited: the code of the complete study becomes that of the limited one",
		Apply: limitUltrasound,
	},
	{
		ID: "one_side_to_both", Kind: Directional,
		Doc:   "title and technique of an exam of one side say bilateral: the code becomes that of both sides",
		Apply: oneSideToBoth,
	},
	{
		ID: "both_sides_to_one", Kind: Directional,
		Doc:   "title and technique of an exam of both sides say left, where nothing else names a side: the code becomes that of one side",
		Apply: bothSidesToOne,
	},
}

// sibling returns the one code that has all axes of p but differs as asked; nil
// when there is none or more than one. Both must be valid on the same dates, or
// on the date of service when it is known.
func sibling(lex *lexicon.Lexicon, p *lexicon.Procedure, date string, differs func(q *lexicon.Procedure) bool, free ...lexicon.Axis) *lexicon.Procedure {
	var found *lexicon.Procedure
	for i := range lex.Procedures {
		q := &lex.Procedures[i]
		if q.System != p.System || !sameTime(p, q, date) || !sameAxes(p, q, free) || !differs(q) {
			continue
		}
		if found != nil {
			return nil
		}
		found = q
	}
	return found
}

func sameTime(p, q *lexicon.Procedure, date string) bool {
	if date != "" {
		return p.InForce(date) && q.InForce(date)
	}
	return p.From == q.From && p.To == q.To
}

// sameAxes compares the axes that are held as groups, but for the free ones.
func sameAxes(p, q *lexicon.Procedure, free []lexicon.Axis) bool {
	for _, a := range []lexicon.Axis{
		lexicon.Modality, lexicon.Region, lexicon.Extent, lexicon.Technique, lexicon.Intent, lexicon.Component, lexicon.Age,
	} {
		same := slices.EqualFunc(p.Groups(a), q.Groups(a), func(x, y lexicon.Group) bool { return slices.Equal(x, y) })
		if !same && !slices.Contains(free, a) {
			return false
		}
	}
	return true
}

// exchanged returns the judged procedure codes with those of the map replaced.
func exchanged(a Prediction, codes map[string]string) []string {
	out := []string{}
	for _, c := range a.CPT {
		code := c.Code
		if other, ok := codes[code]; ok {
			code = other
		}
		out = append(out, withModifiers(code, c.Modifiers))
	}
	return out
}

// lineOf returns the line around an offset.
func lineOf(text string, at int) nlp.Span {
	start := strings.LastIndexByte(text[:at], '\n') + 1
	end := len(text)
	if n := strings.IndexAny(text[at:], "\r\n"); n >= 0 {
		end = at + n
	}
	return nlp.Span{Start: start, End: end}
}

// retitled returns the report with f applied to where the exam is named: the
// name beside the text, and the lines of the text that the answer gives as
// evidence of section "exam". It is not ok when there are none.
func (p *Perturbation) retitled(f func(string) string) (r nlp.Report, ok bool) {
	r = p.Report
	if r.Exam != "" {
		r.Exam, ok = f(r.Exam), true
	}
	var edits []edit
	for _, c := range p.Answer.CPT {
		for _, e := range c.Evidence {
			if e.Section != string(nlp.SectionExam) || e.End > len(r.Text) {
				continue
			}
			line := lineOf(r.Text, e.Start)
			if slices.ContainsFunc(edits, func(e edit) bool { return e.Span == line }) {
				continue
			}
			edits = append(edits, edit{line, f(line.Of(r.Text))})
		}
	}
	r.Text = apply(r.Text, edits)
	return r, ok || len(edits) > 0
}

// inTechnique returns the report with f applied to its technique sections.
func (p *Perturbation) inTechnique(r nlp.Report, f func(string) string) nlp.Report {
	var edits []edit
	for _, x := range p.know.parts(r.Text) {
		if x.kind == "technique" {
			edits = append(edits, edit{x.body, f(x.body.Of(r.Text))})
		}
	}
	r.Text = apply(r.Text, edits)
	return r
}
