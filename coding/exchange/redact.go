package exchange

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"regexp"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Redactor takes out of records and results what identifies people, after the
// Safe Harbor method (45 CFR 164.514(b)(2)): names, all of a date but the year, ages over 89,
// numbers, addresses. Ids become pseudonyms: the same id under the same key is the same pseudonym. It is safe for
// concurrent use.
type Redactor struct {
	text *nlp.Redactor
	key  []byte
}

// NewRedactor returns a Redactor whose pseudonyms nobody without the key can
// make or trace.
func NewRedactor(lex *lexicon.Lexicon, key []byte) *Redactor {
	return &Redactor{nlp.NewRedactor(lex), slices.Clone(key)}
}

// Pseudonym stands for an id; "" stays "".
func (r *Redactor) Pseudonym(id string) string {
	if id == "" {
		return ""
	}
	mac := hmac.New(sha256.New, r.key)
	mac.Write([]byte(id)) // a hash does not fail
	return "p-" + hex.EncodeToString(mac.Sum(nil))[:16]
}

// Redact returns the record and its result without identifiers. Codes, confidences and
// flags stay as they are, and so do offsets: text is masked byte for byte. Arguments are not changed.
func (r *Redactor) Redact(rec Record, res coding.Result) (Record, coding.Result) {
	known := r.known(&rec)
	out := r.Record(rec)
	res.ID = r.Pseudonym(res.ID)
	res.Exams = slices.Clone(res.Exams)
	for i := range res.Exams {
		res.Exams[i].Title = r.text.Mask(res.Exams[i].Title, known...)
	}
	res.Flags = slices.Clone(res.Flags)
	for i := range res.Flags {
		res.Flags[i].Message = r.text.Mask(res.Flags[i].Message, known...)
	}
	return out, res
}

// Record returns the record without identifiers. What the message held beside the text and
// no output needs is left out.
func (r *Redactor) Record(rec Record) Record {
	known := r.known(&rec)
	rec.ID, rec.Group = r.Pseudonym(rec.ID), r.Pseudonym(rec.Group)
	rec.Exam, rec.Text = r.text.Mask(rec.Exam, known...), r.text.Mask(rec.Text, known...)
	m := &rec.Meta
	m.Ordered = r.text.Mask(m.Ordered, known...)
	m.Patient, m.Referring, m.Facility = r.Pseudonym(m.Patient), r.Pseudonym(m.Referring), ""
	m.DateOfService, m.TimeOfService, m.PriorAuth = yearOf(m.DateOfService), "", ""
	m.PriorStudies = r.masked(m.PriorStudies, known)
	if m.Age != nil && *m.Age > oldestTold {
		m.Age = nil
	}
	rec.Identifiers, rec.Extra = nil, nil
	rec.Notes = r.masked(rec.Notes, known)
	return rec
}

// Mask returns a text about a record, such as a message, without the identifiers of the record and what else names people.
func (r *Redactor) Mask(rec Record, text string) string {
	return r.text.Mask(text, r.known(&rec)...)
}

// oldestTold is the last age that Safe Harbor lets be told.
const oldestTold = 89

func (r *Redactor) masked(list, known []string) []string {
	var out []string
	for _, s := range list {
		out = append(out, r.text.Mask(s, known...))
	}
	return out
}

// known are the values of a record that identify somebody.
func (r *Redactor) known(rec *Record) []string {
	out := append(slices.Clone(rec.Identifiers), rec.ID, rec.Meta.Patient, rec.Meta.Referring, rec.Meta.PriorAuth)
	return slices.DeleteFunc(out, func(s string) bool { return strings.TrimSpace(s) == "" || ordinaryID.MatchString(s) })
}

// ordinaryID is an id that is no number of a patient: the name of a file, such as
// "ct-abdomen". Its words may stand in any report.
var ordinaryID = regexp.MustCompile(`^[a-z]+(?:[-_ ][a-z]+)*$`)

// yearOf keeps the year of a date.
func yearOf(date string) string {
	if len(date) < len("2006") {
		return ""
	}
	return date[:len("2006")]
}
