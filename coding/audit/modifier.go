package audit

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/nlp"
)

// distinct are the ways to say that a service was separate: any of them will do.
var distinct = []string{"59", "XE", "XS", "XP", "XU"}

// judged are the modifiers that the engine reads from reports; of others it knows
// nothing, and they are not compared.
var judged = slices.Concat([]string{"52", "53", "76", "77", "GG", "GH"}, distinct)

// sameService compares what stands behind equal codes and reports whether all agrees.
func (r *review) sameService(o, c *service) bool {
	before := len(r.out.Differences)
	if !r.pair.Claim.NoModifiers {
		r.sides(o, c)
		r.components(o, c)
		r.otherModifiers(o, c)
	}
	if o.units != c.units {
		d := r.behind(Units, o, c, o.evidence())
		d.Message = fmt.Sprintf("%s is billed with %d units, the report describes %d", c.code, c.units, o.units)
		r.addPriced(d, c, o)
	}
	return len(r.out.Differences) == before
}

// behind begins a difference between lines of equal codes.
func (r *review) behind(kind string, o, c *service, at []coding.Evidence) Difference {
	confidence, certified := r.sure(o)
	return Difference{Type: kind, System: systemCPT, Line: c.line, Coded: c.name, Supported: o.name, Confidence: confidence, Certified: certified, Words: r.quotes(at)}
}

// sides compares RT, LT and 50.
func (r *review) sides(o, c *service) {
	p := r.lex.Procedure(c.code)
	switch {
	case p.Side == "bi" && c.half:
		d := r.behind(Modifier, o, c, nil)
		d.Basis, d.Message = Rule, fmt.Sprintf("%s is for both sides: it takes no modifier for them", c.code)
		r.addPriced(d, c, o)
	case o.side == c.side:
	case p.Side != "uni":
		d := r.behind(Modifier, o, c, nil)
		d.Message = fmt.Sprintf("%s is not coded by side", c.code)
		r.addPriced(d, c, o)
	case c.side == "":
		d := r.behind(Laterality, o, c, o.factsOf("laterality"))
		d.Message = fmt.Sprintf("the report describes %s, the claim names no side", sideNames[o.side])
		r.addPriced(d, c, o)
	case o.side == "":
		d := r.behind(Laterality, o, c, nil)
		d.Message = fmt.Sprintf("billed for %s, the report names no side", sideNames[c.side])
		r.addPriced(d, c, o)
	default:
		d := r.behind(Laterality, o, c, o.factsOf("laterality"))
		d.Message = fmt.Sprintf("billed for %s, the report describes %s", sideNames[c.side], sideNames[o.side])
		r.addPriced(d, c, o)
	}
}

// components compares 26 and TC. Whose the equipment is stands in no report: without
// metadata that say it nothing is compared.
func (r *review) components(o, c *service) {
	ours, billed := componentOf(o.others), componentOf(c.others)
	d := r.behind(Component, o, c, nil)
	switch {
	case billed == "26+TC":
		d.Basis, d.Message = Rule, "26 and TC stand on one line: together they are the whole service, without a modifier"
	case billed != "" && !r.lex.SplitsComponents(c.code):
		d.Basis, d.Message = Rule, fmt.Sprintf("%s is billed in one piece: it takes neither 26 nor TC", c.code)
	case ours == billed || !knowsComponent(&r.pair.Report.Meta):
		return
	case ours != "":
		d.Message = fmt.Sprintf("modifier %s is due (%s), the claim has %s", ours, r.setting(), cmp.Or(billed, "none"))
		d.Words = []Quote{{Section: "metadata", Text: r.setting()}}
	default:
		d.Message = fmt.Sprintf("the whole service is due (%s), the claim has %s", r.setting(), billed)
		if r.pair.Report.Meta.Component != "" { // a film of an office may still be read by somebody else
			d.Words = []Quote{{Section: "metadata", Text: r.setting()}}
		}
	}
	r.addPriced(d, c, o)
}

// knowsComponent reports whether the metadata say who owns the equipment.
func knowsComponent(m *nlp.Meta) bool { return m.Component != "" || m.PlaceOfService != "" }

func (r *review) setting() string {
	if c := r.pair.Report.Meta.Component; c != "" {
		return "component " + c
	}
	return "place of service " + r.pair.Report.Meta.PlaceOfService
}

func componentOf(modifiers []string) string {
	var out []string
	for _, m := range []string{"26", "TC"} {
		if slices.Contains(modifiers, m) {
			out = append(out, m)
		}
	}
	return strings.Join(out, "+")
}

// otherModifiers compares the rest, one by one.
func (r *review) otherModifiers(o, c *service) {
	for _, m := range c.others {
		if m != "26" && m != "TC" && !slices.Contains(judged, m) {
			r.out.NotJudged = append(r.out.NotJudged, c.code+"-"+m)
		}
	}
	for _, m := range judged {
		ours, billed := says(o.others, m), says(c.others, m)
		if ours == billed || slices.Contains(distinct, m) && (!slices.Contains(c.others, m) && !slices.Contains(o.others, m)) {
			continue
		}
		if ours && !slices.Contains(o.others, m) || billed && !slices.Contains(c.others, m) {
			continue // the other of two names for it is told
		}
		d := r.behind(Modifier, o, c, nil)
		d.Message = fmt.Sprintf("modifier %s is billed, and the report does not bear it out", m)
		if ours {
			reason, at := reasonOf(o, m)
			d.Words = r.quotes(at)
			d.Message = fmt.Sprintf("modifier %s is missing: %s", m, reason)
		}
		r.addPriced(d, c, o)
	}
}

// says reports whether a modifier, or one that means the same, is there.
func says(modifiers []string, m string) bool {
	if slices.Contains(distinct, m) {
		return slices.ContainsFunc(modifiers, func(x string) bool { return slices.Contains(distinct, x) })
	}
	return slices.Contains(modifiers, m)
}

// reasonOf is why we give a modifier, and where the report says so.
func reasonOf(o *service, code string) (string, []coding.Evidence) {
	if o.exam != nil {
		for _, m := range o.exam.Modifiers {
			if m.Code == code {
				return m.Reason, m.Evidence
			}
		}
	}
	return "the claim as we read it has it", nil
}
