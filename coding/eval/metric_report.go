package eval

import (
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/coding/exchange"
)

var policies = []coding.Policy{coding.Indication, coding.Official}

// sequenceMetrics ask whether the right diagnosis is listed first.
func sequenceMetrics() []Metric {
	var out []Metric
	for _, p := range policies {
		name, title := "primary."+string(p), "First-listed, policy "+string(p)
		out = append(out,
			Metric{
				Name: name + ".accuracy", Title: title, Headline: true, Doc: "reports whose first diagnosis under the policy is a gold first-listed one / reports with a gold first-listed diagnosis",
				Count: sequenced(p, func(place int) (float64, float64) { return boolean(place == 0), 1 }),
			},
			Metric{
				Name: name + ".listed", Title: title + ", anywhere", Doc: "reports that list a gold first-listed diagnosis in any place under the policy / reports with a gold first-listed diagnosis",
				Count: sequenced(p, func(place int) (float64, float64) { return boolean(place >= 0), 1 }),
			},
			Metric{
				Name: name + ".sequencing", Title: title + ", order alone",
				Doc:   "reports whose first diagnosis is a gold first-listed one / reports that list one in any place: what the order alone gets right",
				Count: sequenced(p, func(place int) (float64, float64) { return boolean(place == 0), boolean(place >= 0) }),
			})
	}
	return out
}

// sequenced finds the place of the first-listed gold diagnosis in a policy's
// sequence, -1 when it is not there.
func sequenced(p coding.Policy, of func(place int) (num, den float64)) func(*Case) (float64, float64) {
	return func(c *Case) (float64, float64) {
		gold, sequence, ok := c.primary(p)
		if !ok {
			return 0, 0
		}
		return of(slices.IndexFunc(sequence, func(code string) bool { return acceptedBy(gold, code) }))
	}
}

// primary is the gold first-listed diagnosis and the predicted sequence of a
// policy; ok is false where one of them is not known.
func (c *Case) primary(p coding.Policy) (gold []exchange.GoldCode, sequence []string, ok bool) {
	if c.Gold == nil || len(c.Gold.Primary[p]) == 0 {
		return nil, nil, false
	}
	sequence, ok = c.Prediction.sequence(p)
	return c.Gold.Primary[p], sequence, ok
}

// sequence is the order of diagnoses under a policy. A coder that tells none is
// taken at the order of its diagnoses, which are those of the official claim.
func (p *Prediction) sequence(policy coding.Policy) ([]string, bool) {
	sequence, ok := p.Sequence[policy]
	if ok || policy != coding.Official || p.ICD10CM == nil {
		return sequence, ok
	}
	for _, a := range p.ICD10CM {
		sequence = append(sequence, a.Code)
	}
	return sequence, true
}

func acceptedBy(gold []exchange.GoldCode, code string) bool {
	return slices.ContainsFunc(gold, func(g exchange.GoldCode) bool { return g.Accepts(code) })
}

// flagMetrics compare flags as sets; flags that are optional in the gold are
// neither hit nor miss. The table of flags has them one by one.
func flagMetrics() []Metric {
	sums := func(of func(counts) (num, den float64)) func(*Case) (float64, float64) {
		return func(c *Case) (float64, float64) {
			var sum counts
			for _, f := range c.flags() {
				sum.hit += f.hit
				sum.extra += f.extra
				sum.missed += f.missed
			}
			return of(sum)
		}
	}
	return []Metric{
		{Name: "flags.micro.p", Title: "Flags precision", Doc: "raised flags that are gold / raised flags, optional ones left out", Count: sums(func(c counts) (float64, float64) { return c.hit, c.hit + c.extra })},
		{Name: "flags.micro.r", Title: "Flags recall", Doc: "gold flags that were raised / gold flags", Count: sums(func(c counts) (float64, float64) { return c.hit, c.hit + c.missed })},
		{Name: "flags.micro.f1", Title: "Flags micro-F1", Headline: true, Doc: "2 hits / (2 hits + extra + missed) over all flags of all reports", Count: sums(func(c counts) (float64, float64) { return 2 * c.hit, 2*c.hit + c.extra + c.missed })},
	}
}

// flagCount is what became of one flag in a report.
type flagCount struct {
	id string
	counts
}

// flags compares the flags of a report, sorted by id; nil where gold or
// prediction have none to compare.
func (c *Case) flags() []flagCount {
	if c.Gold == nil || c.Gold.Flags == nil || c.Prediction.Flags == nil {
		return nil
	}
	ids := slices.Concat(c.Gold.Flags, c.Prediction.Flags)
	slices.Sort(ids)
	var out []flagCount
	for _, id := range slices.Compact(ids) {
		gold, raised := slices.Contains(c.Gold.Flags, id), slices.Contains(c.Prediction.Flags, id)
		switch {
		case gold && raised:
			out = append(out, flagCount{id, counts{hit: 1}})
		case gold:
			out = append(out, flagCount{id, counts{missed: 1}})
		case !slices.Contains(c.Gold.FlagsOptional, id):
			out = append(out, flagCount{id, counts{extra: 1}})
		}
	}
	return out
}

// dispositionMetrics ask what the coder would have billed without a look.
func dispositionMetrics() []Metric {
	known := func(c *Case) bool { return c.Prediction.Disposition != "" && c.scored() }
	auto := func(c *Case) bool { return known(c) && c.Prediction.Disposition == coding.Auto }
	return []Metric{
		{
			Name: "auto.share", Title: "Automated", Doc: "reports with disposition auto / reports",
			Count: func(c *Case) (float64, float64) { return boolean(auto(c)), boolean(known(c)) },
		},
		{
			Name: "auto.errors", Title: "Automated with an error", Lower: true, Doc: "reports with disposition auto that have a missed or an extra code / reports with disposition auto",
			Count: func(c *Case) (float64, float64) { return boolean(auto(c) && len(c.Errors) > 0), boolean(auto(c)) },
		},
	}
}
