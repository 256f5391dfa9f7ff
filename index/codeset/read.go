package codeset

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/radcode/radcode/index"
)

// Bounds on what is unpacked. A whole published year is 60 MB.
const (
	maxFile    = 256 << 20 // a file, unpacked; the largest published ones have 60 MB
	maxAll     = 1 << 30   // all files together
	maxMembers = 10_000    // of one ZIP file
	maxNesting = 3         // ZIP in ZIP
)

// Options say what release files belong to. The zero value takes it from them.
type Options struct {
	Release  string // "" = as the files say
	From, To string // dates of service; "" = those of the release's fiscal year
	Progress func(bytes int64)

	Setting index.Setting // who bills by NCCI tables that do not say it
	Payer   string        // whose a coverage table is; "" = everybody's

	// Procedure reports whether a CPT or HCPCS code is known, or with a star at the end one
	// that begins so. Published rows of other codes alone are left out; coverage tables
	// and rules of payers that name them are refused. nil: all are known.
	Procedure func(code string) bool
	// Diagnosis reports whether an ICD-10-CM code, or one below a category, is
	// known to the lexicon or a release. nil: all are known.
	Diagnosis func(code string) bool
	// Between lists the known codes of a range, procedures or diagnoses. nil: none.
	Between func(first, last string) []string

	maxFile int64 // 0 = the constant
}

// File is what became of a file, or of one in a ZIP file.
type File struct {
	Name    string `json:"name"` // a.zip/b.txt
	Format  string `json:"format"`
	Release string `json:"release,omitempty"` // as the file says
	Rows    int    `json:"rows"`
	Skipped string `json:"skipped,omitempty"` // why it was not read
}

// Read reads files and folders, of whatever formats, into the draft of one
// release. A file that is named and cannot be read is an error; those found in a folder
// or a ZIP file are skipped when they are of no known format, and reported.
func Read(ctx context.Context, paths []string, o Options) (*index.Draft, []File, error) {
	g, err := gather(ctx, paths, o)
	if err != nil {
		return nil, g.files, err
	}
	d, err := g.draft()
	if err != nil {
		return nil, g.files, fmt.Errorf("codeset: %w", err)
	}
	return d, g.files, nil
}

// gather reads all files.
func gather(ctx context.Context, paths []string, o Options) (*gatherer, error) {
	g := &gatherer{ctx: ctx, options: o, seen: map[[sha256.Size]byte]string{}}
	for _, path := range paths {
		if err := g.path(path); err != nil {
			return g, fmt.Errorf("codeset: %w", err)
		}
	}
	return g, nil
}

// gatherer reads files one after the other.
type gatherer struct {
	ctx     context.Context
	options Options
	parts   []*part
	files   []File
	sources []index.Source
	seen    map[[sha256.Size]byte]string // content to the file that had it first
	all     int64                        // unpacked so far
	read    int64                        // of the files themselves
}

func (g *gatherer) path(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return g.file(path, true)
	}
	return filepath.WalkDir(path, func(p string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		return g.file(p, false)
	})
}

// file reads a file; named ones must be of a known format.
func (g *gatherer) file(path string, given bool) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return err
	}
	before := len(g.parts)
	h := sha256.New()
	if err := g.opened(file, info.Size(), path, h); err != nil {
		return err
	}
	for _, p := range g.parts[before:] {
		p.source = len(g.sources)
	}
	if len(g.parts) > before {
		g.sources = append(g.sources, index.Source{Name: filepath.Base(path), SHA256: hex.EncodeToString(h.Sum(nil))})
	} else if last := len(g.files) - 1; given && (last < 0 || g.files[last].Name == path && g.files[last].Format == "") {
		why := unknownFormat
		if last >= 0 {
			why = g.files[last].Skipped
		}
		return fmt.Errorf("%s:1: %s", path, why)
	}
	return nil
}

const unknownFormat = "no format that radcode knows"

func (g *gatherer) opened(file *os.File, size int64, path string, h hash.Hash) error {
	head := bufio.NewReader(file)
	packing := packingOf(head)
	if packing == zipped {
		if _, err := io.Copy(h, g.watched(head, true)); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return g.zip(file, size, path, 1)
	}
	return g.stream(io.TeeReader(g.watched(head, true), h), path, 0)
}

// zip reads the members of a ZIP file.
func (g *gatherer) zip(file io.ReaderAt, size int64, name string, depth int) error {
	if depth > maxNesting {
		return fmt.Errorf("%s: ZIP files within each other deeper than %d", name, maxNesting)
	}
	z, err := zip.NewReader(file, size)
	if err != nil {
		return fmt.Errorf("%s: no whole ZIP file: %w", name, err)
	}
	if len(z.File) > maxMembers {
		return fmt.Errorf("%s: more than %d files in it", name, maxMembers)
	}
	if slices.ContainsFunc(z.File, func(m *zip.File) bool { return m.Name == "xl/workbook.xml" }) {
		g.files = append(g.files, File{Name: name, Skipped: "an Excel workbook: give the .txt or .csv file published beside it, or save the sheet as CSV"})
		return nil
	}
	for _, m := range z.File {
		if !m.Mode().IsRegular() {
			continue
		}
		if err := g.member(m, name+"/"+m.Name, depth); err != nil {
			return err
		}
	}
	return nil
}

func (g *gatherer) member(m *zip.File, name string, depth int) error {
	r, err := m.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	defer r.Close()
	return g.stream(g.watched(r, false), name, depth)
}

// stream reads a file that may be packed itself.
func (g *gatherer) stream(r io.Reader, name string, depth int) error {
	head := bufio.NewReaderSize(r, maxLine)
	switch packingOf(head) {
	case zipped:
		return g.nested(head, name, depth)
	case gzipped:
		unpacked, err := gzip.NewReader(head)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		return g.content(bufio.NewReaderSize(unpacked, maxLine), name)
	}
	return g.content(head, name)
}

// nested reads a ZIP file in another, by way of a temporary file.
func (g *gatherer) nested(r io.Reader, name string, depth int) (err error) {
	file, err := os.CreateTemp("", "radcode-zip-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, file.Close(), os.Remove(file.Name())) }()
	size, err := io.Copy(file, &bounded{r: r, g: g})
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return g.zip(file, size, name, depth+1)
}

// content reads a file as what it is.
func (g *gatherer) content(r *bufio.Reader, name string) error {
	h := sha256.New()
	in := bufio.NewReaderSize(io.TeeReader(&bounded{r: r, g: g}, h), maxLine)
	head, err := in.Peek(sniffed)
	if err != nil && err != io.EOF {
		return place{name, 1}.errorf("%w", err)
	}
	format, read := readerOf(head)
	if read == nil {
		g.files = append(g.files, File{Name: name, Skipped: whyUnknown(head)})
		_, err := io.Copy(io.Discard, in) // so that the sum of a file is that of all of it
		if err != nil {
			return place{name, 1}.errorf("%w", err)
		}
		return nil
	}
	p := newPart(name, format)
	p.options = &g.options
	if err := read(in, p); err != nil {
		return err
	}
	if p.rows == 0 && !p.mayBeEmpty {
		return place{name, 1}.errorf("%s without a row", p.format)
	}
	p.nameRelease()
	f := File{Name: name, Format: p.format, Release: p.release, Rows: p.rows}
	sum := [sha256.Size]byte(h.Sum(nil))
	if first, again := g.seen[sum]; again {
		f.Skipped = "same as " + first
	} else {
		g.parts, g.seen[sum] = append(g.parts, p), name
	}
	g.files = append(g.files, f)
	return nil
}

// bounded counts what is unpacked and refuses too much.
type bounded struct {
	r io.Reader
	g *gatherer
	n int64
}

func (b *bounded) Read(p []byte) (int, error) {
	n, err := b.r.Read(p)
	b.n += int64(n)
	b.g.all += int64(n)
	switch {
	case b.n > b.g.limit():
		return n, fmt.Errorf("more than %d MiB when unpacked", b.g.limit()>>20)
	case b.g.all > maxAll:
		return n, fmt.Errorf("all files together are more than %d MiB when unpacked", maxAll>>20)
	}
	return n, err
}

func (g *gatherer) limit() int64 {
	if g.options.maxFile > 0 {
		return g.options.maxFile
	}
	return maxFile
}

// watched is a reader that ends with the context and, where asked, tells progress.
func (g *gatherer) watched(r io.Reader, count bool) io.Reader {
	return readerFunc(func(p []byte) (int, error) {
		if err := g.ctx.Err(); err != nil {
			return 0, err
		}
		n, err := r.Read(p)
		if count {
			g.read += int64(n)
			if g.options.Progress != nil {
				g.options.Progress(g.read)
			}
		}
		return n, err
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

// releases are the names that the files read give, each once.
func (g *gatherer) releases() []string {
	var out []string
	for _, p := range g.parts {
		if p.release != "" && !slices.Contains(out, p.release) {
			out = append(out, p.release)
		}
	}
	return out
}
