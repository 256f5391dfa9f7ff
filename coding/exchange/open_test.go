package exchange

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// onDisk writes files of "name", "content" pairs.
func onDisk(t *testing.T, pairs ...string) string {
	t.Helper()
	dir := t.TempDir()
	for name, f := range folder(pairs...) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestOpenCorpus(t *testing.T) {
	dir := onDisk(t,
		"a.csv", "id,report\n1,x\n", "a.jsonl", `{"id":"1"}`+"\n", "a.xml", cmcFile, "a.txt", "x",
		"brat/a.ann", "T1\tSign 0 5\tcough\nA1\tNegation T1\nT2\tSign 0 9\tcough\n", "brat/a.txt", "cough",
		"good/a.ann", "T1\tSign 0 5\tcough\nN1\tReference T1 ICD10CM:R05.9\tx\n", "good/a.txt", "cough", "good/labels.csv", "x",
		"labelled/labels.csv", "id,cpt\nb/1,71046\n2.txt,70450\n3,\nb/1,\n", "labelled/b/1.txt", "one", "labelled/2.txt", "two", "labelled/4.txt", "four",
		"named/labels.tsv", "file\tcpt\n1\t71046\n", "named/1.txt", "one",
		"reports/b/1.txt", "one", "reports/2.jsonl", `{"id":"2"}`+"\nx\n", "reports/.hidden", "x",
	)
	tests := []struct {
		path, mapping string
		want          []string
	}{
		{"a.csv", "text=report", []string{`2 {"id":"1","text":"x"}`}},
		{"a.csv", "", []string{"error DIR/a.csv:1: no column text or exam; the table has id, report (map one: text=COLUMN)"}},
		{"a.jsonl", "", []string{`1 {"id":"1"}`}},
		{"a.jsonl", "id=x", []string{"error DIR/a.jsonl: a mapping of columns is for tables, and this is no table (format jsonl)"}},
		{"a.xml", "", lines(ReadCMC(strings.NewReader(cmcFile), "DIR/a.xml"))},
		{"a.txt", "", []string{`0 {"id":"a","text":"x"}`}},
		{"brat", "", []string{"error DIR/brat/a.ann:3: span 0-9 lies outside the text of 5 characters"}},
		{"good", "", []string{`1 {"id":"a","text":"cough","gold":{"icd10cm":[{"code":"R05.9"}]}}`}},
		{"good/a.ann", "", []string{`1 {"id":"a","text":"cough","gold":{"icd10cm":[{"code":"R05.9"}]}}`}},
		{"labelled", "", []string{`2 {"id":"b/1","text":"one","gold":{"cpt":[{"code":"71046"}]}}`, `3 {"id":"2","text":"two","gold":{"cpt":[{"code":"70450"}]}}`,
			"error DIR/labelled/labels.csv:4: no file 3.txt", "error DIR/labelled/labels.csv:5: b/1.txt has a label at line 2 already", "error DIR/labelled/4.txt:1: no label in labels.csv"}},
		{"named", "id=file", []string{`2 {"id":"1","text":"one","gold":{"cpt":[{"code":"71046"}]}}`}},
		{"named", "", []string{"error DIR/named/labels.tsv:1: no column id to name the files; the table has file, cpt (map one: id=COLUMN)"}},
		{"reports", "", []string{`1 {"id":"2"}`, "error DIR/reports/2.jsonl:2: not JSON at byte 1: invalid character 'x' looking for beginning of value", `0 {"id":"1","text":"one"}`}},
		{"nothere", "", []string{"error stat DIR/nothere: no such file or directory"}},
	}
	for _, tt := range tests {
		got := lines(OpenCorpus(filepath.Join(dir, tt.path), mapping(t, tt.mapping)))
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], dir, "DIR")
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s %s:\n got %s\nwant %s", tt.path, tt.mapping, strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
		}
	}
}

func TestOpenAssertions(t *testing.T) {
	dir := onDisk(t,
		"a.jsonl", `{"id":"1","sentence":"No fever.","start":3,"end":8,"negation":"negated"}`,
		"a.tsv", "1\tfever\tNo fever.\tNegated\n",
		"brat/a.ann", "T1\tSign 3 8\tfever\nA1\tNegation T1\nT2\tSign 0 9\tcough\n", "brat/a.txt", "No fever",
	)
	const want = `1 ["No [fever].","negated","","",""]`
	for path, want := range map[string][]string{
		"a.jsonl": {want}, "a.tsv": {want},
		"brat":       {"error DIR/brat/a.ann:3: span 0-9 lies outside the text of 8 characters", `a#T1 ["No [fever]","negated","","",""]`},
		"brat/a.ann": {"error DIR/brat/a.ann:3: span 0-9 lies outside the text of 8 characters", `a#T1 ["No [fever]","negated","","",""]`},
		"nothere":    {"error stat DIR/nothere: no such file or directory"},
	} {
		got := examples(OpenAssertions(filepath.Join(dir, path)))
		for i := range got {
			got[i] = strings.ReplaceAll(got[i], dir, "DIR")
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q", path, got)
		}
	}
	for x := range OpenAssertions(filepath.Join(dir, "brat")) {
		if x.Line > 0 && (x.Line != 1 || x.File != filepath.Join(dir, "brat", "a.ann")) {
			t.Errorf("%s:%d", x.File, x.Line)
		}
	}
}

func TestDetectTables(t *testing.T) {
	for in, want := range map[string]Format{
		"id,text\n1,x": Table, "exam|cpt": Table, "\"id\";\"text\"": Table, "id\tsentence\n": Text, "text": Text, "EXAM: CT, text": Text,
		"<?xml?>\n<docs>\n": CMC, "<p>Normal.</p>": Text,
	} {
		if got := Detect("-", []byte(in)); got != want {
			t.Errorf("%q is %s, want %s", in, got, want)
		}
	}
	if got := Detect("x.TSV", nil); got != Table {
		t.Errorf("by name: %s", got)
	}
}
