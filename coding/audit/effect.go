package audit

import (
	"cmp"
	"math"
	"slices"

	"github.com/radcode/radcode/coding"
	"github.com/radcode/radcode/index"
)

// facilities are places of service whose payment rests on the facility total (CMS
// Claims Processing Manual, chapter 12, section 20.4.2).
var facilities = []string{"02", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"}

// addPriced adds a difference between services with what it is worth: c was billed,
// o is supported, nil for none.
func (r *review) addPriced(d Difference, c, o *service) {
	d.Direction = Uncertain
	switch {
	case c == nil:
		d.Direction = Under
	case o == nil:
		d.Direction = Over
	}
	if d.Type == Laterality && c != nil && o == nil {
		d.Direction = Over // the second side
	}
	billed, okBilled := r.worth(c)
	due, okDue := r.worth(r.inComponent(o, c))
	if okBilled && okDue {
		d.Effect = &Effect{billed.Work - due.Work, billed.Total - due.Total}
		switch {
		case d.Effect.Total < 0:
			d.Direction = Under
		case d.Effect.Total > 0:
			d.Direction = Over
		default:
			d.Direction = Same
		}
	}
	r.add(d)
}

// inComponent takes 26 or TC over from the claim where the metadata do not say whose
// the equipment is: what was billed elsewhere is not judged.
func (r *review) inComponent(o, c *service) *service {
	if o == nil || knowsComponent(&r.pair.Report.Meta) {
		return o
	}
	with := *o
	with.others = slices.DeleteFunc(slices.Clone(o.others), func(m string) bool { return m == "26" || m == "TC" })
	switch component := r.billedComponent(c); component {
	case "26", "TC":
		with.others = append(with.others, component)
	}
	return &with
}

// billedComponent is that of a line, or without one that of the claim's first line.
func (r *review) billedComponent(c *service) string {
	if c != nil {
		return componentOf(c.others)
	}
	if len(r.pair.Claim.Lines) > 0 {
		return componentOf(r.pair.Claim.Lines[0].Modifiers)
	}
	return ""
}

// reduced is what a fee is worth where the service was done, less what Medicare keeps of the second and
// each further study of a session: of the professional and the technical component each, as the checks of the claim say.
// A code whose components the table does not price is not reduced.
func (r *review) reduced(s *service, fee index.Fee, component, date string) Effect {
	inFacility := slices.Contains(facilities, r.pair.Report.Meta.PlaceOfService)
	total := func(f index.Fee) int {
		if inFacility {
			return f.Facility
		}
		return f.NonFacility
	}
	out := Effect{fee.Work, total(fee)}
	reduction := r.reductionOf(s)
	if reduction == nil {
		return out
	}
	part := func(n int, share float64) int { return int(math.Round(float64(n) * share)) }
	switch component {
	case "26":
		return Effect{part(fee.Work, reduction.PC), part(out.Total, reduction.PC)}
	case "TC":
		return Effect{part(fee.Work, reduction.TC), part(out.Total, reduction.TC)}
	}
	fees := r.payments.On(index.FeeTable, index.AnySetting, date)
	pc, okPC := fees.Fee(s.code, "26", date)
	tc, okTC := fees.Fee(s.code, "TC", date)
	if !okPC || !okTC {
		return out
	}
	return Effect{part(fee.Work, reduction.PC), part(total(pc), reduction.PC) + part(total(tc), reduction.TC)}
}

// reductionOf is the reduction of the line of a service, ours or the claim's; nil for none.
func (r *review) reductionOf(s *service) *coding.Reduction {
	lines := r.billedLines
	if s.ours {
		lines = r.result.Claim.Lines
	}
	if s.line < 1 || s.line > len(lines) || len(r.billedLines) == 0 {
		return nil // without checks neither side is reduced
	}
	return lines[s.line-1].MPPR
}

// worth is what a service is paid by the fee schedule on the date of service, ok
// false where no table says it. A half of a line for both sides counts half of the 150 % that it is
// paid with (bilateral indicator 1), else as one.
func (r *review) worth(s *service) (Effect, bool) {
	if s == nil {
		return Effect{}, true
	}
	meta := r.pair.Report.Meta
	date, component := cmp.Or(meta.DateOfService, r.today), componentOf(s.others)
	fee, ok := r.payments.On(index.FeeTable, index.AnySetting, date).Fee(s.code, component, date)
	if !ok {
		return Effect{}, false
	}
	out := r.reduced(s, fee, component, date)
	units := s.units
	out.Work, out.Total = out.Work*units, out.Total*units
	if s.half && fee.Bilateral == '1' {
		out.Work, out.Total = out.Work*3/4, out.Total*3/4
	}
	return out, true
}
