package coding

import (
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
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

// deidentifiedMarks are what de-identification leaves behind.
var deidentifiedMarks = []string{"XXXX", "[**", "mm/dd/yy", "MM/DD/YY", "____", "[REDACTED]", "[NAME]", "[DATE]", "<PHI>"}

func (s *study) isDeidentified() bool {
	for _, m := range deidentifiedMarks {
		if strings.Contains(s.doc.Text, m) {
			return true
		}
	}
	return false
}

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

// hasClockTime looks for 14:35 or 2:35 pm.
func hasClockTime(d *nlp.Document) bool {
	for i := 0; i+2 < len(d.Tokens); i++ {
		a, c, b := d.Tokens[i], d.Tokens[i+1], d.Tokens[i+2]
		if a.Kind == nlp.Number && b.Kind == nlp.Number && c.Of(d.Text) == ":" && a.Len() <= 2 && b.Len() == 2 && a.End == c.Start && c.End == b.Start {
			return true
		}
	}
	return false
}
