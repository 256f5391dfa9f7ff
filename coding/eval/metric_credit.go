package eval

// creditMetrics say how near the misses are and in which stage they happened.
func creditMetrics(t int) []Metric {
	name, title := tasks[t].name, tasks[t].title
	out := []Metric{{
		Name: name + ".credit", Title: title + " with partial credit",
		Doc:   "(hits + credit for wrong codes that are nearly right) / required gold codes; the credit of each relation stands in its definition",
		Count: credit(t),
	}}
	for _, r := range relations {
		if r.System == tasks[t].system && r.Credit > 0 {
			out = append(out, Metric{
				Name: name + ".partial." + r.Name, Title: title + " missed by " + r.Name, Lower: true,
				Doc:   "missed gold codes in whose place stands a code with this relation / required gold codes: " + r.Doc,
				Count: missedAs(t, func(e CodeError) bool { return e.Relation == r.Name }),
			})
		}
	}
	for _, s := range stages {
		out = append(out, Metric{
			Name: name + ".lost." + s.name, Title: title + " lost in " + s.name, Lower: true,
			Doc:   "gold codes missed in this stage / required gold codes: " + s.doc,
			Count: missedAs(t, func(e CodeError) bool { return e.Stage == s.name }),
		})
	}
	return out
}

// missedAs counts missed gold codes with a property.
func missedAs(t int, is func(CodeError) bool) func(*Case) (float64, float64) {
	return func(c *Case) (num, den float64) {
		o := c.outcomes[t]
		if o == nil {
			return 0, 0
		}
		for _, e := range c.Errors {
			if e.System == tasks[t].name && e.Gold != "" && is(e) {
				num++
			}
		}
		return num, o.hits() + o.misses()
	}
}

func credit(t int) func(*Case) (float64, float64) {
	worth := map[string]float64{}
	for _, r := range relations {
		if r.System == tasks[t].system {
			worth[r.Name] = r.Credit
		}
	}
	return func(c *Case) (num, den float64) {
		o := c.outcomes[t]
		if o == nil {
			return 0, 0
		}
		num = o.hits()
		for _, e := range c.Errors {
			if e.System == tasks[t].name && e.Gold != "" {
				num += worth[e.Relation]
			}
		}
		return num, o.hits() + o.misses()
	}
}
