package exchange

import (
	"bufio"
	"bytes"
	"io"
	"strings"
	"unicode/utf8"
)

// DecodeText turns the bytes of one report into text: UTF-8 or UTF-16, with or
// without a byte order mark, or else Windows-1252. Note says in words what had
// to be assumed or replaced and is empty for clean input. Bytes that are no
// report text (PDF, DICOM, archives, images ...) give a *FormatError. Offsets in
// results refer to the text returned here.
func DecodeText(b []byte) (text, note string, err error) {
	if err := notText(b); err != nil {
		return "", "", err
	}
	b, err = io.ReadAll(unwrap(bytes.NewReader(b)))
	if err != nil {
		return "", "", err
	}
	if binary(b) {
		return "", "", &FormatError{"binary data", "give the report as plain text"}
	}
	text, note = decode(b)
	return text, note, nil
}

// foreign are formats that reports are stored in and that are no text.
var foreign = []struct {
	magic string
	at    int
	with  string // must also occur near the beginning
	FormatError
}{
	{"%PDF-", 0, "", FormatError{"a PDF", "extract its text first"}},
	{"DICM", 128, "", FormatError{"a DICOM object", "export the text of the report first"}},
	{"{\\rtf", 0, "", FormatError{"an RTF document", "save it as plain text first"}},
	{"PK\x03\x04", 0, "word/", FormatError{"a Word document (DOCX)", "save it as plain text first"}},
	{"PK\x03\x04", 0, "", FormatError{"a ZIP archive", "unpack it first"}},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0, "", FormatError{"a Word document (DOC)", "save it as plain text first"}},
	{"\x1f\x8b", 0, "", FormatError{"gzip data", "unpack it first"}},
	{"\x28\xb5\x2f\xfd", 0, "", FormatError{"zstd data", "unpack it first"}},
	{"\xfd7zXZ\x00", 0, "", FormatError{"xz data", "unpack it first"}},
	{"\x89PNG", 0, "", FormatError{"an image", "run text recognition on it first"}},
	{"\xff\xd8\xff", 0, "", FormatError{"an image", "run text recognition on it first"}},
	{"II*\x00", 0, "", FormatError{"an image", "run text recognition on it first"}},
	{"MM\x00*", 0, "", FormatError{"an image", "run text recognition on it first"}},
	{"<?xml", 0, "ClinicalDocument", FormatError{"a CDA document", "give the report as plain text, HL7 v2 or FHIR JSON"}},
	{"<?xml", 0, "http://hl7.org/fhir", FormatError{"FHIR in XML", "send FHIR as JSON"}},
}

// headSize is how much of the input decides about its format.
const headSize = 64 << 10

// notText returns a *FormatError when the bytes begin like a format that is no
// text.
func notText(b []byte) error {
	head := b[:min(len(b), headSize)]
	head = bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))
	for i, f := range foreign {
		if len(head) >= f.at && bytes.HasPrefix(head[f.at:], []byte(f.magic)) && bytes.Contains(head, []byte(f.with)) {
			return &foreign[i].FormatError
		}
	}
	return nil
}

// binary reports more control bytes than damaged text has. A few NUL bytes
// occur in exports of fixed-width fields.
func binary(b []byte) bool {
	head := b[:min(len(b), headSize)]
	control := 0
	for _, c := range head {
		if c < ' ' && !strings.ContainsRune("\t\n\v\f\r\x1b\x1c\x1d\x1e\x1f", rune(c)) {
			control++
		}
	}
	return control*10 > len(head)
}

const (
	noteWindows = "not valid UTF-8: read as Windows-1252"
	noteNUL     = "NUL bytes: read as spaces"
)

// decode returns UTF-8 without NUL bytes, and what it had to do for that.
func decode(b []byte) (text, note string) {
	text = string(b)
	var notes []string
	if !utf8.ValidString(text) {
		text = fromWindows1252(b)
		notes = append(notes, noteWindows)
	}
	if strings.IndexByte(text, 0) >= 0 {
		text = strings.ReplaceAll(text, "\x00", " ")
		notes = append(notes, noteNUL)
	}
	return text, strings.Join(notes, "; ")
}

// windows1252 are the characters 0x80 to 0x9F, which differ from Latin-1. The
// five positions without a character stay the control characters they are
// there.
var windows1252 = [...]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// fromWindows1252 decodes byte by byte, but keeps sequences that are UTF-8:
// files that were joined from several sources have both.
func fromWindows1252(b []byte) string {
	var out strings.Builder
	out.Grow(len(b) + len(b)/8)
	for len(b) > 0 {
		r, size := utf8.DecodeRune(b)
		if r == utf8.RuneError && size == 1 {
			r = rune(b[0])
			if i := int(b[0]) - 0x80; i >= 0 && i < len(windows1252) {
				r = windows1252[i]
			}
		}
		out.WriteRune(r)
		b = b[size:]
	}
	return out.String()
}

// unwrap removes a byte order mark and turns UTF-16 into UTF-8. Other bytes pass
// unchanged.
func unwrap(r io.Reader) *bufio.Reader {
	in := bufio.NewReaderSize(r, headSize)
	mark, _ := in.Peek(3) // an error comes again on the first read
	switch {
	case bytes.HasPrefix(mark, []byte("\xef\xbb\xbf")):
		in.Discard(3)
		return in
	case bytes.HasPrefix(mark, []byte("\xff\xfe")):
		in.Discard(2)
		return bufio.NewReaderSize(&utf16Reader{r: in, low: 0}, headSize)
	case bytes.HasPrefix(mark, []byte("\xfe\xff")):
		in.Discard(2)
		return bufio.NewReaderSize(&utf16Reader{r: in, low: 1}, headSize)
	}
	if low, ok := unmarked16(in); ok {
		return bufio.NewReaderSize(&utf16Reader{r: in, low: low}, headSize)
	}
	return in
}

// unmarked16 recognises UTF-16 without a byte order mark by the NUL in every
// second byte that Latin letters have there. Low is the index of the low byte.
func unmarked16(in *bufio.Reader) (low int, ok bool) {
	const enough = 16
	first, _ := in.Peek(1)
	if len(first) == 0 {
		return 0, false
	}
	head, _ := in.Peek(min(max(in.Buffered(), 2), enough)) // do not wait for a slow pipe
	if len(head) < enough {
		return 0, false
	}
	zero := [2]int{}
	for i, c := range head {
		if c == 0 {
			zero[i%2]++
		}
	}
	switch {
	case zero[0] == 0 && zero[1] == enough/2:
		return 0, true
	case zero[1] == 0 && zero[0] == enough/2:
		return 1, true
	}
	return 0, false
}

// utf16Reader decodes UTF-16 as it is read.
type utf16Reader struct {
	r   *bufio.Reader
	low int // index of the low byte in a unit: 0 little endian, 1 big endian
	out []byte
	err error
}

func (u *utf16Reader) Read(p []byte) (int, error) {
	for len(u.out) == 0 && u.err == nil {
		u.fill()
	}
	if len(u.out) == 0 {
		return 0, u.err
	}
	n := copy(p, u.out)
	u.out = u.out[n:]
	return n, nil
}

// fill decodes some units. Half a unit at the end and lone surrogates become
// U+FFFD.
func (u *utf16Reader) fill() {
	u.out = u.out[:0]
	for len(u.out) < 4096 {
		c, err := u.unit()
		if err != nil {
			u.err = err
			return
		}
		if c >= 0xD800 && c < 0xDC00 {
			if low, ok := u.lowSurrogate(); ok {
				c = 0x10000 + (c-0xD800)<<10 + (low - 0xDC00)
			}
		}
		u.out = utf8.AppendRune(u.out, c)
	}
}

func (u *utf16Reader) unit() (rune, error) {
	var b [2]byte
	n, err := io.ReadFull(u.r, b[:])
	if n == 1 {
		return utf8.RuneError, nil
	}
	return rune(b[u.low]) | rune(b[1-u.low])<<8, err
}

func (u *utf16Reader) lowSurrogate() (rune, bool) {
	b, _ := u.r.Peek(2)
	if len(b) < 2 {
		return 0, false
	}
	c := rune(b[u.low]) | rune(b[1-u.low])<<8
	if c < 0xDC00 || c > 0xDFFF {
		return 0, false
	}
	u.r.Discard(2)
	return c, true
}
