package eval

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

// Codebook answers what evaluation asks about codes: to which study or category
// they belong, how two of them differ, whether one was in force. It is immutable
// and safe for concurrent use.
type Codebook struct {
	lex       *lexicon.Lexicon
	today     string // date of service of reports that have none; "" = the newest codes
	diagnoses map[string]diagnosisForm
}

// diagnosisForm places an ICD-10-CM code among its siblings.
type diagnosisForm struct {
	row                   int
	side, encounter, rest string
	title                 string
}

// NewCodebook prepares the codes of a lexicon. Today is the date of service of
// reports without one, YYYY-MM-DD; empty stands for the newest codes.
func NewCodebook(lex *lexicon.Lexicon, today string) *Codebook {
	b := &Codebook{lex: lex, today: today, diagnoses: map[string]diagnosisForm{}}
	for i := range lex.Diagnoses {
		for _, c := range lex.Enumerate(&lex.Diagnoses[i]) {
			key := bare(c.Code)
			if _, known := b.diagnoses[key]; !known {
				b.diagnoses[key] = diagnosisForm{i, c.Side, c.Encounter, c.Rest, c.Title}
			}
		}
	}
	return b
}

// Title is a code's title in our own words, "" when the lexicon does not know it.
func (b *Codebook) Title(code string) string {
	if p := b.lex.Procedure(code); p != nil {
		return p.Title
	}
	return b.diagnoses[bare(code)].title
}

// Form is what a diagnosis code says of side and encounter: right, left, bilateral or
// unspecified; initial, subsequent, sequela and so on; "" where its family has no such
// part. known is false for codes that the lexicon does not hold.
func (b *Codebook) Form(code string) (side, encounter string, known bool) {
	f, known := b.diagnoses[bare(code)]
	return f.side, f.encounter, known
}

// InForce reports whether the lexicon knows a procedure code as valid on a date
// of service.
func (b *Codebook) InForce(code, date string) bool {
	p := b.lex.Procedure(code)
	if date == "" {
		date = b.today
	}
	return p != nil && (p.InForce(date) || date == "" && p.To == "")
}

// Category is the three-character category of an ICD-10-CM code.
func Category(code string) string {
	if c := bare(code); len(c) > 3 {
		return c[:3]
	}
	return code
}

// Family names the examination a procedure code is about, whatever was done with
// contrast, views, sides and techniques: its modality and body parts, such as
// "ct abdomen, pelvis". A code that the lexicon does not know is its own family.
func (b *Codebook) Family(code string) string {
	p := b.lex.Procedure(code)
	if p == nil {
		return code
	}
	name := strings.TrimSpace(b.leading(p.Modality) + " " + b.leading(p.Region))
	if name == "" {
		return code
	}
	return name
}

// leading writes the first alternative of each group: what a code is about, whatever
// else it may be used for.
func (b *Codebook) leading(groups []lexicon.Group) string {
	var names []string
	for _, g := range groups {
		names = append(names, b.lex.Concept(g[0]).Name)
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), ", ")
}

// Modality is the modality of a procedure code, "" when it has none or is not
// known; of several the first.
func (b *Codebook) Modality(code string) string {
	p := b.lex.Procedure(code)
	if p == nil || len(p.Modality) == 0 {
		return ""
	}
	return b.lex.Concept(p.Modality[0][0]).Name
}

// groups writes an axis of a code the same way however its row is ordered.
func (b *Codebook) groups(groups []lexicon.Group) string {
	var all []string
	for _, g := range groups {
		var names []string
		for _, c := range g {
			names = append(names, b.lex.Concept(c).Name)
		}
		slices.Sort(names)
		all = append(all, strings.Join(names, "|"))
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}
