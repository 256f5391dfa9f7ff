package eval

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// trecSystems are the tasks whose candidates are ranked.
var trecSystems = []int{taskCPT, taskICD}

// eachQuery calls do with every ranked outcome of a run and its name, which is
// unique and without spaces, as trec_eval wants it.
func (r *Run) eachQuery(do func(query string, t int, c *Case, o *Outcome) error) error {
	for _, t := range trecSystems {
		seen := map[string]int{}
		for _, c := range r.Cases {
			id := strings.Join(strings.Fields(c.ID), "_")
			if seen[id]++; seen[id] > 1 {
				id = fmt.Sprintf("%s#%d", id, seen[id])
			}
			if o := c.outcomes[t]; o != nil {
				if err := do(tasks[t].name+":"+id, t, c, o); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// writeTRECRun writes "QUERY Q0 CODE RANK SCORE NAME". A candidate that is
// accepted for a gold code stands under that code, and one that only an optional
// gold code accepts is left out, so that trec_eval finds what this package counts. The score
// falls with the rank: trec_eval sorts by it and would break ties by name.
func writeTRECRun(r *Run, _ *Manifest, w io.Writer) error {
	return r.eachQuery(func(query string, t int, c *Case, o *Outcome) error {
		list := o.canonical(merge(tasks[t].rankings(&c.Prediction)))
		for k, code := range list {
			if _, err := fmt.Fprintf(w, "%s Q0 %s %d %d radcode\n", query, code, k+1, len(list)-k); err != nil {
				return err
			}
		}
		return nil
	})
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
	return r.eachQuery(func(query string, _ int, _ *Case, o *Outcome) error {
		seen := map[string]bool{}
		for _, g := range o.Gold {
			if g.Optional || seen[g.Code] {
				continue
			}
			seen[g.Code] = true
			if _, err := fmt.Fprintf(w, "%s 0 %s 1\n", query, g.Code); err != nil {
				return err
			}
		}
		return nil
	})
}
