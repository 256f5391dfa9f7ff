package codeset

import (
	"bufio"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// maxDepth is how deep elements may be nested; published files stay below 15.
const maxDepth = 64

// elements streams an XML file of CDC: start and end of each element, and its
// text.
type elements struct {
	place
	d     *xml.Decoder
	text  [][]byte // of each open element, that of its children left out
	names []string
}

// handler is told of elements. Text is what an element itself holds, white space
// folded.
type handler interface {
	start(e *elements, name string, attr func(string) string) error
	end(e *elements, name, text string) error
}

func newElements(r *bufio.Reader, file string) *elements {
	d := xml.NewDecoder(r)
	d.CharsetReader = charset
	return &elements{place: place{file, 1}, d: d}
}

// charset accepts what published files are written in.
func charset(label string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(label) {
	case "us-ascii", "ascii":
		return input, nil
	case "iso-8859-1", "latin1", "windows-1252":
		return charmap.Windows1252.NewDecoder().Reader(input), nil
	}
	return nil, fmt.Errorf("encoding %q: want UTF-8 or Latin-1", label)
}

// run reads the file to its end.
func (e *elements) run(h handler) error {
	for {
		t, err := e.d.RawToken()
		e.line, _ = e.d.InputPos()
		if err == io.EOF && len(e.names) == 0 {
			return nil
		}
		if err == io.EOF {
			return e.errorf("the file ends within <%s>", e.names[len(e.names)-1])
		}
		if err != nil {
			return e.wrap(err)
		}
		if err := e.token(h, t); err != nil {
			return err
		}
	}
}

// wrap puts file and line before an error of the decoder, which brings a line
// of its own.
func (e *elements) wrap(err error) error {
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		e.line = syntax.Line
		return e.errorf("%s", syntax.Msg)
	}
	return e.errorf("%w", err)
}

func (e *elements) token(h handler, t xml.Token) error {
	switch t := t.(type) {
	case xml.StartElement:
		if len(e.names) == maxDepth {
			return e.errorf("elements are nested deeper than %d", maxDepth)
		}
		e.names, e.text = append(e.names, t.Name.Local), append(e.text, nil)
		return h.start(e, t.Name.Local, func(name string) string { return attribute(t, name) })
	case xml.EndElement:
		n := len(e.names) - 1
		if n < 0 || e.names[n] != t.Name.Local {
			return e.errorf("</%s> ends nothing", t.Name.Local)
		}
		text := clean(string(e.text[n]))
		e.names, e.text = e.names[:n], e.text[:n]
		return h.end(e, t.Name.Local, text)
	case xml.CharData:
		n := len(e.names) - 1
		if n < 0 {
			return nil
		}
		if len(e.text[n])+len(t) > maxLine {
			return e.errorf("<%s> is longer than %d bytes", e.names[n], maxLine)
		}
		e.text[n] = append(e.text[n], t...)
	}
	return nil
}

func attribute(t xml.StartElement, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// within is the name of the element around the one that has just ended.
func (e *elements) within() string {
	if len(e.names) == 0 {
		return ""
	}
	return e.names[len(e.names)-1]
}
