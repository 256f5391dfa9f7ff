package coding

import (
	"slices"
	"sort"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// diagnose turns problem mentions into diagnoses and orders them under both
// policies.
func (e *Engine) diagnose(s *study) {
	kept := e.payersRisk(s, e.foundIn(s))
	s.first = map[Policy][]int{}
	for _, policy := range []Policy{Indication, Official} {
		s.first[policy] = e.payersOrder(s, kept, e.sequence(s.date, kept, policy))
	}
	s.setDiagnoses(e, kept)
	if e.options.OmitExternalCauses {
		s.omitExternal()
	}
}

// omitExternal takes causes of injuries off the claims. One that came first, for want of anything else, is not
// first-listed any more.
func (s *study) omitExternal() {
	for _, policy := range []Policy{Indication, Official} {
		was := s.first[policy]
		order := slices.DeleteFunc(slices.Clone(was), func(i int) bool { return s.diagnoses[i].Role == RoleExternal })
		s.first[policy] = order
		if len(was) == 0 || s.diagnoses[was[0]].Role != RoleExternal {
			continue
		}
		first := &s.diagnoses[was[0]]
		first.Primary = slices.DeleteFunc(first.Primary, func(p Policy) bool { return p == policy })
		if len(order) > 0 {
			s.diagnoses[order[0]].Primary = append(s.diagnoses[order[0]].Primary, policy)
		}
	}
}

// found is one code with all mentions that support it.
type found struct {
	coded     lexicon.Coded
	finding   lexicon.Finding
	role      Role
	sections  map[nlp.SectionKind]bool
	mentions  []nlp.Mention
	spans     []nlp.Span // of each mention with the words that gave its site and side
	reasons   []string
	order     int  // place of the first mention
	implied   bool // a category or a T-score means it
	retrieved bool // no mention of it stands in the lexicon's words

	features   []string // of the billing model
	confidence float64
	parts      []Feature // the weights that made it
}

// billable picks the kept mentions that a coder would bill: those of the
// indication, and of the impression; of the findings only when the report has no impression.
func (e *Engine) billable(s *study, problems []problem) []problem {
	hasImpression := false
	for _, sec := range s.doc.Sections {
		if sec.Kind == nlp.SectionImpression && strings.TrimSpace(sec.Body.Of(s.doc.Text)) != "" {
			hasImpression = true
		}
	}
	var out []problem
	for _, p := range problems {
		if !p.verdict.Keep {
			continue
		}
		if hasImpression && (p.verdict.Role == RoleFinding || p.verdict.Role == RoleIncidental) && p.section != nlp.SectionImpression && p.section != nlp.SectionAddendum {
			continue
		}
		out = append(out, p)
	}
	return out
}

func mergeCodes(problems []problem) []*found {
	var out []*found
	byCode := map[string]*found{}
	for i := range problems {
		p := &problems[i]
		f := byCode[p.coded.Code]
		if f == nil {
			f = &found{coded: p.coded, finding: p.finding, role: p.verdict.Role, sections: map[nlp.SectionKind]bool{}, retrieved: true, order: len(out)}
			byCode[p.coded.Code] = f
			out = append(out, f)
		}
		if roleRank[p.verdict.Role] < roleRank[f.role] {
			f.role = p.verdict.Role
		}
		f.implied = f.implied || p.implied
		f.retrieved = f.retrieved && p.retrieved
		f.sections[p.section] = true
		f.mentions = append(f.mentions, p.mention)
		f.spans = append(f.spans, widen(p.mention.Span, p.at))
		f.reasons = append(f.reasons, p.verdict.Reason)
	}
	return out
}

// maxWidened is how long, in bytes, evidence may grow by words around the
// problem; farther ones would quote half the sentence.
const maxWidened = 80

// widen returns the span from the first to the last of the words.
func widen(s nlp.Span, more []nlp.Span) nlp.Span {
	w := s
	for _, m := range more {
		w = nlp.Span{Start: min(w.Start, m.Start), End: max(w.End, m.End)}
	}
	if w.Len() > maxWidened {
		return s
	}
	return w
}

// roleRank orders roles: the smaller one wins when a code has several.
var roleRank = map[Role]int{
	RoleScreening: 0, RoleIndication: 1, RoleFinding: 2, RoleIncidental: 3, RoleHistory: 4, RoleExternal: 5,
}

// dropLessSpecific removes a code that another one says better: the same
// concept without its site or side.
func (e *Engine) dropLessSpecific(all []*found) []*found {
	var out []*found
	for _, a := range all {
		better := false
		for _, b := range all {
			if a != b && e.saysMore(b, a) {
				better = true
				if roleRank[a.role] < roleRank[b.role] {
					b.role = a.role
				}
				b.order = min(b.order, a.order)
			}
		}
		if !better {
			out = append(out, a)
		}
	}
	return out
}

// saysMore asks whether b is the same problem as a, said more precisely.
func (e *Engine) saysMore(b, a *found) bool {
	if a.finding.Concept != b.finding.Concept {
		return a.role != RoleIndication && e.lex.RelevanceOf(a.coded.Code).Generic && !e.lex.RelevanceOf(b.coded.Code).Generic && isDefinitive(b) && b.coded.Row.Kind != "finding" && e.samePlace(a, b)
	}
	sa, sb := a.finding.Site, b.finding.Site
	switch {
	case sa == sb && a.coded.Open && b.coded.Side && !b.coded.Open:
		return true
	case sa == 0 && sb != 0, sa != 0 && sa != sb && e.lex.Is(sb, sa):
		return a.coded.Code != b.coded.Code
	case sa == sb && len(b.finding.With) > len(a.finding.With) && len(b.coded.Row.With) > len(a.coded.Row.With):
		return true
	}
	return false
}

// samePlace reports whether two diagnoses are of one body part, or the generic
// one names none.
func (e *Engine) samePlace(generic, b *found) bool {
	g, s := generic.finding.Site, b.finding.Site
	return g == 0 || s != 0 && (e.lex.Is(s, g) || e.lex.Is(g, s))
}

// sequence returns the indices of all under a policy, the first-listed first.
// Codes that the policy does not list are left out.
func (e *Engine) sequence(date string, all []*found, policy Policy) []int {
	type entry struct {
		index, rank int
	}
	var entries []entry
	needed := mainReason(all)
	for i, f := range all {
		if e.isIntegral(all, f, policy) || f != needed && !e.onClaim(all, f, policy) {
			continue
		}
		entries = append(entries, entry{i, e.rankIn(all, f, policy)})
	}
	sort.SliceStable(entries, func(i, j int) bool {
		a, b := entries[i], entries[j]
		return a.rank < b.rank || a.rank == b.rank && all[a.index].order < all[b.index].order
	})
	out := make([]int, len(entries))
	for i, x := range entries {
		out[i] = x.index
	}
	if gone := e.excludedBy(date, all, out, policy); gone != nil {
		out = slices.DeleteFunc(out, func(i int) bool { return gone[i] })
	}
	e.causesFirst(date, all, out)
	return out
}

// mainReason is the diagnosis without which a claim would not say why the study was
// done: the reason that a coder would bill most probably, or, where the report states none, whatever is most probable
// (guideline IV.G: a first-listed diagnosis always exists).
func mainReason(all []*found) *found {
	var best *found
	for _, f := range all {
		if best == nil || tellsWhy(f.role) && !tellsWhy(best.role) || tellsWhy(f.role) == tellsWhy(best.role) && f.confidence > best.confidence {
			best = f
		}
	}
	return best
}

// tellsWhy counts what caused an injury among the reasons.
func tellsWhy(r Role) bool { return isReasonRole(r) || r == RoleExternal }

func isReasonRole(r Role) bool { return r == RoleIndication || r == RoleScreening }

// isIntegral reports whether a symptom belongs to a confirmed diagnosis of the
// report. When the indication comes first, only a disease that the indication
// itself names takes its symptoms along.
func (e *Engine) isIntegral(all []*found, symptom *found, policy Policy) bool {
	if symptom.coded.Row.Kind != "symptom" {
		return false
	}
	for _, f := range all {
		if f != symptom && isDefinitive(f) && (policy == Official || f.role == RoleIndication) {
			if _, integral := e.lex.Explains(f.coded.Code, symptom.coded.Code); integral {
				return true
			}
		}
	}
	return false
}

func isDefinitive(f *found) bool {
	switch f.coded.Row.Kind {
	case "disease", "injury", "neoplasm", "pregnancy", "finding":
		return true
	}
	return false
}

// rankIn places a diagnosis: the lower, the earlier.
func (e *Engine) rankIn(all []*found, f *found, policy Policy) int {
	switch {
	case f.role == RoleScreening:
		return 0
	case policy == Official && f.role == RoleFinding && e.explainsReason(all, f):
		if e.isAcute(all, f) { // of several answers the acute one was looked for
			return 1
		}
		return 2
	case f.role == RoleIndication:
		return 3
	case f.role == RoleFinding:
		return 4
	case f.role == RoleIncidental:
		return 5
	case f.role == RoleHistory:
		return 6
	}
	return 7
}

// isAcute tells an acute condition; an injury is one where the indication speaks
// of a trauma, else it may as well be wear.
func (e *Engine) isAcute(all []*found, f *found) bool {
	if f.coded.Row.Kind != "injury" {
		return e.relevance(f.finding, f.coded.Code).Acute
	}
	return slices.ContainsFunc(all, func(o *found) bool {
		return o.role == RoleIndication && o.coded.Row.Kind == "injury" || o.role == RoleExternal
	})
}

// explainsReason asks whether a finding answers for a symptom of the
// indication.
func (e *Engine) explainsReason(all []*found, finding *found) bool {
	for _, f := range all {
		if f.role == RoleIndication && f != finding {
			if explains, _ := e.lex.Explains(finding.coded.Code, f.coded.Code); explains {
				return true
			}
		}
	}
	return false
}

// setDiagnoses writes the result's diagnoses in the order of the engine's
// policy; codes that only the other policy lists come last.
func (s *study) setDiagnoses(e *Engine, kept []*found) {
	place := make([]int, len(kept)) // index in s.diagnoses
	for i := range place {
		place[i] = -1
	}
	for _, p := range []Policy{e.policy(), Indication, Official} {
		for _, i := range s.first[p] {
			if place[i] < 0 {
				place[i] = len(s.diagnoses)
				s.diagnoses = append(s.diagnoses, e.diagnosis(s, kept[i]))
				s.found = append(s.found, kept[i])
			}
		}
	}
	for policy, order := range s.first {
		for n, i := range order {
			order[n] = place[i]
		}
		if len(order) > 0 {
			d := &s.diagnoses[order[0]]
			d.Primary = append(d.Primary, policy)
		}
	}
	for i := range s.diagnoses {
		sort.Slice(s.diagnoses[i].Primary, func(a, b int) bool { return s.diagnoses[i].Primary[a] < s.diagnoses[i].Primary[b] })
	}
}

func (e *Engine) diagnosis(s *study, f *found) Diagnosis {
	d := Diagnosis{
		System: lexicon.ICD10CM, Code: f.coded.Code, Title: f.coded.Title, Role: f.role, Confidence: round(f.confidence, 4),
		Primary: []Policy{}, Why: f.parts, Evidence: []Evidence{},
	}
	if d.Why == nil {
		d.Why = []Feature{}
	}
	for i, m := range f.mentions {
		ev := e.evidence(s.doc, m)
		ev.Start, ev.End = f.spans[i].Start, f.spans[i].End
		d.Evidence = append(d.Evidence, ev)
	}
	for _, r := range f.reasons {
		d.Why = append(d.Why, Feature{"judgement:" + r, 1})
	}
	return d
}
