package eval

import (
	"strings"
)

// headingOperators set headings in another style. What they say, and all else,
// stays.
var headingOperators = []Operator{
	{
		ID: "heading_title_case", Kind: Invariant, Doc: "headings in capitals are set in mixed case: \"FINDINGS:\" as \"Findings:\"",
		Apply: restyle(func(h heading) string { return titleCase(h.words) + h.colon() }),
	},
	{
		ID: "heading_capitals", Kind: Invariant, Doc: "headings are set in capitals: \"Findings:\" as \"FINDINGS:\"",
		Apply: restyle(func(h heading) string { return strings.ToUpper(h.words) + h.colon() }),
	},
	{
		ID: "heading_bold", Kind: Invariant, Doc: "headings are set in bold: \"FINDINGS:\" as \"**FINDINGS:**\"",
		Apply: restyle(func(h heading) string { return "**" + h.words + h.colon() + "**" }),
	},
	{
		ID: "heading_dash", Kind: Invariant, Doc: "headings end with a dash: \"FINDINGS:\" as \"Findings -\"",
		Apply: restyle(func(h heading) string {
			if !h.hasColon {
				return h.words
			}
			return titleCase(h.words) + " -"
		}),
	},
	{
		ID: "heading_own_line", Kind: Invariant, Doc: "headings stand on a line of their own, above what they head",
		Apply: restyle(func(h heading) string {
			if !h.hasColon || h.alone {
				return h.words + h.colon()
			}
			return h.words + ":\n"
		}),
	},
	{
		ID: "heading_no_colon", Kind: Invariant, Doc: "headings stand in capitals on a line of their own, without a colon",
		Apply: restyle(func(h heading) string {
			if h.alone || !h.hasColon {
				return strings.ToUpper(h.words)
			}
			return strings.ToUpper(h.words) + "\n"
		}),
	},
}

// heading is a heading of a report without its decoration.
type heading struct {
	words    string
	hasColon bool
	alone    bool // nothing follows on its line
}

func (h heading) colon() string {
	if h.hasColon {
		return ":"
	}
	return ""
}

// styledKinds are the sections whose headings are restyled. What a heading of
// another kind begins may be a line of a form, in which the words are data.
var styledKinds = map[string]bool{
	"exam": true, "indication": true, "technique": true, "comparison": true, "findings": true, "impression": true, "recommendation": true,
}

func restyle(style func(h heading) string) func(p *Perturbation) {
	return func(p *Perturbation) {
		text := p.Report.Text
		var edits []edit
		for _, x := range p.know.parts(text) {
			if !styledKinds[x.kind] {
				continue
			}
			rest := text[x.mark.End:lineOf(text, x.mark.Start).End]
			h := heading{x.heading.Of(text), x.colon, strings.TrimSpace(rest) == ""}
			mark := x.mark
			if s := style(h); strings.HasSuffix(s, "\n") {
				mark.End += len(rest) - len(strings.TrimLeft(rest, " \t"))
				edits = append(edits, edit{mark, s})
			} else {
				edits = append(edits, edit{mark, s})
			}
		}
		p.Add(p.withText(apply(text, edits)), p.same())
	}
}

// smallWords are not capitalised inside a heading.
var smallWords = map[string]bool{"of": true, "for": true, "and": true, "the": true, "in": true, "to": true}

func titleCase(s string) string {
	words := strings.Split(strings.ToLower(s), " ")
	for i, w := range words {
		if i == 0 || !smallWords[w] {
			words[i] = capital(w)
		}
	}
	return strings.Join(words, " ")
}
