package exchange

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// collect drains a reader into "id" and "error" lines.
func collect(in, name string) []string {
	var out []string
	for rec, err := range Read(strings.NewReader(in), name) {
		if err != nil {
			out = append(out, "error "+err.Error())
			continue
		}
		out = append(out, fmt.Sprintf("%s|%s|%s", rec.ID, rec.Exam, rec.Text))
	}
	return out
}

func TestRead(t *testing.T) {
	tests := []struct {
		point, name, in string
		want            []string
	}{
		{"one object per line", "a.jsonl", `{"id":"1","exam":"CT HEAD"}` + "\n" + `{"id":"2","text":"Clear."}` + "\n", []string{"1|CT HEAD|", "2||Clear."}},
		{"mark, CRLF, empty line, no last line end", "-", "\xef\xbb\xbf{\"id\":\"1\"}\r\n\r\n{\"id\":\"2\"}", []string{"1||", "2||"}},
		{"reading goes on behind a bad line", "a.jsonl", "{\"id\":\"1\"}\n{\"id\":\n[3]\n{\"id\":\"4\"}\n", []string{
			"1||", "error a.jsonl:2: not JSON at byte 6: unexpected end of JSON input", "error a.jsonl:3: a JSON array where an object is expected", "4||"}},
		{"a value of the wrong kind is named", "a.jsonl", `{"meta":{"age":"old"}}`, []string{"error a.jsonl:1: meta.age cannot be a JSON string (want float64)"}},
		{"an object over several lines", "-", "{\n \"id\": \"1\"\n}\n{\n \"id\": \"2\"\n}", []string{"1||", "2||"}},
		{"an array", "-", "[{\"id\":\"1\"},\n{\"id\":2},\n{\"id\":\"3\"}]", []string{"1||", "error -:2: id cannot be a JSON number (want string)", "3||"}},
		{"an array that does not end", "-", "[{\"id\":\"1\"},\n", []string{"1||", "error -:1: unexpected EOF"}},
		{"a report that begins with a bracket", "x/r1.txt", "[Redacted] CT HEAD", []string{"r1||[Redacted] CT HEAD"}},
		{"UTF-16", "r.txt", "\xff\xfeC\x00T\x00", []string{"r||CT"}},
		{"UTF-16 with surrogates, big endian", "r.txt", "\xfe\xff\xd8\x3d\xde\x00\x00A", []string{"r||😀A"}},
		{"UTF-16 without mark", "r.txt", "C\x00T\x00 \x00H\x00E\x00A\x00D\x00.\x00", []string{"r||CT HEAD."}},
		{"UTF-16 JSON lines", "a.jsonl", "\xff\xfe{\x00}\x00\n\x00{\x00}\x00", []string{"||", "||"}},
		{"Windows-1252 quotes", "r.txt", "\x93clear\x94 \xb5", []string{"r||“clear” µ"}},
		{"NUL bytes", "r.txt", "Lungs are clear\x00.", []string{"r||Lungs are clear ."}},
		{"PDF", "r.txt", "%PDF-1.4 ...", []string{"error r.txt:1: this is a PDF; extract its text first"}},
		{"DICOM", "-", strings.Repeat("\x00", 128) + "DICM", []string{"error -:1: this is a DICOM object; export the text of the report first"}},
		{"Word", "r.docx", "PK\x03\x04....word/document.xml", []string{"error r.docx:1: this is a Word document (DOCX); save it as plain text first"}},
		{"noise", "r", "\x01\x02\x03abc\x04", []string{"error r:1: this is binary data; give the report as plain text"}},
		{"nothing", "r", "", []string{"r||"}},
		{"broken .json is no report", "r.json", "oops", []string{"error r.json:1: not JSON at byte 1: invalid character 'o' looking for beginning of value"}},
	}
	for _, tt := range tests {
		if got := collect(tt.in, tt.name); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.point, got, tt.want)
		}
	}
}

func TestGold(t *testing.T) {
	in := `{"id":"1","gold":{"cpt":[{"code":"73630","modifiers":["RT"]}],"icd10cm":[{"code":"R05.9","accept":["R05"],"optional":true,"icd9cm":"786.2"}],` +
		`"primary":{"official":[{"code":"R05.9"}]},"flags":[],"mesh":["x"]},"group":"g","tags":["clean"],"note":7}`
	for rec, err := range ReadCorpus(strings.NewReader(in), "a") {
		if err != nil {
			t.Fatal(err)
		}
		g := rec.Gold
		switch {
		case g.CPT[0].Modifiers[0] != "RT", !g.ICD10CM[0].Optional, g.ICD10CM[0].Accept[0] != "R05", g.Primary["official"][0].Code != "R05.9":
			t.Errorf("gold codes: %+v", g)
		case g.Flags == nil, g.FlagsOptional != nil:
			t.Errorf("an empty list must differ from an absent one: %+v", g)
		case string(rec.Extra["note"]) != "7", len(rec.Extra) != 1:
			t.Errorf("extra keys: %v", rec.Extra)
		}
	}
}

// TestLongLine reads past a line over the limit without keeping it.
func TestLongLine(t *testing.T) {
	in := `{"text":"` + strings.Repeat("a", MaxItem) + "\"}\n{\"id\":\"2\"}"
	got := collect(in, "a.jsonl")
	want := []string{"error a.jsonl:1: longer than 64 MB", "2||"}
	if !slices.Equal(got, want) {
		t.Errorf("got %.80q", got)
	}
}

func TestCorpora(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/corpora/*.jsonl")
	if len(files) == 0 {
		t.Skip("the corpora are not here")
	}
	for _, file := range files {
		f, err := os.Open(file)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err := range Read(f, filepath.Base(file)) {
			if err != nil {
				t.Error(err)
			}
			n++
		}
		f.Close()
		if n == 0 {
			t.Errorf("%s: no records", file)
		}
	}
}
