package coding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// orderRules hold what was ordered against what was reported.
var orderRules = []Rule{
	{
		ID: "undercoded_definitive", Doc: "only signs or screening were ordered, and the report documents the disease", Source: "ICD-10-CM guideline I.B.4 and coding guide 000, definitive diagnoses", Severity: SeverityWarning,
		Query: "Is the disease that the report documents the reason for this study?",
		Check: (*Engine).undercoded,
	},
	{
		ID: "finding_as_primary", Doc: "the order lists first what only this study found: it cannot be why the study was done", Source: "coding guide 004, medical necessity at the time of the order", Severity: SeverityWarning,
		Query: "What was the reason for this study before its result was known?",
		Check: (*Engine).findingFirst,
	},
}

// undercoded finds orders of signs and screening alone whose report names the disease: as its
// reason, as an injury or neoplasm, or as what explains a sign of the order.
func (e *Engine) undercoded(s *study) []Finding {
	ordered := s.ordered(e.lex)
	if len(ordered) == 0 || slices.ContainsFunc(ordered, func(c string) bool { return !e.isSignCode(c) }) {
		return nil
	}
	for i, d := range s.diagnoses {
		if e.isDefinitiveFor(ordered, d, s.found[i]) {
			return []Finding{{Message: fmt.Sprintf("the order has only %s, the report documents %s (%s)", strings.Join(ordered, ", "), d.Code, d.Title), Evidence: d.Evidence}}
		}
	}
	return nil
}

func (e *Engine) isDefinitiveFor(ordered []string, d Diagnosis, f *found) bool {
	switch f.coded.Row.Kind {
	case "neoplasm", "injury":
		return d.Role == RoleIndication || d.Role == RoleFinding
	case "disease":
		return d.Role == RoleIndication || d.Role == RoleFinding && slices.ContainsFunc(ordered, func(c string) bool {
			explains, _ := e.lex.Explains(d.Code, c)
			return explains
		})
	}
	return false
}

// isSignCode tells codes of signs, symptoms and screening: chapter 18, Z00-Z13, and what the
// lexicon calls a symptom (joint pain).
func (e *Engine) isSignCode(code string) bool {
	return code[0] == 'R' || code >= "Z00" && code < "Z14" || slices.ContainsFunc(e.lex.Diagnoses, func(d lexicon.Diagnosis) bool {
		stem, _, _ := strings.Cut(d.Pattern.Text, "{")
		return d.Kind == "symptom" && strings.HasPrefix(code, stem)
	})
}

// findingFirst finds an order whose first diagnosis the report has as a finding, beside another reason. Under the policy
// official a result may come first (guideline IV.K).
func (e *Engine) findingFirst(s *study) []Finding {
	ordered := s.ordered(e.lex)
	if len(ordered) == 0 || e.policy() != Indication || !s.hasReason() {
		return nil
	}
	for _, d := range s.diagnoses {
		if d.Code == ordered[0] && (d.Role == RoleFinding || d.Role == RoleIncidental) {
			return []Finding{{Message: d.Code + " (" + d.Title + ") is listed first on the order and stands in the report as a finding only", Evidence: d.Evidence}}
		}
	}
	return nil
}

// orderedElse compares the exam that was ordered with those done.
func (e *Engine) orderedElse(s *study) []Finding {
	if len(s.exams) == 0 {
		return nil
	}
	var out []Finding
	for _, o := range s.orders() {
		f := e.factsOfTitle(o.name, "")
		top := e.rank(&f, s.date, 1)
		if len(top) == 0 || o.at != nil && (len(f.Of(lexicon.Modality)) == 0 || len(f.Of(lexicon.Region)) == 0) {
			continue
		}
		code := e.lex.Procedures[top[0].index].Code
		done := slices.ContainsFunc(s.exams, func(dr draft) bool { p := e.best(&dr); return p != nil && p.Code == code })
		if !done {
			out = append(out, Finding{Message: "the order reads like " + code + ", the report like another exam", Evidence: o.at})
		}
	}
	return out
}

// order is the name of an exam as it was ordered.
type order struct {
	name string
	at   []Evidence // nil where it comes from the metadata
}

// orderHeadings announce the name of what was ordered. Most lines under them are numbers and names of people, so that
// only what names a modality and a body part is compared.
var orderHeadings = lexicon.WordList("order_heading")

// orders returns what was ordered: by the metadata, or by lines "ORDER:" of the text.
func (s *study) orders() []order {
	var out []order
	if name := s.doc.Report.Meta.Ordered; strings.TrimSpace(name) != "" {
		out = append(out, order{name: name})
	}
	for _, sec := range s.doc.Sections {
		heading := strings.ToLower(strings.Trim(sec.Heading.Of(s.doc.Text), " \t:*-#"))
		if sec.Kind == nlp.SectionHeader && orderHeadings[heading] && sec.Body.Len() > 0 {
			name := cutAtRune(sec.Body.Of(s.doc.Text), maxName)
			out = append(out, order{name, []Evidence{{Start: sec.Body.Start, End: sec.Body.Start + len(name), Section: string(sec.Kind)}}})
		}
	}
	return out
}
