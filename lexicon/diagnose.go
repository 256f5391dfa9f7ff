package lexicon

import "strings"

// Finding is what a report says about one diagnosis concept, ready to become a
// code. Empty fields mean the report is silent.
type Finding struct {
	Concept   string
	Site      ConceptID
	With      []ConceptID // qualifiers stated
	Side      string      // right, left, bilateral
	Encounter string      // initial, subsequent, sequela, ...
}

// Coded is the outcome of Diagnose.
type Coded struct {
	Row   *Diagnosis
	Code  string // with the dot; "" for a variant, which is never coded
	Title string
	Sited bool // the site chose the code
	Side  bool // the code has a side slot
	Open  bool // a side was wanted and the report states none
	Split bool // both sides were stated and the code knows one at a time: code right and left
}

// Diagnose picks the most specific row of the concept that the finding
// supports and fills its slots. ok is false when the concept is unknown or no
// row applies (a slot without an unspecified value met silence in every row).
//
// Specificity: the closest site first, then the number of qualifiers, then
// file order. A row never applies on a site or qualifier that is not stated.
func (l *Lexicon) Diagnose(f Finding) (Coded, bool) {
	best, bestScore := Coded{}, -1
	for _, n := range l.byDiagnosis[f.Concept] {
		d := &l.Diagnoses[n]
		score, ok := l.applies(d, f)
		if !ok || score <= bestScore {
			continue
		}
		c, ok := l.render(d, f)
		if ok {
			best, bestScore = c, score
		}
	}
	return best, bestScore >= 0
}

// maxSiteDepth bounds the hierarchy's height; it only has to outweigh it.
const maxSiteDepth = 32

func (l *Lexicon) applies(d *Diagnosis, f Finding) (score int, ok bool) {
	if d.Site != 0 {
		dist := l.Distance(f.Site, d.Site)
		if f.Site == 0 || dist < 0 {
			return 0, false
		}
		score = (maxSiteDepth - dist) * 100
	}
	for _, w := range d.With {
		if !l.stated(f.With, w) {
			return 0, false
		}
		score++
	}
	return score, true
}

func (l *Lexicon) stated(have []ConceptID, want ConceptID) bool {
	for _, h := range have {
		if l.Is(h, want) {
			return true
		}
	}
	return false
}

func (l *Lexicon) render(d *Diagnosis, f Finding) (Coded, bool) {
	c := Coded{Row: d, Sited: d.Site != 0}
	var code strings.Builder
	for _, p := range d.Pattern.parts {
		if p.slot == nil {
			code.WriteString(p.literal)
			continue
		}
		chars, found := l.fill(p.slot, f)
		if !found {
			return c, false
		}
		c.Sited = c.Sited || p.slot.Dimension == "site" && f.Site != 0
		if p.slot.Dimension == "side" {
			c.Side = true
			c.Open = f.Side == "" || f.Side == "unspecified"
			c.Split = f.Side == "bilateral" && !p.slot.has(f.Side)
		}
		code.WriteString(chars)
	}
	c.Code = code.String()
	side := ""
	if c.Side && !c.Open {
		side = f.Side + " "
	}
	c.Title = strings.Join(strings.Fields(strings.ReplaceAll(d.Title, "{side}", side)), " ")
	return c, true
}

func (s *Slot) has(value string) bool {
	for _, v := range s.Values {
		if v.Value == value {
			return true
		}
	}
	return false
}

// fill returns the characters of a slot; the closest concept wins for sites
// and qualifiers, unspecified is the answer to silence.
func (l *Lexicon) fill(s *Slot, f Finding) (string, bool) {
	best, dist := "", -1
	for _, v := range s.Values {
		switch {
		case v.Value == "unspecified":
			if dist < 0 {
				best, dist = v.Chars, maxSiteDepth
			}
		case s.Dimension == "side" && v.Value == f.Side, s.Dimension == "encounter" && v.Value == f.Encounter:
			return v.Chars, true
		case s.Dimension == "site":
			if d := l.Distance(f.Site, v.Concept); f.Site != 0 && d >= 0 && (dist < 0 || d < dist) {
				best, dist = v.Chars, d
			}
		case s.Dimension == "qualifier":
			for _, w := range f.With {
				if d := l.Distance(w, v.Concept); d >= 0 && (dist < 0 || d < dist) {
					best, dist = v.Chars, d
				}
			}
		}
	}
	return best, dist >= 0
}
