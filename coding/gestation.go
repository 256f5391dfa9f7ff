package coding

import (
	"strconv"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// firstTrimesterWeeks is where the obstetric ultrasound codes change: before 14
// weeks 0 days (CPT obstetric ultrasound guidelines).
const firstTrimesterWeeks = 14

// readGestation adds the trimester to an obstetric ultrasound from the weeks
// stated: codes differ before and after 14 weeks.
func (e *Engine) readGestation(d *nlp.Document, f *Facts) {
	pregnancy := e.lex.Lookup(lexicon.Region, "pregnancy")
	obstetric := false
	for _, r := range f.Of(lexicon.Region) {
		obstetric = obstetric || e.lex.Is(r, pregnancy)
	}
	if obstetric {
		e.readFollowup(d, f)
	}
	first, later := e.lex.Lookup(lexicon.Technique, "first_trimester"), e.lex.Lookup(lexicon.Technique, "second_third_trimester")
	if !obstetric || f.Has(first) || f.Has(later) {
		return
	}
	weeks, at, ok := e.gestation(d)
	if !ok {
		return
	}
	if weeks < firstTrimesterWeeks {
		f.add(lexicon.Technique, first, at)
	} else {
		f.add(lexicon.Technique, later, at)
	}
}

// gestation returns the largest number of completed weeks stated: measurements
// of one fetus differ by days, a due date or history is never longer.
func (e *Engine) gestation(d *nlp.Document) (weeks int, at Evidence, ok bool) {
	for i := 0; i+1 < len(d.Tokens); i++ {
		if w := d.Words(i + 1); d.Tokens[i].Kind != nlp.Number || w != "weeks" && w != "week" && w != "wks" && w != "wk" && w != "w" {
			continue
		}
		n, err := strconv.Atoi(d.Tokens[i].Of(d.Text))
		if err != nil || n < 4 || n > 43 || n <= weeks {
			continue
		}
		weeks, ok = n, true
		span := nlp.Span{Start: d.Tokens[i].Start, End: d.Tokens[i+1].End}
		at = Evidence{span.Start, span.End, string(d.Sections[d.SectionAt(span.Start)].Kind), ""}
	}
	return weeks, at, ok
}

// readFollowup marks an obstetric study done to follow growth.
func (e *Engine) readFollowup(d *nlp.Document, f *Facts) {
	followup := e.lex.Lookup(lexicon.Extent, "followup")
	for i := range d.Sentences {
		s := &d.Sentences[i]
		if d.Sections[s.Section].Kind != nlp.SectionIndication || f.Has(followup) {
			continue
		}
		for k := s.First; k < s.Last; k++ {
			if w := d.Words(k); w == "followup" || w == "growth" || w == "follow" {
				t := d.Tokens[k]
				f.add(lexicon.Extent, followup, Evidence{t.Start, t.End, string(nlp.SectionIndication), ""})
				break
			}
		}
	}
}
