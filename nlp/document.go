package nlp

import (
	"sort"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// Report is what comes in: an exam name, a text, or both.
type Report struct {
	ID   string `json:"id,omitempty"`
	Exam string `json:"exam,omitempty"`
	Text string `json:"text,omitempty"`
	Meta Meta   `json:"meta,omitzero"`
}

// Meta is what is known beside the text. All fields are optional.
type Meta struct {
	DateOfService  string   `json:"date_of_service,omitempty"` // YYYY-MM-DD
	TimeOfService  string   `json:"time_of_service,omitempty"`
	Payer          string   `json:"payer,omitempty"`
	PlaceOfService string   `json:"place_of_service,omitempty"` // CMS two digits
	Facility       string   `json:"facility,omitempty"`
	Component      string   `json:"component,omitempty"` // professional, technical, global
	Age            *float64 `json:"age,omitempty"`       // years
	Sex            string   `json:"sex,omitempty"`       // F, M
	Patient        string   `json:"patient,omitempty"`
	Referring      string   `json:"referring,omitempty"`
	Signed         *bool    `json:"signed,omitempty"`
	Ordered        string   `json:"ordered,omitempty"` // exam name as ordered
	OrderedICD10CM []string `json:"ordered_icd10cm,omitempty"`
	Charged        []string `json:"charged,omitempty"` // procedure codes as charged
	PriorAuth      string   `json:"prior_auth,omitempty"`
	PriorStudies   []string `json:"prior_studies,omitempty"`
}

// Span is a half-open range of byte offsets.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Len returns the number of bytes covered.
func (s Span) Len() int { return s.End - s.Start }

// Overlaps reports whether two spans share a byte.
func (s Span) Overlaps(o Span) bool { return s.Start < o.End && o.Start < s.End }

// Of returns the covered part of text.
func (s Span) Of(text string) string { return text[s.Start:s.End] }

// SectionKind says what a section is for.
type SectionKind string

// Section kinds. Body is text before the first heading or under none.
const (
	SectionBody           SectionKind = "body"
	SectionExam           SectionKind = "exam"
	SectionIndication     SectionKind = "indication"
	SectionTechnique      SectionKind = "technique"
	SectionComparison     SectionKind = "comparison"
	SectionFindings       SectionKind = "findings"
	SectionImpression     SectionKind = "impression"
	SectionRecommendation SectionKind = "recommendation"
	SectionSignature      SectionKind = "signature"
	SectionHeader         SectionKind = "header"
	SectionAddendum       SectionKind = "addendum"
	SectionProcedure      SectionKind = "procedure"
	SectionOther          SectionKind = "other"
)

// Section is a part of the report. Heading is empty for SectionBody.
type Section struct {
	Kind    SectionKind
	Heading Span // the heading's words, without the colon
	Body    Span
}

// Sentence is a range of bytes and the tokens in it.
type Sentence struct {
	Span
	First, Last int // token indices, half-open
	Section     int // index into Document.Sections
}

// Side is a laterality.
type Side uint8

// Sides. Unstated is the zero value.
const (
	Unstated Side = iota
	Right
	Left
	Bilateral
)

func (s Side) String() string { return [...]string{"", "right", "left", "bilateral"}[s] }

// Assertion is what the context says about a mention. The zero value is a
// plain, current statement about the patient.
type Assertion struct {
	Negated, Uncertain, Historical, Hypothetical, Family bool

	Cue   Span // the words that decided; zero when none did
	Scope Span // how far they reach
}

// Affirmed reports a plain, current statement about the patient.
func (a Assertion) Affirmed() bool {
	return !a.Negated && !a.Uncertain && !a.Historical && !a.Hypothetical && !a.Family
}

// Layer is the set of terms that a mention was found with.
type Layer uint8

// Layers. ExamLayer holds the words of exam names, PictureLayer the words that
// name a modality in running text or describe pictures.
const (
	ExamLayer Layer = iota
	QualifierLayer
	PictureLayer
	ProblemLayer
)

// Mention is a place where the report names a concept of an axis, or a
// diagnosis concept (then Problem is set and Concept is 0).
type Mention struct {
	Span
	First, Last int // token indices, half-open
	Layer       Layer
	Axis        lexicon.Axis
	Concept     lexicon.ConceptID
	Problem     *lexicon.DiagnosisTerm
	Section     int // index into Document.Sections
	Sentence    int // index into Document.Sentences
	Assertion   Assertion
	Side        Side
	SideSpan    Span // the word that states the side; zero when none does
	Source      lexicon.Source
}

// Document is a report that was read.
type Document struct {
	Report    Report
	Text      string // what the offsets refer to
	Tokens    []Token
	Sections  []Section
	Sentences []Sentence
	Mentions  []Mention // by start; problems and axis mentions interleaved

	letters letters
}

// NewDocument returns a report of which nothing was read yet: what the first of
// Stages starts from.
func NewDocument(report Report) *Document { return &Document{Report: report, Text: report.Text} }

// Words returns token i in lower case.
func (d *Document) Words(i int) string {
	return strings.ToLower(d.Tokens[i].Of(d.Text))
}

// InSentence returns the mentions of a sentence. Do not modify.
func (d *Document) InSentence(sentence int) []Mention {
	first := sort.Search(len(d.Mentions), func(i int) bool { return d.Mentions[i].Sentence >= sentence })
	last := first + sort.Search(len(d.Mentions)-first, func(i int) bool { return d.Mentions[first+i].Sentence > sentence })
	return d.Mentions[first:last]
}

// SectionAt returns the index of the section that holds a byte offset.
func (d *Document) SectionAt(offset int) int {
	for i := len(d.Sections) - 1; i > 0; i-- {
		s := d.Sections[i]
		start := s.Body.Start
		if s.Heading.Len() > 0 {
			start = s.Heading.Start
		}
		if offset >= start {
			return i
		}
	}
	return 0
}
