package exchange

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
)

func TestFHIR(t *testing.T) {
	report := `{"resourceType":"DiagnosticReport","id":"1","code":{"text":"CT HEAD"},`
	tests := []struct {
		point, in string
		want      []string
	}{
		{"the conclusion alone", report + `"conclusion":"Normal."}`, []string{"1|CT HEAD|IMPRESSION:\nNormal."}},
		{"the narrative", report + `"text":{"status":"additional","div":"<div><p>FINDINGS: clear</p><p>a<br/>b &lt; 2</p></div>"}}`, []string{"1|CT HEAD|FINDINGS: clear\n\na\nb < 2"}},
		{"observations are the parts", report + `"contained":[{"resourceType":"Observation","id":"f","code":{"coding":[{"code":"59776-5"}]},"valueString":"Clear."},` +
			`{"resourceType":"Observation","id":"q","code":{"text":"EF"},"valueQuantity":{"value":60,"unit":"%"}}],"result":[{"reference":"#f"},{"reference":"#q"}],"conclusion":"Normal."}`,
			[]string{"1|CT HEAD|FINDINGS:\nClear.\nEF: 60 %\nIMPRESSION:\nNormal."}},
		{"a generic code leaves the name to the study", `{"resourceType":"DiagnosticReport","id":"1","code":{"coding":[{"system":"http://loinc.org","code":"18748-4","display":"Diagnostic imaging study"}]},` +
			`"contained":[{"resourceType":"ImagingStudy","id":"s","description":"MR KNEE LT","started":"2024-01-02"}],"imagingStudy":[{"reference":"#s"}],"conclusion":"IMPRESSION: normal"}`,
			[]string{"1|MR KNEE LT|IMPRESSION: normal"}},
		{"XHTML in base64", report + `"presentedForm":[{"contentType":"application/xhtml","data":"PGh0bWw+PHRpdGxlPng8L3RpdGxlPjxwPkNsZWFyLjwvcD48L2h0bWw+"}]}`, []string{"1|CT HEAD|Clear."}},
		{"a resource per line", report + `"conclusion":"IMPRESSION: a"}` + "\n" + `{"resourceType":"Patient"}` + "\n" + report + `"conclusion":"IMPRESSION: b"}`,
			[]string{"1|CT HEAD|IMPRESSION: a", "error -:2: a FHIR Patient has no report: a DiagnosticReport or a Bundle is needed", "1|CT HEAD|IMPRESSION: b"}},
		{"a wrong type is named", report + `"status":7}`, []string{"error -:1: Status cannot be a JSON number (want string)"}},
		{"a Bundle without reports", `{"resourceType":"Bundle"}`, []string{"error -:1: the FHIR Bundle has no DiagnosticReport"}},
	}
	for _, tt := range tests {
		if got := collect(tt.in, "-"); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.point, got, tt.want)
		}
	}
}

func TestStripTags(t *testing.T) {
	tests := []struct{ in, want string }{
		{"plain  text\n here", "plain text here"},
		{"T score < 2 &amp; > 1", "T score < 2 & > 1"},
		{"<p>a</p><p>b</p>", "a\n\nb"},
		{"<table><tr><td>T9</td><td>-1.2</td></tr><tr><td>L1</td></tr></table>", "T9 -1.2\nL1"},
		{"<pre>a\n  b</pre>", "a\n  b"},
		{"<style>p{}</style><script>1<2</script>a<!-- <b> -->b", "ab"},
		{"<b>bold</b>er &nbsp; <i>x</i>", "bolder x"},
		{"<unclosed", "<unclosed"},
	}
	for _, tt := range tests {
		if got := stripTags(tt.in); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.in, got, tt.want)
		}
	}
}

// TestWriteFHIR reads the Bundle back and looks at what a payer would.
func TestWriteFHIR(t *testing.T) {
	rec := readAll(t, file(t, "testdata/report.hl7"), "report.hl7")[0]
	var out, again bytes.Buffer
	if err := WriteFHIR(&out, rec, coded()); err != nil {
		t.Fatal(err)
	}
	_ = WriteFHIR(&again, rec, coded())
	if !bytes.Equal(out.Bytes(), again.Bytes()) {
		t.Error("the same result gives other bytes")
	}
	back := readAll(t, out.String(), "-")
	if len(back) != 1 || back[0].Text != rec.Text || back[0].Exam != rec.Exam || back[0].ID != rec.ID || back[0].Meta.DateOfService != rec.Meta.DateOfService {
		t.Errorf("read back: %+v", back)
	}
	want := `{"diagnosis":[{"R05.9":1},{"R91.1":2}],"item":[{"` + systemCPT + `":"71260","mod":"26","dx":[1,2]},{"` + systemHCPCS + `":"G0297","dx":[1]}]}`
	if got := claimOf(t, out.Bytes()); !sameJSON(t, got, want) {
		t.Errorf("claim %s\nwant %s", got, want)
	}
	for _, want := range []string{`"detail":"No dose."`, `"severity":"moderate"`, `"valueDecimal":0.97`, `"conclusionCode"`, `"created":"2024-03-12"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%s is missing", want)
		}
	}
}

// claimOf sums the Claim of a Bundle up.
func claimOf(t *testing.T, b []byte) string {
	t.Helper()
	var in struct {
		Entry []struct {
			Resource struct {
				ResourceType string
				Diagnosis    []struct {
					Sequence                 int
					DiagnosisCodeableConcept codeable
				}
				Item []struct {
					DiagnosisSequence []int
					ProductOrService  codeable
					Modifier          []codeable
				}
			}
		}
	}
	if err := json.Unmarshal(b, &in); err != nil {
		t.Fatal(err)
	}
	for _, e := range in.Entry {
		if e.Resource.ResourceType != "Claim" {
			continue
		}
		var dx, items []object
		for _, d := range e.Resource.Diagnosis {
			dx = append(dx, object{d.DiagnosisCodeableConcept.Coding[0].Code: d.Sequence})
		}
		for _, i := range e.Resource.Item {
			o := object{i.ProductOrService.Coding[0].System: i.ProductOrService.Coding[0].Code, "dx": i.DiagnosisSequence}
			for _, m := range i.Modifier {
				o["mod"] = m.Coding[0].Code
			}
			items = append(items, o)
		}
		out, _ := json.Marshal(object{"diagnosis": dx, "item": items})
		return string(out)
	}
	return "none"
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	var x, y any
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil {
		t.Fatal("not JSON")
	}
	return reflect.DeepEqual(x, y)
}

// TestInteropFHIR: one of the examples has its text in a PDF only, which is said
// and not guessed.
func TestInteropFHIR(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/interop/fhir/*.json")
	if len(files) == 0 {
		t.Skip("the interop resources are not here")
	}
	for _, name := range files {
		for _, rec := range readAll(t, file(t, name), name) {
			pdf := slices.ContainsFunc(rec.Notes, func(n string) bool { return strings.Contains(n, "this is a PDF") })
			if rec.Exam == "" || len(rec.Text) < 100 && !pdf || rec.Meta.DateOfService == "" {
				t.Errorf("%s: %+v", name, rec)
			}
		}
	}
}

func FuzzFHIR(f *testing.F) {
	f.Add([]byte(file(f, "testdata/report.fhir.json")))
	f.Add([]byte(`{"resourceType":"DiagnosticReport","text":{"div":"<p>a<"},"conclusion":"b"}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		for rec, err := range ReadFHIR(bytes.NewReader(in), "x") {
			if err == nil {
				if err := WriteFHIR(&bytes.Buffer{}, rec, coding.Result{}); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func FuzzCorpus(f *testing.F) {
	f.Add([]byte(`{"id":"1","exam":"CT","text":"a","gold":{"cpt":[{"code":"70450"}]},"x":1}` + "\n{"))
	f.Add([]byte("\xff\xfe{\x00}\x00"))
	f.Add([]byte("[{},{}]"))
	f.Add([]byte("\x93report\x94"))
	f.Fuzz(func(t *testing.T, in []byte) {
		for _, name := range []string{"-", "a.jsonl", "a.json"} {
			for rec, err := range Read(bytes.NewReader(in), name) {
				if err == nil && strings.ToValidUTF8(rec.Text, "") != rec.Text {
					t.Fatalf("text is not UTF-8: %q", rec.Text)
				}
			}
		}
	})
}
