package coding

// Result is the answer to one report. Field order is the order in JSON; slices
// are never null there, so that readers need no special case.
type Result struct {
	ID            string           `json:"id"`
	Version       Version          `json:"version"`
	Exams         []Exam           `json:"exams"`
	Diagnoses     []Diagnosis      `json:"diagnoses"`
	Claim         Claim            `json:"claim"`
	Claims        map[Policy]Claim `json:"claims"` // encoding/json sorts the keys
	Flags         []Flag           `json:"flags"`
	Documentation Documentation    `json:"documentation"`
	Assessments   []Assessment     `json:"assessments,omitempty"` // absent where the report uses no reporting system
	Followups     []Followup       `json:"followups"`
	Disposition   Disposition      `json:"disposition"`
}

// Version says which engine and which code sets gave the answer.
type Version struct {
	Engine   string    `json:"engine"`
	Codesets []Codeset `json:"codesets"`
}

// Codeset is one release of a code system. From and To are dates of service,
// To empty while it is in force.
type Codeset struct {
	System  string `json:"system"`
	Release string `json:"release"`
	From    string `json:"from"`
	To      string `json:"to"`
	SHA256  string `json:"sha256"`
}

// Exam is one examination found in the report.
type Exam struct {
	Title      string          `json:"title"`
	Facts      []ExamFact      `json:"facts"`
	Procedures []ProcedureCode `json:"procedures"` // ranked, best first
	Modifiers  []Modifier      `json:"modifiers"`
}

// ExamFact is one stated attribute, with the words that state it.
type ExamFact struct {
	Axis     string     `json:"axis"`
	Concept  string     `json:"concept"`
	Evidence []Evidence `json:"evidence"`
}

// ProcedureCode is a candidate for an exam. Confidence is the calibrated
// probability that a coder would assign it.
type ProcedureCode struct {
	System     string     `json:"system"`
	Code       string     `json:"code"`
	Title      string     `json:"title"`
	Confidence float64    `json:"confidence"`
	Why        []Feature  `json:"why"`
	Evidence   []Evidence `json:"evidence"`
}

// Modifier is a two-character CPT/HCPCS modifier and why it applies.
type Modifier struct {
	Code     string     `json:"code"`
	Reason   string     `json:"reason"`
	Evidence []Evidence `json:"evidence"`
}

// Policy decides which diagnosis is listed first.
type Policy string

// Policies. Indication lists the reason for the study first; Official follows
// ICD-10-CM guidelines IV.H and IV.K: a confirmed diagnosis that explains the
// reason comes first and replaces its symptom.
const (
	Indication Policy = "indication"
	Official   Policy = "official"
)

// Role says what a diagnosis is to the report.
type Role string

// Roles of a diagnosis.
const (
	RoleIndication Role = "indication"
	RoleFinding    Role = "finding"
	RoleIncidental Role = "incidental"
	RoleScreening  Role = "screening"
	RoleHistory    Role = "history"
	RoleExternal   Role = "external"
)

// Diagnosis is an ICD-10-CM code the report supports.
type Diagnosis struct {
	System     string     `json:"system"`
	Code       string     `json:"code"`
	Title      string     `json:"title"`
	Role       Role       `json:"role"`
	Confidence float64    `json:"confidence"`
	Primary    []Policy   `json:"primary"` // policies under which it is first-listed
	Why        []Feature  `json:"why"`
	Evidence   []Evidence `json:"evidence"`
}

// Claim is what would be billed under one policy. A line's Dx are 1-based
// pointers into Dx.
type Claim struct {
	Policy   Policy   `json:"policy"`
	Lines    []Line   `json:"lines"`
	Dx       []string `json:"dx"`
	Coverage Coverage `json:"coverage"` // of all lines together
}

// Line is one service line.
type Line struct {
	Code      string     `json:"code"`
	Modifiers []string   `json:"modifiers"`
	Units     int        `json:"units"`
	Dx        []int      `json:"dx"`
	Report    string     `json:"report,omitempty"` // id of the report, on the claim of an Encounter
	MPPR      *Reduction `json:"mppr,omitempty"`   // absent where the line is paid in full
	Coverage  Coverage   `json:"coverage"`

	PriorAuthLikely bool `json:"prior_auth_likely,omitempty"` // advanced imaging, for which payers usually want to be asked first
}

// Reduction is what is paid of a line that is not the first of its kind in a session:
// the shares of the professional and of the technical component.
type Reduction struct {
	PC float64 `json:"pc"`
	TC float64 `json:"tc"`
}

// CoverageStatus says what is known of a line before it is sent.
type CoverageStatus string

// Statuses. A line is ok only where a coverage table speaks of its procedure and
// supports its diagnoses; where no table does, nothing is known.
const (
	CoverageOK      CoverageStatus = "ok"
	CoverageEdit    CoverageStatus = "edit"
	CoverageUnknown CoverageStatus = "unknown"
)

// Coverage is what tables and rules of payment say of a claim line.
type Coverage struct {
	Status CoverageStatus `json:"status"`
	Edits  []Objection    `json:"edits"`
}

// Objection is one reason why a line may not be paid. Kind is the id of its flag, Table where the rule
// comes from.
type Objection struct {
	Kind    string `json:"kind"`
	Table   string `json:"table"`
	Message string `json:"message"`
}

// Severity of a flag.
type Severity string

// Severities. An error stops automatic billing, a warning asks for a look.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "info"
)

// Flag is something missing, contradictory or worth a look. Query is one plain
// question for the radiologist, empty when there is nothing to ask.
type Flag struct {
	ID       string     `json:"id"`
	Severity Severity   `json:"severity"`
	Axis     string     `json:"axis"`
	Message  string     `json:"message"`
	Query    string     `json:"query"`
	Evidence []Evidence `json:"evidence"`
	Lines    []int      `json:"lines,omitempty"` // of Result.Claim that it is about, from 1
}

// Documentation is the completeness gate before coding: which of patient,
// indication, technique, findings, impression and signature are missing.
type Documentation struct {
	Complete bool     `json:"complete"`
	Missing  []string `json:"missing"` // flag ids
}

// Disposition says what to do with the result.
type Disposition string

// Dispositions: bill, have a coder look, or ask the radiologist.
const (
	Auto   Disposition = "auto"
	Review Disposition = "review"
	Query  Disposition = "query"
)
