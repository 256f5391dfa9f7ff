package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os/exec"
	"time"
)

// process starts this program anew and waits for its answer to the first
// report, as a shell script would see it.
func (b *bench) process(ctx context.Context) (round, error) {
	if b.self == "" {
		return nil, nil
	}
	report, err := json.Marshal(b.corpus.records[0].Report)
	if err != nil {
		return nil, err
	}
	var out, said bytes.Buffer
	cmd := exec.CommandContext(ctx, b.self, "code", "--format", "jsonl", "--policy", b.flags.policy, "--date", b.flags.date, "-")
	cmd.Stdin, cmd.Stdout, cmd.Stderr = bytes.NewReader(append(report, '\n')), &out, &said
	began := time.Now()
	err = cmd.Run()
	took := time.Since(began)
	switch {
	case err != nil:
		return nil, fmt.Errorf("%s: %w: %s", cmd, err, bytes.TrimSpace(said.Bytes()))
	case out.Len() == 0:
		return nil, fmt.Errorf("%s: no answer", cmd)
	}
	return round{{"Process", 1, []value{
		{"ns/op", float64(took.Nanoseconds())},
		{"cpu-ns/op", float64((cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Nanoseconds())},
	}}}, nil
}
