package coding

import (
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// patient is what metadata and text say about age and sex.
type patient struct {
	age      float64 // years
	aged     bool
	ageAt    []Evidence
	sex      string // F or M, "" where it is not said, or said both ways
	sexAt    []Evidence
	otherAge float64 // in the text, where the metadata say another
	otherSex string
}

// patient reads the age and sex of the patient. The metadata go first; of the text only what is
// said of a person of some age ("54-year-old woman") or behind a label counts, since a report may speak of relatives.
func (s *study) patient() patient {
	text := s.toldPatient()
	m := &s.doc.Report.Meta
	p := text
	if m.Age != nil {
		p.age, p.aged = *m.Age, true
		if text.aged && (text.age > *m.Age+1.5 || text.age < *m.Age-1.5) {
			p.otherAge = text.age
		} else {
			p.otherAge = -1
		}
	} else {
		p.otherAge = -1
	}
	if m.Sex == "F" || m.Sex == "M" {
		p.sex = m.Sex
		if text.sex != "" && text.sex != m.Sex {
			p.otherSex = text.sex
		}
	}
	return p
}

// Words of ages and sexes.
var (
	femaleWords = lexicon.WordList("female")
	maleWords   = lexicon.WordList("male")
	oldWords    = lexicon.WordList("years_old")
	monthWords  = lexicon.WordList("months_old")
	sexLabels   = lexicon.WordList("sex_label")
)

// sexReach is how many tokens may stand between an age and the word for the
// person: "54 year old African American woman".
const sexReach = 4

// toldPatient reads the text: the first age and the sex beside it.
func (s *study) toldPatient() patient {
	var p patient
	d := s.doc
	for i := range d.Tokens {
		if d.Tokens[i].Kind == nlp.Number && !p.aged {
			if years, end, ok := ageAt(d, i); ok {
				p.age, p.aged = years, true
				p.ageAt = []Evidence{s.evidenceAt(i, end)}
				for k := end; k < len(d.Tokens) && k < end+sexReach && p.sex == ""; k++ {
					s.takeSex(&p, k)
				}
			}
		}
		if p.sex == "" && sexLabels[d.Words(i)] && i+2 < len(d.Tokens) && d.Words(i+1) == ":" {
			s.takeSex(&p, i+2)
		}
	}
	return p
}

func (s *study) takeSex(p *patient, k int) {
	switch w := s.doc.Words(k); {
	case femaleWords[w]:
		p.sex = "F"
	case maleWords[w]:
		p.sex = "M"
	default:
		return
	}
	p.sexAt = []Evidence{s.evidenceAt(k, k+1)}
}

func (s *study) evidenceAt(first, last int) Evidence {
	at := s.doc.Tokens[first].Start
	return Evidence{Start: at, End: s.doc.Tokens[last-1].End, Section: string(s.doc.Sections[s.doc.SectionAt(at)].Kind)}
}

// ageAt reads "54 year old", "54-year-old", "54 yo", "54 y/o", "7 month old" at a
// number, in years, and the token behind it.
func ageAt(d *nlp.Document, i int) (years float64, end int, ok bool) {
	n, err := strconv.ParseFloat(d.Words(i), 64)
	if err != nil || n > 130 {
		return 0, 0, false
	}
	var words []string
	for k := i + 1; k < len(d.Tokens) && k <= i+5; k++ {
		if w := d.Words(k); w != "-" {
			words = append(words, w)
		}
		switch said := strings.Join(words, " "); {
		case oldWords[said]:
			return n, k + 1, true
		case monthWords[said]:
			return n / 12, k + 1, n <= 48
		}
	}
	return 0, 0, false
}

// isMothers reports whether a diagnosis is for patients older than this one: "antenatal
// hydronephrosis in pregnancy" in the history of an infant.
func (e *Engine) isMothers(s *study, code string) bool {
	for _, l := range e.lex.PatientLimits {
		if l.Kind == "diagnosis" && l.From > 0 && strings.HasPrefix(code, l.What) {
			p := s.patient()
			return p.aged && p.age < float64(l.From)
		}
	}
	return false
}
