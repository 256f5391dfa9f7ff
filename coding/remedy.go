package coding

import (
	"context"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Remedy is a wording that settles a flag, where it belongs, and what the report
// would be coded with then. Only wordings that were tried on the report are given.
type Remedy struct {
	Flag    string   `json:"flag"`
	If      string   `json:"if"`      // the case in which the wording is true
	Section string   `json:"section"` // where it belongs: a section, title, start or end
	At      int      `json:"at"`      // byte offset in the text or, for section title, in the exam name
	Insert  string   `json:"insert"`  // what is put there: the wording with all that sets it off
	Wording string   `json:"wording"` // <angle brackets> are for the author to fill; Insert holds an example then
	Lines   []string `json:"lines"`   // service lines that change, as they would be: 74177-26; all of them where a choice changes none
}

// Apply puts the wording into a report. The report must be the one that the remedy
// was given for.
func (r *Remedy) Apply(report nlp.Report) nlp.Report {
	at := &report.Text
	if r.Section == "title" {
		at = &report.Exam
	}
	*at = (*at)[:r.At] + r.Insert + (*at)[r.At:]
	return report
}

// Remedies codes a report as Code does and returns what would settle its flags,
// in their order. Every wording is tried on the report: it is left out when the
// flag stands on, or when the engine reads something else in it than it says. That takes
// one more coding for each. The texts come from the lexicon's table of remedies.
func (e *Engine) Remedies(ctx context.Context, report nlp.Report) (Result, []Remedy, error) {
	if err := ctx.Err(); err != nil {
		return Result{}, nil, err
	}
	s := e.study(report, nil)
	var out []Remedy
	tried := map[string]bool{}
	for _, flag := range s.result.Flags {
		if tried[flag.ID] {
			continue
		}
		tried[flag.ID] = true
		for _, row := range e.lex.RemediesOf(flag.ID) {
			if row.Place == lexicon.NoRemedy {
				continue
			}
			if err := ctx.Err(); err != nil {
				return Result{}, nil, err
			}
			if r, ok := e.remedy(s, &row); ok {
				out = append(out, r)
			}
		}
	}
	return s.result, out, nil
}

// remedy tries one wording.
func (e *Engine) remedy(s *study, row *lexicon.Remedy) (Remedy, bool) {
	r := e.place(s, row)
	r.Flag, r.If, r.Wording = row.Flag, row.If, row.Wording
	then := e.study(r.Apply(s.doc.Report), nil)
	if standing(then.flags, row.Flag) >= standing(s.flags, row.Flag) || !then.states(row) {
		return Remedy{}, false
	}
	before, after := serviceLines(s.result.Claim), serviceLines(then.result.Claim)
	r.Lines = slices.DeleteFunc(slices.Clone(after), func(l string) bool { return slices.Contains(before, l) })
	if len(r.Lines) == 0 && row.Axis != "" {
		r.Lines = after
	}
	return r, true
}

func standing(flags []Flag, id string) int {
	n := 0
	for _, f := range flags {
		if f.ID == id {
			n++
		}
	}
	return n
}

// states reports whether an exam says what the wording is to say.
func (s *study) states(row *lexicon.Remedy) bool {
	return row.Axis == "" || slices.ContainsFunc(s.exams, func(dr draft) bool {
		f := &dr.facts
		switch row.Axis {
		case "contrast":
			return f.Contrast == row.Value
		case "laterality":
			return f.Side.String() == row.Value
		default:
			return f.Views.String() == row.Value
		}
	})
}

// serviceLines writes lines with their modifiers joined by hyphens.
func serviceLines(c Claim) []string {
	out := []string{}
	for _, l := range c.Lines {
		out = append(out, strings.Join(append([]string{l.Code}, l.Modifiers...), "-"))
	}
	return out
}

// place finds where a wording belongs.
func (e *Engine) place(s *study, row *lexicon.Remedy) Remedy {
	text, words := s.doc.Text, row.Try()
	switch row.Place {
	case lexicon.PlaceExam:
		return s.behindName(words)
	case lexicon.PlaceStart:
		return Remedy{Section: row.Place, Insert: words + "\n"}
	case lexicon.PlaceEnd:
		return Remedy{Section: row.Place, At: len(text), Insert: "\n" + words + "\n"}
	}
	kind := nlp.SectionKind(row.Place)
	if row.Place == lexicon.PlaceConfirmation {
		kind = nlp.SectionAddendum
	}
	return s.intoSection(kind, words)
}

// behindName puts words behind the name of the exam; where the report has none, into a new one.
func (s *study) behindName(words string) Remedy {
	if name := s.doc.Report.Exam; strings.TrimSpace(name) != "" {
		return Remedy{Section: "title", At: len(strings.TrimRight(name, " .\t\r\n")), Insert: " " + words}
	}
	if len(s.exams) > 0 && s.exams[0].isName() {
		x := s.exams[0].segment
		return Remedy{Section: x.section, At: x.offset + len(strings.TrimRight(x.text, " .\t\r\n")), Insert: " " + words}
	}
	return Remedy{Section: string(nlp.SectionExam), Insert: "EXAM: " + words + "\n\n"}
}

// intoSection puts a sentence at the end of a section. A section that is missing
// is made: what leads to the interpretation before it, the rest at the end.
func (s *study) intoSection(kind nlp.SectionKind, words string) Remedy {
	text, r := s.doc.Text, Remedy{Section: string(kind)}
	for _, sec := range slices.Backward(s.doc.Sections) {
		if sec.Kind != kind || sec.Heading.Len() == 0 {
			continue
		}
		body := strings.TrimRight(sec.Body.Of(text), " \t\r\n")
		r.At, r.Insert = sec.Body.Start+len(body), " "+words
		if body != "" && !strings.HasSuffix(body, ".") {
			r.Insert = "." + r.Insert
		}
		return r
	}
	heading := strings.ToUpper(string(kind)) + ": " + words + "\n\n"
	r.At, r.Insert = len(text), "\n\n"+heading
	if kind != nlp.SectionTechnique && kind != nlp.SectionIndication {
		return r
	}
	for _, sec := range s.doc.Sections {
		if sec.Heading.Len() > 0 && (sec.Kind == nlp.SectionFindings || sec.Kind == nlp.SectionImpression) {
			r.At, r.Insert = sec.Heading.Start, heading
			break
		}
	}
	return r
}

// confirmed reports whether an addendum holds the very words that settle a flag.
func (e *Engine) confirmed(s *study, flag string) bool {
	for _, row := range e.lex.RemediesOf(flag) {
		if row.Place == lexicon.PlaceConfirmation && s.says([]phrase{phraseOf(strings.TrimRight(lowerASCII(row.Wording), "."))}) {
			return true
		}
	}
	return false
}
