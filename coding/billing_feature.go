package coding

import (
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// billingView is a diagnosis among all of its report, as the billing model looks
// at it.
type billingView struct {
	e   *Engine
	s   *study
	all []*found
	f   *found
	out []string
}

// biasFeature is the intercept; every diagnosis has it first.
const biasFeature = "bias"

// billingFeatures names what holds for a diagnosis among all of its report.
func (e *Engine) billingFeatures(s *study, all []*found, f *found) []string {
	v := billingView{e, s, all, f, []string{biasFeature}}
	v.nature()
	v.place()
	v.style()
	v.wording()
	v.elsewhere()
	v.company()
	return v.out
}

func (v *billingView) add(holds bool, name string) {
	if holds {
		v.out = append(v.out, name)
	}
}

// nature is what the diagnosis is. Category, concept and code have weights of
// their own where coders met them often enough; the ridge leaves the rest to what they share.
func (v *billingView) nature() {
	f := v.f
	role, code := string(f.role), f.coded.Code
	rel := v.e.relevance(f.finding, code)
	v.add(true, "role="+role)
	v.add(true, "kind="+f.coded.Row.Kind)
	v.add(true, "category="+category(f))
	v.add(true, "concept="+f.finding.Concept)
	v.add(true, "concept,role="+f.finding.Concept+","+role)
	v.add(rel.Nonspecific, "nonspecific")
	v.add(rel.Acute, "acute")
	v.add(f.coded.Open, "side_open")
	v.add(f.coded.Sited, "sited")
}

// place is where the report says it.
func (v *billingView) place() {
	f := v.f
	for _, kind := range []nlp.SectionKind{nlp.SectionIndication, nlp.SectionImpression, nlp.SectionFindings, nlp.SectionBody} {
		v.add(f.sections[kind], "section="+string(kind))
	}
	v.add(f.sections[nlp.SectionIndication] && f.sections[nlp.SectionImpression], "asked_and_found")
	v.add(len(f.mentions) > 1, "mentioned_again")
	v.add(f.order == 0, "first")
	before := 0
	for _, o := range v.all {
		if o.role == f.role && o.order < f.order {
			before++
		}
	}
	v.add(true, "place_in_role="+string(f.role)+","+strconv.Itoa(min(before, 3)))
}

// style tells reasons and histories of reports that give a history and an impression alone: their coders list less of
// what the history names. In the corpora that is one house against many, so it is habit as well as style; what the impression
// finds is left to what all have in common.
func (v *billingView) style() {
	f := v.f
	if f.role != RoleIndication && f.role != RoleHistory || !isBrief(v.s.doc) {
		return
	}
	v.add(true, "brief,role="+string(f.role))
	v.add(true, "brief,kind="+f.coded.Row.Kind)
}

// isBrief reports whether no section describes the findings.
func isBrief(d *nlp.Document) bool {
	for i := range d.Sections {
		s := &d.Sections[i]
		if (s.Kind == nlp.SectionFindings || s.Kind == nlp.SectionBody) && strings.TrimSpace(s.Body.Of(d.Text)) != "" {
			return false
		}
	}
	return true
}

// wording is what stands around it.
func (v *billingView) wording() {
	kind := v.f.coded.Row.Kind
	historical := allMentions(v.f, func(m *nlp.Mention) bool { return m.Assertion.Historical })
	v.add(historical, "historical")
	v.add(historical, "historical,kind="+kind)
	for _, w := range billingWords {
		v.add(allMentions(v.f, func(m *nlp.Mention) bool { return sentenceHas(v.s.doc, m, w.words) }), w.name)
	}
}

// elsewhere is what the report says about the same thing in other places.
func (v *billingView) elsewhere() {
	doubted, denied := false, false
	for i := range v.s.problems {
		p := &v.s.problems[i]
		if p.finding.Concept != v.f.finding.Concept || silentSections[p.section] {
			continue
		}
		doubted = doubted || p.mention.Assertion.Uncertain || p.alternative
		denied = denied || p.mention.Assertion.Negated
	}
	v.add(doubted, "doubted_elsewhere")
	v.add(denied, "denied_elsewhere")
}

// company is what else the report has.
func (v *billingView) company() {
	f, e := v.f, v.e
	reasons, findings := 0, 0
	for _, o := range v.all {
		switch {
		case o.role == RoleIndication || o.role == RoleScreening:
			reasons++
		case o.role == RoleFinding:
			findings++
		}
		if o == f {
			continue
		}
		v.relation(o)
	}
	v.add(true, "role,reasons="+string(f.role)+","+strconv.Itoa(min(reasons, 3)))
	v.add(true, "role,findings="+string(f.role)+","+strconv.Itoa(min(findings, 4)))
	v.add(len(v.all) > 5, "many")
	v.add(len(v.all) == 1, "alone")
	v.add(f.coded.Row.Kind == "symptom" && f.role == RoleFinding, "symptom_in_impression")
	v.add(f.role == RoleFinding && e.explainsReason(v.all, f), "explains_reason")
	v.out = unique(v.out)
}

// relation is how another diagnosis of the report bears on this one.
func (v *billingView) relation(o *found) {
	f := v.f
	explains, integral := v.e.lex.Explains(o.coded.Code, f.coded.Code)
	v.add(explains, "explained")
	v.add(integral, "integral")
	v.add(f.role != RoleIndication && o.role == RoleIndication && isDefinitive(o), "reason_is_disease")
	v.add(f.role == RoleIndication && o.role == RoleIndication && isDefinitive(o), "beside_reason="+f.coded.Row.Kind+",definitive")
	v.add(f.role == RoleIndication && o.role == RoleFinding && isDefinitive(o), "beside_finding="+f.coded.Row.Kind+",definitive")
	if category(o) == category(f) {
		v.add(o.order < f.order, "same_category_before")
		v.add(o.order > f.order, "same_category_after")
	}
}

func category(f *found) string { return f.coded.Code[:min(3, len(f.coded.Code))] }

// unique removes repeated names and keeps the order.
func unique(names []string) []string {
	seen := map[string]bool{}
	out := names[:0]
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// billingWords make a finding a small, an old or an incidental one when they
// stand in its sentence.
var billingWords = []struct {
	name  string
	words map[string]bool
}{
	{"minor", lexicon.WordList("minor")},
	{"stable", lexicon.WordList("stable")},
	{"incidental", incidentalWords},
}

var (
	incidentalWords = lexicon.WordList("incidental")
	harmlessWords   = lexicon.WordList("harmless")
)

func allMentions(f *found, holds func(*nlp.Mention) bool) bool {
	for i := range f.mentions {
		if !holds(&f.mentions[i]) {
			return false
		}
	}
	return len(f.mentions) > 0
}

// nearWords is how many tokens around a mention are looked at for minor and
// stable words: the report's sentences may be long lists.
const nearWords = 6

func sentenceHas(d *nlp.Document, m *nlp.Mention, words map[string]bool) bool {
	if m.Last == 0 {
		return false
	}
	s := &d.Sentences[m.Sentence]
	for k := max(s.First, m.First-nearWords); k < min(s.Last, m.Last+nearWords); k++ {
		if words[d.Words(k)] {
			return true
		}
	}
	return false
}
