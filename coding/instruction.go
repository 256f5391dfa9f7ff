package coding

import (
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// instruction is what the tabular list says of a code and others: a row of our own
// table, or a note of the imported release.
type instruction struct {
	kind   string // of lexicon.InstructionKinds
	holds  func(code string) bool
	others string // the codes, as they are shown
	reason string
}

// noteKinds of a release and what they are here. Which notes always hold is said by their
// first words only, so those of a release order codes that are both documented.
var noteKinds = map[index.NoteKind]string{
	index.Excludes1: lexicon.InstructExcludes1, index.Excludes2: lexicon.InstructExcludes2,
	index.CodeFirst: lexicon.InstructCodeFirstIf, index.UseAdditional: lexicon.InstructAdditionalIf,
}

// instructionKey names a code on a date of service.
type instructionKey struct{ date, code string }

// cachedInstructions is how many codes are remembered with their instructions: those of the reports of some days.
const cachedInstructions = 4096

// instructionsOf returns what is said of a code on a date of service: our own rows first.
func (e *Engine) instructionsOf(date, code string) []instruction {
	key := instructionKey{date, code}
	if known, ok := e.instructions.Get(key); ok {
		return known
	}
	var out []instruction
	for _, x := range e.lex.InstructionsOf(code) {
		out = append(out, instruction{x.Kind, x.Others.Holds, strings.Join(strings.Fields(x.Others.Text), ", "), x.Reason})
	}
	out = append(out, releaseInstructions(e.releaseOn(date), code)...)
	e.instructions.Add(key, out)
	return out
}

// releaseInstructions reads the notes of a release. Excludes2 notes of chapters and
// blocks name half of the book, which is no news of a pair, and are left out.
func releaseInstructions(r *index.Release, code string) []instruction {
	if r == nil {
		return nil
	}
	var out []instruction
	manifestation := false
	for _, n := range r.Notes(code) {
		kind, known := noteKinds[n.Kind]
		_, isCode := index.Undotted(n.Owner)
		ranges := n.Codes()
		manifestation = manifestation || n.Kind == index.CodeFirst && strings.HasPrefix(n.Text, "Code first underlying")
		if !known || kind == lexicon.InstructExcludes2 && !isCode || len(ranges) == 0 {
			continue
		}
		holds := func(other string) bool {
			return slices.ContainsFunc(ranges, func(x index.CodeRange) bool { return x.Holds(other) })
		}
		out = append(out, instruction{kind, holds, shownRanges(ranges), "note at " + n.Owner + ": " + n.Text})
	}
	if c, ok := r.Code(code); ok && manifestation && strings.Contains(c.Title, "classified elsewhere") {
		out = append(out, instruction{lexicon.InstructCodeFirst, func(other string) bool { return isDiseaseCode(other) && other != code }, "", "the disease that it is a manifestation of"})
	}
	return out
}

// isDiseaseCode tells diseases and injuries from signs, causes and reasons for encounters: what a manifestation
// can be one of.
func isDiseaseCode(code string) bool {
	return code != "" && (code[0] < 'R' || code[0] == 'S' || code[0] == 'T')
}

func shownRanges(ranges []index.CodeRange) string {
	out := make([]string, len(ranges))
	for i, r := range ranges {
		out[i] = r.First
		if r.Last != r.First {
			out[i] += "-" + r.Last
		}
	}
	return strings.Join(out, ", ")
}

// between returns what is said of a kind about two codes, in whichever direction it is
// written; of is the code at which it stands.
func (e *Engine) between(date, kind, a, b string) (x instruction, of string, ok bool) {
	for _, pair := range [][2]string{{a, b}, {b, a}} {
		for _, x := range e.instructionsOf(date, pair[0]) {
			if x.kind == kind && x.holds(pair[1]) {
				return x, pair[0], true
			}
		}
	}
	return instruction{}, "", false
}

// excludedBy lists the diagnoses that must give way, by index: of two that exclude each other
// (Excludes1) the definite one stays and the sign, or the mere state, goes. When the indication comes first, only a
// disease that the indication itself names takes its sign along. Where neither gives way a rule tells.
func (e *Engine) excludedBy(date string, all []*found, listed []int, policy Policy) map[int]bool {
	var out map[int]bool
	for _, i := range listed {
		for _, j := range listed {
			if i == j || !givesWay(all[i], all[j]) || policy == Indication && isSign(all[i]) && all[i].role == RoleIndication && all[j].role != RoleIndication {
				continue
			}
			if _, _, ok := e.between(date, lexicon.InstructExcludes1, all[i].coded.Code, all[j].coded.Code); ok {
				if out == nil {
					out = map[int]bool{}
				}
				out[i] = true
			}
		}
	}
	return out
}

// givesWay tells which of two diagnoses that exclude each other goes: a sign or symptom beside what explains it
// (guideline I.B.4), being pregnant beside a complication of the pregnancy (I.C.15.a.1). What is only incidental replaces no reason for the study.
func givesWay(f, other *found) bool {
	switch other.coded.Row.Kind {
	case "pregnancy":
		return f.coded.Code[0] == 'Z' && other.coded.Code[0] == 'O'
	case "disease", "injury", "neoplasm":
		return isSign(f) && other.role != RoleIncidental && other.role != RoleHistory
	}
	return false
}

// isSign tells signs and symptoms. Test results (R76.11) are none: which of the two is right the report does not settle.
func isSign(f *found) bool { return f.coded.Row.Kind == "symptom" }

// causesFirst moves what comes first by instruction before the codes that ask for it.
func (e *Engine) causesFirst(date string, all []*found, order []int) {
	for at := 0; at < len(order); at++ {
		for behind := at + 1; behind < len(order); behind++ {
			if !e.comesFirst(date, all[order[behind]].coded.Code, all[order[at]].coded.Code) {
				continue
			}
			cause := order[behind]
			copy(order[at+1:behind+1], order[at:behind])
			order[at] = cause
		}
	}
}

// comesFirst reports whether an instruction puts a cause before a code, and not also the code before the cause.
func (e *Engine) comesFirst(date, cause, code string) bool {
	return e.asksFirst(date, code, cause) && !e.asksFirst(date, cause, code)
}

func (e *Engine) asksFirst(date, code, cause string) bool {
	return slices.ContainsFunc(e.instructionsOf(date, code), func(x instruction) bool {
		return (x.kind == lexicon.InstructCodeFirst || x.kind == lexicon.InstructCodeFirstIf) && x.holds(cause)
	})
}

// dxList is an ordered list of diagnosis codes that is checked: a claim, or what was ordered.
type dxList struct {
	name  string // completes "listed on ..."
	codes []string
	at    map[string][]Evidence // by code, nil for codes that did not come from the report
}

// dxLists returns what the rules about codes look at: the claim of the engine's policy
// and the diagnoses that came with the order; nothing where there are neither.
func (e *Engine) dxLists(s *study) []dxList {
	if len(s.diagnoses) == 0 && len(s.doc.Report.Meta.OrderedICD10CM) == 0 {
		return nil
	}
	claim := dxList{name: "the claim", codes: s.claims[e.policy()].Dx, at: map[string][]Evidence{}}
	for _, d := range s.diagnoses {
		claim.at[d.Code] = d.Evidence
	}
	return []dxList{claim, {name: "the order", codes: s.ordered(e.lex)}}
}

// ordered returns the diagnosis codes of the order, with their dots; what is no code is left out.
func (s *study) ordered(lex *lexicon.Lexicon) []string {
	var out []string
	for _, c := range s.doc.Report.Meta.OrderedICD10CM {
		c = strings.ToUpper(strings.TrimSpace(c))
		if !lex.CouldExist(lexicon.ICD10CM, c) {
			continue
		}
		if bare, ok := index.Undotted(c); ok && len(bare) > len("R05") {
			c = bare[:3] + "." + bare[3:]
		}
		if !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// pairFindings makes a finding of every code of a list about which something of a kind is said with others of
// it, one for each thing said.
func (e *Engine) pairFindings(s *study, kind, relation string) []Finding {
	var out []Finding
	for _, list := range e.dxLists(s) {
		for i, a := range list.codes {
			others := map[string][]string{} // by reason
			var reasons []string
			for _, b := range list.codes[i+1:] {
				if x, _, ok := e.between(s.date, kind, a, b); ok {
					if others[x.reason] == nil {
						reasons = append(reasons, x.reason)
					}
					others[x.reason] = append(others[x.reason], b)
				}
			}
			for _, reason := range reasons {
				at := slices.Clone(list.at[a])
				for _, b := range others[reason] {
					at = append(at, list.at[b]...)
				}
				out = append(out, Finding{Message: fmt.Sprintf("%s and %s on %s %s: %s", a, strings.Join(others[reason], ", "), list.name, relation, reason), Evidence: at})
			}
		}
	}
	return out
}
