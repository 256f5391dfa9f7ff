package eval

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/radcode/radcode/nlp"
)

// findingOperators restate one finding of the impression, as negated (ICD-10-CM
// guideline IV.J: what the patient does not have is not coded) or as uncertain
// (guideline IV.H: neither is what is only possible, outpatients).
var findingOperators = restatements([]restatement{
	{"negate_no", "a finding of the impression is denied: \"No X.\"", "No {}"},
	{"negate_evidence", "a finding of the impression is denied: \"There is no evidence of X.\"", "There is no evidence of {}"},
	{"negate_after", "a finding of the impression is denied behind its name: \"X is not seen.\"", "{} is not seen"},
	{"negate_absent", "a finding of the impression is denied behind its name: \"X has been excluded.\"", "{} has been excluded"},
	{"negate_list", "a finding of the impression is denied inside a list: \"No free fluid, X or foreign body.\"", "No free fluid, {} or foreign body"},
	{"resolve_before", "a finding is told to be over: \"Resolved X.\"", "Resolved {}"},
	{"resolve_after", "a finding is told to be over behind its name: \"X has resolved.\"", "{} has resolved"},
	{"hedge_possible", "a finding becomes uncertain: \"Possible X.\"", "Possible {}"},
	{"hedge_probable", "a finding becomes uncertain: \"Probable X.\"", "Probable {}"},
	{"hedge_likely", "a finding becomes uncertain: \"Likely X.\"", "Likely {}"},
	{"hedge_suspected", "a finding becomes uncertain: \"Suspected X.\"", "Suspected {}"},
	{"hedge_questionable", "a finding becomes uncertain: \"Questionable X.\"", "Questionable {}"},
	{"hedge_suspicious", "a finding becomes uncertain: \"Findings are suspicious for X.\"", "Findings are suspicious for {}"},
	{"hedge_consistent", "a finding becomes uncertain: \"Findings are consistent with X.\"", "Findings are consistent with {}"},
	{"hedge_compatible", "a finding becomes uncertain: \"Appearance compatible with X.\"", "Appearance compatible with {}"},
	{"hedge_may", "a finding becomes uncertain: \"This may represent X.\"", "This may represent {}"},
	{"hedge_concern", "a finding becomes uncertain: \"Appearance raises concern for X.\"", "Appearance raises concern for {}"},
	{"hedge_rule_out", "a finding becomes uncertain: \"Rule out X.\"", "Rule out {}"},
	{"hedge_working", "a finding becomes uncertain: \"Working diagnosis: X.\"", "Working diagnosis: {}"},
	{"hedge_versus", "a finding becomes one of two alternatives: \"X versus artifact.\"", "{} versus artifact"},
	{"hedge_question", "a finding becomes a question: \"X?\"", "{}?"},
	{"hedge_after", "a finding becomes uncertain behind its name: \"X cannot be excluded.\"", "{} cannot be excluded"},
	{"hedge_suspected_after", "a finding becomes uncertain behind its name: \"X is suspected.\"", "{} is suspected"},
})

// reasonOperators restate a symptom that is the reason for the study.
var reasonOperators = []Operator{
	{
		ID: "negate_reason", Kind: Directional, Doc: "a symptom of the indication is denied: \"No X.\"",
		Apply: negateReason,
	},
}

// negateReason makes a pair for each symptom that one plain statement of the
// indication, and nothing else, names.
func negateReason(p *Perturbation) {
	text := p.Report.Text
	parts := p.know.parts(text)
	for _, d := range p.Answer.ICD10CM {
		if len(d.Evidence) != 1 || d.Evidence[0].Section == "title" || d.Evidence[0].End > len(text) || !p.know.isOf(d.Code, symptomKinds) {
			continue
		}
		e := d.Evidence[0]
		here := partAt(parts, e.Start)
		s, whole := statementAt(text, here.body, nlp.Span{Start: e.Start, End: e.End})
		if here.kind != "indication" || !whole || len(p.statementsOf(parts, d.Code)) != 1 {
			continue
		}
		if name, plain := nounPhrase(text, s, e.Start, e.End); plain && !tailOfName.MatchString(name) {
			p.Add(p.withText(apply(text, []edit{{s, fill("No {}", s.Of(text), name)}})), Expectation{CPT: p.same().CPT, Gone: []string{d.Code}})
		}
	}
}

var symptomKinds = map[string]bool{"symptom": true}

// restatement is one way to say something else of a finding; {} stands for its
// name.
type restatement struct{ id, doc, form string }

func restatements(rs []restatement) []Operator {
	out := make([]Operator, len(rs))
	for i, r := range rs {
		out[i] = Operator{ID: r.id, Doc: r.doc, Kind: Directional, Apply: func(p *Perturbation) { restateFindings(p, r.form) }}
	}
	return out
}

// restateFindings makes a pair for each diagnosis that stands in one plain
// statement of the impression and can be told from it. Where the findings
// section states it as well, its sentences are taken out, so that the changed report
// does not contradict itself.
func restateFindings(p *Perturbation, form string) {
	parts := p.know.parts(p.Report.Text)
	for _, d := range p.Answer.ICD10CM {
		if !p.know.isOf(d.Code, findingKinds) {
			continue
		}
		edits, cut, ok := p.restate(parts, d, form)
		if !ok {
			continue
		}
		want := Expectation{Gone: []string{d.Code}}
		if !cut {
			want.CPT = p.same().CPT
		}
		p.Add(p.withText(apply(p.Report.Text, edits)), want)
	}
}

// findingKinds are the kinds of diagnoses that an interpretation confirms; a
// symptom, a status or a history is true whatever the images show.
var findingKinds = map[string]bool{"finding": true, "disease": true, "injury": true, "neoplasm": true}

// isOf reports whether all concepts that a code stands for are of some kinds.
func (k *knowledge) isOf(code string, kinds map[string]bool) bool {
	concepts := k.concepts[code]
	return len(concepts) > 0 && !slices.ContainsFunc(concepts, func(c string) bool { return !kinds[k.kinds[c]] })
}

// restate returns the edits that restate a diagnosis in the impression and cut
// it out of the findings.
func (p *Perturbation) restate(parts []part, d Answer, form string) (edits []edit, cut, ok bool) {
	text := p.Report.Text
	places := slices.Clone(d.Evidence)
	stated := nlp.Span{}
	for _, e := range places {
		if e.Section == "title" || e.End > len(text) || e.Start >= e.End {
			return nil, false, false
		}
		here := partAt(parts, e.Start)
		s, whole := statementAt(text, here.body, nlp.Span{Start: e.Start, End: e.End})
		switch {
		case !whole:
			return nil, false, false
		case here.kind == "impression" && stated.Len() == 0:
			name, plain := nounPhrase(text, s, e.Start, e.End)
			if !plain {
				return nil, false, false
			}
			stated = s
			edits = append(edits, edit{s, fill(form, text[s.Start:s.End], name)})
		case here.kind == "impression" && s == stated, here.kind == "findings":
		default:
			return nil, false, false // stated twice, or as the reason
		}
	}
	if stated.Len() == 0 {
		return nil, false, false
	}
	for _, s := range p.statementsOf(parts, d.Code) {
		switch here := partAt(parts, s.Start); {
		case s == stated || denied.MatchString(text[s.Start:s.End]):
		case here.kind == "findings":
			edits = append(edits, edit{withStop(text, s), ""})
			cut = true
		default:
			return nil, false, false
		}
	}
	return edits, cut, true
}

// denied are words by which a statement does not state what it names.
var denied = regexp.MustCompile(`(?i)\b(?:no|not|without|negative|denies|free of|rule out|r/o|evaluate|eval|versus|vs|question of|assess|possible|query|exclude|\?)\b`)

// statementsOf returns the statements that name a concept of a code in the
// lexicon's phrases, in order.
func (p *Perturbation) statementsOf(parts []part, code string) []nlp.Span {
	lower := strings.ToLower(p.Report.Text)
	if len(lower) != len(p.Report.Text) {
		return nil
	}
	var out []nlp.Span
	for _, x := range parts {
		for _, s := range statements(p.Report.Text, x.body) {
			if p.know.names(strings.Join(strings.Fields(lower[s.Start:s.End]), " "), code) {
				out = append(out, s)
			}
		}
	}
	return out
}

// names reports whether a text in lower case holds a phrase of a concept of the
// code.
func (k *knowledge) names(lower, code string) bool {
	for _, c := range k.concepts[code] {
		for _, phrase := range k.phrases[c] {
			for at := 0; ; {
				n := strings.Index(lower[at:], phrase)
				if n < 0 {
					break
				}
				at += n
				if isWordEdge(lower, at) && isWordEdge(lower, at+len(phrase)) {
					return true
				}
				at += len(phrase)
			}
		}
	}
	return false
}

// isWordEdge reports whether no word runs across an offset.
func isWordEdge(s string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(s[:at])
	after, _ := utf8.DecodeRuneInString(s[at:])
	wordy := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
	return !wordy(before) || !wordy(after)
}

var (
	thereIs = regexp.MustCompile(`(?i)^there (?:is|are) (?:again )?`)
	article = regexp.MustCompile(`(?i)^(?:a|an|the|some)\s+`)

	// unplain are words by which a statement says more than that something is
	// there: verbs, doubts, and what would have to be negated or doubted with it.
	unplain = regexp.MustCompile(`(?i)\b(?:is|are|was|were|be|been|being|has|have|had|may|might|can|could|should|would|will|shows?|demonstrates?|measur\w+|persists?|remains?|appears?|recommend\w*|suggest\w*|represent\w*|consider\w*|advised|needed|no|not|without|but|however|although|versus|vs|possibl[ey]|probabl[ey]|likely|suspect\w*|suspicious|questionable|consistent|compatible|concern\w*|cannot|rule|follow-?up|evaluat\w+|exclude\w*|resol\w+|history|status|healed|healing|old|prior|previous|known|due|secondary|caus\w+|compared|related)\b|\?`)

	// shorter are adjectives that make no sense before what is denied or doubted.
	shorter = regexp.MustCompile(`(?i)\b(?:stable|unchanged|persistent|again|new|increas\w+|decreas\w+|interval|progress\w+|worsen\w+|improv\w+)\b`)

	// beforeName are words that cannot stand before the head of a noun phrase: with
	// them the name is not what the statement is about.
	beforeName = regexp.MustCompile(`(?i)[,:;()]|\b(?:of|in|with|and|or|to|for|from|at|on|by|which|that|within|over|near|into|along|between|plus)\b|&|/`)
)

// nounPhrase returns how the statement names what stands at [at,end), in lower
// case unless it is an abbreviation. It is plain when the statement is a noun
// phrase, or says that there is one, with that name as its head. What follows
// "with", "without" or a comma is left out where it says more.
func nounPhrase(text string, s nlp.Span, at, end int) (string, bool) {
	full := s.Of(text)
	lead := thereIs.FindString(full)
	lead += article.FindString(full[len(lead):])
	start := s.Start + len(lead)
	if at < start || tailOfName.MatchString(text[at:end]) {
		return "", false // what is named hangs on something else: "disease with a lesion"
	}
	before, rest := text[start:at], text[start:s.End]
	if unplain.MatchString(rest) {
		if i := tailOfName.FindStringIndex(text[end:s.End]); i != nil {
			rest = text[start : end+i[0]]
		}
	}
	if beforeName.MatchString(before) || unplain.MatchString(rest) {
		return "", false
	}
	if shorter.MatchString(rest) {
		rest = rest[at-start:]
		if shorter.MatchString(rest) {
			return "", false
		}
	}
	return uncapital(rest), true
}

// uncapital writes the first word small unless it is an abbreviation or the
// text is in capitals.
func uncapital(s string) string {
	first, _, _ := strings.Cut(s, " ")
	if len(first) < 2 || strings.ContainsAny(first[1:], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// fill puts a name into a form. Before other words stands only its first part:
// what a long one goes on to say would come between.
func fill(form, old, name string) string {
	if !strings.HasSuffix(form, "{}") {
		if i := tailOfName.FindStringIndex(name); i != nil {
			name = name[:i[0]]
		}
	}
	s := capital(strings.Replace(form, "{}", name, 1))
	if old == strings.ToUpper(old) {
		return strings.ToUpper(s)
	}
	return s
}

var tailOfName = regexp.MustCompile(`(?i)[,;]|\s(?:with|without|and|or|which|that|as)\s`)
