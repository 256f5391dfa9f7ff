package main

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/radcode/radcode/coding/eval"
)

// limit is what a figure has to reach.
type limit struct {
	name  string
	value float64
}

func parseLimit(text string) (limit, error) {
	name, value, ok := strings.Cut(text, "=")
	x, err := strconv.ParseFloat(value, 64)
	if !ok || name == "" || err != nil {
		return limit{}, fmt.Errorf("--at-least %q: want NAME=VALUE, such as icd10cm.micro.f1=0.75", text)
	}
	return limit{name, x}, nil
}

// shortfalls tells which figures do not reach their limit. A figure where less
// is better falls short above its limit. A name that the run does not have is
// an error: a check of nothing would always pass.
func shortfalls(run *eval.Run, limits []limit) ([]string, error) {
	var out []string
	for _, l := range limits {
		v, ok := run.Get(l.name)
		if !ok {
			return nil, fmt.Errorf("--at-least %s: the corpus does not define this figure", l.name)
		}
		switch x := v.Value(); {
		case v.Lower && x > l.value:
			out = append(out, fmt.Sprintf("%s is %s, above %v", l.name, eval.Figure(x), l.value))
		case !v.Lower && !(x >= l.value):
			out = append(out, fmt.Sprintf("%s is %s, below %v", l.name, eval.Figure(x), l.value))
		}
	}
	return out, nil
}
