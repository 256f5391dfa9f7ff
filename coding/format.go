package coding

import (
	"fmt"
	"math"
	"strings"
)

// String prints a count of views as a person writes it: 2, 2-3, 4+.
func (v Views) String() string {
	switch {
	case v.Min == 0:
		return ""
	case v.Max == 0:
		return fmt.Sprintf("%d+", v.Min)
	case v.Min == v.Max:
		return fmt.Sprint(v.Min)
	}
	return fmt.Sprintf("%d-%d", v.Min, v.Max)
}

// round keeps JSON short and equal on every platform.
func round(v float64, digits int) float64 {
	scale := math.Pow10(digits)
	return math.Round(v*scale) / scale
}

// cleanTitle makes one line of an exam name.
func cleanTitle(s string) string {
	return strings.Trim(strings.Join(strings.Fields(s), " "), " ,;.:*")
}
