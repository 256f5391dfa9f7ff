package eval

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Output is one file of a run's folder.
type Output struct {
	Name, Doc string
	parquet   bool // only on request
	write     func(r *Run, m *Manifest, w io.Writer) error
}

// Outputs is the table of files that Write makes.
func Outputs() []Output { return outputs }

// manifestName marks a folder as one of ours.
const manifestName = "manifest.json"

var outputs = []Output{
	{Name: "metrics.json", Doc: "every figure with interval, numerator and denominator, under flat keys", write: func(r *Run, _ *Manifest, w io.Writer) error { return r.WriteMetrics(w) }},
	{Name: "report.html", Doc: "all of it to look at, without network", write: writeHTML},
	{Name: "report.md", Doc: "the tables in Markdown, with definitions", write: func(r *Run, m *Manifest, w io.Writer) error { return r.WriteMarkdown(w, m) }},
	{Name: "per_label.csv", Doc: "counts and figures of every code, family and category", write: writeLabels},
	{Name: "per_report.csv", Doc: "what became of every report, with numerators and denominators: what compare reads", write: writeReports},
	{Name: "confusions.csv", Doc: "which code was given for which, with relation and count", write: writeConfusions},
	{Name: "errors.jsonl", Doc: "every report with an error: gold, predicted, relation, stage", write: writeErrors},
	{Name: "predictions.jsonl", Doc: "the answers, in the form that --predictions reads", write: writePredictions},
	{Name: "run.trec", Doc: "rankings in trec_eval's form, one query per report and code system", write: writeTRECRun},
	{Name: "qrels.trec", Doc: "required gold codes in trec_eval's form", write: writeQrels},
	{Name: "junit.xml", Doc: "a test case per report and code system, for CI", write: writeJUnit},
	{Name: "predictions.parquet", Doc: "the answers, one row per code", parquet: true, write: writePredictionsParquet},
	{Name: "per_report.parquet", Doc: "per_report.csv as a table", parquet: true, write: writeReportsParquet},
	{Name: manifestName, Doc: "what ran, on what, from what", write: func(_ *Run, m *Manifest, w io.Writer) error { return writeJSON(w, m) }},
}

// Write makes a folder with all outputs, those in Parquet only if asked for. They
// are written beside it and put in its place when all is done: there is never
// half a run. A folder that exists is replaced if an earlier run made it, and
// left alone otherwise.
func (r *Run) Write(dir string, m *Manifest, parquet bool) error {
	var wanted []Output
	for _, o := range outputs {
		if parquet || !o.parquet {
			wanted = append(wanted, o)
		}
	}
	return r.writeAllTo(filepath.Clean(dir), m, wanted)
}

func (r *Run) writeAllTo(dir string, m *Manifest, wanted []Output) error {
	if err := checkFolder(dir); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return err
	}
	temp, err := os.MkdirTemp(filepath.Dir(dir), "."+filepath.Base(dir)+".*")
	if err != nil {
		return err
	}
	err = os.Chmod(temp, 0o755)
	for _, o := range wanted {
		if err == nil {
			err = r.writeOne(filepath.Join(temp, o.Name), o, m)
		}
	}
	if err == nil {
		err = replaceFolder(dir, temp)
	}
	if err != nil {
		return errors.Join(err, os.RemoveAll(temp))
	}
	return nil
}

func checkFolder(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entries) == 0 {
		return nil
	}
	if err != nil {
		return err
	}
	if _, err := os.Stat(filepath.Join(dir, manifestName)); err != nil {
		return fmt.Errorf("%s: not empty and not made by an earlier run; name another folder", dir)
	}
	return nil
}

func (r *Run) writeOne(path string, o Output, m *Manifest) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<16)
	if err := errors.Join(o.write(r, m, w), w.Flush(), f.Close()); err != nil {
		return fmt.Errorf("%s: %w", o.Name, err)
	}
	return nil
}

// replaceFolder puts a new folder in the place of an old one.
func replaceFolder(dir, with string) error {
	old := with + ".old"
	err := os.Rename(dir, old)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.Rename(with, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return os.RemoveAll(old)
}
