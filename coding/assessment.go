package coding

import (
	"sort"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Assessment is the category that a reporting system gives a study or a lesion:
// BI-RADS 4A of the left breast. Category is written as the system writes it; T-scores and
// breast densities are here as well.
type Assessment struct {
	System   string     `json:"system"`
	Category string     `json:"category"` // of a range both ends: "4A-4B"
	Side     string     `json:"side"`     // "" = not stated
	Site     string     `json:"site"`
	Prior    bool       `json:"prior"` // of an earlier study
	Evidence []Evidence `json:"evidence"`
}

// assessed is an assessment with what the later stages need of it.
type assessed struct {
	Assessment
	row         *lexicon.Assessment // nil for a T-score
	value       string              // the key of row
	tScore      float64
	site        lexicon.ConceptID
	section     int
	sentence    int
	first, last int  // tokens, half-open
	impression  bool // stands in the impression
	described   bool // by words that mean the category, not by its letter or number
}

// assessor finds the names of reporting systems. It is built once.
type assessor struct {
	lex     *lexicon.Lexicon
	quick   wordSet
	byFirst map[string][]assessmentName // the longest first
	values  map[string]map[string]bool  // system -> values
	prefix  map[string]string           // system -> letters before its values: LR-5
}

type assessmentName struct {
	*lexicon.AssessmentName
	words phrase
}

func newAssessor(lex *lexicon.Lexicon) *assessor {
	a := &assessor{lex: lex, byFirst: map[string][]assessmentName{}, values: map[string]map[string]bool{}, prefix: map[string]string{}}
	for i := range lex.AssessmentNames {
		n := assessmentName{&lex.AssessmentNames[i], phraseOf(lex.AssessmentNames[i].Text)}
		a.quick.add(n.words[0])
		a.byFirst[n.words[0]] = append(a.byFirst[n.words[0]], n)
	}
	for _, names := range a.byFirst {
		sort.SliceStable(names, func(i, j int) bool { return len(names[i].words) > len(names[j].words) })
	}
	for _, r := range lex.Assessments {
		if a.values[r.System] == nil {
			a.values[r.System] = map[string]bool{}
		}
		a.values[r.System][r.Value] = true
		if p := strings.ToLower(strings.TrimRight(strings.TrimSuffix(r.Category, r.Value), "-")); p != "" && p != strings.ToLower(r.Category) {
			a.prefix[r.System] = p
		}
	}
	return a
}

// nameAt is a name of a system at tokens [first,last); digits holds what is
// written together with it ("birads4").
type nameAt struct {
	assessmentName
	first, last int
	digits      string
}

// assess finds the assessments of a report.
func (e *Engine) assess(s *study) {
	names := e.assessor.names(s.doc)
	if len(names) == 0 {
		return
	}
	r := &assessmentReader{e: e, s: s, d: s.doc, assessor: e.assessor}
	spelled := map[string]bool{}
	for _, n := range names {
		spelled[n.System] = spelled[n.System] || n.Needs == ""
	}
	for _, n := range names {
		if n.first < r.next || !spelled[n.System] && !r.inContext(n.AssessmentName) {
			continue
		}
		if n.System == tScoreSystem {
			r.readTScores(n)
		} else {
			r.readCategories(n)
		}
	}
	s.assessments = mergeAssessments(dropLegends(s.doc, r.out))
}

// names finds all names of systems in the text, in order; of two that begin at
// one token the longest comes first, and one name may stand for two systems.
func (a *assessor) names(d *nlp.Document) []nameAt {
	var out []nameAt
	for i := range d.Tokens {
		t := &d.Tokens[i]
		if !a.quick.mayHold(d.Text, t) {
			continue
		}
		word, digits := lettersAndDigits(d.Words(i))
		for _, n := range a.byFirst[word] {
			if last, rest, ok := matchName(d, i, digits, n.words); ok {
				out = append(out, nameAt{n, i, last, rest})
			}
		}
	}
	return out
}

// lettersAndDigits cuts the digits off the end of a word.
func lettersAndDigits(w string) (letters, digits string) {
	n := len(w)
	for n > 0 && w[n-1] >= '0' && w[n-1] <= '9' {
		n--
	}
	return w[:n], w[n:]
}

// matchName matches a name at token i; a hyphen, colon or trade mark between its
// words does not count. Only the last word may have digits.
func matchName(d *nlp.Document, i int, digits string, words phrase) (last int, rest string, ok bool) {
	for k := 1; k < len(words); k++ {
		if digits != "" {
			return 0, "", false
		}
		i++
		if i < len(d.Tokens) && isHyphenOrColon(d, i) {
			i++
		}
		if i >= len(d.Tokens) || d.Tokens[i].Blank {
			return 0, "", false
		}
		var w string
		if w, digits = lettersAndDigits(d.Words(i)); w != words[k] {
			return 0, "", false
		}
	}
	return i + 1, digits, true
}

func isHyphenOrColon(d *nlp.Document, i int) bool {
	w := d.Tokens[i].Of(d.Text)
	return w == "-" || w == ":"
}

// inContext reports whether the report is about the region that a name needs.
func (r *assessmentReader) inContext(n *lexicon.AssessmentName) bool {
	if n.Needs == "" {
		return true
	}
	region := r.e.lex.AssessmentSystem(n.System).Region
	for i := range r.s.exams {
		for _, x := range r.s.exams[i].facts.Of(lexicon.Region) {
			if r.e.lex.Is(x, region) || n.Needs == "near" && r.e.lex.Is(region, x) {
				return true
			}
		}
	}
	return false
}

// mergeAssessments makes one of equal ones.
func mergeAssessments(all []assessed) []assessed {
	type key struct {
		system, category, side, site string
		prior                        bool
	}
	at := map[key]int{}
	var out []assessed
	for _, a := range all {
		k := key{a.System, a.Category, a.Side, a.Site, a.Prior}
		if i, ok := at[k]; ok {
			out[i].Evidence = append(out[i].Evidence, a.Evidence...)
			out[i].impression = out[i].impression || a.impression
			continue
		}
		at[k] = len(out)
		out = append(out, a)
	}
	return out
}

// minLegend is how many categories in ascending order are a list of what the
// system knows and no result.
const minLegend = 4

// dropLegends drops lists of all categories ("0 = incomplete, 1 = negative ...")
// at the foot of a report.
func dropLegends(d *nlp.Document, all []assessed) []assessed {
	legend := make([]bool, len(all))
	for i := 0; i < len(all); {
		j := i + 1
		for j < len(all) && all[j].System == all[i].System && all[j].section == all[i].section && all[j-1].value < all[j].value && all[j].Side == all[i].Side {
			j++
		}
		if j-i >= minLegend && all[i].value <= "1" {
			for k := i; k < j; k++ {
				legend[k] = true
			}
		}
		i = j
	}
	out := all[:0]
	for i, a := range all {
		if !legend[i] {
			out = append(out, a)
		}
	}
	return out
}
