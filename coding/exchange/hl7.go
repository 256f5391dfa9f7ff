package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"iter"
	"strings"
)

// ReadHL7 reads the reports of HL7 v2 result messages (ORU), one Record per OBR
// that has results, in order. Messages may be MLLP framed or follow each other;
// segments end in CR, LF or both. What no segment begins is the continuation of
// the line before. A message that is no result is an *ItemError; any other error
// is the reader's and comes last.
func ReadHL7(r io.Reader, name string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		in := messageReader{r: unwrap(r)}
		for {
			m, err := in.next()
			if err == io.EOF {
				return
			}
			if err != nil && !errors.Is(err, errTooLong) {
				yield(Record{}, err)
				return
			}
			if !yieldMessage(m, err, name, yield) {
				return
			}
		}
	}
}

func yieldMessage(m message, err error, name string, yield func(Record, error) bool) bool {
	var records []Record
	if err == nil {
		records, err = m.records()
	}
	if err != nil {
		return yield(Record{}, &ItemError{name, m.line, err})
	}
	for _, rec := range records {
		if !yield(rec, nil) {
			return false
		}
	}
	return true
}

// messageReader cuts a stream into messages.
type messageReader struct {
	r     *bufio.Reader
	line  int    // of the input; a CR, a LF and both together end a line
	first []byte // first segment of the next message
	at    int    // and its line
}

// next returns the next message. What stands before the first is skipped. A
// message over the limit gives errTooLong and the line it began at.
func (in *messageReader) next() (message, error) {
	if err := in.findFirst(); err != nil {
		return message{}, err
	}
	m := message{line: in.at}
	raw := [][]byte{in.first}
	size, blanks := len(in.first), 0
	sep := in.first[3]
	in.first = nil
	for {
		line, err := in.segment()
		if err != nil && err != io.EOF {
			return m, err
		}
		start := header(line)
		if start == "MSH" {
			in.first, in.at = line, in.line
		}
		if err == io.EOF || start != "" {
			if size > MaxItem {
				return m, errTooLong
			}
			m.split(raw)
			return m, nil
		}
		if size += len(line) + 1; size > MaxItem {
			raw = raw[:1]
			continue
		}
		switch {
		case len(line) == 0:
			blanks++ // between segments, or a paragraph in a field that was not escaped
			continue
		case isSegment(line, sep):
			raw = append(raw, line)
		default:
			last := &raw[len(raw)-1]
			*last = append(append(*last, bytes.Repeat([]byte("\n"), blanks+1)...), line...)
		}
		blanks = 0
	}
}

// findFirst goes on to the next MSH segment.
func (in *messageReader) findFirst() error {
	for in.first == nil {
		line, err := in.segment()
		if err != nil {
			return err
		}
		if header(line) == "MSH" {
			in.first, in.at = line, in.line
		}
	}
	return nil
}

// header returns the name of a segment that begins or ends a message or a
// batch, else "".
func header(line []byte) string {
	if bytes.HasPrefix(line, []byte("BTS|")) || bytes.HasPrefix(line, []byte("FTS|")) {
		return string(line[:3])
	}
	if hl7Start(line) {
		return string(line[:3])
	}
	return ""
}

// isSegment reports a line that begins with a segment name and a delimiter.
func isSegment(line []byte, sep byte) bool {
	if len(line) < 3 || len(line) > 3 && line[3] != sep {
		return false
	}
	for i, c := range line[:3] {
		if !(c >= 'A' && c <= 'Z' || i > 0 && c >= '0' && c <= '9') {
			return false
		}
	}
	return true
}

// segment returns the next line without its end and without MLLP's frame.
func (in *messageReader) segment() ([]byte, error) {
	in.line++
	var line []byte
	for {
		c, err := in.r.ReadByte()
		if err != nil {
			if err == io.EOF && len(line) > 0 {
				return line, nil
			}
			return nil, err
		}
		switch c {
		case '\r':
			if next, _ := in.r.Peek(1); len(next) == 1 && next[0] == '\n' {
				in.r.Discard(1)
			}
			return line, nil
		case '\n':
			return line, nil
		case '\v', '\x1c': // begin and end of a frame; neither occurs in text
			continue
		}
		if len(line) <= MaxItem {
			line = append(line, c)
		}
	}
}

// split decodes segments and cuts them into fields.
func (m *message) split(raw [][]byte) {
	var d delimiters
	for i, line := range raw {
		text, note := decode(line)
		if note != "" {
			m.note = note
		}
		if i == 0 {
			d = declared(text)
		}
		m.segments = append(m.segments, segment{strings.Split(text, string(rune(d.field))), d})
	}
}
