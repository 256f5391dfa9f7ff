package eval

import (
	"regexp"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// contrastWords is what an agent is called, with its route and amount.
const contrastWords = `(?:(?:the )?(?:administration|injection|infusion|use) of )?(?:an? )?(?:(?:approximately )?\d+ ?(?:ml|cc|mls)\s+(?:of\s+)?)?(?:oral\s+(?:or|and)\s+)?(?:i\.?v\.?|intravenous)?\s*` +
	`(?:contrast(?:\s+(?:material|medium|media|agent|enhancement|administration|injection))?|gadolinium|isovue|omnipaque|visipaque|gadavist|magnevist|dotarem|multihance)(?:[- ]\d{3})?(?: (?:intravenously|enhancement|administration))?`

// contrastStatements are the ways to state contrast, and the lack of it.
var contrastStatements = map[string]*regexp.Regexp{
	"without": regexp.MustCompile(`(?i)\b(?:without|w/o|wo|no)\s+` + contrastWords + `(?: (?:was|were) (?:used|given|administered))?\b|\bnon-?(?:contrast|enhanced)\b|\bunenhanced\b`),
	"with": regexp.MustCompile(`(?i)\bpost[- ]?contrast(?:[- ]enhanced)?\b|\b(?:intravenous|iv) contrast(?: material| medium)? was (?:administered|given|used|injected)\b|\b(?:with|w/|w|after|following|post|using|utilizing)\s*` + contrastWords +
		`\b|\b(?:contrast[- ])?enhanced\b`),
}

// contrastAsides is whatever else speaks of contrast, shows that it was given, or
// names a protocol that is one without or with it.
var contrastAsides = regexp.MustCompile(`(?i)\bkub\b|stone protocol|urogra|calcium scor|contrast|enhanc|gadolin|isovue|omnipaque|visipaque|\bdye\b|\b(?:arterial|venous|portal|nephrographic|excretory|delayed)[- ](?:phase|images)|\bw/?wo\b|w&wo|opacif`)

// oralContrast is no axis of any code; given together with another agent it
// would be read with it.
var oralContrast = regexp.MustCompile(`(?i)\boral contrast\b`)

func changeContrast(p *Perturbation, from, to string) {
	codes := map[string]string{}
	for _, c := range p.Answer.CPT {
		other := p.know.withContrast(c.Code, from, to, p.Report.Meta.DateOfService)
		if other == nil {
			return
		}
		codes[c.Code] = other.Code
	}
	c := contrastChange{from: from, to: to}
	r := p.Report
	r.Exam, r.Meta.Ordered = c.restated(r.Exam), c.restated(r.Meta.Ordered)
	var edits []edit
	for _, x := range p.know.parts(r.Text) {
		if x.kind != "technique" && x.kind != "findings" {
			edits = append(edits, edit{x.body, c.restated(x.body.Of(r.Text))})
			continue
		}
		for _, s := range statements(r.Text, x.body) {
			edits = append(edits, c.statement(r.Text, s))
		}
	}
	r.Text = apply(r.Text, edits)
	if !c.stated || c.unclear {
		return
	}
	want := p.same()
	want.CPT = exchanged(p.Answer, codes)
	if c.cut {
		want.ICD10CM = nil
	}
	p.Add(r, want)
}

// withContrast returns the code that differs in contrast alone, nil when the
// code itself is of another kind.
func (k *knowledge) withContrast(code, from, to, date string) *lexicon.Procedure {
	x := k.lex.Procedure(code)
	if x == nil || x.Contrast != from {
		return nil
	}
	return sibling(k.lex, x, date, func(q *lexicon.Procedure) bool {
		return q.Contrast == to && q.Side == x.Side && q.ViewsMin == x.ViewsMin
	})
}

// contrastChange states contrast otherwise throughout a report.
type contrastChange struct {
	from, to string
	stated   bool // something was stated
	unclear  bool // something speaks of contrast in a way that cannot be restated
	cut      bool // a sentence was taken out
}

// restated changes the statements of a text that holds nothing else about
// contrast.
func (c *contrastChange) restated(s string) string {
	c.unclear = c.unclear || contrastStatements[c.to].MatchString(contrastStatements[c.from].ReplaceAllString(s, "")) ||
		contrastAsides.MatchString(contrastStatements[c.from].ReplaceAllString(s, ""))
	return contrastStatements[c.from].ReplaceAllStringFunc(s, func(old string) string {
		c.stated = true
		return restate(old, c.to)
	})
}

// statement changes a sentence of technique or findings. One that also tells of
// a phase is replaced whole, one that only shows contrast is taken out.
func (c *contrastChange) statement(text string, span nlp.Span) edit {
	s := span.Of(text)
	aside := contrastAsides.MatchString(oralContrast.ReplaceAllString(contrastStatements[c.from].ReplaceAllString(s, ""), ""))
	mixed := aside || oralContrast.MatchString(s)
	switch states := contrastStatements[c.from].MatchString(s); {
	case states && mixed:
		c.stated = true
		return edit{span, "Images were obtained " + c.to + " intravenous contrast"}
	case states:
		return edit{span, c.restated(s)}
	case aside:
		c.cut = true
		return edit{withStop(text, span), ""}
	}
	return edit{span, s}
}

// withStop takes the full stop and the space after a statement to it.
func withStop(text string, s nlp.Span) nlp.Span {
	if s.End < len(text) && text[s.End] == '.' {
		s.End++
		if s.End < len(text) && text[s.End] == ' ' {
			s.End++
		}
	}
	return s
}

// restate states contrast otherwise, in the grammar of the words it replaces.
func restate(old, to string) string {
	lower := strings.ToLower(old)
	switch {
	case strings.HasSuffix(lower, "enhanced"), strings.HasPrefix(lower, "non"), strings.HasPrefix(lower, "post") && strings.HasSuffix(lower, "contrast") && len(lower) < len("post  contrast"):
		return inCaseOf(old, map[string]string{"with": "contrast-enhanced", "without": "noncontrast"}[to])
	case strings.Contains(lower, " was "), strings.Contains(lower, " were "):
		return inCaseOf(old, map[string]string{"with": "intravenous contrast was given", "without": "no intravenous contrast was given"}[to])
	}
	return inCaseOf(old, to+" intravenous contrast")
}
