package eval

import (
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
)

// MissedCode is a gold code and how often each of two runs missed it: what is lost when nobody
// looks.
type MissedCode struct {
	System string `json:"system"` // cpt or icd10cm
	Code   string `json:"code"`
	Title  string `json:"title"`
	First  int    `json:"first"`
	Second int    `json:"second"`
}

// missedCodes joins per_label.csv of two runs, the codes that the second misses most
// first, then those of the first, ties by code.
func missedCodes(first, second string) ([]MissedCode, error) {
	number := map[[2]string]int{}
	var out []MissedCode
	for run, dir := range []string{first, second} {
		rows, err := readLabels(filepath.Join(dir, "per_label.csv"))
		if err != nil {
			return nil, err
		}
		for _, l := range rows {
			key := [2]string{l.System, l.Code}
			at, known := number[key]
			if !known {
				at = len(out)
				number[key] = at
				out = append(out, MissedCode{System: l.System, Code: l.Code, Title: l.Title})
			}
			*[]*int{&out[at].First, &out[at].Second}[run] = l.Missed
		}
	}
	out = slices.DeleteFunc(out, func(m MissedCode) bool { return m.First+m.Second == 0 })
	slices.SortFunc(out, func(a, b MissedCode) int {
		return cmp.Or(cmp.Compare(b.Second, a.Second), cmp.Compare(b.First, a.First), cmp.Compare(a.System, b.System), cmp.Compare(a.Code, b.Code))
	})
	return out, nil
}

// readLabels reads the rows of whole codes of a per_label.csv: system, code, title and
// missed. A run without the file has none.
func readLabels(path string) ([]Label, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var out []Label
	for i, row := range rows {
		if i == 0 {
			if !slices.Equal(row, labelHeader) {
				return nil, fmt.Errorf("%s:1: not a per_label.csv of this version", path)
			}
			continue
		}
		if row[0] != tasks[taskCPT].name && row[0] != tasks[taskICD].name {
			continue // families and categories
		}
		missed, err := strconv.Atoi(row[slices.Index(labelHeader, "missed")])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, i+1, err)
		}
		out = append(out, Label{System: row[0], Code: row[1], Title: row[2], Missed: missed})
	}
	return out, nil
}
