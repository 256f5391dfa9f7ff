package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// clinicalWords make of a follow-up without a modality a visit.
var clinicalWords = lexicon.WordList("clinical_followup")

// imagingWords make a study of a follow-up without a modality and without a time.
var imagingWords = lexicon.WordList("imaging_followup")

// maxGuided is how many tokens may stand between a modality and the biopsy it
// guides: "ultrasound-guided core biopsy".
const maxGuided = 4

// targets finds what is advised in tokens [from,to), in order: studies by their
// modality, biopsies, screening; else a follow-up without any of them.
func (c *clause) targets(from, to int) []target {
	var out []target
	for _, m := range c.d.InSentence(c.sentence) {
		if m.Axis != lexicon.Modality || m.Layer != nlp.PictureLayer || m.Problem != nil || m.First < from || m.Last > to || m.Assertion.Negated || c.isDone(m.First, m.Last) {
			continue
		}
		if n := len(out); n > 0 && m.First-out[n-1].last <= 1 && !separates(c.d, out[n-1].last, m.First) {
			out[n-1].last = max(out[n-1].last, m.Last) // PET/CT
			continue
		}
		out = append(out, target{action: lexicon.ActionImaging, modality: m.Concept, first: m.First, last: m.Last})
	}
	out = c.withBiopsies(out, from, to)
	out = c.withScreening(out, from, to)
	if len(out) == 0 {
		out = c.genericTarget(from, to)
	}
	return out
}

// separates reports a comma or conjunction between two studies.
func separates(d *nlp.Document, from, to int) bool {
	return from < to && d.Words(from) != "/"
}

// withBiopsies adds the biopsies, together with what guides them.
func (c *clause) withBiopsies(out []target, from, to int) []target {
	for _, q := range c.cues {
		if q.role != lexicon.FollowupBiopsy || q.first < from || q.last > to || c.isDone(q.first, q.last) {
			continue
		}
		i := slices.IndexFunc(out, func(t target) bool {
			return t.last <= q.last && q.first-t.last <= maxGuided && c.guided(t.last, q.first)
		})
		if i >= 0 {
			out[i].action, out[i].last = lexicon.ActionBiopsy, max(out[i].last, q.last)
			continue
		}
		out = append(out, target{action: lexicon.ActionBiopsy, first: q.first, last: q.last})
	}
	slices.SortFunc(out, func(a, b target) int { return a.first - b.first })
	return out
}

// guided reports whether only the words of a guided biopsy stand between the
// tokens.
func (c *clause) guided(from, to int) bool {
	for k := from; k < to; k++ {
		if w := c.d.Words(k); w == "and" || w == "or" || w == "," || w == "followed" {
			return false
		}
	}
	return true
}

// withScreening marks studies as screening, or adds one without a modality.
func (c *clause) withScreening(out []target, from, to int) []target {
	for _, q := range c.cues {
		if q.role != lexicon.FollowupScreening || q.first < min(from, c.first) || q.last > to {
			continue
		}
		i := slices.IndexFunc(out, func(t target) bool { return t.first < q.last+maxGuided && q.first < t.last+maxGuided })
		switch {
		case i >= 0 && out[i].action == lexicon.ActionImaging:
			out[i].action = lexicon.ActionScreening
			out[i].first, out[i].last = min(out[i].first, q.first), max(out[i].last, q.last)
		case i < 0 && q.first >= from && len(out) == 0:
			out = append(out, target{action: lexicon.ActionScreening, first: q.first, last: q.last})
		}
	}
	return out
}

// genericTarget finds a follow-up that names no modality: views, imaging, or
// with a time any study; a visit to a doctor is none.
func (c *clause) genericTarget(from, to int) []target {
	for k := c.first; k < c.last; k++ {
		if clinicalWords[c.d.Words(k)] {
			return nil
		}
	}
	if len(c.s.exams) == 0 {
		return nil // nothing was imaged that could be imaged again
	}
	for _, q := range c.cues {
		if q.role != lexicon.FollowupGeneric || q.last > to || q.first < c.first || c.isDone(q.first, q.last) {
			continue
		}
		if q.first < from && len(c.intervals) == 0 {
			continue
		}
		if len(c.intervals) > 0 || imagingWords[c.d.Words(q.last-1)] {
			return []target{{action: lexicon.ActionImaging, generic: true, first: q.first, last: q.last}}
		}
	}
	return nil
}

// Gaps within which words say that a study was done.
const (
	maxEarlierGap  = 3
	maxReportedGap = 5
)

// isDone reports whether the study at tokens [first,last) is an earlier one:
// "prior CT", "CT of the chest performed yesterday".
func (c *clause) isDone(first, last int) bool {
	for _, q := range c.cues {
		switch {
		case q.role == lexicon.FollowupEarlier && q.last <= first && first-q.last < maxEarlierGap && c.unbroken(q.last, first):
			return true
		case q.role == lexicon.FollowupReported && q.first >= last && q.first-last < maxReportedGap && c.unbroken(last, q.first) && !c.advises(q.first):
			return true
		}
	}
	return false
}

// unbroken reports whether no mark and no advice stands between the tokens.
func (c *clause) unbroken(from, to int) bool {
	for k := from; k < to; k++ {
		if c.d.Tokens[k].Kind == nlp.Punct && c.d.Words(k) != "-" && c.d.Words(k) != "/" || c.advises(k) || c.d.Words(k) == "for" {
			return false
		}
	}
	return true
}

// advises reports whether a token is part of advice.
func (c *clause) advises(token int) bool {
	return slices.ContainsFunc(c.cues, func(q cueAt) bool {
		return (q.role == lexicon.FollowupActive || q.role == lexicon.FollowupPassive) && q.first <= token && token < q.last
	})
}

// maxRegionGap is how many tokens may stand between a study and the body part it
// is of: "scan of the".
const maxRegionGap = 4

// regions are the body parts that are named with a target.
func (c *clause) regions(t *target) []lexicon.ConceptID {
	var out []lexicon.ConceptID
	end := t.last
	for _, m := range c.d.InSentence(c.sentence) {
		if m.Axis != lexicon.Region || m.Problem != nil || m.Layer != nlp.ExamLayer || m.First < t.from || m.Last > t.to {
			continue
		}
		before := m.Last <= t.first && t.first-m.Last <= 1
		within := m.First < t.last && m.Last > t.first
		after := m.First >= end && m.First-end <= maxRegionGap && c.sameStudy(end, m.First)
		if (before || within || after) && !slices.Contains(out, m.Concept) {
			out = append(out, m.Concept)
			end = max(end, m.Last)
		}
	}
	return out
}

// sameStudy reports whether the words between a study and a body part do not
// begin another thought: "CT for evaluation of the liver".
func (c *clause) sameStudy(from, to int) bool {
	for k := from; k < to; k++ {
		if w := c.d.Words(k); w == "for" || w == "to" || w == "given" || w == "in" && k == from && k+1 < to && c.d.Tokens[k+1].Kind == nlp.Number {
			return false
		}
	}
	return true
}

// side is what the clause says, when the body part has sides.
func (c *clause) side(t *target, regions []lexicon.ConceptID) nlp.Side {
	for k := t.from; k < t.to; k++ {
		if side := sideWords[c.d.Words(k)]; side != nlp.Unstated {
			return side
		}
	}
	for _, m := range c.d.InSentence(c.sentence) {
		if m.Problem != nil && m.Side != nlp.Unstated && len(regions) == 0 {
			return m.Side
		}
	}
	return nlp.Unstated
}

// nameAxes are the axes on which the words of advice name a study.
var nameAxes = map[lexicon.Axis]bool{
	lexicon.Modality: true, lexicon.Region: true, lexicon.Contrast: true, lexicon.Technique: true, lexicon.View: true, lexicon.Intent: true,
}

// name puts the words that name the study together as an exam name.
func (c *clause) name(t *target, regions []lexicon.ConceptID) string {
	var words []string
	next, end := c.first, t.last
	for _, m := range c.d.InSentence(c.sentence) {
		if m.Problem != nil || m.Layer == nlp.QualifierLayer || !nameAxes[m.Axis] || m.First < t.from || m.Last > t.to || m.First < next {
			continue
		}
		if m.Axis == lexicon.Region && !slices.Contains(regions, m.Concept) || t.first-m.Last >= maxRegionGap {
			continue
		}
		if m.First >= t.last && (m.First-end > maxRegionGap || !c.sameStudy(end, m.First)) {
			break
		}
		words = append(words, m.Of(c.d.Text))
		next, end = m.Last, max(end, m.Last)
	}
	if t.action == lexicon.ActionScreening {
		words = append([]string{"screening"}, words...)
	}
	return strings.Join(words, " ")
}
