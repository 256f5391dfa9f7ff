package eval

import (
	"math"

	"gonum.org/v1/gonum/mathext"
)

// normalQuantile is the z below which the standard normal distribution has mass p.
func normalQuantile(p float64) float64 { return math.Sqrt2 * math.Erfinv(2*p-1) }

// normalBelow is the mass of the standard normal distribution below z.
func normalBelow(z float64) float64 { return math.Erfc(-z/math.Sqrt2) / 2 }

// studentQuantile is the t below which Student's distribution with df degrees of
// freedom has mass p: t² = df (1-x)/x, where x is the quantile 2p of Beta(df/2, 1/2)
// and p is at most one half (Abramowitz & Stegun 26.7.1).
func studentQuantile(p, df float64) float64 {
	if p > 0.5 {
		return -studentQuantile(1-p, df)
	}
	x := mathext.InvRegIncBeta(df/2, 0.5, 2*p)
	return -math.Sqrt(df * (1 - x) / x)
}

// studentBelow is the mass of Student's distribution with df degrees of freedom below t.
func studentBelow(t, df float64) float64 {
	outside := mathext.RegIncBeta(df/2, 0.5, df/(df+t*t))
	if t > 0 {
		return 1 - outside/2
	}
	return outside / 2
}
