package codeset

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/radcode/radcode/index"
)

// fuzzPayments imports any bytes as a file: no panic, errors name the file, and
// what is read can be kept.
func fuzzPayments(f *testing.F, endings ...string) {
	for name, text := range smallPayments {
		for _, ending := range endings {
			if strings.HasSuffix(name, ending) {
				f.Add(text)
				f.Add(byteOrderMark + strings.ReplaceAll(text, "\n", "\r\n"))
			}
		}
	}
	cache := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(t.TempDir(), "f")
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		_, drafts, _, err := Import(context.Background(), []string{path}, Options{Release: "FY2026", From: "2026-10-01", Setting: index.Practitioner})
		if err != nil {
			for line := range strings.Lines(err.Error()) {
				if !strings.Contains(line, path) && !strings.Contains(line, "none of") && !strings.Contains(line, "no list of codes") {
					t.Errorf("error %q names no file", line)
				}
			}
			return
		}
		for _, d := range drafts {
			checkTable(t, d.PaymentTable)
		}
		if _, err := index.ImportTables(context.Background(), cache, drafts); drafts != nil && err != nil {
			t.Error(err)
		}
	})
}

func checkTable(t *testing.T, table *index.PaymentTable) {
	t.Helper()
	var codes []string
	for _, p := range table.Pairs {
		codes = append(codes, p.Column1, p.Column2)
	}
	for _, l := range table.Limits {
		codes = append(codes, l.Code)
	}
	for _, a := range table.AddOns {
		codes = append(codes, a.Code)
	}
	for _, x := range table.Fees {
		codes = append(codes, x.Code)
	}
	for _, l := range table.Levels {
		codes = append(codes, l.Code)
	}
	for _, c := range table.Covered {
		codes = append(codes, c.Procedure)
		if _, ok := index.Undotted(c.Diagnosis); !ok {
			t.Errorf("diagnosis %q", c.Diagnosis)
		}
	}
	for _, c := range codes {
		if !isProcedure(c) {
			t.Errorf("code %q", c)
		}
	}
	for _, r := range table.Rules {
		if r.ID == "" || len(r.Procedures) == 0 || r.Message == "" {
			t.Errorf("rule %+v", r)
		}
	}
}

func FuzzPaymentTable(f *testing.F)   { fuzzPayments(f, ".csv", ".tsv", "MCR.txt", "f1.txt") }
func FuzzPaymentRecords(f *testing.F) { fuzzPayments(f, "ANWEB.txt") }
func FuzzPayerRules(f *testing.F)     { fuzzPayments(f, ".json") }
