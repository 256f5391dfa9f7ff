package audit

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
)

// Lesson is one kind of error with how often it was made and an example
// (requirement R183).
type Lesson struct {
	Rule    string   `json:"rule"`  // type of the difference, or relation of an evaluation
	Topic   string   `json:"topic"` // study, or category of diagnoses
	Doc     string   `json:"doc"`
	Cases   int      `json:"cases"`
	Surely  int      `json:"findings"` // of the cases, those that we stand by
	Coders  []string `json:"coders"`
	Example string   `json:"example"` // id of a report
	Coded   string   `json:"coded"`
	Right   string   `json:"right"`
	Message string   `json:"message"`
	Words   []string `json:"words"`
}

// lessonBook gathers errors by rule and topic.
type lessonBook struct {
	all    []Lesson
	number map[[2]string]int
}

// note counts an error; the first one that we stand by becomes the example.
func (b *lessonBook) note(l Lesson, coder string) {
	key := [2]string{l.Rule, l.Topic}
	at, known := b.number[key]
	if !known {
		if b.number == nil {
			b.number = map[[2]string]int{}
		}
		at = len(b.all)
		b.number[key] = at
		l.Coders = []string{}
		b.all = append(b.all, l)
		b.all[at].Surely = 0
	}
	have := &b.all[at]
	if l.Surely > 0 && have.Surely == 0 {
		have.Example, have.Coded, have.Right, have.Message, have.Words = l.Example, l.Coded, l.Right, l.Message, l.Words
	}
	have.Cases++
	have.Surely += l.Surely
	if coder != "" && !slices.Contains(have.Coders, coder) {
		have.Coders = append(have.Coders, coder)
		slices.Sort(have.Coders)
	}
}

// list sorts by what is surest, then most frequent.
func (b *lessonBook) list() []Lesson {
	slices.SortStableFunc(b.all, func(x, y Lesson) int {
		return cmp.Or(y.Surely-x.Surely, y.Cases-x.Cases, cmp.Compare(x.Rule, y.Rule), cmp.Compare(x.Topic, y.Topic))
	})
	if b.all == nil {
		return []Lesson{}
	}
	return b.all
}

// lessons groups the differences of claims.
func (a *Auditor) lessons(cases []Case) []Lesson {
	var b lessonBook
	for i := range cases {
		c := &cases[i]
		for _, d := range c.Differences {
			l := Lesson{
				Rule: d.Type, Topic: a.topic(d.System, cmp.Or(codeOf(d.Supported), codeOf(d.Coded))), Doc: types[typeRank(d.Type)].Doc,
				Example: c.ID, Coded: d.Coded, Right: d.Supported, Message: d.Message, Words: []string{},
			}
			for _, q := range d.Words {
				l.Words = append(l.Words, q.Text)
			}
			if d.Finding {
				l.Surely = 1
			}
			b.note(l, c.Coder)
		}
	}
	return b.list()
}

// topic is what a code is about: a study ("ct abdomen, pelvis") or a category.
func (a *Auditor) topic(system, code string) string {
	if system == systemICD {
		return eval.Category(code)
	}
	return a.book.Family(code)
}

// Lessons groups the errors of an evaluation, errors.jsonl of a run of eval, by how the given
// code is related to the right one. Lines that are none are *exchange.ItemErrors, joined; the others count.
func (a *Auditor) Lessons(r io.Reader, name string) ([]Lesson, []error) {
	var b lessonBook
	var faults []error
	docs := map[string]string{}
	for _, rel := range eval.Relations() {
		docs[rel.System+" "+rel.Name] = rel.Doc
	}
	for line, err := range exchange.ReadLines(r, name) {
		if err != nil {
			faults = append(faults, err)
			continue
		}
		var x struct {
			ID     string           `json:"id"`
			Errors []eval.CodeError `json:"errors"`
		}
		if err := json.NewDecoder(bytes.NewReader(line.Text)).Decode(&x); err != nil || len(x.Errors) == 0 {
			faults = append(faults, &exchange.ItemError{File: name, Line: line.Number, Err: fmt.Errorf("no line of errors.jsonl: %w", cmp.Or(err, io.ErrUnexpectedEOF))})
			continue
		}
		for _, e := range x.Errors {
			b.note(Lesson{
				Rule: e.Kind(), Topic: a.topic(e.System, cmp.Or(e.Gold, e.Predicted)), Doc: docs[e.Kind()],
				Example: x.ID, Coded: e.Predicted, Right: e.Gold, Words: []string{},
			}, "")
		}
	}
	return b.list(), faults
}
