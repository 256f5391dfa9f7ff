package eval

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// trecSystems are the tasks whose candidates are ranked.
var trecSystems = []int{taskCPT, taskICD}

// queries names each report for trec_eval, which wants unique names without
// spaces.
func (r *Run) queries() []string {
	out, seen := make([]string, len(r.Cases)), map[string]int{}
	for i, c := range r.Cases {
		id := strings.Join(strings.Fields(c.ID), "_")
		if seen[id]++; seen[id] > 1 {
			id = fmt.Sprintf("%s#%d", id, seen[id])
		}
		out[i] = id
	}
	return out
}

// writeTRECRun writes "QUERY Q0 CODE RANK SCORE NAME". A candidate that is
// accepted for a gold code stands under that code, and one that only an optional
// gold code accepts is left out, so that trec_eval finds what this package counts. The score
// falls with the rank: trec_eval sorts by it and would break ties by name.
func writeTRECRun(r *Run, _ *Manifest, w io.Writer) error {
	names := r.queries()
	for _, t := range trecSystems {
		for i, c := range r.Cases {
			o := c.outcomes[t]
			if o == nil {
				continue
			}
			list := o.canonical(merge(tasks[t].rankings(&c.Prediction)))
			for k, code := range list {
				if _, err := fmt.Fprintf(w, "%s:%s Q0 %s %d %d radcode\n", tasks[t].name, names[i], code, k+1, len(list)-k); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// canonical names candidates after the required gold code that accepts them.
func (o *Outcome) canonical(list []string) []string {
	var out []string
	for _, code := range list {
		name, optional := code, false
		for _, g := range o.Gold {
			if g.Accepts(code) {
				name, optional = g.Code, g.Optional
				if !g.Optional {
					break
				}
			}
		}
		if !optional && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// writeQrels writes "QUERY 0 CODE 1" for every required gold code.
func writeQrels(r *Run, _ *Manifest, w io.Writer) error {
	names := r.queries()
	for _, t := range trecSystems {
		for i, c := range r.Cases {
			o := c.outcomes[t]
			if o == nil {
				continue
			}
			var codes []string
			for _, g := range o.Gold {
				if !g.Optional && !slices.Contains(codes, g.Code) {
					codes = append(codes, g.Code)
				}
			}
			for _, code := range codes {
				if _, err := fmt.Fprintf(w, "%s:%s 0 %s 1\n", tasks[t].name, names[i], code); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
