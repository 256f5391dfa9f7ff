package lexicon

import (
	"embed"
	"io/fs"
	"sort"
	"sync"
)

//go:embed data/*.tsv
var embedded embed.FS

// Lexicon is everything the data files say. It is immutable after Load.
type Lexicon struct {
	Terms          []Term
	Senses         []Sense     // what words of exam names mean beside certain concepts
	Qualifiers     []Term      // words that refine a diagnosis
	Appearances    []Term      // words of running text that name or betray a modality
	Procedures     []Procedure // sorted by code
	Diagnoses      []Diagnosis
	DiagnosisTerms []DiagnosisTerm
	Cues           []Cue
	Headings       []Heading
	Explanations   []Explanation
	Abbreviations  []Abbreviation
	Variants       []Variant
	Relevances     []Relevance
	Edits          []Edit
	Bundles        []Bundle
	Modifiers      []Modifier
	Tiebreakers    []Tiebreaker
	Addons         []Addon
	Screenings     []Screening
	Combinations   []Combination
	CodeSpace      []CodeRange
	WholeCodes     []WholeCode
	ChestFindings  []ChestFinding
	Histories      []History
	IndexWords     []IndexWord
	Conversions    []Conversion // from ICD-9-CM
	Retired        []Retired    // codes that ended, without axes
	Remedies       []Remedy     // wordings that settle flags

	ProcedureFamilies []Family       // ranges of procedure codes
	PatientLimits     []PatientLimit // for whom body parts and codes are
	DenialReasons     []DenialReason
	DiagnosisDates    []DiagnosisDate
	CodePlaces        []CodePlace   // where the diseases of diagnosis codes are
	ExamPurposes      []ExamPurpose // modalities of one purpose
	Instructions      []Instruction // what the tabular list says about pairs of diagnosis codes

	AssessmentSystems   []AssessmentSystem
	AssessmentNames     []AssessmentName
	Assessments         []Assessment
	AssessmentDiagnoses []AssessmentDiagnosis
	FollowupCues        []FollowupCue

	concepts    conceptTable
	byProcedure map[string]int
	byDiagnosis map[string][]int  // concept -> rows
	byPair      map[[2]string]int // concepts in either order -> combination
	whole       map[string]bool   // codes of WholeCodes
	byICD9CM    map[string]int    // code without dot -> conversion
	byRetired   map[string]int
	byEdit      map[[2]string]int // including and included code
	byHistory   map[string]int    // histories by diagnosis concept

	byDatedCategory map[string][]int  // category -> rows of DiagnosisDates
	byBundle        map[[2]string]int // both codes, the smaller first
	byModifier      map[string]int
}

// Default returns the embedded lexicon, parsed at the first call.
var Default = sync.OnceValues(func() (*Lexicon, error) {
	data, err := fs.Sub(embedded, "data")
	if err != nil {
		return nil, err
	}
	return Load(data)
})

// Load parses a folder of lexicon files. The error lists every fault found, one
// "file:line: message" each.
func Load(fsys fs.FS) (*Lexicon, error) {
	l, problems, err := load(fsys)
	if err != nil {
		return nil, err
	}
	if err := joinProblems(problems); err != nil {
		return nil, err
	}
	return l, nil
}

// loader reads the tables in the order in which they refer to each other.
type loader struct {
	fsys     fs.FS
	problems []Problem
	err      error
}

func (ld *loader) read(name string, columns []string) table {
	if ld.err != nil {
		return table{}
	}
	t, err := readTable(ld.fsys, name, columns)
	ld.err = err
	ld.problems = append(ld.problems, t.problems...)
	return t
}

func collect[T any](ld *loader, v T, problems []Problem) T {
	ld.problems = append(ld.problems, problems...)
	return v
}

func load(fsys fs.FS) (*Lexicon, []Problem, error) {
	ld := &loader{fsys: fsys}
	l := &Lexicon{}
	ct, ps := newConceptTable(ld.read("concepts.tsv", conceptColumns))
	l.concepts = collect(ld, ct, ps)
	for _, f := range termFiles {
		terms, ps := ct.terms(ld.read(f, termColumns))
		l.Terms = append(l.Terms, collect(ld, terms, ps)...)
	}
	senses, ps := ct.senses(ld.read("senses.tsv", senseColumns))
	l.Senses = collect(ld, senses, ps)
	qualifiers, ps := ct.terms(ld.read("qualifier.tsv", termColumns))
	l.Qualifiers = collect(ld, qualifiers, ps)
	appearances, ps := ct.terms(ld.read("appearance.tsv", termColumns))
	l.Appearances = collect(ld, appearances, ps)
	procedures, ps := ct.procedures(ld.read("procedures.tsv", procedureColumns))
	l.Procedures = collect(ld, procedures, ps)
	slots, ps := ct.slots(ld.read("slots.tsv", slotColumns))
	slots = collect(ld, slots, ps)
	diagnoses, ps := ct.diagnoses(ld.read("diagnoses.tsv", diagnosisColumns), slots)
	l.Diagnoses = collect(ld, diagnoses, ps)
	terms, ps := ct.diagnosisTerms(ld.read("diagnosis_terms.tsv", diagnosisTermColumns))
	l.DiagnosisTerms = collect(ld, terms, ps)
	cs, ps := cues(ld.read("assertion_cues.tsv", cueColumns))
	l.Cues = collect(ld, cs, ps)
	hs, ps := headings(ld.read("headings.tsv", headingColumns))
	l.Headings = collect(ld, hs, ps)
	l.Abbreviations = abbreviations(ld.read("abbreviations.tsv", abbreviationColumns))
	vs, ps := variants(ld.read("variants.tsv", variantColumns))
	l.Variants = collect(ld, vs, ps)
	rs, ps := relevances(ld.read("relevance.tsv", relevanceColumns))
	l.Relevances = collect(ld, rs, ps)
	es, ps := edits(ld.read("edits.tsv", editColumns))
	l.Edits = collect(ld, es, ps)
	l.loadPayment(ld)
	l.Tiebreakers = tiebreakers(ld.read("tiebreakers.tsv", tiebreakerColumns))
	as, ps := ct.addons(ld.read("addons.tsv", addonColumns))
	l.Addons = collect(ld, as, ps)
	pairs, ps := ct.combinations(ld.read("combinations.tsv", combinationColumns))
	l.Combinations = collect(ld, pairs, ps)
	l.Screenings = screenings(ld.read("screening.tsv", screeningColumns))
	wholes, ps := wholeCodes(ld.read("components.tsv", wholeCodeColumns))
	l.WholeCodes = collect(ld, wholes, ps)
	ranges, ps := codeRanges(ld.read("codespace.tsv", codeRangeColumns))
	l.CodeSpace = collect(ld, ranges, ps)
	xs, ps := explanations(ld.read("explains.tsv", explanationColumns))
	l.Explanations = collect(ld, xs, ps)
	l.ChestFindings = chestFindings(ld.read("chest_findings.tsv", chestFindingColumns))
	l.Histories = histories(ld.read("histories.tsv", historyColumns))
	iw, ps := indexWords(ld.read("index_words.tsv", indexWordColumns))
	l.IndexWords = collect(ld, iw, ps)
	l.Conversions = conversions(ld.read("icd9cm.tsv", conversionColumns))
	l.Retired = retiredRows(ld.read("retired.tsv", retiredColumns))
	l.ProcedureFamilies = families(ld.read("families.tsv", familyColumns))
	limits, ps := ct.patientLimits(ld.read("patient_limits.tsv", patientLimitColumns))
	l.PatientLimits = collect(ld, limits, ps)
	l.Remedies = remedies(ld.read("remedies.tsv", remedyColumns))
	l.DiagnosisDates = ld.diagnosisDates(ld.read("diagnosis_dates.tsv", diagnosisDateColumns))
	places, ps := ct.codePlaces(ld.read("code_places.tsv", codePlaceColumns))
	l.CodePlaces = collect(ld, places, ps)
	purposes, ps := ct.examPurposes(ld.read("exam_purposes.tsv", examPurposeColumns))
	l.ExamPurposes = collect(ld, purposes, ps)
	ins, ps := instructions(ld.read("instructions.tsv", instructionColumns))
	l.Instructions = collect(ld, ins, ps)
	l.loadAssessments(ld, &ct)
	if ld.err != nil {
		return nil, nil, ld.err
	}
	l.index()
	return l, ld.problems, nil
}

func (l *Lexicon) index() {
	sort.SliceStable(l.Procedures, func(i, j int) bool { return l.Procedures[i].Code < l.Procedures[j].Code })
	l.byProcedure = make(map[string]int, len(l.Procedures))
	for i := range l.Procedures {
		l.byProcedure[l.Procedures[i].Code] = i
	}
	l.byPair = make(map[[2]string]int, 2*len(l.Combinations))
	for i, c := range l.Combinations {
		l.byPair[[2]string{c.First, c.Second}] = i
		l.byPair[[2]string{c.Second, c.First}] = i
	}
	l.byICD9CM = make(map[string]int, len(l.Conversions))
	for i, c := range l.Conversions {
		l.byICD9CM[bareCode(c.ICD9CM)] = i
	}
	l.byEdit = make(map[[2]string]int, len(l.Edits))
	for i, x := range l.Edits {
		l.byEdit[[2]string{x.Code, x.Includes}] = i
	}
	l.byRetired = make(map[string]int, len(l.Retired))
	for i := range l.Retired {
		l.byRetired[l.Retired[i].Code] = i
	}
	l.byDatedCategory = datedCategories(l.DiagnosisDates)
	l.byHistory = make(map[string]int, len(l.Histories))
	for i, h := range l.Histories {
		l.byHistory[h.Concept] = i
	}
	l.indexPayment()
	l.whole = make(map[string]bool, len(l.WholeCodes))
	for _, c := range l.WholeCodes {
		l.whole[c.Code] = true
	}
	l.byDiagnosis = make(map[string][]int, len(l.Diagnoses))
	for i := range l.Diagnoses {
		c := l.Diagnoses[i].Concept
		l.byDiagnosis[c] = append(l.byDiagnosis[c], i)
	}
}

// Procedure returns the row of a code, or nil.
func (l *Lexicon) Procedure(code string) *Procedure {
	if i, ok := l.byProcedure[code]; ok {
		return &l.Procedures[i]
	}
	return nil
}

// DiagnosisRows returns the rows of a diagnosis concept in file order.
func (l *Lexicon) DiagnosisRows(concept string) []*Diagnosis {
	rows := make([]*Diagnosis, len(l.byDiagnosis[concept]))
	for i, n := range l.byDiagnosis[concept] {
		rows[i] = &l.Diagnoses[n]
	}
	return rows
}
