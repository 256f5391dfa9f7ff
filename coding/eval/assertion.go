package eval

import (
	"cmp"
	"encoding/json"
	"math"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/nlp"
)

// Asserter says what a sentence states about a span of its bytes, and by which
// words. *nlp.Reader is one.
type Asserter interface {
	Assert(sentence string, span nlp.Span) nlp.Assertion
}

// AssertionAxis is a yes or no question about a phrase in its sentence, in the terms of
// ConText (Harkema et al. 2009).
type AssertionAxis struct {
	Name  string // the key of an assertion corpus
	Class string // the answer whose precision and recall are measured
	Doc   string
	want  func(exchange.AssertionExample) string // "": not labelled
	not   string                                 // the label that is not of the class; "": any label but Class
	got   func(nlp.Assertion) bool
}

// AssertionAxes are what is measured, in the order of reports.
var AssertionAxes = []AssertionAxis{
	{"negation", "negated", "the sentence says that it is not there", func(x exchange.AssertionExample) string { return x.Negation }, "", func(a nlp.Assertion) bool { return a.Negated }},
	{"certainty", "uncertain", "the sentence doubts it", func(x exchange.AssertionExample) string { return x.Certainty }, "", func(a nlp.Assertion) bool { return a.Uncertain }},
	{"temporality", "historical", "it was before", func(x exchange.AssertionExample) string { return x.Temporality }, "", func(a nlp.Assertion) bool { return a.Historical }},
	{"experiencer", "other", "somebody else has it: anybody but the patient", func(x exchange.AssertionExample) string { return x.Experiencer }, "patient", func(a nlp.Assertion) bool { return a.Family }},
}

// wants reports whether the label is of the class.
func (x *AssertionAxis) wants(label string) bool {
	if x.not != "" {
		return label != x.not
	}
	return label == x.Class
}

// AssertionScore counts the answers to one question over the labelled examples:
// true and false positives and negatives of the class.
type AssertionScore struct {
	Axis, Class    string
	TP, FP, FN, TN int
}

// N is the number of labelled examples.
func (s AssertionScore) N() int { return s.TP + s.FP + s.FN + s.TN }

// Precision is TP / (TP + FP), NaN when nothing was said to be of the class.
func (s AssertionScore) Precision() float64 { return float64(s.TP) / float64(s.TP+s.FP) }

// Recall is TP / (TP + FN), NaN when nothing is of the class.
func (s AssertionScore) Recall() float64 { return float64(s.TP) / float64(s.TP+s.FN) }

// F1 is 2 TP / (2 TP + FP + FN), NaN when there is nothing to find and nothing
// was found.
func (s AssertionScore) F1() float64 { return 2 * float64(s.TP) / float64(2*s.TP+s.FP+s.FN) }

// Accuracy is (TP + TN) / N.
func (s AssertionScore) Accuracy() float64 { return float64(s.TP+s.TN) / float64(s.N()) }

// MarshalJSON writes counts and ratios, a ratio without denominator as null.
func (s AssertionScore) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Axis      string   `json:"axis"`
		Class     string   `json:"class"`
		N         int      `json:"n"`
		TP        int      `json:"tp"`
		FP        int      `json:"fp"`
		FN        int      `json:"fn"`
		TN        int      `json:"tn"`
		Precision *float64 `json:"precision"`
		Recall    *float64 `json:"recall"`
		F1        *float64 `json:"f1"`
		Accuracy  *float64 `json:"accuracy"`
	}{s.Axis, s.Class, s.N(), s.TP, s.FP, s.FN, s.TN, defined(s.Precision()), defined(s.Recall()), defined(s.F1()), defined(s.Accuracy())})
}

func defined(f float64) *float64 {
	if math.IsNaN(f) {
		return nil
	}
	return &f
}

// CueScore is how often a cue decided and was right. Where several cues act on a
// phrase, the one that nlp.Assertion names has decided. A decision on what the
// example does not label is neither right nor wrong.
type CueScore struct {
	Cue      string `json:"cue"`      // in lower case
	Category string `json:"category"` // negated, uncertain, historical, hypothetical, family
	Decided  int    `json:"decided"`
	Right    int    `json:"right"`
	Wrong    int    `json:"wrong"`
}

// AssertionError is a wrong answer.
type AssertionError struct {
	exchange.AssertionExample
	File     string `json:"file"`
	Line     int    `json:"line"`
	Axis     string `json:"axis"`
	Want     string `json:"want"`          // the label
	Got      bool   `json:"got"`           // the answer: of the class
	Cue      string `json:"cue,omitempty"` // what decided, if anything did
	Category string `json:"category,omitempty"`
}

// AssertionReport is what is measured on an assertion corpus.
type AssertionReport struct {
	N      int              `json:"n"`
	Right  int              `json:"right"`  // examples without an error
	Scores []AssertionScore `json:"scores"` // of the axes that are labelled, in the order of AssertionAxes
	Cues   []CueScore       `json:"cues"`   // the most often wrong first, then the most used, then by name
	Errors []AssertionError `json:"errors"` // in the order of the corpus and the axes
}

// MeasureAssertions asks about every example and compares with its labels.
func MeasureAssertions(a Asserter, examples []exchange.AssertionExample) AssertionReport {
	r := AssertionReport{N: len(examples), Scores: []AssertionScore{}, Cues: []CueScore{}, Errors: []AssertionError{}}
	scores := make([]AssertionScore, len(AssertionAxes))
	cues := map[[2]string]*CueScore{}
	for _, x := range examples {
		got := a.Assert(x.Sentence, nlp.Span{Start: x.Start, End: x.End})
		cue := cueOf(x.Sentence, got)
		errors := len(r.Errors)
		for i := range AssertionAxes {
			axis := &AssertionAxes[i]
			label := axis.want(x)
			if label != "" && !scores[i].add(axis.wants(label), axis.got(got)) {
				r.Errors = append(r.Errors, AssertionError{x, x.File, x.Line, axis.Name, label, axis.got(got), cue.Cue, cue.Category})
			}
		}
		if len(r.Errors) == errors {
			r.Right++
		}
		if cue.Category != "" {
			countCue(cues, cue, x)
		}
	}
	for i, s := range scores {
		if s.N() > 0 {
			s.Axis, s.Class = AssertionAxes[i].Name, AssertionAxes[i].Class
			r.Scores = append(r.Scores, s)
		}
	}
	for _, c := range cues {
		r.Cues = append(r.Cues, *c)
	}
	slices.SortFunc(r.Cues, func(a, b CueScore) int {
		return cmp.Or(b.Wrong-a.Wrong, b.Decided-a.Decided, strings.Compare(a.Cue, b.Cue), strings.Compare(a.Category, b.Category))
	})
	return r
}

// add counts an answer and reports whether it is right.
func (s *AssertionScore) add(want, got bool) bool {
	switch {
	case want && got:
		s.TP++
	case got:
		s.FP++
	case want:
		s.FN++
	default:
		s.TN++
	}
	return want == got
}

// categories are what a cue can make of a phrase, in the order in which nlp lets
// one of several cues decide, with the axis they answer.
var categories = []struct {
	name, axis string
	in         func(nlp.Assertion) bool
}{
	{"negated", "negation", func(a nlp.Assertion) bool { return a.Negated }},
	{"uncertain", "certainty", func(a nlp.Assertion) bool { return a.Uncertain }},
	{"historical", "temporality", func(a nlp.Assertion) bool { return a.Historical }},
	{"hypothetical", "", func(a nlp.Assertion) bool { return a.Hypothetical }},
	{"family", "experiencer", func(a nlp.Assertion) bool { return a.Family }},
}

// cueOf names the words that decided and what they made of the phrase.
func cueOf(sentence string, a nlp.Assertion) CueScore {
	for _, c := range categories {
		if c.in(a) {
			return CueScore{Cue: strings.Join(strings.Fields(strings.ToLower(a.Cue.Of(sentence))), " "), Category: c.name}
		}
	}
	return CueScore{}
}

// countCue adds a decision to the table of cues.
func countCue(cues map[[2]string]*CueScore, cue CueScore, x exchange.AssertionExample) {
	key := [2]string{cue.Cue, cue.Category}
	if cues[key] == nil {
		cues[key] = &cue
	}
	c := cues[key]
	c.Decided++
	for i := range AssertionAxes {
		axis := &AssertionAxes[i]
		label := axis.want(x)
		if label == "" || !answers(cue.Category, axis.Name) {
			continue
		}
		if axis.wants(label) {
			c.Right++
		} else {
			c.Wrong++
		}
	}
}

func answers(category, axis string) bool {
	for _, c := range categories {
		if c.name == category {
			return c.axis == axis
		}
	}
	return false
}
