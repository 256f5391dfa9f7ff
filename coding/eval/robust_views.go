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
	viewCount      = `\b(?:(?:a |minimum(?: of)? |min |at least ))?(?:` + numberWords + `)(?: or more)?(?:[ -](?:ap|pa|frontal|lateral|upright|supine|portable|weight[- ]bearing)){0,2}[ -]?(?:views?|vws?|projections?)\b`
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

// withViews states another number of views wherever the report states one. It is
// not ok when a part of the report states several, or in other words.
func withViews(p *Perturbation, n int) (nlp.Report, bool) {
	r := p.Report
	stated, plain := false, true
	restated := func(s string) string {
		stated = stated || viewStatement.MatchString(s)
		plain = plain && len(viewStatement.FindAllString(s, 2)) < 2
		return viewStatement.ReplaceAllStringFunc(s, func(old string) string { return statedViews(old, n) })
	}
	title := func(s string) string {
		plain = plain && !viewAsides.MatchString(viewStatement.ReplaceAllString(s, ""))
		return restated(s)
	}
	r.Exam = title(r.Exam)
	var edits []edit
	for _, x := range p.know.parts(r.Text) {
		body := x.body.Of(r.Text)
		if x.kind == "exam" || x.kind == "procedure" {
			edits = append(edits, edit{x.body, title(body)})
			continue
		}
		if x.kind == "technique" && (viewStatement.MatchString(body) || viewAsides.MatchString(body)) {
			first, rest, more := strings.Cut(body, "\n\n")
			lead, tail := first[:len(first)-len(strings.TrimLeft(first, " \t\r\n"))], first[len(strings.TrimRight(first, " \t\r\n")):]
			body = lead + capital(statedViews("two views", n)) + " obtained." + tail
			if more {
				body += "\n\n" + restated(rest)
			}
			stated = true
			edits = append(edits, edit{x.body, body})
			continue
		}
		edits = append(edits, edit{x.body, restated(body)})
	}
	r.Text = apply(r.Text, edits)
	return r, stated && plain
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
