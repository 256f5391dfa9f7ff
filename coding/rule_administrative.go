package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
)

const guide000 = "coding guide 000, documentation checklist"

// administrativeRules ask for what a claim needs besides the medicine.
var administrativeRules = []Rule{
	{
		ID: "missing_demographics", Doc: "the report names no patient, age or sex", Source: guide000, Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			m := s.doc.Report.Meta
			return when(m.Patient == "" && m.Age == nil && m.Sex == "" && !s.says(demographicWords) && !s.isDeidentified())
		},
	},
	{
		ID: "deidentified", Doc: "the report is de-identified: who the patient is cannot be checked", Source: guide000, Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding { return when(s.isDeidentified()) },
	},
	{
		ID: "missing_payer", Doc: "no payer is named", Source: guide000, Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			return when(s.doc.Report.Meta.Payer == "" && !s.says(payerWords))
		},
	},
	{
		ID: "missing_referring", Doc: "no ordering or referring provider is named (CARC 16 denial)", Source: guide000, Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding {
			return when(s.doc.Report.Meta.Referring == "" && !s.says(referringWords))
		},
	},
	{
		ID: "missing_study_date", Doc: "the report has no date of service", Source: guide000, Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding { return when(s.dateDefaulted) },
	},
	{
		// It stands wherever missing_study_date does (requirement R4): that one asks for
		// the date, this one tells which code sets answered without it.
		ID: "codeset_date_defaulted", Doc: "without a date of service the code sets in force today were used", Source: "radcode design, 6", Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding { return when(s.dateDefaulted) },
	},
	{
		ID: "missing_study_time", Doc: "the report has no time of service", Source: guide000, Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			return when(s.doc.Report.Meta.TimeOfService == "" && !hasClockTime(s.doc))
		},
	},
	{
		ID: "missing_location", Doc: "no facility or place of service is named", Source: guide000, Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding {
			m := s.doc.Report.Meta
			return when(m.Facility == "" && m.PlaceOfService == "" && !s.says(locationWords))
		},
	},
	{
		ID: "missing_dictation_stamp", Doc: "the report has no dictation or transcription stamp", Source: guide000, Severity: SeverityInfo,
		Check: func(e *Engine, s *study) []Finding { return when(!s.says(dictationWords)) },
	},
	{
		ID: "missing_signature", Doc: "the report is not signed", Source: guide000, Severity: SeverityWarning,
		Check: func(e *Engine, s *study) []Finding {
			signed := s.doc.Report.Meta.Signed
			return when(signed == nil && !s.says(signatureWords) || signed != nil && !*signed)
		},
	},
	{
		ID: "preliminary_report", Doc: "the report is preliminary: only a final report can be billed", Source: guide000, Severity: SeverityError,
		Check: func(e *Engine, s *study) []Finding {
			if s.says(supersedingWords) {
				return nil
			}
			return s.preliminary()
		},
	},
}

var (
	demographicWords = phrasesOf(lexicon.Phrases("demographic"))
	payerWords       = phrasesOf(lexicon.Phrases("payer"))
	referringWords   = phrasesOf(lexicon.Phrases("referring"))
	locationWords    = phrasesOf(lexicon.Phrases("location"))
	dictationWords   = phrasesOf(lexicon.Phrases("dictation"))
	signatureWords   = phrasesOf(lexicon.Phrases("signature"))
	supersedingWords = phrasesOf(lexicon.Phrases("superseding"))
	preliminaryWords = phrasesOf(lexicon.Phrases("preliminary"))
)

// deidentifiedMarks are what de-identification leaves behind, as whole words in
// lower case. A longer rule than ___ is a place to sign or a word that the typist
// did not hear.
var deidentifiedMarks = lexicon.Phrases("deidentified")

func (s *study) isDeidentified() bool {
	return slices.ContainsFunc(deidentifiedMarks, s.holdsMark)
}

// holdsMark looks for a mark that nothing like it runs into.
func (s *study) holdsMark(mark string) bool {
	lower := s.lowerText()
	for at := 0; ; {
		k := strings.Index(lower[at:], mark)
		if k < 0 {
			return false
		}
		start := at + k
		end := start + len(mark)
		if !runsOver(lower, start) && !runsOver(lower, end) {
			return true
		}
		at = end
	}
}

// runsOver reports whether the bytes on both sides of an offset are of one word
// or of one rule.
func runsOver(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return false
	}
	a, b := text[at-1], text[at]
	return isWordByte(a) && isWordByte(b) || a == '_' && b == '_'
}

func isWordByte(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c >= '0' && c <= '9' }

// preliminary returns a finding for the first place where the report says that
// it is preliminary, and not that it is none.
func (s *study) preliminary() []Finding {
	for _, p := range preliminaryWords {
		for i := s.next(0, p); i >= 0; i = s.next(i+1, p) {
			if !s.denied(i) {
				return []Finding{{Evidence: []Evidence{s.quote(i, p)}}}
			}
		}
	}
	return nil
}

// denied reports whether what begins at token i is said not to be: "not a
// preliminary report", "no longer a preliminary report".
func (s *study) denied(i int) bool {
	for i--; i >= 0 && deniedBetween[s.doc.Words(i)]; i-- {
		continue
	}
	return i >= 0 && deniedBy[s.doc.Words(i)]
}

var (
	deniedBy      = lexicon.WordList("denied_by")
	deniedBetween = lexicon.WordList("denied_between")
)
