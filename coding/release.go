package coding

import (
	"context"

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
	for _, p := range problems {
		c, ok := e.codeOn(r, p.coded.Code)
		if !ok {
			s.notInForce = append(s.notInForce, p)
			continue
		}
		p.coded.Code, p.coded.Title = c.ID, c.Title
		out = append(out, p)
	}
	return out
}

// ReleaseRetriever lets imported releases propose codes: those billable on the
// date of service, by titles, inclusion terms and the alphabetic tables. Release is
// that of Options; words, which may be nil, say what clinicians' words are called there.
func ReleaseRetriever(release func(date string) *index.Release, words *index.Thesaurus) Retriever {
	return releaseRetriever{release, words}
}

type releaseRetriever struct {
	release func(date string) *index.Release
	words   *index.Thesaurus
}

func (r releaseRetriever) Retrieve(ctx context.Context, phrase, date string) ([]Retrieved, error) {
	release := r.release(date)
	if release == nil {
		return nil, nil
	}
	return proposals(release.Search(ctx, index.Query{Text: phrase, All: true, Limit: maxProposals}))
}

// Follow returns the billable code to which the alphabetic tables lead when an entry
// explains every word, has none besides, and no other entry does.
func (r releaseRetriever) Follow(phrase string, context []string, date string) (code, title string, ok bool) {
	release := r.release(date)
	if release == nil {
		return "", "", false
	}
	found := release.Walk(index.Phrase{Text: phrase, Words: r.words, Context: context}, 1)
	if len(found) == 0 || !found[0].Exact || !found[0].Code.Billable {
		return "", "", false
	}
	return found[0].Code.ID, found[0].Code.Title, true
}

// CodesetOf names an imported release as results do; the checksum is that of the data radcode keeps.
func CodesetOf(m index.Manifest) Codeset {
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
