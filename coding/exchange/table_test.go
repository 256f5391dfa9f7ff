package exchange

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// lines turns a sequence into JSON and "error" lines.
func lines(seq iter.Seq2[Record, error]) []string {
	var out []string
	for rec, err := range seq {
		if err != nil {
			out = append(out, "error "+err.Error())
			continue
		}
		b, _ := json.Marshal(rec)
		out = append(out, fmt.Sprintf("%d %s", rec.Line, b))
	}
	return out
}

func mapping(t testing.TB, s string) Mapping {
	t.Helper()
	m, err := ParseMapping(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestReadTable(t *testing.T) {
	tests := []struct {
		point, name, mapping, in string
		want                     []string
	}{
		{"columns named like the keys", "a.csv", "", "id,exam,text,cpt,extra\n1,CT HEAD,Clear.,70450,x\n",
			[]string{`2 {"id":"1","exam":"CT HEAD","text":"Clear.","gold":{"cpt":[{"code":"70450"}]}}`}},
		{"all the keys", "a.csv", "id=accession,exam=study,text=report,cpt=codes,icd10cm=dx,group=site,tags=tag,meta.age=age,meta.sex=sex,meta.date_of_service=date,meta.signed=signed,meta.prior_studies=priors,primary.official=first,flags=flags,flags_optional=perhaps",
			"accession,study,report,codes,dx,site,tag,age,sex,date,signed,priors,first,flags,perhaps\n" +
				"7,XR WRIST,Normal.,73110-RT;73130:LT:26,R059|M25.531,A,t1 t2,44.5,female,3/2/2026,yes,CT 2024; MR 2025,M25531 M25.532,missing_views,missing_laterality\n",
			[]string{`2 {"id":"7","exam":"XR WRIST","text":"Normal.","meta":{"date_of_service":"2026-03-02","age":44.5,"sex":"F","signed":true,"prior_studies":["CT 2024","MR 2025"]},` +
				`"gold":{"cpt":[{"code":"73110","modifiers":["RT"]},{"code":"73130","modifiers":["LT","26"]}],"icd10cm":[{"code":"R05.9"},{"code":"M25.531"}],` +
				`"primary":{"official":[{"code":"M25.531"},{"code":"M25.532"}]},"flags":["missing_views"],"flags_optional":["missing_laterality"]},"group":"A","tags":["t1","t2"]}`}},
		{"semicolons, a mark, CRLF, a quoted newline", "a.csv", "", "\xef\xbb\xbfid;text\r\n1;\"one\r\ntwo; \"\"three\"\"\"\r\n2;x\r\n", []string{`2 {"id":"1","text":"one\ntwo; \"three\""}`, `4 {"id":"2","text":"x"}`}},
		{"bars", "-", "", "id|text\n1|a, b, c\n", []string{`2 {"id":"1","text":"a, b, c"}`}},
		{"tabs, quotation marks are text", "a.tsv", "", "id\ttext\n1\ta 3\" nail, left\n", []string{`2 {"id":"1","text":"a 3\" nail, left"}`}},
		{"Windows-1252", "a.csv", "", "id,text\n1,\x93clear\x94\n", []string{`2 {"id":"1","text":"“clear”"}`}},
		{"UTF-16", "a.csv", "", "\xff\xfei\x00d\x00,\x00t\x00e\x00x\x00t\x00\n\x001\x00,\x00a\x00", []string{`2 {"id":"1","text":"a"}`}},
		{"several columns of text are sections", "a.csv", "text=clinical_history+impression", "id,clinical_history,impression\n1,Cough.,Clear.\n2,,Normal.\n",
			[]string{`2 {"id":"1","text":"CLINICAL HISTORY:\nCough.\n\nIMPRESSION:\nClear."}`, `3 {"id":"2","text":"IMPRESSION:\nNormal."}`}},
		{"several columns of codes", "a.csv", "icd10cm=dx1+dx2", "id,text,dx1,dx2\n1,a,R05.9,\n", []string{`2 {"id":"1","text":"a","gold":{"icd10cm":[{"code":"R05.9"}]}}`}},
		{"a column whose name holds a plus", "a.csv", "text=a+b", "id,a+b\n1,x\n", []string{`2 {"id":"1","text":"x"}`}},
		{"a key that is not read, names in other letter case", "a.csv", "cpt=,text=REPORT", "ID,report,cpt\n1,x,bad\n", []string{`2 {"id":"1","text":"x"}`}},
		{"an empty cell is not labelled, none is, and empty flags say none", "a.csv", "", "id,text,cpt,icd10cm,flags\n1,x,,none,\n", []string{`2 {"id":"1","text":"x","gold":{"icd10cm":[],"flags":[]}}`}},
		{"a list as Python prints it", "a.csv", "", "id,text,cpt\n1,x,\"['71046', '73110']\"\n", []string{`2 {"id":"1","text":"x","gold":{"cpt":[{"code":"71046"},{"code":"73110"}]}}`}},
		{"no column for the id", "d/a.csv", "", "text\nx\n\n\ny\n", []string{`2 {"id":"a:2","text":"x"}`, `5 {"id":"a:5","text":"y"}`}},
		{"empty rows and empty cells behind the last column", "a.csv", "", "id,text\n,\n1,x,,\n", []string{`3 {"id":"1","text":"x"}`}},
		{"a column that is not there", "a.csv", "text=report", "id,Text,body\n1,x,y\n", []string{`error a.csv:1: text=report: no column "report"; the table has id, Text, body`}},
		{"neither text nor exam", "a.csv", "", "a,b\n1,x\n", []string{`error a.csv:1: no column text or exam; the table has a, b (map one: text=COLUMN)`}},
		{"a column that stands twice", "a.csv", "", "id,text,text\n1,x,y\n", []string{`error a.csv:1: text=text: column "text" stands twice`}},
		{"short and long rows", "a.csv", "", "id,text\n1,\"a\nb\"\n2\n3,x,y\n4,z\n", []string{`2 {"id":"1","text":"a\nb"}`, `error a.csv:4: 1 cells where the header has 2`, `error a.csv:5: 3 cells where the header has 2`, `6 {"id":"4","text":"z"}`}},
		{"a bare quotation mark", "a.csv", "", "id,text\n1,a \"b\" c\n2,x\n", []string{`error a.csv:2: bare " in non-quoted-field`, `3 {"id":"2","text":"x"}`}},
		{"what is no code", "a.csv", "", "id,text,cpt\n1,x,71046.0\n", []string{`error a.csv:2: column cpt: "71046.0" is no CPT or HCPCS code (71046, or with modifiers 73110-RT)`}},
		{"what is no diagnosis", "a.csv", "", "id,text,icd10cm\n1,x,786.2\n", []string{`error a.csv:2: column icd10cm: "786.2" is no ICD-10-CM code`}},
		{"what is no age, no date", "a.csv", "", "id,text,meta.age,meta.date_of_service\n1,x,old,2026-01-01\n2,x,1,yesterday\n",
			[]string{`error a.csv:2: column meta.age: "old" is no age in years`, `error a.csv:3: column meta.date_of_service: "yesterday" is no date (2026-03-02, 20260302 or 3/2/2026)`}},
		{"nothing", "a.csv", "", "", nil},
	}
	for _, tt := range tests {
		got := lines(ReadTable(strings.NewReader(tt.in), tt.name, mapping(t, tt.mapping)))
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %s\nwant %s", tt.point, strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
		}
	}
}

func TestLongTable(t *testing.T) {
	head := "id,text,cpt,icd10cm,tags\n"
	tests := []struct {
		point, in string
		want      []string
	}{
		{"one code per row", "1,x,71046,,a\n1,,71046,R05.9,b\n1,x,73110,R05.9,a\n2,y,,,\n",
			[]string{`2 {"id":"1","text":"x","gold":{"cpt":[{"code":"71046"},{"code":"73110"}],"icd10cm":[{"code":"R05.9"}]},"tags":["a","b"]}`, `5 {"id":"2","text":"y"}`}},
		{"another text", "1,x,,,\n1,y,,,\n2,z,,,\n", []string{`error a.csv:2: id "1" left out: line 3 has another text`, `4 {"id":"2","text":"z"}`}},
		{"not sorted", "1,x,,,\n2,y,,,\n1,x,,,\n", []string{`2 {"id":"1","text":"x"}`, `3 {"id":"2","text":"y"}`, `error a.csv:4: id "1" left out: it had rows at line 2 already; sort the table by id`}},
		{"a row that cannot be read", "1,x,oops,,\n2,y,,,\n2,y\n3,z,,,\n", []string{
			`error a.csv:2: column cpt: "OOPS" is no CPT or HCPCS code (71046, or with modifiers 73110-RT)`, `error a.csv:2: id "1" left out: line 2 could not be read`,
			`error a.csv:4: 2 cells where the header has 5`, `error a.csv:3: id "2" left out: line 4 could not be read`, `5 {"id":"3","text":"z"}`}},
	}
	for _, tt := range tests {
		got := lines(ReadTable(strings.NewReader(head+tt.in), "a.csv", Mapping{Long: true}))
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %s\nwant %s", tt.point, strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
		}
	}
	got := lines(ReadTable(strings.NewReader("text\nx\n"), "a.csv", Mapping{Long: true}))
	if want := []string{"error a.csv:1: long=true joins rows by their id, and there is no column id; the table has text"}; !slices.Equal(got, want) {
		t.Errorf("no id: %q", got)
	}
}

func TestParseMapping(t *testing.T) {
	m := mapping(t, `id=accession, "text=report, final",cpt=,long=true`)
	if !m.Long || len(m.Columns) != 3 || m.Columns["text"][0] != "report, final" || m.Columns["cpt"] != nil {
		t.Errorf("%+v", m)
	}
	for in, want := range map[string]string{
		"id":                 `mapping "id": "id": want key=column`,
		"id=a,id=b":          `key id stands twice; several columns are key=one+two`,
		"long=perhaps":       `long=perhaps: want true or false`,
		"body=report":        `no key "body"; there are id, exam, text, cpt, icd10cm,`,
		"meta.colour=colour": `no key "meta.colour"`,
	} {
		if _, err := ParseMapping(in); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", in, err, want)
		}
	}
}

// TestKeysAreDocumented wants every key of a mapping in the guide.
func TestKeysAreDocumented(t *testing.T) {
	guide, err := os.ReadFile("../../docs/corpus.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, k := range tableKeys {
		if k.doc == "" || !bytes.Contains(guide, []byte("| `"+k.name+"` | "+k.doc+" |")) {
			t.Errorf("docs/corpus.md: no row | `%s` | %s |", k.name, k.doc)
		}
	}
}

// TestTableStreams wants the first row before the last is written.
func TestTableStreams(t *testing.T) {
	r, w := io.Pipe()
	go w.Write([]byte("id,text\n1," + strings.Repeat("x", 200) + "\n2,y\n"))
	for rec, err := range ReadTable(r, "-", Mapping{}) {
		if err != nil || rec.ID != "1" {
			t.Fatalf("%+v %v", rec, err)
		}
		break
	}
	r.Close()
}

// TestLongCell refuses a cell that would fill the memory, such as after a
// quotation mark that nobody closes.
func TestLongCell(t *testing.T) {
	in := io.MultiReader(strings.NewReader("id,text\n1,x\n2,\""), strings.NewReader(strings.Repeat("a\n", MaxItem/2+headSize)))
	got := lines(ReadTable(in, "a.csv", Mapping{}))
	if want := []string{`2 {"id":"1","text":"x"}`, "error a.csv:3: longer than 64 MB"}; !slices.Equal(got, want) {
		t.Errorf("got %.200q", got)
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("id,text,cpt\n1,\"a\nb\",73110-RT\n"), false)
	f.Add([]byte("id\ttext\tflags\n1\t\"a\t\n"), true)
	f.Add([]byte("\xff\xfei\x00"), true)
	f.Add([]byte("exam|primary.official\n|"), false)
	f.Fuzz(func(t *testing.T, in []byte, long bool) {
		for rec, err := range ReadTable(bytes.NewReader(in), "x", Mapping{Long: long}) {
			if err == nil && (rec.Line < 2 || !utf8.ValidString(rec.Text)) {
				t.Fatalf("line %d, text %q", rec.Line, rec.Text)
			}
		}
	})
}
