package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"strings"
	"sync"
)

// A payment table is kept in one file: magic, width, rows and length of the heap, a
// checksum of what follows; then the cells as places in the heap, row by row, and
// the heap of texts, each once and with its length before it. It is read whole; its
// rows are made when they are first asked for.

const tableMagic = "radcode table 1\n"

// tableHeader is what stands between the magic and the cells: four numbers.
const tableHeader = 16

// tableFile is the content of a file.
type tableFile struct {
	kind  *tableKind
	rows  int
	cells string // little-endian 32-bit places in the heap
	heap  string
	once  sync.Once
}

// encodeTable writes the rows of a table, as they are sorted.
func encodeTable(k *tableKind, t *PaymentTable) ([]byte, error) {
	n := k.count(t)
	heap, known := []byte{0}, map[string]uint32{"": 0}
	cells := make([]byte, 0, 4*n*len(k.columns))
	for i := range n {
		for _, text := range k.row(t, i) {
			at, ok := known[text]
			if !ok {
				at = uint32(len(heap))
				known[text] = at
				heap = append(binary.AppendUvarint(heap, uint64(len(text))), text...)
			}
			cells = binary.LittleEndian.AppendUint32(cells, at)
		}
	}
	if len(tableMagic)+tableHeader+len(cells)+len(heap) > maxFlat {
		return nil, fmt.Errorf("%d rows are too many", n)
	}
	out := []byte(tableMagic)
	for _, v := range []int{len(k.columns), n, len(heap)} {
		out = binary.LittleEndian.AppendUint32(out, uint32(v))
	}
	sum := crc32.Update(crc32.Checksum(cells, castagnoli), castagnoli, heap)
	out = binary.LittleEndian.AppendUint32(out, sum)
	return append(append(out, cells...), heap...), nil
}

// openTableFile reads a file and checks that it is what was written.
func openTableFile(k *tableKind, path string) (*tableFile, error) {
	data, err := readWhole(path)
	if err != nil {
		return nil, err
	}
	f, err := parseTable(k, data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; import the table again", path, err)
	}
	return f, nil
}

func parseTable(k *tableKind, data string) (*tableFile, error) {
	if len(data) < len(tableMagic)+tableHeader || !strings.HasPrefix(data, tableMagic) {
		return nil, errors.New("no table of this version of radcode")
	}
	head, rest := []byte(data[len(tableMagic):len(tableMagic)+tableHeader]), data[len(tableMagic)+tableHeader:]
	number := func(i int) int { return int(binary.LittleEndian.Uint32(head[4*i:])) }
	width, rows, heap := number(0), number(1), number(2)
	if width != len(k.columns) {
		return nil, fmt.Errorf("%d columns where a table of %s has %d", width, k.rows, len(k.columns))
	}
	if len(rest) != 4*width*rows+heap {
		return nil, errors.New("the file is cut short or longer than it says")
	}
	if checksum(rest) != binary.LittleEndian.Uint32(head[12:]) {
		return nil, errors.New("the file is damaged: a checksum differs")
	}
	return &tableFile{kind: k, rows: rows, cells: rest[:4*width*rows], heap: rest[4*width*rows:]}, nil
}

// read makes the rows of a table at the first use, pairs excepted. The checksum having been
// right, they are what encodeTable wrote.
func (t *PaymentTable) read() *PaymentTable {
	if t.file != nil && t.Kind != PairTable {
		t.file.once.Do(func() { t.file.into(t) })
	}
	return t
}

// text returns a cell.
func (f *tableFile) text(row, column int) string {
	return heapText(f.heap, numbers{f.cells, len(f.kind.columns)}.at(row, column))
}

func (f *tableFile) into(t *PaymentTable) {
	grow(t, f.kind.kind, f.rows)
	cells := make([]string, len(f.kind.columns))
	for i := range f.rows {
		for c := range cells {
			cells[c] = f.text(i, c)
		}
		if err := f.kind.add(t, cells); err != nil {
			panic(fmt.Sprintf("index: table %s %s: %v", t.Kind, t.Name, err)) // the checksum was right: written wrong
		}
	}
	f.cells, f.heap = "", ""
}

// grow makes room for the rows of the tables that have many.
func grow(t *PaymentTable, kind string, rows int) {
	switch kind {
	case CoverageTable:
		t.Covered = make([]CoveredDx, 0, rows)
	case FeeTable:
		t.Fees = make([]Fee, 0, rows)
	}
}

// heapText returns the text at a place of a heap: its length, then it.
func heapText(heap string, at uint32) string {
	rest := heap[at:]
	n, shift, i := 0, 0, 0
	for ; rest[i] >= 0x80; i++ {
		n |= int(rest[i]&0x7f) << shift
		shift += 7
	}
	n |= int(rest[i]) << shift
	return rest[i+1 : i+1+n]
}

// slug spells a payer's name as part of a file's name or an id.
func slug(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r == '*':
			return 'x'
		}
		return '-'
	}, strings.ToLower(name)), "-")
}
