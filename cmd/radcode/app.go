package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"
)

// app is all that commands know of the world around them.
type app struct {
	in       io.Reader
	out      io.Writer
	messages *messages
	env      func(string) string
	now      func() time.Time
	self     func() (string, error) // path of the running program; nil: it cannot be started again

	outIsTerminal, errIsTerminal bool

	args    []string // as given, for manifests
	noColor bool     // a flag of every command
}

func systemApp() *app {
	return &app{
		in: os.Stdin, out: os.Stdout, messages: &messages{w: os.Stderr}, env: os.Getenv, now: time.Now, self: os.Executable,
		outIsTerminal: isTerminal(os.Stdout), errIsTerminal: isTerminal(os.Stderr),
	}
}

func isTerminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// Exit codes.
const (
	exitDone   = 0
	exitFailed = 1 // the thing asked about failed
	exitUsage  = 2 // usage, or something could not be read or written
)

// failed is the error of a command that did its work and whose answer is no.
// The answer was printed; there is nothing to add.
var failed = errors.New("failed")

// reported is the error of a command that went on behind errors and has told
// each of them.
var reported = errors.New("reported")

// command is one row of the table of commands.
type command struct {
	name string // as typed, with its arguments
	doc  string // one line
	new  func(*app) *cobra.Command
}

// commands in the order of the help.
var commands = []command{
	{"code [FLAGS] FILE...|-|FOLDER", "Code reports: procedures, diagnoses, evidence, flags", newCode},
	{"export --claim-lines FILE...|-|FOLDER", "Write claim lines for billing, as CSV or JSONL", newExport},
	{"explain [--code C] FILE", "Show why: scores, evidence, runners-up, rules", newExplain},
	{"validate FILE...|-|FOLDER", "Check the documentation only; exit 1 on an error flag", newValidate},
	{"rules", "List and show the rules behind the flags", newRules},
	{"verify RESULTS REPORT...", "Check results against their reports, without the engine; exit 1 when a check fails", newVerify},
	{"codes", "Search, show and list codes", newCodes},
	{"eval --corpus FILE", "Measure codes against a labelled corpus", newEval},
	{"audit CODED [--reports F]", "Compare coded claims with their reports; sample, worksheet, denials", newAudit},
	{"compare RUN RUN", "Test two runs of eval against each other; exit 1 on a significant loss", newCompare},
	{"assert --corpus FILE|FOLDER", "Measure negation, history and experiencer of given phrases", newAssert},
	{"train --titles CORPUS|--diagnoses CORPUS", "Fit what models/ holds, reproducibly", newTrain},
	{"calibrate --corpus CORPUS", "Make confidences mean probabilities on your own labelled reports", newCalibrate},
	{"bench --corpus FILE|FOLDER|-", "Measure speed and memory on a corpus, answers checked", newBench},
	{"selftest", "Replay the shipped samples byte for byte", newSelftest},
	{"version", "Print the engine's version and its code sets", newVersion},
	{"licenses", "Print notices: CPT, code data, libraries", newLicenses},
}

// run is the program: arguments in, exit code out.
func run(ctx context.Context, a *app, args []string) int {
	a.args = args
	root := newRoot(a)
	root.SetArgs(args)
	return a.exitCode(root.ExecuteContext(ctx))
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "radcode",
		Short: "Radiology reports in, CPT and ICD-10-CM codes with evidence and flags out",
		Long: `radcode reads radiology reports and answers which CPT/HCPCS and ICD-10-CM codes
they support, how sure it is, which words say so, and what must be documented
before the study can be billed. Data goes to stdout, messages to stderr.

Exit codes: 0 done, 1 the thing asked about failed, 2 usage or I/O.`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.messages)
	root.PersistentFlags().BoolVar(&a.noColor, "no-color", false, "plain ASCII without colours (as does NO_COLOR)")
	root.CompletionOptions.HiddenDefaultCmd = true
	for _, c := range commands {
		root.AddCommand(c.build(a))
	}
	return root
}

func (c command) build(a *app) *cobra.Command {
	cmd := c.new(a)
	cmd.Use, cmd.Short = c.name, c.doc
	cmd.DisableFlagsInUseLine = true
	return cmd
}

// exitCode tells the error, unless that was done, and turns it into a code.
func (a *app) exitCode(err error) int {
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, syscall.EPIPE): // the reader has seen enough
		return exitDone
	case errors.Is(err, failed):
		return exitFailed
	case errors.Is(err, reported):
		return exitUsage
	case errors.Is(err, context.Canceled):
		a.messages.tell("interrupted")
		return exitUsage
	}
	a.messages.tell("%v", err)
	return exitUsage
}

// messages writes what is said to the person: one "radcode: ..." line each,
// never mixed with a progress bar.
type messages struct {
	mu    sync.Mutex
	w     io.Writer
	clear func() // wipes the progress bar, nil when there is none
}

// Write passes text through; cobra writes its help for wrong usage here.
func (m *messages) Write(p []byte) (int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.clear != nil {
		m.clear()
	}
	return m.w.Write(p)
}

func (m *messages) tell(format string, args ...any) {
	text := strings.TrimRight(fmt.Sprintf(format, args...), "\n")
	fmt.Fprintf(m, "radcode: %s\n", strings.ReplaceAll(text, "\n", "\nradcode: ")) // nowhere to report that stderr is gone
}
