package main

import (
	"crypto/rand"
	"fmt"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/coding/eval"
	"github.com/radcode/radcode/coding/exchange"
	"github.com/radcode/radcode/lexicon"
)

// redactKey names the variable with the key of pseudonyms. A flag would show in the list of
// processes.
const redactKey = "RADCODE_REDACT_KEY"

// redaction is the flag --redact of commands whose output may leave the machine.
type redaction struct{ wanted bool }

func (r *redaction) add(c *cobra.Command) {
	c.Flags().BoolVar(&r.wanted, "redact", false, "mask names, dates, numbers and addresses; ids become pseudonyms, of the key in $"+redactKey+" or of this run")
}

// redactor returns what takes identifiers out, nil when nobody asked.
func (a *app) redactor(r redaction) (*exchange.Redactor, error) {
	if !r.wanted {
		return nil, nil
	}
	key := []byte(a.env(redactKey))
	if len(key) == 0 {
		key = make([]byte, 32)
		if _, err := rand.Read(key); err != nil {
			return nil, fmt.Errorf("no key for pseudonyms: %w", err)
		}
	}
	lex, err := lexicon.Default()
	if err != nil {
		return nil, err
	}
	return exchange.NewRedactor(lex, key), nil
}

// redacted returns an answer as it may be shown: as it is without a redactor.
func redacted(r *exchange.Redactor, x answer) answer {
	if r != nil {
		x.Record, x.result = r.Redact(x.Record, x.result)
	}
	return x
}

// redactRun takes identifiers out of what a run of eval writes: it was measured on the
// reports as they are.
func redactRun(r *exchange.Redactor, run *eval.Run) {
	if r == nil {
		return
	}
	for _, c := range run.Cases {
		c.Record = r.Record(c.Record)
		c.Prediction.ID = c.ID
	}
}
