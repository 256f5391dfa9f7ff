package eval

import (
	"fmt"
	"io"
	"math"
)

// Flat is the run under flat keys, for metrics.json: the figure under the name of
// the metric, and beside it .num, .den, .ci95 (a pair) and .method. Figures of a slice
// have the prefix "slice/modality=ct/", of a flag "flags.id.", of a human coder
// "human.NAME."; cpt.ece.74177 is the calibration error of one code. The level of the intervals is in the key: .ci95 for 0.95.
func (r *Run) Flat() map[string]any {
	out := map[string]any{
		"corpus": r.Corpus.base(), "corpus.sha256": r.Corpus.SHA256, "n": len(r.Cases), "repeated": r.Corpus.Repeated,
		"bootstrap.seed": r.options.Bootstrap.Seed, "bootstrap.resamples": r.options.Bootstrap.Resamples,
	}
	if r.clusters != nil {
		out["groups"] = units(len(r.clusters), r.clusters)
	}
	r.flatten(out, "", r.Values)
	for _, row := range r.Slices {
		prefix := fmt.Sprintf("slice/%s=%s/", row.Slice, row.Part)
		out[prefix+"n"] = row.Reports
		r.flatten(out, prefix, row.Values)
	}
	for _, f := range r.Flags() {
		prefix := "flags.id." + f.ID
		r.put(out, prefix+".p", f.Precision, f.PrecisionInterval)
		r.put(out, prefix+".r", f.Recall, f.RecallInterval)
		out[prefix+".hit"], out[prefix+".extra"], out[prefix+".missed"] = f.Hit, f.Extra, f.Missed
	}
	for _, c := range r.CodeCalibrations() {
		out[c.System+".ece."+c.Code], out[c.System+".ece."+c.Code+".n"] = rounded(c.ECE), c.N
	}
	for _, h := range r.Humans {
		out["human."+h.Coder+"."+h.Metric] = rounded(h.F1())
	}
	return out
}

// WriteMetrics writes Flat as JSON, keys sorted.
func (r *Run) WriteMetrics(w io.Writer) error { return writeJSON(w, r.Flat()) }

func (r *Run) flatten(out map[string]any, prefix string, values []Value) {
	for _, v := range values {
		r.put(out, prefix+v.Name, v.Value(), v.Interval)
		out[prefix+v.Name+".num"], out[prefix+v.Name+".den"] = rounded(v.Num), rounded(v.Den)
		if v.Method != "" {
			out[prefix+v.Name+".method"] = v.Method
		}
	}
}

func (r *Run) put(out map[string]any, key string, value float64, in Interval) {
	out[key] = rounded(value)
	if !math.IsNaN(in.Low) {
		out[fmt.Sprintf("%s.ci%.0f", key, 100*r.options.Level)] = [2]any{rounded(in.Low), rounded(in.High)}
	}
}

// rounded is a figure as JSON holds it: six decimals, null for what is not
// defined.
func rounded(x float64) any {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return math.Round(x*1e6) / 1e6
}
