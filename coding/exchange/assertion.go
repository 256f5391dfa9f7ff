package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode/utf8"
)

// AssertionExample is a phrase in a sentence and what the sentence says about
// it: one line of an assertion corpus. A value that is empty is not labelled and
// not scored.
type AssertionExample struct {
	ID          string   `json:"id,omitempty"`
	Sentence    string   `json:"sentence"`
	Start       int      `json:"start"` // bytes of Sentence, half-open
	End         int      `json:"end"`
	Negation    string   `json:"negation,omitempty"`    // affirmed, negated
	Certainty   string   `json:"certainty,omitempty"`   // certain, uncertain
	Temporality string   `json:"temporality,omitempty"` // recent, historical, hypothetical, not particular
	Experiencer string   `json:"experiencer,omitempty"` // patient, family member, other
	Group       string   `json:"group,omitempty"`
	Tags        []string `json:"tags,omitempty"`

	File string `json:"-"`
	Line int    `json:"-"` // 1-based line of File where the example stands
}

// assertionAxis is something that a sentence says about a phrase.
type assertionAxis struct {
	name   string
	values []string // the first is what holds when nothing is said
	of     func(*AssertionExample) *string
}

var assertionAxes = []assertionAxis{
	{"negation", []string{"affirmed", "negated"}, func(x *AssertionExample) *string { return &x.Negation }},
	{"certainty", []string{"certain", "uncertain"}, func(x *AssertionExample) *string { return &x.Certainty }},
	{"temporality", []string{"recent", "historical", "hypothetical", "not particular"}, func(x *AssertionExample) *string { return &x.Temporality }},
	{"experiencer", []string{"patient", "family member", "other"}, func(x *AssertionExample) *string { return &x.Experiencer }},
}

// check brings values to the form they are compared in and says what is wrong
// with the example.
func (x *AssertionExample) check() error {
	switch {
	case x.Start < 0 || x.End > len(x.Sentence) || x.Start > x.End:
		return fmt.Errorf("span %d-%d lies outside the sentence of %d bytes", x.Start, x.End, len(x.Sentence))
	case x.Start == x.End:
		return fmt.Errorf("span %d-%d is empty", x.Start, x.End)
	case !utf8.RuneStart(x.Sentence[x.Start]) || x.End < len(x.Sentence) && !utf8.RuneStart(x.Sentence[x.End]):
		return fmt.Errorf("span %d-%d cuts a character in two (offsets are bytes)", x.Start, x.End)
	}
	for _, axis := range assertionAxes {
		v := axis.of(x)
		*v = strings.ToLower(strings.ReplaceAll(strings.TrimSpace(*v), "_", " "))
		if *v != "" && !slices.Contains(axis.values, *v) {
			return fmt.Errorf("%s %q: want %s", axis.name, *v, strings.Join(axis.values, ", "))
		}
	}
	return nil
}

// ReadAssertions reads an assertion corpus: JSON lines, or the tab-separated
// table of the NegEx and ConText test kits, told apart by their first byte. A
// bad line is an *ItemError and reading goes on; any other error is the reader's
// and comes last. Spans lie inside their sentence and on characters. Name is for
// messages.
func ReadAssertions(r io.Reader, name string) iter.Seq2[AssertionExample, error] {
	in := unwrap(r)
	parse := (&negexKit{}).example
	if start := bytes.TrimLeft(head(in), " \t\r\n"); bytes.HasPrefix(start, []byte("{")) {
		parse = assertionLine
	}
	return func(yield func(AssertionExample, error) bool) {
		lines := lineReader{r: in}
		for {
			line, err := lines.next()
			if err == io.EOF {
				return
			}
			tooLong := errors.Is(err, errTooLong)
			if err != nil && !tooLong {
				yield(AssertionExample{}, err)
				return
			}
			if len(bytes.TrimSpace(line)) == 0 && !tooLong {
				continue
			}
			x := AssertionExample{File: name, Line: lines.line}
			text, _ := decode(line)
			if !tooLong {
				err = parse(&x, strings.TrimRight(text, "\r\n"))
			}
			if err == errHeader {
				continue
			}
			if err == nil {
				err = x.check()
			}
			if err != nil {
				x, err = AssertionExample{}, &ItemError{name, lines.line, err}
			}
			if !yield(x, err) {
				return
			}
		}
	}
}

// assertionLine reads one JSON object.
func assertionLine(x *AssertionExample, line string) error {
	if err := json.Unmarshal([]byte(line), x); err != nil {
		return explain(err)
	}
	if x.Sentence == "" {
		return errors.New("no sentence")
	}
	return nil
}
