package exchange

import (
	"bytes"
	"errors"
	"io"
	"iter"
)

// Line is one line of a file, without its end.
type Line struct {
	Number int    // from 1
	Text   []byte // valid until the next one is asked for
}

// ReadLines yields the lines of a text that are not empty. A byte order mark,
// UTF-16, CRLF and a missing last newline are fine. A line over MaxItem is an
// *ItemError and reading goes on; any other error is the reader's and comes last.
func ReadLines(r io.Reader, name string) iter.Seq2[Line, error] {
	return func(yield func(Line, error) bool) {
		lines := lineReader{r: unwrap(r)}
		for {
			line, err := lines.next()
			switch {
			case err == io.EOF:
				return
			case errors.Is(err, errTooLong):
				if !yield(Line{}, &ItemError{name, lines.line, err}) {
					return
				}
				continue
			case err != nil:
				yield(Line{}, err)
				return
			}
			if line = bytes.TrimSpace(line); len(line) > 0 && !yield(Line{lines.line, line}, nil) {
				return
			}
		}
	}
}
