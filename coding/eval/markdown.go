package eval

import (
	"fmt"
	"io"
	"math"
	"strings"
)

// markdown writes tables; the first error stays.
type markdown struct {
	w   io.Writer
	err error
}

func (md *markdown) line(format string, args ...any) {
	if md.err == nil {
		_, md.err = fmt.Fprintf(md.w, format+"\n", args...)
	}
}

// table writes a heading and a table, or nothing without rows.
func (md *markdown) table(title string, header []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	md.line("\n## %s\n", title)
	md.row(header)
	md.line("|%s", strings.Repeat("---|", len(header)))
	for _, r := range rows {
		md.row(r)
	}
}

func (md *markdown) row(cells []string) {
	escaped := make([]string, len(cells))
	for i, c := range cells {
		escaped[i] = strings.NewReplacer("|", `\|`, "\n", " ", "\r", " ", "<", "&lt;").Replace(c)
	}
	md.line("| %s |", strings.Join(escaped, " | "))
}

// WriteMarkdown writes the run as Markdown: what was measured on what, all
// figures with intervals, labels that cost most, error kinds, slices, definitions.
func (r *Run) WriteMarkdown(w io.Writer, m *Manifest) error {
	md := &markdown{w: w}
	md.line("# %s on %s\n", m.Coder, r.Corpus.base())
	md.line("%s", r.Summary())
	md.table("Figures", []string{"figure", "value", "95 % interval", "ratio", "interval from"}, figureRows(r.Values))
	md.table("Human coders against the gold", []string{"coder", "metric", "value"}, humanRows(r.Humans))
	md.table("Labels that cost most", labelHeader, r.worstRows())
	md.table("Errors by kind", []string{"kind", "count", "what it is"}, kindRows(r.Kinds()))
	md.table("Flags", []string{"flag", "hit", "extra", "missed", "precision", "recall"}, flagRows(r.Flags()))
	md.table("Calibration by code", codeCalibrationHeader, codeCalibrationRows(r.CodeCalibrations()))
	md.table("Slices", []string{"slice", "part", "reports", "figure", "value", "95 % interval", "ratio"}, sliceRows(r.Slices))
	md.table("Definitions", []string{"figure", "definition"}, definitionRows(r.Values))
	return md.err
}

// Summary says in one line what the figures are about.
func (r *Run) Summary() string {
	s := fmt.Sprintf("%d reports", len(r.Cases))
	if r.clusters != nil {
		s += fmt.Sprintf(" in %d groups", units(len(r.clusters), r.clusters))
	}
	if n := r.Corpus.Repeated; n > 0 {
		s += fmt.Sprintf(", %d of them repeated", n)
	}
	b := r.options.Bootstrap
	return fmt.Sprintf("%s; %.0f %% intervals from %d resamples, seed %d", s, 100*r.options.Level, b.Resamples, b.Seed)
}

// Figure is a value as tables show it: four decimals, a dash for what is not
// defined.
func Figure(x float64) string {
	if math.IsNaN(x) {
		return "-"
	}
	return fmt.Sprintf("%.4f", x)
}

// String is the interval as tables show it; empty when it is not known.
func (in Interval) String() string {
	if math.IsNaN(in.Low) || math.IsNaN(in.High) {
		return ""
	}
	return Figure(in.Low) + "-" + Figure(in.High)
}

// Ratio is numerator and denominator where they are counts, else empty.
func (v Value) Ratio() string {
	if v.Prepare != nil || v.Num != math.Trunc(v.Num) || v.Den != math.Trunc(v.Den) {
		return ""
	}
	return fmt.Sprintf("%.0f/%.0f", v.Num, v.Den)
}

func figureRows(values []Value) (rows [][]string) {
	for _, v := range values {
		rows = append(rows, []string{v.Name, Figure(v.Value()), v.Interval.String(), v.Ratio(), v.Method})
	}
	return rows
}

func humanRows(humans []Human) (rows [][]string) {
	for _, h := range humans {
		rows = append(rows, []string{h.Coder, h.Metric, Figure(h.F1())})
	}
	return rows
}

// worstShown is how many labels a table of the worst shows.
const worstShown = 20

func (r *Run) worstRows() (rows [][]string) {
	for _, t := range trecSystems {
		for _, l := range worst(r.Labels(tasks[t].name), worstShown) {
			rows = append(rows, []string{
				l.System, l.Code, l.Title, fmt.Sprint(l.Support), fmt.Sprint(l.Predicted), fmt.Sprint(l.Hit), fmt.Sprint(l.Extra), fmt.Sprint(l.Missed),
				Figure(l.Precision), Figure(l.Recall), Figure(l.F1), Figure(l.LostF1),
			})
		}
	}
	return rows
}

func kindRows(kinds []Kind) (rows [][]string) {
	for _, k := range kinds {
		rows = append(rows, []string{k.System + " " + k.Relation, fmt.Sprint(k.Count), k.Doc})
	}
	return rows
}

func flagRows(flags []FlagRow) (rows [][]string) {
	for _, f := range flags {
		rows = append(rows, []string{f.ID, fmt.Sprint(f.Hit), fmt.Sprint(f.Extra), fmt.Sprint(f.Missed), Figure(f.Precision), Figure(f.Recall)})
	}
	return rows
}

var codeCalibrationHeader = []string{"system", "code", "title", "candidate in", "mean confidence", "right", "ECE"}

func codeCalibrationRows(codes []CodeCalibration) (rows [][]string) {
	for _, c := range codes {
		rows = append(rows, []string{c.System, c.Code, c.Title, fmt.Sprint(c.N), Figure(c.Confidence), Figure(c.Accuracy), Figure(c.ECE)})
	}
	return rows
}

func sliceRows(slices []SliceRow) (rows [][]string) {
	for _, s := range slices {
		for _, v := range s.Values {
			rows = append(rows, []string{s.Slice, s.Part, fmt.Sprint(s.Reports), v.Name, Figure(v.Value()), v.Interval.String(), v.Ratio()})
		}
	}
	return rows
}

func definitionRows(values []Value) (rows [][]string) {
	for _, v := range values {
		rows = append(rows, []string{v.Name, v.Doc})
	}
	return rows
}
