package lexicon

import (
	"slices"
	"strings"
)

// A Remedy is a wording that would settle a flag: what is true in the case it is
// for, and where it belongs. Wordings in <angle brackets> are for the author to
// fill; Example is one way.
type Remedy struct {
	Flag    string
	If      string // the case, as the second half of "if ..."; for NoRemedy why nothing settles the flag
	Place   string // one of Places
	Wording string
	Axis    string // contrast, laterality or views when the wording states one of them
	Value   string // of the axis
	Example string // Wording with its brackets filled, "" where it has none
	Source  Source
}

// Places of a wording besides the sections: behind the exam name; at the beginning or the end of
// the report; an addendum whose very words settle the flag; or none.
const (
	PlaceExam         = "exam"
	PlaceStart        = "start"
	PlaceEnd          = "end"
	PlaceConfirmation = "confirmation"
	NoRemedy          = "none"
)

// sectionPlaces are the sections to whose end a wording can be put; one that is missing is made.
var sectionPlaces = []string{"addendum", "findings", "impression", "indication", "technique"}

var remedyColumns = []string{"flag", "if", "place", "wording", "axis", "value", "example"}

func remedies(t table) []Remedy {
	out := make([]Remedy, 0, len(t.rows))
	for _, r := range t.rows {
		c := r.cells
		out = append(out, Remedy{c[0], c[1], c[2], c[3], c[4], c[5], c[6], r.src})
	}
	return out
}

// Try is the wording as it can be put into a report: the example where the
// wording leaves something open.
func (r *Remedy) Try() string {
	if r.Example != "" {
		return r.Example
	}
	return r.Wording
}

// RemediesOf returns the rows of a flag in the order of the file.
func (l *Lexicon) RemediesOf(flag string) []Remedy {
	at, _ := slices.BinarySearchFunc(l.Remedies, flag, func(r Remedy, f string) int { return strings.Compare(r.Flag, f) })
	end := at
	for end < len(l.Remedies) && l.Remedies[end].Flag == flag {
		end++
	}
	return l.Remedies[at:end]
}

func lintRemedies(l *Lexicon) []Problem {
	places := append([]string{PlaceExam, PlaceStart, PlaceEnd, PlaceConfirmation, NoRemedy}, sectionPlaces...)
	axes := []string{"", "contrast", "laterality", "views"}
	var out []Problem
	for _, r := range l.Remedies {
		open := strings.Contains(r.Wording, "<")
		for _, fault := range []struct {
			wrong bool
			what  string
		}{
			{r.If == "", "says not in which case"},
			{!slices.Contains(places, r.Place), "unknown place " + r.Place},
			{(r.Place == NoRemedy) != (r.Wording == ""), "a wording, or the place " + NoRemedy},
			{!slices.Contains(axes, r.Axis), "unknown axis " + r.Axis},
			{(r.Axis == "") != (r.Value == ""), "axis and value go together"},
			{open != (r.Example != ""), "an example goes with a wording in <brackets>, and only with one"},
		} {
			if fault.wrong {
				out = append(out, problemAt(r.Source, "%s: %s", r.Flag, fault.what))
			}
		}
	}
	return out
}
