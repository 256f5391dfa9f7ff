package exchange

import (
	"encoding/hex"
	"strings"
	"unicode/utf8"
)

// hl7Start reports whether bytes begin like HL7 v2, a message or a batch: a name
// and punctuation behind it, so that the words "MSH-6 loss" are none.
func hl7Start(b []byte) bool {
	if len(b) < 8 {
		return false
	}
	switch string(b[:3]) {
	case "MSH", "FHS", "BHS":
		return punctuation(b[3]) && punctuation(b[4]) && punctuation(b[5])
	}
	return false
}

func punctuation(c byte) bool {
	return c > ' ' && c < utf8.RuneSelf && !isLetter(c) && !(c >= '0' && c <= '9')
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// message is one HL7 message as its segments.
type message struct {
	line     int
	segments []segment
	note     string // what decoding had to assume
}

// delimiters are what MSH-1 and MSH-2 declare.
type delimiters struct{ field, component, repeat, escape, sub byte }

var usual = delimiters{'|', '^', '~', '\\', '&'}

// declared reads the delimiters of an MSH segment; what it leaves out is usual.
func declared(msh string) delimiters {
	d := usual
	d.field = msh[3]
	rest, _, _ := strings.Cut(msh[4:], string(rune(d.field)))
	for i, p := range []*byte{&d.component, &d.repeat, &d.escape, &d.sub} {
		if i < len(rest) && rest[i] < utf8.RuneSelf {
			*p = rest[i]
		}
	}
	return d
}

// segment is a segment's fields: 0 is its name, and 1 the first field of all
// but MSH, whose first field is the delimiter itself.
type segment struct {
	fields []string
	d      delimiters
}

// field returns field i as it stands, "" when absent.
func (s segment) field(i int) string {
	if s.fields[0] == "MSH" {
		i--
	}
	if i < 0 || i >= len(s.fields) {
		return ""
	}
	return s.fields[i]
}

// component returns a component, 1-based, of the first repetition of a field,
// without escapes.
func (s segment) component(i, c int) string {
	first, _, _ := strings.Cut(s.field(i), string(rune(s.d.repeat)))
	return strings.TrimSpace(s.d.unescape(part(first, s.d.component, c)))
}

// part returns the n-th of the parts of s, 1-based, "" when absent.
func part(s string, sep byte, n int) string {
	for ; n > 1; n-- {
		i := strings.IndexByte(s, sep)
		if i < 0 {
			return ""
		}
		s = s[i+1:]
	}
	s, _, _ = strings.Cut(s, string(rune(sep)))
	return s
}

// escapes are the escape sequences that stand for text. Formatting ones that
// begin a line are here; other known ones, such as highlighting, are dropped.
func (d delimiters) escapes() map[string]string {
	return map[string]string{
		"F": string(rune(d.field)), "S": string(rune(d.component)), "R": string(rune(d.repeat)),
		"E": string(rune(d.escape)), "T": string(rune(d.sub)), "P": "#",
		".br": "\n", ".sp": "\n", ".ce": "\n", "H": "", "N": "", ".fi": "", ".nf": "", ".in": "", ".ti": "", ".sk": " ",
	}
}

// unescape replaces escape sequences. A backslash that begins none stays: not
// every sender escapes.
func (d delimiters) unescape(s string) string {
	if strings.IndexByte(s, d.escape) < 0 {
		return s
	}
	table := d.escapes()
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(s, string(rune(d.escape)))
		out.WriteString(before)
		if !found {
			return out.String()
		}
		code, after, closed := strings.Cut(rest, string(rune(d.escape)))
		text, known := sequence(code, table)
		if !closed || !known {
			out.WriteByte(d.escape)
			s = rest
			continue
		}
		out.WriteString(text)
		s = after
	}
}

// sequence resolves what stands between two escape characters.
func sequence(code string, table map[string]string) (text string, known bool) {
	if text, known = table[code]; known || code == "" {
		return text, known
	}
	switch code[0] {
	case 'X':
		b, err := hex.DecodeString(code[1:])
		text, _ = decode(b)
		return text, err == nil
	case 'C', 'M', 'Z': // character sets and local extensions, hexadecimal
		_, err := hex.DecodeString(code[1:])
		return "", err == nil
	case '.': // formatting commands with a number: .sp3, .in+4
		name := code[:min(3, len(code))]
		text, known = table[name]
		return text, known && strings.Trim(code[len(name):], "+-0123456789") == ""
	}
	return "", false
}
