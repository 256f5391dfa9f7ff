package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math"
	"os"
	"strings"
)

// A release is kept in one flat file: a header, then tables of numbers and one
// heap of strings that the numbers point into. Opening it is reading it; nothing
// is parsed before it is asked for, so a release of 100,000 codes is there in
// tens of milliseconds.

// flatMagic begins the file; the number changes with the layout.
const flatMagic = "radcode release 1\n"

// maxFlat bounds what is read into memory.
const maxFlat = 1 << 30

// Sections of the file, in their order.
const (
	secHeap     = iota
	secCodes    // by code: code, short, long, billable, parent+1, block+1, chapter+1, official order
	secBlocks   // id, title, first, last
	secNotes    // by owner: owner, kind, text
	secSevenths // by owner: owner, char, meaning
	secTerms    // in order of print: see the columns of termRow
	secCells    // six codes each
	secMains    // by key: table, key, term
	secByCode   // by code: code, term
	secChanges  // kind, code, title, was, billable
	numSections
)

// flatWidths are the columns of each section; the heap has bytes.
var flatWidths = [numSections]int{secHeap: 0, secCodes: 8, secBlocks: 4, secNotes: 3, secSevenths: 3, secTerms: 10, secCells: numCells, secMains: 3, secByCode: 2, secChanges: 5}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// numbers is a table of fixed width in a string of little-endian 32-bit words.
type numbers struct {
	data  string
	width int
}

func (t numbers) rows() int { return len(t.data) / (4 * t.width) }

func (t numbers) at(row, column int) uint32 {
	i := 4 * (row*t.width + column)
	d := t.data[i : i+4]
	return uint32(d[0]) | uint32(d[1])<<8 | uint32(d[2])<<16 | uint32(d[3])<<24
}

// flat is an open file.
type flat struct {
	heap   string
	tables [numSections]numbers
}

// text returns a string of the heap.
func (f *flat) text(section, row, column int) string {
	return heapText(f.heap, f.tables[section].at(row, column))
}

// flatWriter gathers sections; equal strings are kept once.
type flatWriter struct {
	heap   []byte
	known  map[string]uint32
	tables [numSections][]byte
}

func newFlatWriter() *flatWriter {
	return &flatWriter{heap: []byte{0}, known: map[string]uint32{"": 0}}
}

func (w *flatWriter) text(s string) uint32 {
	if at, ok := w.known[s]; ok {
		return at
	}
	at := uint32(len(w.heap))
	w.heap = binary.AppendUvarint(w.heap, uint64(len(s)))
	w.heap = append(w.heap, s...)
	w.known[s] = at
	return at
}

func (w *flatWriter) row(section int, values ...uint32) {
	for _, v := range values {
		w.tables[section] = binary.LittleEndian.AppendUint32(w.tables[section], v)
	}
}

// write lays the file out: magic, then length and checksum of each section,
// then the sections.
func (w *flatWriter) write(out io.Writer) error {
	w.tables[secHeap] = w.heap
	b := bufio.NewWriterSize(out, 1<<20)
	b.WriteString(flatMagic)
	for i := range w.tables {
		if len(w.tables[i]) > math.MaxUint32 {
			return errors.New("release is too large")
		}
		head := binary.LittleEndian.AppendUint32(nil, uint32(len(w.tables[i])))
		if _, err := b.Write(binary.LittleEndian.AppendUint32(head, crc32.Checksum(w.tables[i], castagnoli))); err != nil {
			return err
		}
	}
	for i := range w.tables {
		if _, err := b.Write(w.tables[i]); err != nil {
			return err
		}
	}
	return b.Flush()
}

// readWhole reads a file into a string, with no copy of it beside.
func readWhole(path string) (string, error) {
	file, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return "", err
	}
	if info.Size() > maxFlat {
		return "", fmt.Errorf("%s: %d bytes are too many", path, info.Size())
	}
	var text strings.Builder
	text.Grow(int(info.Size()))
	if _, err := io.CopyBuffer(struct{ io.Writer }{&text}, struct{ io.Reader }{file}, make([]byte, min(1<<20, info.Size()+1))); err != nil {
		return "", fmt.Errorf("read %s: %w", path, err)
	}
	return text.String(), nil
}

// readFlat reads a file whole and checks that it is what was written.
func readFlat(path string) (*flat, error) {
	text, err := readWhole(path)
	if err != nil {
		return nil, err
	}
	f, err := parseFlat(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; import the release again", path, err)
	}
	return f, nil
}

func parseFlat(data string) (*flat, error) {
	rest, ok := strings.CutPrefix(data, flatMagic)
	if !ok || len(rest) < 8*numSections {
		return nil, errors.New("no release of this version of radcode")
	}
	head, rest := []byte(rest[:8*numSections]), rest[8*numSections:]
	f := &flat{}
	for i := range numSections {
		n := uint64(binary.LittleEndian.Uint32(head[8*i:]))
		if n > uint64(len(rest)) {
			return nil, errors.New("the file ends early")
		}
		part := rest[:n]
		rest = rest[n:]
		if checksum(part) != binary.LittleEndian.Uint32(head[8*i+4:]) {
			return nil, errors.New("the file is damaged: a checksum differs")
		}
		if i == secHeap {
			f.heap = part
			continue
		}
		f.tables[i] = numbers{part, flatWidths[i]}
	}
	if len(rest) > 0 {
		return nil, errors.New("the file is longer than it says")
	}
	return f, nil
}

// checksum sums a string without copying it whole.
func checksum(s string) uint32 {
	var buf [1 << 15]byte
	sum := uint32(0)
	for len(s) > 0 {
		n := copy(buf[:], s)
		sum, s = crc32.Update(sum, castagnoli, buf[:n]), s[n:]
	}
	return sum
}
