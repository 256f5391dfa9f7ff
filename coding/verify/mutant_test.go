package verify_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// mutant is a result on its way to be wrong. Data is what is verified: the result
// as JSON, unless a mutation of the bytes themselves made it.
type mutant struct {
	report nlp.Report
	result coding.Result
	others []nlp.Report
	lex    *lexicon.Lexicon
	doc    *nlp.Document
	rng    *rand.Rand
	terms  *squashedTerms
	data   []byte
}

// mutation makes a result wrong in one way. It reports false when the result does not
// offer it, or when what it made would be right as well: that is decided from the text, with code of
// its own, never by asking the verifier.
type mutation struct {
	name   string
	mutate func(*mutant) bool
}

const (
	mutants = 10_000
	seed    = 20261122
)

// TestMutantsAreRejected is the proof of the verifier: ten thousand wrong results,
// none of which may pass.
func TestMutantsAreRejected(t *testing.T) {
	e, err := engine()
	if err != nil {
		t.Fatal(err)
	}
	v, err := verifier()
	if err != nil {
		t.Fatal(err)
	}
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := nlp.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	reports := own(t)
	results := make([][]byte, len(reports))
	docs := make([]*nlp.Document, len(reports))
	for i, r := range reports {
		res, err := e.Code(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		if results[i], err = json.Marshal(res); err != nil {
			t.Fatal(err)
		}
		docs[i] = reader.Read(r)
	}
	terms := squashTerms(lex)
	rng := rand.New(rand.NewPCG(seed, 0))
	made, passed := map[string]int{}, map[string]int{}
	barren := map[[2]int]int{} // how often a report did not offer a kind; those that hardly do are passed over
	count := mutants
	if testing.Short() {
		count /= 10
	}
	for n := range count {
		kind := mutations[n%len(mutations)]
		for tries := 0; ; tries++ {
			if tries == 20*len(reports) {
				t.Fatalf("no report offers %s", kind.name)
			}
			i := rng.IntN(len(reports))
			if barren[[2]int{n % len(mutations), i}] > 20 {
				continue
			}
			m := &mutant{report: reports[i], others: reports, lex: lex, doc: docs[i], rng: rng, terms: terms}
			if err := json.Unmarshal(results[i], &m.result); err != nil {
				t.Fatal(err)
			}
			if !kind.mutate(m) {
				barren[[2]int{n % len(mutations), i}]++
				continue
			}
			if m.data == nil {
				if m.data, err = json.Marshal(m.result); err != nil {
					t.Fatal(err)
				}
			}
			made[kind.name]++
			if len(v.VerifyJSON(m.report, m.data)) == 0 {
				passed[kind.name]++
				t.Errorf("%s: %s passes:\n%s", m.report.ID, kind.name, changed(results[i], m.data))
			}
			break
		}
	}
	for _, k := range mutations {
		t.Logf("%5d made, %d passed  %s", made[k.name], passed[k.name], k.name)
	}
}

// changed shows where two texts part, with a little on either side.
func changed(a, b []byte) string {
	i := 0
	for i < min(len(a), len(b)) && a[i] == b[i] {
		i++
	}
	show := func(x []byte) string { return string(x[max(0, i-200):min(len(x), i+120)]) }
	return fmt.Sprintf("was %s\nis  %s", show(a), show(b))
}

// pick returns a random element that fits, and whether there is one.
func pick[T any](m *mutant, list []T, fits func(*T) bool) (*T, bool) {
	var at []int
	for i := range list {
		if fits == nil || fits(&list[i]) {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return nil, false
	}
	return &list[at[m.rng.IntN(len(at))]], true
}

// evidence collects all places of facts and diagnoses.
func (m *mutant) evidence(fits func(*coding.Evidence) bool) (*coding.Evidence, bool) {
	var all []*coding.Evidence
	for i := range m.result.Exams {
		for k := range m.result.Exams[i].Facts {
			for n := range m.result.Exams[i].Facts[k].Evidence {
				all = append(all, &m.result.Exams[i].Facts[k].Evidence[n])
			}
		}
	}
	for i := range m.result.Diagnoses {
		for n := range m.result.Diagnoses[i].Evidence {
			all = append(all, &m.result.Diagnoses[i].Evidence[n])
		}
	}
	p, ok := pick(m, all, func(e **coding.Evidence) bool { return fits == nil || fits(*e) })
	if !ok {
		return nil, false
	}
	return *p, true
}

func isName(section string) bool {
	return section == "title" || section == "exam" || section == "procedure"
}

// replaceCode writes another code wherever the result names a diagnosis.
func (m *mutant) replaceCode(old, code string) {
	swap := func(dx []string) {
		for i := range dx {
			if dx[i] == old {
				dx[i] = code
			}
		}
	}
	swap(m.result.Claim.Dx)
	for p, c := range m.result.Claims {
		swap(c.Dx)
		m.result.Claims[p] = c
	}
	for i := range m.result.Diagnoses {
		if m.result.Diagnoses[i].Code == old {
			m.result.Diagnoses[i].Code = code
		}
	}
	for i := range m.result.Followups {
		if m.result.Followups[i].Dx == old {
			m.result.Followups[i].Dx = code
		}
	}
}

// replaceProcedure writes another code as the first of an exam and on its lines.
func (m *mutant) replaceProcedure(x *coding.Exam, code, title string) {
	old := x.Procedures[0].Code
	x.Procedures[0].Code, x.Procedures[0].Title, x.Procedures[0].System = code, title, lexicon.SystemOf(code)
	m.eachLine(func(l *coding.Line) {
		if l.Code == old {
			l.Code = code
		}
	})
}

// eachLine calls f for the lines of all claims; Claim shares none with Claims.
func (m *mutant) eachLine(f func(*coding.Line)) {
	for i := range m.result.Claim.Lines {
		f(&m.result.Claim.Lines[i])
	}
	for _, c := range m.result.Claims {
		for i := range c.Lines {
			f(&c.Lines[i])
		}
	}
}

// eachClaim changes all claims in the same way.
func (m *mutant) eachClaim(f func(*coding.Claim)) {
	f(&m.result.Claim)
	for p, c := range m.result.Claims {
		f(&c)
		m.result.Claims[p] = c
	}
}

// squashed is a text in small letters without anything between them, in which words are found
// however they are written.
func squashed(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(s))
}

func (m *mutant) everything() string {
	return squashed(m.report.Text) + " " + squashed(m.report.Exam)
}

// squashedTerms are the terms of the lexicon as they are looked for: letters and
// digits alone, without the plural's s.
type squashedTerms struct {
	byConcept   map[lexicon.ConceptID][]string
	byDiagnosis map[string][]string
}

func squashTerms(lex *lexicon.Lexicon) *squashedTerms {
	t := &squashedTerms{map[lexicon.ConceptID][]string{}, map[string][]string{}}
	add := func(text string, ids ...lexicon.ConceptID) {
		for _, id := range ids {
			t.byConcept[id] = append(t.byConcept[id], stem(text))
		}
	}
	for _, list := range [][]lexicon.Term{lex.Terms, lex.Qualifiers, lex.Appearances} {
		for _, x := range list {
			add(x.Text, x.Emits...)
		}
	}
	for _, x := range lex.Senses {
		add(x.Text, x.Emits...)
	}
	for _, x := range lex.DiagnosisTerms {
		add(x.Text, append(x.With, x.Site)...)
		t.byDiagnosis[x.Concept] = append(t.byDiagnosis[x.Concept], stem(x.Text))
	}
	return t
}

func stem(text string) string { return strings.TrimSuffix(squashed(text), "s") }

// names reports whether any term of a concept, or of a kind or part of it, may stand
// in the report.
func (m *mutant) names(id lexicon.ConceptID) bool {
	all := m.everything()
	for c, terms := range m.terms.byConcept {
		if m.lex.Is(c, id) && slices.ContainsFunc(terms, func(t string) bool { return strings.Contains(all, t) }) {
			return true
		}
	}
	return false
}

// namesSide reports whether a word for a side may stand in the report.
func (m *mutant) namesSide(side string) bool {
	words := map[string][]string{"right": {"right", "rt", "r", "rgt", "rig"}, "left": {"left", "lt", "l", "lft"}}[side]
	for _, w := range strings.FieldsFunc(strings.ToLower(m.report.Text+" "+m.report.Exam), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if slices.Contains(words, w) || strings.HasPrefix(w, "bi") || w == "both" || w == "breasts" {
			return true
		}
	}
	return slices.ContainsFunc(m.result.Exams, func(x coding.Exam) bool {
		return slices.ContainsFunc(x.Facts, func(f coding.ExamFact) bool {
			return f.Axis == "laterality" && (f.Concept == side || f.Concept == "bilateral")
		})
	})
}
