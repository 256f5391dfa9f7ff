package codeset

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// maxRecord is the longest record in bytes: articles of the coverage database hold
// pages of text in one cell.
const maxRecord = 4 << 20

// records reads a file of records with a comma or a tab between the cells, in the
// encodings of lines. A cell in quotation marks may hold the separator and ends of
// lines.
type records struct {
	place     // of the record's first line
	last  int // line read last
	r     *bufio.Reader
	comma byte
	long  []byte
	cells []string
}

func newRecords(r *bufio.Reader, file string, comma byte) *records {
	return &records{place: newLines(r, file).place, r: r, comma: comma}
}

// next returns the cells of a record, good until the next call; io.EOF after the last.
func (r *records) next() ([]string, error) {
	r.line = r.last + 1
	text, err := r.readLine()
	if err != nil {
		return nil, err
	}
	r.cells = r.cells[:0]
	if strings.IndexByte(text, '"') < 0 {
		for {
			i := strings.IndexByte(text, r.comma)
			if i < 0 {
				break
			}
			r.cells = append(r.cells, text[:i])
			text = text[i+1:]
		}
		r.cells = append(r.cells, text)
		return r.cells, nil
	}
	return r.cells, r.quoted(text)
}

// quoted splits a record that has quotation marks, reading on where a cell goes
// over several lines.
func (r *records) quoted(text string) error {
	size := len(text)
	for {
		if !strings.HasPrefix(text, `"`) {
			cell, rest, more := strings.Cut(text, string(rune(r.comma)))
			r.cells = append(r.cells, cell)
			if !more {
				return nil
			}
			text = rest
			continue
		}
		var cell strings.Builder
		text = text[1:]
		for {
			i := strings.IndexByte(text, '"')
			if i < 0 {
				cell.WriteString(text + "\n")
				line, err := r.readLine()
				if size += len(line); err == io.EOF || size > maxRecord {
					return r.errorf("a quotation mark is opened and not closed")
				}
				if err != nil {
					return err
				}
				text = line
				continue
			}
			cell.WriteString(text[:i])
			text = text[i+1:]
			if !strings.HasPrefix(text, `"`) {
				break
			}
			cell.WriteByte('"')
			text = text[1:]
		}
		rest, next, more := strings.Cut(text, string(rune(r.comma)))
		r.cells = append(r.cells, cell.String()+rest)
		if !more {
			return nil
		}
		text = next
	}
}

// readLine returns a line without its end.
func (r *records) readLine() (string, error) {
	r.last++
	raw, err := r.r.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		r.long = append(r.long[:0], raw...)
		for errors.Is(err, bufio.ErrBufferFull) && len(r.long) <= maxRecord {
			raw, err = r.r.ReadSlice('\n')
			r.long = append(r.long, raw...)
		}
		raw = r.long
	}
	at := place{r.file, r.last}
	switch {
	case err == io.EOF && len(raw) == 0:
		return "", io.EOF
	case len(raw) > maxRecord:
		return "", at.errorf("line is longer than %d bytes", maxRecord)
	case err != nil && err != io.EOF:
		return "", at.errorf("%w", err)
	}
	text, err := decode(bytes.TrimRight(raw, "\r\n"))
	if err != nil {
		return "", at.errorf("%w", err)
	}
	return text, nil
}
