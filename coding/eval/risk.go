package eval

// AURC is the area under the risk-coverage curve; see Ranking.AURC.
func AURC(answers []Scored, weights []float64) float64 { return Rank(answers).AURC(weights) }

// AURC is the area under the risk-coverage curve (Geifman & El-Yaniv 2017,
// NeurIPS): the mean, over the answers, of the error rate among all that are at
// least as sure. Lower is better; confidences that say nothing give the error
// rate. Answers of equal confidence enter together, at the risk after the last
// of them: no threshold can take some and leave others, and in a resample an
// answer that was drawn twice ties with itself.
func (r Ranking) AURC(weights []float64) float64 {
	area, mass, wrong := 0.0, 0.0, 0.0
	for i := len(r.answers) - 1; i >= 0; {
		m, right, next := r.level(i, -1, weights)
		i = next
		if m == 0 {
			continue
		}
		mass += m
		wrong += m - right
		area += m * wrong / mass
	}
	return area / mass
}

// RiskPoint is what happens if only answers with a confidence of at least
// Threshold are kept.
type RiskPoint struct {
	Threshold    float64
	Coverage     float64 // part of all answers that is kept
	Precision    float64 // part of the kept answers that is right
	PrecisionLow float64 // one-sided Wilson lower bound of Precision
	N, Right     int     // answers kept, and right among them
}

// RiskCurve is one point per distinct confidence, the highest first. level is
// that of the lower bound, such as 0.95; it takes answers to be independent and
// holds for one threshold chosen beforehand.
func RiskCurve(answers []Scored, level float64) []RiskPoint {
	r := Rank(answers)
	var out []RiskPoint
	p := RiskPoint{}
	for i := len(r.answers) - 1; i >= 0; {
		p.Threshold = r.answers[i].Confidence
		n, right, next := r.level(i, -1, nil)
		i = next
		p.N += int(n)
		p.Right += int(right)
		p.Coverage = float64(p.N) / float64(len(answers))
		p.Precision = float64(p.Right) / float64(p.N)
		p.PrecisionLow = WilsonLower(p.Right, p.N, level)
		out = append(out, p)
	}
	return out
}

// CoverageAt finds how much can be kept at a precision: point is that of the
// largest coverage whose Precision reaches it, certified that of the largest
// coverage whose PrecisionLow does. ok and okCertified say whether there is one.
// The bound holds for one threshold, and here the best of many is chosen by it,
// which is hopeful: what the threshold is worth should be measured on other answers.
func CoverageAt(answers []Scored, precision, level float64) (point, certified RiskPoint, ok, okCertified bool) {
	for _, p := range RiskCurve(answers, level) {
		if p.Precision >= precision {
			point, ok = p, true
		}
		if p.PrecisionLow >= precision {
			certified, okCertified = p, true
		}
	}
	return point, certified, ok, okCertified
}
