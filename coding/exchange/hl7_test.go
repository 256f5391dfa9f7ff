package exchange

import (
	"bytes"
	"encoding/base64"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
)

const msh = `MSH|^~\&|RIS|HILLTOP|X|Y|20240312101500||ORU^R01|M1|P|2.5.1` + "\r"

// readAll returns the records of a well-formed input.
func readAll(t *testing.T, in, name string) []Record {
	t.Helper()
	var out []Record
	for rec, err := range Read(strings.NewReader(in), name) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		out = append(out, rec)
	}
	return out
}

func TestHL7(t *testing.T) {
	obr := "OBR|1||A1|1^CT HEAD|||20240312\r"
	tests := []struct {
		point, in string
		want      []string // id|exam|text, or error
	}{
		{"a line per OBX and per repetition", msh + obr + "OBX|1|TX|||a~b\rOBX|2|TX\rOBX|3|TX|||c\r", []string{"A1|CT HEAD|a\nb\n\nc"}},
		{"line feeds end segments too", strings.ReplaceAll(msh+obr+"OBX|1|TX|||a\r", "\r", "\n"), []string{"A1|CT HEAD|a"}},
		{"both end one segment", strings.ReplaceAll(msh+obr+"OBX|1|TX|||a\r", "\r", "\r\n"), []string{"A1|CT HEAD|a"}},
		{"MLLP frames, two messages", "\v" + msh + obr + "OBX|1|TX|||a\r\x1c\r\v" + msh + obr + "OBX|1|TX|||b\r\x1c\r", []string{"A1|CT HEAD|a", "A1|CT HEAD|b"}},
		{"a batch", "FHS|^~\\&|\rBHS|^~\\&|\r" + msh + obr + "OBX|1|TX|||a\rBTS|1\rFTS|1\r", []string{"A1|CT HEAD|a"}},
		{"escapes", msh + obr + `OBX|1|TX|||\F\ \S\ \T\ \R\ \E\ \X41\ \H\b\N\ a\.br\b\.sp2\c C:\x \Q\` + "\r", []string{"A1|CT HEAD|| ^ & ~ \\ A b a\nb\nc C:\\x \\Q\\"}},
		{"other delimiters", "MSH#*@!%#RIS#H#X#Y#2024##ORU*R01#M1#P#2.3\rOBR#1##A1#1*CT HEAD\rOBX#1#TX###a@b !F! | ^\r", []string{"A1|CT HEAD|a\nb # | ^"}},
		{"a line that begins no segment goes on", msh + obr + "OBX|1|TX|||a\n\nb lines: x\rOBX|2|TX|||c\r", []string{"A1|CT HEAD|a\n\nb lines: x\nc"}},
		{"one record per OBR", msh + obr + "OBX|1|TX|||a\rOBR|2||A2|2^XR WRIST\rOBX|1|TX|||b\r", []string{"A1|CT HEAD|a", "A2|XR WRIST|b"}},
		{"parts get headings", msh + obr + "OBX|1|TX|1&GDT||Clear.\rOBX|2|TX|1&IMP||Normal.\rOBX|3|TX|1&ADT||None.\r",
			[]string{"A1|CT HEAD|FINDINGS:\nClear.\nIMPRESSION:\nNormal.\nADDENDUM:\nNone."}},
		{"headings in the text stay alone", msh + obr + "OBX|1|TX|&GDT||Exam: CT\rOBX|2|TX|&IMP||IMPRESSION\rOBX|3|TX|&IMP||Normal.\r",
			[]string{"A1|CT HEAD|Exam: CT\nIMPRESSION\nNormal."}},
		{"LOINC names the part", msh + obr + "OBX|1|TX|19005-8^Impression^LN||Normal.\r", []string{"A1|CT HEAD|IMPRESSION:\nNormal."}},
		{"the reason, where the text has none", msh + "OBR|1||A1|1^CT HEAD|||2024||||||||||||||||||||||||^Fall~^Pain\rOBX|1|TX|||Clear.\r",
			[]string{"A1|CT HEAD|Clear.\n\nINDICATION: Fall; Pain"}},
		{"the text's own reason wins", msh + "OBR|1||A1|1^CT HEAD|||2024||||||fall\rOBX|1|TX|||Clinical history: syncope. Clear.\r",
			[]string{"A1|CT HEAD|Clinical history: syncope. Clear."}},
		{"numbers and coded answers are named, codes and images left out", msh + obr + "OBX|1|NM|^EF||60|%\rOBX|2|CE|^BI-RADS||2^Benign^X\rOBX|3|CE|||70450^CT^C4\rOBX|4|RP|||a^b\r",
			[]string{"A1|CT HEAD|EF: 60 %\nBI-RADS: Benign"}},
		{"a document inside", msh + obr + "OBX|1|ED|||^text^plain^Base64^" + base64.StdEncoding.EncodeToString([]byte("Clear.\nNormal.")) + "\r", []string{"A1|CT HEAD|Clear.\nNormal."}},
		{"no OBR", msh + "OBX|1|TX|||a\r", []string{"M1||a"}},
		{"no result, and reading goes on", strings.Replace(msh, "ORU^R01", "ADT^A01", 1) + "PID|1\r" + msh + obr + "OBX|1|TX|||a\r",
			[]string{"error -:1: ADT^A01 is no result message: it has no OBX", "A1|CT HEAD|a"}},
	}
	for _, tt := range tests {
		if got := collect(tt.in, "-"); !slices.Equal(got, tt.want) {
			t.Errorf("%s:\n got %q\nwant %q", tt.point, got, tt.want)
		}
	}
}

func TestHL7Meta(t *testing.T) {
	in := msh + "PID|1||77^^^H||DOE^JAN||20240101|M\rPV1|1|e|||||8^ATT^A|9^REF^B\rDG1|1|I10|S06.0X0A^Concussion^I10C\r" +
		"ORC|RE|||||||||||5^ORD^CAL\rOBR|1||A1|1^CT HEAD|||202407020815-0500||||||||||||||||||P|||||||||||||||||||70450^CT^C4\rOBX|1|TX|||a\r"
	m := readAll(t, in, "-")[0].Meta
	switch {
	case m.DateOfService != "2024-07-02", m.TimeOfService != "08:15", m.PlaceOfService != "23", m.Sex != "M", m.Facility != "HILLTOP",
		m.Patient != "77", m.Referring != "CAL ORD", m.Age == nil || *m.Age != 0.5, m.Signed == nil || *m.Signed,
		!slices.Equal(m.OrderedICD10CM, []string{"S06.0X0A"}), !slices.Equal(m.Charged, []string{"70450"}):
		t.Errorf("%+v", m)
	}
}

func TestTimestamp(t *testing.T) {
	tests := []struct{ in, date, clock string }{
		{"20240131", "2024-01-31", ""},
		{"20240131-0500", "2024-01-31", ""},
		{"202401311530", "2024-01-31", "15:30"},
		{"20240131153012.12+0100", "2024-01-31", "15:30"},
		{"20240131000000", "2024-01-31", ""}, // no time of day was known
		{"2024-01-31", "2024-01-31", ""},
		{"2024-01-31T15:30:00Z", "2024-01-31", "15:30"},
		{"2021-11-10T19:30:46-08:00", "2021-11-10", "19:30"},
		{"2024-01", "", ""},
		{"20241331", "", ""},
		{"", "", ""},
	}
	for _, tt := range tests {
		if date, clock := timestamp(tt.in); date != tt.date || clock != tt.clock {
			t.Errorf("%s: %s %s, want %s %s", tt.in, date, clock, tt.date, tt.clock)
		}
	}
}

// TestR176_SameText: a report is the same text however it comes.
func TestR176_SameText(t *testing.T) {
	text := readAll(t, file(t, "testdata/report.txt"), "report.txt")[0].Text
	for _, name := range []string{"testdata/report.hl7", "testdata/report.fhir.json"} {
		recs := readAll(t, file(t, name), name)
		if len(recs) != 1 {
			t.Fatalf("%s: %d records", name, len(recs))
		}
		r := recs[0]
		if r.Text != text {
			t.Errorf("%s: text\n%s", name, r.Text)
		}
		m := r.Meta
		if r.ID != "A-1001" || r.Exam != "CT CHEST W CONTRAST" || m.DateOfService != "2024-03-12" || m.TimeOfService != "09:30" || *m.Age != 64 ||
			m.Sex != "F" || m.PlaceOfService != "22" || m.Facility != "HILLTOP IMAGING" || m.Referring != "ROWAN Q PELL" || !*m.Signed || m.Patient != "P-4711" ||
			!slices.Equal(m.OrderedICD10CM, []string{"R05.9"}) {
			t.Errorf("%s: %+v", name, r)
		}
	}
}

func file(t testing.TB, name string) string {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// coded is a result with one of everything the writers write.
func coded() coding.Result {
	return coding.Result{
		Exams: []coding.Exam{{
			Title:      "CT chest",
			Procedures: []coding.ProcedureCode{{System: "cpt", Code: "71260", Title: "CT chest & contrast", Confidence: 0.97}},
			Modifiers:  []coding.Modifier{{Code: "26", Reason: "professional part"}},
		}},
		Diagnoses: []coding.Diagnosis{
			{System: "icd10cm", Code: "R05.9", Title: "Cough", Role: coding.RoleIndication, Confidence: 0.9},
			{System: "icd10cm", Code: "R91.1", Title: "Lung nodule", Role: coding.RoleFinding, Confidence: 0.8},
		},
		Claim: coding.Claim{Policy: coding.Indication, Dx: []string{"R05.9", "R91.1"}, Lines: []coding.Line{
			{Code: "71260", Modifiers: []string{"26"}, Units: 1, Dx: []int{1, 2}}, {Code: "G0297", Units: 1, Dx: []int{1}},
		}},
		Flags:       []coding.Flag{{ID: "missing_dose", Severity: coding.SeverityWarning, Message: "No dose.", Query: "Which dose?"}},
		Disposition: coding.Review,
	}
}

// TestWriteHL7 reads back what was written: the text and what is known about it
// survive, whatever characters they have.
func TestWriteHL7(t *testing.T) {
	rec := readAll(t, file(t, "testdata/report.hl7"), "report.hl7")[0]
	rec.Text += "\r\n\\.br\\ ^~&|\n\nMSH|x\nOBX|1\n"
	rec.Meta.Age, rec.Meta.Payer, rec.Meta.OrderedICD10CM = nil, "", nil // not in the message
	var out bytes.Buffer
	if err := WriteHL7(&out, rec, coded(), ""); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"|20240312" + "0930||ORU^R01^ORU_R01|A-1001|P|2.5.1|", "NTE|1|L|disposition: review\r", "NTE|2|L|warning missing_dose: No dose. Which dose?\r",
		"|CE|PROCEDURE^Procedure code^L|1|71260^CT chest \\T\\ contrast^C4|", "NTE|1|L|confidence 0.970; units 1; diagnoses 1 2\r",
		"|CE|MODIFIER^Modifier^L|1|26^professional part^CPTM|", "|2|G0297^^HCPCS|", "|CE|DIAGNOSIS^Diagnosis^L|2|R91.1^Lung nodule^I10C|",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, strings.ReplaceAll(out.String(), "\r", "\n"))
		}
	}
	back := readAll(t, out.String(), "-")
	if len(back) != 1 || back[0].Text != rec.Text || back[0].Exam != rec.Exam || back[0].ID != rec.ID {
		t.Fatalf("read back: %+v", back)
	}
	got, want := back[0].Meta, rec.Meta
	if *got.Signed != *want.Signed {
		t.Error("signed differs")
	}
	got.Signed, want.Signed = nil, nil
	if got.DateOfService != want.DateOfService || got.TimeOfService != want.TimeOfService || got.PlaceOfService != want.PlaceOfService || got.Sex != want.Sex ||
		got.Patient != want.Patient || got.Facility != want.Facility || got.Referring != want.Referring {
		t.Errorf("meta %+v, want %+v", got, want)
	}
}

func TestInteropHL7(t *testing.T) {
	files, _ := filepath.Glob("../../../shared/interop/hl7/*.hl7")
	if len(files) == 0 {
		t.Skip("the interop messages are not here")
	}
	for _, name := range files {
		for _, rec := range readAll(t, file(t, name), name) {
			if rec.ID == "" || rec.Exam == "" || rec.Text == "" || rec.Meta.DateOfService == "" || rec.Meta.Sex == "" || rec.Meta.Age == nil {
				t.Errorf("%s: %+v", name, rec)
			}
		}
	}
}

func FuzzHL7(f *testing.F) {
	f.Add([]byte(file(f, "testdata/report.hl7")))
	f.Add([]byte("\v" + msh + "OBR|\rOBX|1|FT|&IMP||\\X\\.br\\\r\x1c\r"))
	f.Add([]byte("MSH|"))
	f.Fuzz(func(t *testing.T, in []byte) {
		for rec, err := range ReadHL7(bytes.NewReader(in), "x") {
			if err != nil {
				continue
			}
			var out bytes.Buffer
			if err := WriteHL7(&out, rec, coding.Result{}, ""); err != nil {
				t.Fatal(err)
			}
			back := readAll(t, out.String(), "-")
			if len(back) != 1 || back[0].Text != rec.Text {
				t.Fatalf("text %q came back as %+v", rec.Text, back)
			}
		}
	})
}
