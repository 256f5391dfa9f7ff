package coding

import "slices"

// Outcome of an item of the checklist.
type Outcome string

// Outcomes. NotCheckable is for what people and departments do.
const (
	Pass         Outcome = "pass"
	Fail         Outcome = "fail"
	Unknown      Outcome = "unknown"
	NotCheckable Outcome = "not checkable"
)

// Item is one of the ten best practices of the coding guides as a result bears it out.
type Item struct {
	Name    string   `json:"name"`
	Doc     string   `json:"doc"`
	Outcome Outcome  `json:"outcome"`
	Flags   []string `json:"flags"` // why it fails, or is unknown
}

// practice fails on some flags and is unknown on others; one without either is
// nothing that a report shows.
type practice struct {
	name, doc      string
	fails, unknown []string
}

// practices are the ten items of coding guide 000 in its order.
var practices = []practice{
	{"complete documentation", "patient, indication, technique, findings, impression and signature are there",
		[]string{"missing_indication", "missing_technique", "missing_findings", "missing_impression", "missing_signature", "preliminary_report", "sex_conflict", "age_conflict"}, []string{"missing_demographics", "deidentified"}},
	{"medical necessity", "the indication names the sign, symptom or disease that led to the study, and the first-listed diagnosis says it",
		[]string{"weak_indication", "dx_cpt_mismatch", "finding_as_primary", "lcd_not_covered", "ncd_210.14_dx_missing"}, []string{"missing_history"}},
	{"code what was done", "modality, body part, contrast, views and extent of the code are those of the study",
		[]string{"missing_modality", "missing_body_part", "missing_contrast", "missing_views", "order_performed_mismatch", "complete_not_supported"}, []string{"not_an_imaging_report", "ir_needs_coder", "out_of_codeset"}},
	{"side and modifiers", "the side is stated and the modifiers fit the code",
		[]string{"missing_laterality", "laterality_conflict", "modifier_conflict", "modifier50_not_allowed", "modifier_not_applicable"}, []string{"missing_location"}},
	{"bundling and edits", "no two codes stand together that are not paid together",
		[]string{"ncci_pair", "bundle_to", "duplicate_line", "mue_exceeded", "addon_without_primary", "excludes1"}, []string{"guidance_needs_primary_procedure"}},
	{"current codes", "every code is in force on the date of service",
		[]string{"deleted_code", "dx_not_in_force"}, []string{"codeset_date_defaulted"}},
	{name: "continuous training", doc: "coders learn from their errors: `radcode audit` lists them by rule"},
	{name: "cooperation", doc: "radiologists, coders and billers settle questions together"},
	{name: "technology", doc: "systems are kept current and work together"},
	{name: "denial trends", doc: "denials are followed and acted on: `radcode audit --denials` measures them"},
}

// Checklist goes through the ten best practices of the coding guides. Items that
// no report can show are not checkable.
func Checklist(r *Result) []Item {
	var out []Item
	for _, p := range practices {
		item := Item{Name: p.name, Doc: p.doc, Outcome: Pass, Flags: []string{}}
		failing, open := standingOf(r, p.fails), standingOf(r, p.unknown)
		switch {
		case len(p.fails) == 0:
			item.Outcome = NotCheckable
		case len(failing) > 0:
			item.Outcome, item.Flags = Fail, failing
		case len(open) > 0 || len(r.Exams) == 0:
			item.Outcome, item.Flags = Unknown, open
		}
		out = append(out, item)
	}
	return out
}

func standingOf(r *Result, ids []string) []string {
	return slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return !hasFlag(r, id) })
}

// CheckedFlags lists the flags that Workflow and Checklist look for, sorted.
func CheckedFlags() []string {
	var out []string
	for _, p := range practices {
		out = append(append(out, p.fails...), p.unknown...)
	}
	for _, w := range workflow {
		out = append(out, w.flags...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
