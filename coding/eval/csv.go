package eval

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
)

func writeTable(w io.Writer, header []string, rows func(yield func([]string))) error {
	out := csv.NewWriter(w)
	err := out.Write(header)
	rows(func(row []string) {
		if err == nil {
			err = out.Write(row)
		}
	})
	out.Flush()
	if err != nil {
		return err
	}
	return out.Error()
}

func plain(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(math.Round(x*1e6)/1e6, 'f', -1, 64)
}

var labelHeader = []string{"system", "code", "title", "support", "predicted", "hit", "extra", "missed", "precision", "recall", "f1", "lost_f1"}

func writeLabels(r *Run, _ *Manifest, w io.Writer) error {
	return writeTable(w, labelHeader, func(yield func([]string)) {
		for i := range tasks {
			for _, l := range r.Labels(tasks[i].name) {
				yield([]string{
					l.System, l.Code, l.Title, strconv.Itoa(l.Support), strconv.Itoa(l.Predicted), strconv.Itoa(l.Hit), strconv.Itoa(l.Extra), strconv.Itoa(l.Missed),
					plain(l.Precision), plain(l.Recall), plain(l.F1), plain(l.LostF1),
				})
			}
		}
	})
}

func writeConfusions(r *Run, _ *Manifest, w io.Writer) error {
	return writeTable(w, []string{"system", "gold", "predicted", "relation", "count", "gold_title", "predicted_title"}, func(yield func([]string)) {
		for _, c := range r.Confusions() {
			yield([]string{c.System, c.Gold, c.Predicted, c.Relation, strconv.Itoa(c.Count), r.Title(c.Gold), r.Title(c.Predicted)})
		}
	})
}

// Columns of per_report.csv before the figures.
var reportColumns = []string{"id", "line", "group", "tags", "cpt_gold", "cpt_predicted", "icd10cm_gold", "icd10cm_predicted",
	"primary.indication_gold", "primary.indication_predicted", "primary.official_gold", "primary.official_predicted", "disposition", "errors"}

// partSeparator stands between the parts of a slice in one cell.
const partSeparator = " | "

// reportMetrics are those that one report can tell of: compare adds them up
// again.
func reportMetrics() []Metric {
	var out []Metric
	for _, m := range metrics {
		if m.Count != nil {
			out = append(out, m)
		}
	}
	return out
}

// Suffixes of the columns of a metric.
const (
	numColumn = ".num"
	denColumn = ".den"
)

func writeReports(r *Run, _ *Manifest, w io.Writer) error {
	counted := reportMetrics()
	return writeTable(w, reportHeader(counted), func(yield func([]string)) {
		for _, c := range r.Cases {
			row := []string{
				c.ID, strconv.Itoa(c.Line), c.Group, strings.Join(c.Tags, " "), c.goldCodes(taskCPT), c.predictedCodes(taskCPT), c.goldCodes(taskICD), c.predictedCodes(taskICD),
			}
			for _, p := range policies {
				row = append(row, c.primaryGold(p), c.primaryPredicted(p))
			}
			row = append(row, string(c.Prediction.Disposition), c.kinds())
			for i := range sliceTable {
				row = append(row, strings.Join(c.slices[i], partSeparator))
			}
			for _, m := range counted {
				num, den := m.Count(c)
				row = append(row, plain(num), plain(den))
			}
			yield(row)
		}
	})
}

// slicePrefix begins the columns that hold the parts of a slice.
const slicePrefix = "slice."

func reportHeader(counted []Metric) []string {
	header := append([]string{}, reportColumns...)
	for _, s := range sliceTable {
		header = append(header, slicePrefix+s.Name)
	}
	for _, m := range counted {
		header = append(header, m.Name+numColumn, m.Name+denColumn)
	}
	return header
}

// goldCodes lists gold codes, optional ones in brackets, modifiers behind a
// hyphen.
func (c *Case) goldCodes(t int) string {
	if c.Gold == nil {
		return ""
	}
	return listCodes(tasks[t].gold(c.Gold))
}

func listCodes(gold []exchange.GoldCode) string {
	var out []string
	for _, g := range gold {
		code := strings.Join(append([]string{g.Code}, g.Modifiers...), "-")
		if g.Optional {
			code = "(" + code + ")"
		}
		out = append(out, code)
	}
	return strings.Join(out, " ")
}

func (c *Case) predictedCodes(t int) string {
	var out []string
	for _, a := range tasks[t].answers(&c.Prediction) {
		out = append(out, strings.Join(append([]string{a.Code}, a.Modifiers...), "-"))
	}
	return strings.Join(out, " ")
}

func (c *Case) primaryGold(p coding.Policy) string {
	if c.Gold == nil {
		return ""
	}
	return listCodes(c.Gold.Primary[p])
}

func (c *Case) primaryPredicted(p coding.Policy) string {
	if sequence, _ := c.Prediction.sequence(p); len(sequence) > 0 {
		return sequence[0]
	}
	return ""
}

// kinds lists the errors of a report in one cell.
func (c *Case) kinds() string {
	var out []string
	for _, e := range c.Errors {
		out = append(out, e.Kind())
	}
	return strings.Join(out, "; ")
}
