package coding

import (
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// Radiation oncology grades most of its services: simple, intermediate, complex.
// Price lists write the grade short ("comp" is complex there and complete
// everywhere else), as a letter before the name, or as the number of areas
// treated.
var grades = []struct {
	concept string
	words   map[string]bool
}{
	{"simple", lexicon.WordList("grade_simple")},
	{"intermediate", lexicon.WordList("grade_intermediate")},
	{"complex", lexicon.WordList("grade_complex")},
}

// statedGrades are the concepts that say a grade in full.
var statedGrades = []string{
	"simple", "intermediate", "complex", "level_1", "level_2", "level_3", "special_treatment", "special_port_plan",
	"channels_1", "channels_2_12", "channels_over_12",
}

// readRadiotherapy completes the facts of an exam name that says radiation
// treatment.
func (e *Engine) readRadiotherapy(d *nlp.Document, f *Facts, first, last int, evidence func(nlp.Span) Evidence) {
	if d.Report.Exam == "" || !f.Has(e.lex.Lookup(lexicon.Modality, "rt")) {
		return
	}
	// "Rad" and "special" name departments elsewhere; here they are radiation and a grade.
	f.forget(e.lex.Lookup(lexicon.Modality, "xr"), e.lex.Lookup(lexicon.Modality, "xa"))
	technique := func(name string) lexicon.ConceptID { return e.lex.Lookup(lexicon.Technique, name) }
	graded := slices.ContainsFunc(statedGrades, func(name string) bool { return f.Has(technique(name)) })
	if grade, at := e.readGrade(d, f, first, last); !graded && grade != "" {
		f.add(lexicon.Technique, technique(grade), evidence(d.Tokens[at].Span))
		f.forget(e.lex.Lookup(lexicon.Extent, "complete"), technique("multiple_areas"), technique("single_study"))
		if d.Words(at) == "sim" {
			f.forget(technique("simulation"))
		}
	}
	e.readKindOfService(d, f, first, last, evidence)
	delivery := technique("treatment_delivery")
	switch {
	case f.Has(e.lex.Lookup(lexicon.Intent, "planning")):
		f.forget(delivery) // planning of a delivery
	case e.namesNoService(f):
		f.add(lexicon.Technique, delivery, f.evidenceOf(lexicon.Modality)[0])
	case f.Has(technique("brachytherapy")) && slices.ContainsFunc(channelCounts, func(name string) bool { return f.Has(technique(name)) }) && !f.Has(technique("isodose")):
		f.add(lexicon.Technique, technique("hdr"), f.evidenceOf(lexicon.Modality)[0])
	}
}

// channelCounts are stated of the afterloader of high dose rate brachytherapy.
var channelCounts = []string{"channels_1", "channels_2_12", "channels_over_12"}

// kindsOfService says which service a word beside another one makes of it.
var kindsOfService = []struct {
	words         map[string]bool
	stated, makes string
}{
	{lexicon.WordList("rt_continuing"), "physics", "physics_continuing"},
	{lexicon.WordList("rt_special"), "physics", "physics_special"},
	{lexicon.WordList("rt_special"), "dosimetry", "special_dosimetry"},
	{lexicon.WordList("rt_special"), "isodose", "special_port_plan"},
	{lexicon.WordList("rt_special"), "teletherapy", "special_port_plan"},
}

// readKindOfService tells the special and the continuing services from the
// plain ones, however far apart the words stand.
func (e *Engine) readKindOfService(d *nlp.Document, f *Facts, first, last int, evidence func(nlp.Span) Evidence) {
	for _, k := range kindsOfService {
		stated := e.lex.Lookup(lexicon.Technique, k.stated)
		for i := first; i < last && f.Has(stated); i++ {
			if k.words[d.Words(i)] {
				f.forget(stated)
				f.add(lexicon.Technique, e.lex.Lookup(lexicon.Technique, k.makes), evidence(d.Tokens[i].Span))
			}
		}
	}
}

// namesNoService reports whether nothing but a grade or an energy stands beside
// radiation treatment: "rad tx complex 6-10 MV" is the delivery.
func (e *Engine) namesNoService(f *Facts) bool {
	qualified := false
	for _, id := range f.Of(lexicon.Technique) {
		name := e.lex.Concept(id).Name
		switch {
		case name == "simple", name == "intermediate", name == "complex", strings.HasPrefix(name, "level_"),
			name == "megavoltage", strings.HasPrefix(name, "mv_"):
			qualified = true
		default:
			return false
		}
	}
	return qualified
}

// readGrade finds a grade in short form and the token that says it.
func (e *Engine) readGrade(d *nlp.Document, f *Facts, first, last int) (grade string, at int) {
	words := gradeWords(d, first, last)
	for _, i := range words {
		for _, g := range grades {
			if g.words[d.Words(i)] {
				return g.concept, i
			}
		}
	}
	if grade, at = countedAreas(d, f.Has(e.lex.Lookup(lexicon.Technique, "megavoltage")), first, last); grade != "" {
		return grade, at
	}
	if len(words) == 0 {
		return "", 0
	}
	if i := words[0]; d.Tokens[i].Len() == 1 && strings.HasPrefix(d.Text[d.Tokens[i].End:], "-") {
		return gradeBeginning(d.Words(i)), i
	}
	if i := words[len(words)-1]; endsName(d, i, last) {
		return gradeBeginning(d.Words(i)), i // cut off at the end of the field
	}
	return "", 0
}

// gradeWords are the words that may be a grade: those of a longer term are
// not ("int/intracav").
func gradeWords(d *nlp.Document, first, last int) []int {
	var words []int
	for i := first; i < last; i++ {
		if d.Tokens[i].Kind != nlp.Word || ledgerWords[d.Words(i)] {
			continue
		}
		if !slices.ContainsFunc(d.Mentions, func(m nlp.Mention) bool { return m.First <= i && i < m.Last && m.Last-m.First > 1 }) {
			words = append(words, i)
		}
	}
	return words
}

// endsName reports whether a word of two letters or more is the last of the
// name, modifiers aside, and no further item of a list ("plan and sim").
func endsName(d *nlp.Document, i, last int) bool {
	if d.Tokens[i].Len() < 2 || d.Words(i) == "in" || i > 0 && listWords[d.Words(i-1)] {
		return false
	}
	for i++; i < last; i++ {
		if d.Tokens[i].Kind == nlp.Word {
			return false
		}
	}
	return true
}

var listWords = map[string]bool{"and": true, "&": true, "/": true, "+": true}

func gradeBeginning(word string) string {
	for _, g := range grades {
		if strings.HasPrefix(g.concept, word) {
			return g.concept
		}
	}
	return ""
}

// areaWords are what is counted to grade a delivery.
var areaWords = lexicon.WordList("treatment_area")

// countWords are numbers in letters.
var countWords = map[string]int{"single": 1, "sngl": 1, "sgl": 1, "one": 1, "two": 2, "three": 3}

// countedAreas reads "2 areas" and, beside an energy, a bare "three".
func countedAreas(d *nlp.Document, bare bool, first, last int) (grade string, at int) {
	for i := first; i < last; i++ {
		n := countWords[d.Words(i)]
		if d.Tokens[i].Kind == nlp.Number {
			n, _ = strconv.Atoi(d.Tokens[i].Of(d.Text))
		}
		if n < 1 || d.Tokens[i].Kind == nlp.Number && !areaFollows(d, bare, i+1, last) ||
			d.Tokens[i].Kind == nlp.Word && !bare && !areaFollows(d, bare, i+1, last) {
			continue
		}
		return grades[min(n, len(grades))-1].concept, i
	}
	return "", 0
}

// areaFollows skips "+", "or more" and "treatment".
func areaFollows(d *nlp.Document, bare bool, i, last int) bool {
	for ; i < last; i++ {
		switch w := d.Words(i); {
		case areaWords[w]:
			return true
		case bare && w == "tx" && i+1 == last:
			return true
		case w == "+", w == "or", w == "more", w == "treatment", w == "tx":
		default:
			return false
		}
	}
	return false
}
