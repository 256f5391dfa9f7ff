package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/radcode/radcode/models"
)

// TestWriteCalibration: what was fitted replaces the file, what was not stays.
func TestWriteCalibration(t *testing.T) {
	for _, c := range []struct {
		name      string
		diagnoses []string
		fitted    models.Weights
		want      models.Weights
	}{
		{"procedures only", nil, models.Weights{"procedure:logit": 2}, models.Weights{"procedure:logit": 2, "diagnosis:bias": 1}},
		{"both", []string{"d.jsonl"}, models.Weights{"procedure:logit": 2, "diagnosis:bias": 3}, models.Weights{"procedure:logit": 2, "diagnosis:bias": 3}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, "calibration.tsv")
			if err := os.WriteFile(path, []byte("diagnosis:bias\t1\nprocedure:logit\t1\n"), 0o644); err != nil {
				t.Fatal(err)
			}
			f := trainFlags{out: dir, diagnoses: c.diagnoses}
			subwords, err := models.LoadSubwords()
			if err != nil {
				t.Fatal(err)
			}
			if err := f.write(&fitted{models.Weights{}, c.fitted, subwords}); err != nil {
				t.Fatal(err)
			}
			got, err := readWeights(path)
			if err != nil {
				t.Fatal(err)
			}
			for name, v := range c.want {
				if got[name] != v {
					t.Errorf("%s is %v, want %v", name, got[name], v)
				}
			}
		})
	}
}
