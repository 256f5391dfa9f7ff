package audit

import (
	"cmp"
	"slices"
	"strings"

	"github.com/radcode/radcode/coding"
)

// typeAxis is the axis of exams that a type is about.
var typeAxis = map[string]string{Contrast: "contrast", Views: "views", Laterality: "laterality", Extent: "extent"}

// against are types that rest on what the report does not say.
var against = []string{Extra, Unsupported, Units, MoreSpecific}

// reservations are why we do not stand by a difference: a wrong accusation is dear, so any
// of them makes it "worth a look". The first that holds is told.
var reservations = []struct {
	doc   string
	holds func(r *review, d *Difference) bool
}{
	{"what speaks against a code is not calibrated: a person should look", func(_ *review, d *Difference) bool {
		return slices.Contains(against, d.Type) || d.Type == Different && d.System == systemICD || d.Type == Modifier && len(d.Words) == 0
	}},
	{"our confidence is below what is certified", func(_ *review, d *Difference) bool { return d.Confidence < d.Certified }},
	{"the report does not say it in words", func(_ *review, d *Difference) bool { return len(d.Words) == 0 }},
	{"the report leaves it open or contradicts itself", func(r *review, d *Difference) bool {
		return r.flagged(func(f *coding.Flag) bool { return f.Axis != "" && f.Axis == typeAxis[d.Type] })
	}},
	{"the report cannot be read for sure", func(r *review, d *Difference) bool {
		return r.flagged(func(f *coding.Flag) bool {
			return slices.Contains(unreadable, f.ID) || d.System == systemCPT && slices.Contains(unclearExam, f.ID)
		})
	}},
	{"the two policies differ in it", func(r *review, d *Difference) bool {
		if d.System != systemICD {
			return false
		}
		_, both := r.known(d.Supported)
		return !both || d.Type == WrongOrder && !r.sameFirst()
	}},
	{"of several reasons any may be listed first", func(r *review, d *Difference) bool {
		if d.Type != WrongOrder {
			return false
		}
		ours, _ := r.known(d.Supported)
		billed, _ := r.known(d.Coded)
		return ours.Role == billed.Role
	}},
	{"a billed diagnosis may explain the symptom", func(r *review, d *Difference) bool {
		return d.Type == Missed && strings.HasPrefix(d.Supported, "R") && r.bills(func(dx string) bool { return dx[0] < 'R' })
	}},
	{"the coder took it for past or treated", func(r *review, d *Difference) bool {
		return d.Type == Missed && d.System == systemICD && r.bills(func(dx string) bool { return strings.HasPrefix(dx, "Z8") || strings.HasPrefix(dx, "Z09") })
	}},
	{"houses differ in whether it is billed", func(r *review, d *Difference) bool {
		if d.System != systemICD || d.Type != Missed {
			return false
		}
		known, _ := r.known(d.Supported)
		return known.Role != coding.RoleIndication && known.Role != coding.RoleFinding && known.Role != coding.RoleScreening
	}},
}

// unreadable are flags after which nothing about a report is sure.
var unreadable = []string{"not_an_imaging_report", "text_truncated", "preliminary_report"}

// unclearExam are flags after which the exams are not sure.
var unclearExam = []string{"missing_modality", "missing_body_part", "order_performed_mismatch", "ir_needs_coder", "out_of_codeset", "ncci_pair", "deleted_code"}

// doubt is why a difference is no finding, "" when it is one.
func (r *review) doubt(d *Difference) string {
	if cmp.Or(d.Basis, Reading) == Rule {
		return ""
	}
	for _, x := range reservations {
		if x.holds(r, d) {
			return x.doc
		}
	}
	return ""
}

func (r *review) bills(is func(dx string) bool) bool { return slices.ContainsFunc(r.pair.Claim.Dx, is) }

func (r *review) flagged(is func(*coding.Flag) bool) bool {
	for i := range r.result.Flags {
		if is(&r.result.Flags[i]) {
			return true
		}
	}
	return false
}

// sameFirst reports whether both policies list one diagnosis first.
func (r *review) sameFirst() bool {
	i, o := r.result.Claims[coding.Indication].Dx, r.result.Claims[coding.Official].Dx
	return len(i) > 0 && len(o) > 0 && i[0] == o[0]
}
