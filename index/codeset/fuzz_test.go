package codeset

import (
	"bufio"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/radcode/radcode/index"
)

// fuzz runs a reader over any bytes: no panic, and what it gives holds together.
func fuzz(f *testing.F, read reader, format string, seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
		f.Add(byteOrderMark + strings.ReplaceAll(s, "\n", "\r\n"))
	}
	f.Fuzz(func(t *testing.T, text string) {
		p := newPart("f", format)
		if err := read(bufio.NewReaderSize(strings.NewReader(text), maxLine), p); err != nil {
			if !strings.HasPrefix(err.Error(), "f:") {
				t.Errorf("error %v names no file and line", err)
			}
			return
		}
		checkPart(t, p)
	})
}

func checkPart(t *testing.T, p *part) {
	t.Helper()
	for _, c := range p.codes {
		if _, ok := index.Undotted(c.ID); !ok || c.Long == "" {
			t.Errorf("code %+v", c)
		}
	}
	depth := 0
	for _, term := range p.terms {
		if term.Depth > depth || len(term.Cells) > 6 {
			t.Errorf("term %+v below depth %d", term, depth)
		}
		depth = term.Depth + 1
	}
	for _, n := range p.notes {
		if !index.KnownNote(n.Kind) || n.Text == "" {
			t.Errorf("note %+v", n)
		}
	}
}

func FuzzOrder(f *testing.F) { fuzz(f, lineReader(readOrder), formatOrder, smallOrder) }
func FuzzList(f *testing.F)  { fuzz(f, lineReader(readList), formatList, smallList) }
func FuzzAddenda(f *testing.F) {
	fuzz(f, lineReader(readAddenda), formatAddenda, smallOrderAddenda, smallCodesAddenda)
}

func FuzzTable(f *testing.F) {
	var seeds []string
	for _, text := range smallTables {
		seeds = append(seeds, text)
	}
	fuzz(f, lineReader(readTable), "", seeds...)
}

func FuzzTabular(f *testing.F) {
	fuzz(f, xmlReader(func(p *part) handler { return &tabular{part: p} }), formatTabular, smallTabular)
}

func FuzzAlphabetic(f *testing.F) {
	fuzz(f, xmlReader(func(p *part) handler { return &alphabetic{part: p} }), formatIndex, smallIndex, smallExternal, smallNeoplasm, smallDrug)
}

// FuzzRead reads any bytes as a file of any format, packed or not; what is read
// can be imported or is refused.
func FuzzRead(f *testing.F) {
	for _, text := range []string{smallOrder, smallList, smallTabular, smallTables["codes_fy2026.tsv"]} {
		f.Add(text)
		f.Add(zipOf(f, "a.txt", text))
		f.Add(gzipOf(f, text))
		f.Add(zipOf(f, "b.zip", zipOf(f, "a.txt", text)))
	}
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		d, _, err := Read(context.Background(), []string{path}, Options{Release: "FY2026"})
		if err != nil {
			if !strings.Contains(err.Error(), path) && !strings.Contains(err.Error(), "no list of codes") {
				t.Errorf("error %v names no file", err)
			}
			return
		}
		if len(d.Codes) == 0 {
			t.Error("a draft without codes")
		}
	})
}
