package audit

import (
	"slices"

	"github.com/radcode/radcode/coding"
)

// Edit is something that stands against a claim as it was billed, whatever its report says.
type Edit struct {
	Flag    string `json:"flag"`
	Lines   []int  `json:"lines"` // 1-based service lines of the claim
	Message string `json:"message"`
}

// unsaid are checks that a claim cannot answer of which a part was not coded.
var unsaid = []struct {
	flags []string
	holds func(*Pair) bool
}{
	// Modifiers say which services were separate.
	{[]string{"ncci_pair", "bundle_to", "duplicate_line", "payer_rule"}, func(p *Pair) bool { return p.Claim.NoModifiers }},
	{[]string{"lcd_not_covered", "ncd_210.14_dx_missing", "payer_rule"}, func(p *Pair) bool { return p.Claim.Dx == nil }},
}

// ClaimChecks holds claims as billed against the edits in force, with an engine's tables and profile
// (coding.Engine.CheckClaim); it is for Options.Checks. Checks of what was not coded, modifiers or
// diagnoses, are left out.
func ClaimChecks(e *coding.Engine) func(Pair) (coding.Claim, []coding.Flag) {
	return func(p Pair) (coding.Claim, []coding.Flag) {
		claim := coding.Claim{Dx: p.Claim.Dx}
		for _, l := range p.Claim.Lines {
			claim.Lines = append(claim.Lines, coding.Line{Code: l.Code, Modifiers: l.Modifiers, Units: l.Units, Dx: l.Dx})
		}
		claim, flags := e.CheckClaim(claim, p.Report.Meta)
		return claim, slices.DeleteFunc(flags, func(f coding.Flag) bool {
			for _, u := range unsaid {
				if slices.Contains(u.flags, f.ID) && u.holds(&p) {
					return true
				}
			}
			return false
		})
	}
}

// check holds the claim against Options.Checks.
func (r *review) check() {
	if r.checks == nil {
		return
	}
	claim, flags := r.checks(*r.pair)
	r.billedLines = claim.Lines
	for _, f := range flags {
		r.flag(f.ID)
		r.out.Edits = append(r.out.Edits, Edit{f.ID, f.Lines, f.Message})
	}
}
