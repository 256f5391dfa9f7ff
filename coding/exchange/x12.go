package exchange

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// isaLength is the length of an ISA segment with its terminator: its elements
// have fixed widths, so that the delimiters can be read from their places (X12.5).
const isaLength = 106

// maxSegment bounds a segment; what is longer has lost its terminator.
const maxSegment = 64 << 10

// x12Segment is one segment of an interchange.
type x12Segment struct {
	elements []string // 0 is the segment's name
	sub      byte     // separates components
	number   int      // from 1 in the file
	line     int      // of the file, from 1
}

func (s x12Segment) name() string { return s.element(0) }

// element returns an element, "" when absent.
func (s x12Segment) element(i int) string {
	if i >= len(s.elements) {
		return ""
	}
	return strings.TrimSpace(s.elements[i])
}

// components returns the parts of an element.
func (s x12Segment) components(i int) []string {
	if s.element(i) == "" {
		return nil
	}
	return strings.Split(s.element(i), string(rune(s.sub)))
}

// component returns a part of an element, from 0, "" when absent.
func (s x12Segment) component(i, c int) string {
	if parts := s.components(i); c < len(parts) {
		return strings.TrimSpace(parts[c])
	}
	return ""
}

// errorf says what is wrong with a segment and where it stands.
func (s x12Segment) errorf(name, format string, args ...any) error {
	return &ItemError{name, s.line, fmt.Errorf("segment %d (%s): %w", s.number, s.name(), fmt.Errorf(format, args...))}
}

// x12Reader reads the segments of interchanges, one after the other.
type x12Reader struct {
	r          *bufio.Reader
	name       string
	element    byte
	sub        byte
	terminator byte
	number     int
	line       int
}

func newX12Reader(r io.Reader, name string) *x12Reader {
	return &x12Reader{r: bufio.NewReaderSize(r, maxSegment), name: name, line: 1}
}

// next returns the next segment; io.EOF at the end. An *ItemError is final too:
// behind a segment without an end nothing can be trusted.
func (x *x12Reader) next() (x12Segment, error) {
	if err := x.skipSpace(); err != nil {
		return x12Segment{}, err
	}
	if b, _ := x.r.Peek(3); string(b) == "ISA" {
		if err := x.delimiters(); err != nil {
			return x12Segment{}, err
		}
	}
	line := x.line
	raw, err := x.r.ReadSlice(x.terminator)
	x.number++
	switch {
	case errors.Is(err, bufio.ErrBufferFull):
		return x12Segment{}, &ItemError{x.name, line, fmt.Errorf("segment %d has no end within %d KB", x.number, maxSegment>>10)}
	case err == io.EOF:
		return x12Segment{}, &ItemError{x.name, line, fmt.Errorf("segment %d is cut off: the file ends inside it", x.number)}
	case err != nil:
		return x12Segment{}, err
	}
	x.line += bytes.Count(raw, []byte("\n"))
	text, _ := decode(bytes.TrimRight(raw[:len(raw)-1], "\r\n"))
	return x12Segment{strings.Split(text, string(rune(x.element))), x.sub, x.number, line}, nil
}

// skipSpace passes over line ends between segments.
func (x *x12Reader) skipSpace() error {
	for {
		b, err := x.r.ReadByte()
		if err != nil {
			return err
		}
		if b == '\n' {
			x.line++
		}
		if b > ' ' {
			return x.r.UnreadByte()
		}
	}
}

// delimiters reads what an ISA segment declares by its places.
func (x *x12Reader) delimiters() error {
	isa, err := x.r.Peek(isaLength)
	if err != nil {
		return &ItemError{x.name, x.line, errors.New("the ISA segment is cut off")}
	}
	x.element, x.sub, x.terminator = isa[3], isa[104], isa[105]
	if n := bytes.Count(isa, isa[3:4]); n != 16 {
		return &ItemError{x.name, x.line, fmt.Errorf("the ISA segment is not of %d bytes with 16 elements: %d separators %q in it", isaLength, n, isa[3])}
	}
	if isLetterOrDigit(x.element) || isLetterOrDigit(x.sub) || isLetterOrDigit(x.terminator) || x.sub == x.element || x.terminator == x.element || x.terminator == x.sub {
		return &ItemError{x.name, x.line, fmt.Errorf("the ISA segment declares no delimiters: %q, %q and %q", x.element, x.sub, x.terminator)}
	}
	return nil
}

func isLetterOrDigit(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c >= utf8.RuneSelf }

// x12Date reads CCYYMMDD, or the first day of a range.
func x12Date(s string) string {
	s, _, _ = strings.Cut(s, "-")
	if date, _ := timestamp(s); len(s) == 8 {
		return date
	}
	return ""
}
