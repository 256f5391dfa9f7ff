package eval

import (
	"regexp"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// layoutOperators change how a report is typed, wrapped and surrounded, not
// what it says.
var layoutOperators = []Operator{
	{
		ID: "drop_administrative", Kind: Invariant,
		Doc:   "lines that name the hospital, the ordering and the signing physician or an account are taken out; dates, age and sex stay",
		Apply: func(p *Perturbation) { p.keepsCodes(administrativeLine.ReplaceAllString(p.Report.Text, "")) },
	},
	{
		ID: "lower_case", Kind: Invariant, Doc: "everything in small letters",
		Apply: func(p *Perturbation) { p.Add(p.rewritten(strings.ToLower), p.same()) },
	},
	{
		ID: "upper_case", Kind: Invariant, Doc: "everything in capitals",
		Apply: func(p *Perturbation) { p.Add(p.rewritten(strings.ToUpper), p.same()) },
	},
	{
		ID: "ocr_noise", Kind: Invariant,
		Doc:   "one in four words that no lexicon file knows is misread as scanners do: l as 1, O as 0, rn as m, cl as d, at least one a report",
		Apply: misread,
	},
	{
		ID: "abbreviate", Kind: Invariant, Doc: "common words are abbreviated: without as w/o, right as rt, history of as h/o, status post as s/p, ultrasound as US",
		Apply: func(p *Perturbation) { p.Add(p.rewritten(abbreviated), p.same()) },
	},
	{
		ID: "expand", Kind: Invariant, Doc: "common abbreviations are written out: w/o, h/o, CT, MRI, US, IV, DVT, COPD, RUQ",
		Apply: func(p *Perturbation) { p.Add(p.rewritten(expanded), p.same()) },
	},
	{
		ID: "crlf", Kind: Invariant, Doc: "lines end with carriage return and line feed",
		Apply: func(p *Perturbation) {
			p.keepsCodes(strings.ReplaceAll(strings.ReplaceAll(p.Report.Text, "\r\n", "\n"), "\n", "\r\n"))
		},
	},
	{
		ID: "blank_lines", Kind: Invariant, Doc: "every empty line becomes three",
		Apply: func(p *Perturbation) { p.keepsCodes(strings.ReplaceAll(p.Report.Text, "\n\n", "\n\n\n\n")) },
	},
	{
		ID: "spaces", Kind: Invariant, Doc: "two spaces stand after a full stop, and two before each line",
		Apply: func(p *Perturbation) {
			p.keepsCodes("  " + strings.ReplaceAll(strings.ReplaceAll(p.Report.Text, ". ", ".  "), "\n", "\n  "))
		},
	},
	{
		ID: "wrap", Kind: Invariant, Doc: "lines longer than 60 characters are broken at a space",
		Apply: func(p *Perturbation) { p.keepsCodes(wrapped(p.Report.Text, 60)) },
	},
	{
		ID: "unwrap", Kind: Invariant, Doc: "lines that go on in small letters are joined with the line before",
		Apply: func(p *Perturbation) { p.keepsCodes(softBreak.ReplaceAllString(p.Report.Text, "$1 $2")) },
	},
	{
		ID: "list_marks", Kind: Invariant, Doc: "numbered items become dashed ones: \"1. Pneumonia\" as \"- Pneumonia\"",
		Apply: func(p *Perturbation) { p.keepsCodes(listNumber.ReplaceAllString(p.Report.Text, "$1- ")) },
	},
	{
		ID: "typography", Kind: Invariant, Doc: "as word processors write: no-break spaces after numbers, curly quotes, bullets for dashes",
		Apply: func(p *Perturbation) { p.keepsCodes(typeset(p.Report.Text)) },
	},
	{
		ID: "impression_first", Kind: Invariant, Doc: "the impression stands before the findings",
		Apply: impressionFirst,
	},
	{
		ID: "unrelated_addendum", Kind: Invariant, Doc: "an addendum tells of a telephone call",
		Apply: func(p *Perturbation) {
			p.appends("ADDENDUM: Results were discussed with Dr. Alvarez by telephone at 14:20.")
		},
	},
	{
		ID: "dictation_notice", Kind: Invariant, Doc: "a last paragraph says that speech recognition was used",
		Apply: func(p *Perturbation) {
			p.appends("This report was dictated with speech recognition software. Please call the department with any question about its wording.")
		},
	},
	{
		ID: "page_footer", Kind: Invariant, Doc: "a footer with page number and confidentiality notice follows",
		Apply: func(p *Perturbation) {
			p.appends("Page 1 of 1\nCONFIDENTIAL: This document contains protected health information.")
		},
	},
}

// keepsCodes adds a pair with another text and the same codes.
func (p *Perturbation) keepsCodes(text string) { p.Add(p.withText(text), p.same()) }

// appends adds a pair whose text goes on with a paragraph.
func (p *Perturbation) appends(paragraph string) {
	if p.Report.Text != "" {
		p.keepsCodes(strings.TrimRight(p.Report.Text, " \t\r\n") + "\n\n" + paragraph + "\n")
	}
}

// administrativeLine is a line about who asked, who signed and where.
var administrativeLine = regexp.MustCompile(`(?im)^[ \t*]*(?:(?:electronically |digitally )?(?:signed|dictated|transcribed|approved|verified|finalized)\b|report finalized|(?:referring|ordering|attending|requesting) (?:physician|provider|md)\b|(?:ordered|requested|read|interpreted) by\b|(?:mrn|accession|account|acct)\b|(?:[A-Z][A-Za-z-]+,? ){1,4}(?:hospital|medical center|imaging center|radiology associates)\b[^:\n]{0,60}$)[^\n]*\n?`)

// softBreak is the end of a line that goes on in small letters.
var softBreak = regexp.MustCompile(`([^\s:])\r?\n([a-z])`)

var (
	listNumber = regexp.MustCompile(`(?m)^([ \t]*)\d{1,2}[.)] *`)
	listDash   = regexp.MustCompile(`(?m)^([ \t]*)- `)
	measure    = regexp.MustCompile(`(\d) (mm|cm|mL|ml|views?|weeks|days)\b`)
)

// typeset writes a text with the marks that word processors put in.
func typeset(text string) string {
	text = measure.ReplaceAllString(listDash.ReplaceAllString(text, "$1• "), "$1\u00a0$2")
	return strings.ReplaceAll(text, "'", "’")
}

// impressionFirst moves the one impression before the one findings section.
// Nothing is moved when another section stands between them, or when it cannot
// be told where the impression ends and the signature begins.
func impressionFirst(p *Perturbation) {
	parts := p.know.parts(p.Report.Text)
	findings, impression := -1, -1
	for i, x := range parts {
		switch {
		case x.kind == "findings" && findings < 0:
			findings = i
		case x.kind == "impression" && impression < 0:
			impression = i
		case x.kind == "findings", x.kind == "impression":
			return
		}
	}
	if findings < 0 || impression != findings+1 {
		return
	}
	text := p.Report.Text
	f := nlp.Span{Start: parts[findings].mark.Start, End: parts[findings].body.End}
	m := nlp.Span{Start: parts[impression].mark.Start, End: parts[impression].body.End}
	if at, ok := signatureIn(text, parts[impression].body); ok {
		m.End = at
	}
	if administrativeLine.MatchString(m.Of(text)) {
		return
	}
	p.keepsCodes(text[:f.Start] + strings.TrimRight(m.Of(text), " \t\r\n") + "\n\n" + strings.TrimRight(f.Of(text), " \t\r\n") + "\n\n" + text[m.End:])
}

// signatureIn returns where the last paragraph of a section begins, when it is a
// signature and nothing else.
func signatureIn(text string, body nlp.Span) (int, bool) {
	s := strings.TrimRight(body.Of(text), " \t\r\n")
	n := strings.LastIndex(s, "\n\n")
	if n < 0 || strings.TrimSpace(administrativeLine.ReplaceAllString(s[n+2:], "")) != "" {
		return 0, false
	}
	return body.Start + n + 2, true
}

// wrapped breaks long lines at a space.
func wrapped(text string, width int) string {
	var out strings.Builder
	for i, line := range strings.Split(text, "\n") {
		if i > 0 {
			out.WriteByte('\n')
		}
		for len(line) > width {
			at := strings.LastIndexByte(line[:width+1], ' ')
			if at <= 0 {
				if at = strings.IndexByte(line[1:], ' ') + 1; at == 0 {
					break
				}
			}
			out.WriteString(line[:at] + "\n")
			line = line[at+1:]
		}
		out.WriteString(line)
	}
	return out.String()
}

var wordLetters = regexp.MustCompile(`[A-Za-z]{5,}`)

// misreadings are what scanners take for something else.
var misreadings = []struct{ from, to string }{{"rn", "m"}, {"cl", "d"}, {"l", "1"}, {"O", "0"}, {"I", "l"}}

// misreadRate is the share of the words that may be misread that are.
const misreadRate = 0.25

// misread puts scanner noise into words that mean nothing to the lexicon.
func misread(p *Perturbation) {
	var edits []edit
	for _, m := range wordLetters.FindAllStringIndex(p.Report.Text, -1) {
		old := p.Report.Text[m[0]:m[1]]
		if p.know.means(strings.ToLower(old)) {
			continue
		}
		for _, x := range misreadings {
			if strings.Contains(old, x.from) {
				var e edit
				e.Start, e.End, e.text = m[0], m[1], strings.Replace(old, x.from, x.to, 1)
				edits = append(edits, e)
				break
			}
		}
	}
	if len(edits) == 0 {
		return
	}
	p.Rand.Shuffle(len(edits), func(i, j int) { edits[i], edits[j] = edits[j], edits[i] })
	n := max(int(float64(len(edits))*misreadRate), 1)
	p.keepsCodes(apply(p.Report.Text, edits[:n]))
}
