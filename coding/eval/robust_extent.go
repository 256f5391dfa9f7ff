package eval

import (
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

var (
	extentWord   = regexp.MustCompile(`(?i)\b(?:complete|limited|comprehensive|follow-?up|survey)\b`)
	completeWord = regexp.MustCompile(`(?i)\bcomplete\b`)
)

// limitUltrasound titles a complete ultrasound limited. Never the other way
// round: a complete study has to name all organs that belong to it.
func limitUltrasound(p *Perturbation) {
	codes := map[string]string{}
	for _, c := range p.Answer.CPT {
		if x := p.know.lex.Procedure(c.Code); x != nil && p.know.hasExtent(x, "complete") && p.know.isUltrasound(x) {
			if q := p.know.limitedOf(x, p.Report.Meta.DateOfService); q != nil {
				codes[x.Code] = q.Code
			}
		}
	}
	if len(codes) != 1 || len(p.Answer.CPT) != 1 {
		return
	}
	unclear := false
	r, ok := p.retitled(func(title string) string {
		if completeWord.MatchString(title) {
			return completeWord.ReplaceAllStringFunc(title, func(old string) string { return inCaseOf(old, "limited") })
		}
		unclear = unclear || extentWord.MatchString(title)
		text := strings.TrimRight(title, " .,;*")
		return text + inCaseOf(text, ", limited") + title[len(text):]
	})
	if !ok || unclear {
		return
	}
	r = p.inTechnique(r, func(s string) string {
		return completeWord.ReplaceAllStringFunc(s, func(old string) string { return inCaseOf(old, "limited") })
	})
	want := p.same()
	want.CPT = exchanged(p.Answer, codes)
	p.Add(r, want)
}

func (k *knowledge) hasExtent(x *lexicon.Procedure, name string) bool {
	id := k.lex.Lookup(lexicon.Extent, name)
	return slices.ContainsFunc(x.Extent, func(g lexicon.Group) bool { return slices.Contains(g, id) })
}

func (k *knowledge) isUltrasound(x *lexicon.Procedure) bool {
	return len(x.Modality) == 1 && slices.Equal(x.Modality[0], lexicon.Group{k.lex.Lookup(lexicon.Modality, "us")})
}

// limitedOf returns the code of the limited study of the same region. A limited
// code lists the organs of the region one by one, so its regions hold more.
func (k *knowledge) limitedOf(x *lexicon.Procedure, date string) *lexicon.Procedure {
	return sibling(k.lex, x, date, func(q *lexicon.Procedure) bool {
		return k.hasExtent(q, "limited") && q.Side == x.Side && covers(q.Region, x.Region)
	}, lexicon.Extent, lexicon.Region)
}

// covers reports whether what fulfils the groups b fulfils a.
func covers(a, b []lexicon.Group) bool {
	for _, g := range a {
		if !slices.ContainsFunc(b, func(h lexicon.Group) bool {
			return !slices.ContainsFunc(h, func(id lexicon.ConceptID) bool { return !slices.Contains(g, id) })
		}) {
			return false
		}
	}
	return true
}

var (
	oneSide   = regexp.MustCompile(`(?i)\b(?:the )?(?:right|left|rt|lt)\b(?:-sided)?`)
	bothSides = regexp.MustCompile(`(?i)\b(?:the )?(?:bilateral|both)\b`)
	anySide   = regexp.MustCompile(`(?i)\b(?:right|left|rt|lt|bilateral(?:ly)?|both|each|sides?|either)\b`)
)

// ofOtherSides returns the code of the family with the other Side, for the
// number of views that the title states.
func ofOtherSides(p *Perturbation, side, other string) *lexicon.Procedure {
	if len(p.Answer.CPT) != 1 {
		return nil
	}
	x := p.know.lex.Procedure(p.Answer.CPT[0].Code)
	if x == nil || x.Side != side {
		return nil
	}
	views := titleViews(p)
	return sibling(p.know.lex, x, p.Report.Meta.DateOfService, func(q *lexicon.Procedure) bool {
		fits := q.ViewsMin == 0 && x.ViewsMin == 0 || x.ViewsMin > 0 && q.ViewsMin > 0 && q.ViewsMin <= views && (q.ViewsMax == 0 || views <= q.ViewsMax)
		return q.Side == other && q.Contrast == x.Contrast && fits
	}, lexicon.Extent)
}

func oneSideToBoth(p *Perturbation) {
	q := ofOtherSides(p, "uni", "bi")
	if q == nil || !slices.ContainsFunc(p.Answer.CPT[0].Modifiers, func(m string) bool { return m == "RT" || m == "LT" }) {
		return
	}
	sided := false
	both := func(s string) string {
		return oneSide.ReplaceAllStringFunc(s, func(old string) string { return inCaseOf(old, "bilateral") })
	}
	r, ok := p.retitled(func(s string) string {
		sided = sided || oneSide.MatchString(s)
		return both(s)
	})
	if ok && sided {
		p.addSides(p.inTechnique(r, both), q.Code, nil)
	}
}

func bothSidesToOne(p *Perturbation) {
	q := ofOtherSides(p, "bi", "uni")
	if q == nil {
		return
	}
	sided := false
	left := func(s string) string {
		return bothSides.ReplaceAllStringFunc(s, func(old string) string { return inCaseOf(old, "left") })
	}
	r, ok := p.retitled(func(s string) string {
		sided = sided || bothSides.MatchString(s)
		return left(s)
	})
	r = p.inTechnique(r, left)
	if !ok || !sided || len(anySide.FindAllString(r.Exam+r.Text, -1)) != len(bothSides.FindAllString(p.Report.Exam+p.Report.Text, -1)) || bothSides.MatchString(r.Exam+r.Text) {
		return // findings of both sides are told
	}
	p.addSides(r, q.Code, []string{"LT"})
}

// addSides adds a pair whose one procedure code changes with its modifiers. The
// sides of diagnoses may come from the exam, so they are not judged.
func (p *Perturbation) addSides(r nlp.Report, code string, side []string) {
	modifiers := slices.DeleteFunc(slices.Clone(p.Answer.CPT[0].Modifiers), func(m string) bool { return m == "RT" || m == "LT" || m == "50" })
	p.Add(r, Expectation{CPT: []string{withModifiers(code, append(modifiers, side...))}})
}

// titleViews returns the number of views that the exam's name states, or 0.
func titleViews(p *Perturbation) int {
	n := 0
	_, _ = p.retitled(func(s string) string {
		if v := viewStatement.FindString(s); v != "" {
			n = numberIn(v)
		}
		return s
	})
	return n
}
