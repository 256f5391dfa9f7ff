package coding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// Step is one of the seven steps in which the coding guides have a report coded,
// and what was decided in it.
type Step struct {
	Number   int      `json:"step"`
	Name     string   `json:"name"`
	Doc      string   `json:"doc"`
	Decision string   `json:"decision"`
	Codes    []string `json:"codes"` // that the step gave
	Flags    []string `json:"flags"` // that stand against it, each once
}

// workflowStep decides nothing itself: it tells what the engine decided.
type workflowStep struct {
	name, doc string
	tell      func(*Result) (decision string, codes []string)
	flags     []string
}

// workflow is the order of coding guide 000.
var workflow = []workflowStep{
	{"indication", "evaluate why the study was done", func(r *Result) (string, []string) {
		return told("the reason for the study", "no reason for the study is stated", codesOf(r, func(d *Diagnosis) bool { return d.Role == RoleIndication || d.Role == RoleScreening }))
	}, []string{"missing_history", "missing_indication", "weak_indication", "screening_with_symptom"}},
	{"impression", "read what the radiologist concludes", func(r *Result) (string, []string) {
		return told("concluded", "no diagnosis rests on the impression", codesIn(r, nlp.SectionImpression))
	}, []string{"missing_impression", "uncertain_dx_not_coded", "indication_impression_mismatch", "bone_density_conflict", "assessment_conflict"}},
	{"findings", "read the findings for what the impression leaves out", func(r *Result) (string, []string) {
		return told("described", "no diagnosis rests on the findings", codesIn(r, nlp.SectionFindings))
	}, []string{"missing_findings", "laterality_conflict"}},
	{"first-listed diagnosis", "decide which diagnosis comes first", firstListed, []string{"dx_policy_conflict", "dx_not_in_force", "finding_as_primary", "excludes1", "code_first"}},
	{"procedure", "choose the codes for what was done", func(r *Result) (string, []string) {
		return told("done", "no procedure could be told", serviceLines(r.Claim))
	}, []string{"missing_modality", "missing_body_part", "missing_technique", "missing_laterality", "missing_contrast", "missing_views", "order_performed_mismatch", "complete_not_supported", "deleted_code", "guidance_needs_primary_procedure"}},
	{"bundling", "check the codes against each other", func(r *Result) (string, []string) {
		if hasFlag(r, "bundled") {
			return "codes that another code of the report holds were left out", nil
		}
		if hasFlag(r, "ncci_pair") {
			return "codes stand together that are paid together only as separate services", nil
		}
		return "no code of the claim holds another", nil
	}, []string{"bundled", "ncci_pair", "bundle_to", "mue_exceeded", "duplicate_line", "addon_without_primary"}},
	{"submission", "submit, and watch what becomes of it", func(r *Result) (string, []string) {
		return submissions[r.Disposition] + "; what the payer answers is not checkable here", nil
	}, []string{"preliminary_report", "missing_signature", "missing_referring", "prior_auth_unknown", "dx_limit"}},
}

var submissions = map[Disposition]string{
	Auto: "every code clears its certified threshold: it may be billed", Review: "a coder looks at it first", Query: "the radiologist is asked first",
}

// Workflow tells the decisions behind a result in the order in which the coding
// guides (000, seven steps) make them.
func Workflow(r *Result) []Step {
	var out []Step
	for i, w := range workflow {
		decision, codes := w.tell(r)
		s := Step{Number: i + 1, Name: w.name, Doc: w.doc, Decision: decision, Codes: codes, Flags: []string{}}
		if s.Codes == nil {
			s.Codes = []string{}
		}
		for _, id := range w.flags {
			if hasFlag(r, id) {
				s.Flags = append(s.Flags, id)
			}
		}
		out = append(out, s)
	}
	return out
}

func told(what, nothing string, codes []string) (string, []string) {
	if len(codes) == 0 {
		return nothing, nil
	}
	return what + ": " + strings.Join(codes, ", "), codes
}

func firstListed(r *Result) (string, []string) {
	first := func(p Policy) string {
		if dx := r.Claims[p].Dx; len(dx) > 0 {
			return dx[0]
		}
		return ""
	}
	i, o := first(Indication), first(Official)
	switch {
	case i == "" && o == "":
		return "no diagnosis can stand first", nil
	case i == o:
		return i + " under both policies", []string{i}
	}
	return fmt.Sprintf("%s by the indication, %s by the official guideline; the claim follows %s", orNone(i), orNone(o), r.Claim.Policy),
		slices.DeleteFunc([]string{i, o}, func(c string) bool { return c == "" })
}

func orNone(code string) string {
	if code == "" {
		return "none"
	}
	return code
}

// codesOf lists the diagnoses of a kind in the order of the result.
func codesOf(r *Result, wanted func(*Diagnosis) bool) []string {
	var out []string
	for i := range r.Diagnoses {
		if wanted(&r.Diagnoses[i]) {
			out = append(out, r.Diagnoses[i].Code)
		}
	}
	return out
}

func codesIn(r *Result, kind nlp.SectionKind) []string {
	return codesOf(r, func(d *Diagnosis) bool {
		return slices.ContainsFunc(d.Evidence, func(e Evidence) bool { return e.Section == string(kind) })
	})
}

func hasFlag(r *Result, id string) bool {
	return slices.ContainsFunc(r.Flags, func(f Flag) bool { return f.ID == id })
}
