package main

import (
	"bytes"
	"context"
	"os"
	"testing"
)

// TestSelftest keeps the shipped answers up to date: run it with -update when
// an answer was meant to change, and read the difference.
func TestSelftest(t *testing.T) {
	samples, err := replay(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range samples {
		if bytes.Equal(s.got, s.want) {
			continue
		}
		if *update {
			if err := os.WriteFile("selftest/"+s.name+".json", s.got, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		t.Errorf("%s.json: line %s", s.name, firstDifference(s.got, s.want))
	}
}
