package exchange

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"
)

// folder makes files of "name", "content" pairs.
func folder(pairs ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		fsys[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return fsys
}

// examples turns a sequence into "ID sentence[start:end] values" and "error"
// lines.
func examples(seq iter.Seq2[AssertionExample, error]) []string {
	var out []string
	for x, err := range seq {
		if err != nil {
			out = append(out, "error "+err.Error())
			continue
		}
		b, _ := json.Marshal([]string{x.Sentence[:x.Start] + "[" + x.Sentence[x.Start:x.End] + "]" + x.Sentence[x.End:], x.Negation, x.Certainty, x.Temporality, x.Experiencer})
		out = append(out, x.ID+" "+string(b))
	}
	return out
}

const bratText = "HISTORY: Fièvre, cough.\n\nNo cough, no\npleural or pericardial effusion.\nOld rib fracture.\n"

func TestReadBRAT(t *testing.T) {
	tests := []struct {
		point, ann string
		want       []string
	}{
		{"normalisations are the gold", "T1\tSign 17 22\tcough\nN1\tReference T1 ICD10CM:R059\tCough\nT2\tSign 9 15\tFièvre\nN2\tReference T2 ICD-10-CM:R50.9\tFever\nT3\tExam 0 7\tHISTORY\nN3\tReference T3 CPT:73110-RT\tx\nN4\tReference T3 UMLS:C1\tx\n" +
			"R1\tCauses Arg1:T1 Arg2:T2\n*\tEquiv T1 T2\nA1\tColour R1 red\n",
			[]string{`1 {"id":"a","text":` + quoted(bratText) + `,"gold":{"cpt":[{"code":"73110","modifiers":["RT"]}],"icd10cm":[{"code":"R05.9"},{"code":"R50.9"}]}}`}},
		{"what is negated or another's is not coded", "T1\tSign 17 22\tcough\nN1\tReference T1 ICD10CM:R05.9\tCough\nA1\tNegation T1\nT2\tSign 9 15\tFièvre\nN2\tReference T2 ICD10CM:R50.9\tFever\nA2\tExperiencer T2 Family\n",
			[]string{`1 {"id":"a","text":` + quoted(bratText) + `}`}},
		{"faults", "T1\tSign 17 22\tcouch\nT2\tSign 17 99\tx\nT3\tSign 5\tx\nT4\nX\nA1\tNegation T9\nT5\tSign 17 22\tcough\nT5\tSign 17 22\tcough\nN1\tReference T5 ICD10CM:786.2\tx\n", []string{
			`error a.ann:1: the text at 17 22 is "cough", not "couch"`, `error a.ann:2: span 17-99 lies outside the text of 89 characters`, `error a.ann:3: offsets "5": want numbers like 3 12 or 3 5;9 12`,
			`error a.ann:4: want id, type with offsets, and text, separated by tabs`, `error a.ann:5: "X" is no annotation`, `error a.ann:6: no annotation T9`, `error a.ann:8: T5 stands twice`, `error a.ann:9: "786.2" is no ICD-10-CM code`}},
	}
	for _, tt := range tests {
		if got := lines(ReadBRAT(folder("a.ann", tt.ann, "a.txt", bratText))); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %s\nwant %s", tt.point, strings.Join(got, "\n     "), strings.Join(tt.want, "\n     "))
		}
	}
	got := lines(ReadBRAT(folder("b/x.ann", "", "b/x.txt", "Normal.", "c.ann", "")))
	if want := []string{`1 {"id":"b/x","text":"Normal."}`, "error c.ann:1: no c.txt beside it"}; !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	for rec := range ReadBRAT(folder("a.txt", bratText, "a.ann", "T1\tSign 17 22\tcough\n#1\tAnnotatorNotes T1\tsure\n#2\tAnnotatorNotes T1\treally\n")) {
		if s := string(rec.Extra["notes"]); s != `{"T1":"sure; really"}` {
			t.Errorf("notes: %s", s)
		}
	}
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func TestReadBRATAssertions(t *testing.T) {
	const ann = "T1\tSign 17 22\tcough\nT2\tSign 28 33\tcough\nA1\tNegation T2\nT3\tSign 38 45;61 69\tpleural effusion\nE1\tFinding:T3\nA2\tNegated E1\n" +
		"T4\tSign 75 87\trib fracture\nA3\tTemporality T4 Historical\nT5\tPlace 75 78\trib\nA4\tNegated T4 no\n"
	got := examples(ReadBRATAssertions(folder("a.ann", ann, "a.txt", bratText)))
	const rest = `No cough, no\npleural or pericardial effusion.\nOld rib fracture.\n`
	want := []string{
		`a#T1 ["HISTORY: Fièvre, [cough].\n","affirmed","","recent",""]`,
		`a#T2 ["` + strings.Replace(rest, "cough", "[cough]", 1) + `","negated","","recent",""]`,
		`a#T3 ["` + strings.Replace(rest, "pleural or pericardial effusion", "[pleural or pericardial effusion]", 1) + `","negated","","recent",""]`,
		`a#T4 ["` + strings.Replace(rest, "rib fracture", "[rib fracture]", 1) + `","affirmed","","historical",""]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf(" got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
	got = examples(ReadBRATAssertions(folder("a.ann", "T1\tSign 17 22\tcough\nA1\tCertainty T1 perhaps\nA2\tExperiencer T1\nA3\tUncertain T1\n", "a.txt", bratText)))
	want = []string{
		`error a.ann:2: attribute Certainty "perhaps": want certain, uncertain`, `error a.ann:3: attribute Experiencer "": want patient, family member, other`,
		`a#T1 ["HISTORY: Fièvre, [cough].\n","","uncertain","",""]`,
	}
	if !slices.Equal(got, want) {
		t.Errorf(" got %s\nwant %s", strings.Join(got, "\n     "), strings.Join(want, "\n     "))
	}
}

func FuzzBRAT(f *testing.F) {
	f.Add(bratText, "T1\tSign 17 22\tcough\nA1\tNegation T1\nN1\tReference T1 ICD10CM:R05.9\tx\n#1\tNote T1\tx\nE1\tSign:T1\n")
	f.Add("\xff\xfea\x00", "T1\tSign 0 1\ta\nM1\tCertainty T1 low")
	f.Add("a\n\nb\r\n \r\nc", "T1\tS 0 1;3 4\ta b\nA1\tHistory T1 false")
	f.Fuzz(func(t *testing.T, text, ann string) {
		fsys := folder("a.txt", text, "a.ann", ann)
		for rec, err := range ReadBRAT(fsys) {
			if err == nil && rec.ID != "a" {
				t.Fatalf("%+v", rec)
			}
		}
		for x, err := range ReadBRATAssertions(fsys) {
			if err != nil {
				continue
			}
			if err := x.check(); err != nil {
				t.Fatal(err)
			}
			if utf8.ValidString(x.Sentence) && !utf8.ValidString(x.Sentence[x.Start:x.End]) {
				t.Fatalf("span %d-%d of %q", x.Start, x.End, x.Sentence)
			}
		}
	})
}
