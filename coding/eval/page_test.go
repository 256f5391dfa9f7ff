package eval

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/radcode/radcode/coding"
)

func written(t *testing.T, p *Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := WritePage(&b, p); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// elements are the start tags of a page, which is written so that an XML reader
// takes it; raw text stands aside as a browser has it.
func elements(t *testing.T, page string) []xml.StartElement {
	t.Helper()
	page = regexp.MustCompile(`(?s)(<(style|script)[^>]*>).*?(</(style|script)>)`).ReplaceAllString(page, "$1$3")
	var out []xml.StartElement
	for d := xml.NewDecoder(strings.NewReader(page)); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok {
			out = append(out, e.Copy())
		}
	}
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// dataOf is what the page's script reads.
func dataOf(t *testing.T, page string) (d pageData) {
	t.Helper()
	m := regexp.MustCompile(`(?s)<script type="application/json" id="data">(.*?)</script>`).FindStringSubmatch(page)
	if m == nil {
		t.Fatal("no data")
	}
	if err := json.Unmarshal([]byte(m[1]), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

func TestPageStructure(t *testing.T) {
	all := elements(t, written(t, samplePage()))
	ids, tags := map[string]bool{}, map[string]int{}
	for _, e := range all {
		tags[e.Name.Local]++
		if id := attribute(e, "id"); id != "" {
			if ids[id] {
				t.Errorf("two elements have the id %s", id)
			}
			ids[id] = true
		}
	}
	for _, e := range all {
		switch {
		case e.Name.Local == "th" && attribute(e, "scope") == "":
			t.Error("a th without scope")
		case e.Name.Local == "svg" && attribute(e, "aria-hidden") == "" && attribute(e, "aria-label") == "":
			t.Error("an svg without a name")
		case e.Name.Local == "a" && !ids[strings.TrimPrefix(attribute(e, "href"), "#")]:
			t.Errorf("a link to %s", attribute(e, "href"))
		}
		for _, name := range []string{"src", "action", "onclick"} {
			if v := attribute(e, name); v != "" {
				t.Errorf("%s has %s=%q", e.Name.Local, name, v)
			}
		}
	}
	for _, id := range []string{"headline", "reliability", "curve", "labels", "confusions", "slices", "losses", "errors", "tables", "manifest", "definitions"} {
		if !ids[id] {
			t.Errorf("no section %s", id)
		}
	}
	if tags["figure"] != 4 || tags["script"] != 2 || tags["h1"] != 1 {
		t.Errorf("%d figures, %d scripts, %d h1", tags["figure"], tags["script"], tags["h1"])
	}
}

// setStrings sets every string in v.
func setStrings(v reflect.Value, s string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(s)
	case reflect.Pointer:
		if !v.IsNil() {
			setStrings(v.Elem(), s)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			setStrings(v.Field(i), s)
		}
	case reflect.Slice:
		for i := range v.Len() {
			setStrings(v.Index(i), s)
		}
	}
}

// TestPageEscapes puts markup into every text a page has: the elements stay
// what they are, and the script reads the text as it was.
func TestPageEscapes(t *testing.T) {
	for _, hostile := range []string{
		`</script><img src=x onerror=alert(1)>`, `"><img src=x onerror=alert(1)>`, `' onmouseover='alert(1)`, `<!--<script>`, `]]>&lt;{{.}}`, "line\u2028separator", `</style></title></svg>`,
	} {
		p := samplePage()
		setStrings(reflect.ValueOf(p).Elem(), hostile)
		page := written(t, p)
		for _, e := range elements(t, page) {
			if e.Name.Local == "img" || attribute(e, "onerror")+attribute(e, "onmouseover") != "" {
				t.Errorf("%q became %v", hostile, e)
			}
		}
		if n := strings.Count(page, "</script>"); n != 2 {
			t.Errorf("%q: %d ends of scripts", hostile, n)
		}
		d := dataOf(t, page)
		if r := d.Reports[0]; r.ID != hostile || r.Text != hostile || r.Codes[0].Gold != hostile {
			t.Errorf("%q became %+v", hostile, r)
		}
	}
}

func TestPageDeterministic(t *testing.T) {
	if a, b := written(t, samplePage()), written(t, samplePage()); a != b {
		t.Error("two pages of one view differ")
	}
}

func TestPageEmpty(t *testing.T) {
	nan := math.NaN()
	for name, p := range map[string]*Page{
		"zero":                  {},
		"a system with nothing": {Systems: []PageSystem{{ID: "cpt", Name: "CPT"}}},
		"empty parts":           {Systems: []PageSystem{{ID: "cpt", Reliability: &PageReliability{}, Curve: &PageCurve{}}}, Tables: []PageTable{{Title: "Empty"}}},
		"no confidences, no codes": {
			Metrics: []PageMetric{{Name: "Micro-F1", Value: 0.5}},
			Errors:  PageErrors{Reports: []PageReport{{ID: "a"}}},
		},
		"nothing defined": {
			Metrics: []PageMetric{{Name: "m", Value: nan, Interval: PageInterval{nan, nan}, Humans: []PageMark{{"h", nan}}}},
			Systems: []PageSystem{{
				ID: "cpt", Labels: []PageLabel{{Code: "71046", Precision: nan, Recall: nan, F1: nan, LostF1: nan}}, Losses: []PageLoss{{Stage: "ranking"}}, Partial: []PagePartial{{Share: nan}},
				Reliability: &PageReliability{Bins: []PageBin{{nan, nan, 0, PageInterval{nan, nan}}}, ECE: nan, Histogram: []PageBar{{}}},
				Curve:       &PageCurve{Points: []PagePoint{{1, 0, 0, nan}}, Targets: []PageTarget{{0.99, true, 2}}},
			}},
			Slices: PageSlices{Metrics: []PageDefinition{{"m", ""}}, Rows: []PageSlice{{Cells: []PageCell{{Value: nan}}}, {}}},
			Errors: PageErrors{Reports: []PageReport{{Severity: nan, Codes: []PageCode{{Confidence: nan}}}}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			page := written(t, p)
			elements(t, page)
			dataOf(t, page)
			if body := page[strings.Index(page, "<body>"):strings.Index(page, `<div id="tip"`)]; strings.Contains(body, "NaN") || strings.Contains(body, "Inf") {
				t.Error("a number that is none is drawn or written")
			}
		})
	}
}

// TestPageSize is a page of an evaluation in which 25,000 reports have errors.
func TestPageSize(t *testing.T) {
	p := samplePage()
	p.Reports, p.Errors = 25000, PageErrors{Reports: sampleReports(25000)}
	filler := strings.Repeat("Further findings are described at length. ", 50)
	for i := range p.Errors.Reports {
		p.Errors.Reports[i].Text += filler
	}
	for i := range p.Systems {
		points := make([]PagePoint, MaxPagePoints)
		for k := range points {
			points[k] = PagePoint{1 - float64(k)/MaxPagePoints, 12 * k, k / 9, wave(k)}
		}
		p.Systems[i].Curve.Points, p.Systems[i].Curve.Total = points, 25000
		for len(p.Systems[i].Labels) < 2000 {
			p.Systems[i].Labels = append(p.Systems[i].Labels, p.Systems[i].Labels...)
		}
	}
	p.Errors.Cap()
	if p.Errors.Total != 25000 || len(p.Errors.Reports) != MaxPageErrors || p.Errors.Reports[0].ID != "sample-0001" {
		t.Errorf("%d of %d reports, first %s", len(p.Errors.Reports), p.Errors.Total, p.Errors.Reports[0].ID)
	}
	if n := len(written(t, p)); n > 10_000_000 {
		t.Errorf("the page has %d bytes", n)
	}
}

func TestPageErrorsCap(t *testing.T) {
	big := strings.Repeat("x", MaxPageErrorBytes/2)
	e := PageErrors{Reports: []PageReport{
		{ID: "b", Severity: 1}, {ID: "small", Severity: 0}, {ID: "a", Severity: 1}, {ID: "big", Severity: 2, Text: big}, {ID: "too big", Severity: 1.5, Text: big},
	}}
	e.Cap()
	var ids []string
	for _, r := range e.Reports {
		ids = append(ids, r.ID)
	}
	if want := []string{"big", "a", "b", "small"}; !slices.Equal(ids, want) || e.Total != 5 {
		t.Errorf("%q of %d, want %q of 5", ids, e.Total, want)
	}
}

func TestSpans(t *testing.T) {
	for _, c := range []struct {
		text       string
		start, end int
		want       string // "": no span
	}{
		{"plain text", 0, 5, "plain"},
		{"Überwachung links", 13, 18, "links"},
		{"😀 left", 5, 9, "left"},
		{"a😀b", 1, 5, "😀"},
		{"a😀b", 2, 3, "😀"}, // within a rune: all of it
		{"a\xff\xfeb left", 5, 9, "left"},
		{"left\xe2\x82", 4, 6, "\uFFFD\uFFFD"},
		{"left", 2, 99, "ft"},
		{"left", -3, 2, "le"},
		{"left", 3, 3, ""},
		{"left", 3, 1, ""},
		{"", 0, 1, ""},
	} {
		got := spans([]coding.Evidence{{Start: c.start, End: c.end}}, utf16Offsets(c.text), false)
		var asJSON string
		b, _ := json.Marshal(c.text)
		json.Unmarshal(b, &asJSON)
		var words string
		if len(got) == 1 {
			words = cutUTF16(asJSON, got[0])
		}
		if words != c.want {
			t.Errorf("%q[%d:%d] is %q (%v), want %q", c.text, c.start, c.end, words, got, c.want)
		}
	}
}

// cutUTF16 is s.slice(span[0], span[1]) of a script.
func cutUTF16(s string, span [2]int) string {
	var out strings.Builder
	at := 0
	for _, r := range s {
		if at >= span[0] && at < span[1] {
			out.WriteRune(r)
		}
		at++
		if r > 0xFFFF {
			at++
		}
	}
	return out.String()
}

func TestSpansOfExam(t *testing.T) {
	e := []coding.Evidence{{Start: 4, End: 6, Section: "findings"}, {Start: 1, End: 3, Section: "title"}, {Start: 0, End: 2, Section: "findings"}, {Start: 0, End: 2, Section: "exam"}}
	offsets := utf16Offsets("abcdefgh")
	if got := fmt.Sprint(spans(e, offsets, false), spans(e, offsets, true)); got != "[[0 2] [4 6]] [[1 3]]" {
		t.Error(got)
	}
}

func TestCurveWords(t *testing.T) {
	c := &PageCurve{Total: 2000, Points: []PagePoint{{0.9312, 1424, 12, 0.986}}}
	lead, details := c.words(c.Points[0])
	if want := "Automated 71.2 %, 8.4 errors per 1,000 automated."; lead != want {
		t.Errorf("%s\nwant %s", lead, want)
	}
	if want := "Confidence ≥ 0.9312: 1,424 of 2,000 reports, 12 of them wrong. Precision 99.2 %; with 95 % confidence at least 98.6 %."; details != want {
		t.Errorf("%s\nwant %s", details, want)
	}
}

// TestCurveAxis: a wrong answer among the first does not flatten the curve.
func TestCurveAxis(t *testing.T) {
	for _, c := range []struct {
		points []PagePoint
		want   float64
	}{
		{[]PagePoint{{0.9, 1, 1, 0}, {0.8, 500, 2, 0.99}, {0.7, 900, 18, 0.97}}, 0.98},
		{[]PagePoint{{0.9, 1, 0, 0}, {0.8, 500, 45, 0.9}}, 0.9},
		{[]PagePoint{{0.9, 500, 100, 0.7}}, 0.8},
		{[]PagePoint{{0.9, 1, 1, 0}}, 0},
	} {
		if got := (&PageCurve{Total: 1000, Points: c.points}).lowest(); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v: %v, want %v", c.points, got, c.want)
		}
	}
}

// TestAxis: the smallest share stays visible, and ticks are round.
func TestAxis(t *testing.T) {
	for _, c := range []struct {
		shares []float64
		want   string
	}{
		{nil, "90 % 92 % 94 % 96 % 98 % 100 %"},
		{[]float64{0.99, math.NaN()}, "90 % 92 % 94 % 96 % 98 % 100 %"},
		{[]float64{0.8}, "80 % 85 % 90 % 95 % 100 %"},
		{[]float64{0.41}, "40 % 60 % 80 % 100 %"},
		{[]float64{-0.2}, "0 % 20 % 40 % 60 % 80 % 100 %"},
	} {
		var labels []string
		for _, tick := range (axis{percentAxis(0.1, c.shares...), 1, 0, 100}).ticks(6) {
			labels = append(labels, tick.Label)
		}
		if got := strings.Join(labels, " "); got != c.want {
			t.Errorf("%v: %s, want %s", c.shares, got, c.want)
		}
	}
}
