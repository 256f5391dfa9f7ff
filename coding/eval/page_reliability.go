package eval

import (
	"fmt"
	"math"
)

// reliability is the drawing of a PageReliability.
type reliability struct {
	System, Caption string
	Frame           frame
	Diagonal        [4]string // x1, y1, x2, y2 of perfect calibration
	Bins            []binMark
	Table           grid
	Histogram       *histogram
}

type binMark struct {
	X, Y, Low, High string // High "": no interval
	Title           string
}

func newReliability(s PageSystem) reliability {
	p := s.Reliability
	r := reliability{System: s.Name, Caption: reliabilityCaption(p)}
	x, y := reliabilityAxes(p.Bins)
	r.Frame = frame{440, 336, 52, 425, 24, 288, x.ticks(6), y.ticks(6)}
	r.Diagonal = [4]string{px(x.from), px(y.from), px(x.to), px(y.to)}
	for _, b := range p.Bins {
		if math.IsNaN(b.Mean) || math.IsNaN(b.Accuracy) {
			continue
		}
		m := binMark{X: px(x.at(b.Mean)), Y: px(y.at(b.Accuracy)), Title: binTitle(b)}
		if b.Wilson.known() {
			m.Low, m.High = px(y.at(b.Wilson.Low)), px(y.at(b.Wilson.High))
		}
		r.Bins = append(r.Bins, m)
	}
	r.Table = binTable(s, p.Bins)
	if len(p.Histogram) > 0 {
		r.Histogram = newHistogram(p.Histogram)
	}
	return r
}

// reliabilityAxes are of one scale, so that the diagonal means calibration.
func reliabilityAxes(bins []PageBin) (x, y axis) {
	var shares []float64
	for _, b := range bins {
		shares = append(shares, b.Mean, b.Accuracy)
		if b.Wilson.known() {
			shares = append(shares, b.Wilson.Low)
		}
	}
	lo := percentAxis(0.1, shares...)
	return axis{lo, 1, 62, 415}, axis{lo, 1, 278, 34}
}

func reliabilityCaption(p *PageReliability) string {
	n := 0
	for _, b := range p.Bins {
		n += b.N
	}
	s := fmt.Sprintf("%s answers in %d bins of equal mass. Expected calibration error (ECE) %s", count(n), len(p.Bins), decimal(p.ECE))
	if p.ECEInterval.known() {
		s += ", 95 % interval " + p.ECEInterval.text(decimal)
	}
	s += ". Whiskers are 95 % Wilson intervals; points below the diagonal are overconfident."
	if p.Caption != "" {
		s += " " + p.Caption
	}
	return s
}

func binTitle(b PageBin) string {
	s := fmt.Sprintf("mean confidence %s, accuracy %s, n %s", percent(b.Mean), percent(b.Accuracy), count(b.N))
	if b.Wilson.known() {
		s += ", 95 % interval " + b.Wilson.text(percent)
	}
	return s
}

func binTable(s PageSystem, bins []PageBin) grid {
	g := grid{Caption: s.Name + ": bins of the reliability diagram", Columns: []gridColumn{
		{Name: "Bin", Number: true}, {Name: "n", Number: true}, {Name: "Mean confidence", Number: true},
		{Name: "Accuracy", Number: true}, {Name: "95 % interval"},
	}}
	for i, b := range bins {
		g.add(text(count(i+1)), text(count(b.N)), text(percent(b.Mean)), text(percent(b.Accuracy)), text(b.Wilson.text(percent)))
	}
	return g
}

// histogram is the drawing of how often which confidence was stated.
type histogram struct {
	Frame frame
	Bars  []histogramBar
}

// histogramBar is a bar of right answers with the wrong ones on top.
type histogramBar struct {
	X, Width                                 string
	RightY, RightHeight, WrongY, WrongHeight string
	Title                                    string
}

func newHistogram(bars []PageBar) *histogram {
	most := 1
	for _, b := range bars {
		most = max(most, b.N)
	}
	x, y := axis{0, 1, 62, 415}, axis{0, float64(most), 100, 24}
	h := &histogram{Frame: frame{440, 148, 52, 425, 20, 100, x.ticks(6), y.counts()}}
	for i, b := range bars {
		from, to := float64(i)/float64(len(bars)), float64(i+1)/float64(len(bars))
		right, all := y.at(float64(b.Right)), y.at(float64(b.N))
		if b.N > 0 {
			all = min(all, y.from-1) // a rare confidence is still visible
		}
		h.Bars = append(h.Bars, histogramBar{
			X: px(x.at(from) + 0.5), Width: px(x.at(to) - x.at(from) - 1),
			RightY: px(right), RightHeight: px(y.from - right), WrongY: px(all), WrongHeight: px(max(right-all, 0)),
			Title: fmt.Sprintf("confidence %s to %s: %s answers, %s wrong", percent(from), percent(to), count(b.N), count(b.N-b.Right)),
		})
	}
	return h
}
