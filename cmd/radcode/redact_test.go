package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// runWith runs the program as a user would and returns what it wrote.
func runWith(t *testing.T, stdin string, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	var out, errs bytes.Buffer
	env := map[string]string{"NO_COLOR": "1", "RADCODE_CACHE": t.TempDir(), redactKey: "a key of the tests"}
	a := &app{
		in: strings.NewReader(stdin), out: &out, messages: &messages{w: &errs}, env: func(k string) string { return env[k] },
		now: func() time.Time { return time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC) },
	}
	code = run(context.Background(), a, args)
	return out.String(), errs.String(), code
}

// secrets stand in reports and messages of these tests and nowhere else.
var secrets = []string{"Zyxwarth", "Quillfeather", "Brandlewick", "77430912", "ZQ-555018", "04/08/1931", "19310408", "555-0198"}

const secretReport = `Patient: Quillfeather, Zyxwarth
MRN: 77430912   DOB: 04/08/1931
Accession: ZQ-555018
Age: 94
EXAM: LEFT KNEE, 2 VIEWS

INDICATION: Mrs. Quillfeather has left knee pain since 3/14/2026.

COMPARISON: Radiographs of 02/11/2025.

FINDINGS: Baker cyst. No fracture. Call 312-555-0198.

IMPRESSION: Osteoarthritis of the left knee.

Electronically signed by Dr. Brandlewick on 3/15/2026
`

// TestR159_NoReportInMessages runs every command that reads reports over reports, good and broken
// in many ways, and looks for words of them on stderr.
func TestR159_NoReportInMessages(t *testing.T) {
	dir := t.TempDir()
	line, err := json.Marshal(map[string]any{"id": "ZQ-555018", "text": secretReport, "meta": map[string]any{"patient": "Quillfeather"}})
	if err != nil {
		t.Fatal(err)
	}
	hl7 := "MSH|^~\\&|A|B|C|D|20260315||ORU^R01|1|P|2.5\rPID|1||77430912||Quillfeather^Zyxwarth||19310408|F\rOBR|1||ZQ-555018|73560^Knee|||20260315\r"
	inputs := map[string]string{
		"good.txt":        secretReport,
		"good.jsonl":      string(line),
		"half.jsonl":      string(line[:len(line)/2]),
		"number.jsonl":    strings.Replace(string(line), `"text":"`, `"text":17,"exam":"`, 1),
		"meta.jsonl":      strings.Replace(string(line), `{"patient":"Quillfeather"}`, `"Quillfeather"`, 1),
		"age.jsonl":       strings.Replace(string(line), `{"patient":"Quillfeather"}`, `{"age":"Zyxwarth"}`, 1),
		"after.jsonl":     string(line) + "\nQuillfeather {",
		"gold.jsonl":      strings.Replace(string(line), `"meta"`, `"gold":"Quillfeather","meta"`, 1),
		"table.csv":       "id,text,age\nZQ-555018,Quillfeather \"Zyxwarth,old\n",
		"columns.tsv":     "id\ttext\tage\nZQ-555018\tQuillfeather\tZyxwarth\n",
		"nothing.hl7":     hl7,
		"good.hl7":        hl7 + "OBX|1|TX|1||" + strings.ReplaceAll(secretReport, "\n", "\rOBX|2|TX|1||") + "\r",
		"odd.hl7":         "MSH|^~\\&|A|B|C|D|20260315||ADT^A01|1|P|2.5\rPID|1||77430912||Quillfeather^Zyxwarth\rQuillfeather Zyxwarth\r",
		"document.hl7":    hl7 + "OBX|1|ED|1||^application^pdf^Base64^" + base64.StdEncoding.EncodeToString([]byte(secretReport)) + "!!\r",
		"bundle.json":     `{"resourceType":"Bundle","entry":[{"resource":{"resourceType":"DiagnosticReport","id":17,"conclusion":"Quillfeather"}}]}`,
		"attachment.json": `{"resourceType":"DiagnosticReport","id":"ZQ-555018","presentedForm":[{"contentType":"Quillfeather/pdf","data":"Zyxwarth!"}]}`,
		"binary.txt":      "\x00\x01\x02" + secretReport,
		"latin.txt":       secretReport + "\xff\xfe",
	}
	for name, content := range inputs {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	runs := [][]string{{"code", dir}, {"code", "--format", "hl7", "--redact", dir}, {"validate", dir}, {"explain", filepath.Join(dir, "meta.jsonl")}, {"explain", filepath.Join(dir, "odd.hl7")}, {"explain", "--code", "71046", filepath.Join(dir, "good.txt")}}
	for name := range inputs {
		path := filepath.Join(dir, name)
		runs = append(runs, []string{"assert", "--corpus", path})
		if !strings.HasPrefix(name, "good") {
			runs = append(runs, []string{"eval", "--corpus", path}, []string{"verify", path, path})
		}
	}
	for _, args := range runs {
		_, stderr, _ := runWith(t, "", args...)
		for _, s := range secrets {
			if strings.Contains(strings.ReplaceAll(stderr, dir, ""), s) {
				t.Errorf("%v: stderr holds %s:\n%s", args, s, stderr)
			}
		}
	}
}

// TestR159_RedactedOutput asks that no format shows who the patient is, that codes and flags stay, and that
// places point at the words that they pointed at.
func TestR159_RedactedOutput(t *testing.T) {
	path := filepath.Join(t.TempDir(), "ZQ-555018.txt")
	if err := os.WriteFile(path, []byte(secretReport), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"code", "--redact", path}, {"code", "--redact", "--format", "json", path}, {"code", "--redact", "--format", "fhir", path}, {"code", "--redact", "--format", "hl7", path},
		{"explain", "--redact", path}, {"validate", "--redact", path}, {"validate", "--redact", "--json", path},
	} {
		stdout, stderr, _ := runWith(t, "", args...)
		if stdout == "" {
			t.Errorf("%v: nothing is printed: %s", args, stderr)
		}
		for _, s := range append(secrets, "02/11", "3/14", "Age: 94") {
			if strings.Contains(decoded(stdout), s) {
				t.Errorf("%v shows %s:\n%s", args, s, stdout)
			}
		}
	}
	plain, _, _ := runWith(t, "", "code", "--format", "json", path)
	hidden, _, _ := runWith(t, "", "code", "--format", "json", "--redact", path)
	id := regexp.MustCompile(`"id": "p-[0-9a-f]{16}"`)
	if got := id.ReplaceAllString(hidden, `"id": "ZQ-555018"`); got != plain {
		t.Errorf("the result changes by more than its id:\n%s\n%s", plain, got)
	}
	view, _, _ := runWith(t, "", "code", "--redact", path)
	if !strings.Contains(view, "left knee pain") || !strings.Contains(view, "Osteoarthritis of the left knee") {
		t.Errorf("the words of the codes are masked:\n%s", view)
	}
	fhir, _, _ := runWith(t, "", "code", "--redact", "--format", "fhir", path)
	for _, kept := range []string{"Baker cyst", "EXAM: LEFT KNEE", "/2025"} {
		if !strings.Contains(decoded(fhir), kept) {
			t.Errorf("%q is masked for nothing:\n%s", kept, decoded(fhir))
		}
	}
}

var base64Data = regexp.MustCompile(`"data":"([A-Za-z0-9+/=]+)"`)

// decoded adds what stands in base64.
func decoded(out string) string {
	all := out
	for _, m := range base64Data.FindAllStringSubmatch(out, -1) {
		if b, err := base64.StdEncoding.DecodeString(m[1]); err == nil {
			all += "\n" + string(b)
		}
	}
	return all
}

// phiFields are the fields whose values must not be seen: whole values and, of
// names, every part.
var phiFields = map[string][]int{"PID": {2, 3, 4, 5, 7, 11, 13, 19}, "PV1": {7, 8, 9, 17, 19}, "OBR": {2, 3, 10, 16, 17, 28, 32}}

// TestRedactedHL7 codes the exchange samples beside the checkout in every format and looks for the
// identifying values of PID, PV1 and OBR.
func TestRedactedHL7(t *testing.T) {
	paths, err := filepath.Glob("../../../shared/interop/hl7/*.hl7")
	if err != nil || len(paths) == 0 {
		t.Skip("needs the exchange samples beside the checkout")
	}
	var phi []string
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		phi = append(phi, valuesOf(string(data))...)
	}
	slices.Sort(phi)
	phi = slices.Compact(phi)
	all := regexp.MustCompile(`(?i)\b(?:` + joined(phi) + `)\b`)
	dir := filepath.Dir(paths[0])
	for _, args := range [][]string{{"code", "--format", "jsonl"}, {"code", "--format", "fhir"}, {"code", "--format", "hl7"}, {"code", "--format", "text"}, {"validate"}} {
		stdout, stderr, _ := runWith(t, "", append(args, "--redact", dir)...)
		seen := map[string]int{}
		for _, v := range all.FindAllString(decoded(stdout)+stderr, -1) {
			if !ordinary[v] {
				seen[v]++
			}
		}
		if len(seen) > 0 {
			t.Errorf("%v shows %v", args, seen)
		}
	}
	plain, _, _ := runWith(t, "", "code", "--format", "jsonl", dir)
	hidden, _, _ := runWith(t, "", "code", "--format", "jsonl", "--redact", dir)
	if answersOf(t, plain) != answersOf(t, hidden) {
		t.Error("codes or places change")
	}
	t.Logf("%d messages, %d different values", len(paths), len(phi))
}

// ordinary are names of people in some of the messages that are written thus as words of the
// text in others: white matter, visual fields, the circle of Willis.
var ordinary = map[string]bool{"white": true, "may": true, "fields": true, "Willis": true}

func joined(values []string) string {
	var out []string
	for _, v := range values {
		out = append(out, regexp.QuoteMeta(v))
	}
	return strings.Join(out, "|")
}

// answersOf is a result without id and names of exams.
func answersOf(t *testing.T, lines string) string {
	t.Helper()
	var out strings.Builder
	for _, l := range strings.Split(strings.TrimSpace(lines), "\n") {
		var r struct {
			Exams []struct {
				Facts, Procedures, Modifiers any
			}
			Diagnoses, Claim, Claims, Followups, Disposition any
		}
		if err := json.Unmarshal([]byte(l), &r); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(&out, r)
	}
	return out.String()
}

// valuesOf reads the values of phiFields with code of its own.
func valuesOf(message string) []string {
	var out []string
	for _, line := range strings.FieldsFunc(message, func(r rune) bool { return r == '\r' || r == '\n' }) {
		f := strings.Split(line, "|")
		for _, n := range phiFields[f[0]] {
			if n >= len(f) {
				continue
			}
			for _, rep := range strings.Split(f[n], "~") {
				for i, part := range strings.Split(rep, "^") {
					isName := f[0] == "PID" && n == 5 || n == 16 || n == 28 || n == 32 || f[0] == "PV1" && n != 19
					if len(part) > 2 && (i == 0 || isName && i <= 2) {
						out = append(out, part)
					}
				}
			}
		}
	}
	return out
}
