package exchange

import (
	"fmt"
	"io/fs"
	"iter"
	"maps"
	"path"
	"slices"
	"strings"
)

// labelFiles are the names of a folder's labels, in the order in which they are
// looked for.
var labelFiles = []string{"labels.csv", "labels.tsv"}

// ReadFolder reads a folder of .txt reports (those in its folders as well) with a table of
// labels, whose ids are the files' paths, with or without extension. Labels is the
// name of the table; empty: labels.csv or labels.tsv. A label without a file and a
// file without a label are *ItemErrors. Records come in the order of the table.
func ReadFolder(fsys fs.FS, labels string, m Mapping) iter.Seq2[Record, error] {
	return func(yield func(Record, error) bool) {
		if labels == "" {
			labels = labelsOf(fsys)
		}
		f, err := fsys.Open(first(labels, labelFiles[0]))
		if err != nil {
			yield(Record{}, err)
			return
		}
		defer f.Close()
		t, err := openTable(f, labels, m)
		if err == nil && !t.has("id") {
			err = &ItemError{labels, t.line, fmt.Errorf("no column id to name the files; the table has %s (map one: id=COLUMN)", strings.Join(t.header, ", "))}
		}
		var files map[string]int
		if err == nil {
			files, err = textFiles(fsys)
		}
		if err != nil {
			yield(Record{}, err)
			return
		}
		l := labelled{fsys: fsys, labels: labels, files: files, yield: yield}
		t.records(l.record)
		l.rest()
	}
}

// labelsOf returns the name of a folder's table of labels, "" when it has none.
func labelsOf(fsys fs.FS) string {
	for _, name := range labelFiles {
		if info, err := fs.Stat(fsys, name); err == nil && !info.IsDir() {
			return name
		}
	}
	return ""
}

// textFiles lists all .txt files.
func textFiles(fsys fs.FS) (map[string]int, error) {
	out := map[string]int{}
	err := walk(fsys, func(name string) {
		if path.Ext(name) == ".txt" {
			out[name] = 0
		}
	})
	return out, err
}

// walk calls for every file that is not hidden, in the order of their paths.
func walk(fsys fs.FS, file func(name string)) error {
	return fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		hidden := name != "." && strings.HasPrefix(d.Name(), ".")
		switch {
		case err != nil:
			return err
		case hidden && d.IsDir():
			return fs.SkipDir
		case !hidden && !d.IsDir():
			file(name)
		}
		return nil
	})
}

// labelled joins rows of labels with their files.
type labelled struct {
	fsys   fs.FS
	labels string
	files  map[string]int // line of the label, 0 before it was met
	yield  func(Record, error) bool
	done   bool // nobody wants more
}

// record takes a row of labels.
func (l *labelled) record(rec Record, err error) bool {
	if err == nil {
		if err = l.read(&rec); err != nil {
			rec = Record{}
		}
	}
	l.done = !l.yield(rec, err)
	return !l.done
}

func (l *labelled) read(rec *Record) error {
	rec.ID = strings.TrimSuffix(rec.ID, ".txt")
	name := rec.ID + ".txt"
	line, there := l.files[name]
	switch {
	case !there:
		return &ItemError{l.labels, rec.Line, fmt.Errorf("no file %s", name)}
	case line > 0:
		return &ItemError{l.labels, rec.Line, fmt.Errorf("%s has a label at line %d already", name, line)}
	}
	l.files[name] = rec.Line
	text, note, err := readTextFile(l.fsys, name)
	rec.Text = text
	rec.note(note)
	return err
}

// rest tells the files without a label.
func (l *labelled) rest() {
	if l.done {
		return
	}
	for _, name := range slices.Sorted(maps.Keys(l.files)) {
		if l.files[name] == 0 && !l.yield(Record{}, &ItemError{name, 1, fmt.Errorf("no label in %s", l.labels)}) {
			return
		}
	}
}
