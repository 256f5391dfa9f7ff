package coding

import (
	"context"
	"slices"
	"strings"
	"sync"

	lru "github.com/hashicorp/golang-lru/v2"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Retriever proposes diagnosis codes for a phrase that the lexicon does not
// know. It must be safe for concurrent use and give the same answer every time.
type Retriever interface {
	// Retrieve returns ICD-10-CM codes valid on a date of service (YYYY-MM-DD;
	// "" = in force) whose title or terms hold the words of the phrase, best
	// first. The engine takes an error as "nothing found" for this phrase.
	Retrieve(ctx context.Context, phrase, date string) ([]Retrieved, error)
}

// Retrieved is a proposal: a code and all wordings it goes by.
type Retrieved struct {
	Code, Title string
	Terms       []string
}

// IndexRetriever lets an index propose codes. The caller closes the index
// after the engine's last use.
func IndexRetriever(ix *index.Index) Retriever { return indexRetriever{ix} }

type indexRetriever struct{ ix *index.Index }

func (r indexRetriever) Retrieve(ctx context.Context, phrase, date string) ([]Retrieved, error) {
	return proposals(r.ix.Search(ctx, index.Query{Text: phrase, System: lexicon.ICD10CM, Date: date, All: true, Limit: maxProposals}))
}

// proposals are what a search found.
func proposals(hits []index.Hit, err error) ([]Retrieved, error) {
	if err != nil {
		return nil, err
	}
	out := make([]Retrieved, len(hits))
	for i, h := range hits {
		out[i] = Retrieved{h.Code.ID, h.Code.Title, h.Code.Terms}
	}
	return out, nil
}

// follower is a Retriever that also looks a phrase up as a coder does, sides and all: a
// code whose entry says just what the phrase says, or none.
type follower interface {
	Follow(phrase string, context []string, date string) (code, title string, ok bool)
}

const (
	maxProposals     = 50   // codes per phrase that are compared word by word
	maxRetrievedText = 2000 // bytes of a report that are cut into phrases
	maxPhraseWords   = 8
	cachedPhrases    = 4096
)

// retrieval resolves phrases through a Retriever. It is opened at the first
// phrase; answers are kept by phrase and date.
type retrieval struct {
	open  func() (Retriever, error)
	terms func() map[string]*lexicon.DiagnosisTerm
	cache *lru.Cache[string, answer]
}

// answer is what a phrase turned out to be: a term of the lexicon, which is
// then bound to site and side like any other, or a code by its title. The zero
// answer is none.
type answer struct {
	term        *lexicon.DiagnosisTerm
	code, title string
}

func newRetrieval(lex *lexicon.Lexicon, open func() (Retriever, error)) *retrieval {
	if open == nil {
		return nil
	}
	return &retrieval{
		open: sync.OnceValues(open), cache: newCache[string, answer](cachedPhrases),
		terms: sync.OnceValue(func() map[string]*lexicon.DiagnosisTerm {
			m := make(map[string]*lexicon.DiagnosisTerm, len(lex.DiagnosisTerms))
			for i := range lex.DiagnosisTerms {
				m[lex.DiagnosisTerms[i].Text] = &lex.DiagnosisTerms[i]
			}
			return m
		}),
	}
}

// resolve answers for a phrase, from the cache where it can. Searching takes
// milliseconds and is bounded, so it is not cancelled.
func (r *retrieval) resolve(phrase string, around []string, date string) answer {
	words := contentWords(phrase)
	if len(words) == 0 || len(words) > maxPhraseWords {
		return answer{}
	}
	said := strings.Join(saidWords(phrase), " ")
	key := strings.Join(append([]string{date, said}, around...), "\t")
	if a, ok := r.cache.Get(key); ok {
		return a
	}
	a, err := r.search(words, said, around, date)
	if err == nil { // the next report may have more luck
		r.cache.Add(key, a)
	}
	return a
}

// search accepts a code only when one of its wordings has exactly the content
// words of the phrase, and no other code has: the index proposes, the words
// decide. Terms say nothing about sides, titles do. said are the words before
// they were put in the singular.
func (r *retrieval) search(words []string, said string, around []string, date string) (answer, error) {
	retriever, err := r.open()
	if err != nil || retriever == nil {
		return answer{}, err
	}
	unsided := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return sideWords[w] != nlp.Unstated })
	if len(unsided) == 0 {
		return answer{}, nil
	}
	hits, err := retriever.Retrieve(context.Background(), strings.Join(unsided, " "), date)
	if err != nil {
		return answer{}, err
	}
	all, bare := bag(words), bag(unsided)
	var byTerm, byTitle []answer
	for _, h := range hits {
		if h.Code == "" {
			continue // whatever a Retriever does, reading text cannot fail
		}
		if bag(contentWords(h.Title)) == all {
			byTitle = appendNew(byTitle, answer{code: h.Code, title: h.Title})
		}
		for _, t := range h.Terms {
			if bag(contentWords(t)) != bare {
				continue
			}
			if term := r.terms()[t]; term != nil {
				byTerm = appendNew(byTerm, answer{term: term})
			} else if bare == all {
				byTitle = appendNew(byTitle, answer{code: h.Code, title: h.Title})
			}
		}
	}
	if f, ok := retriever.(follower); ok {
		if code, title, ok := f.Follow(said, around, date); ok {
			byTitle = appendNew(byTitle, answer{code: code, title: title})
		}
	}
	switch {
	case len(byTerm) > 0 && sameMeaning(byTerm):
		return byTerm[0], nil
	case len(byTerm) == 0 && len(byTitle) == 1:
		return byTitle[0], nil
	}
	return answer{}, nil
}

func appendNew(list []answer, a answer) []answer {
	if slices.Contains(list, a) {
		return list
	}
	return append(list, a)
}

// sameMeaning asks whether all terms name one concept at one site.
func sameMeaning(list []answer) bool {
	for _, a := range list[1:] {
		if a.term.Concept != list[0].term.Concept || a.term.Site != list[0].term.Site || !slices.Equal(a.term.With, list[0].term.With) {
			return false
		}
	}
	return true
}

// contentWords returns the words of a phrase that carry meaning, in lower case
// and the singular.
func contentWords(phrase string) []string {
	out := saidWords(phrase)
	for i, w := range out {
		out[i] = singular(w)
	}
	return out
}

// saidWords are the content words as they stand.
func saidWords(phrase string) []string {
	var out []string
	for _, t := range nlp.Scan(phrase) {
		w := strings.ToLower(t.Of(phrase))
		if t.Kind == nlp.Punct || emptyWords[w] {
			continue
		}
		out = append(out, w)
	}
	return out
}

// emptyWords distinguish no two codes.
var emptyWords = lexicon.WordList("empty")

var sideWords = map[string]nlp.Side{
	"right": nlp.Right, "rt": nlp.Right, "left": nlp.Left, "lt": nlp.Left, "bilateral": nlp.Bilateral, "both": nlp.Bilateral,
}

// singular takes the plural off. Both sides of a comparison go through it, so
// that a word it spoils is still equal to itself.
func singular(w string) string {
	n := len(w)
	switch {
	case n > 4 && strings.HasSuffix(w, "ies"):
		return w[:n-3] + "y"
	case n > 4 && (strings.HasSuffix(w, "ses") || strings.HasSuffix(w, "xes") || strings.HasSuffix(w, "ches")):
		return w[:n-2]
	case n > 3 && w[n-1] == 's' && w[n-2] != 's' && w[n-2] != 'i' && w[n-2] != 'u':
		return w[:n-1]
	}
	return w
}

// bag spells a set of words, whatever their order.
func bag(words []string) string {
	sorted := slices.Clone(words)
	slices.Sort(sorted)
	return strings.Join(slices.Compact(sorted), " ")
}

// featureRetrieved marks a diagnosis that rests on retrieved phrases alone. It
// is never billed without a coder's look, whatever its confidence.
const featureRetrieved = "retrieved"

// retrievedConfidence caps the billing model, which has not seen retrieved
// diagnoses: on phrases withheld from the lexicon five in six were right, but
// they were few.
const retrievedConfidence = 0.3

func (d *Diagnosis) isRetrieved() bool {
	return slices.ContainsFunc(d.Why, func(f Feature) bool { return f.Name == featureRetrieved })
}

// statesReason asks for a problem that says why the study was done.
func statesReason(problems []problem) bool {
	for i := range problems {
		v := &problems[i].verdict
		if v.Keep && (v.Role == RoleIndication || v.Role == RoleScreening) {
			return true
		}
	}
	return false
}

// retrieve looks for the reason of a study whose indication the lexicon left
// unresolved: it cuts noun phrases where no problem was found and asks the
// index. What the report says about a phrase (negated, uncertain, family)
// counts as for any other mention.
func (e *Engine) retrieve(s *study) []problem {
	var out []problem
	left := maxRetrievedText
	for n := range s.doc.Sentences {
		sent := &s.doc.Sentences[n]
		if !reasonSections[s.doc.Sections[sent.Section].Kind] || sent.Len() > left {
			continue
		}
		left -= sent.Len()
		for _, phrase := range e.unresolved(s.doc, n) {
			if p, ok := e.retrieveOne(s, n, phrase); ok {
				out = append(out, p)
			}
		}
	}
	return out
}

// unresolved returns the noun phrases of a sentence that hold no problem and
// stand alone. Two phrases with "of" or "in the" between them are one.
func (e *Engine) unresolved(d *nlp.Document, n int) []nlp.Span {
	sent := d.Sentences[n]
	text := sent.Of(d.Text)
	var out []nlp.Span
	for _, p := range e.reader.NounPhrases(text) {
		p.Start, p.End = p.Start+sent.Start, p.End+sent.Start
		if k := len(out) - 1; k >= 0 && joins(d.Text[out[k].End:p.Start]) {
			out[k].End = p.End
			continue
		}
		out = append(out, p)
	}
	return slices.DeleteFunc(out, func(p nlp.Span) bool {
		return !standsAlone(d, sent, p) || leftOut(d, sent, p) ||
			slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool { return m.Problem != nil && m.Overlaps(p) })
	})
}

// standsAlone asks whether the words beside a phrase leave its meaning alone: a
// mark, an article, "with", "for". Any other word may be a part of the name
// that the tagger took for a verb, and a bracket explains or restricts.
func standsAlone(d *nlp.Document, sent nlp.Sentence, p nlp.Span) bool {
	first, last := tokensIn(d, sent, p)
	allowed := func(i int, words map[string]bool) bool {
		w := d.Words(i)
		return w == "," || w == "." || w == ";" || w == ":" || words[w]
	}
	return (first == sent.First || allowed(first-1, wordsBefore)) && (last == sent.Last || allowed(last, wordsAfter))
}

// leftOut asks for a single word that the lexicon knows and yet has not as a
// term: it was left out because alone it says too little ("infection").
func leftOut(d *nlp.Document, sent nlp.Sentence, p nlp.Span) bool {
	first, last := tokensIn(d, sent, p)
	content, known := 0, 0
	for _, t := range d.Tokens[first:last] {
		if w := strings.ToLower(t.Of(d.Text)); emptyWords[w] || sideWords[w] != nlp.Unstated {
			continue
		}
		content++
		if t.Word != 0 {
			known++
		}
	}
	return content == 1 && known == 1
}

// tokensIn returns the tokens of a sentence that a span covers.
func tokensIn(d *nlp.Document, sent nlp.Sentence, p nlp.Span) (first, last int) {
	for first = sent.First; first < sent.Last && d.Tokens[first].End <= p.Start; first++ {
	}
	for last = first; last < sent.Last && d.Tokens[last].Start < p.End; last++ {
	}
	return first, last
}

// What may stand before and after a phrase without being a part of it.
var (
	wordsBefore = lexicon.WordList("words_before")
	wordsAfter  = lexicon.WordList("words_after")
)

// joins reports whether only empty words stand between two phrases.
func joins(between string) bool {
	for _, t := range nlp.Scan(between) {
		if !emptyWords[strings.ToLower(t.Of(between))] {
			return false
		}
	}
	return true
}

// said are the words of a report that decide among codes for a phrase that stands alone: the
// encounter, the patient's age and sex. A side outside of the phrase belongs to something else.
func (e *Engine) said(s *study) []string {
	var out []string
	if encounter := e.encounter(s.doc); encounter != "" && encounter != "initial" {
		out = append(out, encounter)
	}
	return append(out, patientWords(s.doc.Report.Meta)...)
}

// patientWords say age and sex as titles of codes do. A newborn is up to 28 days old
// (ICD-10-CM guideline I.C.16).
func patientWords(m nlp.Meta) []string {
	var out []string
	switch {
	case m.Age == nil:
	case *m.Age*365 <= 28:
		out = append(out, "newborn", "neonatal")
	case *m.Age < 18:
		out = append(out, "child", "juvenile")
	default:
		out = append(out, "adult")
	}
	switch m.Sex {
	case "F":
		out = append(out, "female")
	case "M":
		out = append(out, "male")
	}
	return out
}

// retrieveOne makes a problem of a phrase.
func (e *Engine) retrieveOne(s *study, sentence int, phrase nlp.Span) (problem, bool) {
	a := e.retrieval.resolve(phrase.Of(s.doc.Text), e.said(s), s.date)
	if a == (answer{}) {
		return problem{}, false
	}
	sent := s.doc.Sentences[sentence]
	m := nlp.Mention{Span: phrase, Layer: nlp.ProblemLayer, Problem: a.term, Section: sent.Section, Sentence: sentence}
	m.First, m.Last = tokensIn(s.doc, sent, phrase)
	for i := m.First; i < m.Last; i++ {
		if side := sideWords[s.doc.Words(i)]; side != nlp.Unstated {
			m.Side, m.SideSpan = side, s.doc.Tokens[i].Span
		}
	}
	m.Assertion = e.reader.Assert(s.doc.Text, phrase)
	p := problem{mention: m, section: s.doc.Sections[sent.Section].Kind, retrieved: true}
	if a.term == nil {
		if statusKinds[kindOf(a.code)] || kindOf(a.code) == "external" {
			return problem{}, false // a device or a circumstance named in passing is no reason
		}
		row := &lexicon.Diagnosis{Concept: a.code, Kind: kindOf(a.code), Title: a.title}
		p.finding, p.coded = lexicon.Finding{Concept: a.code}, lexicon.Coded{Row: row, Code: a.code, Title: a.title}
		p.relevance = e.lex.RelevanceOf(a.code)
		return p, true
	}
	p.mention.Source = a.term.Source
	doc := *s.doc
	doc.Mentions = append(slices.Clone(s.doc.Mentions), m)
	b := e.newBinding(s)
	b.doc = &doc
	p.finding, p.at = b.finding(len(doc.Mentions)-1, a.term)
	var ok bool
	if p.coded, ok = e.lex.Diagnose(p.finding); !ok || statusKinds[p.coded.Row.Kind] {
		return problem{}, false
	}
	p.relevance = e.relevance(p.finding, p.coded.Code)
	return p, true
}

// kindOf says what kind of diagnosis a code of no row is, by its chapter.
func kindOf(code string) string {
	switch code[0] {
	case 'C':
		return "neoplasm"
	case 'O':
		return "pregnancy"
	case 'R':
		return "symptom"
	case 'S', 'T':
		return "injury"
	case 'V', 'W', 'X', 'Y':
		return "external"
	case 'Z':
		return "status"
	}
	return "disease"
}
