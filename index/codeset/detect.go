package codeset

import (
	"bufio"
	"bytes"
	"regexp"
	"strings"
)

// sniffed is how much of a file is looked at to tell its format.
const sniffed = 32 << 10

// packing is what a file is wrapped in.
type packing int

const (
	plain packing = iota
	gzipped
	zipped
)

func packingOf(r *bufio.Reader) packing {
	head, _ := r.Peek(4) // a shorter file is plain
	switch {
	case bytes.HasPrefix(head, []byte("PK\x03\x04")), bytes.HasPrefix(head, []byte("PK\x05\x06")):
		return zipped
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		return gzipped
	}
	return plain
}

// reader reads one format.
type reader func(r *bufio.Reader, p *part) error

func lineReader(read func(*lines, *part) error) reader {
	return func(r *bufio.Reader, p *part) error { return read(newLines(r, p.name), p) }
}

func xmlReader(h func(*part) handler) reader {
	return func(r *bufio.Reader, p *part) error { return newElements(r, p.name).run(h(p)) }
}

var (
	orderLine   = regexp.MustCompile(`^\d{5} [A-Z][0-9A-Z]{2,6} +[01] `)
	rootElement = regexp.MustCompile(`<(ICD10CM\.(?:tabular|index))\b`)
)

// readerOf tells a file's format by its beginning; nil when it is none that
// radcode knows.
func readerOf(head []byte) (format string, read reader) {
	text := strings.TrimPrefix(string(head), byteOrderMark)
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		return "UTF-16", lineReader(readTable) // refused there, with its place
	}
	first := firstLine(text)
	switch root := rootElement.FindStringSubmatch(text); {
	case strings.HasPrefix(first, "<") && root != nil && root[1] == "ICD10CM.tabular":
		return formatTabular, xmlReader(func(p *part) handler { return &tabular{part: p} })
	case strings.HasPrefix(first, "<") && root != nil:
		return formatIndex, xmlReader(func(p *part) handler { return &alphabetic{part: p} })
	case orderLine.MatchString(first):
		return formatOrder, lineReader(readOrder)
	case addendaRow.MatchString(first):
		return formatAddenda, lineReader(readAddenda)
	}
	if f, ok := formatOfHeader(first); ok {
		return f.format, lineReader(readTable)
	}
	if _, _, ok := listRow(first); ok {
		return formatList, lineReader(readList)
	}
	return paymentReaderOf(head, text, first)
}

// paymentReaderOf tells the formats of payment tables.
func paymentReaderOf(head []byte, text, first string) (format string, read reader) {
	switch {
	case levelRecordShape.MatchString(first):
		return formatLevels, lineReader(readLevels)
	case rulesShape.MatchString(text):
		return formatRules, readRules
	}
	if h, comma, ok := separatorOf(head); ok {
		return h.format, readPayment(comma)
	}
	return "", nil
}

// whyUnknown says why a file was not read: some are known, and not the ones to
// read.
func whyUnknown(head []byte) string {
	if feeRecords.Match(head) {
		return "relative values in fixed columns: give the .csv file of the same ZIP"
	}
	return unknownFormat
}

// feeRecords is how the PPRRVU .txt begins: records of the kind HDR.
var feeRecords = regexp.MustCompile(`(?i)^(?:\x{feff})?HDR.*(?:fee schedule|relative value|physician)`)

// firstLine is the first line that holds anything.
func firstLine(text string) string {
	for line := range strings.Lines(text) {
		if line = strings.TrimRight(line, "\r\n"); strings.TrimSpace(line) != "" {
			return line
		}
	}
	return ""
}

// precedence of the files that list codes: what an earlier one holds is the
// release, later ones only add to it.
var precedence = []string{formatOrder, "codes table", formatList, formatTabular}

var _ handler = (*tabular)(nil)
var _ handler = (*alphabetic)(nil)

func newPart(name, format string) *part {
	return &part{name: name, format: format, inBlock: map[string]string{}}
}
