package nlp

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/radcode/radcode/lexicon"
)

// IdentifierKind says what of a person a stretch of text tells.
type IdentifierKind string

// Kinds of identifiers, after the list of the Safe Harbor method (45 CFR
// 164.514(b)(2)).
const (
	PersonName IdentifierKind = "name"
	DayOrMonth IdentifierKind = "date" // all of a date but the year
	HighAge    IdentifierKind = "age"  // over 89
	RecordID   IdentifierKind = "id"   // record, accession, account, licence and device numbers
	Contact    IdentifierKind = "contact"
	Address    IdentifierKind = "address"
	KnownValue IdentifierKind = "known" // a value that came beside the text
)

// Identifier is a stretch of text that tells who somebody is.
type Identifier struct {
	Span
	Kind IdentifierKind
}

// Redactor finds and masks what identifies people in the text of a report. It is
// immutable and safe for concurrent use.
type Redactor struct {
	medical func() map[string]bool
}

// NewRedactor returns a Redactor that takes no word of the lexicon's terms for a
// name, unless a title, a label or a first name beside it says that it is one.
func NewRedactor(lex *lexicon.Lexicon) *Redactor {
	return &Redactor{sync.OnceValue(func() map[string]bool { return medicalWords(lex) })}
}

func medicalWords(lex *lexicon.Lexicon) map[string]bool {
	words := map[string]bool{}
	add := func(text string) {
		for _, t := range Scan(text) {
			words[strings.ToLower(t.Of(text))] = true
		}
	}
	for _, list := range [][]lexicon.Term{lex.Terms, lex.Qualifiers, lex.Appearances} {
		for _, t := range list {
			add(t.Text)
		}
	}
	for _, t := range lex.DiagnosisTerms {
		add(t.Text)
	}
	for _, t := range lex.Headings {
		add(t.Text)
	}
	for _, t := range lex.Cues {
		add(t.Text)
	}
	for _, w := range lexicon.ListedWords() {
		add(w)
	}
	return words
}

// Find returns the identifiers of a text in order, none overlapping another. Known
// are values that are identifiers wherever they stand: the patient's name and number, who referred and who
// read. Any bytes are a text.
func (r *Redactor) Find(text string, known ...string) []Identifier {
	var out []Identifier
	for _, rule := range redactRules() {
		for _, at := range rule.pattern.FindAllStringSubmatchIndex(text, -1) {
			for _, span := range rule.spans(r, text, at) {
				out = append(out, Identifier{span, rule.kind})
			}
		}
	}
	var names []string
	for _, x := range out {
		if x.Kind == PersonName {
			names = append(names, x.Of(text))
		}
	}
	for _, s := range r.again(text, known, names) {
		out = append(out, Identifier{s, KnownValue})
	}
	return merged(out)
}

// merged joins overlapping identifiers; the first kind stays.
func merged(all []Identifier) []Identifier {
	slices.SortStableFunc(all, func(a, b Identifier) int { return a.Start - b.Start })
	var out []Identifier
	for _, x := range all {
		if n := len(out); n > 0 && x.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, x.End)
			continue
		}
		out = append(out, x)
	}
	return out
}

// maskByte stands for every byte of a letter or digit that is masked.
const maskByte = '*'

// Mask returns the text with every letter and digit of its identifiers replaced
// by stars, byte for byte: what is left stands where it stood, so that offsets keep
// pointing at the same words.
func (r *Redactor) Mask(text string, known ...string) string {
	return Mask(text, r.Find(text, known...))
}

// Mask masks what was found in a text.
func Mask(text string, found []Identifier) string {
	b := []byte(text)
	for _, x := range found {
		for i, c := range text[x.Start:x.End] {
			if unicode.IsLetter(c) || unicode.IsMark(c) || unicode.IsDigit(c) {
				for k := range utf8.RuneLen(c) {
					b[x.Start+i+k] = maskByte
				}
			}
		}
	}
	return string(b)
}
