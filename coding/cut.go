package coding

import (
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// splitTitle cuts "CT head without contrast, CT facial bones and MRA neck" into
// its exams: at the last delimiter before an anchor (a word that names a
// modality, or a count of views) that follows another anchor with a body part of its own.
func (e *Engine) splitTitle(s segment) []segment { return e.split(s, e.readSegment(s)) }

// split does the same for a segment that was read already.
func (e *Engine) split(s segment, d *nlp.Document) []segment {
	anchors := e.anchors(d)
	var cuts []int // byte offsets
	last := -1
	for _, a := range anchors {
		if last >= 0 && e.regionBetween(d, last, a.First) && e.regionAfter(d, a.First, anchors) && !e.refinesModality(d, a) {
			if at, ok := delimiterBefore(d, last, a.First); ok {
				cuts = append(cuts, at)
			} else if endsExam(d, a.First-1) {
				cuts = append(cuts, d.Tokens[a.First].Start)
			}
		}
		last = a.First
	}
	if len(cuts) == 0 {
		cuts = e.cutsAtItems(d)
	}
	if len(cuts) == 0 {
		cuts = e.cutsBetweenCounts(d)
	}
	if len(cuts) == 0 {
		cuts = e.cutsBeforeFilms(d)
	}
	var out []segment
	start := 0
	for _, c := range append(cuts, len(s.text)) {
		if part := s.text[start:c]; strings.TrimSpace(part) != "" {
			out = append(out, segment{part, s.offset + start, s.section})
		}
		start = c
	}
	return out
}

// endsExam reports whether a token ends what is said of an exam: its contrast or
// its views. Names run together where line ends were lost.
func endsExam(d *nlp.Document, i int) bool {
	if viewWords[d.Words(i)] {
		return true
	}
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Contrast && m.Last == i+1 && m.Len() > 3 {
			return true
		}
	}
	return false
}

// cutsBeforeFilms cuts "MRI both knees; chest PA and lateral" at the semicolon: views
// are of a film, so what follows is not of the modality named before. "Ribs; w/ PA chest" goes on, and so does "abdomen; abdomen
// supine and erect".
func (e *Engine) cutsBeforeFilms(d *nlp.Document) []int {
	var cuts []int
	first := 0
	for i := range d.Tokens {
		if d.Words(i) != ";" || !e.regionBetween(d, first, i) || i+1 < len(d.Tokens) && withWords[d.Words(i+1)] {
			continue
		}
		end := i + 1
		for end < len(d.Tokens) && d.Words(end) != ";" {
			end++
		}
		if e.regionBetween(d, i, end) && namesViews(d, i, end) && !namesViews(d, first, i) && !sameRegion(d, first, i, end) {
			cuts = append(cuts, d.Tokens[i].Start)
			first = i
		}
	}
	return cuts
}

// namesViews reports whether a view is named between two tokens.
func namesViews(d *nlp.Document, first, last int) bool {
	return slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool {
		return m.Problem == nil && m.Axis == lexicon.View && first <= m.First && m.Last <= last
	})
}

// sameRegion reports whether a body part is named on both sides of token i.
func sameRegion(d *nlp.Document, first, i, last int) bool {
	return slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool {
		return m.Axis == lexicon.Region && first <= m.First && m.Last <= i && slices.ContainsFunc(d.Mentions, func(o nlp.Mention) bool {
			return o.Concept == m.Concept && i <= o.First && o.Last <= last
		})
	})
}

// cutsAtItems cuts a numbered or bulleted list ("1. Chest, 2 views", "2. Left
// wrist, 3 views") before each item that names a body part. Lines alone are no items: long
// names are wrapped.
func (e *Engine) cutsAtItems(d *nlp.Document) []int {
	var cuts []int
	first := 0
	for i := 1; i+2 < len(d.Tokens); i++ {
		if !d.Tokens[i].Newline || !isListMark(d, i) || !e.regionBetween(d, first, i) || !e.regionBetween(d, i, len(d.Tokens)) {
			continue
		}
		cuts = append(cuts, d.Tokens[i].Start)
		first = i
	}
	return cuts
}

// isListMark reports whether "2.", "2)", "-" or "*" stands at token i.
func isListMark(d *nlp.Document, i int) bool {
	w := d.Words(i)
	next := d.Words(i + 1)
	return w == "-" || w == "*" || w == "•" || d.Tokens[i].Kind == nlp.Number && d.Tokens[i].Len() <= 2 && (next == "." || next == ")")
}

// cutsBetweenCounts cuts "right knee 4 views; left knee 2 views": at a delimiter
// between two counts of views with a body part on either side.
func (e *Engine) cutsBetweenCounts(d *nlp.Document) []int {
	var cuts []int
	first, prev := 0, -1 // where the current part begins, and its count of views
	for i := range d.Tokens {
		if _, from, ok := viewsAt(d, first, i); ok {
			if prev >= 0 {
				for k := from - 1; k > prev; k-- {
					if titleDelimiters[d.Words(k)] && e.regionBetween(d, first, k) && e.regionBetween(d, k, len(d.Tokens)) {
						cuts = append(cuts, d.Tokens[k].End)
						first = k + 1
						break
					}
				}
			}
			prev = i
		}
	}
	return cuts
}

// anchors are the mentions of a title at which an exam may begin: words that
// name a modality. Charge-master words that merely imply one ("uptake", "scan") are
// none, or every nuclear study would fall apart.
func (e *Engine) anchors(d *nlp.Document) []nlp.Mention {
	spoken := e.reader.ReadPhrase(strings.ToUpper(d.Text)) // capitals, so that "Mri" is an abbreviation
	if len(spoken.Text) != len(d.Text) {
		return nil // a letter whose capital has another length: offsets would not fit
	}
	var out []nlp.Mention
	for _, m := range spoken.Mentions {
		if m.Axis != lexicon.Modality || m.Layer != nlp.PictureLayer {
			continue
		}
		for i, t := range d.Tokens {
			if t.Start == m.Start && (len(out) == 0 || out[len(out)-1].First != i) {
				m.First = i
				out = append(out, m)
			}
		}
	}
	return out
}

func (e *Engine) regionBetween(d *nlp.Document, first, last int) bool {
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Region && m.First >= first && m.First < last {
			return true
		}
	}
	return false
}

// regionAfter asks for a body part between an anchor and the next one.
func (e *Engine) regionAfter(d *nlp.Document, first int, anchors []nlp.Mention) bool {
	end := len(d.Tokens)
	for _, a := range anchors {
		if a.First > first {
			end = a.First
			break
		}
	}
	return e.regionBetween(d, first, end)
}

// refinesModality reports whether a modality word only says how the ultrasound
// before it was done: "ultrasound left leg, duplex".
func (e *Engine) refinesModality(d *nlp.Document, m nlp.Mention) bool {
	for _, o := range d.Mentions {
		if o.First != m.First || o.Axis != lexicon.Technique {
			continue
		}
		if name := e.lex.Concept(o.Concept).Name; name == "duplex" || name == "doppler" {
			return true
		}
	}
	return false
}

var titleDelimiters = lexicon.WordList("title_delimiters")

// delimiterBefore finds the last delimiter between two anchors. The slash of "w/o" and
// "w/ca test" is none; and a contrast state after the delimiter belongs to the exam before it,
// which then ends where the next anchor begins. Behind a dash the department names the exam of the price list again.
func delimiterBefore(d *nlp.Document, first, last int) (int, bool) {
	if last > 0 && d.Words(last-1) == "-" {
		return 0, false
	}
	end := -1
	for i := last; i > first; i-- {
		if i < last && inContrast(d, i) {
			end = d.Tokens[last].Start
			continue
		}
		if i < last && titleDelimiters[d.Words(i)] && !inBound(d, i) && !(d.Words(i) == "/" && bareWith[d.Words(i-1)]) {
			return max(end, d.Tokens[i].End), true
		}
		if i < last && isDash(d, i) {
			return 0, false
		}
		if d.Tokens[i].Newline {
			return d.Tokens[i].Start, true
		}
	}
	return 0, false
}

// isDash finds the dash between what the price list and what the department call
// one exam ("US abdomen, limited - US liver"): a cut before it would take the first name apart.
func isDash(d *nlp.Document, i int) bool {
	return i > 0 && i+1 < len(d.Tokens) && d.Words(i) == "-" && d.Tokens[i-1].End < d.Tokens[i].Start && d.Tokens[i].End < d.Tokens[i+1].Start
}

// inBound tells the slash of ">/= 14" and the plus of "14+" from delimiters.
func inBound(d *nlp.Document, i int) bool {
	if d.Words(i) == "+" && i > 0 && d.Tokens[i-1].Kind == nlp.Number {
		return true
	}
	for _, k := range []int{i - 1, i + 1} {
		if k >= 0 && k < len(d.Tokens) && boundSigns[d.Words(k)] {
			return true
		}
	}
	return false
}

var boundSigns = map[string]bool{"<": true, ">": true, "=": true}

func inContrast(d *nlp.Document, token int) bool {
	for _, m := range d.Mentions {
		if m.Axis == lexicon.Contrast && m.First <= token && token < m.Last {
			return true
		}
	}
	return false
}
