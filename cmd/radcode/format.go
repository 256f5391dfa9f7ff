package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/radcode/radcode/coding/exchange"
)

// format is one way to print answers. Its writer may keep state between them.
type format struct {
	name, doc string
	write     func(a *app, w io.Writer) func(answer) error
}

var formats = []format{
	{"text", "a page for people", writeText},
	{"json", "the result, indented; several follow each other", writeJSON},
	{"jsonl", "one result per line", writeLines},
	{"fhir", "one FHIR R4 bundle per line", writeFHIR},
	{"hl7", "HL7 v2 messages", writeHL7},
}

func formatIndex(name string) int {
	for i, f := range formats {
		if f.name == name {
			return i
		}
	}
	return -1
}

func formatNames() string {
	names := make([]string, len(formats))
	for i, f := range formats {
		names[i] = f.name
	}
	return strings.Join(names, "|")
}

func formatHelp() string {
	var b strings.Builder
	for _, f := range formats {
		fmt.Fprintf(&b, "  %-6s %s\n", f.name, f.doc)
	}
	return b.String()
}

// checkFormat accepts the names of the table, and nothing.
func checkFormat(name string) error {
	if name != "" && formatIndex(name) < 0 {
		return fmt.Errorf("--format %q: want %s", name, formatNames())
	}
	return nil
}

func defaultFormat(several bool) string {
	if several {
		return "jsonl"
	}
	return "text"
}

func writeText(a *app, w io.Writer) func(answer) error {
	style := a.style()
	return func(x answer) error {
		if x.number > 1 {
			if _, err := io.WriteString(w, "\n"); err != nil {
				return err
			}
		}
		_, err := io.WriteString(w, reportView(style, x))
		return err
	}
}

func writeJSON(_ *app, w io.Writer) func(answer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return func(x answer) error { return enc.Encode(x.result) }
}

func writeLines(_ *app, w io.Writer) func(answer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return func(x answer) error { return enc.Encode(x.result) }
}

func writeFHIR(_ *app, w io.Writer) func(answer) error {
	return func(x answer) error { return exchange.WriteFHIR(w, x.Record, x.result) }
}

// hl7Stamp is the layout of a time in HL7 v2.
const hl7Stamp = "20060102150405"

func writeHL7(a *app, w io.Writer) func(answer) error {
	return func(x answer) error { return exchange.WriteHL7(w, x.Record, x.result, a.now().Format(hl7Stamp)) }
}
