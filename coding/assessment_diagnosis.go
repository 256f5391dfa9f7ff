package coding

import (
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// addMeanings adds what the assessments mean for the diagnoses where the report
// says nothing more specific: an abnormal mammogram for BI-RADS 0, osteopenia for a T-score
// of -1.8. What the report itself diagnoses always wins.
func (e *Engine) addMeanings(s *study, billed []problem) []problem {
	for i := range s.assessments {
		a := &s.assessments[i]
		if a.Prior || a.row == nil {
			continue
		}
		if p, ok := e.impliedBy(s, a); ok && addsTo(billed, p.adds) {
			billed = append(billed, p.problem)
		}
	}
	return e.addBoneDensity(s, billed)
}

// meaning is a diagnosis that a category stands for, and beside which codes it
// says anything.
type meaning struct {
	problem problem
	adds    func(code string) bool
}

func addsTo(billed []problem, adds func(string) bool) bool {
	for i := range billed {
		if !adds(billed[i].coded.Code) {
			return false
		}
	}
	return true
}

func (e *Engine) impliedBy(s *study, a *assessed) (meaning, bool) {
	d := e.lex.AssessmentDiagnosis(a.System, a.value, s.date)
	if d == nil || a.System == densitySystem && (!s.isMammogram(e) || a.described && a.row.Result != dense) {
		return meaning{}, false
	}
	f := lexicon.Finding{Concept: d.Concept, Site: d.Site, With: d.With, Side: a.Side}
	p, ok := e.impliedProblem(s, a, f)
	return meaning{p, d.Adds}, ok
}

// dense is the result of the breast densities that hide tumours. The others are
// coded only where the report gives them their letter: words for them describe a normal breast.
const dense = "dense"

// impliedProblem makes a problem of a finding that an assessment stands for.
func (e *Engine) impliedProblem(s *study, a *assessed, f lexicon.Finding) (problem, bool) {
	coded, ok := e.lex.Diagnose(f)
	if !ok {
		return problem{}, false
	}
	p := problem{finding: f, coded: coded, implied: true, section: s.doc.Sections[a.section].Kind, relevance: e.relevance(f, coded.Code)}
	p.mention = nlp.Mention{
		Span: nlp.Span{Start: a.Evidence[0].Start, End: a.Evidence[0].End}, First: a.first, Last: a.last,
		Section: a.section, Sentence: max(a.sentence, 0), Source: coded.Row.Source,
	}
	p.verdict = verdict{Keep: true, Role: RoleFinding, Reason: "assessment:" + a.System}
	if a.System == densitySystem {
		p.verdict.Role = RoleIncidental
	}
	return p, true
}

// isMammogram reports whether one of the exams is a mammogram.
func (s *study) isMammogram(e *Engine) bool {
	mg := e.lex.Lookup(lexicon.Modality, "mg")
	for i := range s.exams {
		if s.exams[i].facts.Has(mg) {
			return true
		}
	}
	return false
}

// addBoneDensity turns the lowest T-score into osteopenia or osteoporosis unless
// the report names either, or calls the bone normal. With a fracture that low bone mass explains the
// fracture is the diagnosis (ICD-10-CM guideline I.C.13.d.2: M80); a healed one is history beside
// M81 (I.C.13.d.1).
func (e *Engine) addBoneDensity(s *study, billed []problem) []problem {
	a := e.lowestTScore(s)
	if a == nil || !s.isAdult() {
		return billed
	}
	concept := boneDensity(a.tScore)
	if concept == "" || len(s.boneDensities()) > 0 {
		return billed
	}
	p, ok := e.impliedProblem(s, a, lexicon.Finding{Concept: concept, Site: a.site, Side: a.Side})
	if !ok {
		return billed
	}
	for i := range billed {
		if b := &billed[i]; b.verdict.Role != RoleHistory && !b.mention.Assertion.Historical {
			if joined, ok := e.joinedProblem(*b, p); ok {
				joined.at = b.at
				billed[i] = joined
				return billed
			}
		}
	}
	return append(billed, p)
}

// boneDensities are the diagnoses of bone density that the report itself gives:
// what it says wins over what the number means.
func (s *study) boneDensities() []*problem {
	var out []*problem
	for i := range s.problems {
		p := &s.problems[i]
		if c := p.finding.Concept; (c == "osteopenia" || c == "osteoporosis") && p.verdict.Keep {
			out = append(out, p)
		}
	}
	return out
}
