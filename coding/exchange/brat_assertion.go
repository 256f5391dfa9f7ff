package exchange

import (
	"fmt"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// attributeName is an attribute of annotators that asserts something.
type attributeName struct {
	axis string
	bare string // what it says without a value; "": it needs one
}

// attributeNames are what projects call their attributes, in lower case.
var attributeNames = map[string]attributeName{
	"negation":    {"negation", "negated"},
	"negated":     {"negation", "negated"},
	"polarity":    {"negation", ""},
	"certainty":   {"certainty", ""},
	"uncertain":   {"certainty", "uncertain"},
	"uncertainty": {"certainty", "uncertain"},
	"speculation": {"certainty", "uncertain"},
	"temporality": {"temporality", ""},
	"historical":  {"temporality", "historical"},
	"history":     {"temporality", "historical"},
	"experiencer": {"experiencer", ""},
	"family":      {"experiencer", "family member"},
}

// attributeValues are other words for the values of an axis.
var attributeValues = map[string]map[string]string{
	"negation":    {"negative": "negated", "absent": "negated", "neg": "negated", "positive": "affirmed", "present": "affirmed", "affirmative": "affirmed", "pos": "affirmed"},
	"certainty":   {"possible": "uncertain", "probable": "uncertain", "low": "uncertain", "definite": "certain", "high": "certain"},
	"temporality": {"past": "historical", "history": "historical", "current": "recent", "present": "recent"},
	"experiencer": {"family": "family member", "family_member": "family member"},
}

// value reads the value of an attribute, in lower case.
func (a attributeName) value(name, value string) (string, error) {
	axis := assertionAxes[slices.IndexFunc(assertionAxes, func(x assertionAxis) bool { return x.name == a.axis })]
	if value == "" && a.bare != "" {
		return a.bare, nil
	}
	if truth, ok := truths[value]; ok && a.bare != "" {
		if truth {
			return a.bare, nil
		}
		return axis.values[0], nil
	}
	value = first(attributeValues[a.axis][value], value)
	if !slices.Contains(axis.values, value) {
		return "", fmt.Errorf("attribute %s %q: want %s", name, value, strings.Join(axis.values, ", "))
	}
	return value, nil
}

// ReadBRATAssertions reads the assertion examples of a folder of brat annotations: the
// entities of every type that has an assertion attribute somewhere in the folder.
// An axis that is annotated somewhere is labelled everywhere: an entity without
// the attribute is affirmed, certain, recent, or the patient's. The sentence is
// the paragraph around the entity. A fault is an *ItemError with the line of the
// .ann file. All annotations are read twice, texts once at a time.
func ReadBRATAssertions(fsys fs.FS) iter.Seq2[AssertionExample, error] {
	return func(yield func(AssertionExample, error) bool) {
		files, err := annotationFiles(fsys)
		if err != nil {
			yield(AssertionExample{}, err)
			return
		}
		bratAssertions(fsys, files, yield)
	}
}

func bratAssertions(fsys fs.FS, files []string, yield func(AssertionExample, error) bool) {
	kinds, axes := map[string]bool{}, map[string]bool{}
	for _, file := range files {
		d, _, err := readStandoff(fsys, file)
		if err != nil {
			yield(AssertionExample{}, err)
			return
		}
		d.asserted(kinds, axes)
	}
	for _, file := range files {
		d, faults, err := readStandoff(fsys, file)
		if err != nil {
			yield(AssertionExample{}, err)
			return
		}
		for _, fault := range faults {
			if !yield(AssertionExample{}, fault) {
				return
			}
		}
		if d == nil {
			continue
		}
		for _, e := range d.entities {
			if kinds[e.kind] && !yield(d.example(e, axes), nil) {
				return
			}
		}
	}
}

// asserted collects the types of entities and the axes that are annotated.
func (d *standoff) asserted(kinds, axes map[string]bool) {
	if d == nil {
		return
	}
	for _, e := range d.entities {
		for axis := range e.values {
			kinds[e.kind], axes[axis] = true, true
		}
	}
}

func (d *standoff) example(e *entity, axes map[string]bool) AssertionExample {
	around := paragraph(d.text, e.span)
	name := strings.TrimSuffix(d.file, path.Ext(d.file))
	x := AssertionExample{
		ID: name + "#" + e.id, Group: name, File: d.file, Line: e.line,
		Sentence: around.Of(d.text), Start: e.span.Start - around.Start, End: e.span.End - around.Start,
	}
	for _, axis := range assertionAxes {
		if axes[axis.name] {
			*axis.of(&x) = first(e.values[axis.name], axis.values[0])
		}
	}
	return x
}

// paragraph widens a span to the empty lines around it.
func paragraph(text string, span nlp.Span) nlp.Span {
	start, end := 0, len(text)
	for at := 0; at < len(text); {
		n := strings.IndexByte(text[at:], '\n') + 1
		if n == 0 {
			n = len(text) - at
		}
		if strings.TrimSpace(text[at:at+n]) == "" {
			if at+n <= span.Start {
				start = at + n
			} else if at >= span.End {
				end = at
				break
			}
		}
		at += n
	}
	return nlp.Span{Start: start, End: end}
}
