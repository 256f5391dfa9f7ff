package coding

import (
	"github.com/radcode/radcode/nlp"
)

// verdict is what becomes of a problem mention. This file alone decides which
// mentions become facts.
type verdict struct {
	Keep   bool
	Role   Role
	Reason string // the rule that decided
}

// judgement is one rule: the first that applies decides.
type judgement struct {
	ID, Doc, Source string
	Applies         func(p *problem) bool
	Keep            bool
	Role            func(p *problem) Role
}

// silentSections never state what the patient has.
var silentSections = map[nlp.SectionKind]bool{
	nlp.SectionTechnique: true, nlp.SectionComparison: true, nlp.SectionSignature: true, nlp.SectionHeader: true,
	nlp.SectionRecommendation: true,
}

// reasonSections say why the study was done.
var reasonSections = map[nlp.SectionKind]bool{nlp.SectionIndication: true}

// statusKinds are true of the patient whatever the tense.
var statusKinds = map[string]bool{"history": true, "status": true, "device": true, "screening": true, "followup": true, "aftercare": true, "reason": true}

// isReason reports whether the mention stands where the reason for the study is
// given: in the indication, behind "for" in the exam name, or without an indication in what is told before the findings.
func (p *problem) isReason() bool {
	kind := p.coded.Row.Kind
	return reasonSections[p.section] || p.asked || p.statement && (kind == "symptom" || !p.headless && kind != "finding")
}

// judgements in order.
var judgements = []judgement{
	{
		ID: "variant", Doc: "a normal variant is never coded", Source: "ICD-10-CM guideline III.B",
		Applies: func(p *problem) bool { return p.coded.Code == "" || p.harmless && p.coded.Row.Kind == "finding" },
	},
	{
		ID: "silent_section", Doc: "technique, comparison, header, signature and recommendation state no diagnosis", Source: "radcode",
		Applies: func(p *problem) bool { return silentSections[p.section] },
	},
	{
		ID: "negated", Doc: "what is denied or not found is never coded", Source: "ICD-10-CM guideline IV.J",
		Applies: func(p *problem) bool { return p.mention.Assertion.Negated },
	},
	{
		ID: "family", Doc: "a relative's disease is coded only as family history", Source: "ICD-10-CM guideline I.C.21.c.4",
		Applies: func(p *problem) bool {
			return p.mention.Assertion.Family && p.coded.Row.Kind != "history" && p.coded.Row.Kind != "screening"
		},
	},
	{
		ID: "mothers", Doc: "a pregnancy that is told of a child is its mother's", Source: "ICD-10-CM guideline I.C.15.a: chapter 15 is for the mother's record",
		Applies: func(p *problem) bool { return p.mothers },
	},
	{
		ID: "hypothetical", Doc: "what the study is to rule out is not coded", Source: "ICD-10-CM guideline IV.H",
		Applies: func(p *problem) bool { return p.mention.Assertion.Hypothetical && !statusKinds[p.coded.Row.Kind] },
	},
	{
		ID: "uncertain", Doc: "a diagnosis that is only possible is not coded in outpatients", Source: "ICD-10-CM guideline IV.H",
		Applies: func(p *problem) bool { return p.mention.Assertion.Uncertain && !statusKinds[p.coded.Row.Kind] },
	},
	{
		ID: "alternative", Doc: "of two alternatives neither is certain", Source: "ICD-10-CM guideline IV.H",
		Applies: func(p *problem) bool { return p.alternative && !statusKinds[p.coded.Row.Kind] },
	},
	{
		ID: "advised", Doc: "screening that the report advises is still to come", Source: "ICD-10-CM guideline I.C.21.c.5",
		Applies: func(p *problem) bool { return p.advised && p.coded.Row.Kind == "screening" },
	},
	{
		ID: "status", Doc: "a status, history or reason for encounter is coded where it is stated", Source: "ICD-10-CM guideline I.C.21",
		Applies: func(p *problem) bool { return statusKinds[p.coded.Row.Kind] }, Keep: true, Role: roleOfStatus,
	},
	{
		ID: "past_acute", Doc: "a past acute illness is over, unless its sequela is the reason", Source: "ICD-10-CM guideline IV.J",
		Applies: func(p *problem) bool {
			return p.mention.Assertion.Historical && p.relevance.Acute && p.finding.Encounter != "sequela"
		},
	},
	{
		ID: "reason", Doc: "what the indication names is the reason for the study, also when it says history of", Source: "ICD-10-CM guideline IV.G",
		Applies: func(p *problem) bool { return p.isReason() }, Keep: true, Role: func(*problem) Role { return RoleIndication },
	},
	{
		ID: "past", Doc: "a past finding outside the indication is not current", Source: "ICD-10-CM guideline IV.J",
		Applies: func(p *problem) bool { return p.mention.Assertion.Historical },
	},
	{
		ID: "nonspecific", Doc: "an abnormal finding that names no condition is incidental", Source: "ICD-10-CM chapter 18 introduction",
		Applies: func(p *problem) bool { return p.relevance.Nonspecific }, Keep: true, Role: func(*problem) Role { return RoleIncidental },
	},
	{
		ID: "incidental", Doc: "what the report itself calls incidental", Source: "coding guide 004, incidental findings",
		Applies: func(p *problem) bool { return p.incidental }, Keep: true, Role: func(*problem) Role { return RoleIncidental },
	},
	{
		ID: "finding", Doc: "what the interpretation confirms is coded", Source: "ICD-10-CM guideline IV.K",
		Applies: func(*problem) bool { return true }, Keep: true, Role: func(*problem) Role { return RoleFinding },
	},
}

func roleOfStatus(p *problem) Role {
	switch p.coded.Row.Kind {
	case "screening":
		return RoleScreening
	case "history", "status", "device":
		return RoleHistory
	}
	if p.isReason() || p.section == nlp.SectionExam {
		return RoleIndication
	}
	return RoleHistory
}

// judge applies the first judgement that fits.
func judge(p *problem) verdict {
	for _, j := range judgements {
		if !j.Applies(p) {
			continue
		}
		v := verdict{Keep: j.Keep, Reason: j.ID}
		if j.Role != nil {
			v.Role = j.Role(p)
		}
		return v
	}
	return verdict{Reason: "none"}
}
