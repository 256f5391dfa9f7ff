package audit

import "slices"

// Type is a kind of difference between a claim and its report.
type Type struct{ ID, Doc string }

// Ids of the types.
const (
	Missed       = "missed"
	Extra        = "extra"
	LessSpecific = "less_specific"
	MoreSpecific = "more_specific_than_text"
	Laterality   = "laterality"
	Contrast     = "contrast"
	Views        = "views"
	Extent       = "extent"
	Modifier     = "modifier"
	Component    = "component"
	Encounter    = "encounter"
	Different    = "different"
	Unsupported  = "unsupported"
	WrongOrder   = "wrong_order"
	Units        = "units"
)

var types = []Type{
	{Missed, "the report supports a code that was not billed"},
	{Extra, "a code too many: the report names it, but another billed code holds it, or it is not to be coded"},
	{LessSpecific, "the report says more than the billed diagnosis"},
	{MoreSpecific, "the billed diagnosis says more than the report"},
	{Laterality, "the side is missing, or is not the one of the report"},
	{Contrast, "right study, other contrast state"},
	{Views, "right study, other number of views"},
	{Extent, "right study, limited instead of complete or the reverse"},
	{Modifier, "a modifier is missing, or one is there that the report does not bear out"},
	{Component, "modifier 26 or TC against who owns the equipment, or on a code that is not split"},
	{Encounter, "right diagnosis, other encounter: initial, subsequent, sequela"},
	{Different, "another study or diagnosis of the same kind than the report describes"},
	{Unsupported, "nothing in the report speaks for a billed code"},
	{WrongOrder, "another diagnosis is first-listed than under either policy"},
	{Units, "more or fewer units than the report describes"},
}

// Types are all kinds of differences, in the order in which they are listed. The
// slice is the caller's.
func Types() []Type { return slices.Clone(types) }

// typeRank is the place of a type in the table.
func typeRank(id string) int { return slices.IndexFunc(types, func(t Type) bool { return t.ID == id }) }

// Bases of a difference: what makes us say it.
const (
	Reading = "reading" // our reading of the report, with a calibrated confidence
	Rule    = "rule"    // the tables of codes alone: right whatever the report says
)

// Difference is one place where a claim and its report disagree.
type Difference struct {
	Type       string  `json:"type"`
	System     string  `json:"system"`              // cpt (HCPCS as well) or icd10cm
	Line       int     `json:"line,omitempty"`      // 1-based service line or diagnosis of the claim; 0: not on it
	Coded      string  `json:"coded,omitempty"`     // as billed, "" for a missed code
	Supported  string  `json:"supported,omitempty"` // what the report supports, "" for nothing
	Message    string  `json:"message"`
	Words      []Quote `json:"words"`      // of the report; empty where it says nothing
	Basis      string  `json:"basis"`      // reading or rule
	Confidence float64 `json:"confidence"` // calibrated probability of what the report supports; 0: not measured
	Certified  float64 `json:"certified"`  // the confidence from which on we say so ourselves; above 1: never
	Finding    bool    `json:"finding"`    // false: worth a look, no accusation
	Doubt      string  `json:"doubt,omitempty"`
	Direction  string  `json:"direction"` // under, over, same, none or unknown
	Effect     *Effect `json:"effect"`    // null: unknown, or no money hangs on it
}

// Quote is a place in a report with its words.
type Quote struct {
	Start   int    `json:"start"`
	End     int    `json:"end"`
	Section string `json:"section"` // "title": offsets count in the exam name
	Text    string `json:"text"`
}

// Directions of a difference: the claim asks for less or more than the report
// supports.
const (
	Under     = "under"
	Over      = "over"
	Same      = "same"
	NoEffect  = "none"    // diagnoses are not paid for
	Uncertain = "unknown" // no fee table says what the codes are worth
)

// Effect is what the payer would pay beyond what the report supports, in hundredths of relative value
// units: negative for money that was left.
type Effect struct {
	Work  int `json:"work"`
	Total int `json:"total"`
}

// Class is one of the three things that audits of radiology claims find most
// (requirement R163).
type Class struct {
	ID, Doc string
	types   []string // differences that count
	flags   []string // flags of the report or of the checks of the claim that count
	coded   func(*Difference) bool
}

var classes = []Class{
	{"missed_laterality", "the side is missing in the report, or missing or wrong on the claim", []string{Laterality}, []string{"missing_laterality", "laterality_conflict"}, nil},
	{"wrong_modifiers", "a modifier other than a side is missing, wrong, or not borne out", []string{Modifier, Component}, []string{"modifier50_not_allowed", "modifier_conflict", "modifier_not_applicable"}, nil},
	{"weak_medical_necessity", "no reason for the study that shows the need, or a first-listed diagnosis that the report does not bear out", []string{Unsupported, WrongOrder}, []string{"missing_indication", "weak_indication", "screening_with_symptom", "dx_cpt_mismatch", "lcd_not_covered", "ncd_210.14_dx_missing"}, (*Difference).ofDiagnosis},
}

// Classes are the three classes of R163. The slice is the caller's.
func Classes() []Class { return slices.Clone(classes) }

func (d *Difference) ofDiagnosis() bool {
	return d.System == systemICD && (d.Type != Unsupported || d.Line == 1)
}

// holds reports whether a claim belongs to a class.
func (c Class) holds(x *Case) bool {
	if slices.ContainsFunc(x.Flags, func(id string) bool { return slices.Contains(c.flags, id) }) {
		return true
	}
	return slices.ContainsFunc(x.Differences, func(d Difference) bool {
		return slices.Contains(c.types, d.Type) && (c.coded == nil || c.coded(&d))
	})
}
