package eval

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// contentOperators add what no coder bills.
var contentOperators = []Operator{
	{
		ID: "other_study_before", Kind: Invariant, Doc: "the report is compared with studies of other body parts",
		Apply: func(p *Perturbation) { p.compare(otherStudies) },
	},
	{
		ID: "other_study_later", Kind: Invariant, Doc: "the impression ends with the advice to do another study",
		Apply: func(p *Perturbation) { p.conclude(advice) },
	},
	{
		ID: "normal_findings", Kind: Invariant, Doc: "the findings begin with what is not seen",
		Apply: func(p *Perturbation) { p.describe(normalFindings) },
	},
}

const (
	otherStudies   = "MRI of the brain without contrast of 2019; abdominal ultrasound; chest radiographs, 2 views."
	advice         = "CT of the abdomen and pelvis with contrast is recommended for further evaluation."
	normalFindings = "No fracture, pneumothorax, ascites or foreign body is seen."
)

// compare makes a text the comparison: instead of the one there is, else before
// the findings.
func (p *Perturbation) compare(text string) {
	parts := p.know.parts(p.Report.Text)
	for _, x := range parts {
		body := x.body.Of(p.Report.Text)
		if said := strings.TrimSpace(body); x.kind == "comparison" && said != "" && !strings.Contains(said, "\n\n") {
			p.keepsCodes(apply(p.Report.Text, []edit{{x.body, strings.Replace(body, said, text, 1)}}))
			return
		}
	}
	for _, x := range parts {
		if x.kind == "findings" {
			p.keepsCodes(apply(p.Report.Text, []edit{{nlp.Span{Start: x.mark.Start, End: x.mark.Start}, "COMPARISON: " + text + "\n\n"}}))
			return
		}
	}
}

// lastItem is the number of the last item of a list at the end of a section.
var lastItem = regexp.MustCompile(`(?:^|\n)[ \t]*(\d{1,2})([.)])([ \t]*)[^\n]*(?:\n[^\n\d][^\n]*)*$`)

// conclude adds a statement to the one impression: as the next item of its list,
// else behind its last sentence.
func (p *Perturbation) conclude(text string) {
	var impressions []part
	for _, x := range p.know.parts(p.Report.Text) {
		if x.kind == "impression" {
			impressions = append(impressions, x)
		}
	}
	if len(impressions) != 1 {
		return
	}
	body := impressions[0].body
	if at, ok := signatureIn(p.Report.Text, body); ok {
		body.End = at
	}
	said := strings.TrimRight(body.Of(p.Report.Text), " \t\r\n")
	if strings.TrimSpace(said) == "" || administrativeLine.MatchString(said) {
		return
	}
	more := " " + text
	if m := lastItem.FindStringSubmatch(said); m != nil {
		n, _ := strconv.Atoi(m[1]) // at most two digits
		more = fmt.Sprintf("\n%d%s%s%s", n+1, m[2], m[3], text)
	} else if !strings.HasSuffix(said, ".") {
		more = "." + more
	}
	at := body.Start + len(said)
	p.keepsCodes(apply(p.Report.Text, []edit{{nlp.Span{Start: at, End: at}, more}}))
}

// describe puts a sentence before the first one of the findings.
func (p *Perturbation) describe(text string) {
	for _, x := range p.know.parts(p.Report.Text) {
		if ss := statements(p.Report.Text, x.body); x.kind == "findings" && len(ss) > 0 {
			at := nlp.Span{Start: ss[0].Start, End: ss[0].Start}
			p.keepsCodes(apply(p.Report.Text, []edit{{at, text + " "}}))
			return
		}
	}
}
