package codeset

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// maxLine is the longest line or XML text in bytes; published ones stay below 2,000.
const maxLine = 64 << 10

// place is where an error stands.
type place struct {
	file string
	line int
}

func (p place) errorf(format string, args ...any) error {
	return fmt.Errorf("%s:%d: %w", p.file, p.line, fmt.Errorf(format, args...))
}

// lines reads the lines of a text file: UTF-8 with or without a byte order mark,
// or Windows-1252 (Latin-1), in which older files are; any line ends.
type lines struct {
	place
	r *bufio.Reader
}

func newLines(r *bufio.Reader, file string) *lines {
	if head, _ := r.Peek(3); bytes.Equal(head, []byte(byteOrderMark)) {
		_, _ = r.Discard(3) // was peeked
	}
	return &lines{place{file, 0}, r}
}

const byteOrderMark = "\ufeff"

// next returns a line without its end; io.EOF after the last.
func (l *lines) next() (string, error) {
	l.line++
	raw, err := l.r.ReadSlice('\n')
	long := errors.Is(err, bufio.ErrBufferFull)
	switch {
	case err == io.EOF && len(raw) == 0:
		return "", io.EOF
	case long || len(raw) > maxLine:
		return "", l.errorf("line is longer than %d bytes", maxLine)
	case err != nil && err != io.EOF:
		return "", l.errorf("%w", err)
	}
	text, err := decode(bytes.TrimRight(raw, "\r\n"))
	if err != nil {
		return "", l.errorf("%w", err)
	}
	return text, nil
}

// each gives the lines that are left to f, until it returns an error.
func (l *lines) each(f func(line string) error) error {
	for {
		line, err := l.next()
		if err == io.EOF {
			return nil
		}
		if err == nil {
			err = f(line)
		}
		if err != nil {
			return err
		}
	}
}

// decode makes UTF-8 of a line.
func decode(raw []byte) (string, error) {
	if bytes.IndexByte(raw, 0) >= 0 {
		return "", errors.New("zero bytes: UTF-16 or no text at all; want UTF-8 or Latin-1")
	}
	if utf8.Valid(raw) {
		return string(raw), nil
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(raw)
	if err != nil || bytes.ContainsRune(text, utf8.RuneError) {
		return "", errors.New("neither UTF-8 nor Latin-1")
	}
	return string(text), nil
}

// clean folds runs of white space.
func clean(s string) string { return strings.Join(strings.Fields(s), " ") }
