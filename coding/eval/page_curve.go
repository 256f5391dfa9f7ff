package eval

import (
	"fmt"
	"math"
	"strings"
)

// curve is the drawing of a PageCurve and where its threshold stands at first.
type curve struct {
	ID, System, Doc  string
	Frame            frame
	Precision, Band  string // paths; Band is between the precision and its lower bound
	Targets          []targetMark
	Last, At         int // the last point and the first shown
	HandleX, HandleY string
	Lead, Details    string // what the shown point means
	Scale            curveScale
}

// curveScale is what the page's script needs to place the threshold.
type curveScale struct{ X0, X1, Y0, Y1, Low string }

type targetMark struct {
	Name, Text string
	X, LabelY  string
	Point      int // -1: not certified
}

// curveData is the curve as the script reads it.
type curveData struct {
	Unit   string       `json:"unit"`
	Total  int          `json:"total"`
	Level  float64      `json:"level"`
	Points [][4]float64 `json:"points"` // threshold, automated, errors, lower bound
}

func (c *PageCurve) data() *curveData {
	d := &curveData{c.unit(), c.Total, c.level(), make([][4]float64, len(c.Points))}
	for i, p := range c.Points {
		d.Points[i] = [4]float64{number(p.Threshold), float64(p.Automated), float64(p.Errors), number(p.Low)}
	}
	return d
}

// number is v, or 0 where JSON has no word for it.
func number(v float64) float64 {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

func (c *PageCurve) unit() string {
	if c.Unit == "" {
		return "reports"
	}
	return c.Unit
}

func (c *PageCurve) level() float64 {
	if c.Level == 0 {
		return 0.95
	}
	return c.Level
}

// precision is 1 where nothing is automated: nothing is wrong.
func (p PagePoint) precision() float64 {
	if p.Automated == 0 {
		return 1
	}
	return 1 - float64(p.Errors)/float64(p.Automated)
}

func (c *PageCurve) coverage(p PagePoint) float64 {
	return float64(p.Automated) / float64(max(c.Total, 1))
}

func newCurve(s PageSystem) curve {
	c := s.Curve
	low := c.lowest()
	x, y := axis{0, 1, 62, 560}, axis{low, 1, 286, 48}
	out := curve{ID: s.ID, System: s.Name, Doc: c.Doc, Frame: frame{580, 338, 62, 560, 48, 286, x.ticks(6), y.ticks(6)}, Last: len(c.Points) - 1}
	out.Scale = curveScale{px(x.from), px(x.to), px(y.from), px(y.to), short(low)}
	out.Precision, out.Band = c.paths(x, y)
	out.Targets = c.targets(x)
	out.At = out.Last
	for _, t := range out.Targets {
		if t.Point >= 0 { // the strictest target that can be kept
			out.At = t.Point
		}
	}
	at := c.Points[out.At]
	out.HandleX, out.HandleY = px(x.at(c.coverage(at))), px(y.at(at.precision()))
	out.Lead, out.Details = c.words(at)
	return out
}

// lowest is where the axis of precision begins. The first answers do not count:
// of few, one wrong one would set the scale for all.
func (c *PageCurve) lowest() float64 {
	var shares []float64
	for i, p := range c.Points {
		if c.coverage(p) >= 0.05 || i == len(c.Points)-1 {
			shares = append(shares, p.precision())
		}
	}
	if low := percentAxis(0.02, shares...); low >= 0.9-1e-9 {
		return low
	}
	return percentAxis(0.1, shares...)
}

// paths draws the points that lie at least half a pixel apart.
func (c *PageCurve) paths(x, y axis) (precision, band string) {
	var over, under []string
	lastX, lastY := math.Inf(-1), math.Inf(-1)
	for i, p := range c.Points {
		atX, atY := x.at(c.coverage(p)), y.at(p.precision())
		if i < len(c.Points)-1 && math.Abs(atX-lastX) < 0.5 && math.Abs(atY-lastY) < 0.5 {
			continue
		}
		lastX, lastY = atX, atY
		over = append(over, px(atX)+" "+px(atY))
		under = append(under, px(atX)+" "+px(y.at(number(p.Low))))
	}
	for i, k := 0, len(under)-1; i < k; i, k = i+1, k-1 {
		under[i], under[k] = under[k], under[i]
	}
	precision = "M" + strings.Join(over, "L")
	return precision, precision + "L" + strings.Join(under, "L") + "Z"
}

// targets places the marks; labels that would lie on one another take turns in
// two rows.
func (c *PageCurve) targets(x axis) []targetMark {
	var out []targetMark
	lastX, row := math.Inf(1), 0
	for _, t := range c.Targets {
		name := short(t.Precision*100) + " %"
		m := targetMark{Name: name, Point: -1, Text: "not certified at any threshold"}
		if i := c.find(t); i >= 0 {
			p := c.Points[i]
			at := x.at(c.coverage(p))
			row = (row + 1) % 2
			if math.Abs(at-lastX) > 64 {
				row = 0
			}
			lastX = at
			m.Point, m.X, m.LabelY = i, px(at), px(18+18*float64(row))
			m.Text = fmt.Sprintf("confidence ≥ %s, %s of %s", short(p.Threshold), percent(c.coverage(p)), c.unit())
		}
		out = append(out, m)
	}
	return out
}

// find is the point of a target's threshold, -1 when there is none.
func (c *PageCurve) find(t PageTarget) int {
	if !t.Certified {
		return -1
	}
	last := -1
	for i, p := range c.Points {
		if p.Threshold >= t.Threshold {
			last = i
		}
	}
	return last
}

// words say what a point means; page/curve.js says it alike.
func (c *PageCurve) words(p PagePoint) (lead, details string) {
	perThousand := 0.0
	if p.Automated > 0 {
		perThousand = 1000 * float64(p.Errors) / float64(p.Automated)
	}
	lead = fmt.Sprintf("Automated %s, %s errors per 1,000 automated.", percent(c.coverage(p)), tenths(perThousand))
	details = fmt.Sprintf("Confidence ≥ %s: %s of %s %s, %s of them wrong. Precision %s; with %s %% confidence at least %s.",
		short(p.Threshold), count(p.Automated), count(c.Total), c.unit(), count(p.Errors),
		percent(p.precision()), short(c.level()*100), percent(number(p.Low)))
	return lead, details
}
