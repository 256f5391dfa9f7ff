package coding

import (
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// followupCode is the code that the engine ranks first for the name of the study
// advised, "" where the words decide nothing: what guides a biopsy does.
func (e *Engine) followupCode(s *study, action, modality, name, side string) string {
	if code := e.screeningAgain(s, modality); action == lexicon.ActionScreening && code != "" {
		return code
	}
	switch {
	case action == lexicon.ActionScreening && modality == "mg":
		name = "screening mammogram"
	case action == lexicon.ActionScreening && !strings.Contains(name, "screening"):
		name = "screening " + name
	case action == lexicon.ActionBiopsy && !strings.Contains(name, "biopsy"):
		name += " biopsy"
	case modality == "mg" && action == lexicon.ActionImaging && !strings.Contains(name, "diagnostic"):
		name = "diagnostic " + name
	}
	return e.bestCode(strings.TrimSpace(name+" "+side), s.date, action)
}

// screeningAgain is the code of the exam when it was screening with the
// modality: the next one is the same.
func (e *Engine) screeningAgain(s *study, modality string) string {
	for i := range s.exams {
		p := e.best(&s.exams[i])
		if p != nil && e.lex.ScreeningWith(p.Code) != "" && e.isOf(p, e.lex.Lookup(lexicon.Modality, modality)) {
			return p.Code
		}
	}
	return ""
}

// isOf reports whether a code is of a modality.
func (e *Engine) isOf(p *lexicon.Procedure, modality lexicon.ConceptID) bool {
	return e.concerns(Fact{Axis: lexicon.Modality, Concept: modality}, p)
}

// bestCode ranks the codes for an exam name and returns the first that does what
// is advised. Advice repeats itself from report to report, so answers are kept.
func (e *Engine) bestCode(name, date, action string) string {
	key := date + " " + action + " " + name
	if code, ok := e.followupCodes.Get(key); ok {
		return code
	}
	code := ""
	advised := newStudy(nlp.Report{Exam: name})
	advised.date = date
	if drafts := e.exams(advised); len(drafts) > 0 {
		for _, r := range drafts[0].ranked {
			if p := &e.lex.Procedures[r.index]; e.does(p, action, &drafts[0].facts) {
				code = p.Code
				break
			}
		}
	}
	e.followupCodes.Add(key, code)
	return code
}

// does reports whether a code is of the kind advised: a biopsy itself and not
// its guidance, of that body part; a screening study; a study that is none (a nodule is followed
// with 71250, screened for with 71271).
func (e *Engine) does(p *lexicon.Procedure, action string, f *Facts) bool {
	switch action {
	case lexicon.ActionBiopsy:
		at := slices.ContainsFunc(f.Of(lexicon.Region), func(r lexicon.ConceptID) bool { return mentionsConcept(p.Region, r) })
		return at && e.guidedBy(f) && mentionsConcept(p.Technique, e.lex.Lookup(lexicon.Technique, "biopsy")) &&
			!mentionsConcept(p.Component, e.lex.Lookup(lexicon.Component, "guidance"))
	case lexicon.ActionScreening:
		return e.lex.ScreeningWith(p.Code) != ""
	}
	return e.lex.ScreeningWith(p.Code) == "" && slices.ContainsFunc(f.Of(lexicon.Modality), func(m lexicon.ConceptID) bool { return e.isOf(p, m) })
}

// guidedBy reports whether the words of a biopsy say how it is guided.
func (e *Engine) guidedBy(f *Facts) bool {
	return len(f.Of(lexicon.Modality)) > 0 || f.Has(e.lex.Lookup(lexicon.Technique, "stereotactic"))
}

// cachedFollowups is how many names of studies keep their code.
const cachedFollowups = 1024

// modalityMeant is the modality of advice that names none: that of the exam; the
// breast is screened with a mammogram.
func (e *Engine) modalityMeant(s *study, action string, regions []lexicon.ConceptID) lexicon.ConceptID {
	if breast := e.lex.Lookup(lexicon.Region, "breast"); action == lexicon.ActionScreening && slices.Contains(regions, breast) {
		return e.lex.Lookup(lexicon.Modality, "mg")
	}
	for i := range s.exams {
		if m := s.exams[i].facts.Of(lexicon.Modality); len(m) > 0 {
			return m[0]
		}
		if p := e.best(&s.exams[i]); p != nil && len(p.Modality) > 0 {
			return p.Modality[0][0]
		}
	}
	return 0
}

// sideMeant is the side of the breast whose assessment asks for an action.
func (e *Engine) sideMeant(s *study, action string) string {
	for i := range s.assessments {
		a := &s.assessments[i]
		if a.row != nil && a.row.Action == action && action != lexicon.ActionScreening && e.lex.AssessmentSystem(a.System).Per == "breast" && s.isGravest(a) {
			return a.Side
		}
	}
	return ""
}

// regionsMeant are the body parts of advice that names none: those of the exam,
// unless what it is for lies in another part.
func (e *Engine) regionsMeant(s *study, dx *problem, sentence int) []lexicon.ConceptID {
	var out []lexicon.ConceptID
	for i := range s.exams {
		if out = slices.Clone(s.exams[i].facts.Of(lexicon.Region)); len(out) > 0 {
			break
		}
		if p := e.best(&s.exams[i]); p != nil && len(p.Region) > 0 {
			out = []lexicon.ConceptID{p.Region[0][0]}
			break
		}
	}
	if dx == nil || dx.finding.Site == 0 || dx.mention.Sentence != sentence {
		return out
	}
	site := dx.finding.Site
	if slices.ContainsFunc(out, func(r lexicon.ConceptID) bool { return e.lex.Is(site, r) || e.lex.Is(r, site) }) {
		return out
	}
	return []lexicon.ConceptID{site}
}

// names joins the ids of concepts, titles what people call them.
func (e *Engine) names(ids []lexicon.ConceptID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = e.lex.Concept(id).Name
	}
	return strings.Join(out, ",")
}

func (e *Engine) titles(ids []lexicon.ConceptID) string {
	out := make([]string, len(ids))
	for i, id := range ids {
		out[i] = e.lex.Concept(id).Title
	}
	return strings.Join(out, " ")
}

// maxDxGap is how many sentences before the advice may name what it is for.
const maxDxGap = 3

// dxNear is the diagnosis named in the sentence of the advice, or shortly before
// it in the same section.
func (e *Engine) dxNear(s *study, sentence int) *problem {
	var best *problem
	section := s.doc.Sentences[sentence].Section
	for i := range s.problems {
		p := &s.problems[i]
		at := p.mention.Sentence
		if p.mention.Section != section || at > sentence || sentence-at > maxDxGap || !s.isCoded(p.coded.Code) || p.verdict.Role == RoleScreening {
			continue
		}
		best = p
	}
	return best
}

// isCoded reports whether a code is among the diagnoses.
func (s *study) isCoded(code string) bool {
	return slices.ContainsFunc(s.diagnoses, func(d Diagnosis) bool { return d.Code == code })
}

// followupDx is the diagnosis that a study is for: screening has its own; else
// what is named near the advice, else a finding, else the first diagnosis.
func (e *Engine) followupDx(s *study, f *Followup, near *problem) string {
	if f.Action == lexicon.ActionScreening {
		if concept := e.lex.ScreeningWith(f.Code); concept != "" {
			if c, ok := e.lex.Diagnose(lexicon.Finding{Concept: concept}); ok {
				return c.Code
			}
		}
	}
	if near != nil {
		return near.coded.Code
	}
	for _, role := range []Role{RoleFinding, RoleIncidental, RoleIndication} {
		for _, d := range s.diagnoses {
			if d.Role == role {
				return d.Code
			}
		}
	}
	if len(s.diagnoses) > 0 {
		return s.diagnoses[0].Code
	}
	return ""
}

// followAssessments adds what the assessments ask for and the report does not
// say: of each system the gravest category counts.
func (e *Engine) followAssessments(s *study) {
	for i := range s.assessments {
		a := &s.assessments[i]
		if a.row == nil || !s.isGravest(a) {
			continue
		}
		action := e.expectedAction(s, a)
		if action == "" || s.advises(action) {
			continue
		}
		s.followups = append(s.followups, e.impliedFollowup(s, a, action))
	}
}

// isGravest reports whether no other current category of the system is higher;
// of equal ones the first counts.
func (s *study) isGravest(a *assessed) bool {
	if a.Prior {
		return false
	}
	seen := false // a itself
	for i := range s.assessments {
		o := &s.assessments[i]
		if o == a {
			seen = true
		} else if o.System == a.System && !o.Prior && (o.value > a.value || o.value == a.value && !seen) {
			return false
		}
	}
	return true
}

// advises reports whether the report advises an action.
func (s *study) advises(action string) bool {
	return slices.ContainsFunc(s.followups, func(f Followup) bool { return f.Action == action && !f.Implied })
}

// expectedAction is what a category asks for. TI-RADS asks by size as well, and
// for nothing where the size is not stated.
func (e *Engine) expectedAction(s *study, a *assessed) string {
	if a.row.Follow == 0 {
		return a.row.Action
	}
	size := largestSize(s.doc, a.sentence)
	switch {
	case size >= float64(a.row.Biopsy):
		return lexicon.ActionBiopsy
	case size >= float64(a.row.Follow):
		return a.row.Action
	}
	return ""
}

// largestSize is the largest measurement of a sentence in millimetres.
func largestSize(d *nlp.Document, sentence int) float64 {
	largest := 0.0
	if sentence < 0 {
		return largest
	}
	sent := &d.Sentences[sentence]
	unit := 0.0
	for k := sent.Last - 1; k >= sent.First; k-- { // "1.2 x 0.8 cm": the unit stands behind all
		switch w := d.Words(k); {
		case w == "cm":
			unit = 10
		case w == "mm":
			unit = 1
		case d.Tokens[k].Kind == nlp.Number && unit > 0:
			if n, err := strconv.ParseFloat(w, 64); err == nil {
				largest = max(largest, n*unit)
			}
		case w != "x" && w != "by":
			unit = 0
		}
	}
	return largest
}

func (e *Engine) impliedFollowup(s *study, a *assessed, action string) Followup {
	system := e.lex.AssessmentSystem(a.System)
	f := Followup{
		Action: action, Region: e.lex.Concept(system.Region).Name, Side: a.Side, Interval: a.row.Interval, Implied: true,
		Reason: system.Title + " " + a.Category + ": " + strings.ReplaceAll(a.row.Result, "_", " "), Evidence: slices.Clone(a.Evidence),
	}
	if action != a.row.Action {
		f.Interval = ""
	}
	if action != lexicon.ActionBiopsy {
		f.Modality = e.modalityOf(a.row.Exam)
		f.Code = e.followupCode(s, action, f.Modality, a.row.Exam, a.Side)
	}
	f.Dx = e.followupDx(s, &f, e.dxNear(s, max(a.sentence, 0)))
	return f
}

// modalityOf is the modality that an exam name states.
func (e *Engine) modalityOf(exam string) string {
	for _, m := range e.reader.ReadTitle(exam).Mentions {
		if m.Axis == lexicon.Modality {
			return e.lex.Concept(m.Concept).Name
		}
	}
	return ""
}
