package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// Would a coder bill this diagnosis? A small logistic model on what is known
// about its mentions answers with a probability: the confidence of the
// diagnosis, and what keeps minor findings off the claim.

// billingPrefix marks the model's weights among the calibration weights.
const billingPrefix = "diagnosis:"

// Keys of the calibration: a finding is listed on the claim from ClaimThreshold on; a
// diagnosis may be billed without a look from AutoThreshold on.
const (
	ClaimThreshold = billingPrefix + "claim"
	AutoThreshold  = billingPrefix + "auto"
)

// minorWords make a finding a small one, stableWords an old one, when they
// stand in its sentence.
var (
	minorWords      = lexicon.WordList("minor")
	stableWords     = lexicon.WordList("stable")
	incidentalWords = lexicon.WordList("incidental")
)

// billingFeatures names what holds for a diagnosis among all of its report.
func (e *Engine) billingFeatures(d *nlp.Document, all []*found, f *found) []string {
	rel := e.relevance(f.finding, f.coded.Code)
	out := []string{biasFeature, "role=" + string(f.role), "kind=" + f.coded.Row.Kind}
	add := func(holds bool, name string) {
		if holds {
			out = append(out, name)
		}
	}
	for _, kind := range []nlp.SectionKind{nlp.SectionIndication, nlp.SectionImpression, nlp.SectionFindings, nlp.SectionBody} {
		add(f.sections[kind], "section="+string(kind))
	}
	add(f.sections[nlp.SectionIndication] && f.sections[nlp.SectionImpression], "asked_and_found")
	add(rel.Nonspecific, "nonspecific")
	add(rel.Acute, "acute")
	add(f.coded.Open, "side_open")
	add(len(f.mentions) > 1, "mentioned_again")
	add(allMentions(f, func(m *nlp.Mention) bool { return m.Assertion.Historical }), "historical")
	add(allMentions(f, func(m *nlp.Mention) bool { return sentenceHas(d, m, minorWords) }), "minor")
	add(allMentions(f, func(m *nlp.Mention) bool { return sentenceHas(d, m, stableWords) }), "stable")
	add(allMentions(f, func(m *nlp.Mention) bool { return sentenceHas(d, m, incidentalWords) }), "incidental")
	add(f.order == 0, "first")
	add(len(all) > 5, "many")
	add(f.coded.Row.Kind == "symptom" && f.role == RoleFinding, "symptom_in_impression")
	for _, o := range all {
		if o == f {
			continue
		}
		if f.role != RoleIndication && o.role == RoleIndication && isDefinitive(o) {
			add(true, "reason_is_disease")
			break
		}
	}
	explained := false
	for _, o := range all {
		if x, _ := e.lex.Explains(o.coded.Code, f.coded.Code); x && o != f {
			explained = true
		}
	}
	add(explained, "explained")
	add(f.role == RoleFinding && e.explainsReason(all, f), "explains_reason")
	return out
}

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

// billable sums the model's weights and returns them as named parts with the
// probability.
func (e *Engine) billability(features []string) (float64, []Feature) {
	sum := 0.0
	var parts []Feature
	for _, name := range features {
		w, ok := e.calibration[billingPrefix+name]
		if !ok || w == 0 {
			continue
		}
		sum += w
		parts = append(parts, Feature{name, round(w, 3)})
	}
	return models.Sigmoid(sum), parts
}

// specificConcepts name something although their code shares its number with
// nonspecific shadows: a mass of the lung is R91.8 like any opacity.
var specificConcepts = lexicon.WordList("specific_concept")

// relevance is the lexicon's, except for specific concepts.
func (e *Engine) relevance(f lexicon.Finding, code string) lexicon.Relevance {
	r := e.lex.RelevanceOf(code)
	r.Nonspecific = r.Nonspecific && !specificConcepts[f.Concept]
	return r
}

// onClaim decides whether a diagnosis is listed. The reason for the study always
// is, the week of a pregnancy as well, and so is a history or status that it names (guideline IV.J) and what the report
// calls incidental; another finding only when a coder probably would.
func (e *Engine) onClaim(f *found) bool {
	incidental := f.role == RoleIncidental && !e.relevance(f.finding, f.coded.Code).Nonspecific
	return f.finding.Concept == gestationalAge || f.implied || f.role == RoleIndication || f.role == RoleScreening || incidental || f.role == RoleHistory && f.sections[nlp.SectionIndication] ||
		f.confidence >= e.calibration[ClaimThreshold]
}

// foundIn collects the diagnoses of a study, with the features and the
// probability of the billing model.
func (e *Engine) foundIn(s *study) []*found {
	problems := e.problems(s)
	s.judge(problems)
	if e.retrieval != nil && !statesReason(problems) {
		more := e.retrieve(s)
		s.judge(more)
		problems = append(problems, more...)
	}
	s.problems = problems
	billed := e.combine(e.billable(s, problems))
	if p, ok := e.gestationProblem(s); ok {
		billed = append(billed, p)
	}
	billed = e.inForce(s, e.addMeanings(s, billed))
	all := e.dropLessSpecific(mergeCodes(billed))
	for _, f := range all {
		f.features = e.billingFeatures(s.doc, all, f)
		f.confidence, f.parts = e.billability(f.features)
		if f.retrieved {
			f.confidence = min(f.confidence, retrievedConfidence)
			f.parts = append(f.parts, Feature{featureRetrieved, 1})
		}
	}
	return all
}

// judge decides about every problem and remembers those that are not certain.
func (s *study) judge(problems []problem) {
	for i := range problems {
		problems[i].verdict = judge(&problems[i])
		if r := problems[i].verdict.Reason; r == "uncertain" || r == "hypothetical" || r == "alternative" {
			s.uncertain = append(s.uncertain, problems[i].mention)
		}
	}
}
