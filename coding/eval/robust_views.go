package eval

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

const (
	numberWords = `\d{1,2}|one|two|three|four|five|six|single`
	projections = `p\.?a\.?|a\.?p\.?|frontal|lateral|obliques?|sunrise|merchant|mortise|axillary|grashey|swimmer'?s|odontoid|lordotic|decubitus|upright|supine|prone|erect|cross-table|frog-leg|internal|external|rotation`
)

var (
	viewCount      = `\b(?:(?:a |minimum(?: of)? |min |at least ))?(?:` + numberWords + `)(?: or more)?(?:[ -](?:ap|pa|frontal|lateral|upright|supine|portable|weight[- ]bearing)){0,2}[ -]?(?:views?|vws?|v|projections?)\b`
	projectionList = `\b(?:(?:` + projections + `)(?:(?:,? and |,? ?& ?|, ?|/| )(?:` + projections + `))* (?:views?|projections?|radiographs?|films?)|(?:` + projections + `)(?:(?:,? and |,? ?& ?|, ?|/)(?:` + projections + `))+)\b`
)

var (
	// viewStatement is a number of views, a list of projections, or both: "3
	// views", "minimum 3 views", "single frontal view", "2 views, PA and lateral".
	viewStatement = regexp.MustCompile(`(?i)(?:` + viewCount + `(?:[,:]? \(?` + projectionList + `\)?)?|` + projectionList + `)`)
	viewNumber    = regexp.MustCompile(`(?i)\b(?:` + numberWords + `)\b`)

	// viewAsides is whatever else speaks of views; a title or technique with one
	// left over is not understood.
	viewAsides = regexp.MustCompile(`(?i)\b(?:views?|vws?|projections?)\b`)
)

func changeViews(p *Perturbation) {
	x, ok := onlyWithViews(p)
	if !ok {
		return
	}
	family := map[string]int{}
	for i := range p.know.lex.Procedures {
		q := &p.know.lex.Procedures[i]
		if q.ViewsMin == 0 || q.Code == x.Code {
			continue
		}
		n := q.ViewsMin
		fits := func(q *lexicon.Procedure) bool {
			return q.ViewsMin > 0 && q.Side == x.Side && q.ViewsMin <= n && (q.ViewsMax == 0 || n <= q.ViewsMax)
		}
		if only := sibling(p.know.lex, x, p.Report.Meta.DateOfService, fits, lexicon.Extent); only == q {
			family[q.Code] = n
		}
	}
	for i := range p.know.lex.Procedures { // in order of code
		q := &p.know.lex.Procedures[i]
		n := family[q.Code]
		if n == 0 {
			continue
		}
		changed, ok := withViews(p, n)
		if !ok {
			return
		}
		want := p.same()
		want.CPT = exchanged(p.Answer, map[string]string{x.Code: q.Code})
		p.Add(changed, want)
	}
}

// onlyWithViews returns the code whose views can be told from the report: the
// only one of the answer that counts views.
func onlyWithViews(p *Perturbation) (*lexicon.Procedure, bool) {
	if len(p.Answer.CPT) != 1 {
		return nil, false
	}
	x := p.know.lex.Procedure(p.Answer.CPT[0].Code)
	return x, x != nil && x.ViewsMin > 0
}

// withViews states another number of views wherever the report says how the exam
// was done: its name, the technique, and the first sentence of the findings. It
// is not ok when nothing is said there, or a part says several things; what else
// is said of views is about other studies, or one picture of this one.
func withViews(p *Perturbation, n int) (nlp.Report, bool) {
	r := p.Report
	c := viewChange{n: n}
	r.Exam = c.title(r.Exam)
	var edits []edit
	for _, x := range p.know.parts(r.Text) {
		body := x.body.Of(r.Text)
		switch x.kind {
		case "exam", "procedure":
			edits = append(edits, edit{x.body, c.title(body)})
		case "technique":
			edits = append(edits, edit{x.body, c.technique(body)})
		case "", "header":
			edits = append(edits, edit{x.body, c.restated(body)})
		case "findings":
			if ss := statements(r.Text, x.body); len(ss) > 0 {
				edits = append(edits, edit{ss[0], c.restated(ss[0].Of(r.Text))})
				c.unclear = c.unclear || viewStatement.MatchString(r.Text[ss[0].End:x.body.End])
			}
		}
	}
	r.Text = apply(r.Text, edits)
	return r, c.stated && !c.unclear
}

// viewChange states n views.
type viewChange struct {
	n       int
	stated  bool // a number was stated
	unclear bool // more is said than can be restated
}

func (c *viewChange) restated(s string) string {
	all := viewStatement.FindAllString(s, 2)
	c.stated = c.stated || len(all) > 0
	c.unclear = c.unclear || len(all) > 1
	return viewStatement.ReplaceAllStringFunc(s, func(old string) string { return statedViews(old, c.n) })
}

func (c *viewChange) title(s string) string {
	c.unclear = c.unclear || viewAsides.MatchString(viewStatement.ReplaceAllString(s, ""))
	return c.restated(s)
}

// technique replaces the first paragraph when it tells of views, for it may list
// them in any words.
func (c *viewChange) technique(s string) string {
	if !viewStatement.MatchString(s) && !viewAsides.MatchString(s) {
		return s
	}
	c.stated = true
	first, rest, more := strings.Cut(s, "\n\n")
	trimmed := strings.TrimSpace(first)
	first = strings.Replace(first, trimmed, capital(statedViews("two views", c.n))+" obtained.", 1)
	if more {
		return first + "\n\n" + c.restated(rest)
	}
	return first
}

// viewWords are the small numbers in words.
var viewWords = []string{"", "one", "two", "three", "four", "five", "six"}

// statedViews writes a number of views in the style of the words it replaces.
func statedViews(old string, n int) string {
	number := strconv.Itoa(n)
	if strings.IndexFunc(old, func(r rune) bool { return r >= '0' && r <= '9' }) < 0 && n < len(viewWords) {
		number = viewWords[n]
	}
	if n == 1 {
		return inCaseOf(old, number+" view")
	}
	return inCaseOf(old, number+" views")
}

// numberIn returns the first number of views named, 0 when there is none.
func numberIn(s string) int {
	w := strings.ToLower(viewNumber.FindString(s))
	if n, err := strconv.Atoi(w); err == nil {
		return n
	}
	if w == "single" {
		return 1
	}
	return max(slices.Index(viewWords, w), 0)
}
