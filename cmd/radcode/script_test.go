package main

import (
	"errors"
	"flag"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

var update = flag.Bool("update", false, "rewrite expected output: views, self-test, README")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"radcode": func() { os.Exit(systemMain()) },
	})
}

// TestScripts runs the program from end to end; one point of behaviour per
// script.
func TestScripts(t *testing.T) {
	cache := t.TempDir() // one search index for all scripts
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(e *testscript.Env) error {
			e.Setenv("RADCODE_CACHE", cache)
			e.Setenv("NO_COLOR", "1")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"bytes": writeBytes, "exits": exits},
	})
}

// writeBytes is the script command "bytes FILE N HEAD TEXT TAIL": it writes HEAD, N
// times TEXT, and TAIL, each a Go string without its quotes.
func writeBytes(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 5 {
		ts.Fatalf("usage: bytes FILE N HEAD TEXT TAIL")
	}
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	part := make([]string, 3)
	for i := range part {
		part[i], err = strconv.Unquote(`"` + args[2+i] + `"`)
		ts.Check(err)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(part[0]+strings.Repeat(part[1], n)+part[2]), 0o644))
}

// exits is the script command "exits CODE PROGRAM ARG...": the program must end
// with just that exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG...")
	}
	code := "0"
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		code = strconv.Itoa(exit.ExitCode())
	} else {
		ts.Check(err)
	}
	if code != args[0] {
		ts.Fatalf("exit code %s, want %s", code, args[0])
	}
}
