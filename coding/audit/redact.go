package audit

import "github.com/radcode/radcode/coding/exchange"

// redact takes out of a case what identifies people: words are quoted from the masked report, ids, coders and
// facilities become pseudonyms, of dates the year is left.
func (r *review) redact(with *exchange.Redactor) {
	c := &r.out
	rec := exchange.Record{Report: r.pair.Report}
	rec.ID = c.ID
	if r.pair.Claim.Report != nil {
		rec.Identifiers = r.pair.Claim.Report.Identifiers
	}
	masked := with.Record(rec)
	for i := range c.Differences {
		d := &c.Differences[i]
		d.Message = with.Mask(rec, d.Message)
		for k, q := range d.Words {
			d.Words[k].Text = quoted(&masked.Report, q.Section, q.Start, q.End)
		}
	}
	for i := range c.Edits {
		c.Edits[i].Message = with.Mask(rec, c.Edits[i].Message)
	}
	c.ID, c.Coder, c.Facility, c.DateOfService = masked.ID, with.Pseudonym(c.Coder), with.Pseudonym(c.Facility), masked.Meta.DateOfService
}
