package coding

import (
	"slices"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

// What Medicare pays of the second and each further imaging study of a session (CMS Claims Processing Manual
// ch. 13 s. 20; 42 CFR 414.50; the professional share since 2017).
var furtherStudy = Reduction{PC: 0.95, TC: 0.50}

// imagingFamily is the family of the fee schedule whose codes are reduced.
const imagingFamily = "88"

// reductions returns what is paid of each line that is not the first of its session among studies that are
// reduced; nil for the others. The first is the one with the most work, or with the smallest code where no fee
// schedule tells.
func (c *claimCase) reductions() []*Reduction {
	out := make([]*Reduction, len(c.lines))
	var reduced []int
	for i := range c.lines {
		if c.isReduced(&c.lines[i]) {
			reduced = append(reduced, i)
		}
	}
	slices.SortStableFunc(reduced, func(a, b int) int { return c.compareLines(a, b, c.work) })
	opened := map[int]bool{}
	for _, i := range reduced {
		if session := c.lines[i].session; opened[session] {
			r := furtherStudy
			out[i] = &r
		} else {
			opened[session] = true
		}
	}
	return out
}

// isReduced reports whether a line counts among the studies of a session that are reduced. One that was done
// in another session does not.
func (c *claimCase) isReduced(l *caseLine) bool {
	if l.has("59", "XE") {
		return false
	}
	if f, ok := c.fees.Fee(l.code, "", c.date); ok {
		return f.Family == imagingFamily
	}
	return l.procedure != nil && c.e.isReducedImaging(l.procedure)
}

// work is the physician's work of a line in relative value units, hundredths.
func (c *claimCase) work(l *caseLine) int {
	f, _ := c.fees.Fee(l.code, "", c.date)
	return f.Work
}

// value is all of a line's relative value units, hundredths: what its modifiers leave of it, where it was done.
func (c *claimCase) value(l *caseLine) int {
	f, ok := index.Fee{}, false
	for _, m := range c.modifiersOf(l, "component", "reduced") {
		if f, ok = c.fees.Fee(l.code, m, c.date); ok {
			break
		}
	}
	if !ok {
		f, _ = c.fees.Fee(l.code, "", c.date)
	}
	if facilitySetting[c.meta.PlaceOfService] {
		return f.Facility
	}
	return f.NonFacility
}

// compareLines puts the line with the greater value first, ties by code.
func (c *claimCase) compareLines(a, b int, value func(*caseLine) int) int {
	x, y := &c.lines[a], &c.lines[b]
	if d := value(y) - value(x); d != 0 {
		return d
	}
	switch {
	case x.code < y.code:
		return -1
	case x.code > y.code:
		return 1
	}
	return 0
}

// inPaymentOrder returns the indexes of the lines as they are paid: the greatest value first. Without a fee
// schedule they stay as they are.
func (c *claimCase) inPaymentOrder() []int {
	order := make([]int, len(c.lines))
	for i := range order {
		order[i] = i
	}
	if c.fees != nil {
		slices.SortStableFunc(order, func(a, b int) int { return c.compareLines(a, b, c.value) })
	}
	return order
}

// isReducedImaging tells the studies that are reduced by their axes where no fee schedule does: CT and MR, and
// ultrasound of chest, abdomen and pelvis. A test holds it against the published list; nuclear medicine, of which the
// list has a few, is told by a schedule alone.
func (e *Engine) isReducedImaging(p *lexicon.Procedure) bool {
	is := func(name string) bool { return mentionsConcept(p.Modality, e.lex.Lookup(lexicon.Modality, name)) }
	if len(p.Component) > 0 || slices.Contains(paidInFull, p.Code) {
		return false
	}
	return is("ct") || is("mr") || is("us") && slices.Contains(reducedUltrasound, p.Code)
}

// Where the axes say too little: the ultrasound studies that are reduced, and what CT and MR are not (limited studies,
// measurements, computations on pictures taken before).
var (
	reducedUltrasound = []string{"76604", "76700", "76705", "76770", "76775", "76776", "76831", "76856", "76857", "76870", "76978", "76981", "76982"}
	paidInFull        = []string{"75580", "75984", "76145", "76380", "77073", "77078", "77084", "G0288"}
)
