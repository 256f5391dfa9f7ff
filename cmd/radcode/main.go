// Command radcode reads radiology reports and answers with the CPT/HCPCS and
// ICD-10-CM codes they support, the words that justify each code, and what has
// to be documented before it can be billed. Run it without arguments for help.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() { os.Exit(systemMain()) }

// systemMain runs the program against the process it is: the one place that
// reads arguments and catches signals.
func systemMain() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	return run(ctx, systemApp(), os.Args[1:])
}
