package exchange

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/radcode/radcode/nlp"
)

// standoff is one annotated text: a .txt file and the .ann file beside it.
type standoff struct {
	file     string // of the annotations
	text     string
	note     string // what had to be assumed about the text's bytes
	entities []*entity
	notes    map[string]string // of annotators, by the entity they are about
}

// entity is a text-bound annotation with what refers to it.
type entity struct {
	id, kind string
	span     nlp.Span // from its first fragment to its last
	line     int
	values   map[string]string // what it asserts: axis -> value
	gold     Gold              // the codes it is normalised to
}

// says reports the value of an axis.
func (e *entity) says(axis, value string) bool { return e.values[axis] == value }

// annotationFiles lists the .ann files of a folder and the folders in it, in
// order.
func annotationFiles(fsys fs.FS) ([]string, error) {
	var out []string
	err := walk(fsys, func(name string) {
		if path.Ext(name) == ".ann" {
			out = append(out, name)
		}
	})
	return out, err
}

// readStandoff reads an annotated text. Faults are *ItemError with lines of the
// .ann file; what they are about is left out of the result.
func readStandoff(fsys fs.FS, file string) (*standoff, []error, error) {
	textFile := strings.TrimSuffix(file, ".ann") + ".txt"
	text, note, err := readTextFile(fsys, textFile)
	if errors.Is(err, fs.ErrNotExist) {
		err = &ItemError{file, 1, fmt.Errorf("no %s beside it", path.Base(textFile))}
	}
	annotations := ""
	if err == nil {
		annotations, _, err = readTextFile(fsys, file)
	}
	var item *ItemError
	if errors.As(err, &item) {
		return nil, []error{err}, nil
	}
	if err != nil {
		return nil, nil, err
	}
	d := &standoff{file: file, text: text, note: note, notes: map[string]string{}}
	return d, d.parse(annotations), nil
}

// readTextFile reads and decodes a file up to MaxItem and closes it. What is no
// text is an *ItemError.
func readTextFile(fsys fs.FS, name string) (text, note string, err error) {
	f, err := fsys.Open(name)
	if err != nil {
		return "", "", err
	}
	defer f.Close()
	b, err := readWhole(f)
	if err == nil {
		text, note, err = DecodeText(b)
	}
	var format *FormatError
	if errors.Is(err, errTooLong) || errors.As(err, &format) {
		err = &ItemError{name, 1, err}
	}
	return text, note, err
}

// annotationKinds are the kinds of lines, by first letter, in the order in which
// they must be read: others refer to text-bound ones, also to such that follow.
var annotationKinds = []struct {
	letters string
	read    func(d *standoff, p *annotated, fields []string) error
}{
	{"T", (*standoff).bound},
	{"E", (*standoff).event},
	{"AM", (*standoff).attribute},
	{"N", (*standoff).normalisation},
	{"#", (*standoff).remark},
	{"R*", func(*standoff, *annotated, []string) error { return nil }}, // relations and equivalences say nothing about one span
}

// annotated is the state of reading one .ann file.
type annotated struct {
	runes []int              // byte offset of every character of the text, and its length
	byID  map[string]*entity // events stand for their trigger
	line  int
}

// parse reads all lines, once per kind.
func (d *standoff) parse(annotations string) []error {
	p := &annotated{byID: map[string]*entity{}}
	for i := range d.text {
		p.runes = append(p.runes, i)
	}
	p.runes = append(p.runes, len(d.text))
	var faults []error
	lines := strings.Split(annotations, "\n")
	for _, kind := range annotationKinds {
		for i, line := range lines {
			line = strings.TrimRight(line, "\r")
			if line == "" || !strings.Contains(kind.letters, line[:1]) {
				continue
			}
			p.line = i + 1
			if err := kind.read(d, p, strings.SplitN(line, "\t", 3)); err != nil {
				faults = append(faults, &ItemError{d.file, p.line, err})
			}
		}
	}
	for i, line := range lines {
		if strings.TrimSpace(line) != "" && !knownKind(line[0]) {
			faults = append(faults, &ItemError{d.file, i + 1, fmt.Errorf("%.20q is no annotation", line)})
		}
	}
	slices.SortStableFunc(faults, func(a, b error) int { return lineOf(a) - lineOf(b) })
	return faults
}

func knownKind(letter byte) bool {
	for _, k := range annotationKinds {
		if strings.IndexByte(k.letters, letter) >= 0 {
			return true
		}
	}
	return false
}

func lineOf(err error) int {
	var item *ItemError
	if errors.As(err, &item) {
		return item.Line
	}
	return 0
}

// bound reads "T1<tab>Sign 3 5;9 12<tab>words".
func (d *standoff) bound(p *annotated, fields []string) error {
	if len(fields) < 3 {
		return errors.New("want id, type with offsets, and text, separated by tabs")
	}
	kind, offsets, _ := strings.Cut(fields[1], " ")
	e := &entity{id: fields[0], kind: kind, line: p.line, values: map[string]string{}}
	var words []string
	for i, fragment := range strings.Split(offsets, ";") {
		var span nlp.Span
		from, to, _ := strings.Cut(fragment, " ")
		start, err1 := strconv.Atoi(from)
		end, err2 := strconv.Atoi(to)
		if err1 != nil || err2 != nil {
			return fmt.Errorf("offsets %q: want numbers like 3 12 or 3 5;9 12", offsets)
		}
		if start < 0 || end <= start || end >= len(p.runes) {
			return fmt.Errorf("span %d-%d lies outside the text of %d characters", start, end, len(p.runes)-1)
		}
		span = nlp.Span{Start: p.runes[start], End: p.runes[end]}
		words = append(words, span.Of(d.text))
		if i == 0 {
			e.span = span
		}
		e.span = nlp.Span{Start: min(e.span.Start, span.Start), End: max(e.span.End, span.End)}
	}
	if got := strings.Join(words, " "); !sameWords(got, fields[2]) {
		return fmt.Errorf("the text at %s is %q, not %q", offsets, got, fields[2])
	}
	if p.byID[e.id] != nil {
		return fmt.Errorf("%s stands twice", e.id)
	}
	p.byID[e.id] = e
	d.entities = append(d.entities, e)
	return nil
}

// sameWords compares but for white space, which brat writes as one space each.
func sameWords(a, b string) bool {
	return slices.Equal(strings.Fields(a), strings.Fields(b))
}

// event reads "E1<tab>Type:T1 Role:T2": what is said of an event is said of its
// trigger.
func (d *standoff) event(p *annotated, fields []string) error {
	if len(fields) < 2 {
		return errors.New("want id and type:trigger, separated by a tab")
	}
	trigger, _, _ := strings.Cut(fields[1], " ")
	_, id, _ := strings.Cut(trigger, ":")
	e := p.byID[id]
	if e == nil {
		return fmt.Errorf("no annotation %s", id)
	}
	p.byID[fields[0]] = e
	return nil
}

// of finds what a line refers to: the entity in its second word.
func (p *annotated) of(fields []string) (e *entity, words []string, err error) {
	if len(fields) > 1 {
		words = strings.Fields(fields[1])
	}
	if len(words) < 2 {
		return nil, nil, errors.New("want id, then a name and what it is about, separated by a tab")
	}
	if e = p.byID[words[1]]; e == nil {
		err = fmt.Errorf("no annotation %s", words[1])
	}
	return e, words, err
}

// attribute reads "A1<tab>Negation T1" and "A2<tab>Temporality T1 Historical".
// An attribute of a name that asserts nothing is passed over, also when it is
// about a relation.
func (d *standoff) attribute(p *annotated, fields []string) error {
	e, words, err := p.of(fields)
	if words == nil {
		return err
	}
	a, known := attributeNames[strings.ToLower(words[0])]
	if !known {
		return nil
	}
	if err != nil {
		return err
	}
	value := strings.ToLower(strings.Join(words[2:], " "))
	v, err := a.value(words[0], value)
	if err == nil {
		e.values[a.axis] = v
	}
	return err
}

// normalised are the code systems of normalisations, by their names without
// hyphens: how a code of theirs is read into the gold.
var normalised = map[string]func(g *Gold, code string) error{
	"ICD10CM": func(g *Gold, code string) error { return addDiagnoses(&g.ICD10CM, code) },
	"ICD10":   func(g *Gold, code string) error { return addDiagnoses(&g.ICD10CM, code) },
	"CPT":     (*Gold).procedures,
	"CPT4":    (*Gold).procedures,
	"HCPCS":   (*Gold).procedures,
}

// normalisation reads "N1<tab>Reference T1 ICD10CM:R05.9<tab>Cough". Codes of
// other systems are passed over.
func (d *standoff) normalisation(p *annotated, fields []string) error {
	e, words, err := p.of(fields)
	if err != nil {
		return err
	}
	if len(words) < 3 {
		return errors.New("want a reference like ICD10CM:R05.9")
	}
	system, code, _ := strings.Cut(words[2], ":")
	if add := normalised[strings.ToUpper(strings.NewReplacer("-", "", "_", "").Replace(system))]; add != nil {
		return add(&e.gold, code)
	}
	return nil
}

// remark reads "#1<tab>AnnotatorNotes T1<tab>words".
func (d *standoff) remark(_ *annotated, fields []string) error {
	if len(fields) < 3 {
		return nil
	}
	if words := strings.Fields(fields[1]); len(words) > 1 {
		d.notes[words[1]] = strings.TrimPrefix(d.notes[words[1]]+"; "+strings.TrimSpace(fields[2]), "; ")
	}
	return nil
}
