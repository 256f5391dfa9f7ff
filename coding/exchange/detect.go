package exchange

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"slices"
	"strings"
)

// Format is how reports stand in a file.
type Format string

// Formats.
const (
	Lines Format = "jsonl" // one JSON object per line
	JSON  Format = "json"  // one or more JSON objects, or an array of them
	HL7   Format = "hl7"
	Table Format = "table" // CSV, TSV: see ReadTable
	CMC   Format = "cmc"   // XML of the CMC challenge
	Text  Format = "text"
)

// byName are the file names whose format is not guessed, so that a damaged
// first line is an error and not a report.
var byName = map[string]Format{".jsonl": Lines, ".ndjson": Lines, ".json": JSON, ".csv": Table, ".tsv": Table, ".tab": Table}

// Detect tells the format from a file name ("-" or "" when there is none) and
// the first bytes, UTF-8, at most 64 KB of which are looked at. Every input has
// a format: what is nothing else is Text.
func Detect(name string, head []byte) Format {
	if f, ok := byName[strings.ToLower(filepath.Ext(name))]; ok {
		return f
	}
	head = head[:min(len(head), headSize)]
	body := bytes.TrimLeft(head, " \t\r\n\v\x1c")
	switch {
	case len(body) == 0:
		return Text
	case hl7Start(body):
		return HL7
	case opens(body, '[', "{]"):
		return JSON
	case opens(body, '{', `"}`):
		return linesOrJSON(body)
	case body[0] == '<' && bytes.Contains(head, []byte("<docs")):
		return CMC
	case tableStart(body):
		return Table
	}
	return Text
}

// opens reports a bracket followed by one of the given bytes: a report may
// begin with "[Redacted]".
func opens(b []byte, bracket byte, next string) bool {
	if b[0] != bracket {
		return false
	}
	rest := bytes.TrimLeft(b[1:], " \t\r\n")
	return len(rest) == 0 || strings.IndexByte(next, rest[0]) >= 0
}

// tableStart recognises a first line that names columns like keys of a mapping:
// one for what is read and another one.
func tableStart(b []byte) bool {
	line, _, _ := strings.Cut(string(b), "\n")
	keys, readable := 0, false
	for _, cell := range strings.Split(strings.TrimSpace(line), string(delimiter("", line))) {
		if cell = strings.Trim(cell, ` "`); slices.Contains(keyNames(), cell) {
			keys++
			readable = readable || cell == "text" || cell == "exam"
		}
	}
	return readable && keys > 1
}

// linesOrJSON tells one object per line from an object over several lines: the
// first line of the latter is the beginning of a JSON value.
func linesOrJSON(b []byte) Format {
	first, _, whole := bytes.Cut(b, []byte("\n"))
	if !whole {
		return Lines
	}
	err := json.NewDecoder(bytes.NewReader(append(bytes.Clone(first), '\n'))).Decode(new(json.RawMessage))
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return JSON
	}
	return Lines
}

// Read reads all reports of a file of any format, in order. Name is the file's
// name, for detection, for messages and as the ID of a plain text; "-" or "" when
// there is none. A bad item is an *ItemError and reading goes on; bytes that are
// no report at all are an *ItemError around a *FormatError; any other error is
// the reader's and comes last.
func Read(r io.Reader, name string) iter.Seq2[Record, error] {
	return ReadMapped(r, name, Mapping{})
}

// ReadMapped is Read with a mapping of the columns of a table. A mapping for a file
// that is no table is an error.
func ReadMapped(r io.Reader, name string, m Mapping) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		raw := bufio.NewReaderSize(r, headSize)
		if err := notText(head(raw)); err != nil {
			yield(Record{}, &ItemError{name, 1, err})
			return
		}
		in := unwrap(raw)
		format := Detect(name, head(in))
		if format != Table && !m.zero() {
			yield(Record{}, fmt.Errorf("%s: a mapping of columns is for tables, and this is no table (format %s)", name, format))
			return
		}
		for rec, err := range readers[format](in, name, m) {
			if !yield(rec, err) {
				return
			}
		}
	}
}

var readers = map[Format]func(io.Reader, string, Mapping) iter.Seq2[Record, error]{
	Lines: unmapped(ReadCorpus), JSON: unmapped(readJSON), HL7: unmapped(ReadHL7), Table: ReadTable, CMC: unmapped(ReadCMC), Text: unmapped(readText),
}

// unmapped is a reader of a format without columns.
func unmapped(read func(io.Reader, string) iter.Seq2[Record, error]) func(io.Reader, string, Mapping) iter.Seq2[Record, error] {
	return func(r io.Reader, name string, _ Mapping) iter.Seq2[Record, error] { return read(r, name) }
}

// head returns as much of the beginning as detection needs: at least a line and
// the place of DICOM's mark, but it does not wait for more, so that a program
// at the other end of a pipe can go line by line.
func head(in *bufio.Reader) []byte {
	const mark = 132
	for want := mark; ; want = min(in.Buffered()+1, in.Size()) {
		b, err := in.Peek(want)
		b, _ = in.Peek(max(in.Buffered(), len(b)))
		text := bytes.TrimLeft(b, "\xef\xbb\xbf \t\r\n\v")
		if err != nil || len(b) == in.Size() || bytes.ContainsAny(text, "\r\n") {
			return b
		}
	}
}

// readText reads the whole input as one report.
func readText(r io.Reader, name string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		b, err := io.ReadAll(io.LimitReader(r, MaxItem+1))
		if err != nil {
			yield(Record{}, err)
			return
		}
		if len(b) > MaxItem {
			yield(Record{}, &ItemError{name, 1, errTooLong})
			return
		}
		var rec Record
		var note string
		if rec.Text, note, err = documentText("", b); err != nil {
			yield(Record{}, &ItemError{name, 1, err})
			return
		}
		rec.ID = baseName(name)
		rec.note(note)
		yield(rec, nil)
	}
}

// baseName is a file's name without folder and extension.
func baseName(name string) string {
	if name == "" || name == "-" {
		return ""
	}
	base := filepath.Base(name)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// readJSON reads objects that stand one after the other or in an array. Behind
// bytes that are not JSON there is no way to find the next object.
func readJSON(r io.Reader, name string) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		in := unwrap(r)
		count := &lineCounter{r: in}
		dec := json.NewDecoder(count)
		inArray := false
		if b, _ := in.Peek(in.Buffered()); bytes.HasPrefix(bytes.TrimLeft(b, " \t\r\n"), []byte("[")) {
			dec.Token() // the bracket was seen
			inArray = true
		}
		for !inArray || dec.More() {
			var item json.RawMessage
			err := dec.Decode(&item)
			if err == io.EOF && !inArray {
				return
			}
			line := count.lineAt(dec.InputOffset() - int64(len(item)))
			if err != nil {
				yield(Record{}, jsonEnd(err, name, line))
				return
			}
			if !yieldItem(item, nil, name, line, yield) {
				return
			}
		}
		if _, err := dec.Token(); err != nil {
			yield(Record{}, jsonEnd(err, name, count.lineAt(dec.InputOffset())))
		}
	}
}

// jsonEnd is the error for what stopped the decoder: of the data or of the
// reader.
func jsonEnd(err error, name string, line int) error {
	if err == io.EOF {
		err = io.ErrUnexpectedEOF // only asked inside an array
	}
	if badJSON(err) {
		return &ItemError{name, line, explain(err)}
	}
	return err
}

// badJSON tells errors in the data from errors of the reader.
func badJSON(err error) bool {
	var syntax *json.SyntaxError
	return errors.As(err, &syntax) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, errTooLong)
}

// lineCounter remembers where lines begin until lineAt has passed them, and
// refuses to read on when one value outgrows MaxItem.
type lineCounter struct {
	r      io.Reader
	read   int64
	starts []int64 // offsets behind line ends not yet passed
	passed int     // line ends passed
	at     int64   // where the last value began
}

func (c *lineCounter) Read(p []byte) (int, error) {
	if c.read-c.at > MaxItem {
		return 0, errTooLong
	}
	n, err := c.r.Read(p)
	for i, b := range p[:n] {
		if b == '\n' {
			c.starts = append(c.starts, c.read+int64(i)+1)
		}
	}
	c.read += int64(n)
	return n, err
}

// lineAt returns the 1-based line of an offset; offsets must not fall.
func (c *lineCounter) lineAt(offset int64) int {
	n := 0
	for n < len(c.starts) && c.starts[n] <= offset {
		n++
	}
	c.passed += n
	c.starts = append(c.starts[:0], c.starts[n:]...)
	c.at = offset
	return c.passed + 1
}
