package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/nlp"
)

// diagnoses compares the diagnoses of the claim with ours. Houses differ in the
// policy that lists diagnoses: what one of the two policies supports is no
// difference.
func (r *review) diagnoses() {
	billed := r.pair.Claim.Dx
	if billed == nil {
		return
	}
	ours := r.result.Claims[r.policy].Dx
	either := slices.Clone(ours)
	for _, policy := range []coding.Policy{coding.Indication, coding.Official} {
		for _, dx := range r.result.Claims[policy].Dx {
			if !slices.ContainsFunc(either, func(x string) bool { return sameCode(x, dx) }) {
				either = append(either, dx)
			}
		}
	}
	open := func(list, other []string) []string {
		return slices.DeleteFunc(slices.Clone(list), func(x string) bool {
			return slices.ContainsFunc(other, func(y string) bool { return sameCode(x, y) })
		})
	}
	missed, extra := open(either, billed), open(billed, either)
	paired := assign(len(missed), len(extra), func(i, k int) float64 { return r.dxLikeness(missed[i], extra[k]) })
	agree := &r.out.Agreement.Diagnoses
	agree.Num += len(billed) - len(extra)
	agree.Den += len(billed) - len(extra)
	for i, k := range paired {
		switch {
		case k >= 0:
			agree.Den++
			r.otherDx(missed[i], extra[k], 1+slices.Index(billed, extra[k]))
		default:
			if _, both := r.known(missed[i]); both {
				agree.Den++
				r.missedDx(missed[i])
			}
		}
	}
	for k, dx := range extra {
		if !slices.Contains(paired, k) {
			r.extraDx(dx, 1+slices.Index(billed, dx))
		}
	}
	r.order()
}

func sameCode(a, b string) bool { return bare(a) == bare(b) }

func bare(code string) string { return strings.ReplaceAll(code, ".", "") }

// dxLikeness is the weight of a pair of different diagnoses.
func (r *review) dxLikeness(ours, billed string) float64 {
	rel, ok := r.book.Relate(systemICD, ours, billed)
	if !ok {
		return 0
	}
	rank := slices.IndexFunc(eval.Relations(), func(x eval.Relation) bool { return x.System == systemICD && x.Name == rel.Name })
	return 1000*rel.Credit + float64(100-rank)
}

// known is the engine's diagnosis with a code, and whether both policies bill it.
func (r *review) known(code string) (d coding.Diagnosis, both bool) {
	both = true
	for _, c := range r.result.Claims {
		both = both && slices.Contains(c.Dx, code)
	}
	for _, d := range r.result.Diagnoses {
		if d.Code == code {
			return d, both
		}
	}
	return coding.Diagnosis{}, both
}

func (r *review) ofDx(kind, ours, billed string, line int) Difference {
	d := Difference{Type: kind, System: systemICD, Line: line, Coded: billed, Supported: ours, Certified: r.engine.Certified(systemICD, ours)}
	if ours != "" {
		known, _ := r.known(ours)
		d.Confidence, d.Words = known.Confidence, r.quotes(known.Evidence)
	}
	return d
}

func (r *review) missedDx(code string) {
	d := r.ofDx(Missed, code, "", 0)
	d.Message = fmt.Sprintf("the report supports %s (%s), and it is not on the claim", code, r.titleOf(code))
	r.add(d)
}

func (r *review) titleOf(code string) string {
	known, _ := r.known(code)
	return cmp.Or(known.Title, r.Title(code), "no title")
}

// otherDx is a pair of related diagnoses.
func (r *review) otherDx(ours, billed string, line int) {
	rel, _ := r.book.Relate(systemICD, ours, billed)
	d := r.ofDx(r.dxType(rel.Name, ours, billed), ours, billed, line)
	d.Message = fmt.Sprintf("the report supports %s (%s), billed was %s (%s)", ours, r.titleOf(ours), billed, r.titleOf(billed))
	r.add(d)
}

// dxType says what two related diagnoses are to an auditor.
func (r *review) dxType(relation, ours, billed string) string {
	switch relation {
	case "side":
		if side, _, _ := r.book.Form(ours); side == "unspecified" || side == "" {
			return MoreSpecific
		}
		return Laterality
	case "encounter":
		return Encounter
	}
	a, b := core(ours), core(billed)
	switch {
	case unspecified(b, a) && !unspecified(a, b):
		return LessSpecific
	case unspecified(a, b) && !unspecified(b, a):
		return MoreSpecific
	}
	return Different
}

// core is a code without dot, seventh character and placeholders.
func core(code string) string {
	c := bare(code)
	return strings.TrimRight(c[:min(len(c), 6)], "X")
}

// unspecified reports whether a code says less than another one of its category: it is
// a beginning of the other, or ends in the 9 that stands for "unspecified" where the other says something.
func unspecified(a, b string) bool {
	if len(a) < len(b) && strings.HasPrefix(b, a) {
		return true
	}
	stem, nine := strings.CutSuffix(a, "9")
	return nine && len(stem) >= 3 && len(a) <= len(b) && strings.HasPrefix(b, stem) && a != b
}

// extraDx is a billed diagnosis that neither policy bills.
func (r *review) extraDx(code string, line int) {
	if _, _, known := r.book.Form(code); !known {
		r.out.NotJudged = append(r.out.NotJudged, code)
		return
	}
	r.out.Agreement.Diagnoses.Den++
	d := r.ofDx(Unsupported, "", code, line)
	d.Message = fmt.Sprintf("nothing in the report speaks of %s (%s)", code, r.titleOf(code))
	if spans, reason := r.named(code); len(spans) > 0 {
		d.Type, d.Words = Extra, r.spans(spans)
		d.Message = fmt.Sprintf("the report names %s (%s), and it is not to be coded: %s", code, r.titleOf(code), reason)
	}
	r.add(d)
}

// named finds mentions of a problem that are not on our claim, and says why not.
func (r *review) named(code string) (spans []nlp.Span, reason string) {
	for _, p := range r.trace.Problems {
		if !sameCode(p.Code, code) && eval.Category(p.Code) != eval.Category(code) {
			continue
		}
		spans = append(spans, p.Span)
		if reason == "" || p.Kept {
			reason = cmp.Or(reasons[p.Reason], "another diagnosis says it")
		}
	}
	return spans, reason
}

// reasons put the judgements of the engine (coding/judgement.go) into words; what is kept and
// still not billed is a part of another diagnosis.
var reasons = map[string]string{
	"variant": "a normal variant", "silent_section": "it stands where no diagnosis is stated", "negated": "it is denied or was not found",
	"family": "a relative has it", "hypothetical": "it was to be ruled out", "uncertain": "it is only possible", "alternative": "one of two possibilities",
	"advised": "it is still to come", "past_acute": "it is over", "past": "it is over",
}

// order compares what is first-listed. External causes (V00 to Y99) never are (ICD-10-CM
// guideline I.C.20.a.6).
func (r *review) order() {
	billed := r.pair.Claim.Dx
	i, o := r.result.Claims[coding.Indication].Dx, r.result.Claims[coding.Official].Dx
	if len(billed) == 0 || len(i) == 0 || len(o) == 0 {
		return
	}
	first := &r.out.Agreement.FirstDx
	first.Den++
	if sameCode(billed[0], i[0]) || sameCode(billed[0], o[0]) {
		first.Num++
		return
	}
	for _, ours := range []string{r.result.Claims[r.policy].Dx[0], i[0], o[0]} {
		at := slices.IndexFunc(billed, func(x string) bool { return sameCode(x, ours) })
		if at < 0 {
			continue // told as missed, or as a pair
		}
		d := r.ofDx(WrongOrder, ours, billed[0], 1)
		d.Message = fmt.Sprintf("%s (%s) comes first, on the claim it is number %d", ours, r.titleOf(ours), at+1)
		if billed[0] >= "V" && billed[0] < "Z" {
			d.Basis = Rule
			d.Message += fmt.Sprintf("; an external cause (%s) never does", billed[0])
		}
		r.add(d)
		return
	}
}
