package eval

import "slices"

// normalFinding is the label of a chest film that shows nothing abnormal.
const normalFinding = "normal"

// findingMetrics compare what chest films show: the findings one by one, and
// whether there is anything abnormal at all.
func findingMetrics() []Metric {
	sums := func(of func(counts) (num, den float64)) func(*Case) (float64, float64) {
		return func(c *Case) (float64, float64) { return of(c.findings()) }
	}
	return []Metric{
		{Name: "findings.micro.p", Title: "Findings precision", Doc: "findings that are gold / findings named, over all reports; normal is no finding", Count: sums(func(c counts) (float64, float64) { return c.hit, c.hit + c.extra })},
		{Name: "findings.micro.r", Title: "Findings recall", Doc: "gold findings that were named / gold findings; normal is no finding", Count: sums(func(c counts) (float64, float64) { return c.hit, c.hit + c.missed })},
		{Name: "findings.micro.f1", Title: "Findings micro-F1", Headline: true, Doc: "2 hits / (2 hits + extra + missed) over all findings of all reports; normal is no finding", Count: sums(func(c counts) (float64, float64) { return 2 * c.hit, 2*c.hit + c.extra + c.missed })},
		{
			Name: "findings.normal.accuracy", Title: "Normal or abnormal", Headline: true, Doc: "reports that are rightly called normal or abnormal / reports with gold findings",
			Count: func(c *Case) (float64, float64) {
				if !c.hasFindings() {
					return 0, 0
				}
				return boolean(isNormal(c.Gold.Findings) == isNormal(c.Prediction.Findings)), 1
			},
		},
	}
}

func isNormal(findings []string) bool { return slices.Contains(findings, normalFinding) }

func (c *Case) hasFindings() bool {
	return c.Gold != nil && c.Gold.Findings != nil && c.Prediction.Findings != nil
}

// findings counts what became of the findings of a report.
func (c *Case) findings() counts {
	var out counts
	if !c.hasFindings() {
		return out
	}
	all := slices.Concat(c.Gold.Findings, c.Prediction.Findings)
	slices.Sort(all)
	for _, f := range slices.Compact(all) {
		gold, named := slices.Contains(c.Gold.Findings, f), slices.Contains(c.Prediction.Findings, f)
		switch {
		case f == normalFinding:
		case gold && named:
			out.hit++
		case gold:
			out.missed++
		default:
			out.extra++
		}
	}
	return out
}
