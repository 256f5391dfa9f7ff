package coding

import (
	"sort"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Whose and which study's a category is: side and site from the words around it,
// an earlier study's from its section or from words such as "previously".
var (
	assessmentPrior        = lexicon.WordList("assessment_prior")
	assessmentNow          = lexicon.WordList("assessment_now")
	assessmentDenied       = lexicon.WordList("assessment_denied")
	assessmentDeniedFiller = lexicon.WordList("assessment_denied_filler")
	assessmentConditional  = lexicon.WordList("assessment_conditional")
)

// priorSections name categories of earlier studies: the reason for this one.
var priorSections = map[nlp.SectionKind]bool{nlp.SectionIndication: true, nlp.SectionComparison: true, nlp.SectionExam: true, nlp.SectionHeader: true}

// add files a category with its context, unless it is denied or only thought of.
func (r *assessmentReader) add(n nameAt, v scored) {
	r.next = max(r.next, v.last)
	first := min(n.first, v.first)
	if len(r.out) > 0 && r.out[len(r.out)-1].last > first {
		first = v.first // a further entry of a list
	}
	sentence := r.sentenceAt(v.first)
	if r.isDenied(first) || r.isHypothetical(first, sentence) {
		return
	}
	system := r.lex.AssessmentSystem(n.System)
	high := strings.TrimSuffix(v.high, lungModifier)
	if r.lex.Assessment(n.System, high) == nil {
		high = v.high
	}
	a := assessed{
		row: r.lex.Assessment(n.System, high), value: high, section: r.d.SectionAt(r.d.Tokens[v.first].Start),
		sentence: sentence, first: first, last: v.last, site: system.Region, described: n.Value != "",
	}
	a.System, a.Category = n.System, r.categoryText(n.System, v)
	kind := r.d.Sections[a.section].Kind
	a.impression = kind == nlp.SectionImpression || kind == nlp.SectionAddendum
	a.Prior = priorSections[kind] || r.isEarlier(first, v.last, sentence)
	side := v.side
	if side == nlp.Unstated {
		side = r.side(&a)
	}
	a.Side = side.String()
	if near := r.siteNear(&a, system.Region); near != 0 {
		a.site = near
	}
	a.Site = r.lex.Concept(a.site).Name
	span := spanOf(r.d, first, v.last)
	a.Evidence = []Evidence{{span.Start, span.End, string(kind), n.Source.String()}}
	r.out = append(r.out, a)
}

// categoryText writes a category as the system does, of a range both ends, with
// the modifier that was stated.
func (r *assessmentReader) categoryText(system string, v scored) string {
	text := func(value string) string {
		if row := r.lex.Assessment(system, value); row != nil {
			return row.Category
		}
		return r.lex.Assessment(system, strings.TrimSuffix(value, lungModifier)).Category + lungModifier
	}
	if v.low == v.high {
		return text(v.low)
	}
	return text(v.low) + "-" + text(v.high)
}

// sentenceAt returns the sentence that holds a token, the next one for a
// heading.
func (r *assessmentReader) sentenceAt(token int) int {
	return min(sort.Search(len(r.d.Sentences), func(i int) bool { return r.d.Sentences[i].Last > token }), len(r.d.Sentences)-1)
}

// isDenied reads back from the name over words such as "definite" to "no".
func (r *assessmentReader) isDenied(first int) bool {
	for k := first - 1; k >= 0; k-- {
		w := r.d.Words(k)
		if assessmentDenied[w] {
			return !strings.HasSuffix(w, "not") || k == 0 || r.d.Words(k-1) != "if"
		}
		if !assessmentDeniedFiller[w] {
			return false
		}
	}
	return false
}

// isHypothetical finds "if", "would be", "less than" shortly before the name.
func (r *assessmentReader) isHypothetical(first, sentence int) bool {
	for k := first - 1; k >= max(0, first-4) && k >= r.firstOf(sentence); k-- {
		if assessmentConditional[r.d.Words(k)] {
			return true
		}
		if r.d.Tokens[k].Kind == nlp.Punct {
			return false
		}
	}
	return false
}

func (r *assessmentReader) firstOf(sentence int) int {
	if sentence < 0 {
		return 0
	}
	return r.d.Sentences[sentence].First
}

// maxPriorGap is how far before a category "previous" may stand.
const maxPriorGap = 7

// isEarlier reads the words around a category for an earlier study: "previously
// BI-RADS 3", "from BI-RADS 3 to 4", "BI-RADS 3 on the prior study".
func (r *assessmentReader) isEarlier(first, last, sentence int) bool {
	if r.movesFrom(first + 1) {
		return true
	}
	for k := first - 1; k >= max(r.firstOf(sentence), first-maxPriorGap); k-- {
		w := r.d.Words(k)
		if assessmentNow[w] || w == "to" || w == ";" || w == "," && k < first-2 {
			return false
		}
		if assessmentPrior[w] {
			return true
		}
	}
	for k := last; k < len(r.d.Tokens) && k < last+4 && !r.d.Tokens[k].Newline; k++ {
		w := r.d.Words(k)
		if assessmentNow[w] || r.d.Tokens[k].Kind == nlp.Punct && w != "(" {
			return false
		}
		if assessmentPrior[w] {
			return true
		}
	}
	return false
}

// side is the side that a category without one of its own belongs to: the
// sentence's, the line's label, the sentence before of the same item, the exam's.
func (r *assessmentReader) side(a *assessed) nlp.Side {
	if a.System == densitySystem {
		return r.examSide() // both breasts are alike unless the category has a side
	}
	for s := a.sentence; s >= 0 && s >= a.sentence-maxLabelLines; s-- {
		sent := r.d.Sentences[s]
		if sent.Section != a.section {
			break
		}
		from, to := sent.First, sent.Last
		if s == a.sentence {
			from, to = max(from, r.afterPrevious()), a.first
		} else if r.hasOther(s) {
			break
		}
		if side := r.lastSide(from, to); side != nlp.Unstated {
			return side
		}
		if s == a.sentence {
			if side := r.lastSide(a.last, r.untilName(a.last, sent.Last)); side != nlp.Unstated {
				return side
			}
		}
		if r.d.Tokens[sent.First].Blank || s == a.sentence && r.startsItem(sent.First) {
			break
		}
	}
	if r.lex.AssessmentSystem(a.System).Per != "breast" {
		return nlp.Unstated
	}
	return r.examSide()
}

// untilName is the first token from which on a name of a system may stand.
func (r *assessmentReader) untilName(from, to int) int {
	for k := from; k < to; k++ {
		if w, _ := lettersAndDigits(r.d.Words(k)); r.byFirst[w] != nil {
			return k
		}
	}
	return to
}

// maxLabelLines is how many sentences before a category may name its side.
const maxLabelLines = 3

// hasOther reports whether the sentence holds an earlier category, which its
// side belongs to.
func (r *assessmentReader) hasOther(sentence int) bool {
	n := len(r.out)
	return n > 0 && r.out[n-1].sentence == sentence
}

// startsItem reports whether a list number or bullet stands at a token.
func (r *assessmentReader) startsItem(i int) bool {
	return i+2 < len(r.d.Tokens) && isListMark(r.d, i)
}

// afterPrevious is the token after the category read last.
func (r *assessmentReader) afterPrevious() int {
	if n := len(r.out); n > 0 {
		return r.out[n-1].last
	}
	return 0
}

// lastSide is the last side stated in tokens [from,to).
func (r *assessmentReader) lastSide(from, to int) nlp.Side {
	found := nlp.Unstated
	for k := from; k < to; k++ {
		if side := sideWords[r.d.Words(k)]; side != nlp.Unstated {
			found = side
		}
	}
	return found
}

// examSide is the side of the exams when they agree. Where the code is of both
// sides, one that the text names is only that of a finding.
func (r *assessmentReader) examSide() nlp.Side {
	side := nlp.Unstated
	for i := range r.s.exams {
		own := r.s.exams[i].facts.Side
		if p := r.e.best(&r.s.exams[i]); p != nil && p.Side == "bi" {
			own = nlp.Bilateral
		}
		if i > 0 && own != side {
			return nlp.Unstated
		}
		side = own
	}
	return side
}

// siteNear is the part of a system's region that the sentence names closest
// before the category, 0 when none is.
func (r *assessmentReader) siteNear(a *assessed, region lexicon.ConceptID) lexicon.ConceptID {
	if a.sentence < 0 {
		return 0
	}
	best := lexicon.ConceptID(0)
	for _, m := range r.d.InSentence(a.sentence) {
		if m.Axis == lexicon.Region && m.Problem == nil && m.First < a.first && r.lex.Is(m.Concept, region) && m.First >= r.afterPrevious() {
			best = m.Concept
		}
	}
	return best
}

const (
	densitySystem = "breast_density"
	tScoreSystem  = "t_score"
)
