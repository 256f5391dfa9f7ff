package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/models"
)

// useModels lets an engine use what a folder of train or calibrate holds; what it does not hold stays built in.
// Weights belong to the pieces of words that they were fitted with, so one without the other is refused.
func useModels(o *coding.Options, dir string) error {
	if dir == "" {
		return nil
	}
	found := 0
	open := func(name string, read func(*os.File, string) error) error {
		path := filepath.Join(dir, name)
		file, err := os.Open(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		defer file.Close()
		found++
		return read(file, path)
	}
	err := errors.Join(
		open("procedure.tsv", func(f *os.File, path string) (err error) { o.Weights, err = models.ReadWeights(f, path); return err }),
		open("calibration.tsv", func(f *os.File, path string) (err error) {
			o.Calibration, err = models.ReadWeights(f, path)
			return err
		}),
		open("subword.txt", func(f *os.File, path string) (err error) { o.Subwords, err = models.ReadSubwords(f, path); return err }),
	)
	switch {
	case err != nil:
		return fmt.Errorf("--models: %w", err)
	case found == 0:
		return fmt.Errorf("--models %s: no procedure.tsv, calibration.tsv or subword.txt there", dir)
	case (o.Weights == nil) != (o.Subwords == nil):
		return fmt.Errorf("--models %s: procedure.tsv and subword.txt belong together", dir)
	}
	return nil
}
