package eval

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
	"github.com/radcode/radcode/nlp"
)

// scripted answers by the sentence's first word.
type scripted map[string]nlp.Assertion

func (s scripted) Assert(sentence string, _ nlp.Span) nlp.Assertion {
	word, _, _ := strings.Cut(sentence, " ")
	a := s[word]
	a.Cue = nlp.Span{Start: 0, End: len(word)}
	return a
}

func TestMeasureAssertions(t *testing.T) {
	said := scripted{"No": {Negated: true}, "Old": {Historical: true, Family: true}, "If": {Hypothetical: true}}
	x := func(sentence, negation, temporality, experiencer string) exchange.AssertionExample {
		return exchange.AssertionExample{Sentence: sentence, End: len(sentence), Negation: negation, Temporality: temporality, Experiencer: experiencer}
	}
	r := MeasureAssertions(said, []exchange.AssertionExample{
		x("No fever", "negated", "recent", "patient"),
		x("No doubt", "affirmed", "", ""),
		x("Denied", "negated", "recent", "patient"),
		x("Fever", "affirmed", "recent", "patient"),
		x("Old fever", "", "historical", "family member"),
		x("Old man", "", "not particular", "patient"),
		x("If fever", "", "recent", ""),
	})
	if want := []AssertionScore{
		{"negation", "negated", 1, 1, 1, 1}, {"temporality", "historical", 1, 1, 0, 4}, {"experiencer", "other", 1, 1, 0, 3},
	}; !reflect.DeepEqual(r.Scores, want) {
		t.Errorf("scores %+v", r.Scores)
	}
	if want := []CueScore{{"no", "negated", 2, 1, 1}, {"old", "historical", 2, 1, 1}, {"if", "hypothetical", 1, 0, 0}}; !reflect.DeepEqual(r.Cues, want) {
		t.Errorf("cues %+v", r.Cues)
	}
	var errors []string
	for _, e := range r.Errors {
		errors = append(errors, strings.Join([]string{e.Sentence, e.Axis, e.Want, e.Cue}, "|"))
	}
	want := []string{"No doubt|negation|affirmed|no", "Denied|negation|negated|", "Old man|temporality|not particular|old", "Old man|experiencer|patient|old"}
	if !reflect.DeepEqual(errors, want) {
		t.Errorf("errors %q", errors)
	}
	if r.N != 7 || r.Right != 4 {
		t.Errorf("%d of %d right", r.Right, r.N)
	}
}

func TestAssertionRatios(t *testing.T) {
	s := AssertionScore{TP: 3, FP: 1, FN: 2, TN: 4}
	if s.Precision() != 0.75 || s.Recall() != 0.6 || math.Abs(s.F1()-6.0/9) > 1e-12 || s.Accuracy() != 0.7 {
		t.Errorf("%v %v %v %v", s.Precision(), s.Recall(), s.F1(), s.Accuracy())
	}
	b, err := json.Marshal(AssertionScore{Axis: "negation", Class: "negated", TN: 2})
	if want := `{"axis":"negation","class":"negated","n":2,"tp":0,"fp":0,"fn":0,"tn":2,"precision":null,"recall":null,"f1":null,"accuracy":1}`; err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
}

// TestReaderIsAnAsserter measures the engine's own reader on sentences written
// for this test.
func TestReaderIsAnAsserter(t *testing.T) {
	lex, err := lexicon.Default()
	if err != nil {
		t.Fatal(err)
	}
	reader, err := nlp.New(lex)
	if err != nil {
		t.Fatal(err)
	}
	examples := []exchange.AssertionExample{
		{Sentence: "No pleural effusion.", Start: 3, End: 19, Negation: "negated"},
		{Sentence: "There is a pleural effusion.", Start: 11, End: 27, Negation: "affirmed"},
		{Sentence: "History of asthma.", Start: 11, End: 17, Temporality: "historical"},
		{Sentence: "Mother has breast cancer.", Start: 11, End: 24, Experiencer: "family member"},
		{Sentence: "Possible pneumonia.", Start: 9, End: 18, Certainty: "uncertain"},
	}
	r := MeasureAssertions(reader, examples)
	if r.Right != len(examples) || len(r.Scores) != len(AssertionAxes) {
		t.Errorf("%+v", r)
	}
	for _, a := range AssertionAxes {
		if a.Doc == "" {
			t.Errorf("%s has no doc", a.Name)
		}
	}
}
