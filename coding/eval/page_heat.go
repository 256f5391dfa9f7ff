package eval

import "fmt"

// heat is the map of slices by metrics.
type heat struct {
	Metrics []PageDefinition
	Rows    []heatRow
	Low     string // the value of the palest cell
}

type heatRow struct {
	Name, Doc, Reports string
	Cells              []heatCell
}

// heatCell is a coloured value. Shade is between 0 and 100, "" without value.
type heatCell struct{ Text, N, Shade, Title string }

func newHeat(s PageSlices) heat {
	var shares []float64
	for _, r := range s.Rows {
		for _, c := range r.Cells {
			shares = append(shares, c.Value)
		}
	}
	low := percentAxis(0.1, shares...)
	h := heat{Metrics: s.Metrics, Low: percent(low)}
	for _, r := range s.Rows {
		row := heatRow{Name: r.Name, Doc: r.Doc, Reports: count(r.Reports)}
		for i, m := range s.Metrics {
			cell := heatCell{Text: undefined, Title: "not defined"}
			if i < len(r.Cells) {
				cell = newHeatCell(r.Name, m.Term, r.Cells[i], axis{low, 1, 0, 100})
			}
			row.Cells = append(row.Cells, cell)
		}
		h.Rows = append(h.Rows, row)
	}
	return h
}

func newHeatCell(slice, metric string, c PageCell, shade axis) heatCell {
	if c.Value != c.Value { // NaN
		return heatCell{Text: undefined, Title: fmt.Sprintf("%s, %s: not defined", slice, metric)}
	}
	title := fmt.Sprintf("%s, %s: %s, n %s", slice, metric, percent(c.Value), count(c.N))
	if c.Interval.known() {
		title += ", 95 % interval " + c.Interval.text(percent)
	}
	return heatCell{percent(c.Value), count(c.N), px(shade.at(c.Value)), title}
}
