package coding_test

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
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
		{"Bilateral mammogram", "IMPRESSION: BI-RADS® R: 2, L: IVa – Lung-RADS 4X–S; LR-5/TIV, TR4 (1.2 × 0.8 cm)\nT-score −2.5"},
		{"DXA", "FINDINGS:\nRegion BMD T-score\nL1-L4 0.8 -2.6\n\nRecommend CT in 3-6 months, biopsy if é, no follow-up; annual"},
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
		for _, a := range res.Assessments {
			checkSpans(t, r, a.Evidence)
		}
		for _, u := range res.Followups {
			checkSpans(t, r, u.Evidence)
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

// FuzzAssessments puts any bytes where a category and advice stand: evidence inside the text and
// on rune starts, categories that the tables know, intervals that are ISO 8601.
func FuzzAssessments(f *testing.F) {
	for _, s := range [][3]string{
		{"BI-RADS ", "4A", ". Biopsy in 2 weeks"}, {"Lung-RADS version ", "1.1: 4X", "S"}, {"T-score ", "−2.5", " to +0.1"},
		{"LI-RADS: LR-", "TIV", " or LR-5, right"}, {"Bosniak ", "IIF-III", ", left. Recommend MRI in 6-12 months"}, {"ACR ", "é", "4-"},
	} {
		f.Add(s[0], s[1], s[2])
	}
	e, err := coding.New(coding.Options{})
	if err != nil {
		f.Fatal(err)
	}
	interval := regexp.MustCompile(`^(PT?\d+[HDWMY](/PT?\d+[HDWMY])?)?$`)
	f.Fuzz(func(t *testing.T, name, value, rest string) {
		if len(name)+len(value)+len(rest) > 1<<12 {
			t.Skip("longer inputs only slow the search down")
		}
		r := nlp.Report{Exam: "Bilateral mammogram", Text: "IMPRESSION: " + name + value + rest}
		res, err := e.Code(context.Background(), r)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range res.Assessments {
			checkSpans(t, r, a.Evidence)
			if a.System == "" || a.Category == "" || len(a.Evidence) == 0 {
				t.Errorf("assessment %+v", a)
			}
		}
		for _, u := range res.Followups {
			checkSpans(t, r, u.Evidence)
			if u.Action == "" || !interval.MatchString(u.Interval) || len(u.Evidence) == 0 {
				t.Errorf("follow-up %+v", u)
			}
		}
	})
}
