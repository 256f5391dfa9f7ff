package eval

import (
	"math"
	"strconv"
)

// undefined is shown for what has no value.
const undefined = "–"

// percent writes a share: "93.1 %".
func percent(v float64) string {
	if math.IsNaN(v) {
		return undefined
	}
	return tenths(v*100) + " %"
}

// tenths writes a number with one decimal, halves up as page/curve.js does.
func tenths(v float64) string { return strconv.FormatFloat(math.Round(v*10)/10, 'f', 1, 64) }

// decimal writes a number with three decimals.
func decimal(v float64) string {
	if math.IsNaN(v) {
		return undefined
	}
	return strconv.FormatFloat(v, 'f', 3, 64)
}

// short writes a number with up to four decimals, as page/curve.js does.
func short(v float64) string {
	return strconv.FormatFloat(math.Round(v*1e4)/1e4, 'f', -1, 64)
}

// count writes a whole number with commas between thousands.
func count(n int) string {
	if n < 0 {
		return "-" + count(-n)
	}
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// amount writes a count that may have a fraction, as partial credit has.
func amount(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1<<53 {
		return count(int(v))
	}
	return short(v)
}

// known says whether there is an interval.
func (i PageInterval) known() bool {
	return i != PageInterval{} && !math.IsNaN(i.Low) && !math.IsNaN(i.High)
}

// text writes an interval with the numbers written by write; "" when unknown.
func (i PageInterval) text(write func(float64) string) string {
	if !i.known() {
		return ""
	}
	return write(i.Low) + " to " + write(i.High)
}
