package eval

import "strings"

// headline is the table of metrics. Its interval plots share one axis.
type headline struct {
	Axis   []tick
	Width  float64
	Groups []metricGroup
	Humans bool // some metric has them
}

type metricGroup struct {
	Name string
	Rows []metricRow
}

type metricRow struct {
	Name, Doc              string
	Value, Interval, Ratio string
	Humans                 string
	Plot                   *intervalPlot // nil: nothing to draw
}

// intervalPlot is a value with its interval and the people beside it.
type intervalPlot struct {
	At, Low, High string // High "": no interval
	Summary       string
	Marks         []tick
}

// intervalWidth is the width of an interval plot in pixels.
const intervalWidth = 320

func newHeadline(metrics []PageMetric) headline {
	a := headlineAxis(metrics)
	h := headline{Axis: a.ticks(6), Width: intervalWidth}
	at := map[string]int{}
	for _, m := range metrics {
		i, known := at[m.Group]
		if !known {
			i = len(h.Groups)
			at[m.Group] = i
			h.Groups = append(h.Groups, metricGroup{Name: m.Group})
		}
		h.Groups[i].Rows = append(h.Groups[i].Rows, newMetricRow(m, a))
		h.Humans = h.Humans || len(m.Humans) > 0
	}
	return h
}

func headlineAxis(metrics []PageMetric) axis {
	var shares []float64
	for _, m := range metrics {
		if m.Plain {
			continue
		}
		shares = append(shares, m.Value)
		if m.Interval.known() {
			shares = append(shares, m.Interval.Low)
		}
		for _, h := range m.Humans {
			shares = append(shares, h.Value)
		}
	}
	return axis{percentAxis(0.1, shares...), 1, 18, intervalWidth - 20}
}

func newMetricRow(m PageMetric, a axis) metricRow {
	write := percent
	if m.Plain {
		write = decimal
	}
	row := metricRow{Name: m.Name, Doc: m.Doc, Value: write(m.Value), Interval: m.Interval.text(write)}
	if m.Den != 0 {
		row.Ratio = amount(m.Num) + " / " + amount(m.Den)
	}
	var humans []string
	for _, h := range m.Humans {
		humans = append(humans, h.Name+" "+write(h.Value))
	}
	row.Humans = strings.Join(humans, ", ")
	if !m.Plain && m.Value == m.Value { // a NaN has no place
		row.Plot = newIntervalPlot(m, a)
	}
	return row
}

func newIntervalPlot(m PageMetric, a axis) *intervalPlot {
	p := &intervalPlot{At: px(a.at(m.Value)), Summary: m.Name + " " + percent(m.Value)}
	if m.Interval.known() {
		p.Low, p.High = px(a.at(m.Interval.Low)), px(a.at(m.Interval.High))
		p.Summary += ", 95 % interval " + m.Interval.text(percent)
	}
	for _, h := range m.Humans {
		if h.Value == h.Value {
			p.Marks = append(p.Marks, tick{px(a.at(h.Value)), h.Name + " " + percent(h.Value)})
			p.Summary += "; " + h.Name + " " + percent(h.Value)
		}
	}
	return p
}
