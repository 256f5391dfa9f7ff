package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// review is one claim that is being compared.
type review struct {
	*Auditor
	pair   *Pair
	result *coding.Result
	trace  *coding.Trace
	out    Case

	billedLines []coding.Line // the claim's, as its checks gave them back; empty without checks
}

func newReview(a *Auditor, p *Pair, result *coding.Result, trace *coding.Trace) *review {
	r := &review{Auditor: a, pair: p, result: result, trace: trace}
	r.out = Case{
		ID: p.Claim.ID, Coder: p.Claim.Coder, Facility: cmp.Or(p.Claim.Facility, p.Report.Meta.Facility), DateOfService: p.Report.Meta.DateOfService,
		Differences: []Difference{}, Flags: []string{}, Edits: []Edit{}, Coded: []CodedEntry{},
	}
	for _, l := range p.Claim.Lines {
		r.out.Coded = append(r.out.Coded, CodedEntry{systemCPT, l.Name(), l.Units})
	}
	for _, dx := range p.Claim.Dx {
		r.out.Coded = append(r.out.Coded, CodedEntry{System: systemICD, Name: dx})
	}
	for _, f := range result.Flags {
		r.flag(f.ID)
	}
	r.check()
	return r
}

func (r *review) flag(id string) {
	if !slices.Contains(r.out.Flags, id) {
		r.out.Flags = append(r.out.Flags, id)
	}
}

// add records a difference and decides whether we stand by it.
func (r *review) add(d Difference) {
	same := func(x Difference) bool {
		return x.Type == d.Type && x.System == d.System && x.Line == d.Line && x.Coded == d.Coded && x.Supported == d.Supported
	}
	if slices.ContainsFunc(r.out.Differences, same) {
		return // two halves of one line for both sides
	}
	d.Basis = cmp.Or(d.Basis, Reading)
	d.Direction = cmp.Or(d.Direction, NoEffect)
	if d.Words == nil {
		d.Words = []Quote{}
	}
	d.Doubt = r.doubt(&d)
	d.Finding = d.Doubt == ""
	r.out.Differences = append(r.out.Differences, d)
}

// finish sorts: findings first, then by type, line and codes.
func (r *review) finish() Case {
	slices.SortStableFunc(r.out.Differences, func(a, b Difference) int {
		return cmp.Or(boolRank(a.Finding)-boolRank(b.Finding), typeRank(a.Type)-typeRank(b.Type), strings.Compare(a.System, b.System), a.Line-b.Line,
			strings.Compare(a.Coded, b.Coded), strings.Compare(a.Supported, b.Supported))
	})
	r.out.Agreement.Claim = whole(len(r.out.Differences) == 0)
	if r.redactor != nil {
		r.redact(r.redactor)
	}
	return r.out
}

func boolRank(first bool) int {
	if first {
		return 0
	}
	return 1
}

func whole(ok bool) Share {
	if ok {
		return Share{1, 1}
	}
	return Share{0, 1}
}

// Limits of what is quoted for one difference.
const (
	maxQuotes     = 4
	maxQuoteBytes = 160
)

// quotes are the words at places of the report, each once.
func (r *review) quotes(lists ...[]coding.Evidence) []Quote {
	var out []Quote
	for _, list := range lists {
		for _, e := range list {
			q, ok := r.quote(e)
			if ok && len(out) < maxQuotes && !slices.Contains(out, q) {
				out = append(out, q)
			}
		}
	}
	return out
}

func (r *review) quote(e coding.Evidence) (Quote, bool) {
	words := quoted(&r.pair.Report, e.Section, e.Start, e.End)
	return Quote{e.Start, e.End, e.Section, words}, words != ""
}

// quoted are the words of a report at a place, on one line; "" where there is no such place.
func quoted(report *nlp.Report, section string, start, end int) string {
	text := report.Text
	if section == "title" {
		text = report.Exam
	}
	if start < 0 || end > len(text) || start >= end {
		return ""
	}
	return strings.Join(strings.Fields(strings.ToValidUTF8(text[start:min(end, start+maxQuoteBytes)], "")), " ")
}

// spans are places in the text that a trace names.
func (r *review) spans(spans []nlp.Span) []Quote {
	var list []coding.Evidence
	for _, s := range spans {
		list = append(list, coding.Evidence{Start: s.Start, End: s.End, Section: "text"})
	}
	return r.quotes(list)
}
