package exchange

import (
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
)

// folderKinds are the ways in which a corpus stands in a folder; the first whose
// mark is there is taken.
var folderKinds = []struct {
	doc  string
	mark func(fs.FS) (bool, error)
	read func(fs.FS, Mapping) iter.Seq2[Record, error]
}{
	{"brat annotations", hasAnnotations, func(fsys fs.FS, _ Mapping) iter.Seq2[Record, error] { return ReadBRAT(fsys) }},
	{"reports with a table of labels", func(fsys fs.FS) (bool, error) { return labelsOf(fsys) != "", nil }, func(fsys fs.FS, m Mapping) iter.Seq2[Record, error] { return ReadFolder(fsys, "", m) }},
	{"reports", func(fs.FS) (bool, error) { return true, nil }, readFiles},
}

func hasAnnotations(fsys fs.FS) (bool, error) {
	files, err := annotationFiles(fsys)
	return len(files) > 0, err
}

// OpenCorpus reads all records of a file of any format that ReadMapped knows, of one
// brat .ann file, or of a folder: brat annotations, reports with a table of labels
// (labels.csv or labels.tsv), or else files of any format. It closes what it
// opens. Errors are those of the readers, with paths that begin with path.
func OpenCorpus(path string, m Mapping) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		dir, files, err := openFolder(path)
		switch {
		case err != nil:
			yield(Record{}, err)
		case files != nil:
			below(dir, func(y func(Record, error) bool) { bratRecords(os.DirFS(dir), files, y) })(yield)
		case dir != "":
			readFolderOf(dir, m, yield)
		default:
			f, err := os.Open(path)
			if err != nil {
				yield(Record{}, err)
				return
			}
			defer f.Close()
			ReadMapped(f, path, m)(yield)
		}
	}
}

// openFolder looks at a path: a folder is dir; of a brat file dir is its folder
// and files its name; any other file leaves both empty.
func openFolder(path string) (dir string, files []string, err error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", nil, err
	case info.IsDir():
		return path, nil, nil
	case filepath.Ext(path) == ".ann":
		return filepath.Dir(path), []string{filepath.Base(path)}, nil
	}
	return "", nil, nil
}

func readFolderOf(dir string, m Mapping, yield func(Record, error) bool) {
	fsys := os.DirFS(dir)
	for _, kind := range folderKinds {
		ok, err := kind.mark(fsys)
		if err != nil {
			yield(Record{}, fmt.Errorf("%s: %w", dir, err))
			return
		}
		if ok {
			below(dir, kind.read(fsys, m))(yield)
			return
		}
	}
}

// readFiles reads every file of a folder by its own format.
func readFiles(fsys fs.FS, m Mapping) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		var names []string
		if err := walk(fsys, func(name string) { names = append(names, name) }); err != nil {
			yield(Record{}, err)
			return
		}
		for _, name := range names {
			if !readFileOf(fsys, name, m, yield) {
				return
			}
		}
	}
}

// readFileOf reads one file and reports whether to go on.
func readFileOf(fsys fs.FS, name string, m Mapping, yield func(Record, error) bool) bool {
	f, err := fsys.Open(name)
	if err != nil {
		return yield(Record{}, err)
	}
	defer f.Close()
	for rec, err := range ReadMapped(f, name, m) {
		if !yield(rec, err) {
			return false
		}
	}
	return true
}

// below puts a folder before the paths of errors.
func below[T any](dir string, seq iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for v, err := range seq {
			var item *ItemError
			switch {
			case errors.As(err, &item):
				err = &ItemError{filepath.Join(dir, item.File), item.Line, item.Err}
			case err != nil:
				err = fmt.Errorf("%s: %w", dir, err)
			}
			if !yield(v, err) {
				return
			}
		}
	}
}

// OpenAssertions reads the examples of an assertion corpus: a file that
// ReadAssertions knows, one brat .ann file, or a folder of them. It closes what it
// opens.
func OpenAssertions(path string) iter.Seq2[AssertionExample, error] {
	return func(yield func(AssertionExample, error) bool) {
		dir, files, err := openFolder(path)
		switch {
		case err != nil:
			yield(AssertionExample{}, err)
		case dir != "":
			seq := ReadBRATAssertions(os.DirFS(dir))
			if files != nil {
				seq = func(y func(AssertionExample, error) bool) { bratAssertions(os.DirFS(dir), files, y) }
			}
			for x, err := range below(dir, seq) {
				x.File = filepath.Join(dir, x.File)
				if !yield(x, err) {
					return
				}
			}
		default:
			f, err := os.Open(path)
			if err != nil {
				yield(AssertionExample{}, err)
				return
			}
			defer f.Close()
			ReadAssertions(f, path)(yield)
		}
	}
}
