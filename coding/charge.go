package coding

import (
	"math"
	"slices"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/models"
	"github.com/radcode/radcode/nlp"
)

// A charge is a procedure code that has ended on the date of service and that the
// report states all the same: in its exam name, in its text, or as charged.
type charge struct {
	lexicon.Ended
	at []Evidence // nil where it comes from the metadata
}

// charges returns the ended codes that a report states, each once.
func (e *Engine) charges(d *nlp.Document, date string) []charge {
	var out []charge
	add := func(code string, at []Evidence) bool {
		ended, ok := e.lex.EndedBefore(code, date)
		if ok && !slices.ContainsFunc(out, func(c charge) bool { return c.Code == code }) {
			out = append(out, charge{ended, at})
		}
		return ok
	}
	eachCode(d.Report.Exam, func(code string, start, end int) {
		add(code, []Evidence{{Start: start, End: end, Section: "title"}})
	})
	last := 0 // where the last code ended that was meant as one
	eachCode(d.Text, func(code string, start, end int) {
		if d.SectionAt(start) < 0 {
			return
		}
		kind := d.Sections[d.SectionAt(start)].Kind
		named := kind == nlp.SectionExam || kind == nlp.SectionProcedure
		if (named || isCodeAt(d.Text, start, end) || last > 0 && isList(d.Text[last:start])) && add(code, []Evidence{{Start: start, End: end, Section: string(kind)}}) {
			last = end
		}
	})
	for _, code := range d.Report.Meta.Charged {
		add(chargedCode(code), nil)
	}
	return out
}

// ledgerMarks stand before a code without a space in charge lists: HC72275.
var ledgerMarks = []string{"HCPCS", "CPT", "HC", "HB", "PB"}

// eachCode calls f with every word that has the shape of a CPT or HCPCS code.
func eachCode(text string, f func(code string, start, end int)) {
	for i := 0; i < len(text); {
		if !isAlphanumeric(text[i]) {
			i++
			continue
		}
		start := i
		for i < len(text) && isAlphanumeric(text[i]) {
			i++
		}
		word := text[start:i]
		if len(word) < codeLength || len(word) > codeLength+len(ledgerMarks[0]) || word[len(word)-2] > '9' {
			continue
		}
		word = strings.ToUpper(word)
		for _, mark := range ledgerMarks {
			if code, ok := strings.CutPrefix(word, mark); ok && len(code) == codeLength {
				word = code
			}
		}
		if len(word) == codeLength {
			f(word, i-codeLength, i)
		}
	}
}

const codeLength = 5

func isAlphanumeric(b byte) bool {
	return '0' <= b && b <= '9' || 'A' <= b && b <= 'Z' || 'a' <= b && b <= 'z'
}

// isCodeAt tells a code in running text from a zip code, a phone or a record
// number: it stands in parentheses, or behind a word that announces a code.
func isCodeAt(text string, start, end int) bool {
	if start > 0 && end < len(text) && text[start-1] == '(' && text[end] == ')' {
		return true
	}
	before := strings.Fields(text[max(0, start-codeCueReach):start])
	if len(before) == 0 {
		return false
	}
	return codeWords[strings.ToLower(strings.Trim(before[len(before)-1], ":#.,()"))]
}

// codeCueReach is how far before a code the word that announces it begins, in bytes.
const codeCueReach = 16

var codeWords = lexicon.WordList("code")

// isList reports whether only what joins the parts of a list stands between two codes.
func isList(between string) bool {
	for _, w := range strings.FieldsFunc(between, func(r rune) bool { return strings.ContainsRune(" \t,;/&+", r) }) {
		if w != "and" && w != "or" {
			return false
		}
	}
	return true
}

// chargedOdds is by how much a stated code raises the log odds of what follows it:
// whoever charged it knew the exam, and used the code of another year.
const chargedOdds = 4

// featureCharged is the share of a stated code in the score of its successor.
const featureCharged = "charged"

// followCharges lets the ended codes that a report states decide between their
// successors: a code written in the name of an exam is about that exam, any other about the exam
// that supports a successor best. An exam that is charged with its own best code as well has nothing left to decide: the
// ended code is a second line, or a mistake.
func (e *Engine) followCharges(charges []charge, charged []string, drafts []draft, date string) {
	for _, c := range charges {
		at, best := -1, succession{}
		for i := range drafts {
			dr := &drafts[i]
			if dr.followed || isCharged(e.best(dr), charged) || !c.isAbout(dr, drafts) {
				continue
			}
			if s, ok := e.succession(dr, c.Successors, date); ok && (at < 0 || s.margin > best.margin) {
				at, best = i, s
			}
		}
		if at >= 0 {
			drafts[at].ranked, drafts[at].followed = best.ranked, true
		}
	}
}

// isCharged reports whether a procedure is among charged codes, modifiers aside.
func isCharged(p *lexicon.Procedure, charged []string) bool {
	return p != nil && slices.ContainsFunc(charged, func(c string) bool { return chargedCode(c) == p.Code })
}

// chargedCode is a charged code without its modifiers, which follow a hyphen.
func chargedCode(c string) string {
	code, _, _ := strings.Cut(strings.ToUpper(strings.TrimSpace(c)), "-")
	return code
}

// isAbout reports whether a stated code may be that of an exam.
func (c *charge) isAbout(dr *draft, all []draft) bool {
	in := func(x *draft) bool {
		return len(c.at) > 0 && c.at[0].Section == x.section && x.offset <= c.at[0].Start && c.at[0].End <= x.offset+len(x.text)
	}
	return in(dr) || !slices.ContainsFunc(all, func(x draft) bool { return in(&x) })
}

// succession is the ranking of an exam with the successor of a stated code first.
type succession struct {
	ranked []ranked
	margin float64 // of the successor over the best code
}

// succession ranks the successors of a stated code for an exam. None may contradict
// the contrast, side or number of views that is stated.
func (e *Engine) succession(dr *draft, successors []string, date string) (succession, bool) {
	if len(dr.ranked) == 0 {
		return succession{}, false
	}
	scores := e.scores(&dr.facts, date)
	defer e.ranker.scratch.Put(scores)
	best := ranked{index: -1, score: math.Inf(-1)}
	for _, i := range e.standing(successors) {
		c := contradictionsOf(&dr.facts, &e.lex.Procedures[i]) &^ oneSideForBoth // that is billed twice
		if score := scores.total[i]; score > best.score && c == 0 {
			best = ranked{index: i, score: score, learned: scores.learned[i]}
		}
	}
	if best.index < 0 {
		return succession{}, false
	}
	margin := best.score - dr.ranked[0].score
	plain := min(dr.ranked[0].probability*math.Exp(margin), 1)
	best.probability = models.Sigmoid(models.Logit(plain) + chargedOdds)
	out := []ranked{best}
	for _, r := range dr.ranked {
		if r.index != best.index {
			r.probability = min(r.probability, 1-best.probability)
			out = append(out, r)
		}
	}
	return succession{out, margin}, true
}

// standing returns the procedures of codes by index, without those that are only
// billed beside another one of them.
func (e *Engine) standing(codes []string) []int {
	beside := e.lex.Lookup(lexicon.Component, "add_on")
	var all, alone []int
	for _, code := range codes {
		i := e.ranker.codes[code]
		all = append(all, i)
		if !mentionsConcept(e.lex.Procedures[i].Component, beside) {
			alone = append(alone, i)
		}
	}
	if len(alone) > 0 {
		return alone
	}
	return all
}
