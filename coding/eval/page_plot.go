package eval

import (
	"math"
	"strconv"
)

// axis maps values from lo to hi onto pixels.
type axis struct{ lo, hi, from, to float64 }

// at is the pixel of a value; values beyond the ends stay at the ends.
func (a axis) at(v float64) float64 {
	v = min(max(v, a.lo), a.hi)
	return a.from + (v-a.lo)/(a.hi-a.lo)*(a.to-a.from)
}

// tick is a labelled place on an axis.
type tick struct{ At, Label string }

// ticks are at most most round shares between the ends, in percent.
func (a axis) ticks(most int) []tick {
	step := 0.5
	for _, s := range []float64{0.01, 0.02, 0.05, 0.1, 0.2, 0.25} {
		if (a.hi-a.lo)/s <= float64(most)-1+1e-9 {
			step = s
			break
		}
	}
	var out []tick
	for i := math.Ceil(a.lo/step - 1e-9); i*step <= a.hi+1e-9; i++ {
		out = append(out, tick{px(a.at(i * step)), strconv.Itoa(int(math.Round(i*step*100))) + " %"})
	}
	return out
}

// counts are the ticks of an axis of whole numbers: nothing and two or fewer
// round numbers above.
func (a axis) counts() []tick {
	step := math.Pow(10, math.Floor(math.Log10(max(a.hi, 1))))
	if a.hi/step < 2 {
		step = max(step/2, 1)
	} else if a.hi/step >= 5 {
		step *= 5
	}
	var out []tick
	for v := 0.0; v <= a.hi && len(out) < 4; v += step {
		out = append(out, tick{px(a.at(v)), count(int(v))})
	}
	return out
}

// frame is the drawing area of a plot and its axes.
type frame struct {
	Width, Height            float64
	Left, Right, Top, Bottom float64
	X, Y                     []tick
}

// percentAxis is where the axis of shares begins so that the smallest stays
// visible: on a multiple of step, at least one below 1.
func percentAxis(step float64, shares ...float64) (lo float64) {
	lo = 1 - step
	for _, v := range shares {
		if v < lo { // false for NaN
			lo = max(math.Floor(v/step+1e-9)*step, 0)
		}
	}
	return lo
}

// px writes a pixel coordinate.
func px(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', -1, 64) }
