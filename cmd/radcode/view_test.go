package main

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/radcode/radcode/coding"
)

// TestView compares pages with what stands in testdata/view. The results are
// fixed there, so that only the look is tested.
func TestView(t *testing.T) {
	looks := []struct {
		name string
		style
	}{{"unicode", style{glyphs: unicodeGlyphs}}, {"ascii", style{glyphs: asciiGlyphs}}, {"color", style{color: true, glyphs: unicodeGlyphs}}}
	inputs, err := filepath.Glob("testdata/view/*.json")
	if err != nil || len(inputs) == 0 {
		t.Fatalf("no views to test (%v)", err)
	}
	for _, in := range inputs {
		var x struct {
			Text, Exam string
			Result     coding.Result
		}
		data, err := os.ReadFile(in)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &x); err != nil {
			t.Fatalf("%s: %v", in, err)
		}
		a := answer{result: x.Result, number: 1}
		a.ID, a.Text, a.Exam = x.Result.ID, x.Text, x.Exam
		for _, look := range looks {
			got := reportView(look.style, a)
			golden(t, strings.TrimSuffix(in, ".json")+"."+look.name, got)
			if !look.color {
				checkWidth(t, in, got)
			}
		}
	}
}

func checkWidth(t *testing.T, name, page string) {
	t.Helper()
	for line := range strings.Lines(page) {
		if n := utf8.RuneCountInString(strings.TrimSuffix(line, "\n")); n > pageWidth {
			t.Errorf("%s: %d columns: %s", name, n, line)
		}
	}
}

// golden compares with a file, or writes it under -update.
func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got; -update rewrites it):\n%s", file, d)
	}
}

func TestBar(t *testing.T) {
	for _, tt := range []struct {
		p              float64
		ascii, unicode string
	}{
		{0, "..........", "          "},
		{0.012, "..........", "▏         "},
		{0.5, "#####.....", "█████     "},
		{0.97, "##########", "█████████▊"},
		{1, "##########", "██████████"},
	} {
		if got := (style{glyphs: asciiGlyphs}).barOf(tt.p); got != tt.ascii {
			t.Errorf("%v: %q, want %q", tt.p, got, tt.ascii)
		}
		if got := (style{glyphs: unicodeGlyphs}).barOf(tt.p); got != tt.unicode {
			t.Errorf("%v: %q, want %q", tt.p, got, tt.unicode)
		}
	}
}

func TestStyle(t *testing.T) {
	utf8Locale := map[string]string{"LANG": "en_US.UTF-8"}
	for _, tt := range []struct {
		point    string
		env      map[string]string
		terminal bool
		noColor  bool
		color    bool
		ascii    bool
	}{
		{"terminal", utf8Locale, true, false, true, false},
		{"pipe", utf8Locale, false, false, false, false},
		{"flag", utf8Locale, true, true, false, true},
		{"NO_COLOR", map[string]string{"LANG": "C.utf8", "NO_COLOR": "1"}, true, false, false, true},
		{"LC_ALL decides", map[string]string{"LANG": "en_US.UTF-8", "LC_ALL": "C"}, true, false, false, true},
		{"no locale", nil, true, false, false, true},
		{"dumb terminal", map[string]string{"LANG": "C.UTF-8", "TERM": "dumb"}, true, false, false, false},
	} {
		a := &app{env: func(k string) string { return tt.env[k] }, outIsTerminal: tt.terminal, noColor: tt.noColor}
		s := a.style()
		if s.color != tt.color || (s.rule == asciiGlyphs.rule) != tt.ascii {
			t.Errorf("%s: color %v, rule %q", tt.point, s.color, s.rule)
		}
	}
}

// testApp is a program whose output a test can read.
func testApp(in string) (a *app, out, messagesOut *bytes.Buffer) {
	out, messagesOut = &bytes.Buffer{}, &bytes.Buffer{}
	return &app{
		in: strings.NewReader(in), out: out, messages: &messages{w: messagesOut},
		env: func(k string) string { return map[string]string{"LANG": "C.UTF-8"}[k] },
		now: func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) },
	}, out, messagesOut
}

// TestReadme runs the README's commands and compares what it shows.
func TestReadme(t *testing.T) {
	const file = "../../README.md"
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	const command = "$ go run ./cmd/radcode code testdata/demo/ct-abdomen.txt\n"
	before, rest, ok := strings.Cut(string(data), command)
	shown, after, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatal("the README does not show the main command")
	}
	a, out, _ := testApp("")
	if code := run(context.Background(), a, []string{"code", "../../testdata/demo/ct-abdomen.txt"}); code != exitDone {
		t.Fatalf("exit code %d", code)
	}
	if out.String() == shown {
		return
	}
	if !*update {
		t.Fatalf("the README shows other output (-want +got; -update rewrites it):\n%s", cmp.Diff(shown, out.String()))
	}
	if err := os.WriteFile(file, []byte(before+command+out.String()+"```"+after), 0o644); err != nil {
		t.Fatal(err)
	}
}
