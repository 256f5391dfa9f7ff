package eval

import (
	"io"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// answerRow is one predicted code, or one missed gold code, in
// predictions.parquet.
type answerRow struct {
	ID         string  `parquet:"id,dict"`
	Line       int64   `parquet:"line"`
	Group      string  `parquet:"group,dict"`
	System     string  `parquet:"system,dict"`
	Code       string  `parquet:"code,dict"`
	Modifiers  string  `parquet:"modifiers,dict"`
	Confidence float64 `parquet:"confidence"` // 0: none was stated
	Outcome    string  `parquet:"outcome,dict"`
	Gold       string  `parquet:"gold,dict"` // the entry it took, or that it stands for
	Relation   string  `parquet:"relation,dict"`
	Stage      string  `parquet:"stage,dict"`
}

// Outcomes of a code.
const (
	outcomeHit      = "hit"
	outcomeExtra    = "extra"
	outcomeMissed   = "missed"
	outcomeOptional = "optional"
	outcomeUnscored = "unscored"
)

func writePredictionsParquet(r *Run, _ *Manifest, w io.Writer) error {
	out := parquet.NewGenericWriter[answerRow](w, parquet.Compression(&parquet.Zstd))
	for _, c := range r.Cases {
		for _, t := range trecSystems {
			if _, err := out.Write(c.rows(t)); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

// rows are the predicted codes of a report in their order, then the missed ones
// that no other stands for.
func (c *Case) rows(t int) []answerRow {
	var rows []answerRow
	system := tasks[t].name
	base := answerRow{ID: c.ID, Line: int64(c.Line), Group: c.Group, System: system}
	for k, a := range tasks[t].answers(&c.Prediction) {
		row := base
		row.Code, row.Modifiers, row.Confidence = a.Code, strings.Join(a.Modifiers, " "), a.Confidence
		row.Outcome, row.Gold = c.outcomes[t].of(k)
		rows = append(rows, row)
	}
	for _, e := range c.Errors {
		if e.System != system {
			continue
		}
		if e.Predicted == "" {
			row := base
			row.Code, row.Outcome, row.Gold, row.Relation, row.Stage = e.Gold, outcomeMissed, e.Gold, e.Relation, e.Stage
			rows = append(rows, row)
			continue
		}
		for i := range rows {
			if rows[i].Code == e.Predicted && rows[i].Outcome == outcomeExtra && rows[i].Relation == "" {
				rows[i].Gold, rows[i].Relation, rows[i].Stage = e.Gold, e.Relation, e.Stage
				break
			}
		}
	}
	return rows
}

// of says what became of a predicted code, and which gold code it took.
func (o *Outcome) of(k int) (outcome, gold string) {
	if o == nil {
		return outcomeUnscored, ""
	}
	for _, p := range o.Hits {
		if p.Predicted == k {
			return outcomeHit, o.Gold[p.Gold].Code
		}
	}
	for _, p := range o.Optional {
		if p.Predicted == k {
			return outcomeOptional, o.Gold[p.Gold].Code
		}
	}
	return outcomeExtra, ""
}

// writeReportsParquet writes the columns of per_report.csv: numbers as doubles,
// the rest as strings.
func writeReportsParquet(r *Run, m *Manifest, w io.Writer) error {
	columns := parquet.Group{}
	for _, name := range reportHeader(reportMetrics()) {
		columns[name] = parquet.String()
		if isFigure(name) {
			columns[name] = parquet.Leaf(parquet.DoubleType)
		}
	}
	schema := parquet.NewSchema("per_report", columns)
	out := parquet.NewWriter(w, schema, parquet.Compression(&parquet.Zstd))
	table, err := readBack(r, m)
	if err != nil {
		return err
	}
	for i := range table.rows {
		row := parquet.Row{}
		for place, path := range schema.Columns() {
			row = append(row, table.value(i, path[0]).Level(0, 0, place))
		}
		if _, err := out.WriteRows([]parquet.Row{row}); err != nil {
			return err
		}
	}
	return out.Close()
}

func isFigure(column string) bool {
	return column == "line" || strings.HasSuffix(column, numColumn) || strings.HasSuffix(column, denColumn)
}

func (t *reportTable) value(row int, column string) parquet.Value {
	if isFigure(column) {
		return parquet.DoubleValue(t.number(row, column))
	}
	return parquet.ByteArrayValue([]byte(t.cell(row, column)))
}
