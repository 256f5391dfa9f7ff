package coding

import (
	"slices"

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

// onClaim decides whether a diagnosis is listed: what a coder probably would
// bill, and what the policy asks for.
func (e *Engine) onClaim(all []*found, f *found, policy Policy) bool {
	return f.confidence >= e.calibration[ClaimThreshold] || isBound(all, f) || policy == Indication && e.isAsked(f)
}

// isBound tells what guidelines list whatever coders do: what is screened for and the history that
// makes the screening due (I.C.21.c.5), the week of a pregnancy (I.C.21.c.11), and of what the indication names
// a neoplasm (I.C.2), an injury (I.C.19) and its external cause (I.C.20); also what the category of an assessment stands for.
func isBound(all []*found, f *found) bool {
	switch {
	case f.role == RoleHistory && f.sections[nlp.SectionIndication]:
		return slices.ContainsFunc(all, func(o *found) bool { return o.role == RoleScreening })
	case f.role == RoleIndication:
		return boundKinds[f.coded.Row.Kind]
	}
	return f.role == RoleScreening || f.implied || f.finding.Concept == gestationalAge
}

var boundKinds = map[string]bool{"neoplasm": true, "injury": true, "external": true}

// isAsked tells what the policy indication lists: every reason, a history or status that the indication names
// (guideline IV.J), and what the report itself calls incidental (coding guide 004).
func (e *Engine) isAsked(f *found) bool {
	switch f.role {
	case RoleIndication:
		return true
	case RoleIncidental:
		return !e.relevance(f.finding, f.coded.Code).Nonspecific
	}
	return f.role == RoleHistory && f.sections[nlp.SectionIndication]
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
	billed := e.billable(s, problems)
	e.sharpen(billed, problems)
	billed = e.combine(billed)
	if p, ok := e.gestationProblem(s); ok {
		billed = append(billed, p)
	}
	billed = e.inForce(s, e.addMeanings(s, billed))
	all := e.dropLessSpecific(mergeCodes(billed))
	for _, f := range all {
		f.features = e.billingFeatures(s, all, f)
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
