package coding

import (
	"context"
	"strings"

	"github.com/radcode/radcode/index"
)

// releaseOn returns the imported release of a date of service; nil without one.
func (e *Engine) releaseOn(date string) *index.Release {
	if e.options.Release == nil {
		return nil
	}
	return e.options.Release(date)
}

// inForce holds diagnoses against the release of the date of service: each gets
// its official title and a code that is billable on the day. Where the lexicon's
// code is not, the nearest one that says the same takes its place; without one the
// diagnosis is left out, and a rule tells. Without a release our own table of younger codes gives what stood for
// them before.
func (e *Engine) inForce(s *study, problems []problem) []problem {
	r := e.releaseOn(s.date)
	if r == nil {
		for i := range problems {
			problems[i].coded.Code = e.lex.CodeOn(problems[i].coded.Code, s.date)
		}
		return problems
	}
	var out []problem
	newest := e.releaseOn("")
	for _, p := range problems {
		c, ok := billableOn(r, p.coded.Code)
		if !ok && newest != nil {
			c, ok = indexedAs(newest, r, p.coded.Code)
		}
		if !ok {
			s.notInForce = append(s.notInForce, p)
			continue
		}
		p.coded.Code, p.coded.Title = c.ID, c.Title
		out = append(out, p)
	}
	return out
}

// billableOn returns the billable code of a release that a code stands for: the
// code itself; when it has become a header, its code for what is not specified
// further; when the release is older, the code that was split into it later.
func billableOn(r *index.Release, code string) (index.ReleaseCode, bool) {
	c, ok := r.Code(code)
	if !ok {
		c, ok = nearest(r, code)
		return c, ok && c.Billable
	}
	for !c.Billable {
		below, one := unspecified(r.Children(c.ID))
		if !one {
			return c, false
		}
		c = below
	}
	return c, true
}

// indexedAs finds what a code of the newest release was in another one: the
// billable code to which the same entries of the alphabetic index lead there. Entries
// that lead to several give none.
func indexedAs(newest, r *index.Release, code string) (index.ReleaseCode, bool) {
	var found index.ReleaseCode
	for _, entry := range newest.IndexPaths(code) {
		if found.ID != "" && !gives(entry, code) {
			break // entries of the code itself come first, and have answered
		}
		for _, e := range entriesAs(r, entry) {
			c, ok := r.Code(e.Code)
			switch {
			case !ok || !c.Billable || c.ID == found.ID:
			case found.ID != "":
				return index.ReleaseCode{}, false
			default:
				found = c
			}
		}
	}
	return found, found.ID != ""
}

// entriesAs finds an entry in another release, or the one above it that was there:
// "Pain > flank > right" is younger than "Pain > flank". A main term alone says too
// little.
func entriesAs(r *index.Release, entry index.Term) []index.Term {
	for n := len(entry.Path); n > 1; n-- {
		entry.Path = entry.Path[:n]
		if same := r.Same(entry); same != nil {
			return same
		}
	}
	return nil
}

// gives asks whether an entry gives just this code.
func gives(entry index.Term, code string) bool {
	a, _ := index.Undotted(entry.Code)
	b, _ := index.Undotted(code)
	return a == b
}

// nearest returns the longest beginning of a code that the release holds.
func nearest(r *index.Release, code string) (index.ReleaseCode, bool) {
	id, _ := index.Undotted(code)
	for n := len(id) - 1; n >= 3; n-- {
		if c, ok := r.Code(strings.TrimRight(id[:n], "X")); ok {
			return c, true
		}
	}
	return index.ReleaseCode{}, false
}

// unspecified picks the one code that says no more than the code above. Seventh
// characters say more.
func unspecified(below []index.ReleaseCode) (index.ReleaseCode, bool) {
	var found []index.ReleaseCode
	for _, c := range below {
		title := strings.ToLower(c.Title)
		if strings.Contains(title, "unspecified") && len(c.ID) < len("S52.501A") {
			found = append(found, c)
		}
	}
	if len(found) != 1 {
		return index.ReleaseCode{}, false
	}
	return found[0], true
}

// ReleaseRetriever lets imported releases propose codes: those billable on the
// date of service, by titles, inclusion terms and the alphabetic index. Release is
// that of Options.
func ReleaseRetriever(release func(date string) *index.Release) Retriever {
	return releaseRetriever{release}
}

type releaseRetriever struct {
	release func(date string) *index.Release
}

func (r releaseRetriever) Retrieve(ctx context.Context, phrase, date string) ([]Retrieved, error) {
	release := r.release(date)
	if release == nil {
		return nil, nil
	}
	hits, err := release.Search(ctx, index.Query{Text: phrase, All: true, Limit: maxProposals})
	if err != nil {
		return nil, err
	}
	out := make([]Retrieved, len(hits))
	for i, h := range hits {
		out[i] = Retrieved{h.Code.ID, h.Code.Title, h.Code.Terms}
	}
	return out, nil
}

// Follow returns the billable code to which the alphabetic index leads when its entry
// explains every word and has none besides.
func (r releaseRetriever) Follow(phrase, date string) (code, title string, ok bool) {
	release := r.release(date)
	if release == nil {
		return "", "", false
	}
	found := release.Walk(phrase, 1)
	if len(found) == 0 || !found[0].Exact || !found[0].Code.Billable {
		return "", "", false
	}
	return found[0].Code.ID, found[0].Code.Title, true
}

// releaseCodeset names a release in a result.
func releaseCodeset(m index.Manifest) Codeset {
	return Codeset{System: m.System, Release: m.Release, From: m.From, To: m.To, SHA256: m.SHA256}
}

// notInForceRule tells of diagnoses without a code on the date of service.
var notInForceRule = Rule{
	ID: "dx_not_in_force", Doc: "a diagnosis has no billable code on the date of service and is left out", Source: "ICD-10-CM release of the date of service", Severity: SeverityWarning,
	Check: func(e *Engine, s *study) []Finding {
		var out []Finding
		for _, p := range s.notInForce {
			out = append(out, Finding{
				Message:  p.coded.Code + " (" + p.coded.Title + ") is not billable on " + s.date + " and is left out",
				Evidence: []Evidence{e.evidence(s.doc, p.mention)},
			})
		}
		return out
	},
}
