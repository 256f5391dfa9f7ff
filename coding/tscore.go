package coding

import (
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// WHO: a T-score of -2.5 or less is osteoporosis, one between -1.0 and -2.5 is
// osteopenia (low bone mass). ISCD 2019: the lowest of lumbar spine, total hip, femoral
// neck and distal third of the radius counts, in postmenopausal women and men from 50 on;
// Ward's triangle and the trochanter never do.
const (
	osteoporosisFrom = -2.5
	osteopeniaFrom   = -1.0
	minTScoreAge     = 50
	maxTScore        = 9.0
)

// tScoreSites are the body parts whose T-score is a diagnosis.
var tScoreSites = []string{"lumbar_spine", "spine", "hip", "femur", "femoral_neck", "forearm", "radius", "wrist"}

// tScoreOthers are named beside those and do not count.
var tScoreOthers = lexicon.WordList("t_score_other")

// maxTScoreGap is how many tokens may stand between the name and its number.
const maxTScoreGap = 14

// readTScores reads the numbers behind "T-score": one, several with their sites,
// or the column of a table.
func (r *assessmentReader) readTScores(n nameAt) {
	sentence := r.sentenceAt(n.first)
	if sentence < 0 {
		return
	}
	end := min(r.d.Sentences[sentence].Last, len(r.d.Tokens))
	from, at, found := r.d.Sentences[sentence].First, n.last, false
	for at < end && at < n.last+maxTScoreGap {
		value, last, ok := r.tScoreAt(at)
		if !ok {
			if w := r.d.Words(at); w == ";" || w == "z" {
				break
			}
			at++
			continue
		}
		if found && r.regionIn(sentence, from, at) == 0 {
			return // a Z-score, a density
		}
		r.addTScore(n, value, sentence, from, at, last)
		found, from, at = true, last, last
		n.last = last
	}
	if !found {
		r.readTScoreTable(n, sentence)
	}
}

// tScoreAt reads a signed number, or one with decimals: -2.5, "minus 2.5".
func (r *assessmentReader) tScoreAt(i int) (value float64, last int, ok bool) {
	t := r.d.Tokens
	sign, signed := 1.0, false
	switch r.d.Words(i) {
	case "-", "minus":
		sign, signed = -1, true
		i++
	case "+", "plus":
		signed = true
		i++
	}
	if i >= len(t) || t[i].Kind != nlp.Number || r.isMeasure(i+1) || i+1 < len(t) && (r.d.Words(i+1) == "g" || r.d.Words(i+1) == "/") {
		return 0, 0, false
	}
	w := t[i].Of(r.d.Text)
	if !signed && strings.HasSuffix(r.d.Text[:t[i].Start], "−") || strings.HasSuffix(r.d.Text[:t[i].Start], "–") {
		sign, signed = -1, true // the scanner takes the typographic minus for a space
	}
	v, err := strconv.ParseFloat(w, 64)
	if err != nil || v > maxTScore || !signed && !strings.Contains(w, ".") {
		return 0, 0, false
	}
	return sign * v, i + 1, true
}

// regionIn is the last body part that a sentence names in tokens [from,to).
func (r *assessmentReader) regionIn(sentence, from, to int) lexicon.ConceptID {
	m := r.regionMention(sentence, from, to)
	if m == nil {
		return 0
	}
	return m.Concept
}

func (r *assessmentReader) regionMention(sentence, from, to int) *nlp.Mention {
	near := r.d.InSentence(sentence)
	for i := len(near) - 1; i >= 0; i-- {
		if m := &near[i]; m.Axis == lexicon.Region && m.Problem == nil && m.First >= from && m.Last <= to && r.e.isTScoreSite(m.Concept) {
			return m
		}
	}
	return nil
}

// addTScore files a T-score with the site named in tokens [from,at), else the
// next one behind it.
func (r *assessmentReader) addTScore(n nameAt, value float64, sentence, from, at, last int) {
	for k := from; k < at; k++ {
		if tScoreOthers[r.d.Words(k)] {
			return
		}
	}
	m := r.regionMention(sentence, from, at)
	if m == nil {
		m = r.regionMention(sentence, last, min(last+maxSiteGap, r.d.Sentences[sentence].Last))
	}
	a := assessed{tScore: value, section: r.d.Sentences[sentence].Section, sentence: sentence, first: n.first, last: last}
	a.System, a.Category = tScoreSystem, strconv.FormatFloat(value, 'f', 1, 64)
	if m != nil {
		a.site = r.tScoreSite(m.Concept)
		a.Site = r.lex.Concept(a.site).Name
		a.Side = m.Side.String()
	}
	kind := r.d.Sections[a.section].Kind
	a.impression = kind == nlp.SectionImpression
	a.Prior = priorSections[kind] || r.isEarlier(n.first, last, sentence)
	first := min(n.first, at)
	if n.last > n.first+2 && at > n.last-1 {
		first = at
	}
	span := spanOf(r.d, first, last)
	a.Evidence = []Evidence{{span.Start, span.End, string(kind), n.Source.String()}}
	r.out = append(r.out, a)
	r.next = max(r.next, last)
}

// tScoreSite takes "L1 to L4" for the lumbar spine.
func (r *assessmentReader) tScoreSite(site lexicon.ConceptID) lexicon.ConceptID {
	if spine := r.lex.Lookup(lexicon.Region, "lumbar_spine"); r.lex.Is(site, spine) {
		return spine
	}
	return site
}

// tableColumns are the numbers that may stand before the T-score in a row.
var tableColumns = lexicon.WordList("t_score_column")

// maxTableRows is how many lines of a table are read.
const maxTableRows = 12

// readTScoreTable reads the rows under a head line such as "Region BMD T-score
// Z-score": of each row that names a body part the number in the column.
func (r *assessmentReader) readTScoreTable(n nameAt, sentence int) {
	column := 0
	for k := n.first - 1; k >= 0 && !r.d.Tokens[k+1].Newline; k-- {
		if tableColumns[r.d.Words(k)] {
			column++
		}
	}
	lines := 0
	for i := n.last; i < len(r.d.Tokens) && lines < maxTableRows; {
		if r.d.Tokens[i].Blank {
			return
		}
		if !r.d.Tokens[i].Newline {
			i++
			continue
		}
		end := i + 1
		for end < len(r.d.Tokens) && !r.d.Tokens[end].Newline {
			end++
		}
		r.readTableRow(n, i, end, column)
		i = end
		lines++
	}
}

// readTableRow files the number in a column of the line [first,last).
func (r *assessmentReader) readTableRow(n nameAt, first, last, column int) {
	sentence := r.sentenceAt(first)
	if sentence < 0 || r.regionIn(sentence, first, last) == 0 {
		return
	}
	for k := first; k < last; k++ {
		value, end, ok := r.tableNumber(k)
		if !ok {
			continue
		}
		if column == 0 {
			row := n
			row.first, row.last = k, k
			r.addTScore(row, value, sentence, first, k, end)
			return
		}
		column--
		k = end - 1
	}
}

// tableNumber reads a number of a row; a range of vertebrae is none.
func (r *assessmentReader) tableNumber(k int) (float64, int, bool) {
	if t := r.d.Tokens[k]; t.Kind == nlp.Punct && k > 0 && r.d.Tokens[k-1].End == t.Start {
		return 0, 0, false
	}
	return r.tScoreAt(k)
}

// lowestTScore is the lowest current T-score of a site that counts, nil when there is
// none.
func (e *Engine) lowestTScore(s *study) *assessed {
	var lowest *assessed
	for i := range s.assessments {
		a := &s.assessments[i]
		if a.System == tScoreSystem && !a.Prior && e.tScoreCounts(a) && (lowest == nil || a.tScore < lowest.tScore) {
			lowest = a
		}
	}
	return lowest
}

func (e *Engine) tScoreCounts(a *assessed) bool { return a.site == 0 || e.isTScoreSite(a.site) }

func (e *Engine) isTScoreSite(id lexicon.ConceptID) bool {
	return slices.ContainsFunc(tScoreSites, func(site string) bool {
		return e.lex.Is(id, e.lex.Lookup(lexicon.Region, site))
	})
}

// boneDensity says which diagnosis a T-score is, "" for normal bone.
func boneDensity(t float64) string {
	switch {
	case t <= osteoporosisFrom:
		return "osteoporosis"
	case t < osteopeniaFrom:
		return "osteopenia"
	}
	return ""
}

// isAdult reports whether T-scores mean anything for the patient: before
// menopause and in men under 50 Z-scores are read.
func (s *study) isAdult() bool {
	age := s.doc.Report.Meta.Age
	return (age == nil || *age >= minTScoreAge) && !s.says(premenopausal)
}

var premenopausal = phrasesOf(lexicon.Phrases("premenopausal"))
