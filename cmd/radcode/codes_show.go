package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/radcode/radcode/index"
	"github.com/radcode/radcode/lexicon"
)

func newCodesShow(a *app) *cobra.Command {
	var asJSON bool
	var date string
	c := &cobra.Command{
		Long: `Show all that is known about codes: what radcode's own tables hold, and where an
official release of the date of service was imported, the official title, the
notes that count for the code with where they stand, its seventh characters and
the entries of the alphabetic index that lead to it. Of procedures, what the payment
tables of that date say: relative values, most units, pairs, add-on code, articles.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return a.codesShow(asJSON, date, args) },
	}
	c.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	c.Flags().StringVar(&date, "date", "", "show the release of this date of service, YYYY-MM-DD (default: today's)")
	return c
}

// shownCode is a code in radcode's own tables and in a release.
type shownCode struct {
	*index.Code
	Families []string      `json:"families,omitempty"` // ranges of the code books, the widest first
	Official *officialCode `json:"official,omitempty"`
	Payment  *shownPayment `json:"payment,omitempty"`
}

// officialCode is what a release says about a code.
type officialCode struct {
	Release string `json:"release"`
	index.ReleaseCode
	Above    []index.ReleaseCode `json:"above"`
	Below    []index.ReleaseCode `json:"below"`
	Notes    []index.Note        `json:"notes"`
	Sevenths []index.Seventh     `json:"seventh_characters"`
	Entries  []index.Term        `json:"index"`
}

func (a *app) codesShow(asJSON bool, date string, ids []string) error {
	if err := checkDate("--date", date); err != nil {
		return err
	}
	ix, err := a.openIndex()
	if err != nil {
		return err
	}
	defer ix.Close()
	rs, err := a.releases()
	if err != nil {
		return err
	}
	defer rs.Close()
	r, err := rs.On(lexicon.ICD10CM, a.today(date))
	if err != nil {
		return err
	}
	ts, err := a.paymentTables()
	if err != nil {
		return err
	}
	found := []shownCode{}
	for _, id := range ids {
		c, ok := showCode(ix, r, id)
		if c.Payment = showPayment(ts, id, a.today(date)); c.Payment != nil && !ok {
			ok, c.Code = true, codeOfPayment(c.Payment, id)
		}
		if ok {
			found = append(found, c)
			continue
		}
		a.messages.tell("%s: no code that radcode knows", id)
	}
	if err := a.printCodes(asJSON, found); err != nil {
		return err
	}
	if len(found) < len(ids) {
		return failed
	}
	return nil
}

// showCode looks a code up in both; r is nil without a release.
func showCode(ix *index.Index, r *index.Release, id string) (c shownCode, ok bool) {
	c.Code, ok = ix.Lookup("", id)
	if ok && c.System != lexicon.ICD10CM {
		c.Families = familiesOf(id)
	}
	if r == nil || ok && c.System != r.System {
		return c, ok
	}
	official, known := r.Code(id)
	if !known {
		return c, ok
	}
	if !ok {
		c.Code = &index.Code{System: r.System, ID: official.ID, Title: official.Title, From: r.From, To: r.To, Billable: official.Billable}
	}
	c.Official = &officialCode{
		Release: r.Release, ReleaseCode: official, Above: r.Ancestors(id), Below: r.Children(id),
		Notes: r.Notes(id), Sevenths: r.SeventhCharacters(id), Entries: r.IndexPaths(id),
	}
	return c, true
}

func familiesOf(code string) []string {
	lex, err := lexicon.Default()
	if err != nil {
		return nil
	}
	var out []string
	for _, f := range lex.Families(code) {
		out = append(out, f.Name+" ("+f.Scope+")")
	}
	return out
}

func (a *app) printCodes(asJSON bool, codes []shownCode) error {
	if asJSON {
		return a.printJSON(codes)
	}
	p := &page{style: a.style()}
	for i, c := range codes {
		if i > 0 {
			p.line("")
		}
		p.line("%s  %s", p.paint(bold, c.ID), c.Title)
		p.line("  %s, %s", c.System, validity(c.From, c.To))
		if len(c.Families) > 0 {
			p.wrapped("", 2, "family: "+strings.Join(c.Families, ", "))
		}
		for _, x := range c.Axes {
			p.wrapped("", 2, x)
		}
		if len(c.Terms) > 0 {
			p.wrapped(dim, 2, "also: "+strings.Join(c.Terms, "; "))
		}
		if c.Official != nil {
			p.official(c.Official)
		}
		if c.Payment != nil {
			p.payment(c.Payment)
		}
	}
	return a.print(p)
}

// official prints what a release says about a code.
func (p *page) official(c *officialCode) {
	use := "billable"
	if !c.Billable {
		use = "needs more characters"
	}
	p.line("")
	p.wrapped(bold, 2, c.Release+": "+c.Title)
	p.line("  %s", strings.Join(slices.DeleteFunc([]string{use, c.Block, c.Chapter}, func(s string) bool { return s == "" }), ", "))
	for _, up := range c.Above {
		p.wrapped(dim, 2, "below "+up.ID+" "+up.Title)
	}
	for _, n := range c.Notes {
		p.note(n, c.ID)
	}
	if len(c.Sevenths) > 0 {
		p.line("  7th character:")
		for _, s := range c.Sevenths {
			p.wrapped("", 4, s.Char+" "+s.Meaning)
		}
	}
	for _, below := range c.Below {
		p.wrapped("", 2, below.ID+" "+below.Title)
	}
	for _, e := range c.Entries {
		p.entry(e)
	}
}

// noteNames are the kinds of notes as people say them.
var noteNames = map[index.NoteKind]string{
	index.Inclusion: "also called", index.Includes: "includes", index.Excludes1: "excludes1", index.Excludes2: "excludes2",
	index.CodeFirst: "code first", index.UseAdditional: "use additional", index.CodeAlso: "code also", index.SeventhNote: "7th character", index.Remark: "note",
}

func (p *page) note(n index.Note, code string) {
	at := ""
	if n.Owner != code {
		at = " (at " + n.Owner + ")"
	}
	p.wrapped("", 2, noteNames[n.Kind]+": "+n.Text+at)
}

// entry prints an index entry with its code.
func (p *page) entry(t index.Term) {
	words := []string{t.Table().String() + ":", strings.Join(t.Path, " > "), t.Nonessential, t.Code}
	if t.Also != "" {
		words = append(words, "["+t.Also+"]")
	}
	if t.See != "" {
		words = append(words, "see "+t.See)
	}
	p.wrapped(dim, 2, strings.Join(slices.DeleteFunc(words, func(s string) bool { return s == "" }), " "))
}

// validity says in words from when to when a code is in force.
func validity(from, to string) string {
	switch {
	case from == "" && to == "":
		return "in force"
	case to == "":
		return "in force since " + from
	case from == "":
		return "ended " + to
	}
	return "in force " + from + " to " + to
}
