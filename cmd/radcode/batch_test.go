package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestOrder streams many reports and wants them back in order, each beside its
// own text.
func TestOrder(t *testing.T) {
	exams := []string{"CT HEAD WITHOUT CONTRAST", "XR CHEST 2 VIEWS", "US ABDOMEN COMPLETE"}
	var in strings.Builder
	for i := range 120 {
		fmt.Fprintf(&in, `{"id":"%d","exam":%q}`+"\n", i, exams[i%len(exams)])
	}
	a, out, told := testApp(in.String())
	if code := run(context.Background(), a, []string{"code", "--workers", "4", "-"}); code != exitDone {
		t.Fatalf("exit code %d: %s", code, told)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 120 {
		t.Fatalf("%d lines", len(lines))
	}
	for i, l := range lines {
		if !strings.HasPrefix(l, fmt.Sprintf(`{"id":"%d",`, i)) || !strings.Contains(l, exams[i%len(exams)]) {
			t.Fatalf("line %d: %.120s", i+1, l)
		}
	}
}

// TestCancel ends a run whose input does not, as Ctrl-C does.
func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	a, _, told := testApp("")
	r, w := io.Pipe()
	defer w.Close()
	a.in = r
	a.out = writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil }) // once the first answer is out
	go fmt.Fprintf(w, `{"id":"1","exam":"CT HEAD","text":%q}`+"\n", strings.Repeat("The brain is normal. ", 20))
	done := make(chan int)
	go func() { done <- run(ctx, a, []string{"code", "--format", "jsonl", "-"}) }()
	select {
	case code := <-done:
		if code != exitUsage || !strings.Contains(told.String(), "interrupted") {
			t.Errorf("exit code %d, said %q", code, told)
		}
	case <-time.After(time.Minute):
		t.Fatal("does not end")
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

func TestExitCode(t *testing.T) {
	for _, tt := range []struct {
		err  error
		code int
		said string
	}{
		{nil, 0, ""},
		{failed, 1, ""},
		{reported, 2, ""},
		{fmt.Errorf("write stdout: %w", syscall.EPIPE), 0, ""}, // the reader has gone: no reason to complain
		{errors.New("a\nb"), 2, "radcode: a\nradcode: b\n"},
	} {
		var said bytes.Buffer
		a := &app{messages: &messages{w: &said}}
		if code := a.exitCode(tt.err); code != tt.code || said.String() != tt.said {
			t.Errorf("%v: code %d, said %q", tt.err, code, said.String())
		}
	}
}

// TestCalibration checks the figures against ones worked out by hand.
func TestCalibration(t *testing.T) {
	var answers []scored
	for range 500 {
		answers = append(answers, scored{0.99, true, ""})
	}
	for i := range 100 {
		answers = append(answers, scored{0.5, i%2 == 0, ""})
	}
	if got, want := calibrationError(answers), 500*0.01/600; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("calibration error %v, want %v", got, want)
	}
}
